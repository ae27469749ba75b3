//! What follows from permissions: what is left of each grant line, what was asked against what was granted, what is booked
//! for a shipment.

use chrono::NaiveDate;

use super::{DetailCell, DetailSection, DetailValue, RecordLink};
use crate::domain::codes;
use crate::domain::coverage::{Left, Standing};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::quantity::Limit;
use crate::domain::record::{Item, Measure, RecordKind};
use crate::domain::status::permission::PermissionFacts;
use crate::domain::status::permission::booked::{Booked, BookingStage};
use crate::services::coverage::{AskedLine, Granted, of_request, signed};
use crate::services::{booked, facts};
use crate::store::record::{self, Stored};
use crate::store::{Db, StoreError};

/// Within how many days of its end something unused is warned of.
const LAPSES_WITHIN: i64 = 60;

/// The heading of what was asked against what was granted, where something was cut.
pub const CUT_HEADING: &str = "Asked versus granted: something was cut";

fn text(words: impl Into<String>) -> DetailCell {
    DetailCell::Text(words.into())
}

fn number(words: impl Into<String>) -> DetailCell {
    DetailCell::Number(words.into())
}

fn table(label: &str, columns: &[&str], rows: Vec<Vec<DetailCell>>) -> (String, DetailValue) {
    let columns = columns.iter().map(|name| (*name).to_owned()).collect();
    (label.to_owned(), DetailValue::Table { columns, rows })
}

/// What is left of a permission, line by line and measure by measure, and what is booked of it.
pub(super) fn left(db: &Db, stored: &Stored, on: NaiveDate) -> Result<Vec<DetailSection>, StoreError> {
    let Some(facts) = facts::permission(db, stored.head.id)? else { return Ok(Vec::new()) };
    let standings = facts.standings(on);
    let mut rows = Vec::new();
    for standing in &standings {
        let granted = match standing.allowed {
            Some(Limit::Limited(allowed)) => signed(allowed.thousandths()),
            Some(Limit::Unlimited) => "no limit".to_owned(),
            None => "not stated".to_owned(),
        };
        let left = match standing.left() {
            Left::Limited(left) => signed(left),
            Left::Unlimited | Left::NotStated => String::new(),
        };
        rows.push(vec![
            text(line_name(db, &facts, standing)?),
            text(measure(db, &facts, standing)?),
            number(granted),
            number(signed(standing.used)),
            number(signed(standing.reserved)),
            number(left),
        ]);
    }
    let mut fields = Vec::new();
    if !rows.is_empty() {
        let columns = ["Grant line", "Counted in", "Granted", "Used", "Set aside", "Left"];
        fields.push(table("Line by line", &columns, rows));
    }
    if let Some(cap) = facts.cap(on) {
        let taken = facts.slots_taken(on).len();
        fields.push(("Shipments".to_owned(), DetailValue::Text(format!("{taken} of {cap} taken"))));
    }
    let mut rows = Vec::new();
    for booked in &facts.bookings {
        rows.extend(booking_row(db, booked, on)?);
    }
    if !rows.is_empty() {
        fields.push(table("Booked", &["Booking", "Of line", "For", "Quantity", "Stands"], rows));
    }
    if fields.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![DetailSection { heading: format!("What is left on {on}"), fields }])
}

fn line_name(db: &Db, facts: &PermissionFacts, standing: &Standing) -> Result<String, StoreError> {
    let Some(line) = standing.line else { return Ok("The letter".to_owned()) };
    let item = item_of(db, facts, standing)?;
    Ok(item.map_or_else(|| format!("Line {line}"), |item| format!("{line}. {}", item.name)))
}

fn item_of(db: &Db, facts: &PermissionFacts, standing: &Standing) -> Result<Option<Item>, StoreError> {
    let of_changes = facts.changes.iter().flat_map(|change| &change.grants);
    let grants = facts.permission.grants.iter().chain(of_changes);
    let item = grants.filter(|grant| grant.number == standing.line).find_map(|grant| grant.item);
    Ok(item.map(|item| facts::load(db, item)).transpose()?.flatten())
}

fn measure(db: &Db, facts: &PermissionFacts, standing: &Standing) -> Result<String, StoreError> {
    Ok(match (standing.measure, &standing.currency) {
        (Measure::Quantity, _) => {
            let unit = item_of(db, facts, standing)?.and_then(|item| item.base_unit);
            unit.map_or_else(|| standing.measure.label().to_owned(), |unit| codes::unit_short(&unit).to_owned())
        }
        (_, Some(currency)) => currency.clone(),
        (measure, None) => measure.label().to_owned(),
    })
}

fn booking_row(db: &Db, booked: &Booked, on: NaiveDate) -> Result<Option<Vec<DetailCell>>, StoreError> {
    let Some(stage) = booked.stage(on) else { return Ok(None) };
    let (Some(own), Some(holder)) = (link(db, booked.id)?, link(db, booked.holder)?) else { return Ok(None) };
    let of = booked.grant_line.map_or_else(String::new, |line| line.to_string());
    let quantity = if booked.person.is_some() { String::new() } else { signed(booked.quantity) };
    let used = booked.used_on().filter(|_| stage != BookingStage::Released);
    let stands = used.map_or_else(|| stage.label().to_owned(), |used| format!("{} on {used}", stage.label()));
    Ok(Some(vec![
        DetailCell::Link(RecordLink { title: String::new(), ..own }),
        number(of),
        DetailCell::Link(RecordLink { title: String::new(), ..holder }),
        number(quantity),
        text(stands),
    ]))
}

fn link(db: &Db, id: Id) -> Result<Option<RecordLink>, StoreError> {
    let head = record::head(db, id)?;
    Ok(head.map(|head| RecordLink { id: head.id, kind: head.kind, reference: head.reference, title: head.title }))
}

/// What lapses soon and was not used: a sentence for each grant line.
pub(super) fn lapses(db: &Db, stored: &Stored, on: NaiveDate) -> Result<Vec<String>, StoreError> {
    let Some(facts) = facts::permission(db, stored.head.id)? else { return Ok(Vec::new()) };
    let Some(state) = facts.on(on).filter(|state| !state.validity.has_ended()) else { return Ok(Vec::new()) };
    let Some(until) = state.until.map(FuzzyDate::last) else { return Ok(Vec::new()) };
    let days = (until - on).num_days();
    if !(0..=LAPSES_WITHIN).contains(&days) {
        return Ok(Vec::new());
    }
    let mut told = Vec::new();
    for standing in facts.standings(on).iter().filter(|one| one.measure == Measure::Quantity) {
        if let Left::Limited(left) = standing.left()
            && left > 0
        {
            let (line, unit) = (line_name(db, &facts, standing)?, measure(db, &facts, standing)?);
            let day = if days == 1 { "day" } else { "days" };
            told.push(format!(
                "{line}: {} {unit} are not booked and lapse in {days} {day}, on {until}. Book them, or ask for an extension in time",
                signed(left)
            ));
        }
    }
    Ok(told)
}

/// What was asked against what was granted, of a request or of every request of a matter.
pub(super) fn asked(db: &Db, stored: &Stored, on: NaiveDate) -> Result<Vec<DetailSection>, StoreError> {
    let requests = match stored.head.kind {
        RecordKind::Matter => record::children(db, stored.head.id, RecordKind::Request)?,
        _ => vec![stored.clone()],
    };
    let is_matter = stored.head.kind == RecordKind::Matter;
    let (mut rows, mut cut) = (Vec::new(), false);
    for request in requests {
        let lines = of_request(db, request.head.id, on)?;
        let answered = lines.iter().any(|line| line.granted != Granted::Open);
        if !answered && is_matter {
            continue;
        }
        for line in lines {
            cut |= line.cut() > 0;
            rows.push(asked_row(&line, is_matter.then_some(&request)));
        }
    }
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut columns = vec!["Line", "Unit", "Asked", "Granted", "Less", "Answer", "Reason"];
    if is_matter {
        columns.insert(0, "Request");
    }
    let heading = if cut { CUT_HEADING } else { "Asked versus granted" };
    Ok(vec![DetailSection { heading: heading.to_owned(), fields: vec![table("Line by line", &columns, rows)] }])
}

fn asked_row(line: &AskedLine, request: Option<&Stored>) -> Vec<DetailCell> {
    let granted = match line.granted {
        Granted::Open => String::new(),
        Granted::Amount(granted) => signed(granted),
        Granted::Unlimited => "no limit".to_owned(),
    };
    let less = if line.cut() > 0 { signed(line.cut()) } else { String::new() };
    let mut row = vec![
        text(format!("{}. {}", line.number, line.label)),
        text(&line.unit),
        number(signed(line.asked)),
        number(granted),
        number(less),
        text(line.answer()),
        text(&line.reason),
    ];
    if let Some(request) = request {
        let head = request.head.clone();
        let link = RecordLink { id: head.id, kind: head.kind, reference: head.reference, title: String::new() };
        row.insert(0, DetailCell::Link(link));
    }
    row
}

/// What is booked for a shipment or a trip.
pub(super) fn bookings(db: &Db, stored: &Stored, on: NaiveDate) -> Result<Vec<DetailSection>, StoreError> {
    let mut rows = Vec::new();
    for permit in booked::permits_of(db, stored.head.id)? {
        let (Some(facts), Some(letter)) = (facts::permission(db, permit)?, link(db, permit)?) else { continue };
        for booked in facts.bookings.iter().filter(|booked| booked.holder == stored.head.id) {
            let Some(mut row) = booking_row(db, booked, on)? else { continue };
            // Here it is known for what; of which letter it is matters more.
            if let Some(place) = row.get_mut(2) {
                *place = DetailCell::Link(RecordLink { title: String::new(), ..letter.clone() });
            }
            row.insert(0, number(booked.line.map_or_else(String::new, |line| line.to_string())));
            rows.push(row);
        }
    }
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let columns = ["Line", "Booking", "Of line", "Of", "Quantity", "Stands"];
    let fields = vec![table("Booked of permissions", &columns, rows)];
    Ok(vec![DetailSection { heading: format!("Coverage on {on}"), fields }])
}
