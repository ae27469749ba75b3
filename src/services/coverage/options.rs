//! What is booked for a line against an instrument, and every grant line for its item: those that can serve, and the others
//! with what keeps them from it.

use super::book::{candidates, grants_of, load_matters_of};
use super::figures::signed;
use super::load::Loader;
use super::words::{About, Words};
use crate::domain::codes;
use crate::domain::coverage::ledger::{Ledger, LineFacts, Permit};
use crate::domain::coverage::{Judge, Left, Standing};
use crate::domain::id::Id;
use crate::domain::quantity::Quantity;
use crate::domain::record::{Measure, UsePoint};
use crate::domain::status::permission::booked::BookingStage;
use crate::services::queries::{BookingOption, BookingOptions, BookingRow, OptionsQuery, RecordLink};
use crate::store::{Db, StoreError, record};

/// What is booked for a line against an instrument and what can be; `None` where the line is gone.
pub(in crate::services) fn options(db: &Db, query: &OptionsQuery) -> Result<Option<BookingOptions>, StoreError> {
    let mut loader = Loader::new(db)?;
    loader.shipment(query.shipment)?;
    load_matters_of(db, &mut loader, query.instrument)?;
    let ledger = loader.ledger;
    let Some(instrument) = ledger.instrument(query.instrument) else { return Ok(None) };
    let Some(consignment) = ledger.shipments.get(&query.shipment) else { return Ok(None) };
    let Some(line) = consignment.lines.iter().find(|line| line.number == query.line) else { return Ok(None) };
    let item = line.item.and_then(|item| ledger.items.get(&item));
    let base = item.and_then(|item| item.base_unit.clone()).unwrap_or_default();
    let unit = codes::unit_short(&base).to_owned();
    let judge = Judge::new(&ledger, query.as_of);
    let seen = Seen { db, ledger: &ledger, judge: &judge, query, instrument, line, base: &base };
    let (bookings, booked) = seen.bookings(&unit)?;
    let missing = (line.quantity.unwrap_or_default() - booked).max(0);
    let point = ledger.instruments.get(instrument).and_then(|one| one.instrument.use_point).unwrap_or(UsePoint::Entry);
    let used = consignment.days.at(point).filter(|day| day.happened && day.on <= query.as_of);
    let quantity = signed(line.quantity.unwrap_or_default());
    let name = item.map_or_else(String::new, |item| item.name.clone());
    Ok(Some(BookingOptions {
        shipment: query.shipment,
        line: query.line,
        instrument: query.instrument,
        label: format!("{}. {name}, {quantity} {unit}", query.line).trim().to_owned(),
        missing: signed(missing),
        used_on: used.map(|day| day.on),
        options: seen.options(missing)?,
        bookings,
        unit,
    }))
}

/// What the options are looked up in.
struct Seen<'a> {
    db: &'a Db,
    ledger: &'a Ledger,
    judge: &'a Judge<'a>,
    query: &'a OptionsQuery,
    instrument: usize,
    line: &'a LineFacts,
    base: &'a str,
}

impl Seen<'_> {
    /// What is booked already, and how much of it still counts.
    fn bookings(&self, unit: &str) -> Result<(Vec<BookingRow>, i64), StoreError> {
        let (mut rows, mut sum) = (Vec::new(), 0);
        for (permit_id, at) in self.ledger.booked.get(&self.query.shipment).map(Vec::as_slice).unwrap_or_default() {
            let Some(permit) = self.ledger.permits.get(permit_id).filter(|permit| self.is_of_instrument(permit)) else {
                continue;
            };
            let booked = permit.facts.bookings.get(*at).filter(|booked| booked.line == Some(self.query.line));
            let Some((booked, stage)) = booked.and_then(|one| Some((one, one.stage(self.query.as_of)?))) else {
                continue;
            };
            if stage != BookingStage::Released {
                sum += booked.takes(Measure::Quantity, None, self.query.as_of);
            }
            let letter = record::head(self.db, *permit_id)?.map_or_else(String::new, |head| head.reference);
            rows.push(BookingRow {
                id: booked.id,
                reference: booked.reference.clone(),
                of: booked.grant_line.map_or_else(|| letter.clone(), |line| format!("{letter} line {line}")),
                quantity: format!("{} {unit}", signed(booked.quantity)).trim().to_owned(),
                stage: stage.label().to_owned(),
                is_reserved: stage == BookingStage::Reserved,
            });
        }
        Ok((rows, sum))
    }

    fn is_of_instrument(&self, permit: &Permit) -> bool {
        permit.instrument.and_then(|one| self.ledger.instrument(one)) == Some(self.instrument)
    }

    /// The grant lines that can serve, then the others.
    fn options(&self, missing: i64) -> Result<Vec<BookingOption>, StoreError> {
        let line = (self.query.shipment, self.query.line);
        let able = candidates(self.ledger, line, self.instrument, self.query.as_of);
        let mut places: Vec<(Id, Option<u32>, bool)> =
            able.iter().map(|one| (one.permission, one.grant_line, true)).collect();
        let mut others = Vec::new();
        for (id, permit) in self.ledger.permits.iter().filter(|(_, permit)| self.is_of_instrument(permit)) {
            for grant in grants_of(&permit.facts, self.line) {
                if permit.facts.on(self.query.as_of).is_some() && !places.contains(&(*id, grant, true)) {
                    others.push((*id, grant, false));
                }
            }
        }
        others.sort_unstable();
        places.extend(others);
        places.into_iter().filter_map(|place| self.option(place, missing).transpose()).collect()
    }

    fn option(
        &self,
        (id, grant, able): (Id, Option<u32>, bool),
        missing: i64,
    ) -> Result<Option<BookingOption>, StoreError> {
        let (Some(permit), Some(head)) = (self.ledger.permits.get(&id), record::head(self.db, id)?) else {
            return Ok(None);
        };
        let day = self.judge.permit_day(id, permit);
        let standing = day.standings.iter().find(|one| one.line == grant && one.measure == Measure::Quantity);
        let left = standing.map_or(Left::NotStated, Standing::left);
        let (words, limit) = match left {
            Left::Limited(left) => {
                (format!("{} {} left", signed(left), codes::unit_short(self.base)), Some(left.max(0)))
            }
            Left::Unlimited => ("no limit".to_owned(), None),
            Left::NotStated => ("the letter does not say how much".to_owned(), None),
        };
        let until = permit.facts.on(self.query.as_of).and_then(|state| state.until);
        let fits = limit.map_or(missing, |left| missing.min(left));
        Ok(Some(BookingOption {
            permission: RecordLink { id, kind: head.kind, reference: head.reference, title: head.title },
            grant_line: grant,
            left: words,
            left_thousandths: limit,
            until: until.map_or_else(|| "no end stated".to_owned(), |until| format!("until {until}")),
            fits: if fits > 0 {
                Quantity::from_thousandths(fits).unwrap_or_default().to_string()
            } else {
                String::new()
            },
            hint: if able { String::new() } else { self.hint((id, permit), grant)? },
        }))
    }

    /// What keeps a grant line from serving.
    fn hint(&self, (id, permit): (Id, &Permit), grant: Option<u32>) -> Result<String, StoreError> {
        let Some(consignment) = self.ledger.shipments.get(&self.query.shipment) else { return Ok(String::new()) };
        let line = (self.query.shipment, consignment, self.line);
        if let Some(cell) = self.judge.hindered((id, permit), grant, line, self.instrument) {
            let about = About { instrument: self.instrument, unit: self.base, rule: None };
            return Ok(Words { db: self.db, judge: self.judge }.cell(&cell, &about)?.words);
        }
        let ended = permit.facts.on(self.query.as_of).filter(|state| state.validity.has_ended());
        Ok(ended.map_or_else(
            || "Nothing is left, or the shipment rests on another matter".to_owned(),
            |state| format!("It is “{}”", state.validity.label().to_lowercase()),
        ))
    }
}
