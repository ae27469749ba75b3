//! The standing of a matter: that of its newest filing, and whether any of its permissions can be used.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Span, Status, Validity, on, spans};

/// The history of a matter, from the histories of its filings.
#[must_use]
pub fn spans_of(filings: &[Vec<Span>]) -> Vec<Span> {
    let days: BTreeSet<NaiveDate> =
        filings.iter().flatten().flat_map(|span| [Some(span.from), span.to]).flatten().collect();
    spans(days, |day| status_on(filings, day))
}

fn status_on(filings: &[Vec<Span>], day: NaiveDate) -> Option<Status> {
    let known = filings.iter().filter_map(|filing| Some((filing.first()?.from, on(filing, day)?)));
    let (_, newest) = known.clone().max_by_key(|(start, _)| *start)?;
    let usable = known
        .map(|(_, span)| &span.status)
        .find(|status| Validity::from_word(status.validity).is_some_and(Validity::is_usable));
    let mut status = newest.status.clone();
    if let Some(usable) = usable {
        status.validity = usable.validity;
        status.until_on = usable.until_on;
    }
    Some(status)
}
