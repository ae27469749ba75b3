//! Fixtures of the coverage ledger: an organisation, an item, a matter with its letter, shipments and bookings in short words.

use corridor::domain::coverage::CellState;
use corridor::domain::id::Id;
use corridor::domain::record::RecordKind;
use corridor::services::queries::{Coverage, CoverageCell, CoverageQuery};
use corridor::services::{Answer, Query, Workspace};
use serde_json::{Value, json};

use super::{apply, day, workspace};

/// A workspace of an organisation in a country, with milk cans (steel) and blankets.
pub fn organisation(country: &str) -> Workspace {
    let mut workspace = workspace();
    furnish(&mut workspace, country);
    workspace
}

/// Puts the organisation, its items and a person into a workspace.
pub fn furnish(workspace: &mut Workspace, country: &str) {
    apply(
        workspace,
        &[
            json!({"op":"create","kind":"organisation","record":{"reference":"OWN","name":"Aid","country":country}}),
            json!({"op":"create","kind":"item","record":{"reference":"CAN","name":"Steel milk can","base_unit":"H87","hs_code":"7310.10","eccn":"EAR99","category":"food","packs":[{"name":"Crate of 10","unit":"XCR","contains":10}]}}),
            json!({"op":"create","kind":"item","record":{"reference":"RICE","name":"Rice","base_unit":"KGM","hs_code":"1006.30","eccn":"EAR99","category":"food"}}),
            json!({"op":"create","kind":"person","record":{"reference":"KIM","name":"Kim Min-su"}}),
        ],
    );
}

/// A matter with a request that was sent and a letter with grant lines. Each grant is number, item, quantity.
pub fn letter(
    workspace: &mut Workspace,
    (code, instrument): (&str, &str),
    window: [&str; 2],
    grants: &[(u32, &str, u32)],
) {
    let [from, until] = window;
    let asked: Vec<Value> = grants
        .iter()
        .map(|(number, item, quantity)| json!({"number":number,"item":item,"quantity":quantity}))
        .collect();
    let granted: Vec<Value> = grants
        .iter()
        .map(|(number, item, quantity)| {
            json!({"number":number,"item":item,"limits":[{"measure":"quantity","limit":quantity}]})
        })
        .collect();
    apply(
        workspace,
        &[
            json!({"op":"create","kind":"matter","record":{"reference":code,"title":code,"instrument":instrument}}),
            json!({"op":"create","kind":"request","record":{"reference":format!("{code}-R"),"matter":code,"filing":"new","started_on":from,"lines":asked}}),
            json!({"op":"create","kind":"event","record":{"reference":format!("{code}-S"),"request":format!("{code}-R"),"kind":"sent","on":from}}),
            json!({"op":"create","kind":"decision","record":{"reference":format!("{code}-D"),"request":format!("{code}-R"),"answer":"approved","on":from}}),
            json!({"op":"create","kind":"permission","record":{"reference":code,"matter":code,"decision":format!("{code}-D"),"given_on":from,"valid_until":until,"grants":granted}}),
        ],
    );
}

/// A later decision about a letter.
pub fn decide(workspace: &mut Workspace, code: &str, reference: &str, mut decision: Value) {
    let fields = decision.as_object_mut().unwrap();
    fields.insert("reference".into(), json!(reference));
    fields.insert("request".into(), json!(format!("{code}-R")));
    fields.insert("permission".into(), json!(code));
    apply(workspace, &[json!({"op":"create","kind":"decision","record":decision})]);
}

/// A shipment with lines (item and quantity) that leaves and arrives on planned days, by way of Dalian.
pub fn shipment(workspace: &mut Workspace, reference: &str, [leaves, enters]: [&str; 2], lines: &[(&str, u32)]) {
    let lines: Vec<Value> = lines.iter().map(|(item, quantity)| json!({"item":item,"quantity":quantity})).collect();
    apply(
        workspace,
        &[json!({"op":"create","kind":"shipment","record":{
            "reference":reference,"started_on":"2018-01-01","planned_on":leaves,"expected_on":enters,"lines":lines,
            "legs":[{"from":"Incheon","to":"Dalian"},{"from":"Dalian","to":"Nampo","crosses_border":true,"arrives_on":enters}],
        }})],
    );
}

/// What happened to a shipment.
pub fn happened(workspace: &mut Workspace, shipment: &str, kind: &str, on: &str) {
    apply(
        workspace,
        &[json!({"op":"create","kind":"shipment_event","record":{"shipment":shipment,"kind":kind,"on":on}})],
    );
}

/// A booking of a shipment line.
pub fn booking(
    reference: &str,
    letter: &str,
    grant_line: u32,
    (shipment, line): (&str, u32),
    quantity: u32,
    on: &str,
) -> Value {
    json!({"op":"create","kind":"booking","record":{
        "reference":reference,"permission":letter,"grant_line":grant_line,"shipment":shipment,"line":line,
        "quantity":quantity,"booked_on":on,
    }})
}

/// The coverage of a shipment or a trip.
pub fn coverage(workspace: &Workspace, reference: &str, as_of: &str, as_known: Option<&str>) -> Coverage {
    let holder: Id = workspace.find(&[RecordKind::Shipment, RecordKind::Trip], reference).unwrap();
    let query = CoverageQuery { holder, as_of: day(as_of), as_known: as_known.map(day) };
    match workspace.answer(&Query::Coverage(query)).unwrap() {
        Answer::Coverage(Some(coverage)) => coverage.as_ref().clone(),
        other => panic!("{other:?}"),
    }
}

/// The cell of a row against an instrument, from 0 on.
pub fn cell(coverage: &Coverage, row: usize, instrument: &str) -> CoverageCell {
    let at = coverage.columns.iter().position(|column| column.code == instrument);
    let at = at.unwrap_or_else(|| panic!("no column {instrument} in {:?}", coverage.columns));
    coverage.rows[row].cells[at].clone().unwrap_or_else(|| panic!("no cell in {:?}", coverage.rows[row]))
}

/// State and words of the cell of the first row.
pub fn said(workspace: &Workspace, reference: &str, instrument: &str, as_of: &str) -> (CellState, String) {
    let cell = cell(&coverage(workspace, reference, as_of, None), 0, instrument);
    (cell.state, cell.words)
}
