//! A chart of a document: whole values beside labels, and in words for those who do not see it.

use serde::{Deserialize, Serialize};

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    /// Bars from the left, one for each label and series.
    #[default]
    Bars,
    /// Bars from the left, the series of a label one after the other.
    Stacked,
    /// Columns over a row of labels, for time.
    Columns,
}

/// One row of values.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Series {
    /// What it is called.
    pub name: String,
    /// Its values, one for each label, in the chart's unit.
    pub values: Vec<i64>,
}

/// A chart.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Chart {
    /// Its title.
    pub title: String,
    /// What it shows, in a sentence, for those who do not see it.
    pub alt: String,
    /// How it is drawn.
    pub kind: ChartKind,
    /// The unit of its values, for example `courses` or `USD`.
    pub unit: String,
    /// Its labels.
    pub labels: Vec<String>,
    /// Its rows of values.
    pub series: Vec<Series>,
}
