//! What is decided of a plan in words: which field a column fills, its currency and unit, one value for all rows.

use super::cells::{self, Manner};
use super::fields;
use super::plan::Plan;
use super::survey::unknown;
use super::words;
use crate::formats::read::Raw;
use crate::services::Failure;

/// The column with this heading, to the letter or else by its words.
fn headed(plan: &Plan, heading: &str) -> Result<usize, Failure> {
    let plain = words::plain;
    let to_the_letter = plan.columns.iter().position(|column| column.heading == heading);
    let by_words = || plan.columns.iter().position(|column| plain(&column.heading) == plain(heading));
    to_the_letter.or_else(by_words).ok_or_else(|| {
        let known: Vec<&str> = plan.columns.iter().map(|column| column.heading.as_str()).collect();
        Failure::Other(format!("No column is headed “{heading}”. There are: {}", known.join(", ")))
    })
}

/// The mapping by hand on the command line: `Heading=field`, with an empty field for a column that is left out.
pub fn map_by_heading(plan: &mut Plan, heading: &str, field: &str) -> Result<(), Failure> {
    let column = headed(plan, heading)?;
    if field.is_empty() {
        plan.map(column, None);
        return Ok(());
    }
    let aims = fields::aims(plan.kind);
    let known = fields::find(&aims, field).ok_or_else(|| unknown(plan, field))?;
    plan.map(column, Some(&known.path));
    Ok(())
}

/// One value for all rows, as text: it is read as a cell of that field would be.
pub fn set_for_all(plan: &mut Plan, field: &str, text: &str) -> Result<(), Failure> {
    let aims = fields::aims(plan.kind);
    let aim = fields::find(&aims, field).ok_or_else(|| unknown(plan, field))?;
    if !aim.lists.is_empty() || aim.is_currency {
        return Err(Failure::Other(format!(
            "One value for all rows can only be given to a field of the record itself, and {} is none. Add a column for it",
            aim.label
        )));
    }
    let raw = Raw::Text(text.trim().to_owned());
    let said = cells::read(&raw, aim.field.kind, false, &Manner { dates: plan.dates, ..Manner::default() })
        .map_err(|trouble| Failure::Other(format!("{}: {}", aim.label, trouble.0)))?;
    plan.fixed.retain(|(known, _)| known != field);
    plan.fixed.push((field.to_owned(), said.value));
    Ok(())
}

/// The currency of a column's amounts, by its code or its name.
pub fn set_currency(plan: &mut Plan, heading: &str, currency: &str) -> Result<(), Failure> {
    let code = words::currency(currency).ok_or_else(|| {
        Failure::Other(format!("No currency is called “{currency}”. Write its code, for example USD"))
    })?;
    let at = headed(plan, heading)?;
    plan.columns.iter_mut().skip(at).take(1).for_each(|column| column.currency = Some(code.to_owned()));
    Ok(())
}

/// The unit of a column's quantities, by its code or its name.
pub fn set_unit(plan: &mut Plan, heading: &str, unit: &str) -> Result<(), Failure> {
    let code = words::unit(unit).ok_or_else(|| {
        Failure::Other(format!("The unit “{unit}” is not known. Write kg, piece or box, or its code"))
    })?;
    let at = headed(plan, heading)?;
    plan.columns.iter_mut().skip(at).take(1).for_each(|column| column.unit = Some(code.to_owned()));
    Ok(())
}
