//! The ids of filtered and sorted lists beside the bare statement, and a page of their rows.

use corridor::domain::record::{LineRole, RecordKind};
use corridor::services::queries::{Filter, LineFilter, LineKey, LinesQuery, ListQuery, SortBy, SortLines, Sources};
use corridor::services::{Answer, Query, Workspace};

use super::{PAGE, Visit, all, ids, open, page};
use crate::report::Bound;
use crate::trace::Statement;
use crate::{generate, measure, trace};

pub fn visit(visit: &mut Visit<'_>) {
    let workspace = open(&visit.made.path);
    let lists = lists(&workspace);
    pages(visit, &workspace);
    drop(workspace);
    for (title, query) in lists {
        compare::<1>(visit, title, &Query::List(query));
    }
    for (title, sort) in [
        ("Keys: all lines by day, newest first", SortLines::Day),
        ("Keys: all lines by quantity", SortLines::Quantity),
        ("Keys: all lines by item", SortLines::Item),
    ] {
        compare::<2>(visit, title, &Query::Lines(lines(sort)));
    }
}

/// Asks a question that reads keys, and the engine the one statement behind it. One after the other and never both open:
/// connections of one process share their memory for pages, and the one that was opened first is starved by the other.
fn compare<const N: usize>(visit: &mut Visit<'_>, title: &str, query: &Query) {
    let count = |workspace: &Workspace| match workspace.answer(query).expect("list") {
        Answer::List(ids) => ids.len(),
        Answer::Lines(list) => list.len(),
        other => panic!("{other:?}"),
    };
    // A text is also looked up in the index of texts; the peer is the one statement that gives the keys.
    let statements = {
        let workspace = open(&visit.made.path);
        trace::of(&workspace, || {
            count(&workspace);
        })
    };
    let keyed = |statement: &&Statement| {
        ["select r.id\n", "select g.record_id,"].iter().any(|select| statement.sql.contains(select))
    };
    let statement = statements.iter().find(keyed).expect("a statement that reads keys");
    let (ours, found) = {
        let workspace = open(&visit.made.path);
        let ours = measure::median(|| {
            count(&workspace);
        });
        (ours, count(&workspace))
    };
    let bare = trace::connect(&visit.made.path);
    if statements.len() == 1 {
        assert_eq!(trace::keys::<N>(&bare, statement).len(), found, "{title}");
    }
    let peer = measure::median(|| drop(trace::keys::<N>(&bare, statement)));
    println!("  {title}: {found} keys, {} statements", statements.len());
    visit.report.beside(title, Bound::Times(1.3), visit.lines, (ours, peer));
}

fn lists(workspace: &Workspace) -> Vec<(&'static str, ListQuery)> {
    let category = workspace.find(&[RecordKind::Category], "food").expect("a category");
    let shipments =
        |filter: Filter, sort, descending| ListQuery { filter, sort, descending, ..all(RecordKind::Shipment) };
    let of_category = Filter { category: Some(category), ..Filter::default() };
    let of_text = Filter { text: "consignment 19".to_owned(), ..Filter::default() };
    let sent = Filter { status: Some("approved".to_owned()), ..Filter::default() };
    vec![
        ("Ids: shipments of a category by date, newest first", shipments(of_category, SortBy::Begun, true)),
        ("Ids: shipments with a text", shipments(of_text, SortBy::Reference, false)),
        ("Ids: requests of a status", ListQuery { filter: sent, ..all(RecordKind::Request) }),
        ("Ids: all shipments by reference", all(RecordKind::Shipment)),
    ]
}

/// Every line that was shipped.
pub fn lines(sort: SortLines) -> LinesQuery {
    LinesQuery {
        role: LineRole::Shipped,
        as_of: generate::today(),
        sources: Sources::Both,
        filter: LineFilter { pending: true, ..LineFilter::default() },
        sort,
        descending: sort == SortLines::Day,
    }
}

/// The keys of every line that was shipped.
pub fn keys(workspace: &Workspace, sort: SortLines) -> Vec<LineKey> {
    match workspace.answer(&Query::Lines(lines(sort))).expect("lines") {
        Answer::Lines(list) => list.to_vec(),
        other => panic!("{other:?}"),
    }
}

/// Pages at two hundred places of the whole list, as somebody who scrolls would ask for them.
fn pages(visit: &mut Visit<'_>, workspace: &Workspace) {
    let ids = ids(workspace, &all(RecordKind::Shipment));
    let place = |run: usize, length: usize| (run * 7919) % length.saturating_sub(PAGE).max(1);
    let mut records = measure::all(200, |run| {
        workspace.answer(&page(RecordKind::Shipment, &ids[place(run, ids.len())..])).expect("rows");
    });
    let keys = keys(workspace, SortLines::Day);
    let mut rows = measure::all(200, |run| {
        let from = place(run, keys.len());
        let keys = keys[from..].iter().take(PAGE).copied().collect();
        workspace.answer(&Query::LineRows { as_of: generate::today(), keys }).expect("rows");
    });
    for (what, times) in [("60 shipments", &mut records), ("60 lines", &mut rows)] {
        let median = measure::at(times, 0.5);
        visit.report.alone(&format!("A page of {what}"), Bound::Millis(2.0), visit.lines, median);
        let most = measure::at(times, 0.99);
        visit.report.alone(&format!("A page of {what}, 99 of 100"), Bound::None, visit.lines, most);
    }
}
