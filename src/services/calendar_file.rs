//! Deadlines as a calendar file (RFC 5545), for the calendar programs people look at every day.
//!
//! A calendar is synchronised and shared where we cannot see it. So no title goes into it: a record appears by its kind and
//! reference, never by the name of a person, a place or a partner.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use icalendar::{Calendar, Component as _, Event, EventLike as _};
use sha2::{Digest as _, Sha256};

use super::queries::{Answer, DeadlineBoard, DeadlineShown, Query, Sources};
use super::{Failure, Workspace};
use crate::domain::record::RecordKind;
use crate::domain::text;
use crate::formats::whole_file;

/// A calendar file as text. `now` is the moment of its making; everything else is the same as long as the deadlines are.
#[must_use]
pub fn written(board: &DeadlineBoard, now: DateTime<Utc>) -> String {
    let rows: Vec<&DeadlineShown> = board.groups.iter().flat_map(|group| &group.rows).collect();
    let mut alike: BTreeMap<_, usize> = BTreeMap::new();
    for row in &rows {
        *alike.entry((row.id, &row.what)).or_default() += 1;
    }
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", "-//Corridor//Deadlines//EN"));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar.append_property(("METHOD", "PUBLISH"));
    let mut before: BTreeMap<_, usize> = BTreeMap::new();
    for row in rows {
        let equal = before.entry((row.id, &row.what, row.due_on)).or_default();
        *equal += 1;
        let several = alike.get(&(row.id, &row.what)).is_some_and(|count| *count > 1);
        calendar.push(event(row, (several, *equal), now));
    }
    calendar.to_string()
}

fn event(row: &DeadlineShown, (several, equal): (bool, usize), now: DateTime<Utc>) -> Event {
    let authority = if row.authority.is_empty() { String::new() } else { format!(" ({})", row.authority) };
    let mut event = Event::new();
    event
        .uid(&uid(row, several, equal))
        .timestamp(now)
        .summary(&format!("{}: {}{authority}", row.what, record_words(row)))
        .starts(row.due_on)
        // The end of a whole day is the next day.
        .ends(row.due_on.succ_opt().unwrap_or(row.due_on))
        .add_property("TRANSP", "TRANSPARENT");
    if !row.note.is_empty() {
        event.description(&row.note);
    }
    event.done()
}

/// The record by its kind and reference. Where the reference of a person is made of the name, a part of its number stands in
/// place of it.
fn record_words(row: &DeadlineShown) -> String {
    let (name, reference) = (text::fold(&row.title), text::fold(&row.reference));
    let tells = |word: &str| word.chars().count() > 1 && reference.contains(word);
    if row.kind == RecordKind::Person && name.split_whitespace().any(tells) {
        return format!("{} no. {}", row.kind, row.id.0.rem_euclid(100_000_000));
    }
    format!("{} {}", row.kind, row.reference)
}

/// The identity of a deadline: its record and what falls due, so that a calendar moves it when its day changes. Where a
/// record has several alike, their day tells them apart, and of equal ones of one day their number.
fn uid(row: &DeadlineShown, several: bool, equal: usize) -> String {
    let mut hash = Sha256::new();
    hash.update(row.what.as_bytes());
    if several {
        hash.update(row.due_on.to_string().as_bytes());
    }
    if equal > 1 {
        hash.update(equal.to_string().as_bytes());
    }
    // Half of it tells the deadlines of one record apart.
    let hash = hash.finalize();
    let digits = u64::from_be_bytes(std::array::from_fn(|at| hash[at]));
    format!("{}-{digits:016x}@corridor", row.id)
}

impl Workspace {
    /// Writes every deadline in sight on a day into a calendar file; says how many there were. The file is whole or not
    /// there: it is written beside its place and then moved.
    pub fn export_deadlines(&self, as_of: NaiveDate, sources: Sources, path: &Path) -> Result<usize, Failure> {
        let Answer::Deadlines(board) = self.answer(&Query::AllDeadlines { as_of, sources })? else {
            return Err(Failure::Other("The deadlines gave another answer".to_owned()));
        };
        whole_file::write(path, "deadlines.ics", |file| {
            file.write_all(written(&board, self.context.moment().now).as_bytes())
        })
        .map_err(|why| Failure::Other(why.to_string()))?;
        Ok(board.groups.iter().map(|group| group.rows.len()).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::Id;
    use crate::domain::summary::Source;
    use crate::services::queries::{DeadlineGroup, Urgency};
    use chrono::TimeZone as _;

    fn row(id: i64, what: &str, due_on: &str) -> DeadlineShown {
        DeadlineShown {
            id: Id(id),
            kind: RecordKind::Person,
            source: Source::Own,
            reference: format!("PSN-2026-{id:03}"),
            title: "Kim Example".to_owned(),
            what: what.to_owned(),
            authority: String::new(),
            categories: Vec::new(),
            due_on: due_on.parse().unwrap(),
            due_text: due_on.to_owned(),
            days_left: 0,
            owed: false,
            note: String::new(),
        }
    }

    fn board(rows: Vec<DeadlineShown>) -> DeadlineBoard {
        let groups = vec![DeadlineGroup { urgency: Urgency::Later, rows, more: 0, at_least: false }];
        let as_of = "2026-11-24".parse().unwrap();
        DeadlineBoard { as_of, groups, put_off: Vec::new(), not_estimated: Vec::new() }
    }

    fn now() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 24, 13, 0, 0).unwrap()
    }

    #[test]
    fn a_calendar_file_holds_whole_days_by_reference_and_no_name() {
        let asked = DeadlineShown {
            kind: RecordKind::Permission,
            reference: "P-1".to_owned(),
            authority: "UN 1718".to_owned(),
            note: "80 of 100 of our own 5 cases; 결핵 약, 결핵 약, 결핵 약, 결핵 약, 결핵 약".to_owned(),
            ..row(8, "Ask, then wait", "2026-12-31")
        };
        let made = written(&board(vec![row(7, "Passport expires", "2026-12-01"), asked]), now());
        let expected = include_str!("../../tests/fixtures/deadlines.ics");
        assert_eq!(made, expected.replace("\r\n", "\n").replace('\n', "\r\n"));
        assert!(made.lines().all(|line| line.len() <= 75), "{made}");
        assert!(!made.contains("Kim"), "no name leaves the workspace");
        let by_name = DeadlineShown { reference: "EXAMPLE-1".to_owned(), ..row(7, "Passport expires", "2026-12-01") };
        let made = written(&board(vec![by_name]), now());
        assert!(made.contains("SUMMARY:Passport expires: Person no. 7\r\n"), "{made}");
    }

    #[test]
    fn a_deadline_keeps_its_identity_when_its_day_moves() {
        let uids = |rows: Vec<DeadlineShown>| -> Vec<String> {
            let made = written(&board(rows), now());
            made.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect()
        };
        let one = uids(vec![row(7, "Lot expires", "2026-12-01")]);
        assert_eq!(one, uids(vec![row(7, "Lot expires", "2027-01-15")]));
        assert_ne!(one, uids(vec![row(8, "Lot expires", "2026-12-01")]));
        let two = uids(vec![row(7, "Passport expires", "2026-12-01"), row(7, "Passport expires", "2030-12-01")]);
        assert_ne!(two[0], two[1]);
        let equal = || uids(vec![row(7, "Condition: Report", "2026-12-01"), row(7, "Condition: Report", "2026-12-01")]);
        assert_ne!(equal()[0], equal()[1]);
        assert_eq!(equal(), equal());
    }
}
