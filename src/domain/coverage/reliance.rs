//! Reliances as cover: work that rests on a rule for which nothing has to be filed.

use chrono::NaiveDate;

use super::cell::{By, Cell, CellState, Why};
use crate::domain::id::Id;
use crate::domain::record::Reliance;

/// Whether a reliance holds on a day; else by how many days it does not.
pub(super) fn fits(reliance: &Reliance, on: NaiveDate) -> Result<(), i64> {
    let start = reliance.relied_on.unwrap_or(on);
    let end = [reliance.valid_until, reliance.ended_on.and_then(|ended| ended.pred_opt())].into_iter().flatten().min();
    match end.filter(|end| on > *end) {
        Some(end) => Err((on - end).num_days()),
        None if on < start => Err(-(start - on).num_days()),
        None => Ok(()),
    }
}

/// Whether somebody had decided by a day to rely on it.
pub(super) fn is_known(reliance: &Reliance, day: NaiveDate) -> bool {
    reliance.decided_on.or(reliance.relied_on).is_none_or(|on| on <= day)
}

/// How an act stands that rests on a reliance. A rule names a section; the reliance must be on that one.
pub(super) fn cell(id: Id, reliance: &Reliance, on: NaiveDate, section: &str, rule: u32) -> Cell {
    let by = By::Reliance(id);
    match fits(reliance, on) {
        Err(days) => Cell::of(CellState::OutsideWindow, by, Why::Days(days)),
        Ok(()) if !names(&reliance.rule, section) => Cell::of(CellState::OutsideScope, by, Why::Section(rule)),
        Ok(()) => Cell::of(CellState::Covered, by, Why::NotStated),
    }
}

/// Whether a citation names a section: `31 CFR 510.520` names 510.520.
fn names(citation: &str, section: &str) -> bool {
    let numbers = |text: &str| -> Vec<String> {
        let parts = text.split(|c: char| !c.is_ascii_digit() && c != '.');
        parts.map(|part| part.trim_matches('.').to_owned()).filter(|part| part.contains('.')).collect()
    };
    let wanted = numbers(section);
    wanted.is_empty() || wanted.iter().any(|number| numbers(citation).contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reliance_must_be_on_the_section_that_the_rule_names() {
        for (citation, section, named) in [
            ("31 CFR 510.520", "510.520", true),
            ("31 CFR 510.512 (NGO activities)", "31 CFR 510.512", true),
            ("31 CFR 510.512", "31 CFR 510.520", false),
            ("31 CFR 510.5", "31 CFR 510.512", false),
            ("FAQ 1162", "", true),
        ] {
            assert_eq!(names(citation, section), named, "{citation} / {section}");
        }
    }
}
