//! Contacts: what was said to and by an official, on any record.

use super::{Record, RecordKind};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::schema::{Field, FieldKind, record};
use crate::domain::word::words;

words! {
    /// How an official was reached.
    pub enum ContactChannel {
        Meeting = "meeting", "Meeting";
        Call = "call", "Call";
        Email = "email", "E-mail";
        Letter = "letter", "Letter";
        Other = "other", "Other";
    }
}

record! {
    /// A contact with an official.
    Contact {
        reference: String, "Reference" = Field::text();
        about: Option<Id>, "About" = Field::link(RecordKind::ALL).parent();
        on: Option<FuzzyDate>, "On" = Field::of(FieldKind::FuzzyDay).required();
        official: String, "Official" = Field::text().required();
        body: String, "Office" = Field::text();
        channel: Option<ContactChannel>, "How" = Field::choice(ContactChannel::WORDS);
        our_side: String, "Our side" = Field::text();
        text: String, "What was said" = Field::long_text();
        follow_up_on: Option<chrono::NaiveDate>, "Follow up on" = Field::day();
        followed_up_on: Option<chrono::NaiveDate>, "Followed up on" = Field::day();
    }
}

impl Record for Contact {
    fn title(&self) -> String {
        format!("{} with {}", self.channel.map_or("Contact", ContactChannel::label), self.official)
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.on
    }

    fn deadlines(&self) -> Vec<super::Deadline> {
        let due = |due_on| super::Deadline {
            owed: true,
            what: "Follow up".to_owned(),
            due_on,
            known_on: self.on.map(FuzzyDate::last),
            closed_on: self.followed_up_on,
        };
        self.follow_up_on.map(due).into_iter().collect()
    }
}
