//! Parties: organisations we deal with.

use super::Record;
use crate::domain::schema::{Field, FieldKind, record};
use crate::domain::word::words;

words! {
    /// What a party does in our records.
    pub enum PartyRole {
        Donor = "donor", "Donor";
        Supplier = "supplier", "Supplier";
        Shipper = "shipper", "Shipper";
        Forwarder = "forwarder", "Forwarder";
        Carrier = "carrier", "Carrier";
        Consignee = "consignee", "Consignee";
        EndUser = "end_user", "End user";
        Recipient = "recipient", "Recipient";
        Counterpart = "counterpart", "Counterpart";
        Bank = "bank", "Bank";
        Applicant = "applicant", "Applicant";
        Partner = "partner", "Partner";
        Counsel = "counsel", "Counsel";
    }
}

record! {
    /// An organisation we deal with: consignee, supplier, bank, donor ...
    Party {
        reference: String, "Code" = Field::text();
        name: String, "Name" = Field::text().required();
        name_ko: String, "Name in Korean" = Field::text();
        name_zh: String, "Name in Chinese" = Field::text();
        other_names: String, "Other names" = Field::text().help("Earlier names, spellings; separate with ;");
        roles: Vec<PartyRole>, "Roles" = Field::of(FieldKind::Choices(PartyRole::WORDS));
        country: Option<String>, "Country" = Field::of(FieldKind::Country);
        us_person: bool, "US person" = Field::of(FieldKind::Flag);
        address: String, "Address" = Field::long_text().section("Reach");
        email: String, "E-mail" = Field::text();
        phone: String, "Telephone" = Field::text();
        note: String, "Note" = Field::long_text();
    }
}

impl Record for Party {
    fn title(&self) -> String {
        self.name.clone()
    }
}
