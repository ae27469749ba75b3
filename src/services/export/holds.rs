//! What a field holds that a copy for others may have to leave out: names, places, counterparts, prices, numbers.

use crate::domain::document::Holds;
use crate::domain::record::RecordKind;
use crate::domain::schema::{Field, FieldKind};

/// Text fields that name people, by their name in any kind.
const PEOPLE: [&str; 13] = [
    "official",
    "our_side",
    "with_whom",
    "letter_signatory",
    "classified_by",
    "sealed_by",
    "received_by",
    "handed_over_by",
    "signed_by",
    "passport",
    "email",
    "phone",
    "by",
];
/// Text fields that name places.
const PLACES: [&str; 9] = ["place", "site", "sites", "from", "to", "via", "route", "where", "address"];
/// Text fields that name other organisations.
const PARTNERS: [&str; 6] = ["payer", "payee", "bank", "applicant", "body", "manufacturer"];
/// Text fields with the number of a letter, a licence or a waybill.
const NUMBERS: [&str; 7] =
    ["number", "letter_number", "authority_number", "letter", "voucher", "order_number", "registration"];
/// Links to parties that are counterparts in the country, or may be.
const COUNTERPARTS: [&str; 8] =
    ["consignee", "end_user", "recipient", "counterpart", "partner", "host", "party", "handed_to"];

/// What a field of a kind holds.
pub(super) fn of_field(kind: RecordKind, lists: &[&'static Field], field: &Field) -> Holds {
    let among = |names: &[&str]| names.contains(&field.name);
    match field.kind {
        FieldKind::Link(kinds) | FieldKind::Links(kinds) => of_link(kinds, field.name),
        FieldKind::Money => Holds::Price,
        FieldKind::Text | FieldKind::LongText => match (kind, lists.is_empty()) {
            (RecordKind::Person, true) if of_name(field.name) => Holds::Person,
            (RecordKind::Person, false) if field.name == "number" => Holds::Person,
            (RecordKind::Site, true) if of_name(field.name) || field.name == "p_code" => Holds::Site,
            (RecordKind::Party, true) if of_name(field.name) || among(&["address", "email", "phone"]) => Holds::Partner,
            (RecordKind::Permission, true) if field.name == "reference" => Holds::Number,
            (RecordKind::Request, false) if field.name == "name" => Holds::Counterpart,
            _ if among(&PEOPLE) => Holds::Person,
            _ if among(&PLACES) => Holds::Site,
            _ if among(&PARTNERS) => Holds::Partner,
            _ if among(&NUMBERS) => Holds::Number,
            _ => Holds::Plain,
        },
        _ => Holds::Plain,
    }
}

/// Fields that name the record itself.
fn of_name(name: &str) -> bool {
    matches!(name, "reference" | "name" | "name_ko" | "name_zh" | "other_names")
}

fn of_link(kinds: &[RecordKind], name: &str) -> Holds {
    match kinds {
        [RecordKind::Person] => Holds::Person,
        [RecordKind::Site] => Holds::Site,
        [RecordKind::Permission] => Holds::Number,
        [RecordKind::Party] if name == "donor" => Holds::Plain,
        [RecordKind::Party] if COUNTERPARTS.contains(&name) => Holds::Counterpart,
        [RecordKind::Party] => Holds::Partner,
        _ => Holds::Plain,
    }
}

/// What the title of a record of a kind holds.
pub(super) const fn of_title(kind: RecordKind) -> Holds {
    match kind {
        RecordKind::Person => Holds::Person,
        RecordKind::Site => Holds::Site,
        RecordKind::Party => Holds::Partner,
        _ => Holds::Plain,
    }
}

/// What the reference of a record of a kind holds: that of a person is often made of the name.
pub(super) const fn of_reference(kind: RecordKind) -> Holds {
    match kind {
        RecordKind::Permission => Holds::Number,
        other => of_title(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::export::fields;

    #[test]
    fn names_places_prices_and_numbers_are_known_wherever_they_stand() {
        let holds = |kind, path: &str| {
            let columns = fields::of_kind(kind);
            let column = columns.iter().find(|column| column.path == path).unwrap();
            of_field(kind, &column.lists, column.field)
        };
        for (kind, path, expected) in [
            (RecordKind::Person, "name_ko", Holds::Person),
            (RecordKind::Person, "documents.number", Holds::Person),
            (RecordKind::Trip, "travellers.passport", Holds::Person),
            (RecordKind::Shipment, "consignee", Holds::Counterpart),
            (RecordKind::Shipment, "shipper", Holds::Partner),
            (RecordKind::Shipment, "lines.value", Holds::Price),
            (RecordKind::Shipment, "references.number", Holds::Number),
            (RecordKind::Site, "p_code", Holds::Site),
            (RecordKind::Fund, "donor", Holds::Plain),
            (RecordKind::Item, "name", Holds::Plain),
        ] {
            assert_eq!(holds(kind, path), expected, "{kind} {path}");
        }
    }
}
