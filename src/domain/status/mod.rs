//! Status, derived from dated facts for any day. It is never typed and never stored as truth.
//!
//! Each fold answers two questions: what was the status on a day, and on which days can it have changed. From these come
//! the dated spans that lists, figures and `as of` stand on.

pub mod cash;
pub mod fund;
pub mod incident;
pub mod indicator;
pub mod lot;
pub mod mark;
pub mod matter;
pub mod permission;
pub mod purchase;
pub mod reach;
pub mod reliance;
pub mod request;
pub mod shipment;
pub mod trip;
pub mod visit;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::date::FuzzyDate;
use super::word::{Word, words};

words! {
    /// How far a request has come.
    pub enum Stage {
        Draft = "draft", "Draft";
        NationalReview = "national_review", "National review";
        Sent = "sent", "Sent";
        Registered = "registered", "Registered";
        QuestionOpen = "question_open", "Question open";
        OnHold = "on_hold", "On hold";
        IntentToDeny = "intent_to_deny", "Intent to deny";
        LetterPending = "letter_pending", "Agreed, letter pending";
        LastKnown = "last_known", "Last known";
        ReturnedUnregistered = "returned_unregistered", "Returned unregistered";
        Withdrawn = "withdrawn", "Withdrawn";
        Decided = "decided", "Decided";
    }
}

words! {
    /// What came of a request.
    pub enum Outcome {
        Pending = "pending", "Pending";
        Approved = "approved", "Approved";
        ApprovedWithConditions = "approved_with_conditions", "Approved with conditions";
        ApprovedInPart = "approved_in_part", "Approved in part";
        Eligible = "eligible", "Found eligible";
        ClearedBySilence = "cleared_by_silence", "Cleared by silence";
        NotNeeded = "not_needed", "No permission needed";
        Amended = "amended", "Amended";
        Extended = "extended", "Extended";
        Replaced = "replaced", "Replaced";
        Guidance = "guidance", "Guidance";
        ReturnedWithoutAction = "returned_without_action", "Returned without action";
        NotEligible = "not_eligible", "Notified ineligible";
        Refused = "refused", "Refused";
    }
}

impl Outcome {
    /// Whether it lets the applicant act.
    #[must_use]
    pub const fn grants(self) -> bool {
        matches!(
            self,
            Self::Approved
                | Self::ApprovedWithConditions
                | Self::ApprovedInPart
                | Self::Eligible
                | Self::ClearedBySilence
                | Self::NotNeeded
                | Self::Amended
                | Self::Extended
                | Self::Replaced
        )
    }
}

words! {
    /// Whether a permission can be used.
    pub enum Validity {
        None = "none", "No permission";
        NotYet = "not_yet", "Not yet valid";
        Active = "active", "Active";
        EndNotStated = "end_not_stated", "End not stated";
        Expiring = "expiring", "Expiring";
        Suspended = "suspended", "Suspended";
        UsedUp = "used_up", "Used up";
        Expired = "expired", "Expired";
        Revoked = "revoked", "Revoked";
        Replaced = "replaced", "Replaced";
    }
}

impl Validity {
    /// Whether goods may move under it on the day it is asked for.
    #[must_use]
    pub const fn is_usable(self) -> bool {
        matches!(self, Self::Active | Self::EndNotStated | Self::Expiring)
    }

    /// Whether nothing can be planned under it any more.
    #[must_use]
    pub const fn has_ended(self) -> bool {
        matches!(self, Self::Expired | Self::Revoked | Self::Replaced)
    }
}

/// How many days before its end a permission counts as expiring: long enough to file an extension and hear of it.
pub const EXPIRING_DAYS: u64 = 60;

/// The status of a record on a day, with the dates that lists show beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// How far it has come: a word of [`Stage`], or of the shipment's, trip's or fund's own stages.
    pub stage: &'static str,
    /// What came of it: a word of [`Outcome`], empty for kinds that have none.
    pub outcome: &'static str,
    /// Whether its permission can be used: a word of [`Validity`], empty for kinds that have none.
    pub validity: &'static str,
    /// For a case that fell silent: the stage in which it was last known.
    pub was: &'static str,
    /// When it began: sent, dispatched, departed.
    pub begun_on: Option<FuzzyDate>,
    /// When it was settled: decided, received, returned.
    pub settled_on: Option<FuzzyDate>,
    /// When it ends or is expected: end of the permission, expected arrival, return.
    pub until_on: Option<FuzzyDate>,
}

impl Status {
    /// A stage of a kind that has neither outcome nor permission; begun, settled, ends.
    pub(in crate::domain) fn of_stage(
        stage: &'static str,
        [begun_on, settled_on, until_on]: [Option<NaiveDate>; 3],
    ) -> Self {
        let [begun_on, settled_on, until_on] = [begun_on, settled_on, until_on].map(|day| day.map(FuzzyDate::day));
        Self { stage, outcome: "", validity: "", was: "", begun_on, settled_on, until_on }
    }

    /// The one word under which it is counted: the stage while it is open, the outcome once it is decided.
    #[must_use]
    pub fn headline(&self) -> &'static str {
        headline(self.stage, self.outcome)
    }
}

/// The one word under which a stage and an outcome are counted.
#[must_use]
pub fn headline<'a>(stage: &'a str, outcome: &'a str) -> &'a str {
    if stage == Stage::Decided.word() { outcome } else { stage }
}

/// A status and the days on which it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub from: NaiveDate,
    /// The first day on which it no longer holds; `None` while nothing later is known.
    pub to: Option<NaiveDate>,
    /// The day since which it bears this headline without a break.
    pub since: NaiveDate,
    /// What it was.
    pub status: Status,
}

impl Span {
    /// Whether it holds on `day`.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }
}

/// The span that holds on `day`.
#[must_use]
pub fn on(spans: &[Span], day: NaiveDate) -> Option<&Span> {
    spans.iter().find(|span| span.holds_on(day))
}

/// Cuts a history into spans: asks `status_on` at each boundary and joins neighbours that are equal.
pub(in crate::domain) fn spans(
    boundaries: BTreeSet<NaiveDate>,
    status_on: impl Fn(NaiveDate) -> Option<Status>,
) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for day in boundaries {
        let Some(status) = status_on(day) else { continue };
        let mut since = day;
        if let Some(last) = spans.last_mut() {
            if last.status == status {
                continue;
            }
            if last.status.headline() == status.headline() {
                since = last.since;
            }
            last.to = Some(day);
        }
        spans.push(Span { from: day, to: None, since, status });
    }
    spans
}

/// Why a set of dated facts contradicts itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Illegal {
    /// Something needs an earlier step that is not there.
    #[error("“{what}” on {on} needs “{needs}” on or before that day. Record “{needs}” first, or mend the date")]
    Needs {
        /// What was recorded.
        what: String,
        /// Its date.
        on: FuzzyDate,
        /// What must come before it.
        needs: &'static str,
    },
    /// Something comes after the end.
    #[error("“{what}” on {on} comes after “{end}” on {ended}. Mend the date, or record it on a new request")]
    AfterEnd {
        /// What was recorded.
        what: String,
        /// Its date.
        on: FuzzyDate,
        /// What ended it.
        end: String,
        /// When that was.
        ended: FuzzyDate,
    },
    /// Something can happen only once.
    #[error("“{what}” is there already, on {on}. It can happen only once; edit the one that is there")]
    Twice {
        /// What was recorded.
        what: String,
        /// When it was first.
        on: FuzzyDate,
    },
    /// Two facts exclude one another.
    #[error("{0}")]
    Contradiction(String),
}

/// Every vocabulary of which a status can be a word.
const VOCABULARIES: &[&[Word]] = &[
    Stage::WORDS,
    Outcome::WORDS,
    Validity::WORDS,
    shipment::ShipmentStage::WORDS,
    trip::TripStage::WORDS,
    super::record::FundState::WORDS,
    lot::LotStage::WORDS,
    purchase::PurchaseStage::WORDS,
    visit::VisitStage::WORDS,
    indicator::IndicatorStage::WORDS,
    reliance::RelianceStage::WORDS,
    incident::IncidentStage::WORDS,
    cash::CashStage::WORDS,
    permission::booked::BookingStage::WORDS,
    mark::MarkStage::WORDS,
];

/// A status word as it stands in its vocabulary; `None` where none has it.
#[must_use]
pub fn known(word: &str) -> Option<&'static Word> {
    VOCABULARIES.iter().flat_map(|words| words.iter()).find(|known| known.word == word)
}

/// The label of a status word, whichever vocabulary it is from.
#[must_use]
pub fn label(word: &str) -> String {
    known(word).map_or_else(|| word.replace('_', " "), |known| known.label.to_owned())
}
