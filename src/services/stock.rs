//! Lots and purchases: loads from the store what their folds ask for.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::catalogue::Catalogue;
use super::facts;
use crate::domain::goods::NEVER;
use crate::domain::id::Id;
use crate::domain::quantity::Quantity;
use crate::domain::record::{Lot, Movement, MovementKind, Purchase, RecordKind};
use crate::domain::status::lot::{Flow, LotFacts};
use crate::domain::status::purchase::PurchaseFacts;
use crate::domain::units;
use crate::store::record::{self, Stored};
use crate::store::{Db, StoreError, goods};

/// The field by which a shipment names the lots of its lines.
pub(super) const LINE_LOTS: &str = "lines.lot";
/// The field by which a lot names the purchase it came of.
pub(super) const OF_PURCHASE: &str = "purchase";

/// Everything from which the standing of a lot follows.
pub(super) fn lot(db: &Db, stored: &Stored) -> Result<LotFacts, StoreError> {
    let lot: Lot = facts::typed_of(stored)?;
    let mut catalogue = Catalogue::default();
    let mut odd: Option<String> = None;
    let mut base = |quantity: Option<Quantity>, unit: Option<&str>, words: &str| -> Result<i64, StoreError> {
        let Some(item) = lot.item.map(|item| catalogue.item(db, item)).transpose()? else { return Ok(0) };
        let quantity = quantity.unwrap_or_default();
        match units::to_base(&item, quantity, unit) {
            Ok(counted) => Ok(counted.thousandths()),
            Err(problem) => {
                odd.get_or_insert(format!("{words}: {problem}"));
                Ok(0)
            }
        }
    };
    let taken_in = base(lot.quantity, lot.unit.as_deref(), &stored.head.words())?;
    let first = lot.on.map(|on| Flow { on, site: lot.site, change: taken_in, what: stored.head.words() });
    let mut flows: Vec<Flow> = first.into_iter().collect();
    for part in record::children(db, stored.head.id, RecordKind::Movement)? {
        let movement: Movement = facts::typed_of(&part)?;
        let words = part.head.words();
        let change = base(movement.quantity, movement.unit.as_deref(), &words)?;
        flows.extend(of_movement(&lot, &movement, change, &words));
    }
    for taken in goods::taken_of(db, stored.head.id)? {
        let what = record::head(db, taken.shipment)?.map_or_else(String::new, |head| head.words());
        if taken.item != lot.item {
            odd.get_or_insert(format!(
                "{what} takes another item of it than the lot is of. Mend the line's item or its lot"
            ));
        }
        let day: Option<NaiveDate> = Some(taken.on).filter(|on| on != NEVER).and_then(|on| on.parse().ok());
        let Some(day) = day else { continue };
        flows.push(Flow { on: day, site: taken.site.or(lot.site), change: -taken.quantity, what });
    }
    Ok(LotFacts { taken_on: lot.on, expires_on: lot.expires_on, flows, odd })
}

/// What a movement takes from a place and brings to another.
fn of_movement(lot: &Lot, movement: &Movement, change: i64, words: &str) -> Vec<Flow> {
    let (Some(on), Some(kind)) = (movement.on, movement.kind) else { return Vec::new() };
    let flow = |site: Option<Id>, change| Flow { on, site: site.or(lot.site), change, what: words.to_owned() };
    let leaves = MovementKind::leaves(kind).then(|| flow(movement.from, -change));
    let arrives = MovementKind::arrives(kind).then(|| flow(movement.to, change));
    leaves.into_iter().chain(arrives).collect()
}

/// Everything from which the status of a purchase follows.
pub(super) fn purchase(db: &Db, stored: &Stored) -> Result<PurchaseFacts, StoreError> {
    let purchase: Purchase = facts::typed_of(stored)?;
    let mut catalogue = Catalogue::default();
    let mut ordered: BTreeMap<Id, i64> = BTreeMap::new();
    for line in &purchase.lines {
        let (Some(id), Some(quantity)) = (line.item, line.quantity) else { continue };
        let item = catalogue.item(db, id)?;
        let quantity = units::to_base(&item, quantity, line.unit.as_deref()).unwrap_or(quantity);
        *ordered.entry(id).or_default() += quantity.thousandths();
    }
    let mut deliveries = Vec::new();
    for (from, field) in record::links_to(db, stored.head.id)? {
        let Some(lot) = record::get(db, from)?.filter(|from| from.head.kind == RecordKind::Lot && field == OF_PURCHASE)
        else {
            continue;
        };
        let lot: Lot = facts::typed_of(&lot)?;
        let (Some(on), Some(id), Some(quantity)) = (lot.on, lot.item, lot.quantity) else { continue };
        let item = catalogue.item(db, id)?;
        let quantity = units::to_base(&item, quantity, lot.unit.as_deref()).unwrap_or(quantity);
        deliveries.push((on, id, quantity.thousandths()));
    }
    Ok(PurchaseFacts { purchase, ordered, deliveries })
}
