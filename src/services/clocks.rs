//! Clocks of the rules in the record: the book of figures with those of the workspace, what silence clears, and the days
//! that follow for a filing.

use chrono::NaiveDate;

use super::facts;
use crate::domain::clocks::{Clock, FigureBook, FigureRow, Pause, Report, Silence};
use crate::domain::id::Id;
use crate::domain::record::{Confidence, Deadline, Event, EventKind, Figure, FigureKind, Instrument, RecordKind};
use crate::domain::status::request::RequestFacts;
use crate::store::record;
use crate::store::{Db, StoreError};

/// What a report's objection window is called among the deadlines.
pub(super) const OBJECTION_ENDS: &str = "Objection window ends";
/// What the day is called from which the work may start without an answer.
pub(super) const MAY_START: &str = "Earliest start without an answer";
/// What the day is called by which an authority has to decide.
pub(super) const DECISION_DUE: &str = "Decision due by law";

/// The book of figures: those of the workspace before the shipped ones.
pub(super) fn book(db: &Db) -> Result<FigureBook, StoreError> {
    let shipped = FigureBook::shipped().map_err(|errors| StoreError::Damaged {
        detail: errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
    })?;
    let mut own = Vec::new();
    for id in record::all_ids(db, RecordKind::Figure)? {
        if let Some(figure) = facts::load::<Figure>(db, id)? {
            own.extend(row(db, figure)?);
        }
    }
    Ok(shipped.with_own(own))
}

fn row(db: &Db, figure: Figure) -> Result<Option<FigureRow>, StoreError> {
    let (Some(kind), Some(value), Some(from)) = (figure.kind, figure.value, figure.from) else { return Ok(None) };
    let instrument = figure.instrument.map(|id| record::head(db, id)).transpose()?.flatten();
    Ok(Some(FigureRow {
        kind,
        instrument: instrument.map(|head| head.reference).unwrap_or_default(),
        value,
        from,
        to: figure.to,
        citation: figure.citation,
        confidence: Confidence::Seen,
        checked_on: figure.checked_on,
        note: figure.note,
        own: true,
    }))
}

/// The report that an instrument is, by the figures in force on a day; only what can be objected to is one.
fn report(book: &FigureBook, instrument: &str, day: NaiveDate) -> Option<Report> {
    let value = |kind| book.value(kind, instrument, day).map(|row| row.value);
    let objection_days = value(FigureKind::ObjectionDays)?;
    Some(Report { notice_days: value(FigureKind::NoticeDays).unwrap_or(0), objection_days })
}

/// What silence does to a filing: as its instrument's own setting says, else by the figures in force when it was sent.
pub(super) fn silence(db: &Db, instrument: Option<&Instrument>, events: &[Event]) -> Result<Silence, StoreError> {
    let Some(instrument) = instrument else { return Ok(Silence::Never) };
    if let Some(days) = instrument.silence_days {
        return Ok(Silence::Days(days));
    }
    let Some(sent) = day_of(events, EventKind::Sent) else { return Ok(Silence::Never) };
    Ok(report(&book(db)?, &instrument.reference, sent).map_or(Silence::Never, Silence::Report))
}

fn day_of(events: &[Event], kind: EventKind) -> Option<NaiveDate> {
    events.iter().filter(|event| event.kind == Some(kind)).filter_map(|event| Some(event.on?.last())).min()
}

/// The days that the clocks of its instrument set for a filing of our own, each with the time in which it was known so.
pub(super) fn deadlines(db: &Db, id: Id, instrument: Option<&Instrument>) -> Result<Vec<Deadline>, StoreError> {
    let Some(instrument) = instrument else { return Ok(Vec::new()) };
    let book = book(db)?;
    let has = |kind| book.of_kind(kind).any(|row| row.instrument == instrument.reference || row.instrument.is_empty());
    if !has(FigureKind::ObjectionDays) && !has(FigureKind::DecisionDays) {
        return Ok(Vec::new());
    }
    let Some(facts) = facts::request(db, id)?.filter(|facts| !facts.public) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    if let Some(sent) = day_of(&facts.events, EventKind::Sent)
        && let Some(report) = report(&book, &instrument.reference, sent)
    {
        let start = facts.silence.clears_on(sent).unwrap_or_else(|| report.earliest_start(sent));
        found.push(ends(OBJECTION_ENDS, sent, report.objection_until(sent)));
        found.push(ends(MAY_START, sent, start));
    }
    if let Some(registered) = day_of(&facts.events, EventKind::Registered)
        && let Some(days) = book.value(FigureKind::DecisionDays, &instrument.reference, registered)
    {
        found.extend(decision(&Clock::calendar(days.value).pausing_on_hold(), registered, &holds(&facts)));
    }
    Ok(closed_at(found, settled_on(&facts)))
}

fn ends(what: &str, known_on: NaiveDate, due_on: NaiveDate) -> Deadline {
    Deadline { owed: false, what: what.to_owned(), due_on, known_on: Some(known_on), closed_on: None }
}

/// The day by which it has to be decided, anew with each hold: while one lasts there is no such day.
fn decision(clock: &Clock, registered: NaiveDate, holds: &[Pause]) -> Vec<Deadline> {
    let dues = clock.dues(registered, holds);
    let next = dues.iter().skip(1).map(|due| Some(due.known_on)).chain([None]);
    let deadline = |(due, closed_on): (&crate::domain::clocks::Due, Option<NaiveDate>)| {
        // The authority owes the answer, and we ask for it once the day has passed: so it stays in sight.
        Some(Deadline {
            owed: true,
            what: DECISION_DUE.to_owned(),
            due_on: due.on?,
            known_on: Some(due.known_on),
            closed_on,
        })
    };
    dues.iter().zip(next).filter_map(deadline).collect()
}

fn holds(facts: &RequestFacts) -> Vec<Pause> {
    let days = |kind: EventKind| {
        let events = facts.events.iter().filter(move |event| event.kind == Some(kind));
        events.filter_map(|event| Some(event.on?.last()))
    };
    let lifted_after = |from: NaiveDate| days(EventKind::HoldLifted).filter(|to| *to >= from).min();
    days(EventKind::Hold).map(|from| Pause { from, to: lifted_after(from) }).collect()
}

/// The day on which nothing more is waited for.
fn settled_on(facts: &RequestFacts) -> Option<NaiveDate> {
    let answer = facts.answered().map(|(on, _)| on.last());
    let over = [EventKind::Withdrawn, EventKind::ReturnedUnregistered];
    over.into_iter().filter_map(|kind| day_of(&facts.events, kind)).chain(answer).min()
}

fn closed_at(deadlines: Vec<Deadline>, closed: Option<NaiveDate>) -> Vec<Deadline> {
    let close = |deadline: Deadline| {
        let closed_on = deadline.closed_on.into_iter().chain(closed).min();
        Deadline { closed_on, ..deadline }
    };
    let known =
        |deadline: &Deadline| deadline.closed_on.is_none_or(|on| deadline.known_on.is_none_or(|from| from < on));
    deadlines.into_iter().map(close).filter(known).collect()
}
