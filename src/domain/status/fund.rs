//! The standing of a grant, from its dated status history.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Span, Status, spans};
use crate::domain::date::FuzzyDate;
use crate::domain::record::{Fund, FundState};

/// The history of a grant as spans.
#[must_use]
pub fn spans_of(fund: &Fund) -> Vec<Span> {
    let days: BTreeSet<NaiveDate> = fund.history.iter().filter_map(|change| change.on).chain(fund.starts_on).collect();
    spans(days, |day| status_on(fund, day))
}

fn status_on(fund: &Fund, day: NaiveDate) -> Option<Status> {
    let told =
        fund.history.iter().rfind(|change| change.on.is_some_and(|on| on <= day)).and_then(|change| change.state);
    let started = fund.starts_on.filter(|on| *on <= day).map(|_| FundState::Active);
    Some(Status {
        stage: told.or(started)?.word(),
        outcome: "",
        validity: "",
        was: "",
        begun_on: fund.starts_on.map(FuzzyDate::day),
        settled_on: None,
        until_on: fund.ends_on.map(FuzzyDate::day),
    })
}
