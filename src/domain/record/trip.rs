//! Trips: who travels where, on which passport, under which permissions.

use super::shipment::Mode;
use super::{Record, RecordKind, check_order};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::schema::{Field, FieldError, FieldKind, ListOf, Problem, record};

record! {
    /// A person on a trip.
    Traveller {
        person: Option<Id>, "Person" = Field::link(&[RecordKind::Person]).required();
        passport: String, "Passport used" = Field::text().help("The number of the passport used on this trip");
        requests: Vec<Id>, "Permissions asked" = Field::links(&[RecordKind::Request])
            .help("The requests on which this person's travel depends");
    }
}

record! {
    /// One stretch of a journey.
    TravelLeg {
        mode: Option<Mode>, "By" = Field::choice(Mode::WORDS);
        from: String, "From" = Field::text().required();
        to: String, "To" = Field::text().required();
        departs_on: Option<chrono::NaiveDate>, "Departs on" = Field::day();
        arrives_on: Option<chrono::NaiveDate>, "Arrives on" = Field::day();
        enters: Option<String>, "Enters" = Field::of(FieldKind::Country);
    }
}

record! {
    /// A journey. Its status follows from the requests of its travellers and from its events.
    Trip {
        reference: String, "Reference" = Field::text();
        title: String, "Purpose" = Field::text().required();
        project: Option<Id>, "Project" = Field::link(&[RecordKind::Project]);
        started_on: Option<chrono::NaiveDate>, "Planned since" = Field::day().help("The day on which planning began");
        departs_on: Option<chrono::NaiveDate>, "Departs on" = Field::day();
        returns_on: Option<chrono::NaiveDate>, "Returns on" = Field::day();
        shipments: Vec<Id>, "Shipments it goes to see" = Field::links(&[RecordKind::Shipment]);
        categories: Vec<Id>, "Categories" = Field::links(&[RecordKind::Category]);
        host: Option<Id>, "Host" = Field::link(&[RecordKind::Party]);
        travellers: Vec<Traveller>, "Travellers" = Field::list(&ListOf {
            singular: "traveller",
            fields: Traveller::FIELDS,
        }).section("Who travels");
        legs: Vec<TravelLeg>, "Legs" = Field::list(&ListOf { singular: "leg", fields: TravelLeg::FIELDS })
            .section("The way");
        note: String, "Note" = Field::long_text();
    }
}

impl Record for Trip {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.departs_on.map(FuzzyDate::day)
    }

    fn check(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_order(self.departs_on, self.returns_on, ("returns_on", "Returns on"), &mut problems);
        for (at, leg) in self.legs.iter().enumerate() {
            let path = format!("legs[{at}].arrives_on");
            let label = format!("Arrives on, leg {}", at + 1);
            check_order(leg.departs_on, leg.arrives_on, (&path, &label), &mut problems);
        }
        let mut seen = std::collections::BTreeSet::new();
        for (at, traveller) in self.travellers.iter().enumerate() {
            if traveller.person.is_some_and(|person| !seen.insert(person)) {
                let rule = "This person is on the trip already. Keep one row for each person";
                let label = format!("Person, traveller {}", at + 1);
                problems.push(FieldError::at(&format!("travellers[{at}].person"), &label, Problem::Rule(rule.into())));
            }
        }
        problems
    }

    fn categories(&self) -> &[Id] {
        &self.categories
    }

    fn project(&self) -> Option<Id> {
        self.project
    }
}
