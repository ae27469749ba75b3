//! Rule files: TOML text in, rows out, or every reason why not. It reads no file; who gives the text names it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value;

use super::book::RuleRow;
use super::matching::Compiled;
use crate::domain::record::{ActKind, Confidence, ControlList, GoodsClass, Rule, RuleAnswer, RuleNeed, Way, YesNo};

/// The files that come with the program: name and text.
const SHIPPED: [(&str, &str); 5] = [
    ("un.toml", include_str!("../../../assets/rules/un.toml")),
    ("us_goods.toml", include_str!("../../../assets/rules/us_goods.toml")),
    ("us_work.toml", include_str!("../../../assets/rules/us_work.toml")),
    ("travel.toml", include_str!("../../../assets/rules/travel.toml")),
    ("others.toml", include_str!("../../../assets/rules/others.toml")),
];

/// The lists with which a workspace begins; the instruments among them are those a shipped row may name.
const LISTS: &str = include_str!("../../../assets/seed/lists.jsonl");

static INSTRUMENTS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let lines = LISTS.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let code = |line: Value| {
        let of = line.get("kind")?.as_str()? == "instrument";
        line.get("record")?.get("reference")?.as_str().filter(|_| of).map(str::to_owned)
    };
    lines.filter_map(code).collect()
});

/// The codes of the instruments that are built in.
#[must_use]
pub fn built_in_instruments() -> &'static BTreeSet<String> {
    &INSTRUMENTS
}

/// A row that was refused, or a file that cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, {row}: {why}")]
pub struct BadRow {
    /// The file.
    pub file: String,
    /// The row, by number and code; or the line of the file.
    pub row: String,
    /// What is wrong with it, and what would be accepted.
    pub why: String,
}

/// A row of a file, as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRow {
    #[serde(default)]
    id: String,
    act: ActKind,
    #[serde(default)]
    title: String,
    from: NaiveDate,
    to: Option<NaiveDate>,
    verified_until: Option<NaiveDate>,
    checked_on: NaiveDate,
    confidence: Confidence,
    #[serde(default)]
    citation: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    when: FileWhen,
    #[serde(default)]
    need: Vec<FileNeed>,
}

/// When a row applies.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct FileWhen {
    hs: String,
    not_hs: String,
    goods: Vec<GoodsClass>,
    us_subject: Option<YesNo>,
    control_list: Option<ControlList>,
    direction: Option<Way>,
    countries: String,
    not_countries: String,
    us_person: Option<YesNo>,
    transit: Option<String>,
    us_passport: Option<YesNo>,
    many_trips: Option<YesNo>,
}

/// What a row answers of one instrument.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileNeed {
    instrument: String,
    answer: RuleAnswer,
    #[serde(default)]
    section: String,
    #[serde(default)]
    words: String,
}

/// The shipped rows; `known` are the codes of the instruments that rows may name.
pub fn shipped(known: &BTreeSet<String>) -> Result<Vec<RuleRow>, Vec<BadRow>> {
    let mut rows = Vec::new();
    let mut bad = Vec::new();
    for (file, text) in SHIPPED {
        match parse(file, text, known) {
            Ok(more) => rows.extend(more),
            Err(more) => bad.extend(more),
        }
    }
    if bad.is_empty() { Ok(rows) } else { Err(bad) }
}

/// Reads a rule file. `known` are the codes of the instruments that its rows may name.
pub fn parse(file: &str, text: &str, known: &BTreeSet<String>) -> Result<Vec<RuleRow>, Vec<BadRow>> {
    let bad = |row: String, why: String| BadRow { file: file.to_owned(), row, why };
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let line = error.span().map_or(1, |span| 1 + text.get(..span.start).unwrap_or_default().matches('\n').count());
        vec![bad(format!("line {line}"), format!("this is not TOML ({})", error.message()))]
    })?;
    if let Some(extra) = table.keys().find(|key| *key != "rule") {
        return Err(vec![bad("the file".to_owned(), format!("“{extra}” is not known. Write rows as [[rule]]"))]);
    }
    let Some(toml::Value::Array(written)) = table.get("rule") else {
        return Err(vec![bad("the file".to_owned(), "there is no row. Write each as [[rule]]".to_owned())]);
    };
    let (mut rows, mut refused) = (Vec::new(), Vec::new());
    for (number, value) in (1..).zip(written) {
        let id = value.get("id").and_then(toml::Value::as_str).unwrap_or_default().to_owned();
        let name = if id.is_empty() { format!("row {number}") } else { format!("row {number} ({id})") };
        match row(value.clone(), known) {
            Ok(row) => rows.push((name, row)),
            Err(reasons) => refused.extend(reasons.into_iter().map(|why| bad(name.clone(), why))),
        }
    }
    refused.extend(overlaps(&rows).into_iter().map(|(name, why)| bad(name, why)));
    if refused.is_empty() { Ok(rows.into_iter().map(|(_, row)| row).collect()) } else { Err(refused) }
}

fn row(value: toml::Value, known: &BTreeSet<String>) -> Result<RuleRow, Vec<String>> {
    let row: FileRow = value.try_into().map_err(|error: toml::de::Error| vec![error.message().to_owned()])?;
    let mut reasons = Vec::new();
    for (name, text) in [("id", &row.id), ("title", &row.title), ("citation", &row.citation)] {
        if text.trim().is_empty() {
            reasons.push(format!("the {name} is missing"));
        }
    }
    if let Some(to) = row.to.filter(|to| *to < row.from) {
        reasons.push(format!("it ends on {to}, before it begins on {}. Exchange the two days", row.from));
    }
    if row.need.is_empty() {
        reasons.push("it answers nothing. Write at least one need with instrument and answer".to_owned());
    }
    let mut seen = BTreeSet::new();
    for need in &row.need {
        if !known.contains(&need.instrument) {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let found = &need.instrument;
            reasons.push(format!("“{found}” is not an instrument. Write one of {}", known.join(", ")));
        }
        if !seen.insert(&need.instrument) {
            reasons.push(format!("it answers twice of {}. Keep one answer", need.instrument));
        }
    }
    let row = row.into_row();
    if let Err(why) = Compiled::of(&row.rule) {
        reasons.push(why);
    }
    if reasons.is_empty() { Ok(row) } else { Err(reasons) }
}

/// Rows of the same code that hold on the same day.
fn overlaps(rows: &[(String, RuleRow)]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (at, (name, row)) in rows.iter().enumerate() {
        for (earlier, other) in rows.iter().take(at) {
            if row.rule.reference == other.rule.reference && row.rule.overlaps(&other.rule) {
                let why = format!(
                    "it holds on days on which {earlier} holds too. Set their days apart, or give it another id"
                );
                found.push((name.clone(), why));
            }
        }
    }
    found
}

impl FileRow {
    fn into_row(self) -> RuleRow {
        let instruments = self.need.iter().map(|need| need.instrument.clone()).collect();
        let need = |need: FileNeed| RuleNeed {
            instrument: None,
            answer: Some(need.answer),
            section: need.section,
            words: need.words,
        };
        let when = self.when;
        let rule = Rule {
            stands_for: String::new(),
            reference: self.id,
            act: Some(self.act),
            title: self.title,
            from: Some(self.from),
            to: self.to,
            citation: self.citation,
            confidence: Some(self.confidence),
            checked_on: Some(self.checked_on),
            verified_until: self.verified_until,
            withdrawn: false,
            hs: when.hs,
            not_hs: when.not_hs,
            goods: when.goods,
            us_subject: when.us_subject,
            control_list: when.control_list,
            direction: when.direction,
            countries: when.countries,
            not_countries: when.not_countries,
            us_person: when.us_person,
            transit: when.transit,
            us_passport: when.us_passport,
            many_trips: when.many_trips,
            needs: self.need.into_iter().map(need).collect(),
            note: self.note,
        };
        RuleRow { rule, instruments, own: false, overrides: false }
    }
}
