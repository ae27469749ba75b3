//! Lists out: whatever stands on the screen as a document that says its day, its filter and its order, and as a file.
//!
//! A listing is asked for with the same questions as the screen and the command line, so that a file cannot say something
//! else than they do. It knows no format: `formats` writes the document, this module chooses which.

mod asked;
mod coverage;
mod deadlines;
mod fields;
mod figures;
mod flows;
mod found;
mod goods;
mod holds;
mod overview;
mod records;
mod tags;
pub mod template;
mod who_does_what;
mod words;

use std::io::Write as _;
use std::path::PathBuf;

use chrono::NaiveDate;

use super::queries::{CoverageQuery, GoodsQuery, LinesQuery, ListQuery, NeedsOf, ReachQuery, Sources, WhatIfQuery};
use super::redact::{self, LeftOut};
use super::{Failure, Watch, Workspace};
use crate::domain::coverage::CellState;
use crate::domain::document::{Document, Table};
use crate::domain::id::Id;
use crate::domain::word::words;
use crate::formats::{csv_file, whole_file, xlsx};

pub use records::{FIELDS, SHOWN};

/// What stands at the foot of every list.
const FOOT: &str = "Corridor gives guidance with its source and date. It is not legal advice.";
/// What stands in the place of rows.
const NOTHING: &str = "Nothing fits the filter";

words! {
    /// In which format a list goes out.
    pub enum ListFormat {
        Xlsx = "xlsx", "Workbook (XLSX)";
        Csv = "csv", "Text (CSV)";
    }
}

impl ListFormat {
    /// The media type of its files.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv",
        }
    }
}

words! {
    /// A table of the overview, for a file that holds only one.
    pub enum OverviewPart {
        Waits = "waits", "What waits";
        Expiries = "expiries", "What expires next";
        Flags = "flags", "What has to be mended";
        Goods = "goods", "Goods by category";
        Answers = "answers", "Answers by month";
        Deliveries = "deliveries", "Deliveries by month";
    }
}

words! {
    /// Which columns of a list of records go out.
    pub enum Columns {
        Both = "both", "As on the screen, and every field";
        Shown = "shown", "As on the screen";
        Fields = "fields", "Every field, to be imported again";
    }
}

/// A list that can go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listing {
    /// The records of a kind.
    Records(ListQuery, Columns),
    /// Everything dated that needs a person.
    Deadlines {
        /// The day.
        as_of: NaiveDate,
        /// Whose records.
        sources: Sources,
    },
    /// What was planned, shipped, received and handed out.
    Goods(GoodsQuery),
    /// Rows of goods.
    Lines(LinesQuery),
    /// People reached.
    Reach(ReachQuery),
    /// The coverage of everything that is open.
    CoverageList {
        /// The day.
        as_of: NaiveDate,
        /// The day until whose end things were known.
        as_known: Option<NaiveDate>,
        /// Only what has a cell that stands so.
        only: Option<CellState>,
    },
    /// The coverage of one shipment or trip, cell by cell.
    Coverage(CoverageQuery),
    /// The tables of the overview.
    Overview {
        /// The day.
        as_of: NaiveDate,
        /// Whose records.
        sources: Sources,
    },
    /// One table of the overview.
    OverviewPart {
        /// The day.
        as_of: NaiveDate,
        /// Whose records.
        sources: Sources,
        /// Which of them.
        part: OverviewPart,
    },
    /// What would follow if a shipment or a trip moved.
    WhatIf(WhatIfQuery),
    /// What an act or a record needs by the rules.
    Needs {
        /// Of what it is asked.
        of: NeedsOf,
        /// The day.
        on: NaiveDate,
    },
    /// The records that hold every word of a text.
    Search {
        /// What was typed.
        text: String,
        /// The day whose status is shown.
        as_of: NaiveDate,
    },
    /// The reports to donors, and how the sealed ones stand to the record.
    Reports,
    /// The time that each authority takes.
    Durations {
        /// The day.
        as_of: NaiveDate,
    },
    /// The rule book.
    Rules {
        /// The day by which a row is old.
        as_of: NaiveDate,
        /// Only the rows that hold this text.
        find: String,
    },
    /// The shipments that a permission allows.
    Slots {
        /// The permission.
        permission: Id,
        /// The day.
        as_of: NaiveDate,
    },
    /// The newest operations of the journal.
    Operations {
        /// How many at most.
        limit: u32,
    },
    /// Who does what, where: the columns of OCHA's 3W.
    WhoDoesWhat(Period),
    /// The flows of money as OCHA's Financial Tracking Service asks for them.
    Flows(Period),
}

/// The time that a report to others covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The day up to which things count.
    pub as_of: NaiveDate,
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
}

/// A list on its way into a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// Which list.
    pub listing: Listing,
    /// In which format.
    pub format: ListFormat,
    /// For whom; `None`: nothing is taken out.
    pub audience: Option<Id>,
    /// Where the file goes.
    pub path: PathBuf,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// How many rows all its tables have.
    pub rows: usize,
    /// What was taken out for the audience.
    pub left_out: LeftOut,
}

impl Listing {
    /// The table that a file with only one holds; `None` where there are several that belong together.
    #[must_use]
    pub const fn main_table(&self) -> Option<&'static str> {
        match self {
            Self::Records(_, Columns::Shown) => Some(SHOWN),
            Self::Records(..) => Some(FIELDS),
            Self::Coverage(_) => Some(coverage::CELLS),
            Self::Overview { .. } | Self::WhatIf(_) => None,
            _ => Some("list"),
        }
    }

    /// How its file is called where nobody says, without an ending.
    #[must_use]
    pub fn file_stem(&self) -> String {
        match self {
            Self::Records(query, _) => query.kind.plural().to_owned(),
            Self::Deadlines { .. } => "deadlines".to_owned(),
            Self::Goods(query) => format!("goods-by-{}", query.by.word()),
            Self::Lines(query) => format!("goods-{}", query.role.word()),
            Self::Reach(_) => "people-reached".to_owned(),
            Self::CoverageList { .. } | Self::Coverage(_) => "coverage".to_owned(),
            Self::Overview { .. } => "overview".to_owned(),
            Self::OverviewPart { part, .. } => part.word().to_owned(),
            Self::WhatIf(_) => "what-if".to_owned(),
            Self::Needs { .. } => "needs".to_owned(),
            Self::Search { .. } => "search".to_owned(),
            Self::Reports => "reports".to_owned(),
            Self::Durations { .. } => "durations".to_owned(),
            Self::Rules { .. } => "rules".to_owned(),
            Self::Slots { .. } => "slots".to_owned(),
            Self::Operations { .. } => "history".to_owned(),
            Self::WhoDoesWhat(_) => "3w".to_owned(),
            Self::Flows(_) => "fts".to_owned(),
        }
    }
}

impl Workspace {
    /// A list as a document.
    pub fn listed(&self, listing: &Listing, watch: &Watch) -> Result<Document, Failure> {
        match listing {
            Listing::Records(query, columns) => records::document(self, query, *columns, watch),
            Listing::Deadlines { as_of, sources } => deadlines::document(self, *as_of, *sources),
            Listing::Goods(query) => goods::document(self, query),
            Listing::Lines(query) => goods::lines(self, query, watch),
            Listing::Reach(query) => goods::reach(self, query),
            Listing::CoverageList { as_of, as_known, only } => coverage::all(self, *as_of, *as_known, *only),
            Listing::Coverage(query) => coverage::one(self, query),
            Listing::Overview { as_of, sources } => overview::overview(self, *as_of, *sources),
            Listing::OverviewPart { as_of, sources, part } => overview::part(self, *as_of, *sources, *part),
            Listing::WhatIf(query) => asked::what_if(self, query),
            Listing::Needs { of, on } => asked::needs(self, of, *on),
            Listing::Search { text, as_of } => found::search(self, text, *as_of),
            Listing::Reports => found::reports(self, watch),
            Listing::Durations { as_of } => figures::durations(self, *as_of),
            Listing::Rules { as_of, find } => figures::rules(self, *as_of, find),
            Listing::Slots { permission, as_of } => figures::slots(self, *permission, *as_of),
            Listing::Operations { limit } => figures::operations(self, *limit),
            Listing::WhoDoesWhat(period) => who_does_what::document(self, *period, watch),
            Listing::Flows(period) => flows::document(self, *period, watch),
        }
    }

    /// Writes a list into a file, whole or not at all. What is taken out for an audience is proven to be out of it.
    pub fn export(&self, export: &Export, watch: &Watch) -> Result<Exported, Failure> {
        let mut document = self.listed(&export.listing, watch)?;
        let mut left_out = LeftOut::default();
        if let Some(audience) = export.audience {
            let redacted = redact::for_audience(self, &document, audience)?;
            (document, left_out) = (redacted.document, redacted.left_out);
        }
        watch.step(watch.progress().done)?;
        let bytes = self.bytes_of(&document, export, watch)?;
        redact::prove(&bytes, export.format.media_type(), &left_out.removed)
            .map_err(|found| Failure::Other(found.to_string()))?;
        watch.step(watch.progress().done)?;
        whole_file::write(&export.path, "requests.xlsx", |file| file.write_all(&bytes))
            .map_err(|why| Failure::Other(why.to_string()))?;
        Ok(Exported { rows: document.tables().map(|table| table.rows.len()).sum(), left_out })
    }

    fn bytes_of(&self, document: &Document, export: &Export, watch: &Watch) -> Result<Vec<u8>, Failure> {
        match export.format {
            ListFormat::Xlsx => xlsx::write(document, self.today(), &|| watch.is_stopped()).map_err(|why| match why {
                xlsx::CannotWrite::Stopped => Failure::Stopped,
                other => Failure::Other(other.to_string()),
            }),
            ListFormat::Csv => {
                let table = only_table(document, &export.listing)?;
                Ok(csv_file::write(table, csv_file::Options::default()))
            }
        }
    }
}

fn only_table<'a>(document: &'a Document, listing: &Listing) -> Result<&'a Table, Failure> {
    let table = listing.main_table().and_then(|key| document.table(key));
    table.ok_or_else(|| {
        let words = "This page has several tables, and a CSV file holds one. Write it as XLSX, or open the list itself";
        Failure::Other(words.to_owned())
    })
}

/// A question that was answered with something else: a fault of the program.
fn another_answer() -> Failure {
    Failure::Other("The list gave another answer. Open the workspace again".to_owned())
}
