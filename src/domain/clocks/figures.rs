//! The book of figures: dated numbers with their source. Those of the workspace stand in place of the built-in ones.

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;

use crate::domain::date::parse_day;
use crate::domain::record::{Confidence, FigureKind};

/// The name of the shipped file, for messages.
const FILE: &str = "assets/rules/figures.toml";

/// A dated number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureRow {
    /// What it says.
    pub kind: FigureKind,
    /// The code of its instrument; empty where it holds for all.
    pub instrument: String,
    /// The number.
    pub value: u32,
    /// The first day on which it is in force.
    pub from: NaiveDate,
    /// The last day; `None` where no end is known.
    pub to: Option<NaiveDate>,
    /// Where it stands in the law or in a notice.
    pub citation: String,
    /// How sure it is.
    pub confidence: Confidence,
    /// The day on which somebody looked at the source.
    pub checked_on: Option<NaiveDate>,
    /// What else is to be known.
    pub note: String,
    /// Whether it is a figure of the workspace.
    pub own: bool,
}

impl FigureRow {
    /// Whether it is in force on a day.
    #[must_use]
    pub fn in_force(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// Its source as it is shown, with a word where it was not seen.
    #[must_use]
    pub fn source(&self) -> String {
        match self.confidence {
            Confidence::Background => format!("{}; background knowledge, check it", self.citation),
            _ => self.citation.clone(),
        }
    }
}

/// Why a row of the file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {reason}")]
pub struct FigureError {
    /// The file.
    pub file: String,
    /// The line on which the row begins.
    pub line: usize,
    /// What is wrong, and what would be accepted.
    pub reason: String,
}

/// Figures of the workspace before the shipped ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FigureBook {
    own: Vec<FigureRow>,
    shipped: &'static [FigureRow],
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    figure: Vec<Spanned<Raw>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    kind: String,
    #[serde(default)]
    instrument: String,
    value: u32,
    from: String,
    to: Option<String>,
    citation: String,
    confidence: String,
    checked_on: Option<String>,
    #[serde(default)]
    note: String,
}

/// The shipped figures, read once.
static SHIPPED: LazyLock<Result<Vec<FigureRow>, Vec<FigureError>>> =
    LazyLock::new(|| read(FILE, include_str!("../../../assets/rules/figures.toml")));

impl FigureBook {
    /// The shipped figures; the errors name the row and the reason. A test proves that there are none.
    pub fn shipped() -> Result<Self, &'static [FigureError]> {
        match &*SHIPPED {
            Ok(rows) => Ok(Self { own: Vec::new(), shipped: rows }),
            Err(errors) => Err(errors),
        }
    }

    /// The same with figures of the workspace, which stand before the shipped ones.
    #[must_use]
    pub fn with_own(mut self, rows: Vec<FigureRow>) -> Self {
        self.own = rows;
        self
    }

    /// The figure of a kind for an instrument (empty: for none) that is in force on a day. One that names the instrument
    /// stands before one for all, one of the workspace before a shipped one.
    #[must_use]
    pub fn value(&self, kind: FigureKind, instrument: &str, day: NaiveDate) -> Option<&FigureRow> {
        let of = |code: &str| self.of_kind(kind).find(|row| row.instrument == code && row.in_force(day));
        of(instrument).or_else(|| of(""))
    }

    /// All figures of a kind, those of the workspace first.
    pub fn of_kind(&self, kind: FigureKind) -> impl Iterator<Item = &FigureRow> {
        self.rows().filter(move |row| row.kind == kind)
    }

    /// All figures, those of the workspace first.
    pub fn rows(&self) -> impl Iterator<Item = &FigureRow> {
        self.own.iter().chain(self.shipped)
    }
}

/// Reads a file of figures; every row that cannot be used is named.
pub fn read(file: &str, text: &str) -> Result<Vec<FigureRow>, Vec<FigureError>> {
    let line_at = |offset: usize| text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1;
    let parsed: File = toml::from_str(text).map_err(|error| {
        let line = line_at(error.span().map_or(0, |span| span.start));
        vec![FigureError { file: file.to_owned(), line, reason: error.message().to_owned() }]
    })?;
    let (mut rows, mut errors) = (Vec::new(), Vec::new());
    for raw in parsed.figure {
        let line = line_at(raw.span().start);
        match row(raw.into_inner()) {
            Ok(row) => rows.push(row),
            Err(reason) => errors.push(FigureError { file: file.to_owned(), line, reason }),
        }
    }
    if errors.is_empty() { Ok(rows) } else { Err(errors) }
}

fn row(raw: Raw) -> Result<FigureRow, String> {
    let kind = FigureKind::from_word(&raw.kind)
        .ok_or_else(|| format!("“{}” is no kind of figure. Write one of {}", raw.kind, words(FigureKind::WORDS)))?;
    let confidence = Confidence::from_word(&raw.confidence).ok_or_else(|| {
        format!("“{}” does not say how sure it is. Write one of {}", raw.confidence, words(Confidence::WORDS))
    })?;
    let day = |text: &str| parse_day(text).map_err(|error| error.to_string());
    let (from, to) = (day(&raw.from)?, raw.to.as_deref().map(day).transpose()?);
    if let Some(to) = to.filter(|to| *to < from) {
        return Err(format!("It ends on {to}, before it begins on {from}. Mend one of the days"));
    }
    if raw.citation.trim().is_empty() {
        return Err("It names no source. Write the citation".to_owned());
    }
    Ok(FigureRow {
        kind,
        instrument: raw.instrument,
        value: raw.value,
        from,
        to,
        citation: raw.citation,
        confidence,
        checked_on: raw.checked_on.as_deref().map(day).transpose()?,
        note: raw.note,
        own: false,
    })
}

fn words(words: &[crate::domain::word::Word]) -> String {
    words.iter().map(|word| word.word).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_shipped_figures_can_be_read_and_say_what_was_in_force() {
        let book = FigureBook::shipped().unwrap();
        let value = |kind, instrument: &str, on: &str| book.value(kind, instrument, day(on)).map(|row| row.value);
        for (kind, instrument, on, expected) in [
            (FigureKind::NoticeDays, "ngo_activity_report", "2024-02-15", None),
            (FigureKind::NoticeDays, "ngo_activity_report", "2024-02-16", Some(30)),
            (FigureKind::ObjectionDays, "ngo_activity_report", "2024-02-16", Some(14)),
            (FigureKind::ValidityMonths, "humanitarian_exemption", "2018-08-05", None),
            (FigureKind::ValidityMonths, "humanitarian_exemption", "2020-11-29", Some(6)),
            (FigureKind::ValidityMonths, "humanitarian_exemption", "2020-11-30", Some(9)),
            (FigureKind::ShipmentCap, "humanitarian_exemption", "2020-11-29", Some(1)),
            (FigureKind::ShipmentCap, "humanitarian_exemption", "2020-11-30", Some(3)),
            (FigureKind::DirectFilings, "humanitarian_exemption", "2020-11-29", None),
            (FigureKind::DirectFilings, "humanitarian_exemption", "2020-11-30", Some(2)),
            (FigureKind::DirectFilingMonths, "humanitarian_exemption", "2026-01-01", Some(18)),
            (FigureKind::DecisionDays, "bis_export_licence", "2026-01-01", Some(90)),
            (FigureKind::QuantityTolerance, "bis_export_licence", "2026-01-01", Some(0)),
            (FigureKind::ValueTolerance, "bis_export_licence", "2026-01-01", Some(0)),
            (FigureKind::ReturnsFree, "humanitarian_exemption", "2026-01-01", None),
            (FigureKind::KeepYears, "bis_export_licence", "2025-03-11", Some(5)),
            (FigureKind::KeepYears, "", "2025-03-12", Some(10)),
        ] {
            assert_eq!(value(kind, instrument, on), expected, "{kind} of {instrument} on {on}");
        }
        assert!(book.rows().all(|row| !row.citation.is_empty() && row.checked_on.is_some()));
    }

    #[test]
    fn a_figure_of_the_workspace_stands_in_place_of_the_shipped_one_for_its_days() {
        let shipped = FigureBook::shipped().unwrap();
        let known = shipped.value(FigureKind::ValueTolerance, "bis_export_licence", day("2026-01-01")).unwrap();
        let own =
            FigureRow { value: 10, from: day("2026-06-01"), to: Some(day("2026-06-30")), own: true, ..known.clone() };
        let book = shipped.clone().with_own(vec![own]);
        for (on, expected) in [("2026-05-31", 0), ("2026-06-01", 10), ("2026-06-30", 10), ("2026-07-01", 0)] {
            let row = book.value(FigureKind::ValueTolerance, "bis_export_licence", day(on)).unwrap();
            assert_eq!((row.value, row.own), (expected, expected == 10), "{on}");
        }
    }

    #[test]
    fn a_row_that_cannot_be_used_is_named_with_its_line_and_the_reason() {
        let good = "citation = \"X\"\nconfidence = \"seen\"\nvalue = 1\n";
        for (text, line, part) in [
            (format!("[[figure]]\nkind = \"weight\"\nfrom = \"2020-01-01\"\n{good}"), 1, "no kind of figure"),
            (
                format!("# why\n\n[[figure]]\nkind = \"keep_years\"\nfrom = \"2020-02-30\"\n{good}"),
                3,
                "does not exist in the calendar",
            ),
            (
                format!("[[figure]]\nkind = \"keep_years\"\nfrom = \"2020-02-03\"\nto = \"2020-02-02\"\n{good}"),
                1,
                "before it begins",
            ),
            (format!("[[figure]]\nkind = \"keep_years\"\nfrom = \"2020-02-03\"\nhow = 1\n{good}"), 4, "unknown field"),
            (
                format!("[[figure]]\nkind = \"keep_years\"\nfrom = \"2020-02-03\"\n{}", good.replace("seen", "sure")),
                1,
                "how sure",
            ),
            ("[[figure]]\nkind = ".to_owned(), 2, ""),
        ] {
            let errors = read("mine.toml", &text).unwrap_err();
            assert_eq!((errors.len(), errors[0].line), (1, line), "{text}: {errors:?}");
            assert!(errors[0].to_string().contains(part), "{part} is missing in {}", errors[0]);
            assert!(errors[0].to_string().starts_with("mine.toml, line "));
        }
    }
}
