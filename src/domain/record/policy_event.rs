//! Policy events: dated public events that moved the field, shown under the charts.

use super::Record;
use crate::domain::date::FuzzyDate;
use crate::domain::schema::{Field, FieldKind, record};

record! {
    /// A dated public event that moved the field.
    PolicyEvent {
        reference: String, "Reference" = Field::text();
        on: Option<FuzzyDate>, "On" = Field::of(FieldKind::FuzzyDay).required();
        title: String, "What happened" = Field::text().required();
        body: String, "Body" = Field::text().help("Who acted: UN Committee, US State ...");
        text: String, "More" = Field::long_text();
        sources: String, "Sources" = Field::long_text();
    }
}

impl Record for PolicyEvent {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.on
    }

    fn is_public(&self) -> bool {
        true
    }
}
