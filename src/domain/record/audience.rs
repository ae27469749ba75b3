//! Audiences: what is taken out of a copy for a donor, a bank or the public.

use super::Record;
use crate::domain::schema::{Field, FieldKind, record};
use crate::domain::word::words;

words! {
    /// A kind of thing that can be taken out of a copy.
    pub enum Withheld {
        People = "people", "Names of people and their documents";
        Sites = "sites", "Sites below the province";
        Counterparts = "counterparts", "Counterparts in the country";
        Partners = "partners", "All other organisations but donors and authorities";
        Prices = "prices", "Prices and values";
        Numbers = "numbers", "Numbers of letters, licences and waybills";
    }
}

record! {
    /// Who gets a copy, and what is taken out of it.
    Audience {
        reference: String, "Reference" = Field::text();
        name: String, "Name" = Field::text().required();
        withheld: Vec<Withheld>, "What is taken out" = Field::of(FieldKind::Choices(Withheld::WORDS));
        words: String, "Other words that are taken out" = Field::long_text().help("One a line");
        note: String, "Note" = Field::long_text();
    }
}

impl Record for Audience {
    fn title(&self) -> String {
        self.name.clone()
    }
}
