//! Two donors of one programme: a thousand TB courses, 60 % and 40 %, in two consignments, and the reports to both.

use corridor::domain::document::{Cell, Document, Table};
use corridor::domain::record::RecordKind;
use corridor::services::Workspace;
use corridor::services::reports::DonorReport;
use serde_json::json;

use super::{apply, workspace};

/// The programme of two donors, X and Y.
pub fn two_donors() -> Workspace {
    let mut workspace = workspace();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"organisation","record":{"reference":"O","name":"Harbour Aid","registration":"00-1"}}),
            json!({"op":"create","kind":"party","record":{"reference":"DX","name":"Donor X","roles":["donor"]}}),
            json!({"op":"create","kind":"party","record":{"reference":"DY","name":"Donor Y","roles":["donor"]}}),
            json!({"op":"create","kind":"site","record":{"reference":"DLC","name":"Dalian store","country":"CN"}}),
            json!({"op":"create","kind":"site","record":{"reference":"NH","name":"North Hwanghae","kind":"province","country":"KP","p_code":"KP06"}}),
            json!({"op":"create","kind":"site","record":{"reference":"H1","name":"Sariwon hospital","kind":"hospital","country":"KP","within":"NH"}}),
            json!({"op":"create","kind":"site","record":{"reference":"H2","name":"Pongsan clinic","kind":"clinic","country":"KP","p_code":"KP0608","within":"NH"}}),
            json!({"op":"create","kind":"item","record":{"reference":"TB","name":"TB course","base_unit":"H87","category":"tb","hs_code":"3004.20","packs":[{"name":"Carton of 20","unit":"XCT","contains":20}]}}),
            json!({"op":"create","kind":"fund","record":{"reference":"FX","title":"Grant X","donor":"DX","amount":"USD 60,000","starts_on":"2026-01-01","ends_on":"2026-12-31","budget":[{"number":1,"code":"A1","title":"Medicines","amount":"USD 40,000"},{"number":2,"title":"Transport","amount":"USD 20,000"}]}}),
            json!({"op":"create","kind":"fund","record":{"reference":"FY","title":"Grant Y","donor":"DY","amount":"USD 40,000"}}),
            json!({"op":"create","kind":"project","record":{"reference":"P","title":"TB care","ends_on":"2026-12-31","funds":["FX","FY"],"plan":[{"item":"TB","quantity":1000,"due_on":"2026-06-30"}],"shares":[{"fund":"FX","percent":60},{"fund":"FY","percent":40}],"targets":[{"group":"TB patients","people":1000}]}}),
            json!({"op":"create","kind":"matter","record":{"reference":"M","title":"TB courses","instrument":"humanitarian_exemption","projects":["P"]}}),
            json!({"op":"create","kind":"request","record":{"reference":"Q","matter":"M","filing":"new","started_on":"2026-01-05","lines":[{"item":"TB","quantity":1200}]}}),
            json!({"op":"create","kind":"event","record":{"request":"Q","kind":"sent","on":"2026-01-10"}}),
            json!({"op":"create","kind":"decision","record":{"reference":"D","request":"Q","answer":"approved","on":"2026-02-01"}}),
            json!({"op":"create","kind":"permission","record":{"reference":"S/2026/1","matter":"M","decision":"D","given_on":"2026-02-01","valid_until":"2027-01-31","grants":[{"number":1,"item":"TB","limits":[{"measure":"quantity","limit":"1200"}]}]}}),
            json!({"op":"create","kind":"shipment","record":{"reference":"S1","project":"P","started_on":"2026-02-02","from_site":"DLC","shares":[{"fund":"FX","percent":60},{"fund":"FY","percent":40}],"lines":[{"number":1,"item":"TB","quantity":25,"unit":"XCT","value":"USD 5,000"}]}}),
            json!({"op":"create","kind":"shipment","record":{"reference":"S2","project":"P","started_on":"2026-02-02","from_site":"DLC","shares":[{"fund":"FX","percent":60},{"fund":"FY","percent":40}],"lines":[{"number":1,"item":"TB","quantity":500,"value":"USD 5,000"}]}}),
            json!({"op":"create","kind":"booking","record":{"permission":"S/2026/1","grant_line":1,"shipment":"S1","line":1,"quantity":500,"booked_on":"2026-02-03"}}),
            json!({"op":"create","kind":"shipment_event","record":{"shipment":"S1","kind":"dispatched","on":"2026-03-01"}}),
            json!({"op":"create","kind":"shipment_event","record":{"shipment":"S1","kind":"entered","on":"2026-03-10","place":"Sinuiju"}}),
            json!({"op":"create","kind":"shipment_event","record":{"shipment":"S2","kind":"dispatched","on":"2026-04-01"}}),
            json!({"op":"create","kind":"receipt","record":{"reference":"R1","shipment":"S1","on":"2026-03-20","site":"H1","lines":[{"line":1,"received":24,"lost":1}]}}),
            json!({"op":"create","kind":"receipt","record":{"reference":"R2","shipment":"S2","on":"2026-04-20","site":"H2","lines":[{"line":1,"received":500,"damaged":30}]}}),
            json!({"op":"create","kind":"distribution","record":{"reference":"G1","shipment":"S2","on":"2026-05-01","site":"H2","lines":[{"line":1,"quantity":400}]}}),
            json!({"op":"create","kind":"reach","record":{"reference":"RCH","activity":"TB treatment","project":"P","site":"H1","from":"2026-03-21","funds":["FX","FY"],"basis":"counted","groups":[{"group":"TB patients","sex":"female","age":"18_49","people":430},{"group":"TB patients","sex":"male","age":"18_49","people":500}]}}),
            json!({"op":"create","kind":"exchange_rate","record":{"reference":"EUR1","from":"EUR","to":"USD","rate":"1.08","on":"2026-03-01","source":"UN operational rate"}}),
            json!({"op":"create","kind":"expense","record":{"reference":"E1","fund":"FX","budget_line":1,"on":"2026-03-05","amount":"EUR 12,000","what":"TB courses"}}),
            json!({"op":"create","kind":"expense","record":{"reference":"E2","fund":"FX","budget_line":2,"on":"2026-04-05","amount":"USD 1,500","what":"Freight"}}),
            json!({"op":"create","kind":"indicator","record":{"reference":"IN","project":"P","code":"1.1","name":"Patients cured","unit":"per cent","direction":"increase","baseline":60,"baseline_on":"2026-01-01","target":85,"target_by":"2026-12-01","actuals":[{"on":"2026-06-01","value":80}]}}),
            json!({"op":"create","kind":"visit","record":{"reference":"V","purpose":"End-use check","project":"P","site":"H2","on":"2026-05-15"}}),
            json!({"op":"create","kind":"report","record":{"reference":"RX","title":"Interim report to X","fund":"FX","from":"2026-01-01","until":"2026-06-30","sections":[{"title":"Results","text":"All went well.","tables":["delivered","people"]},{"title":"Lessons learned"}]}}),
            json!({"op":"create","kind":"report","record":{"reference":"RY","title":"Interim report to Y","fund":"FY","from":"2026-01-01","until":"2026-06-30"}}),
        ],
    );
    workspace
}

/// The report with this reference.
pub fn report(workspace: &Workspace, reference: &str) -> DonorReport {
    let id = workspace.find(&[RecordKind::Report], reference).unwrap_or_else(|problem| panic!("{problem:?}"));
    workspace.donor_report(id).unwrap_or_else(|error| panic!("{error}"))
}

/// A table of a document by its key.
pub fn table<'a>(document: &'a Document, key: &str) -> &'a Table {
    document.table(key).unwrap_or_else(|| panic!("no table {key}"))
}

/// The cell of a table in the row whose first cell reads so, under the column with this name.
pub fn cell<'a>(table: &'a Table, row: &str, column: &str) -> &'a Cell {
    let at = table.columns.iter().position(|one| one.name == column).unwrap_or_else(|| panic!("no column {column}"));
    let row = table.rows.iter().find(|cells| cells[0].words() == row).unwrap_or_else(|| panic!("no row {row}"));
    &row[at]
}

/// The same in words.
pub fn words(table: &Table, row: &str, column: &str) -> String {
    cell(table, row, column).words()
}
