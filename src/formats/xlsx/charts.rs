//! Charts: drawn beside the table they follow, over values that stand on a sheet of their own.

use rust_xlsxwriter::{Chart as Drawn, ChartType, Format, Workbook};

use super::names::Names;
use super::sheet::column_number;
use super::{CannotWrite, fitting};
use crate::domain::document::{Chart, ChartKind};

/// The sheet with the values.
const SHEET: &str = "Chart data";
/// Rows between the charts on that sheet.
const APART: u32 = 2;
/// Pixels.
const SIZE: (u32, u32) = (640, 360);
/// Rows that a chart covers.
const ROWS_TALL: u32 = 20;

/// The charts of a document, with the sheet beside whose table each is drawn.
#[derive(Default)]
pub(super) struct Charts<'a>(Vec<(&'a Chart, Option<Beside<'a>>)>);

/// A sheet, and how many columns of it are taken.
pub(super) type Beside<'a> = (&'a str, usize);

impl<'a> Charts<'a> {
    pub fn add(&mut self, chart: &'a Chart, beside: Option<Beside<'a>>) {
        if !chart.labels.is_empty() && !chart.series.is_empty() {
            self.0.push((chart, beside));
        }
    }

    /// Writes the values, then draws each chart at its place.
    pub fn write(&self, book: &mut Workbook, names: &mut Names) -> Result<(), CannotWrite> {
        if self.0.is_empty() {
            return Ok(());
        }
        let name = names.free(SHEET);
        let mut drawn = Vec::new();
        let mut at = 0;
        let sheet = book.add_worksheet().set_name(&name)?;
        sheet.set_column_width(0, 30)?;
        let bold = Format::new().set_bold().set_quote_prefix();
        let words = Format::new().set_quote_prefix();
        for (chart, beside) in &self.0 {
            sheet.write_string_with_format(at, 0, fitting(&chart.title), &bold)?;
            let first = at + 1;
            let last = first + u32::try_from(chart.labels.len()).unwrap_or(u32::MAX);
            for (row, label) in (first + 1..).zip(&chart.labels) {
                sheet.write_string_with_format(row, 0, fitting(label), &words)?;
            }
            for (column, series) in chart.series.iter().enumerate() {
                let column = column_number(column + 1);
                sheet.write_string_with_format(first, column, fitting(&series.name), &bold)?;
                for (row, value) in (first + 1..=last).zip(&series.values) {
                    #[expect(clippy::cast_precision_loss, reason = "a drawing; the exact figures stand in the table")]
                    sheet.write_number(row, column, *value as f64)?;
                }
            }
            drawn.push((draw(chart, &name, first, last), *beside, last));
            at = last + APART;
        }
        // Those of one sheet stand under one another.
        let mut before = "";
        let mut down = 0;
        for (chart, beside, row) in drawn {
            let (sheet, row, column) = match beside {
                Some((sheet, columns)) => {
                    down = if before == sheet { down + ROWS_TALL } else { 2 };
                    before = sheet;
                    (sheet, down, columns + 1)
                }
                None => (name.as_str(), row, chart_columns(&self.0) + 2),
            };
            book.worksheet_from_name(sheet)?.insert_chart(row, column_number(column), &chart)?;
        }
        Ok(())
    }
}

/// How many columns the values take at most.
fn chart_columns(charts: &[(&Chart, Option<Beside<'_>>)]) -> usize {
    charts.iter().map(|(chart, _)| chart.series.len()).max().unwrap_or(0)
}

fn draw(chart: &Chart, sheet: &str, first: u32, last: u32) -> Drawn {
    let mut drawn = Drawn::new(match chart.kind {
        ChartKind::Bars => ChartType::Bar,
        ChartKind::Stacked => ChartType::BarStacked,
        ChartKind::Columns => ChartType::Column,
    });
    for column in 1..=chart.series.len() {
        let column = column_number(column);
        drawn
            .add_series()
            .set_name((sheet, first, column))
            .set_categories((sheet, first + 1, 0, last, 0))
            .set_values((sheet, first + 1, column, last, column));
    }
    drawn.title().set_name(&chart.title);
    if !chart.unit.is_empty() {
        drawn.y_axis().set_name(&chart.unit);
    }
    if chart.series.len() == 1 {
        drawn.legend().set_hidden();
    }
    if matches!(chart.kind, ChartKind::Bars | ChartKind::Stacked) {
        // Bars are drawn from below; people read from above.
        drawn.x_axis().set_reverse();
    }
    drawn.set_width(SIZE.0).set_height(SIZE.1);
    drawn.set_alt_text(if chart.alt.is_empty() { &chart.title } else { &chart.alt });
    drawn
}
