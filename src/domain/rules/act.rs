//! An act, as rules look at it: what is done, with which goods, by whom, through which countries, by which traveller.

use chrono::NaiveDate;

use crate::domain::record::{ActKind, GoodsClass, Way};

/// What is done, and on which day.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Act {
    /// What is done.
    pub kind: ActKind,
    /// The day on which it is done: rules are those in force then.
    pub on: NaiveDate,
    /// Which way it goes; of goods.
    pub direction: Option<Way>,
    /// The goods; of an act with goods.
    pub goods: Option<Goods>,
    /// Who does it.
    pub actor: Actor,
    /// The countries it passes through, two-letter codes, sorted, each once.
    pub transit: Vec<String>,
    /// Who travels; of a journey.
    pub traveller: Option<Traveller>,
}

/// Goods, as rules look at them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Goods {
    /// The HS codes of the item and of each component of a kit: one nail clipper can hold up a container. Digits only.
    pub hs_codes: Vec<String>,
    /// The class that was chosen for it; `None`: deduced from the first HS code.
    pub class: Option<GoodsClass>,
    /// The export control number, as written: `EAR99`, `5A992.c`, or empty where nobody has said.
    pub eccn: String,
    /// Whether it, or a component, is of US origin.
    pub us_origin: bool,
    /// The share of US content in per cent, where known.
    pub us_share: Option<u32>,
}

/// Who acts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Actor {
    /// The country of the shipper, of the organisation or of the person.
    pub country: Option<String>,
    /// Whether it acts as a US person.
    pub us_person: bool,
}

/// Who travels, and on which passport.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Traveller {
    /// The country of the passport used on this trip; `None` where nobody has said.
    pub passport_country: Option<String>,
    /// Whether the person travels more than once under the permission.
    pub many_trips: bool,
}
