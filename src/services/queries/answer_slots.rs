//! The shipments that a permission allows, as cards with their goods, worded for a screen or a terminal.

use chrono::NaiveDate;

use super::RecordLink;
use crate::domain::word::words;

words! {
    /// What stands in a slot.
    pub enum SlotState {
        Gone = "slot_gone", "Gone";
        Planned = "slot_planned", "Planned";
        New = "slot_new", "To be planned";
        Free = "slot_free", "Free";
    }
}

/// The shipments that a permission allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotsAnswer {
    /// The day.
    pub as_of: NaiveDate,
    /// The permission.
    pub permission: RecordLink,
    /// How many shipments it is for; `None`: it does not say.
    pub cap: Option<usize>,
    /// Its window, in words.
    pub window: String,
    /// How it stands as a whole, in a sentence.
    pub summary: String,
    /// The slots, by day.
    pub slots: Vec<SlotCard>,
    /// What has no slot.
    pub stranded: Vec<StrandedRow>,
    /// What could travel together.
    pub suggestions: Vec<Suggestion>,
    /// What should be known besides.
    pub notes: Vec<String>,
}

/// One of the shipments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotCard {
    /// Its number, from 1 on.
    pub number: usize,
    /// What stands in it.
    pub state: SlotState,
    /// The shipment, where there is one.
    pub shipment: Option<RecordLink>,
    /// The day of its use; `None`: none is planned.
    pub day: Option<NaiveDate>,
    /// Its goods.
    pub goods: Vec<SlotGoods>,
}

/// Goods in a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotGoods {
    /// The grant line.
    pub grant_line: Option<u32>,
    /// The item.
    pub label: String,
    /// How much, with its unit.
    pub amount: String,
    /// When they are ready and until when they are of use, in words; may be empty.
    pub days: String,
    /// Whether they would be added: they belong to no shipment yet.
    pub added: bool,
}

/// Goods without a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StrandedRow {
    /// The shipment in which they are planned.
    pub shipment: Option<RecordLink>,
    /// The goods.
    pub goods: SlotGoods,
    /// Why, in words.
    pub why: String,
}

/// Two shipments that could be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The shipment whose goods move.
    pub from: RecordLink,
    /// The shipment that takes them.
    pub into: RecordLink,
    /// In a sentence.
    pub words: String,
}
