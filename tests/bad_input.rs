//! Bad input gets a clear sentence: what was found, and what would be accepted.
#![expect(clippy::needless_pass_by_value, reason = "values are written where they are used")]

mod support;

use serde_json::{Value, json};
use support::*;

fn item(field: &str, value: Value) -> Value {
    let mut record = json!({"reference":"I","name":"Pump","base_unit":"H87"});
    record[field] = value;
    json!({"op":"create","kind":"item","record":record})
}

fn project(field: &str, value: Value) -> Value {
    let mut record = json!({"reference":"P","title":"Water"});
    record[field] = value;
    json!({"op":"create","kind":"project","record":record})
}

fn planned(quantity: Value, unit: Value) -> Value {
    project("plan", json!([{"item":"OK","quantity":quantity,"unit":unit}]))
}

#[test]
fn every_bad_value_is_named_with_what_would_be_accepted() {
    let mut workspace = workspace();
    apply(
        &mut workspace,
        &[json!({"op":"create","kind":"item","record":{"reference":"OK","name":"Pump","base_unit":"H87"}})],
    );
    for (operation, parts) in [
        (project("starts_on", json!("2026-02-30")), ["2026-02-30 does not exist", "Project P"]),
        (project("starts_on", json!("30.2.2026")), ["“30.2.2026” is not a date", "Starts on"]),
        (project("starts_on", json!("2026-02")), ["does not say the day", "Starts on"]),
        (planned(json!("0"), json!("")), ["The quantity is 0", "Quantity, line 1"]),
        (planned(json!(-5), json!("")), ["-5 is below zero", "Quantity, line 1"]),
        (planned(json!("1234567890"), json!("")), ["more than nine digits", "Quantity, line 1"]),
        (planned(json!(1.2345), json!("")), ["1.2345 has more than three decimals", "Quantity, line 1"]),
        (
            project("plan", json!([{"number":4_000_000_000_u32,"item":"OK","quantity":1}])),
            ["4000000000 is too large", "The largest number that can be written here is 999999999"],
        ),
        (planned(json!("ten"), json!("")), ["“ten” is not a number", "Quantity, line 1"]),
        (planned(json!(1), json!("furlong")), ["The unit “furlong” is not known", "Unit, line 1"]),
        (planned(json!(1), json!("KGM")), ["kg cannot be turned into pcs exactly", "Unit, line 1"]),
        (item("hs_code", json!("84135")), ["“84135” is not an HS code", "2, 4, 6, 8 or 10 digits"]),
        (item("hs_code", json!("77")), ["chapter 77 is reserved", "HS code"]),
        (item("origin", json!("Atlantis")), ["The country “Atlantis” is not known", "Country of origin"]),
        (item("category", json!("toys")), ["There is no category “toys”", "Category"]),
        (item("weight", json!(3)), ["There is no field “weight”", "base_unit"]),
        (item("name", json!("  ")), ["Name: This is needed", "Item I"]),
        (item("us_origin", json!("perhaps")), ["must be yes or no", "US origin"]),
        (
            json!({"op":"create","kind":"fund","record":{"title":"F","amount":"USX 5"}}),
            ["The currency “USX” does not exist", "Amount"],
        ),
        (json!({"op":"create","kind":"fund","record":{"title":"F","amount":"5"}}), ["“5” is not an amount", "Amount"]),
        (
            json!({"op":"create","kind":"item","record":{"reference":"ok","name":"Pump","base_unit":"H87"}}),
            ["“ok” is taken", "Reference"],
        ),
        (json!({"op":"edit","kind":"item","reference":"GONE","set":{}}), ["There is no item “GONE”", "Line 1"]),
    ] {
        let said = refusal(&mut workspace, std::slice::from_ref(&operation));
        for part in parts {
            assert!(said.contains(part), "“{part}” is missing in “{said}” for {operation}");
        }
    }
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
}

#[test]
fn an_end_before_its_start_is_refused_with_both_dates() {
    let mut workspace = workspace();
    let operation =
        json!({"op":"create","kind":"project","record":{"title":"W","starts_on":"2026-05-01","ends_on":"2026-04-01"}});
    let said = refusal(&mut workspace, &[operation]);
    assert!(said.contains("The end, 2026-04-01, is before the start, 2026-05-01"), "{said}");
}

#[test]
fn every_problem_of_a_record_is_reported_at_once() {
    let mut workspace = workspace();
    let operation = json!({"op":"create","kind":"item","record":{"hs_code":"1","base_unit":"nothing","origin":"ZZ9"}});
    let said = refusal(&mut workspace, &[operation]);
    for part in ["Name", "HS code", "Base unit", "Country of origin"] {
        assert!(said.contains(part), "{part} is missing in {said}");
    }
}

#[test]
fn a_public_file_with_bad_rows_names_each_and_adds_nothing() {
    let mut workspace = workspace();
    let lines: Vec<&str> = PUBLIC_CASES.lines().take(3).collect();
    let bad = format!(
        "{}\n{}\n{}\n",
        lines[0],
        lines[1].replace("2018-02-08", "2018-02-31"),
        lines[2].replace("refused", "perhaps")
    );
    let said = workspace.write(corridor::services::Write::ImportPublicCases { csv: bad }).unwrap_err().to_string();
    assert!(said.contains("Line 2, decided_on") && said.contains("2018-02-31 does not exist"), "{said}");
    assert!(said.contains("Line 3, outcome") && said.contains("“perhaps”"), "{said}");
    let headless = workspace
        .write(corridor::services::Write::ImportPublicCases { csv: "a,b\n1,2\n".into() })
        .unwrap_err()
        .to_string();
    assert!(headless.contains("The first row must hold the column names"), "{headless}");
    assert_eq!(overview(&workspace, "2026-11-24", corridor::services::queries::Sources::Both).filings, 0);
}
