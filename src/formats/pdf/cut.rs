//! Ends a document after one of its pages, so that a reading program finds a whole document: what is still open is closed, and
//! the table that goes on elsewhere ends with the last row that is here.

use std::sync::Arc;

use typst::foundations::Content;
use typst::introspection::{Location, Tag};
use typst::layout::resolve::{Cell, CellGrid, Entry};
use typst::layout::{Axes, Frame, FrameItem, Point};
use typst::model::TableElem;
use typst_layout::Page;

/// The header of a table is one row.
const HEADER: usize = 1;

/// The pages until `full`, as a document that ends there. A table that is still open there has `rows` of its rows on them.
pub(super) fn end_after(mut pages: Vec<Page>, full: usize, rows: usize) -> Vec<Page> {
    let rest = pages.split_off(full.min(pages.len()));
    let mut open = Vec::new();
    for page in &pages {
        still_open(&page.frame, &mut open);
    }
    let mut ends = Vec::new();
    for page in &rest {
        ends_of(&page.frame, &open, &mut ends);
    }
    drop(rest);
    if let Some(table) = open.iter().find(|tag| tag.is_table) {
        for page in &mut pages {
            shorten(&mut page.frame, table.location, rows);
        }
        if rows == 0 {
            ends.retain(|end| end.location() != table.location);
        }
    }
    if let Some(last) = pages.last_mut() {
        last.frame.push_multiple(ends.into_iter().map(|end| (Point::zero(), FrameItem::Tag(end))));
    }
    pages
}

/// A tag that has begun.
struct Open {
    location: Location,
    is_table: bool,
}

fn still_open(frame: &Frame, open: &mut Vec<Open>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => still_open(&group.frame, open),
            FrameItem::Tag(Tag::Start(content, _)) => {
                open.extend(content.location().map(|location| Open { location, is_table: content.is::<TableElem>() }));
            }
            FrameItem::Tag(Tag::End(location, ..)) => {
                if let Some(at) = open.iter().rposition(|tag| tag.location == *location) {
                    open.remove(at);
                }
            }
            _ => {}
        }
    }
}

fn ends_of(frame: &Frame, open: &[Open], ends: &mut Vec<Tag>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => ends_of(&group.frame, open, ends),
            FrameItem::Tag(tag @ Tag::End(location, ..)) if open.iter().any(|tag| tag.location == *location) => {
                ends.push(tag.clone());
            }
            _ => {}
        }
    }
}

/// Lets the table at this location have only its first rows.
fn shorten(frame: &mut Frame, table: Location, kept: usize) {
    if !holds(frame, table) {
        return;
    }
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => shorten(&mut group.frame, table, kept),
            FrameItem::Tag(Tag::Start(content, _)) if content.location() == Some(table) => {
                shorten_table(content, kept);
                // Nothing of it stands here: it begins on the next page.
                return kept > 0;
            }
            _ => {}
        }
        true
    });
}

/// Frames without the table stay shared and untouched.
fn holds(frame: &Frame, table: Location) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => holds(&group.frame, table),
        FrameItem::Tag(Tag::Start(content, _)) => content.location() == Some(table),
        _ => false,
    })
}

fn shorten_table(content: &mut Content, kept: usize) {
    let Some(table) = content.to_packed_mut::<TableElem>() else { return };
    let Some(whole) = table.grid.as_deref() else { return };
    let rows = (HEADER + kept).min(whole.rows.len());
    let entries = whole.entries.iter().take(rows * whole.cols.len()).filter_map(Entry::as_cell).map(same).collect();
    // The header says of itself that it is one (`pdf.header-cell`), so that it has not to be named here.
    let tracks = Axes::new(whole.cols.as_slice(), whole.rows.get(..rows).unwrap_or_default());
    let none = Axes::new([].as_slice(), [].as_slice());
    let grid = CellGrid::new_internal(tracks, none, Vec::new(), Vec::new(), Vec::new(), None, entries);
    table.grid = Some(Arc::new(grid));
}

fn same(cell: &Cell) -> Entry {
    Entry::Cell(Cell {
        body: cell.body.clone(),
        fill: cell.fill.clone(),
        colspan: cell.colspan,
        rowspan: cell.rowspan,
        stroke: cell.stroke.clone(),
        stroke_overridden: cell.stroke_overridden,
        breakable: cell.breakable,
    })
}
