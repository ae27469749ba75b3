//! The organisation whose workspace this is.

use super::Record;
use crate::domain::schema::{Field, FieldKind, record};

record! {
    /// The organisation that files, ships and reports.
    Organisation {
        reference: String, "Short name" = Field::text().help("For example AAK");
        name: String, "Name" = Field::text().required();
        name_ko: String, "Name in Korean" = Field::text();
        name_zh: String, "Name in Chinese" = Field::text();
        country: Option<String>, "Country" = Field::of(FieldKind::Country);
        registration: String, "Registration number" = Field::text();
        address: String, "Address" = Field::long_text();
        letter_signatory: String, "Who signs letters" = Field::text().section("Letters");
        base_currency: Option<String>, "Currency of the books" = Field::of(FieldKind::Currency);
    }
}

impl Record for Organisation {
    fn title(&self) -> String {
        self.name.clone()
    }
}
