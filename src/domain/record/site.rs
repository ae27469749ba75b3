//! Sites: places where goods lie, go and are handed out, with the codes by which others know them.

use super::{Record, RecordKind};
use crate::domain::id::Id;
use crate::domain::schema::{Field, FieldKind, record};
use crate::domain::word::words;

words! {
    /// What a site is.
    pub enum SiteKind {
        Province = "province", "Province";
        County = "county", "County";
        City = "city", "City";
        Hospital = "hospital", "Hospital";
        Clinic = "clinic", "Clinic";
        Warehouse = "warehouse", "Warehouse";
        Port = "port", "Port";
        BorderCrossing = "border_crossing", "Border crossing";
        School = "school", "School or kindergarten";
        Farm = "farm", "Farm";
        Other = "other", "Other";
    }
}

record! {
    /// A place.
    Site {
        reference: String, "Code" = Field::text();
        name: String, "Name" = Field::text().required();
        name_ko: String, "Name in Korean" = Field::text();
        name_zh: String, "Name in Chinese" = Field::text();
        kind: Option<SiteKind>, "Kind" = Field::choice(SiteKind::WORDS);
        country: Option<String>, "Country" = Field::of(FieldKind::Country);
        p_code: String, "P-code" = Field::text().help("The UN's code of the place, for example KP01");
        within: Option<Id>, "Within" = Field::link(&[RecordKind::Site]).help("The county or province it lies in");
        address: String, "Address" = Field::text();
        note: String, "Note" = Field::long_text();
    }
}

impl Record for Site {
    fn title(&self) -> String {
        self.name.clone()
    }
}
