//! What a search found, and the reports to donors with how the sealed ones stand to the record.

use chrono::NaiveDate;

use super::figures::{count, document};
use super::{another_answer, words};
use crate::domain::document::{Block, Cell, CellTone, Column, Document, Fact, Table};
use crate::domain::quantity::group_digits;
use crate::services::queries::{ReportRow, SearchGroup, SearchHit};
use crate::services::sealed::{Sealed, Standing};
use crate::services::{Answer, Failure, Query, Watch, Workspace};

/// How many records of each kind go out at most.
const MOST: usize = 100_000;

/// The records that hold every word of a text.
pub(super) fn search(workspace: &Workspace, text: &str, as_of: NaiveDate) -> Result<Document, Failure> {
    let asked = Query::Search { text: text.to_owned(), as_of, limit_per_kind: MOST };
    let Answer::Search(found) = workspace.answer(&asked)? else { return Err(another_answer()) };
    let row = |group: &SearchGroup, hit: &SearchHit| {
        let (field, piece) = hit.found_in.as_ref().map_or(("", ""), |(field, piece)| (field, &piece.text));
        let texts = [group.kind.label(), &hit.reference.text, &hit.title.text, &hit.context, field, piece];
        texts.map(Cell::text).to_vec()
    };
    let table = Table {
        key: "list".to_owned(),
        title: "Found".to_owned(),
        notes: vec!["All records, whatever the day; the day says which status is shown.".to_owned()],
        columns: vec![
            Column::text("Kind", ""),
            Column::text("Reference", "#meta+id"),
            Column::text("Title", "#description"),
            Column::text("Status and what it belongs to", ""),
            Column::text("Found in", ""),
            Column::text("Text", ""),
        ],
        rows: found.groups.iter().flat_map(|group| group.hits.iter().map(move |hit| row(group, hit))).collect(),
        empty: "No record has these words".to_owned(),
        ..Table::default()
    };
    let mut facts = words::day(workspace, as_of);
    facts.push(Fact::plain("Searched for", text.trim()));
    facts.push(Fact::plain("Found", group_digits(&found.total.to_string())));
    Ok(document("Search", facts, vec![Block::Table(table)]))
}

/// The reports to donors. Each sealed one is made again to see what it would read now.
pub(super) fn reports(workspace: &Workspace, watch: &Watch) -> Result<Document, Failure> {
    let Answer::Reports(found) = workspace.answer(&Query::Reports)? else { return Err(another_answer()) };
    let sealed = workspace.sealed_standings(watch)?;
    let row = |row: &ReportRow| {
        let newest = sealed.iter().find(|one| one.of == Some(row.id) && !one.is_replaced);
        let (stands, figures) = newest.map_or((Cell::text("Draft"), Cell::Empty), standing);
        vec![
            Cell::text(&row.reference),
            Cell::text(&row.title),
            Cell::text(&row.fund),
            Cell::text(&row.period),
            row.sealed_on.map_or(Cell::Empty, Cell::Day),
            newest.map_or(Cell::Empty, |one| Cell::text(&one.reference)),
            stands,
            figures,
        ]
    };
    let table = Table {
        key: "list".to_owned(),
        title: "Reports".to_owned(),
        notes: vec!["A sealed report is compared with what it would read today, figure by figure.".to_owned()],
        columns: vec![
            Column::text("Reference", "#meta+id"),
            Column::text("Title", "#description"),
            Column::text("Grant", "#activity+project+name"),
            Column::text("Period", ""),
            Column::text("Sealed on", "#date+sealed"),
            Column::text("Sealed as", ""),
            Column::text("Stands", "#status+name"),
            Column::number("Figures that differ", ""),
        ],
        rows: found.iter().map(row).collect(),
        empty: "There is no report yet".to_owned(),
        ..Table::default()
    };
    Ok(document("Reports to donors", words::day(workspace, workspace.today()), vec![Block::Table(table)]))
}

fn standing(one: &Sealed) -> (Cell, Cell) {
    let state = |tone, words: &str| Cell::State { tone, words: words.to_owned() };
    match &one.standing {
        Standing::Differs(found) => {
            let differing = count(i64::try_from(found.len()).unwrap_or(i64::MAX));
            (state(CellTone::Warning, "Would read differently now"), differing)
        }
        Standing::Lost(why) => (state(CellTone::Bad, why), Cell::Empty),
        Standing::Same => (state(CellTone::Good, "Reads the same"), count(0)),
    }
}
