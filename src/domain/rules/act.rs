//! An act, as rules look at it: what is done, with which goods, by whom, through which countries, by which traveller.

use chrono::NaiveDate;

use crate::domain::record::{ActKind, ControlList, GoodsClass, Way};

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
    /// What they are called; empty where nobody has said.
    pub name: String,
    /// The HS codes of the item and of each component of a kit: one nail clipper can hold up a container. Digits only.
    pub hs_codes: Vec<String>,
    /// The component that each code belongs to, in the order of the codes; empty, or not there, for the item itself.
    pub components: Vec<String>,
    /// What of it has no HS code: the name of the item, or of components.
    pub without_hs: Vec<String>,
    /// The class that was chosen for the item; `None`: deduced from its HS code. A component's follows from its own code.
    pub class: Option<GoodsClass>,
    /// The export control number, as written: `EAR99`, `5A992.c`, or empty where nobody has said.
    pub eccn: String,
    /// Whether it, or a component, is of US origin.
    pub us_origin: bool,
    /// The share of US content in per cent, where known.
    pub us_share: Option<u32>,
}

impl Goods {
    /// The share of US content, in per cent, from which US export rules hold for goods made elsewhere (15 CFR 734.4).
    pub const DE_MINIMIS: u32 = 10;

    /// Whether US export rules hold for it.
    #[must_use]
    pub fn us_subject(&self) -> bool {
        self.us_origin || self.us_share.is_some_and(|share| share >= Self::DE_MINIMIS)
    }

    /// How it stands on the US Commerce Control List; `None` where no control number is known.
    #[must_use]
    pub fn control_list(&self) -> Option<ControlList> {
        match self.eccn.trim() {
            "" => None,
            eccn if eccn.eq_ignore_ascii_case("EAR99") => Some(ControlList::Ear99),
            _ => Some(ControlList::Listed),
        }
    }
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
