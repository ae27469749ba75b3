//! The two pages that plan: what a moved date would change, and what goes in which shipment of a permission.

use std::sync::Arc;

use chrono::NaiveDate;

use super::route::Route;
use super::{Effect, Model};
use crate::domain::coverage::MovedDates;
use crate::domain::date::parse_day;
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::services::queries::{COVERED_KINDS, LinkChoice, SlotsAnswer, WhatIf, WhatIfQuery};
use crate::services::{Query, Write};
use crate::ui::exchange::{Ask, Slot};
use crate::ui::loaded::Loaded;

/// The kinds whose records have slots.
pub const SLOTTED_KINDS: &[RecordKind] = &[RecordKind::Permission];

/// Something to be planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planning {
    /// The page that moves a shipment or a trip; `None` leaves it to be chosen.
    WhatIf(Option<Id>),
    /// Write the days that were tried.
    Apply,
    /// Go back to the days as they stand.
    Reset,
    /// The page with the shipments that a permission allows; `None` leaves it to be chosen.
    Slots(Option<Id>),
    /// Put the goods of one shipment into another.
    PutTogether(Id, Id),
}

/// What the two pages hold.
#[derive(Debug, Default)]
pub struct PlannerPage {
    /// The shipment or the trip that moves.
    pub holder: Option<Id>,
    /// The days as they are typed: the departure, and the arrival or return. Empty: as it stands, or moved along.
    pub typed: [String; 2],
    /// What would follow.
    pub report: Loaded<Option<Arc<WhatIf>>>,
    /// The permission whose shipments are planned.
    pub permission: Option<Id>,
    /// Its shipments.
    pub slots: Loaded<Option<Arc<SlotsAnswer>>>,
}

impl PlannerPage {
    /// The days that were typed and can be read.
    #[must_use]
    pub fn dates(&self) -> MovedDates {
        let [first, last] = self.typed.each_ref().map(|text| parse_day(text).ok());
        MovedDates { first, last }
    }

    /// Whether what is typed cannot be read yet.
    #[must_use]
    pub fn is_half_typed(&self) -> bool {
        self.typed.iter().any(|text| !text.trim().is_empty() && parse_day(text).is_err())
    }

    /// What would follow, where the answer is about the days that are typed.
    #[must_use]
    pub fn settled(&self) -> Option<&Arc<WhatIf>> {
        let report = self.report.value()?.as_ref()?;
        let same = Some(report.query.holder) == self.holder && report.query.dates == self.dates();
        Some(report).filter(|_| same && !self.is_half_typed())
    }

    /// Whether an answer is on its way.
    #[must_use]
    pub const fn is_pending(&self) -> bool {
        self.report.is_pending() || self.slots.is_pending()
    }

    /// Says that the answers may be out of date.
    pub const fn invalidate(&mut self) {
        self.report.invalidate();
        self.slots.invalidate();
    }

    /// Asks what would follow. While a day cannot be read, the last answer stays.
    fn asks_report(&mut self, as_of: NaiveDate, asks: &mut Vec<Ask>) {
        let Some(holder) = self.holder.filter(|_| !self.is_half_typed()) else { return };
        let query = Query::WhatIf(WhatIfQuery { holder, as_of, dates: self.dates() });
        if let Some(generation) = self.report.want(&query) {
            asks.push(Ask { slot: Slot::WhatIf, generation, query });
        }
    }

    fn asks_slots(&mut self, as_of: NaiveDate, asks: &mut Vec<Ask>) {
        let Some(permission) = self.permission else { return };
        let query = Query::Slots { permission, as_of };
        if let Some(generation) = self.slots.want(&query) {
            asks.push(Ask { slot: Slot::Slots, generation, query });
        }
    }
}

impl Model {
    /// The pages that plan.
    #[must_use]
    pub const fn planner(&self) -> &PlannerPage {
        &self.planner
    }

    /// The pages that plan, to be typed in.
    pub const fn planner_mut(&mut self) -> &mut PlannerPage {
        &mut self.planner
    }

    /// What a page that plans can choose from.
    #[must_use]
    pub fn planner_choices(&self, kinds: &[RecordKind]) -> Option<Arc<Vec<LinkChoice>>> {
        self.choices.get(kinds).and_then(|loaded| loaded.value().cloned())
    }

    pub(super) fn plan(&mut self, planning: Planning) -> Vec<Effect> {
        match planning {
            Planning::WhatIf(holder) => {
                if self.planner.holder != holder {
                    self.planner.holder = holder;
                    self.planner.typed = <[String; 2]>::default();
                    self.planner.report.clear();
                }
                self.go(Route::WhatIf, None);
            }
            Planning::Slots(permission) => {
                if self.planner.permission != permission {
                    self.planner.permission = permission;
                    self.planner.slots.clear();
                }
                self.go(Route::Slots, None);
            }
            Planning::Reset => self.planner.typed = <[String; 2]>::default(),
            Planning::Apply => return self.apply_days(),
            Planning::PutTogether(from, into) => return vec![self.write(Write::PutTogether { from, into })],
        }
        Vec::new()
    }

    /// Writes the days that are shown, never others.
    fn apply_days(&mut self) -> Vec<Effect> {
        let Some(report) = self.planner.settled().cloned() else { return Vec::new() };
        let WhatIfQuery { holder, dates, .. } = report.query;
        self.planner.typed = <[String; 2]>::default();
        vec![self.write(Write::Move { holder, version: report.version, dates })]
    }

    pub(super) fn ask_planner(&mut self, as_of: NaiveDate, asks: &mut Vec<Ask>) {
        let kinds = if self.route == Route::WhatIf {
            self.planner.asks_report(as_of, asks);
            COVERED_KINDS
        } else {
            self.planner.asks_slots(as_of, asks);
            SLOTTED_KINDS
        };
        self.choices.entry(kinds.to_vec()).or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::command::Command;
    use crate::ui::exchange::{Place, Request};

    fn model() -> Model {
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        Model::new(Place { path: None, read_only: false, today })
    }

    #[test]
    fn half_a_day_is_not_asked_and_nothing_is_written_that_was_not_answered() {
        let mut model = model();
        model.run(Command::Plan(Planning::WhatIf(Some(Id(7)))));
        let asked = |model: &mut Model| model.stale_queries().iter().any(|ask| ask.slot == Slot::WhatIf);
        assert!(asked(&mut model), "as it stands");
        model.planner_mut().typed[0] = "2027-0".to_owned();
        assert!(!asked(&mut model), "half a day");
        model.planner_mut().typed[0] = "2027-01-05".to_owned();
        assert!(asked(&mut model), "a whole day");
        let sent = model.run(Command::Plan(Planning::Apply));
        assert!(!sent.iter().any(|effect| matches!(effect, Effect::Send(Request::Write(..)))));
    }

    #[test]
    fn another_record_begins_with_its_own_days() {
        let mut model = model();
        model.run(Command::Plan(Planning::WhatIf(Some(Id(7)))));
        model.planner_mut().typed[1] = "2027-01-05".to_owned();
        model.run(Command::Plan(Planning::WhatIf(Some(Id(8)))));
        assert!(model.planner().dates().is_empty());
    }
}
