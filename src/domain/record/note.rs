//! Notes: dated remarks on any record.

use super::{Record, RecordKind};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::schema::{Field, FieldKind, record};

record! {
    /// A dated remark on any record.
    Note {
        reference: String, "Reference" = Field::text();
        about: Option<Id>, "About" = Field::link(RecordKind::ALL).parent();
        on: Option<FuzzyDate>, "On" = Field::of(FieldKind::FuzzyDay).required();
        author: String, "By" = Field::text();
        text: String, "Note" = Field::long_text().required();
    }
}

impl Record for Note {
    fn title(&self) -> String {
        self.text.lines().next().unwrap_or_default().chars().take(80).collect()
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.on
    }
}
