//! The life of a request: from draft to decision, with holds, questions and silence on the way.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::permission::PermissionFacts;
use super::{Illegal, Outcome, Span, Stage, Status, Validity, spans};
use crate::domain::clocks::Silence;
use crate::domain::date::{FuzzyDate, days_after};
use crate::domain::id::Id;
use crate::domain::record::{Answer, Decision, Event, EventKind, Filing, LineAnswer, Request};

/// Everything from which a request's status follows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestFacts {
    /// The request itself.
    pub request: Request,
    /// Whether it is of the public record, of which much is unknown: there a decision may stand without a sent date.
    pub public: bool,
    /// What silence does to it, by the clock of its instrument.
    pub silence: Silence,
    /// What happened to it, in any order.
    pub events: Vec<Event>,
    /// What was decided, in any order.
    pub decisions: Vec<Decision>,
    /// The permissions its decisions gave or changed.
    pub permissions: Vec<PermissionFacts>,
}

impl RequestFacts {
    /// The status on `day`; `None` while nothing was known of it yet.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> Option<Status> {
        let progress = self.progress(day);
        let exists = progress.begun || self.request.started_on.is_some_and(|on| on <= day);
        if !exists {
            return None;
        }
        let (stage, outcome) = progress.stage_and_outcome(day, self.silence);
        let (validity, until) = self.validity(day, &progress);
        Some(Status {
            stage: stage.word(),
            outcome: outcome.word(),
            validity: validity.word(),
            was: if stage == Stage::LastKnown { progress.open_stage().word() } else { "" },
            begun_on: progress.sent,
            settled_on: progress.answer.map(|(_, on)| on).or(progress.cleared_by_silence(day, self.silence)),
            until_on: until.or(progress.last_heard.filter(|_| stage == Stage::LastKnown)),
        })
    }

    /// The days on which the status can have changed.
    pub fn boundaries(&self, days: &mut BTreeSet<NaiveDate>) {
        days.extend(self.request.started_on);
        for event in &self.events {
            let Some(on) = event.on.map(FuzzyDate::last) else { continue };
            days.insert(on);
            if event.kind == Some(EventKind::LastHeard) {
                days.insert(days_after(on, 1));
            }
            if event.kind == Some(EventKind::Sent) {
                days.extend(self.silence.clears_on(on));
            }
        }
        days.extend(self.decisions.iter().filter_map(|decision| Some(decision.on?.last())));
        for permission in &self.permissions {
            permission.boundaries(days);
        }
    }

    /// Its history as spans.
    #[must_use]
    pub fn spans(&self) -> Vec<Span> {
        let mut days = BTreeSet::new();
        self.boundaries(&mut days);
        spans(days, |day| self.on(day))
    }

    /// The day of the answer and its outcome, for the chart of months.
    #[must_use]
    pub fn answered(&self) -> Option<(FuzzyDate, Outcome)> {
        let (answer, on) = self.progress(NaiveDate::MAX).answer?;
        Some((on, outcome_of(answer)))
    }

    /// What was decided of one traveller by `day`: granted or refused, or `None` while it is open.
    #[must_use]
    pub fn traveller_answer(&self, person: Id, day: NaiveDate) -> Option<LineAnswer> {
        let known = self.decisions.iter().filter_map(|decision| {
            let row = decision.travellers.iter().find(|row| row.person == Some(person))?;
            Some((decision.on?.last(), row.answer?))
        });
        let newest = known.filter(|(on, _)| *on <= day).max_by_key(|(on, _)| *on);
        if let Some((_, answer)) = newest {
            return Some(answer);
        }
        let progress = self.progress(day);
        let (stage, outcome) = progress.stage_and_outcome(day, self.silence);
        match stage {
            Stage::Decided if outcome.grants() => Some(LineAnswer::Granted),
            Stage::Decided | Stage::Withdrawn | Stage::ReturnedUnregistered => Some(LineAnswer::Refused),
            _ => None,
        }
    }

    /// Refuses facts that contradict one another. Imprecise dates are refused only where every day of them would.
    pub fn check(&self) -> Result<(), Illegal> {
        self.check_once()?;
        self.check_steps()?;
        self.check_end()?;
        self.check_partial_approval()?;
        self.permissions.iter().try_for_each(PermissionFacts::check)
    }

    fn check_once(&self) -> Result<(), Illegal> {
        for kind in [EventKind::Sent, EventKind::Registered, EventKind::Withdrawn, EventKind::ReturnedUnregistered] {
            let mut same = self.events.iter().filter(|event| event.kind == Some(kind)).filter_map(|event| event.on);
            if let (Some(first), Some(second)) = (same.next(), same.next()) {
                let on = if second.certainly_before(first) { second } else { first };
                return Err(Illegal::Twice { what: kind.label().to_owned(), on });
            }
        }
        let mut answers = self.decisions.iter().filter(|decision| self.answers(decision));
        if let (Some(first), Some(second)) = (answers.next(), answers.next()) {
            let what = second.answer.map_or("Decision", Answer::label).to_owned();
            return match first.on {
                Some(on) => Err(Illegal::Twice { what, on }),
                None => Ok(()),
            };
        }
        Ok(())
    }

    fn check_steps(&self) -> Result<(), Illegal> {
        for event in &self.events {
            let (Some(kind), Some(on)) = (event.kind, event.on) else { continue };
            let needs: &[EventKind] = match kind {
                EventKind::NationalReview | EventKind::Sent | EventKind::Withdrawn | EventKind::LastHeard => continue,
                EventKind::Answer => &[EventKind::Question, EventKind::IntentToDeny],
                EventKind::HoldLifted => &[EventKind::Hold],
                _ if self.public => continue,
                _ => &[EventKind::Sent],
            };
            if !needs.iter().any(|needed| self.has_on_or_before(*needed, on)) {
                let needs = needs.first().map_or("Sent", |needed| needed.label());
                return Err(Illegal::Needs { what: kind.label().to_owned(), on, needs });
            }
        }
        for decision in &self.decisions {
            let (Some(answer), Some(on)) = (decision.answer, decision.on) else { continue };
            let needs_sent = self.answers(decision) && !self.public;
            if needs_sent && !self.has_on_or_before(EventKind::Sent, on) {
                let what = answer.label().to_owned();
                return Err(Illegal::Needs { what, on, needs: EventKind::Sent.label() });
            }
        }
        Ok(())
    }

    fn check_end(&self) -> Result<(), Illegal> {
        let answered = self
            .decisions
            .iter()
            .find(|decision| self.answers(decision))
            .and_then(|decision| Some((decision.answer?.label(), decision.on?)));
        let ending_event = self
            .events
            .iter()
            .filter(|event| matches!(event.kind, Some(EventKind::Withdrawn | EventKind::ReturnedUnregistered)))
            .find_map(|event| Some((event.kind?.label(), event.on?)));
        if let (Some((answer, on)), Some((end, ended))) = (answered, ending_event) {
            return Err(Illegal::Contradiction(format!(
                "A request cannot be both “{answer}” ({on}) and “{end}” ({ended}). Remove the one that is wrong"
            )));
        }
        let Some((end, ended)) = answered.or(ending_event) else { return Ok(()) };
        for event in &self.events {
            let (Some(kind), Some(on)) = (event.kind, event.on) else { continue };
            if kind != EventKind::LastHeard && ended.certainly_before(on) {
                return Err(Illegal::AfterEnd { what: kind.label().to_owned(), on, end: end.to_owned(), ended });
            }
        }
        Ok(())
    }

    /// A partial approval decides line by line, and something of what was asked must be missing from it.
    fn check_partial_approval(&self) -> Result<(), Illegal> {
        for decision in self.decisions.iter().filter(|decision| self.answers(decision)) {
            for row in &decision.lines {
                let Some(number) = row.line else { continue };
                let asked = self.request.lines.iter().find(|line| line.number == Some(number));
                let Some(asked) = asked else {
                    return Err(Illegal::Contradiction(format!(
                        "The decision speaks of line {number}, which the request does not have. Give the number of a line that was asked"
                    )));
                };
                if row.quantity.is_some_and(|granted| Some(granted) > asked.quantity) {
                    let quantity = asked.quantity.unwrap_or_default();
                    return Err(Illegal::Contradiction(format!(
                        "Line {number} grants more than the {quantity} that were asked. Mend the granted quantity"
                    )));
                }
            }
            if decision.answer == Some(Answer::ApprovedInPart) {
                self.check_covers_every_line(decision)?;
            }
        }
        Ok(())
    }

    fn check_covers_every_line(&self, decision: &Decision) -> Result<(), Illegal> {
        let asked: BTreeSet<u32> = self.request.lines.iter().filter_map(|line| line.number).collect();
        let decided: BTreeSet<u32> = decision.lines.iter().filter_map(|row| row.line).collect();
        if let Some(open) = asked.difference(&decided).next() {
            return Err(Illegal::Contradiction(format!(
                "A partial approval decides line by line, and line {open} has no answer. Add one row for each asked line"
            )));
        }
        let people: BTreeSet<Id> = self.request.travellers.iter().filter_map(|row| row.person).collect();
        let answered: BTreeSet<Id> = decision.travellers.iter().filter_map(|row| row.person).collect();
        if people.difference(&answered).next().is_some() {
            return Err(Illegal::Contradiction(
                "A partial approval decides traveller by traveller, and one has no answer. Add one row for each".into(),
            ));
        }
        let rows = decision.lines.iter().map(|row| row.answer).chain(decision.travellers.iter().map(|row| row.answer));
        let mut rows = rows.peekable();
        if rows.peek().is_some() && rows.all(|answer| answer == Some(LineAnswer::Granted)) {
            return Err(Illegal::Contradiction(
                "Every line is granted in full. Choose “Approved”, or mark what was cut or refused".into(),
            ));
        }
        Ok(())
    }

    fn has_on_or_before(&self, kind: EventKind, on: FuzzyDate) -> bool {
        self.events
            .iter()
            .filter(|event| event.kind == Some(kind))
            .filter_map(|event| event.on)
            .any(|earlier| !on.certainly_before(earlier))
    }

    /// Whether a decision answers the request itself, and does not only change a permission given before.
    fn answers(&self, decision: &Decision) -> bool {
        match decision.answer {
            Some(Answer::Amended | Answer::Extended | Answer::Replaced) => {
                !matches!(self.request.filing, None | Some(Filing::New | Filing::Urgent))
            }
            Some(answer) => !answer.changes_permission(),
            None => false,
        }
    }

    fn validity(&self, day: NaiveDate, progress: &Progress) -> (Validity, Option<FuzzyDate>) {
        if progress.answer.is_none() {
            return (Validity::None, None);
        }
        self.permissions
            .iter()
            .filter_map(|permission| permission.on(day))
            .map(|state| (state.validity, state.until))
            .min_by_key(|(validity, _)| preference(*validity))
            .unwrap_or((Validity::None, None))
    }

    fn progress(&self, day: NaiveDate) -> Progress {
        let mut happenings: Vec<Happening> = self.happenings().filter(|h| h.on.last() <= day).collect();
        happenings.sort_by_key(|happening| (happening.on.last(), happening.rank));
        let mut progress = Progress::default();
        for happening in happenings {
            progress.apply(&happening);
        }
        progress
    }

    fn happenings(&self) -> impl Iterator<Item = Happening> {
        let events = self.events.iter().filter_map(|event| {
            let kind = event.kind?;
            Some(Happening { on: event.on?, rank: kind as u8, what: What::Event(kind) })
        });
        let decisions = self.decisions.iter().filter(|decision| self.answers(decision)).filter_map(|decision| {
            let rank = EventKind::Withdrawn as u8;
            Some(Happening { on: decision.on?, rank, what: What::Answer(decision.answer?) })
        });
        events.chain(decisions)
    }
}

/// Of several permissions the one that helps most speaks for the request.
const fn preference(validity: Validity) -> u8 {
    match validity {
        Validity::Active => 0,
        Validity::EndNotStated => 1,
        Validity::Expiring => 2,
        Validity::NotYet => 3,
        Validity::Suspended => 4,
        Validity::UsedUp => 5,
        Validity::Expired => 6,
        Validity::Replaced => 7,
        Validity::Revoked => 8,
        Validity::None => 9,
    }
}

struct Happening {
    on: FuzzyDate,
    /// Settles the order on one day: the order in which a request naturally goes.
    rank: u8,
    what: What,
}

enum What {
    Event(EventKind),
    Answer(Answer),
}

/// How far a request had come by a day.
#[derive(Debug, Default)]
struct Progress {
    begun: bool,
    /// What happened and was not lifted or answered since.
    standing: BTreeSet<EventKind>,
    sent: Option<FuzzyDate>,
    answer: Option<(Answer, FuzzyDate)>,
    last_heard: Option<FuzzyDate>,
}

/// The stage that stands where an event stands; the first that is found counts.
const STAGES: [(EventKind, Stage); 9] = [
    (EventKind::Withdrawn, Stage::Withdrawn),
    (EventKind::ReturnedUnregistered, Stage::ReturnedUnregistered),
    (EventKind::LetterPending, Stage::LetterPending),
    (EventKind::IntentToDeny, Stage::IntentToDeny),
    (EventKind::Hold, Stage::OnHold),
    (EventKind::Question, Stage::QuestionOpen),
    (EventKind::Registered, Stage::Registered),
    (EventKind::Sent, Stage::Sent),
    (EventKind::NationalReview, Stage::NationalReview),
];

impl Progress {
    fn apply(&mut self, happening: &Happening) {
        self.begun = true;
        self.last_heard = None;
        match happening.what {
            What::Answer(answer) => self.answer = self.answer.or(Some((answer, happening.on))),
            What::Event(EventKind::Answer) => {
                self.standing.remove(&EventKind::Question);
                self.standing.remove(&EventKind::IntentToDeny);
            }
            What::Event(EventKind::HoldLifted) => {
                self.standing.remove(&EventKind::Hold);
            }
            What::Event(EventKind::LastHeard) => self.last_heard = Some(happening.on),
            What::Event(event) => {
                if matches!(event, EventKind::Hold | EventKind::Question | EventKind::IntentToDeny) {
                    // Somebody had second thoughts: the letter is no longer what is waited for.
                    self.standing.remove(&EventKind::LetterPending);
                }
                self.standing.insert(event);
                if event == EventKind::Sent {
                    self.sent = self.sent.or(Some(happening.on));
                }
            }
        }
    }

    /// The stage by what happened, without silence of either kind.
    fn open_stage(&self) -> Stage {
        if self.answer.is_some() {
            return Stage::Decided;
        }
        let standing = STAGES.iter().find(|(event, _)| self.standing.contains(event));
        standing.map_or(Stage::Draft, |(_, stage)| *stage)
    }

    fn stage_and_outcome(&self, day: NaiveDate, silence: Silence) -> (Stage, Outcome) {
        let stage = self.open_stage();
        if let Some((answer, _)) = self.answer {
            return (Stage::Decided, outcome_of(answer));
        }
        if self.cleared_by_silence(day, silence).is_some() {
            return (Stage::Decided, Outcome::ClearedBySilence);
        }
        let silent = self.last_heard.is_some_and(|heard| heard.last() < day);
        let open = !matches!(stage, Stage::Withdrawn | Stage::ReturnedUnregistered);
        (if silent && open { Stage::LastKnown } else { stage }, Outcome::Pending)
    }

    /// The day on which silence cleared it, where the instrument's clock says so and it has come. Where the authority
    /// asked or held the case it did speak, so nothing is cleared while that stands.
    fn cleared_by_silence(&self, day: NaiveDate, silence: Silence) -> Option<FuzzyDate> {
        let waiting = matches!(self.open_stage(), Stage::Sent | Stage::Registered);
        let cleared = silence.clears_on(self.sent?.last())?;
        (waiting && cleared <= day).then_some(FuzzyDate::day(cleared))
    }
}

const fn outcome_of(answer: Answer) -> Outcome {
    match answer {
        Answer::Approved => Outcome::Approved,
        Answer::ApprovedInPart => Outcome::ApprovedInPart,
        Answer::ApprovedWithConditions => Outcome::ApprovedWithConditions,
        Answer::Refused => Outcome::Refused,
        Answer::ReturnedWithoutAction => Outcome::ReturnedWithoutAction,
        Answer::NotNeeded => Outcome::NotNeeded,
        Answer::Guidance => Outcome::Guidance,
        Answer::Eligible => Outcome::Eligible,
        Answer::NotEligible => Outcome::NotEligible,
        Answer::Extended => Outcome::Extended,
        Answer::Replaced => Outcome::Replaced,
        Answer::Amended | Answer::Suspended | Answer::Reinstated | Answer::Revoked => Outcome::Amended,
    }
}
