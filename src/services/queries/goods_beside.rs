//! What the records behind rows of goods say beside the quantity: what was damaged and lost, what it was worth, where it went.
//!
//! A receipt says what was damaged of a line, not of whose part; so each is shared among the funds as the goods are.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::domain::goods::GoodsRow;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::quantity::Quantity;
use crate::domain::record::{Item, LineRole, Receipt, RecordKind, Shipment};
use crate::domain::{shares, units};
use crate::services::facts;
use crate::store::{Db, StoreError, goods, record};

/// Something of each line of a record, fund by fund.
type ByShare<T> = BTreeMap<(u32, Option<Id>), T>;

/// What receipts and shipment lines say, read once for each record.
#[derive(Default)]
pub(in crate::services) struct Beside {
    /// Damaged and lost, by receipt, line and fund.
    losses: BTreeMap<Id, ByShare<(i64, i64)>>,
    /// The value of what was shipped, by shipment, line and fund.
    values: BTreeMap<Id, ByShare<Money>>,
}

/// What is said of one row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::services) struct Said {
    /// Damaged, of what was received, in thousandths.
    pub damaged: i64,
    /// Lost, in thousandths.
    pub lost: i64,
    /// What it was worth when it was shipped.
    pub value: Option<Money>,
}

impl Beside {
    /// What the record of a row says of it.
    pub fn of(&mut self, db: &Db, record: Id, row: &GoodsRow) -> Result<Said, StoreError> {
        let share = (row.number, row.fund);
        Ok(match row.role {
            LineRole::Shipped => Said { value: self.values_of(db, record)?.get(&share).cloned(), ..Said::default() },
            LineRole::Received => {
                let (damaged, lost) = self.losses_of(db, record)?.get(&share).copied().unwrap_or_default();
                Said { damaged, lost, value: None }
            }
            _ => Said::default(),
        })
    }

    /// What was damaged and lost of each line of a receipt, fund by fund as the goods are shared.
    fn losses_of(&mut self, db: &Db, receipt: Id) -> Result<&ByShare<(i64, i64)>, StoreError> {
        Ok(match self.losses.entry(receipt) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(losses(db, receipt)?),
        })
    }

    /// What each line of a shipment is worth, fund by fund as the goods are shared.
    fn values_of(&mut self, db: &Db, shipment: Id) -> Result<&ByShare<Money>, StoreError> {
        Ok(match self.values.entry(shipment) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(values(db, shipment)?),
        })
    }
}

/// The place of something received, in the words of a receipt that names no site; empty otherwise.
pub(in crate::services) fn written_place(db: &Db, record: Id, row: &GoodsRow) -> Result<String, StoreError> {
    if row.site.is_some() || row.role != LineRole::Received {
        return Ok(String::new());
    }
    Ok(read::<Receipt>(db, record, RecordKind::Receipt)?.map(|receipt| receipt.place).unwrap_or_default())
}

/// A record, where it is of this kind.
fn read<T: serde::de::DeserializeOwned>(db: &Db, id: Id, kind: RecordKind) -> Result<Option<T>, StoreError> {
    let is_one = record::head(db, id)?.is_some_and(|head| head.kind == kind);
    Ok(is_one.then(|| facts::load::<T>(db, id)).transpose()?.flatten())
}

/// The funds of a shipment's line with their parts of it.
fn weights(db: &Db, shipment: Id, line: u32) -> Result<Vec<(Option<Id>, i64)>, StoreError> {
    let rows = goods::of_record(db, shipment)?;
    let of_line = rows.into_iter().filter(|row| row.role == LineRole::Shipped && row.number == line);
    Ok(of_line.map(|row| (row.fund, row.quantity)).collect())
}

fn losses(db: &Db, id: Id) -> Result<ByShare<(i64, i64)>, StoreError> {
    let mut found: ByShare<(i64, i64)> = BTreeMap::new();
    let Some(receipt) = read::<Receipt>(db, id, RecordKind::Receipt)? else { return Ok(found) };
    let Some(shipment_id) = receipt.shipment else { return Ok(found) };
    let Some(shipment) = facts::load::<Shipment>(db, shipment_id)? else { return Ok(found) };
    for line in &receipt.lines {
        let number = line.line.unwrap_or_default();
        let shipped = shipment.lines.iter().find(|one| one.number == Some(number));
        let item = shipped.and_then(|one| one.item).or(line.item);
        let item: Option<Item> = item.map(|item| facts::load(db, item)).transpose()?.flatten();
        let unit = shipped.and_then(|one| one.unit.as_deref());
        let weights = weights(db, shipment_id, number)?;
        for (quantity, is_damage) in [(line.damaged, true), (line.lost, false)] {
            let counted = in_base(item.as_ref(), quantity.unwrap_or_default(), unit);
            for (fund, part) in shares::split_like(counted, &weights) {
                let sum = found.entry((number, fund)).or_default();
                *(if is_damage { &mut sum.0 } else { &mut sum.1 }) += part;
            }
        }
    }
    Ok(found)
}

/// A quantity of a line in the base unit. What does not convert was refused when it was written.
fn in_base(item: Option<&Item>, quantity: Quantity, unit: Option<&str>) -> i64 {
    let turned = item.and_then(|item| units::to_base(item, quantity, unit).ok());
    turned.unwrap_or(quantity).thousandths()
}

fn values(db: &Db, id: Id) -> Result<ByShare<Money>, StoreError> {
    let mut found = BTreeMap::new();
    let Some(shipment) = read::<Shipment>(db, id, RecordKind::Shipment)? else { return Ok(found) };
    for line in &shipment.lines {
        let (Some(value), Some(number)) = (&line.value, line.number) else { continue };
        for (fund, part) in shares::split_like(value.minor(), &weights(db, id, number)?) {
            found.insert((number, fund), Money::of(part, value.currency()));
        }
    }
    Ok(found)
}
