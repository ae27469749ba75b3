//! View-ready answers about reports.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::id::Id;
use crate::services::reports::DonorReport;

/// A row of the list of reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRow {
    /// The report.
    pub id: Id,
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// The grant's title.
    pub fund: String,
    /// The period in words.
    pub period: String,
    /// The day on which it was sealed last; `None`: a draft.
    pub sealed_on: Option<NaiveDate>,
}

/// A report as it would be made, or why it cannot be made.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportPreview {
    /// The report.
    pub id: Id,
    /// What it says.
    pub made: Result<Arc<DonorReport>, String>,
}
