//! Units: exact conversion to an item's base unit, or a refusal.

use super::quantity::Quantity;
use super::record::Item;
use super::schema::Problem;

/// The largest quantity that is counted, in thousandths: far from where sums of many lines would not fit.
const LARGEST: i64 = 999_999_999_999_000;

/// Turns `quantity` in `unit` into the item's base unit. `None` as unit is the base unit itself.
///
/// Only the item's own packs and the metric units of one dimension convert. What would need rounding is refused.
pub fn to_base(item: &Item, quantity: Quantity, unit: Option<&str>) -> Result<Quantity, Problem> {
    let base = item.base_unit.as_deref().unwrap_or_default();
    let Some(unit) = unit.filter(|unit| *unit != base) else {
        return Ok(quantity);
    };
    let refusal = || Problem::UnitDoesNotConvert {
        found: super::codes::unit_short(unit).to_owned(),
        base: super::codes::unit_short(base).to_owned(),
    };
    let pack = item.packs.iter().find(|pack| pack.unit.as_deref() == Some(unit));
    let factor = match pack.and_then(|pack| pack.contains) {
        Some(contains) => Some((contains.thousandths(), 1000)),
        None => metric_factor(unit, base),
    };
    let (times, by) = factor.ok_or_else(refusal)?;
    let product = i128::from(quantity.thousandths()) * i128::from(times);
    if product % i128::from(by) != 0 {
        return Err(refusal());
    }
    let counted = i64::try_from(product / i128::from(by)).ok().filter(|counted| *counted <= LARGEST);
    counted.and_then(Quantity::from_thousandths).ok_or_else(|| {
        let base = super::codes::unit_short(base);
        Problem::Rule(format!(
            "{quantity} of it are more than 999,999,999,999 {base}. Write less, or use a larger unit"
        ))
    })
}

/// The exact ratio between two metric units of one dimension, or between two names of a piece.
fn metric_factor(from: &str, to: &str) -> Option<(i64, i64)> {
    let (from_dimension, from_size) = metric(from)?;
    let (to_dimension, to_size) = metric(to)?;
    (from_dimension == to_dimension).then_some((from_size, to_size))
}

/// The dimension of a metric unit and its size in the smallest unit of that dimension.
fn metric(unit: &str) -> Option<(&'static str, i64)> {
    Some(match unit {
        "MGM" => ("mass", 1),
        "GRM" => ("mass", 1_000),
        "KGM" => ("mass", 1_000_000),
        "TNE" => ("mass", 1_000_000_000),
        "MLT" => ("volume", 1),
        "LTR" => ("volume", 1_000),
        "MTQ" => ("volume", 1_000_000),
        "MTR" => ("length", 1),
        "KMT" => ("length", 1_000),
        "H87" | "C62" | "EA" | "NAR" => ("pieces", 1),
        "DZN" => ("pieces", 12),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::Pack;

    fn tablets() -> Item {
        Item {
            base_unit: Some("U2".into()),
            packs: vec![Pack {
                name: "Box of 672".into(),
                unit: Some("XBX".into()),
                contains: Quantity::parse("672").ok(),
            }],
            ..Item::default()
        }
    }

    #[test]
    fn packs_and_metric_units_convert_exactly_or_are_refused() {
        let flour = Item { base_unit: Some("TNE".into()), ..Item::default() };
        for (item, quantity, unit, base) in [
            (&tablets(), "10", Some("XBX"), Some("6720")),
            (&tablets(), "0.5", Some("XBX"), Some("336")),
            (&tablets(), "10", None, Some("10")),
            (&tablets(), "10", Some("KGM"), None),
            (&flour, "1500", Some("KGM"), Some("1.5")),
            (&flour, "1", Some("GRM"), None),
        ] {
            let found = to_base(item, Quantity::parse(quantity).unwrap(), unit);
            assert_eq!(found.ok().map(|q| q.to_string()).as_deref(), base, "{quantity} {unit:?}");
        }
    }
}
