//! What waits, on whom and since when; what expires or falls due next.

use chrono::NaiveDate;

use super::names::Names;
use super::{Expiry, Sources, Wait};
use crate::domain::date::{FuzzyDate, days_after, days_before};
use crate::domain::id::Id;
use crate::domain::record::{RecordKind, ShipmentEvent, ShipmentEventKind};
use crate::domain::status::{Outcome, Stage, Validity, label};
use crate::domain::summary::Source;
use crate::services::facts;
use crate::store::figures::{self, Dependency, Standing, Waiting};
use crate::store::{Db, StoreError, record};

/// How far ahead an expiry counts as next: half a year, the time a renewal can take.
const DAYS_AHEAD: u64 = 183;
/// How long something overdue is still shown.
const DAYS_OVERDUE: u64 = 365;
/// How many rows each list of the overview holds at most, as the store takes it.
#[expect(clippy::cast_possible_wrap, reason = "a small number")]
const MOST: i64 = super::OVERVIEW_MOST as i64;
/// The word of an approval that cannot be used because another authority has not answered.
const WAITS_FOR_OTHER: &str = "waits_for_other";

/// What waits, the longest first; cases that fell silent come last.
pub(super) fn waits(db: &Db, names: &Names, on: NaiveDate, sources: Sources) -> Result<Vec<Wait>, StoreError> {
    let shown = |source: Source| sources.single().is_none_or(|single| single == source);
    let mut waits = Vec::new();
    for waiting in figures::waiting(db, on, sources.single(), MOST)? {
        waits.push(open_wait(db, names, on, waiting)?);
    }
    for dependency in figures::dependencies(db, on)?.into_iter().filter(|dependency| shown(dependency.source)) {
        waits.extend(blocked_wait(names, on, &dependency));
    }
    waits.sort_by_key(|wait| (wait.last_known.is_some(), wait.since, wait.id));
    Ok(waits)
}

fn open_wait(db: &Db, names: &Names, on: NaiveDate, waiting: Waiting) -> Result<Wait, StoreError> {
    let on_whom = on_whom(db, names, on, &waiting)?;
    let silent = waiting.headline == Stage::LastKnown.word();
    let what =
        if silent { format!("Last known: {}", label(waiting.was).to_lowercase()) } else { label(waiting.headline) };
    let title = match waiting.applicant.as_str() {
        "" => waiting.title,
        applicant => format!("{applicant}: {}", waiting.title),
    };
    Ok(Wait {
        id: waiting.id,
        kind: waiting.kind,
        source: waiting.source,
        reference: waiting.reference,
        title,
        status: waiting.headline.to_owned(),
        label: label(waiting.headline),
        what,
        on_whom,
        since: waiting.since,
        days: (on - waiting.since).num_days(),
        last_known: silent.then_some(waiting.until),
    })
}

fn on_whom(db: &Db, names: &Names, on: NaiveDate, waiting: &Waiting) -> Result<String, StoreError> {
    let applicant = if waiting.source == Source::Public { "The applicant" } else { "Us" };
    let stage =
        Stage::from_word(if waiting.headline == Stage::LastKnown.word() { waiting.was } else { waiting.headline });
    Ok(match (waiting.kind, stage) {
        (RecordKind::Shipment, _) => holder(db, waiting.id, on)?,
        (RecordKind::Trip, _) => "Travel authorities".to_owned(),
        (_, Some(Stage::Draft | Stage::QuestionOpen | Stage::IntentToDeny | Stage::ReturnedUnregistered)) => {
            applicant.to_owned()
        }
        (_, Some(Stage::NationalReview)) => "The Member State".to_owned(),
        _ => names.authority(waiting.authority).to_owned(),
    })
}

/// Who holds a shipment: as its newest hold says.
fn holder(db: &Db, shipment: Id, on: NaiveDate) -> Result<String, StoreError> {
    let mut newest: Option<ShipmentEvent> = None;
    for stored in record::children(db, shipment, RecordKind::ShipmentEvent)? {
        let event: ShipmentEvent = facts::typed_of(&stored)?;
        let held = event.kind == Some(ShipmentEventKind::Held) && event.on.is_some_and(|date| date.last() <= on);
        if held && newest.as_ref().is_none_or(|newest| newest.on.map(FuzzyDate::last) <= event.on.map(FuzzyDate::last))
        {
            newest = Some(event);
        }
    }
    let told =
        newest.map(|event| [event.by, event.place].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>());
    Ok(told.filter(|parts| !parts.is_empty()).map_or_else(|| "The border".to_owned(), |parts| parts.join(", ")))
}

/// An approval that cannot be used, because a matter it depends on is not approved or not in force.
fn blocked_wait(names: &Names, on: NaiveDate, dependency: &Dependency) -> Option<Wait> {
    let Dependency { matter, source, since, needs, needs_since } = dependency;
    if !is_usable(matter) || is_usable(needs) {
        return None;
    }
    // What was granted and has lapsed blocks from the day on which it lapsed, not from our own approval on.
    let lapsed = Outcome::from_word(needs.outcome).is_some_and(Outcome::grants);
    let since = needs_since.filter(|_| lapsed).map_or(*since, |lapsed_on| lapsed_on.max(*since));
    let other = match names.authority(needs.authority) {
        "" => needs.title.clone(),
        authority => format!("{authority}: {}", needs.title),
    };
    let with_us = ["", Stage::Draft.word(), Stage::QuestionOpen.word(), Stage::IntentToDeny.word()];
    let refused = Outcome::from_word(needs.headline).is_some();
    let on_whom = if with_us.contains(&needs.headline) || refused { "Us" } else { names.authority(needs.authority) };
    Some(Wait {
        id: matter.id,
        kind: RecordKind::Matter,
        source: *source,
        reference: matter.reference.clone(),
        title: matter.title.clone(),
        status: WAITS_FOR_OTHER.to_owned(),
        label: "Not usable yet".to_owned(),
        what: format!("Approved but not usable: waits for {other}"),
        on_whom: on_whom.to_owned(),
        since,
        days: (on - since).num_days(),
        last_known: None,
    })
}

/// Whether a matter has a permission in force, or is granted without one. A newer filing that is still open, such as the
/// draft of an extension, takes nothing away from a permission that runs.
fn is_usable(standing: &Standing) -> bool {
    let granted = Outcome::from_word(standing.outcome).is_some_and(Outcome::grants);
    let validity = Validity::from_word(standing.validity).unwrap_or(Validity::None);
    validity.is_usable() || (granted && validity == Validity::None)
}

/// What a matter waits for besides its own authority, in sentences.
pub(super) fn remarks(db: &Db, names: &Names, matter: Id, on: NaiveDate) -> Result<Vec<String>, StoreError> {
    let all = figures::dependencies(db, on)?;
    let of_it = all.iter().filter(|dependency| dependency.matter.id == matter);
    Ok(of_it.filter_map(|dependency| blocked_wait(names, on, dependency)).map(|wait| wait.what).collect())
}

/// What expires or falls due, the nearest first.
pub(super) fn expiries(db: &Db, on: NaiveDate, sources: Sources) -> Result<Vec<Expiry>, StoreError> {
    let days = (days_before(on, DAYS_OVERDUE), days_after(on, DAYS_AHEAD));
    let mut expiries = Vec::new();
    for due in figures::due(db, on, days, sources.single(), MOST)? {
        let title = title(db, due.parent, due.title)?;
        expiries.push(Expiry {
            id: due.id,
            kind: due.kind,
            source: due.source,
            reference: due.reference,
            title,
            what: due.what,
            due_on: due.due_text,
            days_left: (due.due_on - on).num_days(),
        });
    }
    Ok(expiries)
}

/// A part of a record is recognised by the record it belongs to.
pub(super) fn title(db: &Db, parent: Option<Id>, own: String) -> Result<String, StoreError> {
    Ok(parent.map(|parent| record::head(db, parent)).transpose()?.flatten().map_or(own, |parent| parent.title))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permission_in_force_is_usable_while_its_extension_is_being_drafted() {
        for (outcome, validity, usable) in [
            ("approved", "active", true),
            ("pending", "expiring", true),
            ("pending", "expired", false),
            ("pending", "none", false),
            ("approved", "expired", false),
            ("cleared_by_silence", "none", true),
            ("refused", "none", false),
        ] {
            let standing = Standing {
                id: Id(1),
                reference: String::new(),
                title: String::new(),
                authority: None,
                headline: "",
                outcome,
                validity,
            };
            assert_eq!(is_usable(&standing), usable, "{outcome}, {validity}");
        }
    }
}
