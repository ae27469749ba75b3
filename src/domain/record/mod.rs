//! The record kinds: one file a noun, each a struct, its field catalogue and the rules it can judge by itself.
//!
//! A new kind is a file here, a variant of [`RecordKind`] and a name in the list of `kinds!`.

mod attachment;
mod audience;
mod authority;
mod balance;
mod booking;
mod cash;
mod category;
mod clearance;
mod contact;
mod copy;
mod decision;
mod distribution;
mod event;
mod exchange_rate;
mod expense;
mod figure;
mod follow_up;
mod fund;
mod funding;
mod incident;
mod indicator;
mod instrument;
mod item;
mod kind;
mod lot;
mod mark;
mod matter;
mod movement;
mod note;
mod organisation;
mod paper;
mod party;
mod permission;
mod person;
mod policy_event;
mod project;
mod publication;
mod purchase;
mod reach;
mod receipt;
mod reliance;
mod report;
mod report_form;
mod request;
mod rule;
mod seal;
mod shipment;
mod shipment_event;
mod site;
mod trip;
mod trip_event;
mod visit;

pub use attachment::{Attachment, AttachmentKind};
pub use audience::{Audience, Withheld};
pub use authority::Authority;
pub use balance::Balance;
pub use booking::Booking;
pub use cash::Cash;
pub use category::Category;
pub use clearance::{Clearance, FrozenCell, Verdict};
pub use contact::Contact;
pub use copy::copy_of;
pub use decision::{Answer, Decision, Effect, LineAnswer, LineDecision, TravellerDecision};
pub use distribution::{Distribution, DistributionLine};
pub use event::{Event, EventKind};
pub use exchange_rate::ExchangeRate;
pub use expense::Expense;
pub use figure::{Figure, FigureKind};
pub use follow_up::FollowUp;
pub use fund::{BudgetLine, Fund, FundState, FundStatus};
pub use funding::FundShare;
pub use incident::{Incident, IncidentKind, IncidentLine};
pub use indicator::{Actual, Direction, Indicator};
pub use instrument::{Instrument, UsePoint};
pub use item::{Component, Item, Pack};
pub use kind::{Facts, KindSpec, RecordKind, Typed, spec, typed};
pub use lot::Lot;
pub use mark::Mark;
pub use matter::Matter;
pub use movement::{Movement, MovementKind};
pub use note::Note;
pub use organisation::Organisation;
pub use paper::{Paper, PaperKind, PaperLine};
pub use party::{Party, PartyRole};
pub use permission::{Condition, GrantLine, Measure, MeasureLimit, Permission, Scope};
pub use person::{DocumentKind, Person, TravelDocument};
pub use policy_event::PolicyEvent;
pub use project::{PlanLine, Project, Sex, TargetGroup};
pub use publication::{Publication, PublishedPart};
pub use purchase::{Purchase, PurchaseLine};
pub use reach::{AgeBand, Basis, Reach, ReachedGroup};
pub use receipt::{Receipt, ReceiptLine};
pub use reliance::Reliance;
pub use report::Report;
pub use report_form::{ReportForm, ReportSection, ReportTable};
pub use request::{AskedLine, AskedTraveller, Channel, Filing, Request, Route, Transaction, Transfer};
pub use rule::{ActKind, Confidence, ControlList, GoodsClass, Rule, RuleAnswer, RuleNeed, YesNo};
pub use seal::{Seal, SealedFile, SealedKind};
pub use shipment::{Direction as Way, ReferenceKind, Shipment, ShipmentLeg, ShipmentLine};
pub use shipment_event::{ShipmentEvent, ShipmentEventKind};
pub use site::{Site, SiteKind};
pub use trip::{TravelLeg, Traveller, Trip};
pub use trip_event::{TripEvent, TripEventKind};
pub use visit::{CountedLine, Visit};

use chrono::NaiveDate;

use super::date::FuzzyDate;
use super::id::Id;
use super::quantity::Quantity;
use super::schema::{FieldError, Problem};
use super::shares::Share;
use super::word::words;

/// What every record kind can say of itself from its own fields alone.
pub trait Record {
    /// The line by which people recognise it.
    fn title(&self) -> String;

    /// The day it is about, where it has one.
    fn dated_on(&self) -> Option<FuzzyDate> {
        None
    }

    /// The rules it can judge by itself; rules between records live in the status folds.
    fn check(&self) -> Vec<FieldError> {
        Vec::new()
    }

    /// The categories that were named on it; those of its lines come on top.
    fn categories(&self) -> &[Id] {
        &[]
    }

    /// The project it belongs to.
    fn project(&self) -> Option<Id> {
        None
    }

    /// Its rows of goods.
    fn lines(&self) -> Vec<Line> {
        Vec::new()
    }

    /// Dates by which something must be done.
    fn deadlines(&self) -> Vec<Deadline> {
        Vec::new()
    }

    /// Whether it is another organisation's public filing.
    fn is_public(&self) -> bool {
        false
    }
}

words! {
    /// What the goods of a line are counted as.
    pub enum LineRole {
        Planned = "planned", "Planned";
        Asked = "asked", "Asked";
        Granted = "granted", "Granted";
        Bought = "bought", "Bought";
        Stored = "stored", "Taken into store";
        Shipped = "shipped", "Shipped";
        Received = "received", "Received";
        Distributed = "distributed", "Distributed";
    }
}

/// One row of goods, in the form in which lines of every kind are counted and compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is counted as.
    pub role: LineRole,
    /// Its number within the record; it stays when other lines go.
    pub number: u32,
    /// The item, where one is named.
    pub item: Option<Id>,
    /// How much, in `unit`.
    pub quantity: Option<Quantity>,
    /// The unit as written; `None` is the item's base unit.
    pub unit: Option<String>,
    /// The day on which it is due or happened, where the line itself says.
    pub on: Option<NaiveDate>,
    /// Where it goes, arrives or is handed out.
    pub site: Option<Id>,
    /// The lot it is taken from.
    pub lot: Option<Id>,
    /// The fund that pays for it, where one is named on the line.
    pub fund: Option<Id>,
    /// The funds that share it; empty where none are named.
    pub shares: Vec<Share>,
}

impl Line {
    /// A line of which nothing more is known.
    #[must_use]
    pub const fn of(role: LineRole, number: u32, item: Option<Id>, quantity: Option<Quantity>) -> Self {
        Self {
            role,
            number,
            item,
            quantity,
            unit: None,
            on: None,
            site: None,
            lot: None,
            fund: None,
            shares: Vec::new(),
        }
    }
}

/// A day by which something must be done or after which something ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// Whether somebody has to do it, so that it stays in sight after its day; otherwise it ends by itself.
    pub owed: bool,
    /// What falls due, in words.
    pub what: String,
    /// The last day on which it is still in time.
    pub due_on: NaiveDate,
    /// The day from which it was known; `None` if it always was.
    pub known_on: Option<NaiveDate>,
    /// The day on which it was settled.
    pub closed_on: Option<NaiveDate>,
}

/// Adds a problem where an end lies before its start.
fn check_order(
    start: Option<NaiveDate>,
    end: Option<NaiveDate>,
    end_field: (&str, &str),
    problems: &mut Vec<FieldError>,
) {
    if let (Some(start), Some(end)) = (start, end)
        && end < start
    {
        let problem = Problem::EndBeforeStart { start: start.to_string(), end: end.to_string() };
        problems.push(FieldError::at(end_field.0, end_field.1, problem));
    }
}

/// Adds a problem where two rows of a list bear the same number.
fn check_numbers(list: &str, numbers: impl Iterator<Item = Option<u32>>, problems: &mut Vec<FieldError>) {
    let mut seen = std::collections::BTreeSet::new();
    for number in numbers.flatten() {
        if !seen.insert(number) {
            let rule = format!("Two rows speak of line {number}. Give each line one row");
            problems.push(FieldError::at(list, "Lines", Problem::Rule(rule)));
        }
    }
}
