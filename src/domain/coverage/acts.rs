//! Records as rules look at them.

use crate::domain::record::{Person, Traveller as Row};
pub(super) use crate::domain::rules::acts::goods_of;
use crate::domain::rules::{Actor, Traveller};

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
