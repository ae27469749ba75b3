//! Requests: one filing under a matter, with the ten elements that the UN 1718 Committee asks for (IAN 7).

use super::party::PartyRole;
use super::shipment::Mode;
use super::{Line, LineRole, Record, RecordKind, check_numbers};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::quantity::Quantity;
use crate::domain::schema::{Field, FieldError, FieldKind, ListOf, Problem, record};
use crate::domain::word::words;

words! {
    /// Why a filing is made.
    pub enum Filing {
        New = "new", "New";
        Extension = "extension", "Extension";
        Amendment = "amendment", "Amendment";
        Urgent = "urgent", "Urgent";
        Resubmission = "resubmission", "Resubmission";
        Renewal = "renewal", "Renewal";
    }
}

words! {
    /// The way by which a request reaches its authority.
    pub enum Channel {
        MemberState = "member_state", "Through a Member State";
        ResidentCoordinator = "resident_coordinator", "Through the UN Resident Coordinator";
        Secretary = "secretary", "Through the Committee Secretary";
        Direct = "direct", "Straight to the authority";
        Online = "online", "Online system";
        Email = "email", "E-mail";
        Post = "post", "Letter";
    }
}

record! {
    /// Goods asked for.
    AskedLine {
        number: Option<u32>, "No." = Field::of(FieldKind::Count);
        item: Option<Id>, "Item" = Field::link(&[RecordKind::Item]);
        description: String, "Description" = Field::text().help("In the words the letter should print");
        quantity: Option<Quantity>, "Quantity" = Field::of(FieldKind::Quantity).required();
        unit: Option<String>, "Unit" = Field::of(FieldKind::Unit).help("Empty: the item's base unit");
        value: Option<Money>, "Value" = Field::of(FieldKind::Money);
        supplier: Option<Id>, "Supplier" = Field::link(&[RecordKind::Party]);
        purpose: String, "For" = Field::text();
        for_completeness: bool, "Listed for completeness" = Field::of(FieldKind::Flag)
            .help("Not restricted, but listed so that customs find it");
    }
}

record! {
    /// A person for whom permission to travel is asked.
    AskedTraveller {
        person: Option<Id>, "Person" = Field::link(&[RecordKind::Person]).required();
        passport: String, "Passport number" = Field::text();
        purpose: String, "Purpose" = Field::text();
    }
}

record! {
    /// Who receives the aid.
    Recipient {
        party: Option<Id>, "Recipient" = Field::link(&[RecordKind::Party]);
        name: String, "Name, if not in the list" = Field::text();
        place: String, "Place" = Field::text();
        people: Option<u32>, "People" = Field::of(FieldKind::Count);
    }
}

record! {
    /// A planned transfer.
    Transfer {
        on: Option<FuzzyDate>, "When" = Field::of(FieldKind::FuzzyDay).required();
        what: String, "What" = Field::text();
    }
}

record! {
    /// A planned route.
    Route {
        mode: Option<Mode>, "By" = Field::choice(Mode::WORDS);
        from: String, "From" = Field::text().required();
        via: String, "Via" = Field::text();
        to: String, "To" = Field::text().required();
    }
}

record! {
    /// A party to the transfer and its part in it.
    RequestParty {
        role: Option<PartyRole>, "Role" = Field::choice(PartyRole::WORDS).required();
        party: Option<Id>, "Party" = Field::link(&[RecordKind::Party]).required();
    }
}

record! {
    /// A payment tied to the transfer.
    Transaction {
        payer: String, "Payer" = Field::text().required();
        payee: String, "Payee" = Field::text().required();
        bank: String, "Bank" = Field::text();
        amount: Option<Money>, "Amount" = Field::of(FieldKind::Money);
        purpose: String, "For" = Field::text();
    }
}

record! {
    /// One filing under a matter. Its status is never typed: it follows from its events and decisions.
    Request {
        reference: String, "Reference" = Field::text();
        matter: Option<Id>, "Matter" = Field::link(&[RecordKind::Matter]).parent();
        filing: Option<Filing>, "Filing" = Field::choice(Filing::WORDS).required();
        applicant: String, "Applicant" = Field::text().help("Empty: our own organisation");
        applicant_country: Option<String>, "Applicant's country" = Field::of(FieldKind::Country);
        started_on: Option<chrono::NaiveDate>, "Started on" = Field::day().help("The day on which work on it began");
        channel: Option<Channel>, "Channel" = Field::choice(Channel::WORDS);
        authority_number: String, "Their number" = Field::text().help("The authority's own case or application number");
        categories: Vec<Id>, "Categories" = Field::links(&[RecordKind::Category])
            .help("Those of the lines count by themselves");
        nature: String, "1. Nature of the assistance" = Field::long_text().section("Why");
        reason: String, "3. Why permission is needed" = Field::long_text();
        recipients: Vec<Recipient>, "2. Recipients" = Field::list(&ListOf {
            singular: "recipient",
            fields: Recipient::FIELDS,
        }).section("For whom");
        selection_criteria: String, "2. How recipients were chosen" = Field::long_text();
        lines: Vec<AskedLine>, "4 and 9. Goods and services" = Field::list(&ListOf {
            singular: "line",
            fields: AskedLine::FIELDS,
        }).section("What");
        travellers: Vec<AskedTraveller>, "Travellers" = Field::list(&ListOf {
            singular: "traveller",
            fields: AskedTraveller::FIELDS,
        });
        transfers: Vec<Transfer>, "5. Planned transfers" = Field::list(&ListOf {
            singular: "transfer",
            fields: Transfer::FIELDS,
        }).section("When and how");
        routes: Vec<Route>, "6. Routes" = Field::list(&ListOf { singular: "route", fields: Route::FIELDS });
        parties: Vec<RequestParty>, "7. Parties to the transfer" = Field::list(&ListOf {
            singular: "party",
            fields: RequestParty::FIELDS,
        });
        transactions: Vec<Transaction>, "8. Payments" = Field::list(&ListOf {
            singular: "payment",
            fields: Transaction::FIELDS,
        });
        diversion_plan: String, "10. Measures against diversion" = Field::long_text();
        covers_cases: Option<u32>, "Stands for cases" = Field::of(FieldKind::Count)
            .section("Public record").help("A public row can stand for several unnamed cases");
        sources: String, "Sources" = Field::long_text();
        note: String, "Note" = Field::long_text();
    }
}

impl Request {
    /// How many cases it stands for: one, unless a public source counts several in one row.
    #[must_use]
    pub fn cases(&self) -> u32 {
        self.covers_cases.unwrap_or(1).max(1)
    }
}

impl Record for Request {
    fn title(&self) -> String {
        let filing = self.filing.map_or("Request", Filing::label);
        match self.nature.lines().next().unwrap_or_default().trim() {
            "" => format!("{filing} request"),
            nature => nature.to_owned(),
        }
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.started_on.map(FuzzyDate::day)
    }

    fn check(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_numbers("lines", self.lines.iter().map(|line| line.number), &mut problems);
        for (at, line) in self.lines.iter().enumerate() {
            if line.item.is_none() && line.description.is_empty() {
                let rule = "Choose an item or write a description, so that the letter can name the goods";
                let label = format!("Item, line {}", at + 1);
                problems.push(FieldError::at(&format!("lines[{at}].item"), &label, Problem::Rule(rule.into())));
            }
        }
        problems
    }

    fn categories(&self) -> &[Id] {
        &self.categories
    }

    fn lines(&self) -> Vec<Line> {
        let line = |line: &AskedLine| Line {
            unit: line.unit.clone(),
            ..Line::of(LineRole::Asked, line.number.unwrap_or_default(), line.item, line.quantity)
        };
        self.lines.iter().map(line).collect()
    }
}
