//! People: staff, travellers, officials' counterparts; their names and travel documents.

use super::{Deadline, Record, RecordKind, check_order};
use crate::domain::id::Id;
use crate::domain::schema::{Field, FieldError, FieldKind, ListOf, record};
use crate::domain::word::words;

words! {
    /// What a travel document is.
    pub enum DocumentKind {
        Passport = "passport", "Passport";
        SpecialValidation = "special_validation", "Passport with special validation";
        Visa = "visa", "Visa";
        Laissez = "laissez_passer", "UN laissez-passer";
        Other = "other", "Other";
    }
}

record! {
    /// A passport, visa or the like.
    TravelDocument {
        kind: Option<DocumentKind>, "Kind" = Field::choice(DocumentKind::WORDS).required();
        number: String, "Number" = Field::text().required();
        country: Option<String>, "Issued by" = Field::of(FieldKind::Country);
        issued_on: Option<chrono::NaiveDate>, "Issued on" = Field::day();
        expires_on: Option<chrono::NaiveDate>, "Expires on" = Field::day();
    }
}

record! {
    /// A person who travels, signs or receives.
    Person {
        reference: String, "Code" = Field::text();
        name: String, "Name" = Field::text().required().help("As in the passport");
        name_ko: String, "Name in Korean" = Field::text();
        name_zh: String, "Name in Chinese" = Field::text();
        employer: Option<Id>, "Works for" = Field::link(&[RecordKind::Party]);
        role: String, "Role" = Field::text();
        nationality: Option<String>, "Nationality" = Field::of(FieldKind::Country);
        second_nationality: Option<String>, "Second nationality" = Field::of(FieldKind::Country);
        us_person: bool, "US person" = Field::of(FieldKind::Flag).help("Citizens, residents, and anyone in the US");
        documents: Vec<TravelDocument>, "Travel documents" = Field::list(&ListOf {
            singular: "document",
            fields: TravelDocument::FIELDS,
        }).section("Travel documents");
        note: String, "Note" = Field::long_text();
    }
}

impl Record for Person {
    fn title(&self) -> String {
        self.name.clone()
    }

    fn check(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        for document in &self.documents {
            let field = ("documents", "Expires on, travel document");
            check_order(document.issued_on, document.expires_on, field, &mut problems);
        }
        problems
    }

    fn deadlines(&self) -> Vec<Deadline> {
        let expiry = |document: &TravelDocument| {
            Some(Deadline {
                owed: false,
                what: format!("{} expires", document.kind?.label()),
                due_on: document.expires_on?,
                known_on: document.issued_on,
                closed_on: None,
            })
        };
        self.documents.iter().filter_map(expiry).collect()
    }
}
