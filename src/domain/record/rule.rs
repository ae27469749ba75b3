//! Rules: dated rows that say which instruments an act needs. The shipped ones stand in `assets/rules`, a workspace has its own.

use super::shipment::Direction;
use super::{Record, RecordKind, check_order};
use crate::domain::id::Id;
use crate::domain::rules;
use crate::domain::schema::{Field, FieldError, FieldKind, ListOf, Problem, record};
use crate::domain::word::words;

words! {
    /// What is done. A rule speaks of one of these.
    pub enum ActKind {
        Ship = "ship", "Send goods";
        BringBack = "bring_back", "Bring goods back";
        Service = "service", "Give a service, train, build";
        Education = "education", "Teach, primary or secondary";
        TechnicalTeaching = "technical_teaching", "Teach science or technology";
        Peacebuilding = "peacebuilding", "Peacebuilding";
        Partnership = "partnership", "Partnership or agreement with a local body";
        News = "news", "Journalism";
        EmergencyMedical = "emergency_medical", "Emergency medical service";
        Remittance = "remittance", "Send money to a person";
        Travel = "travel", "Travel";
        PayLocally = "pay_locally", "Pay locally";
        SendFunds = "send_funds", "Send funds for the work";
        Contact = "contact", "Contact a local person";
        Charter = "charter", "Charter a ship or an aircraft";
        KeepRecords = "keep_records", "Keep records";
    }
}

words! {
    /// What export rules count goods as.
    pub enum GoodsClass {
        Food = "food", "Food";
        FarmCommodity = "farm_commodity", "Farm commodity";
        Medicine = "medicine", "Medicine";
        Device = "device", "Medical device";
        Fuel = "fuel", "Fuel";
        Luxury = "luxury", "Luxury goods";
        Other = "other", "Other goods";
    }
}

words! {
    /// Whether something holds.
    pub enum YesNo {
        Yes = "yes", "Yes";
        No = "no", "No";
    }
}

words! {
    /// How goods stand on the US Commerce Control List.
    pub enum ControlList {
        Ear99 = "ear99", "EAR99";
        Listed = "listed", "On the Commerce Control List";
    }
}

words! {
    /// What a rule answers of one instrument.
    pub enum RuleAnswer {
        Barred = "barred", "Barred";
        Needed = "needed", "Needed";
        Unclear = "unclear", "Unclear";
        NotNeeded = "not_needed", "Not needed";
    }
}

words! {
    /// How sure a row is.
    pub enum Confidence {
        Seen = "seen", "Seen in the source";
        SeenInPart = "seen_in_part", "Partly seen, partly worked out";
        WorkedOut = "worked_out", "Worked out from sources";
        Background = "background", "Background knowledge, not seen";
    }
}

record! {
    /// What a rule answers of one instrument.
    RuleNeed {
        instrument: Option<Id>, "Instrument" = Field::link(&[RecordKind::Instrument]).required();
        answer: Option<RuleAnswer>, "Answer" = Field::choice(RuleAnswer::WORDS).required();
        section: String, "Section relied on" = Field::text().help("Of a general licence, for example 510.520");
        words: String, "In words" = Field::text();
    }
}

record! {
    /// A dated row of our own. It stands in place of the shipped row of the same code, and says so.
    Rule {
        reference: String, "Code" = Field::text().required()
            .help("The code of a shipped rule, to stand in its place; or a code of your own");
        stands_for: String, "Stands in place of" = Field::text()
            .help("The code of a shipped rule, where this one has another: several rows of yours can follow one another");
        act: Option<ActKind>, "Act" = Field::choice(ActKind::WORDS).required();
        title: String, "What it says" = Field::text().required();
        from: Option<chrono::NaiveDate>, "In force from" = Field::day().required();
        to: Option<chrono::NaiveDate>, "In force until" = Field::day().help("The last day; empty: no end is known");
        citation: String, "Citation" = Field::text().required();
        confidence: Option<Confidence>, "How sure" = Field::choice(Confidence::WORDS).required();
        checked_on: Option<chrono::NaiveDate>, "Checked on" = Field::day().required();
        verified_until: Option<chrono::NaiveDate>, "Verified until" = Field::day()
            .help("After this day it is shown as not verified, and stays in force");
        withdrawn: bool, "Not used" = Field::of(FieldKind::Flag).help("The shipped row of this code is then left out");
        hs: String, "HS codes" = Field::text().section("When it applies")
            .help("Chapters, headings, ranges, separated by ;. For example 72-89; 901920");
        not_hs: String, "But not these HS codes" = Field::text();
        goods: Vec<GoodsClass>, "Goods" = Field::of(FieldKind::Choices(GoodsClass::WORDS));
        us_subject: Option<YesNo>, "Subject to US export rules" = Field::choice(YesNo::WORDS);
        control_list: Option<ControlList>, "Control list" = Field::choice(ControlList::WORDS);
        direction: Option<Direction>, "Direction" = Field::choice(Direction::WORDS);
        countries: String, "Country of the one who acts" = Field::text().help("Two-letter codes, separated by ;");
        not_countries: String, "But not of" = Field::text();
        us_person: Option<YesNo>, "Acts as a US person" = Field::choice(YesNo::WORDS);
        transit: Option<String>, "Passes through" = Field::of(FieldKind::Country);
        us_passport: Option<YesNo>, "On a US passport" = Field::choice(YesNo::WORDS);
        many_trips: Option<YesNo>, "Several trips" = Field::choice(YesNo::WORDS);
        needs: Vec<RuleNeed>, "Answers" = Field::list(&ListOf { singular: "answer", fields: RuleNeed::FIELDS })
            .required().section("What it answers");
        note: String, "Note" = Field::long_text();
    }
}

impl Rule {
    /// The code that it stands for: that of a shipped row, or its own.
    #[must_use]
    pub fn code(&self) -> &str {
        if self.stands_for.trim().is_empty() { &self.reference } else { self.stands_for.trim() }
    }

    /// Whether there is a day on which both hold.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let before = |end: Option<chrono::NaiveDate>, start: Option<chrono::NaiveDate>| matches!((end, start), (Some(end), Some(start)) if end < start);
        !before(self.to, other.from) && !before(other.to, self.from)
    }
}

impl Record for Rule {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn check(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_order(self.from, self.to, ("to", "In force until"), &mut problems);
        for (name, label, text) in [("hs", "HS codes", &self.hs), ("not_hs", "But not these HS codes", &self.not_hs)] {
            let why = rules::hs::HsRanges::read(text).err();
            problems.extend(why.map(|why| FieldError::at(name, label, Problem::Rule(why))));
        }
        for (name, label, text) in [
            ("countries", "Country of the one who acts", &self.countries),
            ("not_countries", "But not of", &self.not_countries),
        ] {
            let why = rules::matching::countries(text).err();
            problems.extend(why.map(|why| FieldError::at(name, label, Problem::Rule(why))));
        }
        for (at, need) in self.needs.iter().enumerate() {
            let before = self.needs.get(..at).unwrap_or_default();
            if before.iter().any(|earlier| earlier.instrument == need.instrument && need.instrument.is_some()) {
                let label = format!("Instrument, answer {}", at + 1);
                let rule = "The rule answers of this instrument already. Keep one answer for each";
                problems.push(FieldError::at(&format!("needs[{at}].instrument"), &label, Problem::Rule(rule.into())));
            }
        }
        problems
    }
}
