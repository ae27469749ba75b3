//! The shipments that a permission allows, as slots: which goods go in which, what finds no place, what could travel together.
//!
//! A slot's day is the day of use, on which the shipment meets whoever permits it. What must be used first is placed first.

use chrono::NaiveDate;

use crate::domain::date::days_before;
use crate::domain::id::Id;

/// Goods of one grant line that travel together, in thousandths of the item's base unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// The last day on which they are of use; `None`: no such day is known.
    pub useful_until: Option<NaiveDate>,
    /// The first day on which they can go; `None`: not known.
    pub ready: Option<NaiveDate>,
    /// The grant line; `None`: the letter as a whole.
    pub grant_line: Option<u32>,
    /// The item.
    pub item: Option<Id>,
    /// How much.
    pub quantity: i64,
}

/// A shipment that uses the permission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    /// The shipment.
    pub holder: Id,
    /// The day of its use; `None`: none is planned.
    pub day: Option<NaiveDate>,
    /// Whether it has gone, so that its slot is used for good.
    pub gone: bool,
    /// Shipments of the same way can be put together: direction, shipper, place they leave from.
    pub way: usize,
    /// Its goods.
    pub parts: Vec<Part>,
}

/// What is planned with a permission.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SlotFacts {
    /// How many shipments it is for; `None`: it does not say.
    pub cap: Option<usize>,
    /// The first day of its window.
    pub first: NaiveDate,
    /// The last day of its window; `None`: not stated.
    pub last: Option<NaiveDate>,
    /// The day that is looked from: nothing new goes before it.
    pub today: NaiveDate,
    /// The shipments that use it.
    pub loads: Vec<Load>,
    /// What is left of its grant lines and belongs to no shipment yet.
    pub loose: Vec<Part>,
}

/// What stands in a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slotted {
    /// A shipment that has gone.
    Gone(Id),
    /// A shipment that is planned.
    Planned(Id),
    /// A shipment that would have to be planned.
    New,
}

/// One of the shipments that a permission allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// What stands in it.
    pub what: Slotted,
    /// The day of its use.
    pub day: Option<NaiveDate>,
    /// Its goods: those of the shipment, then what is added.
    pub parts: Vec<Part>,
    /// How many of them are added to a shipment that is planned.
    pub added: usize,
}

/// Why something has no slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// All shipments that are allowed are taken.
    NoSlot,
    /// Its day, or the day on which it is ready, lies so many days after the window.
    Late(i64),
    /// Its day lies so many days before the window.
    Early(i64),
    /// The window is over.
    Over,
    /// It is of no use any more when it could go.
    Spoils,
}

/// Goods without a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stranded {
    /// The shipment that they are planned in.
    pub holder: Option<Id>,
    /// The goods.
    pub part: Part,
    /// Why.
    pub reason: Reason,
}

/// A shipment that could go with another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// The shipment whose goods move.
    pub from: Id,
    /// The shipment that takes them.
    pub into: Id,
    /// The day of use they share then.
    pub day: NaiveDate,
    /// Whether the first has no slot as things stand, so that its goods are saved; otherwise its slot is free again.
    pub saves: bool,
}

/// The slots and what goes in them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SlotPlan {
    /// The slots that are used, by day.
    pub slots: Vec<Slot>,
    /// What has none.
    pub stranded: Vec<Stranded>,
    /// What could travel together. All of them can be done one after the other.
    pub merges: Vec<Merge>,
}

impl SlotFacts {
    /// Places the goods.
    #[must_use]
    pub fn plan(&self) -> SlotPlan {
        let mut plan = SlotPlan::default();
        let mut loads: Vec<&Load> = self.loads.iter().collect();
        loads.sort_by_key(|load| (!load.gone, load.day.unwrap_or(NaiveDate::MAX), load.holder));
        for load in loads {
            self.place_load(load, &mut plan);
        }
        let mut loose: Vec<&Part> = self.loose.iter().collect();
        loose.sort_by_key(|part| (part.useful_until.unwrap_or(NaiveDate::MAX), *part));
        for part in loose {
            self.place_part(part, &mut plan);
        }
        plan.slots.sort_by_key(|slot| {
            (!matches!(slot.what, Slotted::Gone(_)), slot.day.unwrap_or(NaiveDate::MAX), slot.id())
        });
        plan.merges = self.merges(&plan);
        plan
    }

    fn has_room(&self, plan: &SlotPlan) -> bool {
        self.cap.is_none_or(|cap| plan.slots.len() < cap)
    }

    fn place_load(&self, load: &Load, plan: &mut SlotPlan) {
        let mut parts = load.parts.clone();
        parts.sort();
        let what = if load.gone { Slotted::Gone(load.holder) } else { Slotted::Planned(load.holder) };
        let reason = match self.outside(load.day) {
            // What has gone used its slot, whether that was right or not.
            _ if load.gone => None,
            Some(reason) => Some(reason),
            None if self.has_room(plan) => None,
            None => Some(Reason::NoSlot),
        };
        match reason {
            None => plan.slots.push(Slot { what, day: load.day, parts, added: 0 }),
            Some(reason) => {
                let holder = Some(load.holder);
                plan.stranded.extend(parts.into_iter().map(|part| Stranded { holder, part, reason }));
            }
        }
    }

    /// Why a day of use is not within the window.
    fn outside(&self, day: Option<NaiveDate>) -> Option<Reason> {
        let day = day?;
        match self.last {
            Some(last) if day > last => Some(Reason::Late((day - last).num_days())),
            _ if day < self.first => Some(Reason::Early((self.first - day).num_days())),
            _ => None,
        }
    }

    fn place_part(&self, part: &Part, plan: &mut SlotPlan) {
        let (from, until) = match self.span(part) {
            Ok(span) => span,
            Err(reason) => {
                plan.stranded.push(Stranded { holder: None, part: part.clone(), reason });
                return;
            }
        };
        let fits = |slot: &&mut Slot| match slot.what {
            Slotted::Gone(_) => false,
            Slotted::Planned(_) => slot.day.is_some_and(|day| day >= from && day <= until),
            Slotted::New => slot.day.is_some_and(|day| day.max(from) <= until.min(self.until_of(&slot.parts))),
        };
        let has_room = self.has_room(plan);
        // A shipment that goes anyway comes first, the earliest before the others.
        let found = plan.slots.iter_mut().filter(fits);
        let found = found.min_by_key(|slot| (slot.what == Slotted::New, slot.day));
        match found {
            Some(slot) => {
                if slot.what == Slotted::New {
                    slot.day = slot.day.max(Some(from));
                }
                slot.parts.push(part.clone());
                slot.added += 1;
            }
            None if has_room => {
                let parts = vec![part.clone()];
                plan.slots.push(Slot { what: Slotted::New, day: Some(from), parts, added: 1 });
            }
            None => plan.stranded.push(Stranded { holder: None, part: part.clone(), reason: Reason::NoSlot }),
        }
    }

    /// The first and the last day on which goods can be used.
    fn span(&self, part: &Part) -> Result<(NaiveDate, NaiveDate), Reason> {
        let start = self.today.max(self.first);
        let end = self.last.unwrap_or(NaiveDate::MAX);
        let from = part.ready.map_or(start, |ready| ready.max(start));
        let until = self.until_of(std::slice::from_ref(part));
        if start > end {
            Err(Reason::Over)
        } else if from > end {
            Err(Reason::Late((from - end).num_days()))
        } else if from > until {
            Err(Reason::Spoils)
        } else {
            Ok((from, until))
        }
    }

    /// The last day on which all of these goods can be used.
    fn until_of(&self, parts: &[Part]) -> NaiveDate {
        let of_goods = parts.iter().filter_map(|part| part.useful_until).min();
        of_goods.into_iter().chain(self.last).min().unwrap_or(NaiveDate::MAX)
    }

    /// Which shipments could go with another, so that fewer are needed: those without a slot first, then the latest.
    fn merges(&self, plan: &SlotPlan) -> Vec<Merge> {
        let slotted = |load: &&Load| plan.slots.iter().any(|slot| slot.what == Slotted::Planned(load.holder));
        let mut loads: Vec<&Load> = self.loads.iter().filter(|load| !load.gone).collect();
        loads.sort_by_key(|load| std::cmp::Reverse((!slotted(load), load.day, load.holder)));
        let mut merges: Vec<Merge> = Vec::new();
        for from in &loads {
            // Who takes goods stays where it is.
            if merges.iter().any(|merge| merge.into == from.holder) {
                continue;
            }
            let moved = |load: &&&Load| merges.iter().any(|merge| merge.from == load.holder);
            let targets = loads.iter().filter(|into| into.holder != from.holder && slotted(into) && !moved(into));
            let near = |into: &&&Load| {
                let apart = into.day.zip(from.day).map_or(i64::MAX, |(into, from)| (into - from).num_days().abs());
                (apart, into.day, into.holder)
            };
            if let Some(into) = targets.filter(|into| self.can_join(from, into)).min_by_key(near) {
                let Some(day) = into.day else { continue };
                merges.push(Merge { from: from.holder, into: into.holder, day, saves: !slotted(from) });
            }
        }
        merges
    }

    /// Whether the goods of one shipment can go on the day of another.
    fn can_join(&self, from: &Load, into: &Load) -> bool {
        let Some(day) = into.day else { return false };
        // Goods of which nothing is known are ready when their own shipment goes.
        let ready = |part: &Part| part.ready.or(from.day).unwrap_or(self.today);
        let all_ready = from.parts.iter().all(|part| ready(part) <= day);
        from.way == into.way && all_ready && day <= self.until_of(&from.parts) && self.outside(Some(day)).is_none()
    }

    /// A window that has ended on a day for another reason than its last day.
    #[must_use]
    pub fn ended(self, day: NaiveDate) -> Self {
        let end = days_before(day, 1);
        Self { last: Some(self.last.map_or(end, |last| last.min(end))), ..self }
    }
}

impl Slot {
    fn id(&self) -> Option<Id> {
        match self.what {
            Slotted::Gone(id) | Slotted::Planned(id) => Some(id),
            Slotted::New => None,
        }
    }
}

#[cfg(test)]
mod tests;
