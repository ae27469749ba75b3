//! Rows of a table become records: what is added, changed, skipped and refused, as the one who imports sees it.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that fails by panicking is a test that fails")]

mod support;

use corridor::domain::record::RecordKind;
use corridor::services::import::{
    DateOrder, Plan, Preview, RowState, Severity, TextEncoding, TextOptions, Wanted, set_for_all,
};
use corridor::services::{Watch, Workspace, Write};
use serde_json::{Value, json};
use support::{apply, furnished, ids, list_query, workspace};

/// A file on the disk that goes away with the test.
struct File {
    folder: tempfile::TempDir,
    name: String,
}

impl File {
    fn named(name: &str, text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), text).unwrap();
        Self { folder, name: name.to_owned() }
    }

    fn wanted(&self) -> Wanted {
        Wanted { path: self.folder.path().join(&self.name), ..Wanted::default() }
    }
}

fn csv(text: &str) -> File {
    File::named("rows.csv", text)
}

fn plan(workspace: &Workspace, file: &File, kind: RecordKind) -> Plan {
    workspace.import_look(&Wanted { kind: Some(kind), ..file.wanted() }).unwrap().plan
}

fn preview(workspace: &Workspace, plan: &Plan) -> Preview {
    workspace.import_preview(plan, &Watch::default()).unwrap()
}

fn import(workspace: &mut Workspace, plan: &Plan) -> String {
    let write = Write::Import { plan: Box::new(plan.clone()), watch: Watch::default() };
    workspace.write(write).unwrap_or_else(|error| panic!("{error}")).message
}

fn errors(preview: &Preview) -> Vec<String> {
    let errors = preview.causes.iter().filter(|cause| cause.severity == Severity::Error);
    errors.flat_map(|cause| &cause.first).map(|message| message.sentence(&preview.sheet)).collect()
}

fn records(workspace: &Workspace, kind: RecordKind) -> Vec<Value> {
    let ids = ids(workspace, list_query(kind, "2026-11-24"));
    ids.into_iter().map(|id| Value::Object(workspace.record_by_references(id).unwrap())).collect()
}

fn record(workspace: &Workspace, kind: RecordKind, reference: &str) -> Value {
    let found = records(workspace, kind).into_iter().find(|record| record["reference"] == reference);
    found.unwrap_or_else(|| panic!("no {kind} {reference}"))
}

#[test]
fn new_rows_are_added_known_ones_changed_or_skipped_and_all_are_one_step_of_undo() {
    let mut workspace = workspace();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"item","record":{"reference":"A","name":"Blanket","base_unit":"H87"}}),
            json!({"op":"create","kind":"item","record":{"reference":"B","name":"Soap","base_unit":"H87"}}),
        ],
    );
    let file = csv("Code,Name,Base unit\nA,Blanket,piece\nB,Soap bar,piece\n00123,Stove,KGM\n");
    let plan = plan(&workspace, &file, RecordKind::Item);
    let seen = preview(&workspace, &plan);
    assert_eq!((seen.records.add, seen.records.change, seen.records.skip, seen.records.cannot), (1, 1, 1, 0));
    let change = seen.first.iter().find(|row| row.state == RowState::Change).unwrap();
    assert_eq!(
        (change.row, change.changes[0].before.as_str(), change.changes[0].after.as_str()),
        (3, "Soap", "Soap bar")
    );
    assert_eq!(
        import(&mut workspace, &plan),
        "Imported rows.csv: added 1 item, changed 1 item, 1 item were there already"
    );
    assert_eq!(record(&workspace, RecordKind::Item, "00123")["name"], "Stove", "leading zeros are kept");
    workspace.write(Write::Undo).unwrap();
    assert_eq!(records(&workspace, RecordKind::Item).len(), 2);
    assert_eq!(record(&workspace, RecordKind::Item, "B")["name"], "Soap");
    assert!(workspace.check().unwrap().problems.is_empty());
}

#[test]
fn rows_of_one_shipment_become_its_lines_and_the_rest_is_passed_over() {
    let mut workspace = furnished();
    let file = File::named(
        "packing list.csv",
        "Packing list of the north\n\nShipment no,Item,Qty,Unit,Batch,Colour\nS-1,Milk can,10,pcs,007,red\n,X,\"1 200 pcs\",,008,blue\n\nTotal,,1210,,,\nS-2,X,2,crate,,\n",
    );
    let look = workspace.import_look(&file.wanted()).unwrap();
    assert_eq!((look.plan.kind, look.plan.header), (RecordKind::Shipment, 3));
    let seen = preview(&workspace, &look.plan);
    assert_eq!(errors(&seen), Vec::<String>::new());
    assert_eq!((seen.records.add, seen.rows.add), (2, 3));
    assert_eq!(seen.ignored, ["Colour"]);
    let passed: Vec<(&str, u64)> = seen.passed.iter().map(|passed| (passed.why.word(), passed.first[0])).collect();
    assert_eq!(passed, [("empty", 6), ("total", 7)]);
    import(&mut workspace, &look.plan);
    let shipment = record(&workspace, RecordKind::Shipment, "S-1");
    let line = |at: usize| &shipment["lines"][at];
    assert_eq!((&line(0)["item"], &line(0)["quantity"], &line(0)["batch"]), (&json!("X"), &json!("10"), &json!("007")));
    assert_eq!((&line(1)["quantity"], &line(1)["unit"]), (&json!("1200"), &json!("H87")));
}

#[test]
fn a_day_that_can_be_two_days_is_asked_for_and_keeps_its_rows_out_until_it_is_said() {
    let workspace = furnished();
    let file = csv("Reference,Title,Planned departure\nS-1,North,03/04/23\nS-2,South,2023-05-01\n");
    let mut plan = plan(&workspace, &file, RecordKind::Shipment);
    let seen = preview(&workspace, &plan);
    assert_eq!((seen.rows.add, seen.rows.cannot), (1, 1));
    assert_eq!(
        (seen.questions[0].heading.as_str(), seen.questions[0].example.as_str()),
        ("Planned departure", "03/04/23")
    );
    assert_eq!(
        errors(&seen)[0],
        "rows, row 2, column C (Planned departure), found “03/04/23”: The day can be read in several ways (day, month, \
         year or month, day, year). Choose the order of dates for this column. Expected: a day, for example 2026-03-31."
    );
    plan.dates = Some(DateOrder::DayFirst);
    assert_eq!(preview(&workspace, &plan).rows.cannot, 0);
}

#[test]
fn every_refusal_names_its_cell_and_nothing_comes_in_while_one_stands() {
    let mut workspace = furnished();
    let file = csv("Reference,Item,Quantity\nS-1,X,ten\nS-2,Nothing like it,5\nS-3,X,\nS-4,X,1\n");
    let plan = plan(&workspace, &file, RecordKind::Shipment);
    let said = errors(&preview(&workspace, &plan)).join("\n");
    for part in [
        "rows, row 2, column C (Lines: Quantity), found “ten”: “ten” is not a number",
        "rows, row 3, column B (Lines: Item), found “Nothing like it”: There is no item “Nothing like it”. Add it first",
        "rows, row 4, column C (Lines: Quantity): Nothing stands here, and it is needed",
    ] {
        assert!(said.contains(part), "{part} is missing in\n{said}");
    }
    let write = Write::Import { plan: Box::new(plan.clone()), watch: Watch::default() };
    let refused = workspace.write(write).unwrap_err().to_string();
    assert!(refused.starts_with("The file rows.csv was not imported.") && refused.contains("found “ten”"), "{refused}");
    assert_eq!(records(&workspace, RecordKind::Shipment).len(), 1);
    let partial = Plan { partial: true, ..plan };
    assert!(import(&mut workspace, &partial).ends_with("added 1 shipment, left out 3 rows that cannot come in"));
    assert_eq!(records(&workspace, RecordKind::Shipment).len(), 2);
}

#[test]
fn a_stop_leaves_nothing_behind() {
    let mut workspace = furnished();
    let rows: Vec<String> = (1..2_000).map(|row| format!("I-{row},Thing {row},piece")).collect();
    let file = csv(&format!("Code,Name,Base unit\n{}\n", rows.join("\n")));
    let plan = plan(&workspace, &file, RecordKind::Item);
    let watch = Watch::default();
    watch.stop();
    assert!(workspace.import_preview(&plan, &watch).is_err());
    let stopped = workspace.write(Write::Import { plan: Box::new(plan), watch });
    assert!(stopped.unwrap_err().to_string().contains("Stopped"));
    assert_eq!(records(&workspace, RecordKind::Item).len(), 1);
    assert!(workspace.check().unwrap().problems.is_empty());
}

#[test]
fn a_row_can_name_a_record_that_a_row_above_it_adds() {
    let mut workspace = workspace();
    let file = csv("Reference,Name,Within\nP-1,North Province,\nP-2,Small county,P-1\nP-4,Too early,P-5\n");
    let plan = plan(&workspace, &file, RecordKind::Site);
    let seen = preview(&workspace, &plan);
    assert_eq!((seen.rows.add, seen.rows.cannot), (2, 1), "{:?}", errors(&seen));
    import(&mut workspace, &Plan { partial: true, ..plan });
    assert_eq!(record(&workspace, RecordKind::Site, "P-2")["within"], "P-1");
}

#[test]
fn a_record_that_stands_in_two_places_of_the_file_is_refused() {
    let workspace = furnished();
    let file = csv("Reference,Item,Quantity\nS-1,X,1\nS-2,X,1\nS-1,X,2\n");
    let seen = preview(&workspace, &plan(&workspace, &file, RecordKind::Shipment));
    assert_eq!(seen.rows.cannot, 1);
    assert!(errors(&seen)[0].contains("Row 2 holds this record already"), "{:?}", errors(&seen));
}

#[test]
fn records_are_found_by_the_columns_that_were_chosen() {
    let mut workspace = furnished();
    let file = csv("Name,Nationality,Role\na. traveller,United States of America,Nurse\nB. New,KR,\n");
    let mut plan = plan(&workspace, &file, RecordKind::Person);
    assert!(preview(&workspace, &plan).notes[0].contains("every row is added as new"));
    plan.keys = vec!["name".to_owned()];
    let seen = preview(&workspace, &plan);
    assert_eq!((seen.records.add, seen.records.change), (1, 1), "{:?}", errors(&seen));
    import(&mut workspace, &plan);
    assert_eq!(record(&workspace, RecordKind::Person, "X")["role"], "Nurse");
    assert_eq!(records(&workspace, RecordKind::Person).len(), 2);
}

#[test]
fn a_file_that_was_changed_after_the_preview_is_not_imported() {
    let mut workspace = workspace();
    let file = csv("Code,Name,Base unit\nA,Blanket,piece\n");
    let seen = preview(&workspace, &plan(&workspace, &file, RecordKind::Item));
    std::fs::write(&seen.plan.path, "Code,Name,Base unit\nA,Blanket,piece\nB,Soap,piece\n").unwrap();
    let refused = workspace.write(Write::Import { plan: Box::new(seen.plan), watch: Watch::default() }).unwrap_err();
    assert!(refused.to_string().contains("was changed since it was looked at"), "{refused}");
}

#[test]
fn rejected_rows_are_saved_with_what_is_wrong_and_come_in_once_they_are_mended() {
    let mut workspace = furnished();
    let file = csv("Code,Name,Base unit,Note\nA,Blanket,furlong,'=1+1\nB,Soap,piece,\n");
    let plan = Plan { partial: true, ..plan(&workspace, &file, RecordKind::Item) };
    let saved = file.folder.path().join("rejected.csv");
    assert_eq!(workspace.import_rejected(&plan, &saved, &Watch::default()).unwrap(), 1);
    let text = std::fs::read_to_string(&saved).unwrap();
    assert!(text.starts_with("\u{feff}Code,Name,Base unit,Note,Error\nA,Blanket,furlong,'=1+1,"), "{text}");
    assert!(text.contains("The unit “furlong” is not known"), "{text}");
    std::fs::write(&saved, text.replacen("furlong,", "piece,", 1)).unwrap();
    let wanted = Wanted { path: saved, kind: Some(RecordKind::Item), ..Wanted::default() };
    let mended = workspace.import_look(&wanted).unwrap().plan;
    import(&mut workspace, &mended);
    assert_eq!(record(&workspace, RecordKind::Item, "A")["note"], "=1+1", "what was defused is as it was");
}

#[test]
fn the_rows_that_cannot_come_in_are_never_saved_over_the_file_that_is_imported() {
    let workspace = furnished();
    let text = "Code,Name,Base unit\nA,Blanket,furlong\n";
    let file = csv(text);
    let plan = Plan { partial: true, ..plan(&workspace, &file, RecordKind::Item) };
    let refused = workspace.import_rejected(&plan, &plan.path, &Watch::default()).unwrap_err().to_string();
    assert!(refused.contains("under another name"), "{refused}");
    assert_eq!(std::fs::read_to_string(&plan.path).unwrap(), text);
}

#[test]
fn groups_over_headings_are_read_with_them_and_the_rows_can_be_said() {
    let mut workspace = furnished();
    let file = csv("Item,Quantity,,Packing,\n,planned,shipped,Batch,Expiry\nX,9,7,B1,2027-01-31\nX,2,1,B2,\n");
    let look = workspace.import_look(&Wanted { kind: Some(RecordKind::Shipment), ..file.wanted() }).unwrap();
    assert_eq!(look.plan.heads().to_string(), "rows 1-2");
    let headings: Vec<&str> = look.plan.columns.iter().map(|column| column.heading.as_str()).collect();
    assert_eq!(headings, ["Item", "Quantity planned", "Quantity shipped", "Packing Batch", "Packing Expiry"]);
    let seen = preview(&workspace, &look.plan);
    assert_eq!((errors(&seen), seen.ignored.as_slice()), (Vec::new(), ["Quantity planned".to_owned()].as_slice()));
    import(&mut workspace, &look.plan);
    let shipments = records(&workspace, RecordKind::Shipment);
    let lines = shipments.iter().find_map(|one| one["lines"].as_array().filter(|lines| lines.len() == 2)).unwrap();
    assert_eq!((&lines[0]["quantity"], &lines[0]["batch"]), (&json!("7"), &json!("B1")));
    let header = Some("2".parse().unwrap());
    let wanted = Wanted { kind: Some(RecordKind::Shipment), header, ..file.wanted() };
    let plan = workspace.import_look(&wanted).unwrap().plan;
    assert_eq!((plan.heads().to_string().as_str(), plan.columns[1].heading.as_str()), ("row 2", "planned"));
}

#[test]
fn one_value_for_all_rows_is_read_as_a_cell_would_be() {
    let mut workspace = furnished();
    let file = csv("Code,Name,Base unit\nA,Blanket,piece\n");
    let mut plan = plan(&workspace, &file, RecordKind::Item);
    set_for_all(&mut plan, "origin", "북한").unwrap();
    import(&mut workspace, &plan);
    assert_eq!(record(&workspace, RecordKind::Item, "A")["origin"], "KP");
    let refused = set_for_all(&mut plan, "colour", "red").unwrap_err().to_string();
    assert!(refused.contains("has no field “colour”"), "{refused}");
}

#[test]
fn the_encoding_and_the_delimiter_can_be_said_and_what_was_found_is_still_told() {
    let workspace = furnished();
    let file = csv("Code;Name\nA;B, C\nD;E, F\n");
    let text = TextOptions { delimiter: Some(b','), encoding: TextEncoding::named("windows-1252") };
    let look = workspace.import_look(&Wanted { text, ..file.wanted() }).unwrap();
    let (form, found) = (look.form.unwrap(), look.found.unwrap());
    assert_eq!((form.encoding.name(), form.delimiter), ("windows-1252", b','));
    assert_eq!((found.encoding.name(), found.delimiter), ("UTF-8", b';'));
    assert_eq!(look.rows[0].1, ["Code;Name"]);
}
