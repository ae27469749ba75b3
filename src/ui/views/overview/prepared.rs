//! The answer worded once, so that painting a frame only lays out.

use std::sync::Arc;

use chrono::NaiveDate;

use super::series::Chart;
use crate::domain::quantity::group_digits;
use crate::domain::record::{LineRole, RecordKind};
use crate::services::queries::{COMPARED, Expiry, GoodsFigure, GoodsLine, Matrix, Mend, Overview, Wait};
use crate::ui::theme::Tone;

/// Days within which something that expires cannot wait.
const SOON_DAYS: i64 = 14;

/// What the overview shows, worded.
#[derive(Debug)]
pub struct Prepared {
    /// The answer that was worded.
    pub of: Arc<Overview>,
    /// The line under the title.
    pub standing: String,
    /// The matrices, in the order of the answer.
    pub matrices: Vec<MatrixText>,
    /// The second line of each wait, and its days.
    pub waits: Vec<LineText>,
    /// The second line of each expiry, and its days.
    pub expiries: Vec<LineText>,
    /// What has to be mended.
    pub flags: Vec<LineText>,
    /// Goods by category, in the order of the answer.
    pub goods: Vec<GoodsText>,
    /// Answers by month and outcome.
    pub answers: Chart,
    /// Deliveries by month and category.
    pub deliveries: Chart,
}

/// The words of a matrix.
#[derive(Debug)]
pub struct MatrixText {
    /// The cells of each row, its total last.
    pub rows: Vec<Vec<CellText>>,
    /// The sums of the columns, the whole last.
    pub totals: Vec<CellText>,
}

/// A figure and its name for those who cannot see where it stands.
#[derive(Debug)]
pub struct CellText {
    /// The figure; empty for zero.
    pub figure: String,
    /// For example `3 requests, On hold, Food`.
    pub name: String,
}

/// The words of a row of goods.
#[derive(Debug)]
pub struct GoodsText {
    /// Its place in the answer.
    pub at: usize,
    /// The category's name.
    pub label: String,
    /// The category's place in the palette.
    pub colour: Option<u8>,
    /// The unit.
    pub unit: String,
    /// Planned, shipped, received, handed out.
    pub cells: Vec<CellText>,
}

/// The words of a row in a list.
#[derive(Debug)]
pub struct LineText {
    /// The accessible name of the row.
    pub name: String,
    /// The first line.
    pub first: String,
    /// The second line.
    pub second: String,
    /// Everything of it that a narrow window cuts.
    pub hint: String,
    /// The days, in words.
    pub days: String,
    /// How much the days should worry.
    pub tone: Tone,
}

impl Prepared {
    /// Words an answer.
    pub fn new(of: Arc<Overview>) -> Self {
        Self {
            standing: standing(&of),
            matrices: of.matrices.iter().map(matrix_text).collect(),
            waits: of.waits.iter().map(wait_text).collect(),
            expiries: of.expiries.iter().map(expiry_text).collect(),
            flags: of.flags.iter().map(flag_text).collect(),
            goods: of.goods.rows.iter().enumerate().map(|(at, line)| goods_text(&of, at, line)).collect(),
            answers: Chart::of_answers(&of),
            deliveries: Chart::of_deliveries(&of),
            of,
        }
    }
}

/// A day for people: `24 Nov 2026`.
pub fn day(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

fn standing(overview: &Overview) -> String {
    let Overview { as_of, filings, matters, cases, .. } = overview;
    format!(
        "As of {} · {} in {} standing for {}",
        day(*as_of),
        count(*filings, "filing", "filings"),
        count(*matters, "matter", "matters"),
        count(*cases, "case", "cases"),
    )
}

/// A number with its noun: `1 case`, `1,234 cases`.
pub fn count(number: i64, one: &str, many: &str) -> String {
    let noun = if number == 1 { one } else { many };
    format!("{} {noun}", grouped(number))
}

fn grouped(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", group_digits(&number.unsigned_abs().to_string()))
}

fn matrix_text(matrix: &Matrix) -> MatrixText {
    let cell = |number: i64, status: &str, category: &str| {
        let figure = if number == 0 { String::new() } else { grouped(number) };
        let plural = matrix.kind.plural().replace('_', " ");
        let name = format!("{}, {status}, {category}", count(number, &singular(matrix.kind), &plural));
        CellText { figure, name }
    };
    let line = |label: &str, cells: &[i64], total: i64| {
        let columns = matrix.columns.iter().zip(cells).map(|(tag, number)| cell(*number, label, &tag.name));
        columns.chain([cell(total, label, ALL_CATEGORIES)]).collect()
    };
    MatrixText {
        rows: matrix.rows.iter().map(|row| line(&row.label, &row.cells, row.total)).collect(),
        totals: line("any status", &matrix.column_totals, matrix.total),
    }
}

const ALL_CATEGORIES: &str = "all categories";

fn singular(kind: RecordKind) -> String {
    kind.label().to_lowercase()
}

fn wait_text(wait: &Wait) -> LineText {
    let known = wait.last_known.as_ref().map(|date| format!(", last known {date}")).unwrap_or_default();
    let more = if wait.label == wait.what { String::new() } else { format!(" · {}", wait.what) };
    let second = format!("{} · since {}{known}{more}", wait.on_whom, wait.since);
    let days = count(wait.days, "day", "days");
    LineText {
        name: format!("{}, {}, {days}, {}", wait.reference, wait.what, wait.on_whom),
        hint: format!("{}\n{}\n{second}", title_line(&wait.reference, &wait.title), wait.what),
        first: title_line(&wait.reference, &wait.title),
        second,
        days,
        tone: Tone::Neutral,
    }
}

fn flag_text(flag: &Mend) -> LineText {
    let days = if flag.days == 0 { "Today".to_owned() } else { count(flag.days, "day", "days") };
    let first = title_line(&flag.reference, &flag.title);
    LineText {
        name: format!("{}, {}", flag.reference, flag.what),
        hint: format!("{first}\n{}", flag.what),
        first,
        second: flag.what.clone(),
        days,
        tone: Tone::Warn,
    }
}

fn goods_text(overview: &Overview, at: usize, line: &GoodsLine) -> GoodsText {
    let cell = |(role, figure): (LineRole, GoodsFigure)| {
        if figure.lines == 0 {
            return CellText { figure: String::new(), name: String::new() };
        }
        let words = crate::ui::views::goods::grouped(figure.quantity);
        let name = format!("{words} {} {}, {}", line.unit_label, role.label().to_lowercase(), line.label);
        CellText { figure: words, name }
    };
    let columns = overview.matrices.iter().flat_map(|matrix| &matrix.columns);
    GoodsText {
        at,
        label: line.label.clone(),
        colour: columns.into_iter().find(|tag| Some(tag.id) == line.key).map(|tag| tag.colour),
        unit: line.unit_label.clone(),
        cells: COMPARED.into_iter().zip(line.figures).map(cell).collect(),
    }
}

fn expiry_text(expiry: &Expiry) -> LineText {
    let (days, tone) = match expiry.days_left {
        ..0 => (format!("{} overdue", count(-expiry.days_left, "day", "days")), Tone::Bad),
        0 => ("Today".to_owned(), Tone::Bad),
        left @ ..=SOON_DAYS => (format!("In {}", count(left, "day", "days")), Tone::Warn),
        left => (format!("In {}", count(left, "day", "days")), Tone::Neutral),
    };
    let second = format!("{} · {}", expiry.what, expiry.due_on);
    LineText {
        name: format!("{}, {}, {days}", expiry.reference, expiry.what),
        hint: format!("{}\n{second}", title_line(&expiry.reference, &expiry.title)),
        first: title_line(&expiry.reference, &expiry.title),
        second,
        days,
        tone,
    }
}

fn title_line(reference: &str, title: &str) -> String {
    if reference.is_empty() { title.to_owned() } else { format!("{reference}  {title}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_grouped_and_have_their_noun() {
        assert_eq!(count(1, "case", "cases"), "1 case");
        assert_eq!(count(1_234_567, "case", "cases"), "1,234,567 cases");
        assert_eq!(count(0, "case", "cases"), "0 cases");
    }
}
