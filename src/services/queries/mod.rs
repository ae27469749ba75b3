//! Questions the screens and the command line ask, and their answers.
//!
//! A question is a value, so that a screen can see whether an answer is still the one it wants. An answer is ready to be
//! shown: joined, sorted and worded here, so that painting only lays out.

pub mod answer;
mod answer_coverage;
mod answer_deadlines;
mod answer_goods;
mod answer_needs;
mod answer_reach;
mod answer_reports;
mod answer_slots;
mod answer_what_if;
mod answering;
mod clocks;
mod deadlines;
mod detail;
mod filter;
pub(super) mod goods;
pub(super) mod goods_beside;
pub(super) mod list;
mod many;
mod names;
pub(super) mod needs;
pub(super) mod only;
mod overview;
mod question;
pub(super) mod reach;
mod reports;
mod search;
mod sections;
mod sections_field;
mod sections_files;
mod sections_needs;
mod sections_permits;
mod standing;
mod values;
mod waits;

pub use crate::store::lines::{LineKey, SortLines};
pub use crate::store::list::SortBy;

pub use answer::*;
pub use answer_coverage::*;
pub use answer_deadlines::*;
pub use answer_goods::*;
pub use answer_needs::*;
pub use answer_reach::*;
pub use answer_reports::*;
pub use answer_slots::*;
pub use answer_what_if::*;
pub use answering::Answer;
pub use deadlines::ASK_BY;
pub(in crate::services) use detail::history;
pub use filter::{Filter, ListQuery};
pub use goods::COMPARED;
pub use many::{Many, Spread};
pub use only::{BudgetOf, ListFigure, Only, PaidIn, PeopleOf, SpendingOf};
pub use question::{Query, Sources};
pub use search::{Marked, SearchGroup, SearchHit, SearchResults};
pub use sections_permits::CUT_HEADING;

pub use list::{LIST_KINDS_WITH_STATUS, has_status, status_words};

/// How many rows each list of the overview holds at most: nobody reads on, and the lists of records have them all.
pub const OVERVIEW_MOST: usize = 200;

/// How many deadlines of one urgency go into a calendar file at most: more than any calendar program bears.
const EXPORTED_MOST: usize = 5_000;
