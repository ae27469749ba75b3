//! A workbook for a kind to be filled in and imported: the headings of the importer, what belongs into each, drop-downs.

use std::io::Write as _;
use std::path::Path;

use super::fields;
use crate::domain::codes;
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::domain::schema::FieldKind;
use crate::domain::schema::flat::FlatField;
use crate::domain::word::Word;
use crate::formats::whole_file;
use crate::formats::xlsx::template::{Holding, Template, TemplateColumn, write};
use crate::services::queries::LinkChoice;
use crate::services::{Answer, Failure, Query, Workspace};

/// How many records a drop-down offers at most: a longer list is no help.
const MOST_CHOICES: usize = 500;

/// The kinds whose records a drop-down may offer: short lists that everybody in the office knows. Names of people stay out.
const OFFERED: [RecordKind; 8] = [
    RecordKind::Category,
    RecordKind::Authority,
    RecordKind::Instrument,
    RecordKind::Project,
    RecordKind::Item,
    RecordKind::Fund,
    RecordKind::Matter,
    RecordKind::Site,
];

impl Workspace {
    /// The workbook of a kind as bytes.
    pub fn template(&self, kind: RecordKind) -> Result<Vec<u8>, Failure> {
        let mut columns = Vec::new();
        for field in fields::of_kind(kind) {
            columns.push(self.template_column(kind, &field)?);
        }
        let template = Template { title: kind.heading(), instructions: instructions(kind), columns };
        write(&template, self.today()).map_err(|why| Failure::Other(why.to_string()))
    }

    /// Writes the workbook of a kind into a file.
    pub fn save_template(&self, kind: RecordKind, path: &Path) -> Result<(), Failure> {
        let bytes = self.template(kind)?;
        whole_file::write(path, "shipments-template.xlsx", |file| file.write_all(&bytes))
            .map_err(|why| Failure::Other(why.to_string()))
    }

    fn template_column(&self, kind: RecordKind, field: &FlatField) -> Result<TemplateColumn, Failure> {
        let of = field.field.kind;
        let choices = self.choices_of(of)?;
        let example = choices.first().cloned().unwrap_or_else(|| example(of).to_owned());
        let hints = [field.field.help, expects(of)].into_iter().filter(|hint| !hint.is_empty());
        Ok(TemplateColumn {
            label: field.label.clone(),
            name: field.path.clone(),
            help: hints.collect::<Vec<_>>().join(". "),
            required: field.field.required && field.lists.is_empty() || field.path == required_reference(kind),
            takes_several: matches!(of, FieldKind::Choices(_) | FieldKind::Links(_)),
            choices,
            holds: match of {
                FieldKind::Quantity | FieldKind::QuantityOrZero | FieldKind::Count | FieldKind::Rate => Holding::Number,
                FieldKind::Day => Holding::Day,
                _ => Holding::Words,
            },
            example,
        })
    }

    fn choices_of(&self, kind: FieldKind) -> Result<Vec<String>, Failure> {
        let labels = |words: &[Word]| words.iter().map(|word| word.label.to_owned()).collect();
        Ok(match kind {
            FieldKind::Choice(words) | FieldKind::Choices(words) => labels(words),
            FieldKind::Flag => vec!["Yes".to_owned()],
            FieldKind::Unit => codes::units().map(|(code, _)| code.to_owned()).collect(),
            FieldKind::Currency => codes::currencies().map(|(code, _)| code.to_owned()).collect(),
            FieldKind::Country => codes::countries().map(|(code, _)| code.to_owned()).collect(),
            FieldKind::Link([only]) | FieldKind::Links([only]) if OFFERED.contains(only) => self.references(*only)?,
            _ => Vec::new(),
        })
    }

    /// The references of a kind; none where there are too many to choose from.
    fn references(&self, kind: RecordKind) -> Result<Vec<String>, Failure> {
        let Answer::Choices(all) = self.answer(&Query::Choices { kinds: vec![kind] })? else {
            return Err(super::another_answer());
        };
        let named = |choice: &LinkChoice| (choice.id != Id(0)).then(|| choice.reference.clone());
        Ok(if all.len() > MOST_CHOICES { Vec::new() } else { all.iter().filter_map(named).collect() })
    }
}

/// Lists whose records must bear a reference of their own.
fn required_reference(kind: RecordKind) -> &'static str {
    let has_lists = fields::of_kind(kind).iter().any(|field| !field.lists.is_empty());
    if has_lists { "reference" } else { "" }
}

fn instructions(kind: RecordKind) -> Vec<String> {
    let mut lines = vec![
        format!("One row for each of the {}. Keep the row of headings.", kind.heading().to_lowercase()),
        "The row that begins with EXAMPLE shows how it is meant and is not imported.".to_owned(),
        "Underlined headings are needed. Columns that you do not use can stay empty or be deleted.".to_owned(),
        "Days: 2026-03-31. Several values of a cell are separated by a semicolon.".to_owned(),
        "A record that is there already is found by its reference and changed.".to_owned(),
    ];
    if !required_reference(kind).is_empty() {
        lines.push(
            "Headings with a colon are rows of a list. For a second row write the same reference again.".to_owned(),
        );
    }
    lines
}

/// What a cell takes, in words.
const fn expects(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Flag => "Yes, or empty",
        FieldKind::Day => "A day: 2026-03-31",
        FieldKind::FuzzyDay => "A day, or a month (2026-03), or a year",
        FieldKind::Quantity => "A number above zero, at most three decimals",
        FieldKind::QuantityOrZero => "A number of zero or above, at most three decimals",
        FieldKind::Count => "A whole number",
        FieldKind::Money => "Currency and amount: USD 1250.00",
        FieldKind::Rate => "A number above zero: 1.08",
        FieldKind::Limit => "A number, or unlimited; empty where the letter does not say",
        FieldKind::Choice(_) => "One of the list",
        FieldKind::Choices(_) => "Some of the list, separated by a semicolon",
        FieldKind::Link(_) => "The reference of the record",
        FieldKind::Links(_) => "References, separated by a semicolon",
        FieldKind::Unit => "A code of UN/CEFACT Rec 20: KGM",
        FieldKind::Currency => "A code of ISO 4217: USD",
        FieldKind::Country => "Two letters of ISO 3166-1: KP",
        FieldKind::HsCode => "2, 4, 6, 8 or 10 digits",
        FieldKind::Text | FieldKind::LongText | FieldKind::List(_) => "",
    }
}

/// What stands in the row that shows how it is meant, where there is no list to choose from.
const fn example(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Day | FieldKind::FuzzyDay => "2026-03-31",
        FieldKind::Quantity | FieldKind::QuantityOrZero | FieldKind::Limit => "12.5",
        FieldKind::Count => "1",
        FieldKind::Money => "USD 1250.00",
        FieldKind::Rate => "1.08",
        FieldKind::HsCode => "300420",
        _ => "",
    }
}
