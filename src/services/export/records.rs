//! The list of a kind: as it stands on the screen, a row a record, and with every field, so that it can come back in.

use serde_json::{Map, Value};

use super::fields::{self, Flattener};
use super::{Columns, holds, words};
use crate::domain::date::FuzzyDate;
use crate::domain::document::{Block, Cell, Column, Document, Fact, Holds, Table};
use crate::domain::id::Id;
use crate::domain::quantity::group_digits;
use crate::domain::record::RecordKind;
use crate::domain::status::Validity;
use crate::services::queries::{ListQuery, ListRow};
use crate::services::{Answer, Failure, Query, Watch, Workspace};
use crate::store::record;

/// The key of the table with the columns of the screen.
pub const SHOWN: &str = "list";
/// The key of the table with every field.
pub const FIELDS: &str = "fields";

/// How many rows are asked for at once, so that a wish to stop is heard.
const PART: usize = 500;

/// A list as a document.
pub(super) fn document(
    workspace: &Workspace,
    query: &ListQuery,
    columns: Columns,
    watch: &Watch,
) -> Result<Document, Failure> {
    let Answer::List(ids) = workspace.answer(&Query::List(query.clone()))? else {
        return Err(super::another_answer());
    };
    watch.begin(ids.len() as u64);
    let mut shown = Vec::new();
    let mut images = Vec::new();
    for (part, ids) in ids.chunks(PART).enumerate() {
        watch.step((part * PART) as u64)?;
        shown.extend(rows(workspace, query, ids)?);
        if columns != Columns::Shown {
            images.extend(images_of(workspace, ids)?);
        }
    }
    let mut blocks = Vec::new();
    if columns != Columns::Fields {
        blocks.push(Block::Table(shown_table(query, &shown)));
    }
    if columns != Columns::Shown {
        blocks.push(Block::Table(fields_table(workspace, query, &images, &shown)?));
    }
    let mut facts = words::of_list(workspace, query)?;
    facts.push(Fact::plain("Records", group_digits(&ids.len().to_string())));
    Ok(Document { title: query.kind.heading(), facts, blocks, foot: super::FOOT.to_owned(), ..Document::default() })
}

fn rows(workspace: &Workspace, query: &ListQuery, ids: &[Id]) -> Result<Vec<ListRow>, Failure> {
    let asked = Query::Rows { kind: query.kind, as_of: query.as_of, ids: ids.to_vec() };
    match workspace.answer(&asked)? {
        Answer::Rows(rows) => Ok(rows),
        _ => Err(super::another_answer()),
    }
}

fn images_of(workspace: &Workspace, ids: &[Id]) -> Result<Vec<Map<String, Value>>, Failure> {
    let mut images = Vec::with_capacity(ids.len());
    for id in ids {
        images.extend(record::get(workspace.store().db(), *id)?.map(|stored| stored.image));
    }
    Ok(images)
}

/// A column of the screen: its heading, its name, its tag, what it holds, and what stands in a row.
struct Shown {
    label: &'static str,
    name: &'static str,
    hxl: &'static str,
    holds: Holds,
    cell: fn(&ListRow) -> Cell,
}

impl Shown {
    const fn plain(label: &'static str, name: &'static str, hxl: &'static str, cell: fn(&ListRow) -> Cell) -> Self {
        Self { label, name, hxl, holds: Holds::Plain, cell }
    }
}

fn shown_columns(kind: RecordKind) -> Vec<Shown> {
    let [begun, settled, until] = date_headings(kind);
    let (title, reference) = (holds::of_title(kind), holds::of_reference(kind));
    vec![
        Shown {
            holds: reference,
            ..Shown::plain("Reference", "reference", "#meta+id", |row| Cell::text(&row.reference))
        },
        Shown { holds: title, ..Shown::plain("Title", "title", "#description", |row| Cell::text(&row.title)) },
        Shown::plain("Status", "status", "#status+name", |row| {
            row.status.as_ref().map_or(Cell::Empty, |status| Cell::text(&status.label))
        }),
        Shown::plain("Since", "since", "#date+status", |row| {
            row.status.as_ref().map_or(Cell::Empty, |status| Cell::Day(status.since))
        }),
        Shown::plain("Permission", "validity", "#status+permission", validity),
        Shown::plain("Authority", "authority", "#org+authority+name", |row| Cell::text(&row.authority_name)),
        Shown {
            holds: Holds::Partner,
            ..Shown::plain("Applicant", "applicant", "#org+prog+name", |row| Cell::text(&row.applicant))
        },
        Shown::plain("Instrument", "instrument", "", |row| Cell::text(&row.instrument_name)),
        Shown::plain("Categories", "categories", "#sector+name", |row| {
            let names: Vec<&str> = row.categories.iter().map(|tag| tag.name.as_str()).collect();
            Cell::text(names.join(fields::BETWEEN))
        }),
        Shown::plain("Project", "project", "#activity+project+code", |row| Cell::text(&row.project)),
        Shown::plain("Belongs to", "belongs_to", "", |row| Cell::text(&row.parent)),
        Shown::plain(begun, "begun_on", "#date+start", |row| date(&row.begun_on)),
        Shown::plain(settled, "settled_on", "#date+settled", |row| date(&row.settled_on)),
        Shown::plain(until, "until_on", "#date+end", |row| date(&row.until_on)),
        Shown::plain("Whose", "source", "", |row| Cell::text(row.source.label())),
    ]
}

/// The words above the three dates that a kind has.
const fn date_headings(kind: RecordKind) -> [&'static str; 3] {
    match kind {
        RecordKind::Request | RecordKind::Matter => ["Sent", "Decided", "Valid until"],
        RecordKind::Permission => ["Given", "Settled", "Valid until"],
        RecordKind::Shipment => ["Dispatched", "Received", "Expected"],
        RecordKind::Trip => ["Departs", "Returned", "Returns"],
        RecordKind::Fund => ["From", "Closed", "To"],
        RecordKind::Lot => ["Taken over", "Used up", "Expires"],
        RecordKind::Purchase => ["Ordered", "Settled", "Expected"],
        RecordKind::Incident => ["Began", "Ended", "Until"],
        RecordKind::Indicator => ["Measured", "Settled", "Target by"],
        RecordKind::Cash => ["Taken", "Settled", "Account by"],
        RecordKind::Expense => ["Paid", "Settled", "Until"],
        _ => ["Date", "Settled", "Until"],
    }
}

fn validity(row: &ListRow) -> Cell {
    let found = row.status.as_ref().and_then(|status| Validity::from_word(&status.validity));
    Cell::text(found.filter(|known| *known != Validity::None).map_or("", Validity::label))
}

/// A date as precise as it is known: a day where it is one.
pub(super) fn date(text: &str) -> Cell {
    match FuzzyDate::parse(text) {
        Ok(day) if day.is_day() => Cell::Day(day.first()),
        _ => Cell::text(text),
    }
}

fn shown_table(query: &ListQuery, rows: &[ListRow]) -> Table {
    let columns = shown_columns(query.kind);
    let column = |shown: &Shown| Column {
        name: shown.name.to_owned(),
        holds: shown.holds,
        ..Column::text(shown.label, shown.hxl)
    };
    let cells = rows.iter().map(|row| columns.iter().map(|shown| (shown.cell)(row)).collect()).collect();
    let table = Table {
        key: SHOWN.to_owned(),
        title: query.kind.heading(),
        notes: vec![format!("Status and dates as of {}.", query.as_of)],
        columns: columns.iter().map(column).collect(),
        rows: cells,
        empty: super::NOTHING.to_owned(),
        ..Table::default()
    };
    filled(table, 2)
}

/// The table with every field. What follows from a record stands at the end, without a name, for it is not read back.
fn fields_table(
    workspace: &Workspace,
    query: &ListQuery,
    images: &[Map<String, Value>],
    shown: &[ListRow],
) -> Result<Table, Failure> {
    let kind = query.kind;
    let flat = fields::of_kind(kind);
    let mut columns: Vec<Column> = flat.iter().map(|field| fields::column(field, kind)).collect();
    columns.push(Column::text(format!("Status as of {}", query.as_of), "#status+name"));
    let mut flattener = Flattener::new(workspace.store().db(), kind);
    let mut rows = Vec::with_capacity(images.len());
    for (image, listed) in images.iter().zip(shown) {
        for (at, mut row) in flattener.rows(image)?.into_iter().enumerate() {
            let status = listed.status.as_ref().filter(|_| at == 0);
            row.push(status.map_or(Cell::Empty, |status| Cell::text(&status.label)));
            rows.push(row);
        }
    }
    let needed: Vec<bool> = flat.iter().map(|field| field.field.required && field.lists.is_empty()).collect();
    let mut table = Table {
        key: FIELDS.to_owned(),
        title: format!("{}, all fields", kind.heading()),
        notes: vec![
            "A record takes as many rows as its longest list; its reference stands in each.".to_owned(),
            "This sheet can be changed and imported again. A column that is left out keeps what is there.".to_owned(),
        ],
        columns,
        rows,
        empty: super::NOTHING.to_owned(),
        ..Table::default()
    };
    keep(&mut table, |at, is_filled| at == 0 || is_filled || needed.get(at) == Some(&true));
    Ok(table)
}

/// The table without the columns that no row fills; the first ones always stay.
pub(super) fn filled(mut table: Table, always: usize) -> Table {
    keep(&mut table, |at, is_filled| at < always || is_filled);
    table
}

fn keep(table: &mut Table, stays: impl Fn(usize, bool) -> bool) {
    let mut is_filled = vec![false; table.columns.len()];
    for row in &table.rows {
        for (filled, cell) in is_filled.iter_mut().zip(row) {
            *filled |= *cell != Cell::Empty;
        }
    }
    let stays: Vec<bool> = is_filled.iter().enumerate().map(|(at, filled)| stays(at, *filled)).collect();
    let mut at = 0;
    table.columns.retain(|_| {
        at += 1;
        stays.get(at - 1) == Some(&true)
    });
    for row in &mut table.rows {
        let mut at = 0;
        row.retain(|_| {
            at += 1;
            stays.get(at - 1) == Some(&true)
        });
    }
}
