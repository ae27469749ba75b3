//! Lists out and back in: what is written into a file is what the list shows, and its records come back as they were.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{Data, DataType as _, Reader as _, Xlsx};
use corridor::domain::coverage::{CellState, MovedDates};
use corridor::domain::document::Document;
use corridor::domain::record::{ActKind, RecordKind, spec};
use corridor::domain::schema::{Field, FieldKind, read};
use corridor::formats::csv_file;
use corridor::formats::defuse;
use corridor::formats::hxl;
use corridor::formats::xlsx;
use corridor::services::export::{Columns, Export, FIELDS, ListFormat, Listing, OverviewPart, Period, SHOWN};
use corridor::services::queries::{
    AskedAct, CoverageQuery, GoodsQuery, LineFilter, LinesQuery, NeedsOf, Only, ReachQuery, SortBy, SortLines, Sources,
    SpendingOf, WhatIfQuery,
};
use corridor::services::{Watch, Workspace};
use serde_json::{Map, Value, json};
use support::*;

fn listed(workspace: &Workspace, listing: &Listing) -> Document {
    workspace.listed(listing, &Watch::default()).unwrap_or_else(|why| panic!("{listing:?}: {why}"))
}

fn records(kind: RecordKind) -> Listing {
    Listing::Records(list_query(kind, "2026-11-24"), Columns::Both)
}

/// Headings and rows of text of a sheet, as a program reads them, without the row of tags.
fn sheet(bytes: &[u8], name: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut book = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let range = book.worksheet_range(name).unwrap();
    let text = |cell: &Data| match cell {
        Data::DateTime(_) => cell.as_date().unwrap().to_string(),
        other => other.to_string(),
    };
    let mut rows: Vec<Vec<String>> = range.rows().map(|row| row.iter().map(text).collect()).collect();
    let headings = rows.remove(0);
    if rows.first().is_some_and(|row| row.iter().all(|cell| cell.is_empty() || hxl::is_known(cell))) {
        rows.remove(0);
    }
    (headings, rows)
}

/// The same of a text file.
fn text_file(bytes: &[u8]) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap());
    let cells = |record: &csv::StringRecord| record.iter().map(|cell| defuse::restore(cell).to_owned()).collect();
    let headings: Vec<String> = cells(reader.headers().unwrap());
    let mut rows: Vec<Vec<String>> = reader.records().map(|record| cells(&record.unwrap())).collect();
    if rows.first().is_some_and(|row| row.iter().all(|cell| cell.is_empty() || hxl::is_known(cell))) {
        rows.remove(0);
    }
    (headings, rows)
}

/// Drafts of the records of a flat table, by nothing but its headings: those of the fields, with those of their lists.
fn drafts(kind: RecordKind, headings: &[String], rows: &[Vec<String>]) -> Vec<Map<String, Value>> {
    let mut drafts: Vec<Map<String, Value>> = Vec::new();
    for row in rows {
        let cells: BTreeMap<&str, &str> =
            headings.iter().map(String::as_str).zip(row.iter().map(String::as_str)).collect();
        let reference = cells[headings[0].as_str()];
        let goes_on = drafts.last().is_some_and(|draft| draft.get("reference") == Some(&json!(reference)));
        if !goes_on {
            drafts.push(Map::new());
        }
        fill(spec(kind).fields, "", &cells, drafts.last_mut().unwrap(), goes_on);
    }
    drafts
}

/// Fills a draft from a row; `goes_on` where its own fields stood in an earlier row.
fn fill(
    fields: &'static [Field],
    label: &str,
    cells: &BTreeMap<&str, &str>,
    draft: &mut Map<String, Value>,
    goes_on: bool,
) {
    for field in fields {
        let own = format!("{label}{}", field.label);
        if let FieldKind::List(of) = field.kind {
            let below = format!("{own}: ");
            let begins = of
                .fields
                .iter()
                .any(|field| !matches!(field.kind, FieldKind::List(_)) && !value(field, &below, cells).is_empty());
            let any = cells.iter().any(|(heading, cell)| heading.starts_with(&below) && !cell.is_empty());
            let rows = draft.entry(field.name).or_insert_with(|| json!([])).as_array_mut().unwrap();
            if begins {
                rows.push(json!({}));
            }
            if any {
                fill(of.fields, &below, cells, rows.last_mut().unwrap().as_object_mut().unwrap(), !begins);
            }
            continue;
        }
        let found = value(field, label, cells);
        if goes_on || found.is_empty() {
            continue;
        }
        let several = matches!(field.kind, FieldKind::Choices(_) | FieldKind::Links(_));
        let typed = if several { found.split("; ").map(Value::from).collect() } else { Value::from(found) };
        draft.insert(field.name.to_owned(), typed);
    }
}

/// What stands in a row for a field; an amount with its currency, which stands in the heading or in a column of its own.
fn value(field: &Field, label: &str, cells: &BTreeMap<&str, &str>) -> String {
    let own = format!("{label}{}", field.label);
    if !matches!(field.kind, FieldKind::Money) {
        return cells.get(own.as_str()).unwrap_or(&"").trim().to_owned();
    }
    let beside = cells.get(format!("{own}, currency").as_str()).map(|currency| (*currency).to_owned());
    let in_heading = cells.iter().find_map(|(heading, amount)| {
        let currency = heading.strip_prefix(own.as_str())?.strip_prefix(", ")?;
        (currency.len() == 3).then(|| (currency.to_owned(), *amount))
    });
    match (cells.get(own.as_str()), beside, in_heading) {
        (Some(amount), Some(currency), _) if !amount.is_empty() => format!("{currency} {amount}"),
        (_, _, Some((currency, amount))) if !amount.is_empty() => format!("{currency} {amount}"),
        _ => String::new(),
    }
}

/// Whether the drafts are the records of the workspace, by what they name and hold.
fn assert_same(workspace: &Workspace, kind: RecordKind, drafts: Vec<Map<String, Value>>, what: &str) {
    let ids = ids(workspace, list_query(kind, "2026-11-24"));
    assert_eq!(drafts.len(), ids.len(), "{kind} {what}");
    for (draft, id) in drafts.into_iter().zip(ids) {
        let expected = workspace.record_by_references(id).unwrap();
        // Both are read as drafts are, links left as references.
        let normal = |mut draft: Map<String, Value>| {
            draft.retain(|_, value| *value != json!([]));
            numbered(spec(kind).fields, &draft)
        };
        assert_eq!(Value::Object(normal(draft)), Value::Object(normal(expected)), "{kind} {what}");
    }
}

/// A draft as the reader of drafts keeps it, with every link as the text that it is.
fn numbered(fields: &'static [Field], draft: &Map<String, Value>) -> Map<String, Value> {
    let mut kept = Map::new();
    for field in fields {
        let Some(value) = draft.get(field.name).filter(|value| !value.is_null()) else { continue };
        let value = match field.kind {
            FieldKind::Link(_) | FieldKind::Links(_) => value.clone(),
            FieldKind::List(of) => {
                let rows = value
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|row| Value::Object(numbered(of.fields, row.as_object().unwrap())));
                let rows: Vec<Value> = rows.collect();
                if rows.is_empty() {
                    continue;
                }
                Value::Array(rows)
            }
            _ => {
                let one = Map::from_iter([(field.name.to_owned(), value.clone())]);
                let only = Box::leak(vec![Field { required: false, ..*field }].into_boxed_slice());
                match read::read(only, &one).unwrap_or_else(|errors| panic!("{errors:?}")).remove(field.name) {
                    Some(value) => value,
                    None => continue,
                }
            }
        };
        kept.insert(field.name.to_owned(), value);
    }
    kept
}

/// The demo programme: records of nearly every kind, with lists, links, amounts of several currencies and Korean names.
fn demo() -> Workspace {
    let mut workspace = workspace();
    corridor::services::demo::fill(&mut workspace).unwrap();
    workspace
}

#[test]
fn records_of_every_kind_come_back_from_a_workbook_and_from_text_as_they_went_out() {
    let workspace = demo();
    let mut kinds = 0;
    for kind in RecordKind::ALL {
        let document = listed(&workspace, &records(*kind));
        let table = document.table(FIELDS).unwrap();
        if table.rows.is_empty() {
            continue;
        }
        kinds += 1;
        let book = xlsx::write(&document, day("2026-11-24"), &|| false).unwrap();
        let title = format!("{}, all fields", kind.heading());
        let (headings, rows) = sheet(&book, &title);
        assert_same(&workspace, *kind, drafts(*kind, &headings, &rows), "from the workbook");
        let (headings, rows) = text_file(&csv_file::write(table, csv_file::Options::default()));
        assert_same(&workspace, *kind, drafts(*kind, &headings, &rows), "from the text file");
    }
    assert!(kinds > 25, "{kinds} kinds have records in the demo");
}

#[test]
fn a_list_goes_out_with_its_filter_its_order_and_its_day() {
    let workspace = demo();
    let mut query = list_query(RecordKind::Request, "2026-11-24");
    query.sources = Sources::Public;
    query.filter.status = Some("approved".to_owned());
    query.filter.text = "water".to_owned();
    query.sort = SortBy::Begun;
    query.descending = true;
    let shown = rows(&workspace, query.clone());
    let document = listed(&workspace, &Listing::Records(query, Columns::Both));
    let facts: Vec<String> = document.facts.iter().map(|fact| format!("{}: {}", fact.label, fact.value)).collect();
    let facts = facts.join("\n");
    for found in [
        "As of: 2026-11-24",
        "Whose: Public record",
        "Filter: status: Approved",
        "Filter: text: water",
        "the largest first",
    ] {
        assert!(facts.contains(found), "{found} is missing in\n{facts}");
    }
    let table = document.table(SHOWN).unwrap();
    let references: Vec<String> = table.rows.iter().map(|row| row[0].words()).collect();
    assert_eq!(references, shown.iter().map(|row| row.reference.clone()).collect::<Vec<_>>());
    assert!(!references.is_empty());
}

/// One listing of every sort that a page shows.
fn every_listing(workspace: &Workspace) -> Vec<Listing> {
    let as_of = day("2026-11-24");
    let shipment = ids(workspace, list_query(RecordKind::Shipment, "2026-11-24"))[0];
    let trip = ids(workspace, list_query(RecordKind::Trip, "2026-11-24"))[0];
    let permission = workspace.find(&[RecordKind::Permission], "HAI-L-UN-2026-07").unwrap();
    let coverage = |holder| Listing::Coverage(CoverageQuery { holder, as_of, as_known: None });
    let period = Period { as_of, from: None, to: None };
    let role = corridor::domain::record::LineRole::Shipped;
    let parts =
        OverviewPart::ALL.iter().map(|part| Listing::OverviewPart { as_of, sources: Sources::Both, part: *part });
    vec![
        records(RecordKind::Request),
        Listing::Deadlines { as_of, sources: Sources::Own },
        Listing::Goods(GoodsQuery {
            as_of,
            sources: Sources::Both,
            by: corridor::domain::goods::GoodsBy::Item,
            from: None,
            to: None,
        }),
        Listing::Lines(LinesQuery {
            role,
            as_of,
            sources: Sources::Both,
            filter: LineFilter::default(),
            sort: SortLines::Day,
            descending: true,
        }),
        Listing::Reach(ReachQuery { as_of, project: None, fund: None, site: None, from: None, to: None }),
        Listing::CoverageList { as_of, as_known: None, only: None },
        Listing::WhatIf(WhatIfQuery {
            holder: shipment,
            as_of,
            dates: MovedDates { first: Some(day("2027-09-01")), last: None },
        }),
        Listing::Needs { of: NeedsOf::Record(shipment), on: as_of },
        Listing::Needs { of: NeedsOf::Act(Box::new(AskedAct::of(ActKind::Ship))), on: as_of },
        Listing::Search { text: "water".to_owned(), as_of },
        Listing::Reports,
        coverage(shipment),
        coverage(trip),
        Listing::Overview { as_of, sources: Sources::Both },
        Listing::Durations { as_of },
        Listing::Rules { as_of, find: String::new() },
        Listing::Slots { permission, as_of },
        Listing::Operations { limit: 100 },
        Listing::WhoDoesWhat(period),
        Listing::Flows(period),
    ]
    .into_iter()
    .chain(parts)
    .collect()
}

#[test]
fn every_page_with_a_list_can_be_written_and_says_its_day() {
    let workspace = demo();
    let folder = tempfile::tempdir().unwrap();
    for listing in every_listing(&workspace) {
        let document = listed(&workspace, &listing);
        assert!(document.facts.iter().any(|fact| fact.value.contains("2026-11-24")), "{listing:?} says no day");
        let rows: usize = document.tables().map(|table| table.rows.len()).sum();
        assert!(rows > 0, "{listing:?} is empty");
        let keys: BTreeSet<&str> = document.tables().map(|table| table.key.as_str()).collect();
        assert_eq!(keys.len(), document.tables().count(), "{listing:?} has two tables of one name");
        for table in document.tables() {
            assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{listing:?}: {}", table.title);
        }
        let path = folder.path().join(format!("{}.xlsx", listing.file_stem()));
        let export = Export { listing: listing.clone(), format: ListFormat::Xlsx, audience: None, path };
        assert_eq!(workspace.export(&export, &Watch::default()).unwrap().rows, rows);
        let written = workspace.export(&Export { format: ListFormat::Csv, ..export }, &Watch::default());
        assert_eq!(written.is_ok(), listing.main_table().is_some(), "{listing:?}: {written:?}");
    }
}

#[test]
fn what_narrows_a_page_narrows_its_file_and_stands_in_it() {
    let workspace = demo();
    let as_of = day("2026-11-24");
    let rows = |listing: &Listing| listed(&workspace, listing).table("list").unwrap().rows.len();
    let facts = |listing: &Listing| format!("{:?}", listed(&workspace, listing).facts);
    let rules = |find: &str| Listing::Rules { as_of, find: find.to_owned() };
    assert!(rows(&rules("passport")) > 0 && rows(&rules("passport")) < rows(&rules("")));
    assert!(facts(&rules("passport")).contains("passport"));
    let coverage = |only| Listing::CoverageList { as_of, as_known: None, only };
    let late = coverage(Some(CellState::OutsideWindow));
    assert!(rows(&late) < rows(&coverage(None)));
    assert!(facts(&late).contains(CellState::OutsideWindow.label()));
}

#[test]
fn a_list_behind_a_figure_goes_out_with_what_it_counts_and_adds_up_to() {
    let mut workspace = furnished();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"fund","record":{"reference":"F","title":"TB","amount":"USD 9,000"}}),
            json!({"op":"create","kind":"expense","record":{"reference":"E1","fund":"F","on":"2026-02-03","amount":"USD 40","what":"Fuel"}}),
            json!({"op":"create","kind":"expense","record":{"reference":"E2","fund":"F","on":"2026-02-04","amount":"EUR 5","what":"Stamps"}}),
        ],
    );
    let fund = workspace.find(&[RecordKind::Fund], "F").unwrap();
    let mut query = list_query(RecordKind::Expense, "2026-11-24");
    query.filter.parent = Some(fund);
    query.filter.only = Some(Box::new(Only::Spending(SpendingOf { fund, line: None, paid: None })));
    let document = listed(&workspace, &Listing::Records(query, Columns::Shown));
    let facts: Vec<String> = document.facts.iter().map(|fact| format!("{}: {}", fact.label, fact.value)).collect();
    for said in [
        "Only what a figure counts: grant: TB (F)",
        "Adds up to: counted USD 40.00",
        "Adds up to: paid EUR 5.00",
        "Adds up to: without a rate, of 2 1",
    ] {
        assert!(facts.iter().any(|fact| fact == said), "{said} is missing in {facts:?}");
    }
}

#[test]
fn a_stop_writes_nothing() {
    let workspace = demo();
    let folder = tempfile::tempdir().unwrap();
    let watch = Watch::default();
    watch.stop();
    let path = folder.path().join("requests.xlsx");
    let export = Export { listing: records(RecordKind::Request), format: ListFormat::Xlsx, audience: None, path };
    assert!(workspace.export(&export, &watch).is_err());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_template_has_a_column_for_every_field_and_only_words_of_the_list() {
    let workspace = demo();
    for kind in RecordKind::ALL {
        let bytes = workspace.template(*kind).unwrap();
        let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
        let sheets = book.sheet_names();
        assert_eq!(sheets[0], "How to fill in", "{kind}");
        let range = book.worksheet_range(&sheets[1]).unwrap();
        let row = |at: usize| range.rows().nth(at).unwrap().iter().map(ToString::to_string).collect::<Vec<String>>();
        assert_eq!(row(1)[0], xlsx::template::EXAMPLE, "{kind}");
        let labels = row(0);
        for field in spec(*kind).fields.iter().filter(|field| !matches!(field.kind, FieldKind::List(_))) {
            assert!(labels.contains(&field.label.to_owned()), "{kind} has no column {}", field.label);
        }
    }
}

#[test]
fn who_does_what_counts_goods_and_people_of_the_period_by_place() {
    let workspace = demo();
    let period = Period { as_of: day("2026-11-24"), from: None, to: None };
    let document = listed(&workspace, &Listing::WhoDoesWhat(period));
    let table = document.table("list").unwrap();
    let at = |name: &str| table.columns.iter().position(|column| column.name == name).unwrap();
    let people = |row: &Vec<corridor::domain::document::Cell>| {
        row[at("reached")].words().replace(',', "").parse::<i64>().unwrap_or(0)
    };
    assert!(table.rows.iter().map(people).sum::<i64>() > 0);
    assert!(table.rows.iter().any(|row| !row[at("quantity")].words().is_empty()));
    assert!(table.columns.iter().all(|column| column.hxl.is_empty() || hxl::is_known(&column.hxl)));
    // Nobody is counted for goods.
    assert!(table.rows.iter().all(|row| row[at("item")].words().is_empty() || row[at("reached")].words().is_empty()));
}

#[test]
fn a_grant_is_a_flow_with_its_amount_in_usd() {
    let mut workspace = furnished();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"party","record":{"reference":"DON","name":"Example Fund","roles":["donor"]}}),
            json!({"op":"create","kind":"exchange_rate","record":{"from":"EUR","to":"USD","rate":"1.08","on":"2026-01-01","source":"UN operational rate"}}),
            json!({"op":"create","kind":"fund","record":{"reference":"F","title":"TB","donor":"DON","amount":"EUR 12,000","starts_on":"2026-02-01","history":[{"on":"2026-02-03","state":"active"}]}}),
        ],
    );
    let period = Period { as_of: day("2026-11-24"), from: Some(day("2026-01-01")), to: None };
    let document = listed(&workspace, &Listing::Flows(period));
    let table = document.table("list").unwrap();
    let shown = |name: &str| {
        let at = table.columns.iter().position(|column| column.label == name).unwrap();
        table.rows.iter().map(|row| row[at].words()).collect::<Vec<_>>()
    };
    assert_eq!(shown("amountUSD"), ["12,960"]);
    assert_eq!(shown("exchangeRate"), ["0.925926"]);
    assert_eq!(
        (shown("srcOrganization"), shown("status")),
        (vec!["Example Fund".to_owned()], vec!["commitment".to_owned()])
    );
    assert_eq!(shown("date"), ["2026-02-03"]);
}
