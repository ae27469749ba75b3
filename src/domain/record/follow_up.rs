//! Follow-ups: what was agreed to be done after a visit or an incident, by whom and until when.

use chrono::NaiveDate;

use super::{Deadline, RecordKind, check_order};
use crate::domain::id::Id;
use crate::domain::schema::{Field, FieldError, FieldKind, ListOf, record};

record! {
    /// Something that was agreed to be done.
    FollowUp {
        what: String, "What" = Field::text().required();
        who: Option<Id>, "Who" = Field::link(&[RecordKind::Person]);
        due_on: Option<NaiveDate>, "Due on" = Field::of(FieldKind::Day);
        done_on: Option<NaiveDate>, "Done on" = Field::of(FieldKind::Day);
        evidence: String, "Evidence" = Field::text();
    }
}

impl FollowUp {
    /// The rows of a list of follow-ups.
    pub const LIST: ListOf = ListOf { singular: "follow-up", fields: Self::FIELDS };

    /// Whether it still waits at the end of a day.
    #[must_use]
    pub fn is_open(&self, day: NaiveDate) -> bool {
        self.done_on.is_none_or(|done| done > day)
    }

    /// Whether it still waits on a day although it was due before.
    #[must_use]
    pub fn is_overdue(&self, day: NaiveDate) -> bool {
        self.is_open(day) && self.due_on.is_some_and(|due| due < day)
    }
}

/// The deadlines of follow-ups that were agreed on a day.
pub(super) fn deadlines(rows: &[FollowUp], agreed_on: Option<NaiveDate>) -> Vec<Deadline> {
    let due = |row: &FollowUp| {
        let what = format!("Follow up: {}", row.what);
        Some(Deadline { owed: true, what, due_on: row.due_on?, known_on: agreed_on, closed_on: row.done_on })
    };
    rows.iter().filter_map(due).collect()
}

/// Adds a problem where something was due or done before it was agreed.
pub(super) fn check(rows: &[FollowUp], agreed_on: Option<NaiveDate>, problems: &mut Vec<FieldError>) {
    for (at, row) in rows.iter().enumerate() {
        let number = at + 1;
        for (day, field, label) in [(row.due_on, "due_on", "Due on"), (row.done_on, "done_on", "Done on")] {
            let path = format!("follow_ups[{at}].{field}");
            check_order(agreed_on, day, (&path, &format!("{label}, follow-up {number}")), problems);
        }
    }
}
