//! Matters: one thing we need from one authority.

use super::{Record, RecordKind};
use crate::domain::id::Id;
use crate::domain::schema::{Field, FieldKind, record};

record! {
    /// One thing we need from one authority, whatever number of filings it takes.
    Matter {
        reference: String, "Reference" = Field::text();
        title: String, "Title" = Field::text().required();
        instrument: Option<Id>, "What we need" = Field::link(&[RecordKind::Instrument]).required();
        projects: Vec<Id>, "Projects" = Field::links(&[RecordKind::Project]);
        categories: Vec<Id>, "Categories" = Field::links(&[RecordKind::Category]);
        depends_on: Vec<Id>, "Waits for" = Field::links(&[RecordKind::Matter])
            .help("Matters of other authorities without which this one cannot be used");
        public: bool, "Public record" = Field::of(FieldKind::Flag)
            .help("Another organisation's filing, known from public sources");
        owner: Option<Id>, "Who looks after it" = Field::link(&[RecordKind::Person]);
        note: String, "Note" = Field::long_text();
    }
}

impl Record for Matter {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn categories(&self) -> &[Id] {
        &self.categories
    }

    fn project(&self) -> Option<Id> {
        self.projects.first().copied()
    }

    fn is_public(&self) -> bool {
        self.public
    }
}
