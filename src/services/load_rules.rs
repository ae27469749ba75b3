//! A rule file into the workspace's own rules: new codes are added, known ones changed; all or none, one step of undo.

use std::collections::BTreeSet;

use super::perform::{Scribe, at_line};
use super::queries::needs;
use super::rules;
use super::session::{Intent, refusal};
use super::write::{Done, WriteError};
use crate::domain::record::RecordKind;
use crate::domain::rules::{RuleRow, file};
use crate::domain::schema::{FieldError, Problem};
use crate::domain::text;
use crate::store::record;

impl Scribe<'_> {
    /// Reads a rule file. Where one row is wrong nothing is taken over, and the rules stay as they are.
    pub(super) fn load_rules(&mut self, name: &str, toml: &str) -> Result<Done, WriteError> {
        let db = self.db;
        let instruments = rules::instruments(db)?;
        let known: BTreeSet<String> = instruments.keys().cloned().collect();
        let refused = |reasons: Vec<String>| {
            let rule = |reason| FieldError::at("", "", Problem::Rule(reason));
            let mut problems: Vec<FieldError> = reasons.into_iter().map(rule).collect();
            problems.push(rule("The rules that were in force stay in force".to_owned()));
            refusal(&format!("The rule file {name}"), problems)
        };
        let rows =
            file::parse(name, toml, &known).map_err(|bad| refused(bad.iter().map(ToString::to_string).collect()))?;
        let rows = apart(rows);
        let (mut added, mut changed) = (0, 0);
        let what = format!("Load {} rules of {name}", rows.len());
        let mut session = self.begin(Intent { kind: "import", what, undoes: None })?;
        for (number, row) in (1..).zip(&rows) {
            let at = |error| at_line(number, error);
            let image = session.image(RecordKind::Rule, needs::draft(row, &instruments)).map_err(at)?;
            let there = record::find(db, RecordKind::Rule, &text::sort_key(&row.rule.reference))?;
            match there.map(|id| record::get(db, id)).transpose()?.flatten() {
                Some(stored) if stored.image == image => {}
                Some(stored) => {
                    session.put(RecordKind::Rule, stored.head.id, &image).map_err(at)?;
                    changed += 1;
                }
                None => {
                    session.create(RecordKind::Rule, image).map_err(at)?;
                    added += 1;
                }
            }
        }
        let touched = session.finish()?.touched;
        let kept = rows.len() - added - changed;
        let message = format!("Added {added} rules and changed {changed}; {kept} were there already");
        Ok(Done { message, touched, ..Done::default() })
    }
}

/// Rows of one code that follow one another in time: the later ones get a code of their own, and say for which they stand.
fn apart(rows: Vec<RuleRow>) -> Vec<RuleRow> {
    let mut seen = BTreeSet::new();
    let name = |mut row: RuleRow| {
        if !seen.insert(row.rule.reference.clone()) {
            let from = row.rule.from.map(|on| on.to_string()).unwrap_or_default();
            row.rule.stands_for = row.rule.reference.clone();
            row.rule.reference = format!("{} from {from}", row.rule.reference);
        }
        row
    };
    rows.into_iter().map(name).collect()
}
