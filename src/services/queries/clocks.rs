//! What dated figures and our own history say beside a record: the time authorities take, direct filing, the usual
//! validity, how long records are kept.

use chrono::NaiveDate;

use super::names::Names;
use super::{DetailSection, DetailValue, DurationRow, DurationTable};
use crate::domain::clocks::filing::{self, Approval};
use crate::domain::clocks::{Calendar, Clock};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::record::{
    Answer, Decision, FigureKind, Filing, Instrument, Matter, Permission, RecordKind, Request, Shipment, ShipmentEvent,
    ShipmentEventKind,
};
use crate::domain::status::Stage;
use crate::domain::summary::Source;
use crate::services::durations::{self, Times};
use crate::services::{clocks, facts};
use crate::store::record::{self, Stored};
use crate::store::{Db, StoreError};

/// The time that each authority takes, as of a day.
pub(super) fn durations(db: &Db, as_of: NaiveDate) -> Result<DurationTable, StoreError> {
    let names = Names::read(db)?;
    let times = durations::durations(db, as_of, &[Source::Own, Source::Public])?.times();
    let row = |times: &Times| DurationRow {
        authority: names.authority(times.authority).to_owned(),
        source: times.source,
        filing: times.filing.map_or("", Filing::label).to_owned(),
        median: times.estimate.median(),
        most: times.estimate.percentile(80),
        answered: times.estimate.answered,
        open: times.estimate.open,
        known: times.known,
    };
    let public = times.iter().filter(|times| times.source == Source::Public && times.filing.is_none());
    let (usable, known) =
        public.fold((0, 0), |(usable, known), times| (usable + i64::from(times.estimate.cases()), known + times.known));
    let public_note = if known == 0 {
        String::new()
    } else {
        format!(
            "Of the public record {usable} of {known} filings have a day of sending and can be used. They are biased: mostly cases that were decided and of which somebody told. No day to ask by stands on them alone"
        )
    };
    Ok(DurationTable { as_of, rows: times.iter().map(row).collect(), public_note })
}

/// What is said and where it stands.
type Said = Vec<(&'static str, String)>;

/// What the figures say of a record, for the pane of that record.
pub(super) fn section(db: &Db, stored: &Stored, on: NaiveDate) -> Result<Option<DetailSection>, StoreError> {
    let said = match stored.head.kind {
        RecordKind::Request => of_request(db, stored, on)?,
        RecordKind::Permission => of_permission(db, stored)?,
        RecordKind::Shipment => of_shipment(db, stored, on)?,
        RecordKind::Matter => of_matter(db, stored)?,
        _ => Said::new(),
    };
    let fields: Vec<_> = said.into_iter().map(|(label, text)| (label.to_owned(), DetailValue::Text(text))).collect();
    Ok((!fields.is_empty()).then(|| DetailSection { heading: "By the figures in force".to_owned(), fields }))
}

fn instrument_of(db: &Db, matter: Option<Id>) -> Result<Option<(Matter, Id, Instrument)>, StoreError> {
    let (matter, instrument) = facts::matter_and_instrument(db, matter)?;
    Ok(matter.zip(instrument).and_then(|(matter, instrument)| {
        let id = matter.instrument?;
        Some((matter, id, instrument))
    }))
}

/// What the figures say of a filing on its way: whether it may go straight to the authority, how long objections may come.
fn of_request(db: &Db, stored: &Stored, on: NaiveDate) -> Result<Said, StoreError> {
    let Some((matter, instrument_id, instrument)) = instrument_of(db, stored.head.parent)? else {
        return Ok(Said::new());
    };
    let Some(facts) = facts::request(db, stored.head.id)?.filter(|_| !matter.public) else { return Ok(Said::new()) };
    let Some(stage) = facts.on(on).and_then(|status| Stage::from_word(status.stage)) else { return Ok(Said::new()) };
    match stage {
        Stage::Draft | Stage::NationalReview => direct_filing(db, instrument_id, &instrument, on),
        Stage::Sent | Stage::Registered => no_objection(db, &instrument, on),
        _ => Ok(Said::new()),
    }
}

/// When the time for objections would end, were the draft of the letter circulated on a day. Applicants are not told on
/// which day it is, so nothing follows from it by itself.
fn no_objection(db: &Db, instrument: &Instrument, on: NaiveDate) -> Result<Said, StoreError> {
    let book = clocks::book(db)?;
    let Some(days) = book.value(FigureKind::SilenceWorkingDays, &instrument.reference, on) else {
        return Ok(Said::new());
    };
    let authority = instrument.authority.map(|id| record::head(db, id)).transpose()?.flatten();
    let calendar = Calendar::of_authority(authority.as_ref().map_or("", |head| head.reference.as_str()));
    let words = calendar.words();
    let said = format!(
        "Were the draft letter circulated on {on}, {} working days without objection would end on {}. {words} ({})",
        days.value,
        Clock::working(days.value, calendar).end(on),
        days.source()
    );
    Ok(vec![("Time for objections", said)])
}

/// Whether there are enough approvals for filing straight to the authority.
fn direct_filing(db: &Db, instrument_id: Id, instrument: &Instrument, on: NaiveDate) -> Result<Said, StoreError> {
    let approvals = approvals(db, instrument_id)?;
    let Some(test) = filing::direct_filing(&clocks::book(db)?, &instrument.reference, on, &approvals) else {
        return Ok(Said::new());
    };
    let verdict = if test.is_passed() {
        "the test for filing directly is passed"
    } else {
        "this is too few for filing directly, unless the request is an urgent emergency or your organisation is named in the rule"
    };
    let extensions = if test.extensions_count { "extensions count" } else { "extensions are not counted" };
    let said = format!(
        "{} of {} approvals needed since {}: {verdict}; {extensions} ({})",
        test.counted, test.needed, test.since, test.source
    );
    Ok(vec![("Filing directly", said)])
}

/// Our own approvals under an instrument.
fn approvals(db: &Db, instrument: Id) -> Result<Vec<Approval>, StoreError> {
    let mut approvals = Vec::new();
    for (naming, _) in record::links_to(db, instrument)? {
        let matter = record::get(db, naming)?.filter(|stored| stored.head.kind == RecordKind::Matter);
        let Some(matter) = matter else { continue };
        if facts::typed_of::<Matter>(&matter)?.public {
            continue;
        }
        for request in record::children(db, naming, RecordKind::Request)? {
            let filing = facts::typed_of::<Request>(&request)?.filing;
            for decision in record::children(db, request.head.id, RecordKind::Decision)? {
                let decision: Decision = facts::typed_of(&decision)?;
                approvals.extend(approval(filing, &decision));
            }
        }
    }
    Ok(approvals)
}

fn approval(filing: Option<Filing>, decision: &Decision) -> Option<Approval> {
    let answer = decision.answer?;
    let extension = answer == Answer::Extended || filing == Some(Filing::Extension);
    let counts = extension || answer.grants() && answer != Answer::NotNeeded;
    counts.then_some(Approval { on: decision.on?.last(), extension })
}

/// What an approval usually lets one do, where its letter does not say.
fn of_permission(db: &Db, stored: &Stored) -> Result<Said, StoreError> {
    let permission: Permission = facts::typed_of(stored)?;
    let (Some(given), Some((_, _, instrument))) = (permission.given_on, instrument_of(db, permission.matter)?) else {
        return Ok(Said::new());
    };
    let book = clocks::book(db)?;
    let mut said = Said::new();
    if permission.valid_until.is_none()
        && let Some(usual) = filing::usual_validity(&book, &instrument.reference, given.last())
    {
        let (months, until) = usual.value;
        let words = format!(
            "No end is written here. Approvals of that day were usually valid for {months} months, so until {until}: {}. {}",
            usual.source, usual.note
        );
        said.push(("Usual validity", words));
    }
    if permission.shipment_cap.is_none()
        && let Some(usual) = filing::usual_cap(&book, &instrument.reference, given.last())
    {
        let shipments = if usual.value == 1 { "1 shipment".to_owned() } else { format!("{} shipments", usual.value) };
        let words = format!(
            "No number of shipments is written here. Approvals of that day were usually for {shipments}: {}",
            usual.source
        );
        said.push(("Usual number of shipments", words));
    }
    Ok(said)
}

/// Until when the records of a shipment are kept: from the day on which it left.
fn of_shipment(db: &Db, stored: &Stored, on: NaiveDate) -> Result<Said, StoreError> {
    let shipment: Shipment = facts::typed_of(stored)?;
    let mut last = None;
    for event in record::children(db, stored.head.id, RecordKind::ShipmentEvent)? {
        let event: ShipmentEvent = facts::typed_of(&event)?;
        let moved = [ShipmentEventKind::Dispatched, ShipmentEventKind::Released, ShipmentEventKind::Arrived];
        if event.kind.is_some_and(|kind| moved.contains(&kind)) {
            last = last.max(event.on.map(FuzzyDate::last).filter(|day| *day <= on));
        }
    }
    let instrument = match shipment.matters.first() {
        Some(matter) => instrument_of(db, Some(*matter))?.map(|(_, _, instrument)| instrument.reference),
        None => None,
    };
    kept(db, &instrument.unwrap_or_default(), last)
}

/// Until when the records of a matter are kept: from the last day on which one of its permissions could be used.
fn of_matter(db: &Db, stored: &Stored) -> Result<Said, StoreError> {
    let Some((matter, _, instrument)) = instrument_of(db, Some(stored.head.id))? else { return Ok(Said::new()) };
    if matter.public {
        return Ok(Said::new());
    }
    let mut last = None;
    for permission in record::children(db, stored.head.id, RecordKind::Permission)? {
        let until = facts::permission(db, permission.head.id)?.and_then(|facts| facts.on(NaiveDate::MAX)?.until);
        last = last.max(until.map(FuzzyDate::last));
    }
    kept(db, &instrument.reference, last)
}

fn kept(db: &Db, instrument: &str, last: Option<NaiveDate>) -> Result<Said, StoreError> {
    let Some(last) = last else { return Ok(Said::new()) };
    let until = filing::keep_until(&clocks::book(db)?, instrument, last);
    let words = until.map(|until| format!("{}, counted from {last}: {}", until.value, until.source));
    Ok(words.map(|words| ("Keep records at least until", words)).into_iter().collect())
}
