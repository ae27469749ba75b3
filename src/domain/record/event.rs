//! Events: dated things that happened to a request before its decision.

use super::{Deadline, Record, RecordKind};
use crate::domain::date::{FuzzyDate, days_after};
use crate::domain::id::Id;
use crate::domain::schema::{Field, FieldKind, record};
use crate::domain::word::words;

words! {
    /// What happened to a request.
    pub enum EventKind {
        NationalReview = "national_review", "National review";
        Sent = "sent", "Sent";
        Registered = "registered", "Registered";
        ReturnedUnregistered = "returned_unregistered", "Returned unregistered";
        Question = "question", "Question from the authority";
        Answer = "answer", "Our answer";
        Hold = "hold", "Put on hold";
        HoldLifted = "hold_lifted", "Hold lifted";
        IntentToDeny = "intent_to_deny", "Intent to deny";
        LetterPending = "letter_pending", "Agreed, letter pending";
        Withdrawn = "withdrawn", "Withdrawn";
        LastHeard = "last_heard", "Nothing was heard after this day";
    }
}

/// Days in which an applicant may answer a notice of intent to deny (15 CFR 750.6; not seen, check before relying on it).
const DAYS_TO_ANSWER_INTENT_TO_DENY: u64 = 20;

record! {
    /// Something dated that happened to a request.
    Event {
        reference: String, "Reference" = Field::text();
        request: Option<Id>, "Request" = Field::link(&[RecordKind::Request]).parent();
        kind: Option<EventKind>, "What happened" = Field::choice(EventKind::WORDS).required();
        on: Option<FuzzyDate>, "On" = Field::of(FieldKind::FuzzyDay).required();
        number: String, "Their number" = Field::text();
        their_words: String, "In their words" = Field::text().help("The authority's own status word");
        answer_by: Option<chrono::NaiveDate>, "To be answered by" = Field::day();
        text: String, "What was said" = Field::long_text();
        sources: String, "Sources" = Field::text();
        sealed: Option<Id>, "As sealed" = Field::link(&[RecordKind::Seal]).help("What was sent, as it left the house");
    }
}

impl Record for Event {
    fn title(&self) -> String {
        self.kind.map_or("Event", EventKind::label).to_owned()
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.on
    }

    fn deadlines(&self) -> Vec<Deadline> {
        let on = self.on.map(FuzzyDate::last);
        let clock = match self.kind {
            Some(EventKind::IntentToDeny) => on.map(|on| days_after(on, DAYS_TO_ANSWER_INTENT_TO_DENY)),
            _ => None,
        };
        let due = |due_on| Deadline {
            owed: true,
            what: format!("{}: answer due", self.title()),
            due_on,
            known_on: on,
            closed_on: None,
        };
        self.answer_by.or(clock).map(due).into_iter().collect()
    }
}
