//! Who pays: rows that share lines of goods among funds.

use std::collections::BTreeMap;

use super::RecordKind;
use crate::domain::id::Id;
use crate::domain::quantity::Quantity;
use crate::domain::schema::{Field, FieldError, FieldKind, Problem, record};
use crate::domain::shares::{self, WHOLE};

record! {
    /// One fund's part of a line, or of every line that has no rows of its own.
    FundShare {
        line: Option<u32>, "Line no." = Field::of(FieldKind::Count).help("Empty: every line without rows of its own");
        fund: Option<Id>, "Fund" = Field::link(&[RecordKind::Fund]).required();
        percent: Option<Quantity>, "Percent" = Field::of(FieldKind::Quantity).required();
    }
}

/// Adds a problem where the shares of a line do not make 100 %, name a fund twice, or speak of a line that is not there.
/// `lines` are the numbers that there are, each with whether the line names a fund by itself.
pub(super) fn check_shares(rows: &[FundShare], lines: &[(u32, bool)], problems: &mut Vec<FieldError>) {
    let mut by_line: BTreeMap<Option<u32>, Vec<&FundShare>> = BTreeMap::new();
    for row in rows {
        by_line.entry(row.line).or_default().push(row);
    }
    for (line, rows) in by_line {
        let whose = line.map_or_else(|| "all lines".to_owned(), |number| format!("line {number}"));
        let mut rule = |rule: String| {
            problems.push(FieldError::at("shares", "Who pays", Problem::Rule(rule)));
        };
        let sum: i64 = rows.iter().map(|row| shares::part(row)).sum();
        if sum != WHOLE {
            let found = Quantity::from_thousandths(sum).unwrap_or_default();
            rule(format!("The shares of {whose} make {found} %. Mend them so that they make 100 %"));
        }
        let mut funds: Vec<_> = rows.iter().map(|row| row.fund).collect();
        funds.sort_unstable();
        if funds.windows(2).any(|pair| pair[0] == pair[1]) {
            rule(format!("A fund stands twice in the shares of {whose}. Give it one row"));
        }
        let Some(number) = line else { continue };
        match lines.iter().find(|(known, _)| *known == number) {
            None => rule(format!("The shares speak of line {number}, which is not there. Give the number of a line")),
            Some((_, true)) => {
                rule(format!("Line {number} names a fund by itself. Empty that field, or take its shares away"));
            }
            Some(_) => {}
        }
    }
}
