//! One cell of a sheet, as its tag and its paragraphs say.

use quick_xml::events::BytesStart;

use super::super::cells::{Rows, iso};
use super::super::xml::PIECE;
use super::super::xml::attribute;
use super::super::{CannotRead, Raw};

/// A cell that is being read.
#[derive(Default)]
pub struct Cell {
    /// How often it stands there, one beside the other.
    pub repeated: u32,
    /// Columns and rows that it is shown in.
    pub spans: (u32, u32),
    kind: String,
    /// The value as its tag gives it.
    value: Option<String>,
    is_fault: bool,
    /// Its paragraphs.
    text: String,
    paragraphs: usize,
}

/// An attribute as a number; one where it is missing.
pub fn count(tag: &BytesStart<'_>, name: &str) -> u32 {
    attribute(tag, name).and_then(|number| number.parse().ok()).unwrap_or(1)
}

impl Cell {
    /// What its tag says.
    pub fn new(tag: &BytesStart<'_>) -> Self {
        let mut cell = Self { repeated: 1, spans: (1, 1), ..Self::default() };
        if tag.attributes_raw().is_empty() {
            return cell;
        }
        cell.repeated = count(tag, "number-columns-repeated");
        cell.spans = (count(tag, "number-columns-spanned"), count(tag, "number-rows-spanned"));
        let mut attributes = tag.attributes();
        for found in attributes.with_checks(false).flatten() {
            match found.key.local_name().as_ref() {
                // LibreOffice says the kind twice, and only the second time that it is an error.
                "value-type" if &*found.value == "error" => cell.is_fault = true,
                "value-type" if cell.kind.is_empty() => cell.kind = found.value.into_owned(),
                "value" | "date-value" | "boolean-value" | "string-value" => {
                    cell.value = Some(super::super::xml::plain(&found.value));
                }
                _ => {}
            }
        }
        cell
    }

    /// A paragraph begins: a new line, but for the first.
    pub fn paragraph(&mut self) {
        if self.paragraphs > 0 {
            self.text.push('\n');
        }
        self.paragraphs += 1;
    }

    /// More of its text.
    pub fn push(&mut self, text: &str) -> Result<(), CannotRead> {
        self.text.push_str(text);
        if self.text.len() > PIECE { Err(CannotRead::TooMuch { what: "text in one cell" }) } else { Ok(()) }
    }

    /// What stands in it.
    pub fn raw(&self, rows: &mut Rows<'_>) -> Raw {
        let value = self.value.as_deref().unwrap_or_default();
        if self.is_fault {
            return Raw::Fault(if self.text.is_empty() { "#VALUE!".to_owned() } else { self.text.clone() });
        }
        match self.kind.as_str() {
            "float" | "percentage" | "currency" => match value.trim().parse::<f64>() {
                Ok(number) => rows.number(number),
                Err(_) => rows.text(&self.text),
            },
            "date" => iso(value),
            "boolean" => Raw::Flag(value == "true"),
            _ if self.text.is_empty() => rows.text(value),
            _ => rows.text(&self.text),
        }
    }
}
