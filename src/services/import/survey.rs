//! Reads a file once before its rows are judged: what its own values say about the order of dates and the decimal mark.

use std::ops::ControlFlow;

use super::cells::Manner;
use super::dates::Orders;
use super::fields::{self, Aim};
use super::numbers::{self, Marks};
use super::plan::Plan;
use crate::domain::schema::FieldKind;
use crate::formats::read::{Book, Format, Merged, Raw};
use crate::services::{Failure, Watch};

/// How often the one who waits is told, in rows.
pub(super) const TOLD: u64 = 512;

/// Something that only a person can say about a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The column, counting from 0.
    pub column: usize,
    /// Its heading.
    pub heading: String,
    /// A value that can be read in two ways.
    pub example: String,
    /// Whether it is about the order of dates; otherwise about the decimal mark.
    pub is_date: bool,
}

/// A column that fills a field.
#[derive(Debug, Clone)]
pub(super) struct Mapped {
    pub column: usize,
    pub aim: Aim,
    pub manner: Manner,
    /// The unit that its heading says.
    pub unit: Option<&'static str>,
}

/// What is known of a file before its rows are judged.
#[derive(Debug, Clone, Default)]
pub(super) struct Survey {
    pub mapped: Vec<Mapped>,
    pub merged: Vec<Merged>,
    pub questions: Vec<Question>,
    pub rows: u64,
    pub notes: Vec<String>,
}

/// The columns that fill a field, each read as it was chosen.
fn mapped(plan: &Plan, is_text_table: bool) -> Result<Vec<Mapped>, Failure> {
    let aims = fields::aims(plan.kind);
    let mut all = Vec::new();
    for (column, of) in plan.columns.iter().enumerate() {
        let Some(path) = &of.field else { continue };
        let aim = fields::find(&aims, path).cloned().ok_or_else(|| unknown(plan, path))?;
        let manner = Manner {
            dates: of.dates,
            decimal: of.decimal,
            currency: of.currency.clone(),
            is_text_table,
            ..Manner::default()
        };
        let unit = of.unit.as_deref().and_then(super::words::unit);
        all.push(Mapped { column, aim, manner, unit });
    }
    Ok(all)
}

/// A field that the kind does not have.
pub(super) fn unknown(plan: &Plan, path: &str) -> Failure {
    let known: Vec<String> = fields::aims(plan.kind).into_iter().map(|aim| aim.path).collect();
    Failure::Other(format!(
        "A {} has no field “{path}”. It has: {}",
        plan.kind.label().to_lowercase(),
        known.join(", ")
    ))
}

/// What the values of one column said so far.
#[derive(Default)]
struct Heard {
    orders: Orders,
    marks: Marks,
}

impl Heard {
    fn hear(&mut self, kind: FieldKind, raw: &Raw) {
        let Raw::Text(text) = raw else { return };
        match kind {
            FieldKind::Day | FieldKind::FuzzyDay => {
                let is_iso = text.len() == 10 && text.as_bytes().get(4) == Some(&b'-');
                if !is_iso {
                    self.orders.see(text);
                }
            }
            FieldKind::Quantity
            | FieldKind::QuantityOrZero
            | FieldKind::Limit
            | FieldKind::Rate
            | FieldKind::Count
            | FieldKind::Money => {
                if text.contains(['.', ',', '，', '．'])
                    && let Some(number) = numbers::split(text)
                {
                    self.marks.see(&number.digits);
                }
            }
            _ => {}
        }
    }
}

/// Reads the rows of a file once.
pub(super) fn survey(book: &Book, plan: &Plan, watch: &Watch) -> Result<Survey, Failure> {
    let mut mapped = mapped(plan, book.format == Format::Text)?;
    let mut heard: Vec<Heard> = mapped.iter().map(|_| Heard::default()).collect();
    let hint = book.sheets.get(plan.sheet).and_then(|sheet| sheet.rows_hint).unwrap_or(0);
    watch.begin(hint);
    let mut rows = 0;
    let read = book.rows_by_ref(plan.sheet, &plan.text, &mut |row| {
        rows += 1;
        if rows % TOLD == 0 && watch.step(rows).is_err() {
            return ControlFlow::Break(());
        }
        if row.number > plan.header {
            for (of, heard) in mapped.iter().zip(&mut heard) {
                if let Some(raw) = row.cells.get(of.column) {
                    heard.hear(of.aim.field.kind, raw);
                }
            }
        }
        ControlFlow::Continue(())
    });
    let read = read.map_err(|error| Failure::Other(error.to_string()))?;
    watch.step(rows)?;
    let mut questions = Vec::new();
    for (of, heard) in mapped.iter_mut().zip(heard) {
        of.manner.dates = of.manner.dates.or_else(|| heard.orders.settled()).or(plan.dates);
        of.manner.decimal = of.manner.decimal.or_else(|| heard.marks.settled());
        of.manner.doubts_comma = of.manner.decimal.is_none() && heard.marks.doubts_comma();
        let heading = plan.columns.get(of.column).map(|column| column.heading.clone()).unwrap_or_default();
        let ask = |example: Option<String>, is_date: bool| {
            example.map(|example| Question { column: of.column, heading: heading.clone(), example, is_date })
        };
        questions.extend(ask(heard.orders.example.filter(|_| of.manner.dates.is_none()), true));
        questions.extend(ask(heard.marks.example.filter(|_| of.manner.decimal.is_none()), false));
    }
    let mut merged: Vec<Merged> = read.merged.into_iter().filter(|cells| cells.rows.0 < cells.rows.1).collect();
    merged.sort_by_key(|cells| cells.rows.0);
    Ok(Survey { mapped, merged, questions, rows, notes: read.notes })
}
