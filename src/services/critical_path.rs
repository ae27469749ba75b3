//! In which order a project's permissions are asked for, which authority holds everything up, and by when to ask. The days
//! stand on our own earlier filings; where these are too few, only the order is told.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::durations::Durations;
use super::queries::{NeedRow, NeedsTable};
use super::rules::Named;
use crate::domain::record::RuleAnswer;
use crate::domain::rules::order;

/// When one permission has to be asked for.
struct Ask {
    /// The day by which it has to be there.
    needed_on: NaiveDate,
    /// The day by which to ask; that day itself where nothing is filed or no times are known.
    on: NaiveDate,
    /// How the day was found, or why there is none.
    how: Result<String, String>,
}

/// The order as lines: step by step, with what each permission holds up and the day by which to ask.
pub(super) fn lines(
    table: &NeedsTable,
    instruments: &BTreeMap<String, Named>,
    durations: &Durations,
    today: NaiveDate,
) -> Vec<String> {
    let needed: Vec<&NeedRow> = table.whole.iter().filter(|row| row.answer == RuleAnswer::Needed).collect();
    let codes: Vec<&str> = needed.iter().map(|row| row.instrument.as_str()).collect();
    let steps = order::steps(&codes);
    let asks = asks(table, &steps, instruments, durations);
    let name = |code: &str| {
        let row = needed.iter().find(|row| row.instrument == code);
        row.map_or_else(|| code.to_owned(), |row| format!("{}: {}", row.authority, row.name))
    };
    let mut lines = Vec::new();
    for (number, step) in (1..).zip(&steps) {
        for code in step {
            let waiting: Vec<String> =
                codes.iter().filter(|other| order::waits_for(other).contains(code)).map(|other| name(other)).collect();
            let held = match waiting.len() {
                0 => String::new(),
                count => format!(". It holds up {count}: {}", waiting.join("; ")),
            };
            let when = asks.get(code).map_or_else(String::new, |ask| ask.words(code, today));
            lines.push(format!("Step {number}. {}{when}{held}", name(code)));
        }
    }
    // Only a day that was found from times says who is the longest; otherwise the order has to do.
    let known = asks.iter().filter(|(code, ask)| order::is_filed(code) && ask.how.is_ok());
    if let Some((code, ask)) = known.min_by_key(|(_, ask)| ask.on) {
        lines.push(format!("{} holds everything up: it has to be asked for first, by {}", name(code), ask.on));
    }
    if asks.iter().any(|(code, ask)| order::is_filed(code) && ask.how.is_err()) {
        lines.push("Where times are not known, the steps say only what waits for what".to_owned());
    }
    lines
}

impl Ask {
    fn words(&self, code: &str, today: NaiveDate) -> String {
        if !order::is_filed(code) {
            return format!(", to be relied on from {}; nothing is filed", self.needed_on);
        }
        match &self.how {
            Ok(how) if self.on < today => {
                format!(", needed by {}: ask at once, {} is past ({how})", self.needed_on, self.on)
            }
            Ok(how) => format!(", needed by {}: ask by {} ({how})", self.needed_on, self.on),
            Err(why) => format!(", needed by {}; how long it takes is not known ({why})", self.needed_on),
        }
    }
}

/// From the last step to the first: what others wait for has to be there when they are asked for.
fn asks<'a>(
    table: &NeedsTable,
    steps: &[Vec<&'a str>],
    instruments: &BTreeMap<String, Named>,
    durations: &Durations,
) -> BTreeMap<&'a str, Ask> {
    let mut asks: BTreeMap<&str, Ask> = BTreeMap::new();
    for code in steps.iter().rev().flatten() {
        let needs = |row: &NeedRow| row.instrument == *code && row.answer == RuleAnswer::Needed;
        let own = table.acts.iter().filter(|act| act.needs.iter().any(needs)).map(|act| act.on);
        let others = asks.iter().filter(|(other, _)| order::waits_for(other).contains(code)).map(|(_, ask)| ask.on);
        let Some(needed_on) = own.chain(others).min() else { continue };
        let authority = instruments.get(*code).and_then(|named| named.authority_id);
        let found = durations.ask_by(authority, needed_on);
        let filed = order::is_filed(code);
        let on = found.as_ref().map_or(needed_on, |ask| if filed { ask.on } else { needed_on });
        asks.insert(code, Ask { needed_on, on, how: found.map(|ask| ask.words()) });
    }
    asks
}
