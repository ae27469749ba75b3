//! The slots of a permission in words.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::codes;
use crate::domain::coverage::slots::{Merge, Part, Reason, Slot, SlotFacts, SlotPlan, Slotted};
use crate::domain::id::Id;
use crate::domain::record::Item;
use crate::domain::status::permission::amounts::amount;
use crate::services::queries::{RecordLink, SlotCard, SlotGoods, SlotState, SlotsAnswer, StrandedRow, Suggestion};
use crate::store::{Db, StoreError, record};

/// Puts a plan into words.
pub(super) struct SlotWords<'a> {
    pub db: &'a Db,
    pub items: &'a BTreeMap<Id, Item>,
    pub facts: &'a SlotFacts,
}

impl SlotWords<'_> {
    /// The plan as cards, with what has no slot and what could travel together.
    pub fn answer(
        &self,
        permission: RecordLink,
        as_of: NaiveDate,
        plan: &SlotPlan,
        mut notes: Vec<String>,
    ) -> Result<SlotsAnswer, StoreError> {
        let mut slots = Vec::new();
        for (at, slot) in plan.slots.iter().enumerate() {
            slots.push(self.card(at + 1, slot)?);
        }
        for number in plan.slots.len() + 1..=self.facts.cap.unwrap_or(0) {
            slots.push(SlotCard { number, state: SlotState::Free, shipment: None, day: None, goods: Vec::new() });
        }
        let mut stranded = Vec::new();
        for one in &plan.stranded {
            let shipment = one.holder.map(|holder| self.link(holder)).transpose()?.flatten();
            let why = Self::why(one.reason, shipment.is_some());
            stranded.push(StrandedRow { shipment, goods: self.goods(&one.part, false), why });
        }
        let mut suggestions = Vec::new();
        for merge in &plan.merges {
            suggestions.extend(self.suggestion(merge)?);
        }
        if self.facts.cap.is_none() {
            notes.insert(0, "It does not say how many shipments it is for".to_owned());
        }
        Ok(SlotsAnswer {
            as_of,
            permission,
            cap: self.facts.cap,
            window: self.window(),
            summary: self.summary(plan),
            slots,
            stranded,
            suggestions,
            notes,
        })
    }

    fn window(&self) -> String {
        let last = self.facts.last.map_or_else(|| "a last day that is not stated".to_owned(), |last| last.to_string());
        format!("{} to {last}", self.facts.first)
    }

    fn summary(&self, plan: &SlotPlan) -> String {
        let count = |wanted: fn(&Slotted) -> bool| plan.slots.iter().filter(|slot| wanted(&slot.what)).count();
        let gone = count(|what| matches!(what, Slotted::Gone(_)));
        let planned = count(|what| matches!(what, Slotted::Planned(_)));
        let new = count(|what| matches!(what, Slotted::New));
        let cap = self.facts.cap.map_or_else(
            || "Shipments".to_owned(),
            |cap| match cap {
                1 => "1 shipment".to_owned(),
                cap => format!("{cap} shipments"),
            },
        );
        let free =
            self.facts.cap.map_or_else(String::new, |cap| format!(", {} free", cap.saturating_sub(plan.slots.len())));
        let lost = match plan.stranded.len() {
            0 => "everything has a place".to_owned(),
            1 => "1 row of goods has no place".to_owned(),
            several => format!("{several} rows of goods have no place"),
        };
        format!("{cap}: {gone} gone, {planned} planned, {new} to be planned{free}; {lost}")
    }

    fn card(&self, number: usize, slot: &Slot) -> Result<SlotCard, StoreError> {
        let (state, shipment) = match slot.what {
            Slotted::Gone(id) => (SlotState::Gone, self.link(id)?),
            Slotted::Planned(id) => (SlotState::Planned, self.link(id)?),
            Slotted::New => (SlotState::New, None),
        };
        let own = slot.parts.len() - slot.added;
        let goods = slot.parts.iter().enumerate().map(|(at, part)| self.goods(part, at >= own)).collect();
        Ok(SlotCard { number, state, shipment, day: slot.day, goods })
    }

    fn goods(&self, part: &Part, added: bool) -> SlotGoods {
        let item = part.item.and_then(|item| self.items.get(&item));
        let unit = item.and_then(|item| item.base_unit.as_deref()).unwrap_or_default();
        let label = item.map_or_else(|| "Goods".to_owned(), |item| item.name.clone());
        let days = match (part.ready, part.useful_until) {
            (Some(ready), Some(until)) => format!("ready from {ready}, of use until {until}"),
            (Some(ready), None) => format!("ready from {ready}"),
            (None, Some(until)) => format!("of use until {until}"),
            (None, None) => String::new(),
        };
        let amount = format!("{} {}", amount(part.quantity), codes::unit_short(unit)).trim().to_owned();
        SlotGoods { grant_line: part.grant_line, label, amount, days, added }
    }

    fn why(reason: Reason, is_planned: bool) -> String {
        let days = |days: i64| if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
        match reason {
            Reason::NoSlot => "No shipment is left for it".to_owned(),
            Reason::Late(late) if is_planned => format!("Planned {} after the window ends", days(late)),
            Reason::Late(late) => format!("Ready {} after the window ends", days(late)),
            Reason::Early(early) => format!("Planned {} before the window begins", days(early)),
            Reason::Over => "The window is over".to_owned(),
            Reason::Spoils => "Of no use any more when it could go".to_owned(),
        }
    }

    fn suggestion(&self, merge: &Merge) -> Result<Option<Suggestion>, StoreError> {
        let (Some(from), Some(into)) = (self.link(merge.from)?, self.link(merge.into)?) else { return Ok(None) };
        let end = self.facts.last.map_or_else(String::new, |last| format!(", before the window ends on {last}"));
        let gain = if merge.saves { "Its goods have a place then" } else { "One shipment is free again then" };
        let words =
            format!("Put {} into {}: both are used on {}{end}. {gain}", from.reference, into.reference, merge.day);
        Ok(Some(Suggestion { from, into, words }))
    }

    fn link(&self, id: Id) -> Result<Option<RecordLink>, StoreError> {
        let head = record::head(self.db, id)?;
        Ok(head.map(|head| RecordLink { id: head.id, kind: head.kind, reference: head.reference, title: head.title }))
    }
}
