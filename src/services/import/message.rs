//! What is told about the cells of a file, and how it is gathered by cause so that a million rows stay readable.

use std::collections::HashMap;

/// So many rows, in words: `1 row`, `12 rows`.
#[must_use]
pub fn rows_in_words(count: u64) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{count} rows") }
}

/// How much a message weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The row cannot come in.
    Error,
    /// The row comes in; something about it should be known.
    Warning,
}

/// One thing about one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// How much it weighs.
    pub severity: Severity,
    /// The row as the user counts, from 1.
    pub row: u64,
    /// The column, counting from 0; `None` where it is about the whole row.
    pub column: Option<usize>,
    /// The heading of the column, or the label of the field; empty for the whole row.
    pub heading: String,
    /// The value as it stands in the file; empty where it is about nothing in it.
    pub found: String,
    /// What was expected; empty where the cause says it.
    pub expected: String,
    /// What is wrong and how to mend it.
    pub what: String,
}

impl Message {
    /// The whole message with its place: `Goods, row 12, column C (Quantity), found “ten”: …`.
    #[must_use]
    pub fn sentence(&self, sheet: &str) -> String {
        let mut place = format!("{sheet}, row {}", self.row);
        if let Some(column) = self.column {
            place = format!("{place}, column {}", super::plan::column_letters(column));
        }
        if !self.heading.is_empty() {
            place = format!("{place} ({})", self.heading);
        }
        if !self.found.is_empty() {
            place = format!("{place}, found “{}”", shortened(&self.found));
        }
        let expected = if self.expected.is_empty() { String::new() } else { format!(" Expected: {}.", self.expected) };
        let stop = if self.what.ends_with(['.', '!', '?']) { "" } else { "." };
        format!("{place}: {}{stop}{expected}", self.what)
    }

    /// Whether it keeps its row out.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The message without its row, for a column beside the row itself.
    #[must_use]
    pub fn short(&self) -> String {
        let heading = if self.heading.is_empty() { String::new() } else { format!("{}: ", self.heading) };
        format!("{heading}{}", self.what)
    }

    /// What it has in common with others of the same cause: the words without what was found.
    fn cause(&self) -> String {
        let mut cause = String::with_capacity(self.what.len());
        let mut inside = false;
        for c in self.what.chars() {
            match c {
                '“' => {
                    inside = true;
                    cause.push_str("“…”");
                }
                '”' => inside = false,
                _ if inside => {}
                c => cause.push(c),
            }
        }
        cause = without_row_numbers(&cause);
        if !self.found.is_empty() {
            cause = cause.replacen(self.found.trim(), "…", usize::from(self.found.trim().len() > 1));
        }
        cause
    }
}

/// Words without the numbers of rows in them: `row 7 says`, `rows 3 to 9`.
fn without_row_numbers(text: &str) -> String {
    let mut words = Vec::new();
    let mut before = "";
    for word in text.split(' ') {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_punctuation());
        let names_rows = matches!(before, "row" | "Row" | "rows" | "Rows" | "to");
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        words.push(if names_rows && is_number { word.replacen(digits, "…", 1) } else { word.to_owned() });
        before = word;
    }
    words.join(" ")
}

/// A value short enough for a line.
pub(super) fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    let one_line = text.replace(['\n', '\r', '\t'], " ");
    let text = one_line.trim();
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let start: String = text.chars().take(MOST).collect();
    format!("{start}…")
}

/// Messages of one cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// How much they weigh.
    pub severity: Severity,
    /// The column, counting from 0.
    pub column: Option<usize>,
    /// The heading of the column.
    pub heading: String,
    /// What is wrong and how to mend it, without the values.
    pub what: String,
    /// What was expected.
    pub expected: String,
    /// How many there are.
    pub count: u64,
    /// The first of them.
    pub first: Vec<Message>,
}

/// How many messages of one cause are kept.
const KEPT: usize = 25;

/// How many causes are told apart; what comes after them is counted together.
const CAUSES: usize = 400;

/// The messages of a file by their cause.
#[derive(Debug, Clone, Default)]
pub(super) struct Causes {
    causes: Vec<Cause>,
    at: HashMap<(Severity, Option<usize>, String), usize>,
}

impl Causes {
    /// Takes a message into account.
    pub fn add(&mut self, message: Message) {
        let full = self.causes.len() >= CAUSES;
        let mut key = (message.severity, message.column, message.cause());
        if full && !self.at.contains_key(&key) {
            key = (message.severity, None, "Something else, not told apart any more".to_owned());
        }
        let at = *self.at.entry(key).or_insert_with_key(|key| {
            self.causes.push(Cause {
                severity: key.0,
                column: key.1,
                heading: if full { String::new() } else { message.heading.clone() },
                what: key.2.clone(),
                expected: if full { String::new() } else { message.expected.clone() },
                count: 0,
                first: Vec::new(),
            });
            self.causes.len() - 1
        });
        if let Some(cause) = self.causes.get_mut(at) {
            cause.count += 1;
            if cause.first.len() < KEPT {
                cause.first.push(message);
            }
        }
    }

    /// The causes: errors first, the most frequent first.
    pub fn into_sorted(self) -> Vec<Cause> {
        let mut causes = self.causes;
        causes.sort_by(|a, b| a.severity.cmp(&b.severity).then(b.count.cmp(&a.count)));
        causes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(row: u64, found: &str) -> Message {
        Message {
            severity: Severity::Error,
            row,
            column: Some(2),
            heading: "Quantity".to_owned(),
            found: found.to_owned(),
            expected: "a number".to_owned(),
            what: format!("“{found}” is not a number. Write digits"),
        }
    }

    #[test]
    fn a_message_says_where_what_and_how_to_mend_it() {
        let said = message(12, "ten").sentence("Goods");
        assert_eq!(
            said,
            "Goods, row 12, column C (Quantity), found “ten”: “ten” is not a number. Write digits. Expected: a number."
        );
    }

    #[test]
    fn a_cause_does_not_depend_on_the_rows_that_it_names() {
        for (said, cause) in [
            (
                "The rows of one record differ here; row 7 says “A”",
                "The rows of one record differ here; row … says “…”",
            ),
            ("One number stands for rows 3 to 9. Split it", "One number stands for rows … to …. Split it"),
            ("Write 1200 or 2026-03-31", "Write 1200 or 2026-03-31"),
        ] {
            assert_eq!(Message { what: said.to_owned(), found: String::new(), ..message(1, "") }.cause(), cause);
        }
    }

    #[test]
    fn messages_of_one_cause_are_counted_together() {
        let mut causes = Causes::default();
        (0..100).for_each(|row| causes.add(message(row, &format!("word {row}"))));
        causes.add(Message { severity: Severity::Warning, ..message(1, "x") });
        let sorted = causes.into_sorted();
        assert_eq!(
            sorted.iter().map(|cause| (cause.count, cause.first.len())).collect::<Vec<_>>(),
            [(100, 25), (1, 1)]
        );
        assert_eq!(sorted[0].what, "“…” is not a number. Write digits");
    }
}
