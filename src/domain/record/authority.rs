//! Authorities: the bodies that permit.

use super::Record;
use crate::domain::schema::{Field, FieldKind, record};

record! {
    /// A body that permits, such as the UN 1718 Committee or OFAC.
    Authority {
        reference: String, "Code" = Field::text().required().help("For example un_1718");
        name: String, "Name" = Field::text().required();
        short_name: String, "Short name" = Field::text().help("For tables, for example UN 1718");
        country: Option<String>, "Country" = Field::of(FieldKind::Country);
        contact: String, "How to reach it" = Field::long_text();
        source: String, "Source of this entry" = Field::text();
        checked_on: Option<chrono::NaiveDate>, "Checked on" = Field::day();
    }
}

impl Record for Authority {
    fn title(&self) -> String {
        self.name.clone()
    }
}
