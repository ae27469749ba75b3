//! Donor reports: a fund, a period and a cut-off day in; one document with the seven tables and the donor's own sections out.
//!
//! No figure is typed. Each is read as a list reads it, and [`Figure`] says which list that is, or of which cells of its row it
//! follows. A cell with a number and without a figure is a fault that a test finds.

mod compliance;
mod delivered;
mod delivered_table;
mod frame;
mod indicators;
mod money;
mod people;
mod places;
mod scope;
mod sealing;
mod timeline;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::queries::{LinesQuery, ListQuery, ReportPreview};
use super::{Failure, Workspace, facts};
use crate::domain::document::{Block, Chart, Column, Document, Holds, Table};
use crate::domain::id::Id;
use crate::domain::record::{Report, ReportTable, typed};
use crate::store::Db;

use scope::Scope;

pub(in crate::services) use sealing::REPORT;

/// A donor report with what stands behind its figures.
#[derive(Debug, Clone, PartialEq)]
pub struct DonorReport {
    /// What it says.
    pub document: Document,
    /// The lists behind its figures.
    pub figures: Vec<Figure>,
    /// The sections that have no text yet.
    pub unwritten: Vec<String>,
}

/// A figure of a table and the list it equals.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The key of the table.
    pub table: String,
    /// The row; `None` for the totals.
    pub row: Option<usize>,
    /// The name of the column.
    pub column: &'static str,
    /// What stands behind it.
    pub behind: Behind,
}

/// What stands behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Behind {
    /// Rows of goods.
    Lines(LinesQuery),
    /// Records of a kind, and what they add up to.
    Records(ListQuery),
    /// One record, which says it.
    One {
        /// The record.
        id: Id,
        /// The day on which it says so.
        on: NaiveDate,
    },
    /// Other cells of the same row, of which it follows: a share, what is left.
    Reckoned(&'static [&'static str]),
}

/// What one of the seven tables adds to a report: tables and charts, in order, and what stands behind them.
#[derive(Debug, Default)]
struct Part {
    blocks: Vec<Block>,
    figures: Vec<Figure>,
}

impl Part {
    fn table(&mut self, table: Table) {
        self.blocks.push(Block::Table(table));
    }

    fn chart(&mut self, chart: Chart) {
        if !chart.labels.is_empty() {
            self.blocks.push(Block::Chart(chart));
        }
    }

    fn behind(&mut self, table: &str, row: Option<usize>, column: &'static str, behind: Behind) {
        self.figures.push(Figure { table: table.to_owned(), row, column, behind });
    }
}

/// A column of texts with the name by which a program finds it.
fn text(label: impl Into<String>, name: &str, hxl: &str) -> Column {
    Column { name: name.to_owned(), ..Column::text(label, hxl) }
}

/// A column of numbers with the name by which a program finds it.
fn number(label: impl Into<String>, name: &str, hxl: &str) -> Column {
    Column { name: name.to_owned(), ..Column::number(label, hxl) }
}

/// A column that a copy for others can leave out.
fn held(column: Column, holds: Holds) -> Column {
    column.holding(holds)
}

impl Workspace {
    /// Makes the report that a record of it describes.
    pub fn donor_report(&self, id: Id) -> Result<DonorReport, Failure> {
        let db = self.store().db();
        let report: Report = facts::load(db, id)?.ok_or(Failure::Gone)?;
        make(db, &report)
    }

    /// The same with another cut-off, where one is given.
    pub fn donor_report_as_of(&self, id: Id, as_of: Option<NaiveDate>) -> Result<DonorReport, Failure> {
        let db = self.store().db();
        let mut report: Report = facts::load(db, id)?.ok_or(Failure::Gone)?;
        report.as_of = as_of.or(report.as_of);
        make(db, &report)
    }

    /// The report as it would be made, or why it cannot be made, for the window.
    pub(super) fn report_preview(&self, id: Id) -> ReportPreview {
        let made = self.donor_report(id).map(Arc::new).map_err(|failure| failure.to_string());
        ReportPreview { id, made }
    }

    /// Makes a report as a draft describes it, which need not be saved: links are ids.
    pub fn donor_report_of(&self, image: &Map<String, Value>) -> Result<DonorReport, Failure> {
        make(self.store().db(), &of_image(image)?)
    }
}

/// The report that an image describes.
pub(super) fn of_image(image: &Map<String, Value>) -> Result<Report, Failure> {
    typed(image)
        .map_err(|error| Failure::Other(format!("The report cannot be read: {error}. Open it and save it anew")))
}

/// Makes a report.
pub(super) fn make(db: &Db, report: &Report) -> Result<DonorReport, Failure> {
    let scope = Scope::load(db, report)?;
    let mut parts = BTreeMap::new();
    for table in ReportTable::ALL {
        let part = match table {
            ReportTable::Delivered => delivered::part(&scope)?,
            ReportTable::People => people::part(&scope)?,
            ReportTable::Indicators => indicators::part(&scope)?,
            ReportTable::Money => money::part(&scope)?,
            ReportTable::Compliance => compliance::part(&scope)?,
            ReportTable::Places => places::part(&scope)?,
            ReportTable::Timeline => timeline::part(&scope)?,
        };
        parts.insert(*table, part);
    }
    frame::together(&scope, report, parts)
}
