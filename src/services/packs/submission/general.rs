//! A package for an authority whose form is not known here: everything the request says, in the order in which it was asked.

use super::complete::{self, need};
use super::filing::{Filing, list_or};
use crate::domain::document::{Block, Cell, Holds, Table};
use crate::services::packs::pages::{chapter, table, text, text_or};
use crate::services::packs::reader::originals;
use crate::services::packs::{Gap, Part, Shape};
use crate::store::StoreError;

/// A letter and the list of items.
pub(super) fn parts(filing: &Filing<'_>, gaps: &mut Vec<Gap>) -> Result<Vec<Part>, StoreError> {
    let request = &filing.request;
    need(gaps, !request.nature.is_empty(), "What it is about", "Say what the aid is");
    if request.travellers.is_empty() {
        complete::lines(filing, &[], gaps);
    }
    let mut blocks = vec![chapter("What it is about"), text_or(&request.nature, "Missing: what the aid is.")];
    for (title, text) in
        [("Why permission is needed", &request.reason), ("Measures against diversion", &request.diversion_plan)]
    {
        if !text.is_empty() {
            blocks.extend([chapter(title), Block::Text(text.clone())]);
        }
    }
    if !request.travellers.is_empty() {
        blocks.extend([chapter("Travellers"), Block::Table(travellers(filing)?)]);
    }
    if !request.lines.is_empty() {
        blocks.extend([chapter("Goods"), Block::Table(filing.item_list("Goods")?)]);
    }
    if !request.recipients.is_empty() {
        blocks.extend([chapter("Recipients"), Block::Table(filing.recipients()?)]);
    }
    if !request.parties.is_empty() {
        blocks.extend([chapter("Parties"), Block::Table(filing.parties()?)]);
    }
    for (title, lines) in [("Planned days", filing.transfers()), ("Routes", filing.routes())] {
        if !lines.is_empty() {
            blocks.extend([chapter(title), list_or(lines, "")]);
        }
    }
    blocks.push(filing.signature());
    let files = filing.files()?;
    if !files.is_empty() {
        blocks.extend([Block::NewPage, chapter("Originals")]);
        blocks.extend(originals(&files));
    }
    let title = if filing.instrument.name.is_empty() { "Request" } else { &filing.instrument.name };
    let document = filing.document(title, filing.letterhead(&filing.authority.name), blocks);
    Ok(vec![Part { name: "request".to_owned(), shape: Shape::Letter, document }])
}

fn travellers(filing: &Filing<'_>) -> Result<Table, StoreError> {
    let mut rows = Vec::new();
    for one in &filing.request.travellers {
        rows.push(vec![
            Cell::text(filing.reader.name(one.person)?),
            Cell::text(&one.passport),
            Cell::text(&one.purpose),
        ]);
    }
    let columns = vec![
        text("Name", "name").holding(Holds::Person),
        text("Passport", "passport").holding(Holds::Person),
        text("Purpose", "purpose"),
    ];
    Ok(table("travellers", "Travellers", columns, rows, "Nobody is named"))
}
