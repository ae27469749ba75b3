//! Goods: rows of every kind of record as they are kept, and their sums.

use super::StoreError;
use super::engine::{Db, RowResult, sqlite::Row};
use super::figures::source_of;
use crate::domain::goods::{Amount, Cell, Contributions, Dimension, GRAINS, GoodsRow, grains};
use crate::domain::id::Id;
use crate::domain::record::LineRole;
use crate::domain::summary::Source;

/// The rows of a record, in their order.
pub fn of_record(db: &Db, id: Id) -> Result<Vec<GoodsRow>, StoreError> {
    db.rows(include_str!("goods/of_record.sql"), &[(":id", id.into())], row_to_goods)
}

/// Keeps the rows of a record in the place of those that are there.
pub fn set(db: &Db, id: Id, rows: &[GoodsRow], old: &[GoodsRow]) -> Result<(), StoreError> {
    if !old.is_empty() {
        delete(db, id)?;
    }
    let rows = (1_i64..).zip(rows).map(|(place, row)| {
        [
            (":record_id", id.into()),
            (":place", place.into()),
            (":role", row.role.word().into()),
            (":source", row.source.word().into()),
            (":number", i64::from(row.number).into()),
            (":on_day", (&row.on).into()),
            (":item_id", number_of(row.item).into()),
            (":category_id", number_of(row.category).into()),
            (":unit", (&row.unit).into()),
            (":project_id", number_of(row.project).into()),
            (":fund_id", number_of(row.fund).into()),
            (":site_id", number_of(row.site).into()),
            (":lot_id", number_of(row.lot).into()),
            (":quantity", row.quantity.into()),
        ]
    });
    db.run_each(include_str!("goods/put.sql"), rows)
}

/// Takes the rows of a record away.
pub fn delete(db: &Db, id: Id) -> Result<(), StoreError> {
    db.run(include_str!("goods/delete.sql"), &[(":id", id.into())])?;
    Ok(())
}

/// What a shipment took of a lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The shipment.
    pub shipment: Id,
    /// The day as ISO text; that of what has not happened where it has not left.
    pub on: String,
    /// The place it was taken from.
    pub site: Option<Id>,
    /// The item of the line.
    pub item: Option<Id>,
    /// Thousandths of the item's base unit.
    pub quantity: i64,
}

/// What shipments took of a lot, the oldest first.
pub fn taken_of(db: &Db, lot: Id) -> Result<Vec<Taken>, StoreError> {
    db.rows(include_str!("goods/of_lot.sql"), &[(":lot_id", lot.into())], |row| {
        Ok(Taken {
            shipment: Id(row.int(0)?),
            on: row.text(1)?,
            site: id_of(row.int(2)?),
            item: id_of(row.int(3)?),
            quantity: row.int(4)?,
        })
    })
}

/// Adds to the kept sums, each of which is written once.
pub fn add(db: &Db, contributions: &Contributions) -> Result<(), StoreError> {
    for at in 0..GRAINS {
        // The days of a cell stand together and in their order, so that those of a period do as well.
        let mut sums: Vec<(&Cell, (i64, &str), Amount)> = Vec::new();
        for (cell, amount) in contributions.iter().filter(|(_, amount)| **amount != Amount::default()) {
            let period = grains(&cell.on)[at];
            match sums.last_mut() {
                Some((last, same, sum)) if *same == period && last.is_beside(cell) => {
                    sum.quantity += amount.quantity;
                    sum.lines += amount.lines;
                }
                _ => sums.push((cell, period, *amount)),
            }
        }
        let rows = sums.into_iter().map(|(cell, (grain, period), amount)| {
            [
                (":dimension", cell.dimension.word().into()),
                (":role", cell.role.word().into()),
                (":grain", grain.into()),
                (":period", period.into()),
                (":source", cell.source.word().into()),
                (":key_id", number_of(cell.key).into()),
                (":unit", (&cell.unit).into()),
                (":quantity", amount.quantity.into()),
                (":lines", amount.lines.into()),
            ]
        });
        db.run_each(include_str!("goods/add.sql"), rows)?;
    }
    Ok(())
}

/// A sum: whose, of what, in which unit, how much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// Whose it is.
    pub source: Source,
    /// The category, item, project or fund.
    pub key: Option<Id>,
    /// The unit, as a code.
    pub unit: String,
    /// How much.
    pub amount: Amount,
}

/// The sums of a role up to and with a day, given as ISO text.
pub fn up_to(db: &Db, dimension: Dimension, role: LineRole, on: &str) -> Result<Vec<Sum>, StoreError> {
    let [(_, year), (_, month), (_, day)] = grains(on);
    let params = [
        (":dimension", dimension.word().into()),
        (":role", role.word().into()),
        (":year", year.into()),
        (":month", month.into()),
        (":day", day.into()),
    ];
    db.rows(include_str!("goods/as_of.sql"), &params, |row| {
        Ok(Sum {
            source: source_of(row.str(0)?)?,
            key: id_of(row.int(1)?),
            unit: row.text(2)?,
            amount: Amount { quantity: row.int(3)?, lines: row.int(4)? },
        })
    })
}

/// The sums of a project's goods in a role by item, up to and with a day.
pub fn of_project(db: &Db, project: Id, role: LineRole, on: &str) -> Result<Vec<Sum>, StoreError> {
    let params = [(":project_id", project.into()), (":role", role.word().into()), (":day", on.into())];
    db.rows(include_str!("goods/of_project.sql"), &params, |row| {
        Ok(Sum {
            source: Source::Own,
            key: id_of(row.int(0)?),
            unit: row.text(1)?,
            amount: Amount { quantity: row.int(2)?, lines: row.int(3)? },
        })
    })
}

/// The sums of a role month by month (`2026-03`, empty where no day is said), of the days between two, given as ISO text.
pub fn by_month(db: &Db, role: LineRole, (first, last): (&str, &str)) -> Result<Vec<(String, Sum)>, StoreError> {
    let params = [(":role", role.word().into()), (":first", first.into()), (":last", last.into())];
    db.rows(include_str!("goods/by_month.sql"), &params, |row| {
        let amount = Amount { quantity: row.int(3)?, lines: row.int(4)? };
        let sum = Sum { source: source_of(row.str(0)?)?, key: None, unit: row.text(2)?, amount };
        Ok((row.text(1)?, sum))
    })
}

/// A kept sum: its grain, its cell with the period in the place of the day, and its amount.
pub type KeptSum = ((i64, Cell), Amount);

/// Every kept sum that is not zero.
pub fn kept(db: &Db) -> Result<Vec<KeptSum>, StoreError> {
    db.rows(include_str!("goods/sums.sql"), &[], |row| {
        let unknown = || StoreError::Damaged { detail: "unknown sum of goods".into() };
        let cell = Cell {
            dimension: Dimension::from_word(row.str(0)?).ok_or_else(unknown)?,
            role: role_of(row.str(1)?)?,
            source: source_of(row.str(4)?)?,
            key: id_of(row.int(5)?),
            unit: row.text(6)?,
            on: row.text(3)?,
        };
        Ok(((row.int(2)?, cell), Amount { quantity: row.int(7)?, lines: row.int(8)? }))
    })
}

fn row_to_goods(row: &Row<'_>) -> RowResult<GoodsRow> {
    Ok(GoodsRow {
        role: role_of(row.str(0)?)?,
        source: source_of(row.str(1)?)?,
        number: u32::try_from(row.int(2)?).unwrap_or_default(),
        on: row.text(3)?,
        item: id_of(row.int(4)?),
        category: id_of(row.int(5)?),
        unit: row.text(6)?,
        project: id_of(row.int(7)?),
        fund: id_of(row.int(8)?),
        site: id_of(row.int(9)?),
        lot: id_of(row.int(10)?),
        quantity: row.int(11)?,
    })
}

/// The role a word in the file names.
fn role_of(word: &str) -> Result<LineRole, StoreError> {
    LineRole::from_word(word).ok_or_else(|| StoreError::Damaged { detail: format!("unknown role “{word}”") })
}

pub(super) const fn id_of(number: i64) -> Option<Id> {
    if number == 0 { None } else { Some(Id(number)) }
}

fn number_of(id: Option<Id>) -> i64 {
    id.map_or(0, |id| id.0)
}
