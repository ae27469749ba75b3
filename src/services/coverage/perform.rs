//! Writes of the ledger: bookings of a shipment, and the clearance that freezes its coverage.

use serde_json::{Map, Value, json};

use super::book::{self, Choose, Plan};
use super::of_one;
use crate::domain::coverage::UseDays;
use crate::domain::id::Id;
use crate::domain::record::{Booking, RecordKind, Verdict};
use crate::services::booked::permits_of;
use crate::services::perform::Scribe;
use crate::services::queries::{CoverageQuery, RuleWords};
use crate::services::session::{Intent, Session, refusal_text};
use crate::services::write::{Done, WriteError};
use crate::services::{Failure, facts};
use crate::store::record;

/// A go or no-go that a person signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOff {
    /// The shipment.
    pub shipment: Id,
    /// What was decided.
    pub verdict: Verdict,
    /// Who signs.
    pub signed_by: Id,
    /// Why it goes although something is open.
    pub reason: String,
}

impl Scribe<'_> {
    /// Books what a shipment needs, and gives back what it needs no more.
    pub(in crate::services) fn book(&mut self, shipment: Id, choose: Choose) -> Result<Done, WriteError> {
        let head = record::head(self.db, shipment)?.filter(|head| head.kind == RecordKind::Shipment);
        let head = head.ok_or_else(|| refusal_text("The shipment", "It is gone. Choose another"))?;
        let plan = book::plan(self.db, shipment, choose, self.moment.today)?;
        let (booked, released) = (plan.book.len(), plan.release.len());
        if booked + released == 0 {
            let message = format!("Nothing was booked for {}", head.words());
            return Ok(Done { message, id: Some(shipment), warnings: plan.left, ..Done::default() });
        }
        let what = format!("Book permissions for {}", head.words());
        let mut session = self.begin(Intent { kind: "book", what, undoes: None })?;
        let left = carry_out(&mut session, plan)?;
        let done = session.finish()?;
        let mut message = format!("Booked {booked} for {}", head.words());
        if released > 0 {
            message = format!("{message}, gave back {released}");
        }
        Ok(Done { message, id: Some(shipment), warnings: left, touched: done.touched })
    }

    /// Freezes the coverage of a shipment as it stands, with what a person decided.
    pub(in crate::services) fn clear(&mut self, sign: &SignOff) -> Result<Done, WriteError> {
        let day = self.moment.today;
        let query = CoverageQuery { holder: sign.shipment, as_of: day, as_known: None };
        let coverage = of_one(self.db, &query, self.moment)?.ok_or(Failure::Gone)?;
        if let Some(why) = self.too_late_to_clear(sign.shipment)? {
            return Err(refusal_text(&format!("The clearance of {}", coverage.holder.reference), &why));
        }
        let mut cells = Vec::new();
        for row in &coverage.rows {
            for (column, cell) in coverage.columns.iter().zip(&row.cells) {
                let Some(cell) = cell else { continue };
                let name = match row.line {
                    Some(line) => format!("{line}. {}, {}", row.label, row.amount),
                    None => format!("{}, {}", row.label, row.amount),
                };
                cells.push(json!({
                    "row": name, "instrument": column.instrument.0, "state": cell.state.label(), "words": cell.words,
                    "rule": cell.rule.as_ref().map_or_else(String::new, RuleWords::line), "mend": cell.mend,
                }));
            }
        }
        let draft = json!({
            "shipment": sign.shipment.0, "verdict": sign.verdict.word(), "on": day.to_string(),
            "signed_by": sign.signed_by.0, "reason": sign.reason, "covered": coverage.settled, "open": coverage.open,
            "cells": cells,
        });
        let Value::Object(draft) = draft else { return Err(Failure::Gone.into()) };
        self.create(RecordKind::Clearance, draft)
    }
}

impl Scribe<'_> {
    /// A clearance comes before the dispatch.
    fn too_late_to_clear(&self, shipment: Id) -> Result<Option<String>, WriteError> {
        let Some(stored) = record::get(self.db, shipment)? else { return Ok(None) };
        let days = UseDays::of(&facts::shipment(self.db, &stored)?);
        let today = self.moment.today;
        if let Some(on) = days.cancelled.filter(|on| *on <= today) {
            return Ok(Some(format!("It was cancelled on {on}. Clear a shipment that is still to go")));
        }
        let left = days.export.filter(|left| left.happened && left.on <= today);
        Ok(left.map(|left| {
            format!("It left on {} already. A clearance comes before the dispatch; record what was found since as an incident", left.on)
        }))
    }
}

/// Carries out a plan within an operation; what is left to the user comes back as sentences.
pub(in crate::services) fn carry_out(session: &mut Session<'_>, plan: Plan) -> Result<Vec<String>, WriteError> {
    let today = session.moment.today.to_string();
    for id in plan.release {
        let Some(stored) = record::get(session.db, id)? else { continue };
        let booking: Booking = facts::typed_of(&stored)?;
        let mut image: Map<String, Value> = stored.image;
        let on = booking.booked_on.map_or_else(|| today.clone(), |on| on.to_string().max(today.clone()));
        image.insert("released_on".to_owned(), json!(on));
        session.put(RecordKind::Booking, id, &image)?;
    }
    for draft in plan.book {
        let image = session.image(RecordKind::Booking, draft)?;
        session.create(RecordKind::Booking, image)?;
    }
    Ok(plan.left)
}

/// The fields of a shipment of which its bookings follow.
const BOOKED_BY: &[&str] = &["lines", "matters", "planned_on", "expected_on", "legs", "consignee"];

/// Books by itself what only one grant line can serve, when somebody saves a shipment that names what it rests on or has
/// bookings already. What is left to the user comes back as sentences.
pub(in crate::services) fn book_by_itself(
    session: &mut Session<'_>,
    kind: RecordKind,
    id: Id,
    (old, new): (&Map<String, Value>, &Map<String, Value>),
) -> Result<Vec<String>, WriteError> {
    let changed = BOOKED_BY.iter().any(|field| old.get(*field) != new.get(*field));
    if kind != RecordKind::Shipment || !changed {
        return Ok(Vec::new());
    }
    let names_matters = new.get("matters").and_then(Value::as_array).is_some_and(|matters| !matters.is_empty());
    if !names_matters && permits_of(session.db, id)?.is_empty() {
        return Ok(Vec::new());
    }
    let plan = book::plan(session.db, id, Choose::Only, session.moment.today)?;
    carry_out(session, plan)
}
