//! Shipment lines out of one CSV file: through the services, by the `sqlite3` shell's `.import` into one plain table of texts,
//! and by a Python script with the same checks. Then the whole import is taken back as one step.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use corridor::domain::record::RecordKind;
use corridor::services::import::{Plan, Wanted, map_by_heading};
use corridor::services::{Watch, Workspace, Write, apply};
use serde_json::{Value, json};

use super::Visit;
use super::resident::status;
use crate::generate;
use crate::report::Bound;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers/import_lines.py");

/// The argument by which this program is told to import a file in a process of its own.
pub const ARGUMENT: &str = "--import-lines";

/// Lines in one shipment.
const EACH: usize = 20;
const ITEMS: usize = 200;
const PARTIES: usize = 50;
const PROJECTS: usize = 20;

/// Up to this size each is measured three times, and the fastest of each counts.
const OFTEN: usize = 100_000;

pub fn visit(visit: &mut Visit<'_>) {
    let folder = visit.folder.join(format!("import-lines-{}", visit.lines));
    std::fs::create_dir_all(&folder).expect("folder");
    let csv = folder.join("lines.csv");
    let total = write_lines(&csv, visit.lines);
    let runs = if visit.lines <= OFTEN { 3 } else { 1 };
    let (mut shell, mut python, mut whole, mut ours) = (f64::INFINITY, f64::INFINITY, f64::INFINITY, Ours::worst());
    for _ in 0..runs {
        shell = shell.min(by_shell(&csv, &folder, visit.lines));
        let begun = by_services(&csv, &folder);
        assert_eq!(begun.total, total, "the sum of all quantities");
        ours = ours.better(&begun);
        python = python.min(by_python(&csv, &folder, total, None));
        whole = whole.min(by_python(&csv, &folder, total, Some("whole")));
    }
    std::fs::remove_dir_all(&folder).expect("remove");
    let report = &mut *visit.report;
    report.beside("Import of lines beside `.import` of sqlite3", Bound::Share(0.25), visit.lines, (ours.import, shell));
    report.beside("Import of lines beside a Python script", Bound::Share(5.0), visit.lines, (ours.import, python));
    report.beside(
        "Import of lines beside a Python script that keeps links, status and search too",
        Bound::None,
        visit.lines,
        (ours.import, whole),
    );
    report.alone("Undo of the import", Bound::None, visit.lines, ours.undo);
    report.alone("Import of lines, resident memory at most", Bound::Megabytes(300.0), visit.lines, ours.memory);
}

/// What our own process says of itself: milliseconds, megabytes, and the sum of all quantities.
struct Ours {
    import: f64,
    undo: f64,
    memory: f64,
    total: i64,
}

impl Ours {
    const fn worst() -> Self {
        Self { import: f64::INFINITY, undo: f64::INFINITY, memory: 0.0, total: 0 }
    }

    const fn better(self, other: &Self) -> Self {
        Self {
            import: self.import.min(other.import),
            undo: self.undo.min(other.undo),
            memory: self.memory.max(other.memory),
            total: other.total,
        }
    }
}

/// The lists that lines name: what an operation writes, and the same as the script reads it.
fn lists() -> Vec<Value> {
    let create = |kind: &str, record: Value| json!({"op":"create","kind":kind,"record":record});
    let item = |at: usize| {
        let (unit, packs) = if by_weight(at) { ("KGM", json!([])) } else { ("H87", json!([])) };
        let category = ["food", "tb", "malaria", "health", "water", "agriculture", "shelter", "other"][at % 8];
        create(
            "item",
            json!({"reference":format!("I{at}"),"name":format!("Item {at}"),"base_unit":unit,"packs":packs,"category":category}),
        )
    };
    let party = |at: usize| create("party", json!({"reference":format!("C{at}"),"name":format!("Clinic {at}")}));
    let project = |at: usize| create("project", json!({"reference":format!("P{at}"),"title":format!("Project {at}")}));
    (0..ITEMS).map(item).chain((0..PARTIES).map(party)).chain((0..PROJECTS).map(project)).collect()
}

const fn by_weight(item: usize) -> bool {
    item.is_multiple_of(4)
}

/// Item, quantity, unit and thousandths of the base unit of a line.
fn goods_of(at: usize) -> (usize, String, &'static str, i64) {
    let item = at * 7 % ITEMS;
    let count = at % 997 + 1;
    let whole = i64::try_from(count).expect("a count");
    match (by_weight(item), at % 5) {
        (true, 0) => (item, format!("{}", whole * 250), "GRM", whole * 250),
        (true, _) => (item, format!("{count}.5"), "KGM", whole * 1000 + 500),
        (false, 0) => (item, count.to_string(), "DZN", whole * 12_000),
        (false, _) => (item, count.to_string(), "H87", whole * 1000),
    }
}

/// Writes the file, and returns the sum of all quantities in thousandths of their base units.
fn write_lines(path: &Path, lines: usize) -> i64 {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path).expect("file"));
    writeln!(file, "shipment,project,started on,item,quantity,unit,batch,expires on,value,consignee").expect("heading");
    let mut total = 0;
    for at in 0..lines {
        let shipment = at / EACH;
        let (item, quantity, unit, thousandths) = goods_of(at);
        let (project, begun, ends) = (shipment % PROJECTS, generate::on(shipment, 0), generate::on(at, 3000));
        let (consignee, cents) = (at % PARTIES, at % 100);
        let batch = format!("B{:06}-{}", at * 31 % 1_000_003, shipment % 10);
        writeln!(
            file,
            "S-{shipment},P{project},{begun},I{item},{quantity},{unit},{batch},{ends},USD {}.{cents:02},C{consignee}",
            at % 5000 + 1
        )
        .expect("line");
        total += thousandths;
    }
    total
}

/// `.import` of the file into one table of texts, by the shell.
fn by_shell(csv: &Path, folder: &Path, lines: usize) -> f64 {
    let target = folder.join("shell.db");
    generate::remove(&target);
    let begun = Instant::now();
    let output = Command::new("sqlite3")
        .arg(&target)
        .args(["-cmd", ".mode csv"])
        .arg(format!(".import '{}' lines", csv.display()))
        .output()
        .unwrap_or_else(|error| panic!("sqlite3 must be installed: {error}"));
    let millis = begun.elapsed().as_secs_f64() * 1e3;
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let count: i64 =
        crate::trace::connect(&target).query_row("select count(*) from lines", [], |row| row.get(0)).expect("count");
    assert_eq!(usize::try_from(count).ok(), Some(lines));
    generate::remove(&target);
    millis
}

/// The script's time.
fn by_python(csv: &Path, folder: &Path, total: i64, whole: Option<&str>) -> f64 {
    let (target, known) = (folder.join("python.db"), folder.join("lists.csv"));
    generate::remove(&target);
    write_lists(&known);
    let mut command = Command::new("python3");
    let output = command.args([Path::new(SCRIPT), csv, &known, &target]).args(whole).output().expect("python3");
    generate::remove(&target);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let (millis, found) = text.trim().split_once('\t').expect("a time and a sum");
    assert_eq!(found.parse(), Ok(total), "both must find the same");
    millis.parse().expect("a time")
}

/// The lists as the script reads them.
fn write_lists(path: &Path) {
    let mut file = std::fs::File::create(path).expect("file");
    for (at, list) in lists().into_iter().enumerate() {
        let (kind, record) = (list["kind"].as_str().expect("kind"), &list["record"]);
        let base = record["base_unit"].as_str().unwrap_or_default();
        let units = match base {
            "KGM" => "GRM=0.001;MGM=0.000001;TNE=1000",
            "H87" => "C62=1;EA=1;NAR=1;DZN=12",
            _ => "",
        };
        let id = (1_i64 << 60) + i64::try_from(at).expect("a number") * 1024;
        writeln!(file, "{kind},{},{id},{base},{units}", record["reference"].as_str().expect("reference")).expect("row");
    }
}

/// The import in a process of its own, so that its memory is known.
fn by_services(csv: &Path, folder: &Path) -> Ours {
    let target = folder.join("ours.corridor");
    generate::remove(&target);
    let program = std::env::current_exe().expect("this program");
    let output = Command::new(program).arg(ARGUMENT).arg(csv).arg(&target).output().expect("a process");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout);
    let figures: Vec<f64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [import, undo, memory, total] = figures[..] else { panic!("{text}") };
    #[expect(clippy::cast_possible_truncation, reason = "a whole number")]
    let total = total as i64;
    generate::remove(&target);
    Ours { import, undo, memory, total }
}

/// Imports the file into a new workspace, takes the import back, and prints what it took. With `CORRIDOR_BENCH_CHECK` the
/// workspace is proved after each, with `CORRIDOR_BENCH_KEEP` it stays as the import leaves it.
pub fn process(csv: &Path, target: &Path) {
    let mut workspace = Workspace::create(target, generate::context()).expect("create");
    let operations: Vec<String> = lists().iter().map(Value::to_string).collect();
    workspace.write(Write::Apply(apply::parse(&operations.join("\n")).expect("lists"))).expect("lists");
    let begun = Instant::now();
    let plan = Box::new(plan(&workspace, csv));
    let imported = workspace.write(Write::Import { plan, watch: Watch::default() });
    imported.unwrap_or_else(|error| panic!("{error}"));
    let import = begun.elapsed().as_secs_f64() * 1e3;
    let memory = status("VmHWM:").unwrap_or_default();
    check(&workspace);
    let total: i64 = crate::trace::connect(target)
        .query_row("select sum(quantity) from goods where role = 'shipped'", [], |row| row.get(0))
        .expect("sum");
    let mut undo = 0.0;
    if std::env::var_os("CORRIDOR_BENCH_KEEP").is_none() {
        let begun = Instant::now();
        workspace.write(Write::Undo).unwrap_or_else(|error| panic!("{error}"));
        undo = begun.elapsed().as_secs_f64() * 1e3;
        check(&workspace);
    }
    let after = status("VmHWM:").unwrap_or_default();
    println!("{import} {undo} {} {total}", memory.max(after));
}

fn check(workspace: &Workspace) {
    if std::env::var_os("CORRIDOR_BENCH_CHECK").is_some() {
        let report = workspace.check().expect("check");
        assert!(report.problems.is_empty(), "{:?}", report.problems);
    }
}

/// What is decided about the file: which of its columns the reference and the consignee of a line are, as a user would say.
fn plan(workspace: &Workspace, csv: &Path) -> Plan {
    let wanted = Wanted { path: csv.to_owned(), kind: Some(RecordKind::Shipment), ..Wanted::default() };
    let mut plan = workspace.import_look(&wanted).expect("look").plan;
    for (heading, field) in [("shipment", "reference"), ("consignee", "lines.consignee")] {
        map_by_heading(&mut plan, heading, field).expect("a column");
    }
    plan
}
