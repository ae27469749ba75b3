//! From records to acts: what a rule looks at of a shipment's line, of a plan's line, of a traveller.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use chrono::NaiveDate;

use super::act::{Act, Actor, Goods, Traveller};
use crate::domain::record::{ActKind, DocumentKind, Item, Organisation, Party, Person, Shipment, Trip, Way};
use crate::domain::text;

/// The country where aid goes.
const DESTINATION: &str = "KP";

/// Places on the way with their countries, as compiled into the program.
static PLACES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let csv = include_str!("../../../assets/reference/locodes.csv");
    let mut places = HashMap::new();
    for row in csv::Reader::from_reader(csv.as_bytes()).records().filter_map(Result::ok) {
        let (Some(code), Some(country), Some(name)) = (row.get(0), row.get(1), row.get(2)) else { continue };
        places.insert(text::fold(code), country.to_owned());
        for part in name.split(['(', ')', '/']) {
            let part = text::fold(part);
            let short = part.trim_start_matches("ex ").trim_end_matches(" pt").trim();
            if !short.is_empty() {
                places.entry(short.to_owned()).or_insert_with(|| country.to_owned());
            }
        }
    }
    places
});

/// The country of a place as it is written on a leg: `Dalian`, `CNDAL`, `Port of Busan`. `None` where it is not known.
#[must_use]
pub fn country_of_place(place: &str) -> Option<&'static str> {
    let folded = text::fold(place);
    if let Some(country) = PLACES.get(&folded) {
        return Some(country);
    }
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    for length in (1..=words.len().min(4)).rev() {
        for run in words.windows(length) {
            if let Some(country) = PLACES.get(&run.join(" ")) {
                return Some(country);
            }
        }
    }
    None
}

/// Goods as rules look at them, with every component of a kit.
#[must_use]
pub fn goods_of(item: &Item) -> Goods {
    let mut goods = Goods {
        name: item.name.clone(),
        class: item.goods_class,
        eccn: item.eccn.trim().to_owned(),
        us_origin: item.us_origin || item.origin.as_deref() == Some("US"),
        us_share: item.us_share,
        ..Goods::default()
    };
    match &item.hs_code {
        Some(code) => {
            goods.hs_codes.push(code.clone());
            goods.components.push(String::new());
        }
        // A kit whose parts have codes is judged by them.
        None if !item.components.is_empty() => {}
        None => goods.without_hs.push(item.name.clone()),
    }
    for component in &item.components {
        goods.us_origin |= component.us_origin;
        match &component.hs_code {
            Some(code) => {
                goods.hs_codes.push(code.clone());
                goods.components.push(component.name.clone());
            }
            None => goods.without_hs.push(component.name.clone()),
        }
    }
    let mut numbers = item.components.iter().map(|component| component.eccn.trim());
    if let Some(listed) = numbers.clone().find(|eccn| !eccn.is_empty() && !eccn.eq_ignore_ascii_case("EAR99")) {
        // One controlled component makes the kit controlled.
        listed.clone_into(&mut goods.eccn);
    } else if goods.eccn.is_empty() && !item.components.is_empty() && numbers.all(|eccn| !eccn.is_empty()) {
        "EAR99".clone_into(&mut goods.eccn);
    }
    goods
}

/// The countries a shipment passes through: those named on its legs, and those of the places between the first and the last.
#[must_use]
pub fn transit_of(shipment: &Shipment) -> Vec<String> {
    let mut countries = BTreeSet::new();
    let ends = [shipment.legs.first().map(|leg| &leg.from), shipment.legs.last().map(|leg| &leg.to)];
    let ends: Vec<&str> = ends.into_iter().flatten().filter_map(|place| country_of_place(place)).collect();
    for leg in &shipment.legs {
        let places = [&leg.from, &leg.to].into_iter().filter_map(|place| country_of_place(place));
        let between = places.filter(|country| *country != DESTINATION && !ends.contains(country));
        countries.extend(between.map(str::to_owned));
        countries.extend(leg.through.clone());
    }
    countries.remove(DESTINATION);
    countries.into_iter().collect()
}

/// Who acts: the shipper where one is named, otherwise the organisation itself.
#[must_use]
pub fn actor_of(organisation: Option<&Organisation>, shipper: Option<&Party>) -> Actor {
    let own = organisation.and_then(|organisation| organisation.country.clone());
    let country = shipper.and_then(|shipper| shipper.country.clone()).or(own);
    let us_person = shipper.is_some_and(|shipper| shipper.us_person) || country.as_deref() == Some("US");
    Actor { country, us_person }
}

/// A line of a shipment as an act.
#[must_use]
pub fn of_line(shipment: &Shipment, item: &Item, actor: &Actor, on: NaiveDate) -> Act {
    let direction = shipment.direction.unwrap_or(Way::In);
    Act {
        kind: if direction == Way::Out { ActKind::BringBack } else { ActKind::Ship },
        on,
        direction: Some(direction),
        goods: Some(goods_of(item)),
        actor: actor.clone(),
        transit: transit_of(shipment),
        traveller: None,
    }
}

/// Goods of a plan as an act: they go in, by a way that nobody has said yet.
#[must_use]
pub fn of_plan(item: &Item, actor: &Actor, on: NaiveDate) -> Act {
    of_line(&Shipment::default(), item, actor, on)
}

/// A traveller of a trip as an act. `passport` is the number written on the trip.
#[must_use]
pub fn of_traveller(trip: &Trip, person: &Person, passport: &str, on: NaiveDate) -> Act {
    let used = text::fold(passport);
    let passports = person
        .documents
        .iter()
        .filter(|document| matches!(document.kind, Some(DocumentKind::Passport | DocumentKind::SpecialValidation)));
    let named = passports.clone().find(|document| !used.is_empty() && text::fold(&document.number) == used);
    let countries: BTreeSet<&String> = passports.filter_map(|document| document.country.as_ref()).collect();
    let nationalities: BTreeSet<&String> = person.nationality.iter().chain(&person.second_nationality).collect();
    // The passport that was named; else the only one there is; else the only nationality.
    let only = |set: &BTreeSet<&String>| if set.len() == 1 { set.first().map(|only| (*only).clone()) } else { None };
    let country = named.and_then(|document| document.country.clone());
    let country = country.or_else(|| if countries.is_empty() { only(&nationalities) } else { only(&countries) });
    let is_us = |country: Option<&String>| country.is_some_and(|country| country == "US");
    let us_person = person.us_person || is_us(person.nationality.as_ref()) || is_us(person.second_nationality.as_ref());
    let transit = trip.legs.iter().flat_map(|leg| {
        let places = [&leg.from, &leg.to].map(|place| country_of_place(place).map(str::to_owned));
        places.into_iter().flatten().chain(leg.enters.clone())
    });
    let transit: BTreeSet<String> = transit.filter(|country| country != DESTINATION).collect();
    Act {
        kind: ActKind::Travel,
        on,
        direction: None,
        goods: None,
        actor: Actor { country: person.nationality.clone(), us_person },
        transit: transit.into_iter().collect(),
        traveller: Some(Traveller { passport_country: country, many_trips: false }),
    }
}
