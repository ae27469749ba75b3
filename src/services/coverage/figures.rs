//! The numbers of a cell: the one that matters most, and what is left measure by measure.

use crate::domain::codes;
use crate::domain::coverage::cell::{By, Cell, Why};
use crate::domain::coverage::judge::Judge;
use crate::domain::coverage::{Left, Standing};
use crate::domain::record::Measure;
use crate::domain::status::permission::amounts::amount;

/// The number that matters most, for a place with little room.
pub(super) fn figure(cell: &Cell) -> String {
    match cell.why {
        Why::Days(days) => {
            format!("{} d {}", days.abs(), if days > 0 { "late" } else { "early" })
        }
        Why::Missing(Measure::People, _) => String::new(),
        Why::Missing(_, missing) => amount(missing),
        Why::Left(_, left) => format!("{} left", signed(left)),
        Why::NoLimit => "no limit".to_owned(),
        Why::Slots(cap) => format!("of {cap}"),
        Why::Condition(number) => format!("no. {number}"),
        Why::Scope(part) => part.label().to_lowercase(),
        _ => String::new(),
    }
}

/// What is left of the grant line that covers a cell, measure by measure, and of the shipments that it allows.
pub(super) fn left(judge: &Judge<'_>, by: By, unit: &str) -> Vec<String> {
    let By::Permission(id, line) = by else { return Vec::new() };
    let Some(permit) = judge.ledger.permits.get(&id) else { return Vec::new() };
    let day = judge.permit_day(id, permit);
    let mut found: Vec<String> =
        day.standings.iter().filter(|one| one.line == line).map(|one| standing(one, unit)).collect();
    if let Some(cap) = day.cap.filter(|_| permit.facts.takes_slots) {
        found.push(format!("{} of {cap} shipments taken", day.slots.len()));
    }
    found
}

fn standing(standing: &Standing, unit: &str) -> String {
    let measure = standing.measure.label();
    match standing.left() {
        Left::Limited(left) => match (standing.measure, &standing.currency) {
            (Measure::Quantity, _) => format!("{measure}: {} {} left", signed(left), codes::unit_short(unit)),
            (_, Some(currency)) => format!("{measure}: {currency} {} left", signed(left)),
            (_, None) => format!("{measure}: {} left", signed(left)),
        },
        Left::Unlimited => format!("{measure}: no limit"),
        Left::NotStated => format!("{measure}: the letter does not say"),
    }
}

/// Thousandths with their sign: below zero where more is booked than allowed.
pub(in crate::services) fn signed(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    format!("{sign}{}", amount(thousandths.abs()))
}
