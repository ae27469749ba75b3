//! What the templates in `assets/reports` read: words and numbers only, never markup.

use serde::Serialize;

/// A place between two of which a page may end: a row, a paragraph, a heading. The block's place, and its own in the block.
///
/// In a table: -1 is the title, then the rows, the totals, the notes.
pub(super) type Unit = (usize, i64);

/// A part of a document, set in one run of typst.
#[derive(Debug, Serialize)]
pub(super) struct Part {
    pub language: &'static str,
    /// Whether the part begins with the title.
    pub first: bool,
    pub title: String,
    pub subtitle: String,
    pub facts: Vec<(String, String)>,
    pub runs: Vec<Run>,
}

impl Part {
    /// Whether anything would stand on its pages.
    pub fn is_blank(&self) -> bool {
        let nothing = |piece: &Piece| matches!(piece, Piece::NewPage);
        !self.first && self.runs.iter().flat_map(|run| &run.pieces).all(nothing)
    }
}

/// Pages of one direction.
#[derive(Debug, Serialize)]
pub(super) struct Run {
    /// Whether the pages lie on their side.
    pub flipped: bool,
    pub pieces: Vec<Piece>,
}

/// A block, or some of it.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Piece {
    Heading { id: Unit, level: u8, text: String },
    Text { id: Unit, paragraphs: Vec<String> },
    List { id: Unit, items: Vec<String> },
    Notice { id: Unit, paragraphs: Vec<String>, long: bool },
    Facts { id: Unit, facts: Vec<(String, String)> },
    Table(TablePiece),
    Chart(ChartPiece),
    Original(OriginalPiece),
    Signatures { id: Unit, lines: Vec<String> },
    NewPage,
}

/// Rows of a table under its header.
#[derive(Debug, Serialize)]
pub(super) struct TablePiece {
    /// The first unit that is here.
    pub id: Unit,
    /// The title where the table begins here.
    pub title: Option<String>,
    /// The letter size in points.
    pub size: f64,
    /// The padding on each side of a cell in points.
    pub padding: f64,
    /// Whether it is so small that it stays together on one page.
    pub whole: bool,
    pub columns: Vec<ColumnPiece>,
    pub rows: Vec<Vec<CellPiece>>,
    /// Rows that are too high to stay on one page.
    pub long: Vec<bool>,
    pub empty: String,
    /// The totals, and the unit that they are.
    pub totals: Vec<CellPiece>,
    pub totals_at: i64,
    pub notes: Vec<String>,
    /// The unit of the first of these notes.
    pub notes_at: i64,
}

/// A column as it is set.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ColumnPiece {
    pub label: String,
    pub width: f64,
    pub number: bool,
}

/// The words of a cell.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum CellPiece {
    Plain(String),
    State { tone: crate::domain::document::CellTone, words: String },
}

/// A chart, its values as shares of the longest mark.
#[derive(Debug, Serialize)]
pub(super) struct ChartPiece {
    pub id: Unit,
    pub form: crate::domain::document::ChartKind,
    pub title: String,
    pub unit: String,
    pub alt: String,
    /// What is not drawn.
    pub rest: String,
    pub labels: Vec<String>,
    pub series: Vec<SeriesPiece>,
    /// The sum of each label, for stacked bars.
    pub totals: Vec<String>,
}

/// One row of values.
#[derive(Debug, Serialize)]
pub(super) struct SeriesPiece {
    pub name: String,
    pub words: Vec<String>,
    pub shares: Vec<f64>,
}

/// A page of an original, or why it is not shown.
#[derive(Debug, Serialize)]
pub(super) struct OriginalPiece {
    pub id: Unit,
    pub name: String,
    pub page: Option<String>,
    /// Its SHA-256 and media type.
    pub identity: String,
    /// The name of the picture in memory.
    pub file: Option<&'static str>,
    /// The page of the picture; 0 where it has none.
    pub number: usize,
    pub alt: String,
    pub reasons: Vec<String>,
}

/// What stands around the pages.
#[derive(Debug, Serialize)]
pub(super) struct Frames {
    pub language: &'static str,
    pub head: String,
    pub day: String,
    pub foot: String,
    pub pages: Vec<FramePage>,
}

/// What stands around one page.
#[derive(Debug, Serialize)]
pub(super) struct FramePage {
    pub flipped: bool,
    /// The first page has its title on it and needs no head.
    pub head: bool,
    pub number: String,
}
