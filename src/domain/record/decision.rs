//! Decisions: the dated answer to a request, and what later changes a permission.

use super::permission::{Condition, GrantLine, condition_deadlines};
use super::{Deadline, Record, RecordKind, check_order};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::quantity::Quantity;
use crate::domain::schema::{Field, FieldError, FieldKind, ListOf, Problem, record};
use crate::domain::word::words;

words! {
    /// What an authority answered.
    pub enum Answer {
        Approved = "approved", "Approved";
        ApprovedInPart = "approved_in_part", "Approved in part";
        ApprovedWithConditions = "approved_with_conditions", "Approved with conditions";
        Refused = "refused", "Refused";
        ReturnedWithoutAction = "returned_without_action", "Returned without action";
        NotNeeded = "not_needed", "No permission needed";
        Guidance = "guidance", "Guidance";
        Eligible = "eligible", "Found eligible";
        NotEligible = "not_eligible", "Notified ineligible";
        Amended = "amended", "Amended";
        Extended = "extended", "Extended";
        Suspended = "suspended", "Suspended";
        Reinstated = "reinstated", "Reinstated";
        Revoked = "revoked", "Revoked";
        Replaced = "replaced", "Replaced";
    }
}

impl Answer {
    /// Whether it lets the applicant act.
    #[must_use]
    pub const fn grants(self) -> bool {
        matches!(
            self,
            Self::Approved | Self::ApprovedInPart | Self::ApprovedWithConditions | Self::Eligible | Self::NotNeeded
        )
    }

    /// Whether it changes a permission that exists, instead of answering a request for the first time.
    #[must_use]
    pub const fn changes_permission(self) -> bool {
        matches!(
            self,
            Self::Amended | Self::Extended | Self::Suspended | Self::Reinstated | Self::Revoked | Self::Replaced
        )
    }
}

words! {
    /// How a later decision changes what a permission allows.
    pub enum Effect {
        Adds = "adds", "Adds to what is left";
        NewTotal = "new_total", "Sets a new total";
        NewRemaining = "new_remaining", "Sets what remains";
        WindowOnly = "window_only", "Changes the window only";
    }
}

words! {
    /// What was decided of one line or one traveller.
    pub enum LineAnswer {
        Granted = "granted", "Granted";
        Cut = "cut", "Granted for less";
        Refused = "refused", "Refused";
    }
}

record! {
    /// What was decided of one asked line.
    LineDecision {
        line: Option<u32>, "Line no." = Field::of(FieldKind::Count).required();
        answer: Option<LineAnswer>, "Answer" = Field::choice(LineAnswer::WORDS).required();
        quantity: Option<Quantity>, "Granted quantity" = Field::of(FieldKind::QuantityOrZero);
        reason: String, "Reason" = Field::text();
    }
}

record! {
    /// What was decided of one traveller.
    TravellerDecision {
        person: Option<Id>, "Person" = Field::link(&[RecordKind::Person]).required();
        answer: Option<LineAnswer>, "Answer" = Field::choice(LineAnswer::WORDS).required();
        reason: String, "Reason" = Field::text();
    }
}

record! {
    /// The dated answer of an authority.
    Decision {
        reference: String, "Reference" = Field::text();
        request: Option<Id>, "Request" = Field::link(&[RecordKind::Request]).parent();
        answer: Option<Answer>, "Answer" = Field::choice(Answer::WORDS).required();
        on: Option<FuzzyDate>, "On" = Field::of(FieldKind::FuzzyDay).required();
        letter_number: String, "Letter number" = Field::text();
        their_words: String, "In their words" = Field::text();
        lines: Vec<LineDecision>, "Line by line" = Field::list(&ListOf {
            singular: "line",
            fields: LineDecision::FIELDS,
        }).section("What was granted of what was asked");
        travellers: Vec<TravellerDecision>, "Traveller by traveller" = Field::list(&ListOf {
            singular: "traveller",
            fields: TravellerDecision::FIELDS,
        });
        permission: Option<Id>, "Permission it changes" = Field::link(&[RecordKind::Permission])
            .section("Change of an earlier permission")
            .help("For an amendment, an extension, a suspension and the like");
        effect: Option<Effect>, "How it changes it" = Field::choice(Effect::WORDS);
        valid_from: Option<chrono::NaiveDate>, "New start" = Field::day();
        valid_until: Option<FuzzyDate>, "New end" = Field::of(FieldKind::FuzzyDay);
        shipment_cap: Option<u32>, "New number of shipments" = Field::of(FieldKind::Count);
        grants: Vec<GrantLine>, "New amounts" = Field::list(&ListOf { singular: "line", fields: GrantLine::FIELDS });
        conditions: Vec<Condition>, "New conditions" = Field::list(&ListOf {
            singular: "condition",
            fields: Condition::FIELDS,
        });
        text: String, "Reasons and remarks" = Field::long_text().section("Remarks");
        sources: String, "Sources" = Field::text();
    }
}

impl Record for Decision {
    fn title(&self) -> String {
        self.answer.map_or("Decision", Answer::label).to_owned()
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.on
    }

    fn deadlines(&self) -> Vec<Deadline> {
        condition_deadlines(&self.conditions, self.on.map(FuzzyDate::last))
    }

    fn check(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        let until = self.valid_until.map(FuzzyDate::last);
        check_order(self.valid_from, until, ("valid_until", "New end"), &mut problems);
        if self.answer.is_some_and(Answer::changes_permission) && self.permission.is_none() {
            let rule = "Choose the permission that this decision changes";
            problems.push(FieldError::at("permission", "Permission it changes", Problem::Rule(rule.into())));
        }
        for (at, line) in self.lines.iter().enumerate() {
            if line.answer == Some(LineAnswer::Cut) && line.quantity.is_none() {
                let label = format!("Granted quantity, line {}", at + 1);
                problems.push(FieldError::at(&format!("lines[{at}].quantity"), &label, Problem::Missing));
            }
        }
        problems
    }
}
