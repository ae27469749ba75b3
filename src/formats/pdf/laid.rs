//! How a document lies on its pages, for other formats that have pages: which blocks lie on their side, how wide columns are.

use super::plan::Plan;
use super::tables::TablePlan;
use super::widths::Widths;
use crate::domain::document::{Document, Table};

/// A block as it lies.
pub(in crate::formats) struct Laid {
    /// Whether its page lies on its side.
    pub flipped: bool,
    /// The columns of a table that has some.
    pub columns: Option<Columns>,
}

/// The columns of a table.
pub(in crate::formats) struct Columns(Widths);

/// How each block of a document lies.
pub(in crate::formats) fn laid_out(document: &Document) -> Vec<Laid> {
    Plan::of(document)
        .laid()
        .into_iter()
        .map(|(flipped, widths)| Laid { flipped, columns: widths.map(Columns) })
        .collect()
}

/// The columns of a table by itself.
pub(in crate::formats) fn columns(table: &Table) -> Columns {
    Columns(TablePlan::of(table).widths)
}

impl Columns {
    /// The letter size, in half points.
    pub fn half_points(&self) -> usize {
        whole(self.0.size * 2.0)
    }

    /// What stands free on each side of a cell, in twentieths of a point.
    pub fn padding_twips(&self) -> usize {
        whole(self.0.padding * 10.0)
    }

    /// The widths as parts of a room.
    pub fn shares(&self, room: usize) -> Vec<usize> {
        let all: f64 = self.0.columns.iter().sum::<f64>().max(1.0);
        #[expect(clippy::cast_precision_loss, reason = "a page is not so wide")]
        let room = room as f64;
        self.0.columns.iter().map(|width| whole(width * room / all).max(1)).collect()
    }
}

fn whole(number: f64) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held between 0 and 1,000,000 before")]
    let whole = number.clamp(0.0, 1_000_000.0) as usize;
    whole
}
