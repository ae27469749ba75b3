//! Publications: what of a project may stand in the open, field by field. Nothing is published that is not named here.

use super::{Record, RecordKind};
use crate::domain::id::Id;
use crate::domain::schema::{Field, FieldKind, record};
use crate::domain::word::words;

words! {
    /// A part of an activity that can be published by itself.
    pub enum PublishedPart {
        Partners = "partners", "Partner organisations, except those in the country";
        Provinces = "provinces", "Provinces";
        Sectors = "sectors", "Sectors beside the main one";
        Budget = "budget", "Budget";
        Transactions = "transactions", "Money received and spent";
        Results = "results", "Indicators with targets and results";
        Contact = "contact", "Contact";
    }
}

record! {
    /// What of a project may be published, and under which names.
    Publication {
        reference: String, "Reference" = Field::text();
        project: Option<Id>, "Project" = Field::link(&[RecordKind::Project]).parent();
        publish: bool, "Publish" = Field::of(FieldKind::Flag).help("Off: nothing of this project is ever published");
        parts: Vec<PublishedPart>, "Beside title, description, dates and status" =
            Field::of(FieldKind::Choices(PublishedPart::WORDS));
        identifier: String, "Activity identifier" = Field::text()
            .help("The organisation's identifier, a hyphen, our own code: US-EIN-123456789-TB2026");
        title: String, "Public title" = Field::text().section("In the open").help("Empty: the project's title");
        description: String, "Public description" = Field::long_text();
        organisation_id: String, "Our identifier" = Field::text().help("From org-id.guide, for example US-EIN-123456789");
        organisation_type: String, "Our type" = Field::text().help("21 international NGO, 22 national NGO, 60 foundation");
        sector: String, "Main sector" = Field::text().help("A DAC purpose code. Empty: that of the project's category");
        default_currency: Option<String>, "Currency" = Field::of(FieldKind::Currency);
        contact_email: String, "Public e-mail" = Field::text().help("An office address, never a person's");
        note: String, "Note" = Field::long_text();
    }
}

impl Record for Publication {
    fn title(&self) -> String {
        let state = if self.publish { "Published" } else { "Not published" };
        if self.identifier.is_empty() { state.to_owned() } else { format!("{state}: {}", self.identifier) }
    }
}
