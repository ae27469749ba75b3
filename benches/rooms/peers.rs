//! The same questions asked of the same data as they are asked today: a Python script over CSV, and a spreadsheet.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use corridor::domain::goods::GoodsBy;
use corridor::domain::record::RecordKind;
use corridor::services::queries::{Filter, ListQuery, SortBy, Sources};
use corridor::services::{Answer, Query, Workspace};
use rusqlite::Connection;

use super::{Visit, all, goods, ids, open, overview};
use crate::report::Bound;
use crate::{generate, measure, trace};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers/questions.py");

/// Each file and the statement that fills it.
const FILES: [(&str, &str); 3] = [
    (
        "shipments.csv",
        "select r.reference, r.title, coalesce(i.reference, ''), min(s.begun_on) from record r \
         left join span s on s.record_id = r.id and s.to_on = '9999-12-31' \
         left join record_category c on c.record_id = r.id left join record i on i.id = c.category_id \
         where r.kind = 'shipment' group by r.id, i.reference",
    ),
    (
        "status.csv",
        "select r.reference, s.from_on, s.to_on, s.headline from record r join span s on s.record_id = r.id \
         where r.kind = 'shipment'",
    ),
    (
        "lines.csv",
        "select r.reference, g.role, i.reference, g.on_day, g.quantity from goods g join record r on r.id = g.record_id \
         left join record i on i.id = g.item_id where g.role in ('planned', 'shipped', 'received')",
    ),
];

pub fn visit(visit: &mut Visit<'_>) {
    let folder = visit.folder.join(format!("csv-{}", visit.lines));
    export(&visit.made.path, &folder);
    let workspace = open(&visit.made.path);
    let python = python(&folder);
    if let Some(python) = &python {
        for (at, (title, ask)) in questions().into_iter().enumerate() {
            let mut answer = String::new();
            let millis = measure::median(|| answer = ask(&workspace));
            let (theirs, found) = &python[at];
            assert_eq!(&answer, found, "{title}: both must find the same");
            visit.report.beside(title, Bound::None, visit.lines, (millis, *theirs));
        }
    } else {
        println!("  peers at {}: no python3 here, so nothing to compare with", visit.lines);
    }
    spreadsheet(visit, &folder);
    std::fs::remove_dir_all(&folder).expect("remove");
}

type Question = (&'static str, fn(&Workspace) -> String);

/// The questions, each with an answer as one line of text that the peer must give as well.
fn questions() -> [Question; 3] {
    [
        ("Beside a script over CSV: shipments by status as of a past day", |workspace| {
            let as_of = "2021-03-17".parse().expect("day");
            let query = Query::Overview { as_of, sources: Sources::default() };
            let Answer::Overview(overview) = workspace.answer(&query).expect("overview") else { panic!("overview") };
            let matrix = overview.matrices.iter().find(|matrix| matrix.kind == RecordKind::Shipment);
            let mut rows: Vec<String> = matrix
                .into_iter()
                .flat_map(|matrix| &matrix.rows)
                .map(|row| format!("{} {}", row.status, row.total))
                .collect();
            rows.sort();
            rows.join(", ")
        }),
        ("Beside a script over CSV: shipments of a category by date", |workspace| {
            let category = workspace.find(&[RecordKind::Category], "food").expect("category");
            let filter = Filter { category: Some(category), ..Filter::default() };
            let query = ListQuery { filter, sort: SortBy::Begun, descending: true, ..all(RecordKind::Shipment) };
            ids(workspace, &query).len().to_string()
        }),
        ("Beside a script over CSV: planned, shipped, received by item", |workspace| {
            let query = Query::Goods(goods::by(GoodsBy::Item));
            let Answer::Goods(table) = workspace.answer(&query).expect("goods") else { panic!("goods") };
            let sums = table
                .rows
                .iter()
                .fold([0; 3], |sums, row| std::array::from_fn(|role| sums[role] + row.figures[role].quantity));
            sums.map(|sum| sum.to_string()).join(" ")
        }),
    ]
}

/// Writes the data as a user would have it: one file a sheet.
fn export(path: &Path, folder: &Path) {
    std::fs::create_dir_all(folder).expect("folder");
    let connection = trace::connect(path);
    for (name, sql) in FILES {
        write_csv(&connection, sql, &folder.join(name));
    }
}

fn write_csv(connection: &Connection, sql: &str, path: &Path) {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path).expect("file"));
    let mut statement = connection.prepare(sql).expect("statement");
    let columns = statement.column_count();
    writeln!(file, "{}", (0..columns).map(|at| format!("c{at}")).collect::<Vec<_>>().join(",")).expect("heading");
    let mut rows = statement.query([]).expect("rows");
    while let Some(row) = rows.next().expect("row") {
        let cell = |at| match row.get_ref(at).expect("cell") {
            rusqlite::types::ValueRef::Integer(number) => number.to_string(),
            other => other.as_str().unwrap_or_default().to_owned(),
        };
        writeln!(file, "{}", (0..columns).map(cell).collect::<Vec<_>>().join(",")).expect("row");
    }
}

/// The script's time and answer for each question; `None` where there is no Python.
fn python(folder: &Path) -> Option<Vec<(f64, String)>> {
    let today = generate::today().to_string();
    let output = Command::new("python3").arg(SCRIPT).arg(folder).arg("2021-03-17").arg(today).output().ok()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let read = |line: &str| {
        let (millis, answer) = line.split_once('\t').expect("a time and an answer");
        (millis.parse().expect("a time"), answer.to_owned())
    };
    Some(text.lines().map(read).collect())
}

/// A spreadsheet opens the sheet of lines and writes it back, which is the least it does before it can answer anything.
fn spreadsheet(visit: &mut Visit<'_>, folder: &Path) {
    let names = ["soffice", "libreoffice"];
    let Some(program) = names.into_iter().find(|name| Command::new(name).arg("--version").output().is_ok()) else {
        println!("  peers at {}: no LibreOffice here, so the spreadsheet is left out", visit.lines);
        return;
    };
    if visit.lines >= 1_000_000 {
        println!("  peers at {}: a spreadsheet has 1,048,576 rows, and these are more lines than that", visit.lines);
        return;
    }
    let sheet: PathBuf = folder.join("lines.csv");
    let begun = Instant::now();
    let done = Command::new(program)
        .args(["--headless", "--convert-to", "ods", "--outdir"])
        .arg(folder)
        .arg(&sheet)
        .output()
        .expect("a spreadsheet");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let theirs = begun.elapsed().as_secs_f64() * 1e3;
    let ours = measure::median(|| drop(open(&visit.made.path).answer(&overview::today()).expect("overview")));
    visit.report.beside("Beside LibreOffice: open the file", Bound::None, visit.lines, (ours, theirs));
}
