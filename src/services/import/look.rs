//! A first look at a file: its sheets, its first rows, and a plan that is guessed from them.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::head::{FirstRows, LOOKED_AT, texts};
use super::headings;
use super::plan::{HeadRows, Mapping, Plan, Stamp};
use crate::domain::record::RecordKind;
use crate::formats::read::{Book, SheetInfo, TextForm, TextOptions};
use crate::services::Failure;

/// How many of the first rows are shown.
const SHOWN: usize = 15;

/// What somebody decided already when a file is looked at; the rest is guessed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The file.
    pub path: PathBuf,
    /// What the rows become.
    pub kind: Option<RecordKind>,
    /// The sheet, counting from 0.
    pub sheet: Option<usize>,
    /// The rows of headings.
    pub header: Option<HeadRows>,
    /// How a text table is written.
    pub text: TextOptions,
    /// A mapping by its name.
    pub mapping: Option<String>,
}

/// What a first look shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// The sheets.
    pub sheets: Vec<SheetInfo>,
    /// The first rows of the sheet: number and cells.
    pub rows: Vec<(u64, Vec<String>)>,
    /// How a text table is read; `None` for a workbook.
    pub form: Option<TextForm>,
    /// How it would be read where nobody chose anything; its delimiter under the encoding that is chosen.
    pub found: Option<TextForm>,
    /// What is guessed, and what was decided.
    pub plan: Plan,
    /// The mappings that are remembered.
    pub mappings: Vec<Mapping>,
    /// The mapping that was used.
    pub used: Option<String>,
}

/// Looks at a file. `mappings` are those that are remembered.
pub(super) fn look(book: &Book, wanted: &Wanted, mappings: Vec<Mapping>) -> Result<Look, Failure> {
    let form = text_form(book, &wanted.text)?;
    let found = found(book, &wanted.text)?;
    let sheet = match wanted.sheet {
        Some(sheet) => sheet,
        None => best_sheet(book, wanted),
    };
    let first = first_rows(book, sheet, &wanted.text)?;
    let head = first.head(wanted.header);
    let name = book.sheets.get(sheet).map(|sheet| sheet.name.clone()).unwrap_or_default();
    let file = wanted.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let kind = wanted.kind.unwrap_or_else(|| headings::guess_kind(&head.titles, &head.tags, &[&name, &file]));
    let (columns, _) = headings::guess(kind, &head.titles, &head.tags);
    let mut plan = Plan {
        path: wanted.path.clone(),
        sheet,
        header: head.rows.last,
        header_from: head.rows.first,
        text: wanted.text,
        kind,
        columns,
        keys: Vec::new(),
        fixed: Vec::new(),
        dates: None,
        partial: false,
        stamp: Stamp::of(&wanted.path),
    };
    let used = use_mapping(&mut plan, wanted, &mappings)?;
    let shown = first.rows.iter().take(SHOWN).map(|row| (row.number, texts(row))).collect();
    Ok(Look { sheets: book.sheets.clone(), rows: shown, form, found, plan, mappings, used })
}

fn text_form(book: &Book, text: &TextOptions) -> Result<Option<TextForm>, Failure> {
    book.text_form(text).map_err(|error| Failure::Other(error.to_string()))
}

/// What is found in a text table: its encoding, and its delimiter under the encoding that is chosen.
fn found(book: &Book, text: &TextOptions) -> Result<Option<TextForm>, Failure> {
    let found = text_form(book, &TextOptions::default())?;
    let under = text_form(book, &TextOptions { delimiter: None, ..*text })?;
    Ok(found.zip(under).map(|(found, under)| TextForm { delimiter: under.delimiter, ..found }))
}

/// Decides the columns by the mapping that was asked for, or by the newest that was made for these very headings.
fn use_mapping(plan: &mut Plan, wanted: &Wanted, mappings: &[Mapping]) -> Result<Option<String>, Failure> {
    let used = match &wanted.mapping {
        Some(name) if name.is_empty() => None,
        Some(name) => {
            let known = mappings.iter().find(|mapping| mapping.name == *name);
            Some(known.ok_or_else(|| no_mapping(name, mappings))?)
        }
        None => mappings
            .iter()
            .rev()
            .find(|mapping| wanted.kind.is_none_or(|kind| kind == mapping.kind) && mapping.fits(&plan.columns)),
    };
    if let Some(mapping) = used {
        mapping.apply(plan);
    }
    Ok(used.map(|mapping| mapping.name.clone()))
}

fn no_mapping(name: &str, mappings: &[Mapping]) -> Failure {
    let known: Vec<&str> = mappings.iter().map(|mapping| mapping.name.as_str()).collect();
    let known = if known.is_empty() { "none yet".to_owned() } else { known.join(", ") };
    Failure::Other(format!("No mapping is called “{name}”. There are: {known}"))
}

/// The sheet with the most headings that mean something; the first of equals, hidden ones last.
fn best_sheet(book: &Book, wanted: &Wanted) -> usize {
    let mut best = (0, 0);
    for (sheet, about) in book.sheets.iter().enumerate().filter(|_| book.sheets.len() > 1) {
        // A sheet that cannot be read is no reason not to read another.
        let Ok(first) = first_rows(book, sheet, &wanted.text) else { continue };
        let head = first.head(None);
        let known = if about.hidden { 0 } else { head.known };
        if known > best.0 {
            best = (known, sheet);
        }
    }
    best.1
}

fn first_rows(book: &Book, sheet: usize, text: &TextOptions) -> Result<FirstRows, Failure> {
    let mut rows = Vec::new();
    let read = book
        .rows(sheet, text, &mut |row| {
            rows.push(row);
            if rows.len() >= LOOKED_AT { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .map_err(|error| Failure::Other(error.to_string()))?;
    Ok(FirstRows { rows, merged: read.merged })
}

/// The rows of a sheet are never read for its name: a sheet by its name or its number from 1.
pub fn sheet_named(path: &Path, name: &str) -> Result<usize, Failure> {
    let book = super::open(path)?;
    let by_name = book.sheets.iter().position(|sheet| sheet.name == name);
    let by_number = || name.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    by_name.or_else(|| by_number().filter(|number| *number < book.sheets.len())).ok_or_else(|| {
        let known: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        Failure::Other(format!("No sheet is called “{name}”. There are: {}", known.join(", ")))
    })
}
