//! Cells of a workbook, one after another, as rows.

use std::ops::ControlFlow;

use calamine::{DataType, ExcelDateTime};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::number::figures;
use super::xlsx::Known;
use super::{CannotRead, Limits, Merged, Raw, RawRow, Read};

/// Days that a workbook can name: to the end of the year 9999.
const DAYS: f64 = 2_958_466.0;

/// Regions of merged cells, and of hidden rows.
pub const REGIONS: usize = 1_000_000;

/// Puts cells into the row that they belong to, and hands it out when the next row begins.
pub struct Rows<'a> {
    limits: &'a Limits,
    hidden: Vec<(u64, u64)>,
    each: &'a mut dyn FnMut(&mut RawRow) -> ControlFlow<()>,
    row: RawRow,
    /// Bytes of text in the row.
    text: usize,
    read: Read,
}

impl<'a> Rows<'a> {
    pub fn new(limits: &'a Limits, known: &Known, each: &'a mut dyn FnMut(&mut RawRow) -> ControlFlow<()>) -> Self {
        let read = Read { merged: known.merged.clone(), ..Read::default() };
        Self { limits, hidden: known.hidden.clone(), each, row: RawRow::default(), text: 0, read }
    }

    /// Notes cells that are shown as one.
    pub fn merged(&mut self, region: Merged) -> Result<(), CannotRead> {
        self.read.merged.push(region);
        self.check_regions()
    }

    /// Notes that a row is hidden. Rows are noted in their order.
    pub fn hide(&mut self, number: u64) -> Result<(), CannotRead> {
        match self.hidden.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => self.hidden.push((number, number)),
        }
        self.check_regions()
    }

    fn check_regions(&self) -> Result<(), CannotRead> {
        let over = self.read.merged.len() > REGIONS || self.hidden.len() > REGIONS;
        if over { Err(CannotRead::TooMuch { what: "merged cells or hidden rows" }) } else { Ok(()) }
    }

    /// A cell of text.
    pub fn text(&mut self, text: &str) -> Raw {
        if text.is_empty() { Raw::Empty } else { Raw::Text(self.row.string(text)) }
    }

    /// A cell with a number.
    #[expect(clippy::unused_self, reason = "beside the other kinds of cell")]
    pub fn number(&mut self, value: f64) -> Raw {
        if value.is_finite() { Raw::Number { value, text: figures(value) } } else { Raw::Fault("#NUM!".to_owned()) }
    }

    /// What the library read in a cell; `None` where it is empty.
    pub fn value(&mut self, cell: &impl DataType) -> Option<Raw> {
        if let Some(text) = cell.get_string() {
            return Some(self.text(text));
        }
        if let Some(value) = cell.get_float() {
            return Some(self.number(value));
        }
        if let Some(value) = cell.get_int() {
            #[expect(clippy::cast_precision_loss, reason = "a cell holds a binary fraction, as the file does")]
            return Some(self.number(value as f64));
        }
        if let Some(flag) = cell.get_bool() {
            return Some(Raw::Flag(flag));
        }
        if let Some(day) = cell.get_datetime() {
            return Some(moment(day));
        }
        if let Some(text) = cell.get_datetime_iso().or_else(|| cell.get_duration_iso()) {
            return Some(iso(text));
        }
        cell.get_error().map(|error| Raw::Fault(error.to_string()))
    }

    /// Adds a cell at its row and column, both from 0.
    pub fn cell(&mut self, row: u32, column: u32, raw: Raw) -> Result<ControlFlow<()>, CannotRead> {
        let number = u64::from(row) + 1;
        if row >= self.limits.sheet_rows {
            return Err(CannotRead::ManyRows { most: u64::from(self.limits.sheet_rows) });
        }
        if column >= self.limits.columns {
            return Err(CannotRead::ManyColumns { row: number, most: self.limits.columns });
        }
        if number != self.row.number && self.hand_out().is_break() {
            return Ok(ControlFlow::Break(()));
        }
        self.row.number = number;
        if let Raw::Text(text) | Raw::Number { text, .. } | Raw::Fault(text) = &raw {
            self.text += text.len();
            if self.text > self.limits.row_bytes {
                return Err(CannotRead::HeavyRow { row: number, most: self.limits.row_bytes >> 20 });
            }
        }
        let at = column as usize;
        if self.row.cells.len() <= at {
            self.row.cells.resize(at + 1, Raw::Empty);
        }
        if let Some(place) = self.row.cells.get_mut(at) {
            *place = raw;
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Hands out the row that is full.
    fn hand_out(&mut self) -> ControlFlow<()> {
        self.row.cut();
        let mut flow = ControlFlow::Continue(());
        if !self.row.cells.is_empty() && !self.read.stopped {
            let number = self.row.number;
            let after = self.hidden.partition_point(|(first, _)| *first <= number);
            self.row.hidden = after > 0 && self.hidden[after - 1].1 >= number;
            self.read.hidden_rows += u64::from(self.row.hidden);
            self.read.rows += 1;
            flow = (self.each)(&mut self.row);
            self.read.stopped = flow.is_break();
        }
        self.row.clear();
        self.text = 0;
        flow
    }

    /// Hands out the last row, and says what was read.
    pub fn end(mut self) -> Read {
        if !self.read.stopped {
            self.read.stopped = self.hand_out().is_break();
        }
        self.read
    }
}

/// A date cell: a civil day, with a time where it has one. What is no day, such as 30 hours, stays a number.
pub fn moment(cell: ExcelDateTime) -> Raw {
    let value = cell.as_f64();
    let number = || Raw::Number { value, text: figures(value) };
    if cell.is_duration() || !(0.0..DAYS).contains(&value) {
        return number();
    }
    match cell.as_datetime() {
        Some(moment) if value < 1.0 => Raw::Text(moment.time().format("%H:%M:%S").to_string()),
        Some(moment) => day_or_moment(moment),
        None => number(),
    }
}

/// A day where it is midnight.
pub fn day_or_moment(moment: NaiveDateTime) -> Raw {
    if moment.time() == NaiveTime::MIN { Raw::Day(moment.date()) } else { Raw::Moment(moment) }
}

/// A date as the file writes it: `2023-07-21`, `2023-07-21T10:00:00`. Other words stay words.
pub fn iso(text: &str) -> Raw {
    let words = text.trim();
    let bare = words.strip_suffix('Z').unwrap_or(words);
    if let Ok(day) = bare.parse::<NaiveDate>() {
        return Raw::Day(day);
    }
    match bare.parse::<NaiveDateTime>() {
        Ok(moment) => day_or_moment(moment),
        Err(_) => Raw::Text(words.to_owned()),
    }
}
