//! The public record of UN exemption cases: one row of the CSV becomes a matter, a request and what is known of its way.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::links;
use super::perform::row_problem;
use crate::domain::codes;
use crate::domain::date::FuzzyDate;
use crate::domain::record::RecordKind;
use crate::domain::schema::{FieldError, Problem};
use crate::domain::summary::Source;
use crate::domain::text;
use crate::store::{Db, StoreError, record};

/// A record that is not written yet.
type Draft = (RecordKind, Map<String, Value>);

/// One filing of the public record, as its row says.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Case {
    #[serde(rename = "case")]
    number: String,
    matter: String,
    filing: String,
    organization: String,
    country: String,
    categories: String,
    purpose: String,
    items: String,
    quantities: String,
    requested_on: String,
    held_on: String,
    held_reason: String,
    decided_on: String,
    outcome: String,
    last_known_on: String,
    valid_until: String,
    term_months: String,
    shipments_allowed: String,
    covers_cases: String,
    note: String,
    source: String,
    /// The line of the file, for messages.
    #[serde(skip)]
    pub line: usize,
}

/// Reads the file; every row that cannot be read is named.
pub(super) fn read(csv: &str) -> Result<Vec<Case>, Vec<FieldError>> {
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let headings = reader.headers().cloned().unwrap_or_default();
    if !headings.iter().any(|heading| heading == "case") {
        let rule = "The first row must hold the column names: case, matter, filing, organization ...".to_owned();
        return Err(vec![row_problem(1, "case", Problem::Rule(rule))]);
    }
    let (mut cases, mut problems) = (Vec::new(), Vec::new());
    for row in reader.records() {
        let place = match &row {
            Ok(row) => row.position().map(csv::Position::line),
            Err(error) => error.position().map(csv::Position::line),
        };
        let line = place.and_then(|line| usize::try_from(line).ok()).unwrap_or(0);
        match row.and_then(|row| row.deserialize::<Case>(Some(&headings))) {
            Ok(case) => cases.push(Case { line, ..case }),
            Err(error) => problems.push(row_problem(line, "row", Problem::Rule(error.to_string()))),
        }
    }
    problems.extend(cases.iter().flat_map(Case::problems));
    if problems.is_empty() { Ok(cases) } else { Err(problems) }
}

/// The cases whose filing is not in the workspace yet. One whose number a request of our own bears is new all the same, and
/// is refused when it is put, by the name of that request.
pub(super) fn not_yet_there(db: &Db, cases: &[Case]) -> Result<Vec<Case>, StoreError> {
    let mut new = Vec::new();
    for case in cases {
        let found = record::find(db, RecordKind::Request, &text::sort_key(&case.number))?;
        let derived = found.map(|id| record::derived(db, id)).transpose()?.flatten();
        if derived.is_none_or(|derived| derived.source != Source::Public.word()) {
            new.push(case.clone());
        }
    }
    Ok(new)
}

impl Case {
    fn problems(&self) -> Vec<FieldError> {
        let dates = [
            ("requested_on", &self.requested_on),
            ("held_on", &self.held_on),
            ("decided_on", &self.decided_on),
            ("valid_until", &self.valid_until),
            ("last_known_on", &self.last_known_on),
        ];
        let bad_date = |(column, text): (&'static str, &String)| {
            let error = FuzzyDate::parse(text).err().filter(|_| !text.is_empty())?;
            Some(row_problem(self.line, column, error.into()))
        };
        let mut problems: Vec<FieldError> = dates.into_iter().filter_map(bad_date).collect();
        if self.number.is_empty() {
            problems.push(row_problem(self.line, "case", Problem::Missing));
        }
        if self.answer().is_some() && self.decided_on.is_empty() {
            let rule = "An outcome needs its date, at least the year. Add it, or leave the outcome empty".to_owned();
            problems.push(row_problem(self.line, "decided_on", Problem::Rule(rule)));
        }
        if self.answer().is_none() && !self.outcome.is_empty() {
            let problem =
                Problem::NotAChoice { found: self.outcome.clone(), choices: "approved, partial, refused".into() };
            problems.push(row_problem(self.line, "outcome", problem));
        }
        problems
    }

    fn answer(&self) -> Option<&'static str> {
        match self.outcome.as_str() {
            "approved" => Some("approved"),
            "partial" => Some("approved_in_part"),
            "refused" => Some("refused"),
            _ => None,
        }
    }

    /// The records this row stands for, in the order in which they name one another.
    pub fn records(&self, db: &Db) -> Result<Vec<Draft>, StoreError> {
        let mut records = Vec::new();
        if record::find(db, RecordKind::Matter, &text::sort_key(self.matter()))?.is_none() {
            records.push((RecordKind::Matter, self.matter_draft(db)?));
        }
        records.push((RecordKind::Request, self.request_draft(db)?));
        records.extend(self.events().into_iter().map(|draft| (RecordKind::Event, draft)));
        if let Some(answer) = self.answer().filter(|_| !self.decided_on.is_empty()) {
            records.push((RecordKind::Decision, self.decision_draft(answer)));
            if answer != "refused" {
                records.push((RecordKind::Permission, self.permission_draft()));
            }
        }
        Ok(records)
    }

    fn matter(&self) -> &str {
        if self.matter.is_empty() { &self.number } else { &self.matter }
    }

    fn categories(&self) -> BTreeSet<&str> {
        self.categories.split(';').map(str::trim).filter(|code| !code.is_empty()).collect()
    }

    /// The categories that the workspace knows; what it does not know counts as other.
    fn known_categories<'a>(&'a self, db: &Db) -> Result<BTreeSet<&'a str>, StoreError> {
        let mut known = BTreeSet::new();
        for code in self.categories() {
            let is_known = links::find(db, &[RecordKind::Category], code)?.is_ok();
            known.insert(if is_known { code } else { "other" });
        }
        Ok(known)
    }

    fn matter_draft(&self, db: &Db) -> Result<Map<String, Value>, StoreError> {
        Ok(draft(json!({
            "reference": self.matter(),
            "title": if self.purpose.is_empty() { &self.organization } else { &self.purpose },
            "instrument": "humanitarian_exemption",
            "categories": self.known_categories(db)?,
            "public": true,
        })))
    }

    fn request_draft(&self, db: &Db) -> Result<Map<String, Value>, StoreError> {
        let categories = self.known_categories(db)?;
        let goods = [("Items", &self.items), ("Quantities", &self.quantities), ("", &self.note)];
        let note: Vec<String> = goods
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(label, text)| if label.is_empty() { text.clone() } else { format!("{label}: {text}") })
            .collect();
        let country = codes::find_country(&self.country);
        Ok(draft(json!({
            "reference": self.number,
            "matter": self.matter(),
            "filing": if self.filing.is_empty() { "new" } else { &self.filing },
            "applicant": self.organization,
            "applicant_country": country,
            "categories": categories,
            "nature": self.purpose,
            "covers_cases": self.covers_cases,
            "sources": self.source,
            "note": note.join("\n"),
        })))
    }

    fn events(&self) -> Vec<Map<String, Value>> {
        let event = |kind: &str, on: &String, text: &str| {
            let request = format!("request:{}", self.number);
            (!on.is_empty()).then(|| draft(json!({ "request": request, "kind": kind, "on": on, "text": text })))
        };
        let silent = self.answer().is_none();
        [
            event("sent", &self.requested_on, ""),
            event("hold", &self.held_on, &self.held_reason),
            event("last_heard", &self.last_known_on, "").filter(|_| silent),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn decision_draft(&self, answer: &str) -> Map<String, Value> {
        draft(json!({
            "reference": format!("{}/D1", self.number),
            "request": self.number,
            "answer": answer,
            "on": self.decided_on,
            "sources": self.source,
        }))
    }

    fn permission_draft(&self) -> Map<String, Value> {
        draft(json!({
            "reference": format!("{}/P1", self.number),
            "matter": self.matter(),
            "decision": format!("{}/D1", self.number),
            "given_on": self.decided_on,
            "valid_until": self.valid_until,
            "term_months": self.term_months,
            "shipment_cap": self.shipments_allowed,
            "sources": self.source,
        }))
    }
}

fn draft(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
