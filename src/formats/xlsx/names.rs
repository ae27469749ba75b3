//! Names of sheets: short, without the signs that a workbook refuses, each once.

use std::collections::BTreeSet;

/// How many characters the name of a sheet has at most.
const MOST: usize = 31;

/// The name of the sheet about the document.
pub(super) const ABOUT: &str = "About";

/// The names that are taken, folded.
#[derive(Debug)]
pub(super) struct Names(BTreeSet<String>);

impl Default for Names {
    /// “History” is taken by the programs themselves.
    fn default() -> Self {
        Self([ABOUT, "history"].map(str::to_lowercase).into())
    }
}

impl Names {
    /// A name like this one that is free, and is taken from now on.
    pub fn free(&mut self, wanted: &str) -> String {
        let clean: String =
            wanted.chars().map(|c| if "[]:*?/\\".contains(c) || c.is_control() { ' ' } else { c }).collect();
        let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
        let clean = clean.trim_matches('\'');
        let clean = if clean.is_empty() { "Table" } else { clean };
        let mut number = 1_usize;
        loop {
            let end = if number == 1 { String::new() } else { format!(" {number}") };
            let name = format!("{}{end}", cut(clean, MOST - end.len()));
            if self.0.insert(name.to_lowercase()) {
                return name;
            }
            number += 1;
        }
    }
}

/// The first so many UTF-16 units, without an apostrophe or a space at the end.
fn cut(text: &str, most: usize) -> &str {
    let mut used = 0;
    let end = text.char_indices().find(|(_, letter)| {
        used += letter.len_utf16();
        used > most
    });
    text.get(..end.map_or(text.len(), |(at, _)| at)).unwrap_or(text).trim_end_matches([' ', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sheet_has_a_name_that_a_workbook_takes() {
        let mut names = Names::default();
        for (wanted, name) in [
            ("Requests", "Requests"),
            ("requests", "requests 2"),
            ("About", "About 2"),
            ("History", "History 2"),
            ("Planned/delivered [2026]", "Planned delivered 2026"),
            ("''", "Table"),
            ("Coverage of a shipment with a very long title", "Coverage of a shipment with a v"),
            ("Coverage of a shipment with a very short one", "Coverage of a shipment with a 2"),
        ] {
            assert_eq!(names.free(wanted), name);
        }
        let korean = names.free("수하물".repeat(20).as_str());
        assert_eq!(korean.encode_utf16().count(), MOST);
    }
}
