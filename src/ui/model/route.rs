//! Where in the window one is, and how the places are grouped in the rail.

use crate::domain::record::RecordKind;

/// A place in the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Route {
    /// What stands where, what waits, what expires.
    #[default]
    Overview,
    /// Everything dated that needs a person.
    Deadlines,
    /// The records of one kind.
    List(RecordKind),
    /// What is covered by whose letter.
    Coverage,
    /// What was planned, shipped, received and handed out.
    Goods,
    /// The rows behind it.
    Lines,
    /// What a moved date would change.
    WhatIf,
    /// What goes in which shipment of a permission.
    Slots,
    /// What an act needs by the rules.
    Advisor,
    /// The rules.
    Rules,
    /// Public events that moved the field.
    Policy,
    /// A table brought in.
    Import,
    /// Reports to donors.
    Reports,
    /// What was done, and about this file.
    History,
}

/// The rail, in groups that belong together: what is asked, what moves, what is seen, the work and its money, the names.
pub const RAIL: &[&[Route]] = &[
    &[Route::Overview, Route::Deadlines],
    &[
        Route::List(RecordKind::Request),
        Route::List(RecordKind::Matter),
        Route::List(RecordKind::Permission),
        Route::List(RecordKind::Reliance),
    ],
    &[
        Route::List(RecordKind::Shipment),
        Route::Coverage,
        Route::Goods,
        Route::List(RecordKind::Lot),
        Route::List(RecordKind::Purchase),
        Route::List(RecordKind::Trip),
    ],
    &[Route::WhatIf, Route::Slots],
    &[
        Route::List(RecordKind::Visit),
        Route::List(RecordKind::Reach),
        Route::List(RecordKind::Indicator),
        Route::List(RecordKind::Incident),
    ],
    &[Route::List(RecordKind::Project), Route::List(RecordKind::Fund), Route::Reports],
    &[Route::List(RecordKind::Party), Route::List(RecordKind::Person), Route::List(RecordKind::Item)],
    &[Route::Advisor, Route::Policy],
    &[Route::History],
];

/// Lists that are looked at rarely: they open from the settings and the command palette.
pub const REFERENCE_LISTS: &[RecordKind] = &[
    RecordKind::Site,
    RecordKind::Receipt,
    RecordKind::Distribution,
    RecordKind::Movement,
    RecordKind::Expense,
    RecordKind::ExchangeRate,
    RecordKind::Cash,
    RecordKind::Authority,
    RecordKind::Instrument,
    RecordKind::Rule,
    RecordKind::Figure,
    RecordKind::Booking,
    RecordKind::Balance,
    RecordKind::Clearance,
    RecordKind::Attachment,
    RecordKind::Paper,
    RecordKind::Report,
    RecordKind::ReportForm,
    RecordKind::Seal,
    RecordKind::Publication,
    RecordKind::Audience,
    RecordKind::Category,
    RecordKind::Organisation,
];

/// The kinds that the New menu offers: those that stand on their own.
pub const NEW_MENU: &[&[RecordKind]] = &[
    &[RecordKind::Matter, RecordKind::Request, RecordKind::Permission, RecordKind::Reliance],
    &[RecordKind::Shipment, RecordKind::Purchase, RecordKind::Lot, RecordKind::Trip],
    &[RecordKind::Visit, RecordKind::Reach, RecordKind::Incident],
    &[RecordKind::Project, RecordKind::Fund, RecordKind::Report],
    &[RecordKind::Party, RecordKind::Person, RecordKind::Item],
    &[RecordKind::PolicyEvent],
];

impl Route {
    /// The words in the rail.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Overview => "Overview".to_owned(),
            Self::Deadlines => "Deadlines".to_owned(),
            Self::List(RecordKind::Trip) => "Travel".to_owned(),
            Self::List(RecordKind::Party) => "Partners".to_owned(),
            Self::List(kind) => kind.heading(),
            Self::Coverage => "Coverage".to_owned(),
            Self::Goods => "Goods".to_owned(),
            Self::Lines => "Rows of goods".to_owned(),
            Self::WhatIf => "What if".to_owned(),
            Self::Slots => "Plan shipments".to_owned(),
            Self::Advisor => "What do I need?".to_owned(),
            Self::Rules => "Rules".to_owned(),
            Self::Policy => "Policy timeline".to_owned(),
            Self::Import => "Import a table".to_owned(),
            Self::Reports => "Reports".to_owned(),
            Self::History => "History & settings".to_owned(),
        }
    }

    /// The place of the rail from which one comes here.
    #[must_use]
    pub const fn in_rail(self) -> Self {
        match self {
            Self::Lines => Self::Goods,
            Self::Rules | Self::List(RecordKind::Rule) => Self::Advisor,
            Self::Import => Self::History,
            Self::List(RecordKind::Report | RecordKind::ReportForm | RecordKind::Seal) => Self::Reports,
            other => other,
        }
    }

    /// The kind of record whose list this is.
    #[must_use]
    pub const fn kind(self) -> Option<RecordKind> {
        match self {
            Self::List(kind) => Some(kind),
            Self::Policy => Some(RecordKind::PolicyEvent),
            Self::Overview
            | Self::Coverage
            | Self::Deadlines
            | Self::Goods
            | Self::Lines
            | Self::WhatIf
            | Self::Slots
            | Self::Advisor
            | Self::Rules
            | Self::Import
            | Self::Reports
            | Self::History => None,
        }
    }

    /// Whether something is chosen on the page itself.
    #[must_use]
    pub const fn has_choices(self) -> bool {
        matches!(self, Self::Advisor | Self::WhatIf | Self::Slots)
    }

    /// The place where records of a kind are listed.
    #[must_use]
    pub const fn of(kind: RecordKind) -> Self {
        match kind {
            RecordKind::PolicyEvent => Self::Policy,
            kind => Self::List(kind),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_place() {
        assert_eq!(Route::of(RecordKind::PolicyEvent), Route::Policy);
        for kind in RecordKind::ALL {
            assert_eq!(Route::of(*kind).kind(), Some(*kind));
        }
    }
}
