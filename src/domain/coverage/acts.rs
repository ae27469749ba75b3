//! Records as rules look at them.

use crate::domain::record::{Item, Person, Traveller as Row};
use crate::domain::rules::{Actor, Goods, Traveller};

/// An item with the parts of a kit: one of them can need what the kit as a whole does not.
pub(super) fn goods_of(item: &Item) -> Goods {
    let parts = item.components.iter().filter_map(|part| part.hs_code.clone());
    Goods {
        hs_codes: item.hs_code.iter().cloned().chain(parts).collect(),
        class: item.goods_class,
        eccn: item.eccn.clone(),
        us_origin: item.us_origin || item.components.iter().any(|part| part.us_origin),
        us_share: item.us_share,
    }
}

/// A person as one who acts.
pub(super) fn actor_of_person(person: &Person) -> Actor {
    let is_us = |country: &Option<String>| country.as_deref() == Some("US");
    Actor {
        country: person.nationality.clone(),
        us_person: person.us_person || is_us(&person.nationality) || is_us(&person.second_nationality),
    }
}

/// A traveller with the passport used on this trip.
pub(super) fn traveller_of(person: &Person, row: &Row) -> Traveller {
    let used = person.documents.iter().find(|document| !row.passport.is_empty() && document.number == row.passport);
    let country = used.and_then(|document| document.country.clone());
    Traveller { passport_country: country.or_else(|| person.nationality.clone()), many_trips: false }
}
