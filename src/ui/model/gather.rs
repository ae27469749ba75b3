//! Things done with many records that must be read first: copied as text, or looked at together before they are changed.
//!
//! They are read a part at a time, so that the window stays awake, other questions come in between and it can be stopped.

use std::sync::Arc;

use chrono::NaiveDate;

use super::columns::columns;
use super::dialog::Dialog;
use super::{Effect, Model};
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::services::queries::{ListRow, Many};
use crate::services::{Answer, Query};
use crate::ui::command::Command;
use crate::ui::exchange::{Ask, Request, Slot};
use crate::ui::forms::ManyForm;

/// How many records are read at once.
const PART: usize = 2000;

/// Which rows of a list are copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copied {
    /// The selected ones, or the keyboard's row where none is.
    Chosen,
    /// One.
    Row(Id),
    /// All rows of the list.
    All,
}

/// Reading that is under way.
#[derive(Debug)]
pub struct Gather {
    what: What,
    kind: RecordKind,
    as_of: NaiveDate,
    ids: Arc<Vec<Id>>,
    done: usize,
    generation: u64,
}

#[derive(Debug)]
enum What {
    /// The shown columns as text for the clipboard.
    Copy { text: String, columns: usize, rows: usize },
    /// For the form that edits them.
    Edit(Many),
    /// For the question whether they should go.
    Delete(Many),
}

impl Gather {
    /// How many of how many records were read.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.done, self.ids.len())
    }

    fn part(&self) -> Vec<Id> {
        self.ids.iter().skip(self.done).take(PART).copied().collect()
    }

    fn query(&self) -> Query {
        let (kind, ids) = (self.kind, self.part());
        match self.what {
            What::Copy { .. } => Query::Rows { kind, as_of: self.as_of, ids },
            What::Edit(_) | What::Delete(_) => Query::Many { kind, ids },
        }
    }

    fn take(&mut self, answer: Answer) -> Result<(), String> {
        match (&mut self.what, answer) {
            (What::Copy { text, columns: shown, rows }, Answer::Rows(more)) => {
                *rows += more.len();
                for row in &more {
                    line(text, self.kind, *shown, row);
                }
            }
            (What::Edit(many) | What::Delete(many), Answer::Many(more)) => many.add(Arc::unwrap_or_clone(more)),
            (_, other) => return Err(format!("An answer came for another question: {other:?}")),
        }
        self.done = (self.done + PART).min(self.ids.len());
        Ok(())
    }
}

impl Model {
    pub(super) fn with_many(&mut self, command: &Command) -> Vec<Effect> {
        match *command {
            Command::Copy(kind, copied) => {
                let ids = self.copied(kind, copied);
                let shown = self.list_mut(kind).columns_shown;
                let headings: Vec<&str> = columns(kind).iter().take(shown).map(|column| column.heading).collect();
                let text = format!("{}\n", headings.join("\t"));
                self.gather(What::Copy { text, columns: shown, rows: 0 }, kind, ids)
            }
            Command::EditMany(kind) => {
                let ids = self.copied(kind, Copied::Chosen);
                self.gather(What::Edit(Many::default()), kind, ids)
            }
            Command::AskDeleteMany(kind) => {
                let ids = self.copied(kind, Copied::Chosen);
                self.gather(What::Delete(Many::default()), kind, ids)
            }
            Command::SaveMany => self.save_many(),
            Command::StopGathering => {
                self.gather = None;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn copied(&mut self, kind: RecordKind, copied: Copied) -> Arc<Vec<Id>> {
        let rows = &self.list_mut(kind).rows;
        let all = || rows.keys.value().cloned().unwrap_or_default();
        match copied {
            Copied::Row(id) => Arc::new(vec![id]),
            Copied::All => all(),
            Copied::Chosen if rows.selection.is_empty() => Arc::new(rows.cursor.into_iter().collect()),
            Copied::Chosen => rows.selection.in_order_of(&all()),
        }
    }

    fn gather(&mut self, what: What, kind: RecordKind, ids: Arc<Vec<Id>>) -> Vec<Effect> {
        if ids.is_empty() {
            return Vec::new();
        }
        self.fetches += 1;
        let (as_of, generation) = (self.day(), self.fetches);
        let gather = self.gather.insert(Gather { what, kind, as_of, ids, done: 0, generation });
        let query = gather.query();
        vec![self.ask_part(generation, query)]
    }

    const fn ask_part(&self, generation: u64, query: Query) -> Effect {
        Effect::Send(Request::Ask(Ask { slot: Slot::Gather, generation: self.marked_generation(generation), query }))
    }

    pub(super) fn gathered(&mut self, generation: u64, outcome: Result<Answer, String>) -> Vec<Effect> {
        let Some(mut gather) = self.gather.take_if(|gather| gather.generation == generation) else { return Vec::new() };
        if let Err(failure) = outcome.and_then(|answer| gather.take(answer)) {
            self.notices.problem(failure);
            return Vec::new();
        }
        if gather.done < gather.ids.len() {
            let query = gather.query();
            self.gather = Some(gather);
            return vec![self.ask_part(generation, query)];
        }
        let kind = gather.kind;
        match gather.what {
            What::Copy { text, rows, .. } => {
                self.notices.done(format!("Copied {}", counted(rows, "row", "rows")), None);
                return vec![Effect::Copy(text)];
            }
            What::Edit(many) => {
                self.many = Some(ManyForm::new(kind, many));
                self.dialog = Some(Dialog::EditMany);
            }
            What::Delete(many) => {
                let what = kind_counted(kind, many.records.len());
                self.dialog = Some(Dialog::DeleteMany { what, records: Arc::new(many.records) });
            }
        }
        Vec::new()
    }
}

/// `12 requests`, with separators in large numbers.
#[must_use]
pub fn kind_counted(kind: RecordKind, count: usize) -> String {
    counted(count, &kind.label().to_lowercase(), &kind.plural().replace('_', " "))
}

/// `1 row`, `12,000 rows`.
#[must_use]
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// A number with separators: `12,000`.
#[must_use]
pub fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let places = digits.len();
    digits.char_indices().fold(String::new(), |mut grouped, (at, digit)| {
        if at > 0 && (places - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
        grouped
    })
}

fn line(text: &mut String, kind: RecordKind, shown: usize, row: &ListRow) {
    for (at, column) in columns(kind).iter().take(shown).enumerate() {
        if at > 0 {
            text.push('\t');
        }
        text.push_str(&cell(&column.text(row)));
    }
    text.push('\n');
}

/// A cell as spreadsheets take it: in one line, and never a formula.
fn cell(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if line.trim_start().starts_with(['=', '+', '-', '@']) { format!("'{line}") } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_stays_one_cell_and_is_no_formula() {
        assert_eq!(cell("one\ttwo\nthree"), "one two three");
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", " =1"] {
            assert_eq!(cell(formula), format!("'{formula}"));
        }
        assert_eq!(cell("2018-11-08"), "2018-11-08");
    }

    #[test]
    fn large_numbers_have_separators() {
        assert_eq!(kind_counted(RecordKind::Shipment, 1), "1 shipment");
        assert_eq!(counted(12_000, "row", "rows"), "12,000 rows");
        assert_eq!(counted(1_000_000, "row", "rows"), "1,000,000 rows");
        assert_eq!(counted(999, "row", "rows"), "999 rows");
    }
}
