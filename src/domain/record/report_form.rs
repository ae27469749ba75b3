//! Report forms: the sections that a donor wants, in the donor's words, with texts that come back in every report.

use super::{Record, RecordKind};
use crate::domain::id::Id;
use crate::domain::schema::{Field, ListOf, record};
use crate::domain::word::words;

words! {
    /// A table that a section of a report can show.
    pub enum ReportTable {
        Delivered = "delivered", "Planned against delivered";
        People = "people", "People by sex and age";
        Indicators = "indicators", "Indicators";
        Money = "money", "Budget against spending";
        Compliance = "compliance", "Compliance";
        Places = "places", "Places";
        Timeline = "timeline", "Timeline";
    }
}

record! {
    /// A section of a report: its title, its text, the tables under it.
    ReportSection {
        title: String, "Title" = Field::text().required();
        guidance: String, "What the donor asks" = Field::text();
        text: String, "Text" = Field::long_text();
        tables: Vec<ReportTable>, "Tables" = Field::of(crate::domain::schema::FieldKind::Choices(ReportTable::WORDS));
    }
}

impl ReportSection {
    /// The sections of a form or of a report.
    pub const LIST: ListOf = ListOf { singular: "section", fields: Self::FIELDS };
}

record! {
    /// The shape of the reports that one donor wants.
    ReportForm {
        reference: String, "Reference" = Field::text();
        title: String, "Title" = Field::text().required().help("For example 8+3, interim");
        donor: Option<Id>, "Donor" = Field::link(&[RecordKind::Party]).help("Empty: for any donor");
        sections: Vec<ReportSection>, "Sections" = Field::list(&ReportSection::LIST).section("Sections");
        note: String, "Note" = Field::long_text();
    }
}

impl Record for ReportForm {
    fn title(&self) -> String {
        self.title.clone()
    }
}
