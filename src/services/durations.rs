//! How long each authority takes, from the workspace's own filings beside the public record, and when to ask by.
//!
//! The public record is biased: a case is mostly in it because it was decided and somebody told. So it is shown beside our
//! own history, and no day to ask by ever stands on it alone.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::facts;
use crate::domain::date::days_before;
use crate::domain::id::Id;
use crate::domain::kaplan_meier::{Case, Estimate, Percentile, estimate};
use crate::domain::record::{Filing, Request};
use crate::domain::status::Stage;
use crate::domain::summary::Source;
use crate::store::deadlines::{self, Filed};
use crate::store::{Db, StoreError};

/// How many filings of each source are looked at, the newest first.
const MOST: i64 = 1_000;
/// How many of our own cases a day to ask by needs at least.
pub const FEWEST: u32 = 5;
/// The part of the cases that is answered by the day to ask by.
const PER_CENT: u32 = 80;

/// The times of one authority, for one sort of filing.
#[derive(Debug, Clone, PartialEq)]
pub struct Times {
    /// The authority.
    pub authority: Option<Id>,
    /// Whose filings.
    pub source: Source,
    /// The sort of filing; `None` is all of them.
    pub filing: Option<Filing>,
    /// The estimate.
    pub estimate: Estimate,
    /// How many filings were known, with and without a day of sending; counted for all sorts together.
    pub known: i64,
}

/// What is known of the times that authorities take, as of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Durations {
    cases: Vec<(Key, Case)>,
    known: BTreeMap<(Source, Option<Id>), i64>,
}

/// Whose case before whom, and of which sort.
type Key = (Source, Option<Id>, Option<Filing>);

/// Cases by the sort of filing.
type ByFiling = BTreeMap<Option<Filing>, Vec<Case>>;

/// When to ask by, and how sure that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskBy {
    /// The day by which to ask.
    pub on: NaiveDate,
    /// Days that were enough for 80 of 100 of our own cases, with their spread.
    pub lead: Percentile,
    /// How many of our own cases it stands on, open ones included.
    pub cases: u32,
    /// How many of these are open.
    pub open: u32,
    /// Whether they are all extensions and renewals.
    pub renewals: bool,
}

impl AskBy {
    /// How the day was found, in words.
    #[must_use]
    pub fn words(&self) -> String {
        let sort = if self.renewals { "extensions and renewals" } else { "filings of every sort" };
        let days = self.lead.days.unwrap_or_default();
        format!(
            "80 of 100 took up to {days} days ({}), by {} own {sort}, {} of them open",
            spread(self.lead),
            self.cases,
            self.open
        )
    }
}

/// The spread of a percentile, in words.
#[must_use]
pub fn spread(percentile: Percentile) -> String {
    let limit = |days: Option<u32>| days.map_or_else(|| "not reached".to_owned(), |days| days.to_string());
    format!("95 %: {} to {}", limit(percentile.lower), limit(percentile.upper))
}

/// Reads what is known as of a day of our own filings, and of the public record where it is wanted.
pub(super) fn durations(db: &Db, on: NaiveDate, sources: &[Source]) -> Result<Durations, StoreError> {
    let (mut cases, mut known) = (Vec::new(), BTreeMap::new());
    for source in sources.iter().copied() {
        for filed in deadlines::filings(db, on, source, MOST)? {
            let filing = facts::load::<Request>(db, filed.id)?.and_then(|request| request.filing);
            cases.push(((source, filed.authority, filing), case(&filed, on)));
        }
        for (authority, count) in deadlines::count_filings(db, on, source)? {
            known.insert((source, authority), count);
        }
    }
    Ok(Durations { cases, known })
}

/// A filing as a case: answered, or open until it was withdrawn or returned, fell silent, or until the day.
fn case(filed: &Filed, on: NaiveDate) -> Case {
    let stage = Stage::from_word(filed.stage);
    let (until, censored) = match (stage, filed.settled) {
        (Some(Stage::Decided), Some(settled)) => (settled, false),
        (Some(Stage::Withdrawn | Stage::ReturnedUnregistered), _) => (filed.since, true),
        (Some(Stage::LastKnown), _) => (filed.until.unwrap_or(on), true),
        _ => (on, true),
    };
    Case { days: u32::try_from((until - filed.sent).num_days()).unwrap_or(0), censored }
}

impl Durations {
    /// The times of every authority and source, first of all filings and then of each sort where there are several; ours
    /// before the public ones.
    #[must_use]
    pub fn times(&self) -> Vec<Times> {
        let mut sorted: BTreeMap<(Option<Id>, Source), ByFiling> = BTreeMap::new();
        for ((source, authority, filing), case) in &self.cases {
            sorted.entry((*authority, *source)).or_default().entry(*filing).or_default().push(*case);
        }
        let mut times = Vec::new();
        for ((authority, source), by_filing) in sorted {
            let known = self.known.get(&(source, authority)).copied().unwrap_or(0);
            let of = |filing, cases: &[Case]| Times { authority, source, filing, estimate: estimate(cases), known };
            let all: Vec<Case> = by_filing.values().flatten().copied().collect();
            times.push(of(None, &all));
            if by_filing.len() > 1 {
                times.extend(by_filing.iter().map(|(filing, cases)| of(*filing, cases)));
            }
        }
        times
    }

    /// The day to ask by so that an answer is there on a day, from our own filings before that authority: extensions and
    /// renewals where there are enough of them, else filings of every sort. The error says why there is no such day.
    pub fn ask_by(&self, authority: Option<Id>, need: NaiveDate) -> Result<AskBy, String> {
        let own = |renewals: bool| -> Estimate {
            let of_it = |((source, of, filing), _): &&(Key, Case)| {
                *source == Source::Own && *of == authority && (!renewals || filing.is_some_and(is_renewal))
            };
            estimate(&self.cases.iter().filter(of_it).map(|(_, case)| *case).collect::<Vec<_>>())
        };
        let (renewed, all) = (own(true), own(false));
        let renewals = renewed.cases() >= FEWEST;
        let estimate = if renewals { renewed } else { all };
        let cases = estimate.cases();
        if cases < FEWEST {
            return Err(format!(
                "Too few own cases: {cases}, and {FEWEST} are needed. The public record alone is not used, because it is biased"
            ));
        }
        let lead = estimate.percentile(PER_CENT);
        let Some(days) = lead.days else {
            return Err(format!(
                "Of {cases} own cases {} are still open, too many to say when 80 of 100 are answered",
                estimate.open
            ));
        };
        Ok(AskBy { on: days_before(need, u64::from(days)), lead, cases, open: estimate.open, renewals })
    }
}

const fn is_renewal(filing: Filing) -> bool {
    matches!(filing, Filing::Extension | Filing::Renewal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn known(cases: &[(Source, Filing, u32, bool)]) -> Durations {
        let case = |(source, filing, days, censored): &(Source, Filing, u32, bool)| {
            ((*source, Some(Id(1)), Some(*filing)), Case { days: *days, censored: *censored })
        };
        Durations { cases: cases.iter().map(case).collect(), known: BTreeMap::new() }
    }

    #[test]
    fn a_day_to_ask_by_stands_on_five_own_cases_and_never_on_the_public_record() {
        let own = |days: u32| (Source::Own, Filing::New, days, false);
        let public = |days: u32| (Source::Public, Filing::New, days, false);
        let need = day("2026-12-31");
        let few = known(&[own(10), own(20), own(30), public(1), public(2), public(3), public(4), public(5)]);
        let said = few.ask_by(Some(Id(1)), need).unwrap_err();
        assert!(said.contains("Too few own cases: 3"), "{said}");
        assert!(said.contains("public record alone is not used"), "{said}");
        let enough = known(&[own(10), own(20), own(30), own(40), own(50), public(1)]);
        let ask = enough.ask_by(Some(Id(1)), need).unwrap();
        assert_eq!((ask.on, ask.cases, ask.lead.days), (day("2026-11-21"), 5, Some(40)));
        assert!(
            ask.words()
                .contains("80 of 100 took up to 40 days (95 %: 20 to not reached), by 5 own filings of every sort"),
            "{}",
            ask.words()
        );
        assert!(enough.ask_by(Some(Id(2)), need).is_err(), "another authority is another history");
    }

    #[test]
    fn renewals_speak_for_renewals_once_there_are_enough_and_open_cases_count() {
        let renewal = |days: u32, open: bool| (Source::Own, Filing::Extension, days, open);
        let mut cases: Vec<_> = (0..20).map(|_| (Source::Own, Filing::New, 300, false)).collect();
        cases.extend([renewal(10, false), renewal(12, false), renewal(14, false), renewal(16, false)]);
        assert_eq!(known(&cases).ask_by(Some(Id(1)), day("2026-12-31")).unwrap().lead.days, Some(300));
        cases.push(renewal(18, false));
        let ask = known(&cases).ask_by(Some(Id(1)), day("2026-12-31")).unwrap();
        assert_eq!((ask.renewals, ask.lead.days), (true, Some(16)));
        cases.extend([renewal(40, true), renewal(40, true)]);
        let said = known(&cases).ask_by(Some(Id(1)), day("2026-12-31")).unwrap_err();
        assert!(said.contains("Of 7 own cases 2 are still open"), "{said}");
    }
}
