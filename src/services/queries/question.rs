//! The questions: whose records, which of them, and everything that can be asked.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    CoverageQuery, GoodsQuery, LineKey, LinesQuery, ListQuery, NeedsOf, OptionsQuery, ReachQuery, WhatIfQuery,
};
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::domain::summary::Source;
use crate::services::packs::PackQuery;

/// Whose records a list or a figure shows. The two are never mixed unless `Both` is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sources {
    /// Our own records.
    Own,
    /// Other organisations' public filings.
    Public,
    /// Both, side by side.
    #[default]
    Both,
}

impl Sources {
    /// Every choice, in the order in which it is offered.
    pub const ALL: [Self; 3] = [Self::Own, Self::Public, Self::Both];

    /// The label on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Own => "Ours",
            Self::Public => "Public record",
            Self::Both => "Both",
        }
    }

    /// The one source this is, or `None` for both.
    #[must_use]
    pub const fn single(self) -> Option<Source> {
        match self {
            Self::Own => Some(Source::Own),
            Self::Public => Some(Source::Public),
            Self::Both => None,
        }
    }
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// The overview as of a day.
    Overview {
        /// The day.
        as_of: NaiveDate,
        /// Whose records.
        sources: Sources,
    },
    /// The ids of a list, in its order.
    List(ListQuery),
    /// What a list behind a figure adds up to.
    ListFigure(ListQuery),
    /// Some rows of a list, by id.
    Rows {
        /// The kind of record.
        kind: RecordKind,
        /// The day whose status is shown.
        as_of: NaiveDate,
        /// The records, in the order in which they are wanted.
        ids: Vec<Id>,
    },
    /// What was planned, shipped, received and handed out.
    Goods(GoodsQuery),
    /// The keys of a list of goods, in its order.
    Lines(LinesQuery),
    /// What the rows of a list of goods add up to.
    LineTotals(LinesQuery),
    /// Some rows of a list of goods, by key.
    LineRows {
        /// The day whose status is shown.
        as_of: NaiveDate,
        /// The rows, in the order in which they are wanted.
        keys: Vec<LineKey>,
    },
    /// People reached, each person once.
    Reach(ReachQuery),
    /// Every report, and when each was sealed.
    Reports,
    /// A report as it would be made now.
    Report {
        /// The report.
        id: Id,
    },
    /// A shipment or a trip against every instrument it needs.
    Coverage(CoverageQuery),
    /// The coverage of everything that is open.
    CoverageList {
        /// The day.
        as_of: NaiveDate,
        /// The day until whose end things were known; `None`: by what we know now.
        as_known: Option<NaiveDate>,
    },
    /// Everything dated that needs a person.
    Deadlines {
        /// The day.
        as_of: NaiveDate,
        /// Whose records.
        sources: Sources,
    },
    /// The same without an end to its lists, for a file.
    AllDeadlines {
        /// The day.
        as_of: NaiveDate,
        /// Whose records.
        sources: Sources,
    },
    /// The time that each authority takes.
    Durations {
        /// The day.
        as_of: NaiveDate,
    },
    /// What would follow if a shipment or a trip moved to other days.
    WhatIf(WhatIfQuery),
    /// The shipments that a permission allows, and what goes in which.
    Slots {
        /// The permission.
        permission: Id,
        /// The day.
        as_of: NaiveDate,
    },
    /// What is booked for a line against an instrument, and what can be.
    BookingOptions(OptionsQuery),
    /// The page that prints a clearance.
    Sheet {
        /// The clearance.
        clearance: Id,
    },
    /// A pack, with what is missing in it.
    Pack(PackQuery),
    /// One record with everything that belongs to it.
    Detail {
        /// The record.
        id: Id,
        /// The day whose status is shown.
        as_of: NaiveDate,
    },
    /// What an act or a record needs by the rules in force.
    Needs {
        /// Of what it is asked.
        of: NeedsOf,
        /// The day of the act; of a record, the day where it says none.
        on: NaiveDate,
    },
    /// The rows of the rule book, shipped and own.
    Rules {
        /// The day by which a row is old.
        today: NaiveDate,
    },
    /// A record as a draft for its form: links are ids, everything else is as it would be typed.
    Draft {
        /// The record.
        id: Id,
    },
    /// What some records of a kind have in common, and their versions.
    Many {
        /// The kind of record.
        kind: RecordKind,
        /// The records.
        ids: Vec<Id>,
    },
    /// The records a link field can choose from.
    Choices {
        /// The kinds that are accepted.
        kinds: Vec<RecordKind>,
    },
    /// The newest operations of the journal, newest first.
    Operations {
        /// How many at most.
        limit: u32,
    },
    /// What undo and redo would do, and how many records of each kind there are.
    Standing,
    /// The values that the filters of lists offer.
    FilterChoices,
    /// The records that hold every word of a text, by kind. It looks at all there is, whatever the day and the source:
    /// the day only says which status is shown.
    Search {
        /// What was typed.
        text: String,
        /// The day whose status is shown.
        as_of: NaiveDate,
        /// How many records of each kind are shown; all are counted.
        limit_per_kind: usize,
    },
    /// What the window remembers: saved filters, drafts. By name.
    Remembered {
        /// The name under which it was remembered.
        name: String,
    },
}
