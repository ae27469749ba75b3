//! The letters and reliances that a shipment stands on, as they read on a day, with their originals.

use std::collections::BTreeSet;

use super::Gap;
use super::pages::{self, day, table, text};
use super::reader::Reader;
use crate::domain::date::FuzzyDate;
use crate::domain::document::{Cell, Column, Holds, Table};
use crate::domain::id::Id;
use crate::domain::record::{
    Attachment, Authority, Booking, Decision, Instrument, Matter, Permission, RecordKind, Reliance,
};
use crate::services::facts;
use crate::services::queries::Coverage;
use crate::store::StoreError;

/// A letter or a licence as it reads on the day that is shown.
pub(super) struct Letter {
    pub id: Id,
    pub permission: Permission,
    pub authority: Authority,
    pub instrument: Instrument,
    /// Its window, with what later letters made of it, as it is printed.
    pub from: String,
    pub until: String,
    /// How many shipments it is for, with what later letters made of it.
    pub shipments: Option<usize>,
    /// The letters that changed it until then.
    pub changes: Vec<Decision>,
    /// The files of the letter, of the decision that gave it and of those that changed it.
    pub files: Vec<Attachment>,
}

/// What a shipment stands on.
#[derive(Default)]
pub(super) struct Standing {
    pub letters: Vec<Letter>,
    pub reliances: Vec<Reliance>,
    pub reliance_files: Vec<Attachment>,
}

/// The letters that cover a shipment or are booked for it, in the order of their dates, and the rules it relies on.
pub(super) fn of_shipment(reader: &Reader<'_>, shipment: Id, coverage: &Coverage) -> Result<Standing, StoreError> {
    let (mut letters, mut reliances) = (BTreeSet::new(), BTreeSet::new());
    let cells = coverage.rows.iter().flat_map(|row| row.cells.iter().flatten());
    // A letter that was looked at and does not cover is no letter to show; one that is booked stays in sight.
    let cells = cells.filter(|cell| cell.state.is_settled());
    for link in cells.filter_map(|cell| cell.by.as_ref()) {
        match link.kind {
            RecordKind::Permission => letters.insert(link.id),
            RecordKind::Reliance => reliances.insert(link.id),
            _ => false,
        };
    }
    for (_, booking) in reader.naming::<Booking>(shipment, RecordKind::Booking)? {
        if reader.is_by_day(booking.booked_on) && booking.released_on.is_none_or(|on| on > reader.as_of) {
            letters.extend(booking.permission);
        }
    }
    let mut standing = Standing::default();
    for id in letters {
        standing.letters.extend(letter(reader, id)?);
    }
    standing.letters.sort_by_key(|letter| (letter.permission.given_on.map(FuzzyDate::first), letter.id));
    for id in reliances {
        standing.reliances.extend(reader.load::<Reliance>(Some(id))?);
        standing.reliance_files.extend(reader.files(id)?);
    }
    Ok(standing)
}

/// A letter as it reads on the day; `None` where it is gone or was not given yet.
pub(super) fn letter(reader: &Reader<'_>, id: Id) -> Result<Option<Letter>, StoreError> {
    let Some(facts) = facts::permission(reader.db, id)? else { return Ok(None) };
    let Some(permission) = reader.load::<Permission>(Some(id))?.filter(|one| reader.is_by(one.given_on)) else {
        return Ok(None);
    };
    let matter: Option<Matter> = reader.load(permission.matter)?;
    let instrument: Instrument = reader.load(matter.and_then(|matter| matter.instrument))?.unwrap_or_default();
    let authority: Authority = reader.load(instrument.authority)?.unwrap_or_default();
    let mut files = reader.files(id)?;
    if let Some(decision) = permission.decision {
        files.extend(reader.files(decision)?);
    }
    let mut changes = Vec::new();
    for (from, change) in reader.naming::<Decision>(id, RecordKind::Decision)? {
        if Some(from) != permission.decision && change.permission == Some(id) && reader.is_by(change.on) {
            files.extend(reader.files(from)?);
            changes.push(change);
        }
    }
    changes.sort_by_key(|change| change.on.map(FuzzyDate::first));
    once(&mut files);
    let days = facts.window_days(reader.as_of);
    let printed = permission.valid_until.map_or_else(String::new, |until| until.to_string());
    let until = days.and_then(|(_, until)| until).map_or(printed, |until| until.to_string());
    let from = days.map_or_else(String::new, |(from, _)| from.to_string());
    let shipments = facts.cap(reader.as_of);
    Ok(Some(Letter { id, permission, authority, instrument, from, until, shipments, changes, files }))
}

/// Leaves out files that are there already.
pub(super) fn once(files: &mut Vec<Attachment>) {
    let mut seen = BTreeSet::new();
    files.retain(|file| seen.insert(file.sha256.clone()));
}

/// The short name of the authority of a letter.
pub(super) fn short(authority: &Authority) -> &str {
    if authority.short_name.is_empty() { &authority.name } else { &authority.short_name }
}

/// The letters as a table, and what is missing of them.
pub(super) fn letters_table(letters: &[Letter], gaps: &mut Vec<Gap>) -> Table {
    let mut rows = Vec::new();
    for letter in letters {
        let permission = &letter.permission;
        if letter.files.is_empty() {
            let what = "The letter itself is not attached. Attach it to the permission, so that it can be shown";
            gaps.push(Gap::missing(format!("Letter {}", permission.reference), what));
        }
        let changed: Vec<String> = letter.changes.iter().map(change_words).collect();
        rows.push(vec![
            Cell::text(&permission.reference),
            Cell::text(pages::joined(
                &[&pages::joined(&[short(&letter.authority), &letter.instrument.name], ": "), &permission.legal_basis],
                ", ",
            )),
            Cell::text(permission.given_on.map_or_else(String::new, |on| on.to_string())),
            Cell::text(pages::joined(&[&letter.from, &letter.until], " to ")),
            letter.shipments.map_or(Cell::Empty, |count| Cell::Count(i64::try_from(count).unwrap_or(i64::MAX))),
            Cell::text(changed.join("; ")),
            Cell::Count(i64::try_from(letter.files.len()).unwrap_or(i64::MAX)),
        ]);
    }
    let columns = vec![
        text("Number", "letter").holding(Holds::Number),
        text("What it is", "instrument"),
        text("Dated", "dated"),
        text("In force", "in_force"),
        pages::number("Shipments", "shipments"),
        text("Changed by", "changes").holding(Holds::Number),
        pages::number("Originals", "originals"),
    ];
    table("letters", "Letters and licences", columns, rows, "No letter covers anything here")
}

fn change_words(change: &Decision) -> String {
    let on = change.on.map_or_else(String::new, |on| on.to_string());
    let answer = change.answer.map_or("", |answer| answer.label());
    pages::joined(&[answer, &on, &change.letter_number], ", ")
}

/// The reliances as a table.
pub(super) fn reliances_table(reader: &Reader<'_>, reliances: &[Reliance]) -> Result<Table, StoreError> {
    let mut rows = Vec::new();
    for one in reliances {
        rows.push(vec![
            Cell::text(&one.reference),
            Cell::text(&one.rule),
            Cell::text(reader.name(one.instrument)?),
            Cell::text(&one.facts),
            Cell::text(&one.reasoning),
            Cell::text(reader.name(one.relied_by)?),
            day(one.decided_on),
            day(one.relied_on),
            day(one.ended_on.or(one.valid_until)),
            Cell::text(&one.evidence),
        ]);
    }
    let columns: Vec<Column> = vec![
        text("Reference", "reliance"),
        text("Rule", "rule"),
        text("Instrument", "instrument"),
        text("What we do", "facts"),
        text("Why the rule covers it", "reasoning"),
        text("Decided by", "decided_by").holding(Holds::Person),
        text("Decided on", "decided_on"),
        text("From", "from"),
        text("Until", "until"),
        text("Evidence", "evidence"),
    ];
    Ok(table("reliances", "Rules that are relied on without a filing", columns, rows, "No rule is relied on"))
}
