//! One booking of one grant line, as a user chose it. What was used already and goes beyond is no plan any more: it is
//! recorded as over-use with its incident, in the same step.

use serde_json::{Map, Value, json};

use crate::domain::coverage::{Booked, UseDay, UseDays};
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::quantity::Quantity;
use crate::domain::record::{Item, RecordKind, ShipmentLine, UsePoint};
use crate::domain::status::permission::PermissionFacts;
use crate::domain::status::permission::booked::BookingStage;
use crate::domain::units;
use crate::services::perform::Scribe;
use crate::services::session::{Intent, refusal_text};
use crate::services::write::{Done, WriteError};
use crate::services::{booked, facts};
use crate::store::record;

/// A part of a grant line for a shipment line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineBooking {
    /// The shipment.
    pub shipment: Id,
    /// The number of its line.
    pub line: u32,
    /// The permission.
    pub permission: Id,
    /// The grant line; `None`: the letter as a whole.
    pub grant_line: Option<u32>,
    /// How much, in the item's base unit, as it is typed.
    pub quantity: String,
    /// Why it may go beyond what is left; needed only where it does.
    pub reason: String,
}

impl Scribe<'_> {
    /// Books a part of a grant line for a shipment line.
    pub(in crate::services) fn book_line(&mut self, wanted: &LineBooking) -> Result<Done, WriteError> {
        let (day, gone) =
            (self.moment.today, |what: &str| refusal_text(what, "It is gone. Look at the coverage again"));
        let permission = facts::permission(self.db, wanted.permission)?.ok_or_else(|| gone("The permission"))?;
        let stored = record::get(self.db, wanted.shipment)?.filter(|stored| stored.head.kind == RecordKind::Shipment);
        let stored = stored.ok_or_else(|| gone("The shipment"))?;
        let shipment = facts::shipment(self.db, &stored)?;
        let line = shipment.shipment.lines.iter().find(|line| line.number == Some(wanted.line));
        let line = line.ok_or_else(|| gone("The line of the shipment"))?;
        let quantity = Quantity::parse_positive(&wanted.quantity)
            .map_err(|error| refusal_text("The booking", &format!("Quantity: {error}")))?;
        let value = self.value_of(line, quantity)?;
        let mut draft = Map::from_iter([
            ("permission".to_owned(), json!(wanted.permission.0)),
            ("shipment".to_owned(), json!(wanted.shipment.0)),
            ("line".to_owned(), json!(wanted.line)),
            ("quantity".to_owned(), json!(quantity.to_string())),
            ("booked_on".to_owned(), json!(day.to_string())),
        ]);
        draft.extend(wanted.grant_line.map(|line| ("grant_line".to_owned(), json!(line))));
        draft.extend(value.as_ref().map(|value| ("value".to_owned(), json!(value.to_string()))));
        let instrument = booked::instrument_of(self.db, &permission.permission)?;
        let point = instrument.and_then(|(_, instrument)| instrument.use_point).unwrap_or(UsePoint::Entry);
        let used = UseDays::of(&shipment).at(point);
        let beyond = beyond(&permission, wanted, (quantity, value.as_ref()), (day, used));
        let happened = used.filter(|used| used.happened && used.on <= day);
        let letter = &permission.permission.reference;
        let of = wanted.grant_line.map_or_else(|| letter.clone(), |line| format!("line {line} of {letter}"));
        let what = format!("Book {} of {of} for {}", quantity.grouped(), stored.head.words());
        let mut session = self.begin(Intent { kind: "book", what: what.clone(), undoes: None })?;
        let mut message = what.replacen("Book", "Booked", 1);
        if let Some(beyond) = beyond {
            if !wanted.reason.trim().is_empty() {
                draft.insert("override_reason".to_owned(), json!(wanted.reason.trim()));
            }
            if let Some(used) = happened {
                let incident = over_use(wanted, &stored.head.words(), (line, quantity), (used, &beyond));
                let incident = session.image(RecordKind::Incident, incident)?;
                let reference = incident.get("reference").and_then(Value::as_str).unwrap_or_default().to_owned();
                let id = session.create(RecordKind::Incident, incident)?;
                draft.insert("incident".to_owned(), json!(id.0));
                message = format!("{message}, and recorded the over-use as incident {reference}");
            }
        }
        let image = session.image(RecordKind::Booking, draft)?;
        let id = session.create(RecordKind::Booking, image)?;
        let touched = session.finish()?.touched;
        Ok(Done { message, id: Some(id), warnings: Vec::new(), touched })
    }

    /// The part of a line's value that a quantity of it has.
    fn value_of(&self, line: &ShipmentLine, quantity: Quantity) -> Result<Option<Money>, WriteError> {
        let (Some(value), Some(whole)) = (&line.value, line.quantity) else { return Ok(None) };
        let item: Option<Item> = line.item.map(|item| facts::load(self.db, item)).transpose()?.flatten();
        let whole = item.map_or(Ok(whole), |item| units::to_base(&item, whole, line.unit.as_deref())).unwrap_or(whole);
        Ok(Some(value.part(quantity.thousandths(), whole.thousandths())))
    }

    /// Gives a booking back that was not used.
    pub(in crate::services) fn give_back(&mut self, booking: Id) -> Result<Done, WriteError> {
        let today = self.moment.today;
        let stored = record::get(self.db, booking)?.filter(|stored| stored.head.kind == RecordKind::Booking);
        let stored = stored.ok_or_else(|| refusal_text("The booking", "It is gone. Look at the coverage again"))?;
        let words = stored.head.words();
        let known = booked::alone(self.db, &stored)?.map(|(booked, _)| booked);
        match known.as_ref().and_then(|booked| booked.stage(today)) {
            Some(BookingStage::Used | BookingStage::CameBack) => {
                let reason = "It was used already. Write into the booking what came back, and on which day";
                return Err(refusal_text(&words, reason));
            }
            Some(BookingStage::Released) => return Err(refusal_text(&words, "It was given back already")),
            Some(BookingStage::Reserved) | None => {}
        }
        let on = known.map_or(today, |booked| booked.booked_on.max(today));
        let mut image = stored.image;
        image.insert("released_on".to_owned(), json!(on.to_string()));
        let mut session = self.begin(Intent { kind: "edit", what: format!("Give back {words}"), undoes: None })?;
        session.put(RecordKind::Booking, booking, &image)?;
        let touched = session.finish()?.touched;
        Ok(Done { message: format!("Gave back {words}"), id: Some(booking), warnings: Vec::new(), touched })
    }
}

/// How a booking goes beyond what is left, in a sentence; `None` where it fits.
fn beyond(
    permission: &PermissionFacts,
    wanted: &LineBooking,
    (quantity, value): (Quantity, Option<&Money>),
    (day, used): (chrono::NaiveDate, Option<UseDay>),
) -> Option<String> {
    let booked = Booked {
        id: Id(i64::MAX),
        reference: NEW.to_owned(),
        grant_line: wanted.grant_line,
        holder: wanted.shipment,
        line: Some(wanted.line),
        person: None,
        quantity: quantity.thousandths(),
        value: value.map(booked::in_thousandths),
        entries: 0,
        booked_on: day,
        used,
        released_on: None,
        returned: None,
        may_exceed: false,
        odd: None,
        holds: None,
    };
    permission.refuses(booked).map(|illegal| illegal.to_string())
}

/// How the booking that does not exist yet is named.
const NEW: &str = "(new)";

/// The incident of a use that went beyond.
fn over_use(
    wanted: &LineBooking,
    shipment: &str,
    (line, quantity): (&ShipmentLine, Quantity),
    (used, beyond): (UseDay, &str),
) -> Map<String, Value> {
    let said = beyond.split(". ").next().unwrap_or(beyond).replace(&format!("Booking {NEW}"), "The booking");
    let mut goods =
        Map::from_iter([("line".to_owned(), json!(wanted.line)), ("quantity".to_owned(), json!(quantity.to_string()))]);
    goods.extend(line.item.map(|item| ("item".to_owned(), json!(item.0))));
    Map::from_iter([
        ("kind".to_owned(), json!("over_use")),
        ("summary".to_owned(), json!(format!("line {} of {shipment}", wanted.line))),
        ("began_on".to_owned(), json!(used.on.to_string())),
        ("shipment".to_owned(), json!(wanted.shipment.0)),
        ("lines".to_owned(), json!([goods])),
        ("happened".to_owned(), json!(format!("{said}. {}", wanted.reason).trim().trim_end_matches(['.', ' ']))),
    ])
}
