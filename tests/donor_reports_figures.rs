//! Every figure of a donor report has its list and equals it; no number of a table stands without one.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeSet;

use corridor::domain::document::{Cell, Table};
use corridor::domain::id::Id;
use corridor::domain::money::Money;
use corridor::domain::quantity::Quantity;
use corridor::domain::record::RecordKind;
use corridor::services::queries::{LineRow, LinesQuery, ListQuery, Only, PeopleOf};
use corridor::services::reports::{Behind, DonorReport, Figure};
use corridor::services::{Answer, Query, Workspace};
use serde_json::{Value, json};
use support::donors::{report, table, two_donors};
use support::*;

/// A record as it is kept, its links by reference; what it does not have is null.
fn image(workspace: &Workspace, id: Id) -> Value {
    Value::Object(workspace.record_by_references(id).unwrap())
}

/// The rows of a list of goods as its page shows them.
fn rows_of(workspace: &Workspace, query: &LinesQuery) -> Vec<LineRow> {
    let Answer::Lines(keys) = workspace.answer(&Query::Lines(query.clone())).unwrap() else { panic!("no list") };
    match workspace.answer(&Query::LineRows { as_of: query.as_of, keys: keys.to_vec() }).unwrap() {
        Answer::LineRows(rows) => rows,
        other => panic!("{other:?}"),
    }
}

/// A figure of goods as its list has it, in a column of the list or in two of them.
fn of_lines(workspace: &Workspace, query: &LinesQuery, column: &str) -> Cell {
    let rows = rows_of(workspace, query);
    let quantity: i64 = rows.iter().map(|row| Quantity::parse(&row.quantity).unwrap().thousandths()).sum();
    let damaged: i64 = rows.iter().map(|row| row.damaged).sum();
    let lost: i64 = rows.iter().map(|row| row.lost).sum();
    told_beside_the_list(workspace, query, [quantity, damaged, lost]);
    match column {
        "lost" => Cell::Quantity(lost),
        "damaged" => Cell::Quantity(damaged),
        "usable" | "of_fund" => Cell::Quantity(quantity - damaged),
        "value" => value_of(&rows),
        _ => Cell::Quantity(quantity),
    }
}

/// The sums in the heading of the list are those of its rows.
fn told_beside_the_list(workspace: &Workspace, query: &LinesQuery, rows: [i64; 3]) {
    let Answer::LineTotals(totals) = workspace.answer(&Query::LineTotals(query.clone())).unwrap() else { panic!() };
    let beside = |of: fn(&corridor::services::queries::BesideTotal) -> i64| {
        totals.iter().filter_map(|total| total.beside.as_ref()).map(of).sum::<i64>()
    };
    let quantity: i64 = totals.iter().map(|total| total.figure.quantity).sum();
    assert_eq!([quantity, beside(|beside| beside.damaged), beside(|beside| beside.lost)], rows, "{query:?}");
}

fn value_of(rows: &[LineRow]) -> Cell {
    let mut sums: std::collections::BTreeMap<&str, i64> = std::collections::BTreeMap::new();
    for value in rows.iter().filter_map(|row| row.value.as_ref()) {
        *sums.entry(value.currency()).or_default() += value.minor();
    }
    let sums: Vec<Money> = sums.into_iter().map(|(currency, minor)| Money::of(minor, currency)).collect();
    match sums.as_slice() {
        [] => Cell::Empty,
        [one] => Cell::Money(one.clone()),
        several => Cell::text(several.iter().map(Money::grouped).collect::<Vec<_>>().join("; ")),
    }
}

/// The people of the records of a list, each once: those counted again are left out where the earlier record counts as well.
fn of_people(workspace: &Workspace, query: &ListQuery, of: &PeopleOf) -> Cell {
    let mut wide = query.clone();
    let everybody = PeopleOf { group: None, sex: None, age: None, estimated: false, ..of.clone() };
    wide.filter.only = Some(Box::new(Only::People(everybody)));
    let among: BTreeSet<String> = ids(workspace, wide)
        .into_iter()
        .map(|id| image(workspace, id)["reference"].as_str().unwrap().to_owned())
        .collect();
    let mut people = 0;
    for id in ids(workspace, query.clone()) {
        let record = image(workspace, id);
        if of.estimated && record["basis"] != "estimated" {
            continue;
        }
        let repeats = record["repeats"].as_str().is_some_and(|earlier| among.contains(earlier));
        for row in record["groups"].as_array().unwrap() {
            let fits = of.sex.is_none_or(|sex| row["sex"] == sex.word())
                && of.age.is_none_or(|age| row["age"] == age.word())
                && of.group.as_ref().is_none_or(|group| row["group"] == group.as_str());
            let count = |field: &str| row[field].as_i64().unwrap_or_default();
            people += if fits { count("people") - if repeats { count("again") } else { 0 } } else { 0 };
        }
    }
    Cell::Count(people)
}

/// A figure of money as its list of expenses has it: paid from the records, counted as the page says above the list.
fn of_expenses(workspace: &Workspace, query: &ListQuery, column: &str, shown: &Cell) -> Cell {
    let listed = ids(workspace, query.clone());
    if column == "expenses" {
        return Cell::Count(i64::try_from(listed.len()).unwrap());
    }
    let Answer::ListFigure(Some(figure)) = workspace.answer(&Query::ListFigure(query.clone())).unwrap() else {
        panic!("nothing is said above the list")
    };
    let told = |label: &str| {
        let sums: Vec<&Cell> = figure.sums.iter().filter(|(of, _)| of == label).map(|(_, sum)| sum).collect();
        assert!(sums.len() < 2, "{sums:?}");
        sums.first().map(|sum| (*sum).clone())
    };
    let Cell::Money(money) = shown else { return told("counted").unwrap_or(Cell::Empty) };
    let nothing = Cell::Money(Money::of(0, money.currency()));
    if column != "paid" {
        return told("counted").unwrap_or(nothing);
    }
    let amounts = listed.iter().map(|id| {
        let amount = image(workspace, *id)["amount"].as_str().unwrap().to_owned();
        let amount = Money::parse(&amount).unwrap();
        assert_eq!(amount.currency(), money.currency());
        amount.minor()
    });
    let paid = Cell::Money(Money::of(amounts.sum(), money.currency()));
    assert_eq!(told("paid").unwrap_or(nothing), paid);
    paid
}

/// The figure as the one record behind it says it.
fn of_record(workspace: &Workspace, id: Id, row: &[Cell], at: usize, column: &str, as_of: &str) -> Cell {
    let record = image(workspace, id);
    let quantity = |text: &Value| Cell::Quantity(Quantity::parse(text.as_str().unwrap()).unwrap().thousandths());
    let money = |text: &Value| Cell::Money(Money::parse(text.as_str().unwrap()).unwrap());
    match column {
        "baseline" | "target" => quantity(&record[column]),
        "record" => Cell::text(record["reference"].as_str().unwrap()),
        "rate" => {
            let told = record["rate"].as_str().unwrap();
            if row[at].words() == told { row[at].clone() } else { Cell::text(told) }
        }
        "targeted" => {
            let targets = record["targets"].as_array().unwrap();
            let of_group = |target: &&Value| target["group"] == row[0].words() && sex_of(target) == row[1].words();
            Cell::Count(targets.iter().find(of_group).unwrap()["people"].as_i64().unwrap())
        }
        "budget" => {
            let line = record["budget"].as_array().into_iter().flatten().find(|line| {
                row[0].words().ends_with(line["title"].as_str().unwrap()) && row[0].words() != "The grant"
            });
            money(line.map_or(&record["amount"], |line| &line["amount"]))
        }
        _ => {
            let shown = format!("{:?}", detail(workspace, id, as_of).sections);
            assert!(shown.contains(&row[at].words()), "{} is not in {shown}", row[at].words());
            row[at].clone()
        }
    }
}

fn sex_of(target: &Value) -> String {
    let word = target["sex"].as_str().unwrap_or("all");
    corridor::domain::record::Sex::from_word(word).unwrap().label().to_owned()
}

fn row_of<'a>(table: &'a Table, figure: &Figure) -> &'a [Cell] {
    figure.row.map_or(&table.totals, |row| &table.rows[row])
}

fn place_of(table: &Table, column: &str) -> usize {
    table.columns.iter().position(|one| one.name == column).unwrap_or_else(|| panic!("{}: {column}", table.key))
}

/// Compares each figure with its list; says how many were compared.
fn figures_equal_their_lists(workspace: &Workspace, report: &DonorReport, as_of: &str) -> usize {
    let mut compared = 0;
    for figure in &report.figures {
        let table = table(&report.document, &figure.table);
        let (row, at) = (row_of(table, figure), place_of(table, figure.column));
        let listed = match &figure.behind {
            Behind::Reckoned(_) => continue,
            Behind::Lines(query) => of_lines(workspace, query, figure.column),
            Behind::Records(query) => match query.filter.only.as_deref() {
                Some(Only::People(of)) => of_people(workspace, query, of),
                Some(Only::Spending(_)) => of_expenses(workspace, query, figure.column, &row[at]),
                None => panic!("{figure:?} is a list that adds up to nothing"),
            },
            Behind::One { .. } if !is_number(&row[at]) && figure.column != "record" => continue,
            Behind::One { id, on } => of_record(workspace, *id, row, at, figure.column, &on.to_string()),
        };
        assert_eq!(row[at], listed, "{} {:?} {} on {as_of}", figure.table, figure.row, figure.column);
        compared += 1;
    }
    compared
}

fn is_number(cell: &Cell) -> bool {
    matches!(cell, Cell::Count(_) | Cell::Quantity(_) | Cell::Money(_) | Cell::Rate(_) | Cell::PerMille(_))
}

/// What is wrong with a number: it leads nowhere, or to cells that lead nowhere or do not make it.
fn unexplained(report: &DonorReport) -> Vec<String> {
    let mut found = Vec::new();
    for table in report.document.tables() {
        let totals = Some((None, &table.totals)).filter(|(_, totals)| !totals.is_empty());
        let rows = table.rows.iter().enumerate().map(|(at, row)| (Some(at), row)).chain(totals);
        for (at, row) in rows {
            for (cell, column) in row.iter().zip(&table.columns).filter(|(cell, _)| is_number(cell)) {
                let behind = |name: &str| {
                    let mut all = report.figures.iter();
                    all.find(|one| one.table == table.key && one.row == at && one.column == name).map(|one| &one.behind)
                };
                let whole = match behind(&column.name) {
                    None => false,
                    Some(Behind::Reckoned(names)) => {
                        let linked = |name: &&str| behind(name).is_some_and(|one| !matches!(one, Behind::Reckoned(_)));
                        names.iter().all(linked) && reckoned(table, row, names, &column.name) == *cell
                    }
                    Some(_) => true,
                };
                if !whole {
                    found.push(format!("{} {at:?} {}: {}", table.key, column.name, cell.words()));
                }
            }
        }
    }
    found
}

/// A cell reckoned anew from the cells it names.
fn reckoned(table: &Table, row: &[Cell], names: &[&str], column: &str) -> Cell {
    let numbers: Vec<i64> = names
        .iter()
        .map(|name| match &row[place_of(table, name)] {
            Cell::Quantity(number) | Cell::Count(number) => *number,
            Cell::Money(money) => money.minor(),
            other => panic!("{name}: {other:?}"),
        })
        .collect();
    match (column, numbers.as_slice()) {
        ("left", [budget, spent]) => match &row[place_of(table, names[0])] {
            Cell::Money(money) => Cell::Money(Money::of(budget - spent, money.currency())),
            other => panic!("{other:?}"),
        },
        ("way", [baseline, target, actual]) => Cell::PerMille((actual - baseline) * 1000 / (target - baseline)),
        (_, [part, whole]) => Cell::PerMille(part * 1000 / whole),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_figure_equals_the_list_behind_it_and_none_stands_without_one() {
    let mut workspace = two_donors();
    // One of no rate, one of no budget line: both have their place.
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"expense","record":{"reference":"E3","fund":"FX","on":"2026-02-05","amount":"EUR 7","what":"Before any rate"}}),
            json!({"op":"create","kind":"expense","record":{"reference":"E4","fund":"FX","on":"2026-04-06","amount":"USD 11","what":"Of no line"}}),
        ],
    );
    for as_of in ["2026-02-10", "2026-03-25", "2026-04-30", "2026-06-30"] {
        for reference in ["RX", "RY"] {
            apply(&mut workspace, &[json!({"op":"edit","kind":"report","reference":reference,"set":{"as_of":as_of}})]);
            let report = report(&workspace, reference);
            assert_eq!(unexplained(&report), Vec::<String>::new(), "{reference} {as_of}");
            let compared = figures_equal_their_lists(&workspace, &report, as_of);
            assert!(compared > 20, "{compared}");
        }
    }
    let id = workspace.find(&[RecordKind::Report], "RX").unwrap();
    assert_eq!(workspace.donor_report(id).unwrap(), report(&workspace, "RX"), "the same again");
}

#[test]
fn every_figure_of_the_demo_equals_its_list_on_several_days() {
    let mut workspace = workspace();
    corridor::services::demo::fill(&mut workspace).unwrap();
    let mut compared = 0;
    for id in ids(&workspace, list_query(RecordKind::Report, "2026-11-24")) {
        for as_of in ["2026-06-30", "2026-09-30", "2026-11-24"] {
            let report = workspace.donor_report_as_of(id, Some(day(as_of))).unwrap();
            assert_eq!(unexplained(&report), Vec::<String>::new(), "{as_of}");
            compared += figures_equal_their_lists(&workspace, &report, as_of);
        }
    }
    assert!(compared > 200, "{compared}");
}

#[test]
fn a_number_without_a_list_is_found() {
    let workspace = two_donors();
    let whole = report(&workspace, "RX");
    for (table, column) in [("delivered", "value"), ("targets", "reached"), ("spending", "counted"), ("money", "left")]
    {
        let mut report = whole.clone();
        report.figures.retain(|one| (one.table.as_str(), one.column) != (table, column));
        let found = unexplained(&report);
        assert!(found.iter().any(|one| one.starts_with(table) && one.contains(column)), "{table} {column}: {found:?}");
    }
}

#[test]
fn the_rows_of_goods_say_what_was_damaged_and_lost_and_worth_of_each_fund_s_part() {
    let workspace = two_donors();
    let report = report(&workspace, "RX");
    let behind = |column: &str| {
        let figure = report.figures.iter().find(|one| one.table == "delivered" && one.column == column).unwrap();
        let Behind::Lines(query) = &figure.behind else { panic!("{figure:?}") };
        rows_of(&workspace, query)
    };
    let shipped: Vec<String> = behind("value").iter().map(|row| row.value.as_ref().unwrap().grouped()).collect();
    assert_eq!(shipped, ["USD 3,000.00", "USD 3,000.00"]);
    // A carton of 20 was lost of the first consignment, 30 pieces were damaged in the second; 60 % of both is the fund's.
    let received: Vec<(i64, i64)> = behind("usable").iter().map(|row| (row.damaged, row.lost)).collect();
    assert_eq!(received, [(0, 12_000), (18_000, 0)]);
}
