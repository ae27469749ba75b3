//! What somebody decided about a file before it comes in: the sheet, the row of headings, what each column holds.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::record::RecordKind;
use crate::domain::word::words;
use crate::formats::read::TextOptions;
use crate::services::Failure;

words! {
    /// In which order day, month and year stand where a date is written in numbers only.
    pub enum DateOrder {
        DayFirst = "dmy", "Day, month, year";
        MonthFirst = "mdy", "Month, day, year";
        YearFirst = "ymd", "Year, month, day";
    }
}

words! {
    /// What stands between whole units and parts of them.
    pub enum DecimalMark {
        Point = "point", "1,234.5: a point before the decimals";
        Comma = "comma", "1.234,5: a comma before the decimals";
    }
}

/// What a column holds, and how its values are to be read where they can mean two things.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ColumnPlan {
    /// Its heading as it stands in the file.
    pub heading: String,
    /// The path of the field that it fills (`name`, `lines.quantity`, `amount.currency`); `None` leaves it out.
    pub field: Option<String>,
    /// The order of its dates, where somebody chose one.
    pub dates: Option<DateOrder>,
    /// Its decimal mark, where somebody chose one.
    pub decimal: Option<DecimalMark>,
    /// The currency of its amounts, where somebody chose one.
    pub currency: Option<String>,
    /// The unit of its quantities, where its heading says one.
    pub unit: Option<String>,
}

/// How large a file was and when it was changed, so that a change between preview and import is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Its size in bytes.
    pub size: u64,
    /// When it was changed, in nanoseconds since 1970.
    pub changed: u128,
}

impl Stamp {
    /// That of a file as it is now; `None` where the system does not say.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let about = std::fs::metadata(path).ok()?;
        let changed = about.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
        Some(Self { size: about.len(), changed: changed.as_nanos() })
    }
}

/// The rows in which the headings stand, as the user counts: one, or a row of groups over a row of headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HeadRows {
    /// The first of them.
    pub first: u64,
    /// The last of them: what stands below it is read.
    pub last: u64,
}

impl HeadRows {
    /// One row of headings.
    #[must_use]
    pub const fn one(row: u64) -> Self {
        Self { first: row, last: row }
    }

    /// Whether groups stand over the headings.
    #[must_use]
    pub const fn are_two(self) -> bool {
        self.first < self.last
    }
}

impl fmt::Display for HeadRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { first, last } = self;
        if self.are_two() { write!(f, "rows {first}-{last}") } else { write!(f, "row {last}") }
    }
}

impl FromStr for HeadRows {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (first, last) = text.split_once(['-', '–']).unwrap_or((text, text));
        match (first.trim().parse::<u64>(), last.trim().parse::<u64>()) {
            (Ok(first), Ok(last)) if first == last || first.checked_add(1) == Some(last) => Ok(Self { first, last }),
            _ => Err("Write the number of the row, or of two rows one under the other: 3 or 3-4".to_owned()),
        }
    }
}

/// Everything that was decided about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The file.
    pub path: PathBuf,
    /// Its sheet, counting from 0.
    pub sheet: usize,
    /// The row of the headings as the user counts, from 1; the last of two.
    pub header: u64,
    /// The row of the groups over the headings; that of the headings where there are none.
    pub header_from: u64,
    /// How a text table is written, where it was chosen.
    pub text: TextOptions,
    /// What its rows become.
    pub kind: RecordKind,
    /// Its columns, in the order of the file.
    pub columns: Vec<ColumnPlan>,
    /// The fields by which a row finds the record that is there already; empty for the reference.
    pub keys: Vec<String>,
    /// Fields that every row has and no column holds: name and value, as in a draft.
    pub fixed: Vec<(String, Value)>,
    /// The order of dates in columns for which none was chosen.
    pub dates: Option<DateOrder>,
    /// Whether rows that cannot come in are left out; otherwise they keep everything out.
    pub partial: bool,
    /// The file as it was when it was looked at.
    pub stamp: Option<Stamp>,
}

impl Plan {
    /// The rows of the headings.
    #[must_use]
    pub const fn heads(&self) -> HeadRows {
        HeadRows { first: self.header_from, last: self.header }
    }

    /// Refuses a file that is no longer the one that was looked at.
    pub(super) fn refuse_changed_file(&self) -> Result<(), Failure> {
        match self.stamp {
            Some(stamp) if Stamp::of(&self.path) != Some(stamp) => Err(super::write::changed_file(self)),
            _ => Ok(()),
        }
    }

    /// The columns that fill nothing, by their headings.
    #[must_use]
    pub fn ignored(&self) -> Vec<String> {
        let left_out = self.columns.iter().enumerate().filter(|(_, column)| column.field.is_none());
        left_out
            .map(|(at, column)| match column.heading.trim() {
                "" => format!("column {} without a heading", column_letters(at)),
                heading => heading.to_owned(),
            })
            .collect()
    }

    /// Sets what a column fills. A field is filled by one column: another that filled it fills nothing then.
    pub fn map(&mut self, column: usize, field: Option<&str>) {
        for (at, other) in self.columns.iter_mut().enumerate() {
            if at == column {
                other.field = field.map(str::to_owned);
            } else if field.is_some() && other.field.as_deref() == field {
                other.field = None;
            }
        }
    }

    /// The file's own name.
    #[must_use]
    pub fn file_name(&self) -> String {
        self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }
}

/// A mapping that was given a name, to be used again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// Its name.
    pub name: String,
    /// What rows become.
    pub kind: RecordKind,
    /// The columns.
    pub columns: Vec<ColumnPlan>,
    /// The fields by which a row finds its record.
    #[serde(default)]
    pub keys: Vec<String>,
}

impl Mapping {
    /// The mapping of a plan under a name.
    #[must_use]
    pub fn of(plan: &Plan, name: &str) -> Self {
        Self { name: name.trim().to_owned(), kind: plan.kind, columns: plan.columns.clone(), keys: plan.keys.clone() }
    }

    /// How many of a file's headings it knows.
    #[must_use]
    pub fn knows(&self, headings: &[ColumnPlan]) -> usize {
        let known = |heading: &&ColumnPlan| {
            !heading.heading.trim().is_empty() && self.columns.iter().any(|own| own.heading == heading.heading)
        };
        headings.iter().filter(known).count()
    }

    /// Whether it was made for these headings: it knows each of them.
    #[must_use]
    pub fn fits(&self, headings: &[ColumnPlan]) -> bool {
        let named = headings.iter().filter(|column| !column.heading.trim().is_empty()).count();
        named > 0 && self.knows(headings) == named
    }

    /// Decides a plan as this mapping was decided; columns that it does not know fill nothing.
    pub fn apply(&self, plan: &mut Plan) {
        plan.kind = self.kind;
        plan.keys.clone_from(&self.keys);
        for column in &mut plan.columns {
            let own = self.columns.iter().find(|own| own.heading == column.heading);
            let unknown = || ColumnPlan { heading: column.heading.clone(), ..ColumnPlan::default() };
            *column = own.cloned().unwrap_or_else(unknown);
        }
    }
}

/// The letters of a column as spreadsheets name it: 0 is `A`, 26 is `AA`.
#[must_use]
pub fn column_letters(at: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = at + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_a_spreadsheet_names_them() {
        for (at, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(column_letters(at), letters);
        }
    }

    #[test]
    fn rows_of_headings_are_said_as_they_are_written() {
        for (text, said) in [("3", "row 3"), ("3-4", "rows 3-4"), (" 3 – 4 ", "rows 3-4"), ("3-3", "row 3")] {
            assert_eq!(text.parse::<HeadRows>().unwrap().to_string(), said);
        }
        for text in ["", "4-3", "3-5", "x", "3-", "18446744073709551615-0"] {
            assert!(text.parse::<HeadRows>().unwrap_err().contains("3 or 3-4"), "{text}");
        }
    }
}
