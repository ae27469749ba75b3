//! The list of record kinds, and what the rest of the program may ask of a kind without knowing its struct.

use std::any::Any;

use serde_json::{Map, Value};

use super::{Deadline, Line, Record};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::schema::{Field, FieldError, Problem};
use crate::domain::word::words;

words! {
    /// What a record is.
    pub enum RecordKind {
        Organisation = "organisation", "Organisation";
        Category = "category", "Category";
        Authority = "authority", "Authority";
        Instrument = "instrument", "Instrument";
        Party = "party", "Party";
        Person = "person", "Person";
        Project = "project", "Project";
        Item = "item", "Item";
        Site = "site", "Site";
        Fund = "fund", "Fund";
        Matter = "matter", "Matter";
        Request = "request", "Request";
        Event = "event", "Request event";
        Decision = "decision", "Decision";
        Permission = "permission", "Permission";
        Shipment = "shipment", "Shipment";
        ShipmentEvent = "shipment_event", "Shipment event";
        Receipt = "receipt", "Receipt";
        Distribution = "distribution", "Distribution";
        Purchase = "purchase", "Purchase";
        Lot = "lot", "Lot";
        Movement = "movement", "Movement";
        Expense = "expense", "Expense";
        ExchangeRate = "exchange_rate", "Exchange rate";
        Trip = "trip", "Trip";
        TripEvent = "trip_event", "Trip event";
        Cash = "cash", "Cash carried";
        Reliance = "reliance", "Reliance on a rule";
        Visit = "visit", "Visit";
        Reach = "reach", "People reached";
        Indicator = "indicator", "Indicator";
        Incident = "incident", "Incident";
        PolicyEvent = "policy_event", "Policy event";
        Note = "note", "Note";
        Contact = "contact", "Contact with an official";
        Rule = "rule", "Rule";
        Figure = "figure", "Dated figure";
        Booking = "booking", "Booking";
        Balance = "balance", "Balance stated";
        Clearance = "clearance", "Clearance";
        Mark = "mark", "Mark on a deadline";
        Attachment = "attachment", "Attachment";
        Paper = "paper", "Paper of a shipment";
        ReportForm = "report_form", "Report form";
        Report = "report", "Report";
        Seal = "seal", "Sealed document";
        Publication = "publication", "Publication";
        Audience = "audience", "Audience";
    }
}

impl RecordKind {
    /// The word for several of them, on the command line and in menus: `requests`.
    #[must_use]
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Organisation => "organisations",
            Self::Category => "categories",
            Self::Authority => "authorities",
            Self::Instrument => "instruments",
            Self::Party => "parties",
            Self::Person => "people",
            Self::Project => "projects",
            Self::Item => "items",
            Self::Site => "sites",
            Self::Fund => "funds",
            Self::Matter => "matters",
            Self::Request => "requests",
            Self::Event => "events",
            Self::Decision => "decisions",
            Self::Permission => "permissions",
            Self::Shipment => "shipments",
            Self::ShipmentEvent => "shipment_events",
            Self::Receipt => "receipts",
            Self::Distribution => "distributions",
            Self::Purchase => "purchases",
            Self::Lot => "lots",
            Self::Movement => "movements",
            Self::Expense => "expenses",
            Self::ExchangeRate => "exchange_rates",
            Self::Trip => "trips",
            Self::TripEvent => "trip_events",
            Self::Cash => "cash",
            Self::Reliance => "reliances",
            Self::Visit => "visits",
            Self::Reach => "reach",
            Self::Indicator => "indicators",
            Self::Incident => "incidents",
            Self::PolicyEvent => "policy_events",
            Self::Note => "notes",
            Self::Contact => "contacts",
            Self::Rule => "rules",
            Self::Figure => "figures",
            Self::Booking => "bookings",
            Self::Balance => "balances",
            Self::Clearance => "clearances",
            Self::Mark => "marks",
            Self::Attachment => "attachments",
            Self::Paper => "papers",
            Self::ReportForm => "report_forms",
            Self::Report => "reports",
            Self::Seal => "seals",
            Self::Publication => "publications",
            Self::Audience => "audiences",
        }
    }

    /// The plural as a heading: `Shipment events`.
    #[must_use]
    pub fn heading(self) -> String {
        let words = self.plural().replace('_', " ");
        let mut letters = words.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    /// The kind named by its word in the singular or the plural, with `_`, `-` or a space between.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase().replace(['-', ' '], "_");
        Self::ALL.iter().copied().find(|kind| kind.word() == word || kind.plural() == word)
    }

    /// How references of this kind begin when the program makes one up.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Organisation => "ORG",
            Self::Category => "CAT",
            Self::Authority => "AUT",
            Self::Instrument => "INS",
            Self::Party => "PTY",
            Self::Person => "PER",
            Self::Project => "PRJ",
            Self::Item => "ITM",
            Self::Site => "SIT",
            Self::Fund => "FND",
            Self::Matter => "MAT",
            Self::Request => "REQ",
            Self::Event | Self::ShipmentEvent | Self::TripEvent => "E",
            Self::Decision => "D",
            Self::Permission => "P",
            Self::Shipment => "SHP",
            Self::Receipt => "R",
            Self::Distribution => "X",
            Self::Purchase => "PUR",
            Self::Lot => "LOT",
            Self::Movement => "M",
            Self::Expense => "EXP",
            Self::ExchangeRate => "FX",
            Self::Trip => "TRP",
            Self::Cash => "CSH",
            Self::Reliance => "REL",
            Self::Visit => "VIS",
            Self::Reach => "RCH",
            Self::Indicator => "IND",
            Self::Incident => "INC",
            Self::PolicyEvent => "POL",
            Self::Note => "N",
            Self::Contact => "C",
            Self::Rule => "RUL",
            Self::Figure => "FIG",
            Self::Booking => "B",
            Self::Balance => "BAL",
            Self::Clearance => "CLR",
            Self::Mark => "MRK",
            Self::Attachment => "ATT",
            Self::Paper => "PAP",
            Self::ReportForm => "FORM",
            Self::Report => "RPT",
            Self::Seal => "SEAL",
            Self::Publication => "PUB",
            Self::Audience => "AUD",
        }
    }
}

/// What the rest of the program may ask of a kind without knowing its struct.
#[derive(Clone, Copy)]
pub struct KindSpec {
    /// The kind.
    pub kind: RecordKind,
    /// Its field catalogue.
    pub fields: &'static [Field],
    read: fn(&Map<String, Value>) -> Result<Whole, FieldError>,
}

/// What a record says of itself, for the projections that lists and figures stand on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The line by which people recognise it.
    pub title: String,
    /// The day it is about.
    pub dated_on: Option<FuzzyDate>,
    /// The categories named on it.
    pub categories: Vec<Id>,
    /// Its project.
    pub project: Option<Id>,
    /// Its rows of goods.
    pub lines: Vec<Line>,
    /// Its deadlines.
    pub deadlines: Vec<Deadline>,
    /// Whether it is of the public record.
    pub public: bool,
    /// What is wrong with it by the rules it can judge alone.
    pub problems: Vec<FieldError>,
}

impl KindSpec {
    /// What a record says of itself; an error where the image is not of this kind at all.
    pub fn facts(&self, record: &Map<String, Value>) -> Result<Facts, FieldError> {
        self.read(record).map(|(facts, _)| facts)
    }

    /// The same with the record itself as the struct of its kind, for those who know which.
    pub fn read(&self, record: &Map<String, Value>) -> Result<Whole, FieldError> {
        (self.read)(record)
    }
}

/// A record as the struct of its kind.
pub type Typed = Box<dyn Any + Send>;

/// What a record says of itself, and the record.
pub type Whole = (Facts, Typed);

fn read_as<R: Record + serde::de::DeserializeOwned + Send + 'static>(
    record: &Map<String, Value>,
) -> Result<Whole, FieldError> {
    let record: R = typed(record)?;
    let facts = Facts {
        title: record.title(),
        dated_on: record.dated_on(),
        categories: record.categories().to_vec(),
        project: record.project(),
        lines: record.lines(),
        deadlines: record.deadlines(),
        public: record.is_public(),
        problems: record.check(),
    };
    Ok((facts, Box::new(record)))
}

/// The struct of a record image; an error names what does not fit.
pub fn typed<R: serde::de::DeserializeOwned>(record: &Map<String, Value>) -> Result<R, FieldError> {
    R::deserialize(serde::de::value::MapDeserializer::new(record.iter().map(|(name, value)| (name.as_str(), value))))
        .map_err(|error: serde_json::Error| FieldError::at("", "Record", Problem::Rule(error.to_string())))
}

macro_rules! kinds {
    ($($kind:ident),+ $(,)?) => {
        /// The catalogue of a kind.
        #[must_use]
        pub const fn spec(kind: RecordKind) -> KindSpec {
            match kind {
                $(RecordKind::$kind => KindSpec {
                    kind,
                    fields: super::$kind::FIELDS,
                    read: read_as::<super::$kind>,
                },)+
            }
        }
    };
}

kinds! {
    Organisation, Category, Authority, Instrument, Party, Person, Project, Item, Site, Fund, Matter, Request, Event, Decision,
    Permission, Shipment, ShipmentEvent, Receipt, Distribution, Purchase, Lot, Movement,
    Expense, ExchangeRate, Trip, TripEvent, Cash, Reliance, Visit, Reach, Indicator, Incident, PolicyEvent, Note, Contact,
    Rule, Figure, Booking, Balance, Clearance, Mark, Attachment, Paper, ReportForm, Report, Seal, Publication, Audience,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::schema::{FieldKind, read};

    #[test]
    fn every_kind_has_a_reference_and_reads_its_own_catalogue() {
        for kind in RecordKind::ALL {
            let spec = spec(*kind);
            assert!(spec.fields.iter().any(|field| field.name == "reference"), "{kind} has no reference");
            let facts = spec.facts(&Map::new()).unwrap();
            assert!(facts.lines.is_empty());
            assert_eq!(RecordKind::named(kind.plural()), Some(*kind));
        }
    }

    #[test]
    fn catalogue_and_struct_agree_on_every_field() {
        for kind in RecordKind::ALL {
            let spec = spec(*kind);
            let sample = sample(spec.fields);
            let image = read::read(spec.fields, &sample).unwrap_or_else(|errors| panic!("{kind}: {errors:?}"));
            spec.facts(&image).unwrap_or_else(|error| panic!("{kind}: {error}"));
        }
    }

    /// A draft in which every field of a catalogue is filled.
    fn sample(fields: &'static [Field]) -> Map<String, Value> {
        let value = |field: &Field| match field.kind {
            FieldKind::Flag => Value::Bool(true),
            FieldKind::Day | FieldKind::FuzzyDay => Value::from("2026-03-31"),
            FieldKind::Quantity
            | FieldKind::QuantityOrZero
            | FieldKind::Limit
            | FieldKind::Count
            | FieldKind::Link(_)
            | FieldKind::Links(_) => Value::from(1),
            FieldKind::Rate => Value::from("1.08"),
            FieldKind::Money => Value::from("USD 1.00"),
            FieldKind::Choice(words) | FieldKind::Choices(words) => Value::from(words[0].word),
            FieldKind::Unit => Value::from("KGM"),
            FieldKind::Currency => Value::from("USD"),
            FieldKind::Country => Value::from("KP"),
            FieldKind::HsCode => Value::from("841350"),
            FieldKind::List(of) => Value::Array(vec![Value::Object(sample(of.fields))]),
            FieldKind::Text | FieldKind::LongText => Value::from("text"),
        };
        fields.iter().map(|field| (field.name.to_owned(), value(field))).collect()
    }
}
