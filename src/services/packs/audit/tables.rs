//! The tables of an audit pack.

use super::gather::Gathered;
use crate::domain::date::FuzzyDate;
use crate::domain::document::{Cell, CellTone, Column, Holds, Table};
use crate::domain::record::{
    Booking, Clearance, Contact, Filing, Instrument, Item, Matter, Permission, RecordKind, Request, SealedKind,
    Shipment, Verdict, spec,
};
use crate::domain::status::label;
use crate::services::facts;
use crate::services::packs::Gap;
use crate::services::packs::letters::Letter;
use crate::services::packs::pages::{self, count, day, number, quantity, state, table, text};
use crate::services::packs::reader::{Reader, unit_of};
use crate::services::queries;
use crate::store::{StoreError, record};

/// The filings, with their status on the day.
pub(super) fn requests(reader: &Reader<'_>, gathered: &Gathered) -> Result<Table, StoreError> {
    let mut rows = Vec::new();
    for id in &gathered.requests {
        let Some(facts) = facts::request(reader.db, *id)? else { continue };
        let Some(status) = facts.on(reader.as_of) else { continue };
        let request: &Request = &facts.request;
        let matter: Matter = reader.load(request.matter)?.unwrap_or_default();
        let instrument: Instrument = reader.load(matter.instrument)?.unwrap_or_default();
        rows.push((
            request.started_on,
            vec![
                Cell::text(reader.reference(Some(*id))?),
                Cell::text(&matter.title),
                Cell::text(reader.name(instrument.authority)?),
                Cell::text(&instrument.name),
                Cell::text(request.filing.map_or("", Filing::label)),
                Cell::text(&request.authority_number),
                fuzzy(status.begun_on),
                Cell::text(label(status.headline())),
                fuzzy(status.settled_on),
            ],
        ));
    }
    rows.sort_by_key(|(started, _)| *started);
    let columns = vec![
        text("Reference", "request"),
        text("Matter", "matter"),
        text("Authority", "authority"),
        text("What it is", "instrument"),
        text("Filing", "filing"),
        text("Their number", "number").holding(Holds::Number),
        text("Sent", "sent"),
        text("Status", "status"),
        text("Decided", "decided"),
    ];
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    Ok(table("requests", &format!("Requests as of {}", reader.as_of), columns, rows, "Nothing was asked for"))
}

/// What happened to requests, letters and shipments, day by day.
pub(super) fn happened(reader: &Reader<'_>, gathered: &Gathered) -> Result<Table, StoreError> {
    let mut rows: Vec<(FuzzyDate, Vec<Cell>)> = Vec::new();
    for id in &gathered.all {
        let Some(stored) = record::get(reader.db, *id)? else { continue };
        let dated = matches!(
            stored.head.kind,
            RecordKind::Event
                | RecordKind::Decision
                | RecordKind::ShipmentEvent
                | RecordKind::Receipt
                | RecordKind::Seal
        );
        // An audit pack tells what was asked and sent, not that it was told before.
        let is_own = stored.image.get("what").and_then(serde_json::Value::as_str) == Some(SealedKind::AuditPack.word());
        let facts = spec(stored.head.kind).facts(&stored.image).ok().filter(|_| dated && !is_own);
        let Some((facts, on)) = facts.and_then(|facts| facts.dated_on.map(|on| (facts, on))) else { continue };
        if !reader.is_by(Some(on)) {
            continue;
        }
        let parent = reader.reference(stored.head.parent)?;
        let field =
            |name: &str| stored.image.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        let number = pages::joined(&[&field("number"), &field("letter_number")], ", ");
        let said = pages::joined(&[&field("their_words"), &field("text"), &field("evidence"), &field("note")], "; ");
        rows.push((
            on,
            vec![
                Cell::text(on.to_string()),
                Cell::text(parent),
                Cell::text(facts.title),
                Cell::text(number),
                Cell::text(said),
            ],
        ));
    }
    rows.sort_by_key(|(on, _)| (on.first(), on.last()));
    let columns = vec![
        text("On", "on"),
        text("Of", "of"),
        text("What happened", "what"),
        text("Number", "number").holding(Holds::Number),
        text("In words", "words"),
    ];
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    Ok(table("happened", "What happened", columns, rows, "Nothing has happened yet"))
}

/// The conditions of letters, with what shows that they were met.
pub(super) fn conditions(letters: &[Letter], reader: &Reader<'_>, gaps: &mut Vec<Gap>) -> Table {
    let mut rows = Vec::new();
    for letter in letters {
        let changed = letter.changes.iter().flat_map(|change| &change.conditions);
        for condition in letter.permission.conditions.iter().chain(changed) {
            let done = condition.done_on.filter(|done| *done <= reader.as_of);
            let judged = match (done, condition.due_on) {
                (Some(done), _) => state(CellTone::Good, format!("Done on {done}")),
                (None, Some(due)) if due < reader.as_of => state(CellTone::Bad, "Late"),
                (None, _) => state(CellTone::Warning, "Open"),
            };
            if done.is_some() && condition.evidence.is_empty() {
                let what = format!("“{}” is done without evidence", condition.text);
                gaps.push(Gap::missing(format!("Letter {}", letter.permission.reference), what));
            }
            rows.push(vec![
                Cell::text(&letter.permission.reference),
                Cell::text(&condition.text),
                day(condition.due_on),
                judged,
                Cell::text(&condition.evidence),
            ]);
        }
    }
    let columns = vec![
        text("Letter", "letter").holding(Holds::Number),
        text("Condition", "condition"),
        text("Due on", "due_on"),
        text("State", "state"),
        text("Evidence", "evidence"),
    ];
    table("conditions", "Conditions", columns, rows, "No letter sets a condition")
}

/// The clearances, as they were signed.
pub(super) fn clearances(reader: &Reader<'_>, gathered: &Gathered) -> Result<Table, StoreError> {
    let mut rows = Vec::new();
    for one in cleared(reader, gathered)? {
        let tone = if one.verdict == Some(Verdict::Go) { CellTone::Good } else { CellTone::Bad };
        rows.push(vec![
            Cell::text(&one.reference),
            Cell::text(reader.reference(one.shipment)?),
            state(tone, one.verdict.map_or("", Verdict::label)),
            day(one.on),
            Cell::text(reader.name(one.signed_by)?),
            count(one.covered),
            count(one.open),
            Cell::text(&one.reason),
        ]);
    }
    let columns = vec![
        text("Reference", "clearance"),
        text("Shipment", "shipment"),
        text("Decision", "verdict"),
        text("On", "on"),
        text("Signed by", "signed_by").holding(Holds::Person),
        number("Covered or not needed", "covered"),
        number("Open", "open"),
        text("Reason", "reason"),
    ];
    Ok(table("clearances", "Clearances", columns, rows, "No dispatch was cleared"))
}

/// The coverage as it stood when somebody signed.
pub(super) fn frozen(reader: &Reader<'_>, gathered: &Gathered) -> Result<Table, StoreError> {
    let mut rows = Vec::new();
    for one in cleared(reader, gathered)? {
        for cell in &one.cells {
            rows.push(vec![
                Cell::text(&one.reference),
                Cell::text(&cell.row),
                Cell::text(reader.name(cell.instrument)?),
                Cell::text(&cell.state),
                Cell::text(&cell.words),
                Cell::text(&cell.rule),
            ]);
        }
    }
    let columns = vec![
        text("Clearance", "clearance"),
        text("Line", "line"),
        text("What was needed", "instrument"),
        text("State", "state"),
        text("In words", "words").holding(Holds::Number),
        text("Rule", "rule"),
    ];
    Ok(table("frozen", "Coverage as it stood when it was signed", columns, rows, "Nothing was signed"))
}

fn cleared(reader: &Reader<'_>, gathered: &Gathered) -> Result<Vec<Clearance>, StoreError> {
    let mut all = Vec::new();
    for id in &gathered.clearances {
        all.extend(reader.load::<Clearance>(Some(*id))?.filter(|one| reader.is_by_day(one.on)));
    }
    all.sort_by_key(|one| one.on);
    Ok(all)
}

/// The bookings that were made by the day.
pub(super) fn bookings(reader: &Reader<'_>, gathered: &Gathered) -> Result<Table, StoreError> {
    let mut rows = Vec::new();
    for one in booked(reader, gathered)? {
        let permission: Permission = reader.load(one.permission)?.unwrap_or_default();
        let item = item_of(reader, &one)?;
        let holder = one.shipment.or(one.trip);
        rows.push(vec![
            Cell::text(&one.reference),
            Cell::text(&permission.reference),
            count(one.grant_line),
            Cell::text(reader.reference(holder)?),
            count(one.line),
            Cell::text(if one.person.is_some() { reader.name(one.person)? } else { item.name.clone() }),
            quantity(one.quantity),
            Cell::text(unit_of(one.unit.as_deref(), &item)),
            day(one.booked_on),
            day(one.released_on.filter(|on| *on <= reader.as_of)),
            Cell::text(&one.note),
        ]);
    }
    let columns: Vec<Column> = vec![
        text("Reference", "booking"),
        text("Letter", "letter").holding(Holds::Number),
        number("Grant line", "grant_line"),
        text("For", "holder"),
        number("Line", "line"),
        text("What", "what").holding(Holds::Person),
        number("Quantity", "quantity"),
        text("Unit", "unit"),
        text("Booked on", "booked_on"),
        text("Given back on", "released_on"),
        text("Note", "note"),
    ];
    Ok(table("bookings", "Bookings", columns, rows, "Nothing is booked"))
}

fn booked(reader: &Reader<'_>, gathered: &Gathered) -> Result<Vec<Booking>, StoreError> {
    let mut all = Vec::new();
    for id in &gathered.bookings {
        all.extend(reader.load::<Booking>(Some(*id))?.filter(|one| reader.is_by_day(one.booked_on)));
    }
    all.sort_by(|a, b| (a.booked_on, &a.reference).cmp(&(b.booked_on, &b.reference)));
    Ok(all)
}

fn item_of(reader: &Reader<'_>, booking: &Booking) -> Result<Item, StoreError> {
    let shipment: Option<Shipment> = reader.load(booking.shipment)?;
    let line = shipment.and_then(|shipment| shipment.lines.into_iter().find(|line| line.number == booking.line));
    reader.item(line.and_then(|line| line.item))
}

/// Where somebody went beyond what stood, and why.
pub(super) fn overrides(reader: &Reader<'_>, gathered: &Gathered, gaps: &mut Vec<Gap>) -> Result<Table, StoreError> {
    let mut rows = Vec::new();
    for one in booked(reader, gathered)?.iter().filter(|one| !one.override_reason.is_empty() || one.incident.is_some())
    {
        rows.push(vec![
            Cell::text(&one.reference),
            Cell::text("More was booked than was left"),
            day(one.booked_on),
            Cell::Empty,
            Cell::text(&one.override_reason),
            Cell::text(reader.reference(one.incident)?),
        ]);
    }
    for one in cleared(reader, gathered)? {
        if one.verdict != Some(Verdict::Go) || one.open.unwrap_or_default() == 0 {
            continue;
        }
        if one.reason.is_empty() {
            gaps.push(Gap::missing(&one.reference, "It was cleared with open cells, and no reason is written down"));
        }
        rows.push(vec![
            Cell::text(&one.reference),
            Cell::text(format!("Cleared with {} open cells", one.open.unwrap_or_default())),
            day(one.on),
            Cell::text(reader.name(one.signed_by)?),
            Cell::text(&one.reason),
            Cell::Empty,
        ]);
    }
    let columns = vec![
        text("Of", "of"),
        text("What", "what"),
        text("On", "on"),
        text("By", "by").holding(Holds::Person),
        text("Reason", "reason"),
        text("Incident", "incident"),
    ];
    Ok(table("overrides", "Overrides", columns, rows, "Nothing was overridden"))
}

/// What was said with officials about any of it.
pub(super) fn contacts(reader: &Reader<'_>, gathered: &Gathered) -> Result<Table, StoreError> {
    let mut rows: Vec<(Option<FuzzyDate>, Vec<Cell>)> = Vec::new();
    for id in &gathered.all {
        let Some(contact) = reader.head(Some(*id))?.filter(|head| head.kind == RecordKind::Contact) else { continue };
        let one: Contact = reader.load(Some(contact.id))?.unwrap_or_default();
        if !reader.is_by(one.on) {
            continue;
        }
        rows.push((
            one.on,
            vec![
                fuzzy(one.on),
                Cell::text(reader.reference(one.about)?),
                Cell::text(&one.official),
                Cell::text(&one.body),
                Cell::text(one.channel.map_or("", |channel| channel.label())),
                Cell::text(&one.our_side),
                Cell::text(&one.text),
            ],
        ));
    }
    rows.sort_by_key(|(on, _)| on.map(FuzzyDate::first));
    let columns = vec![
        text("On", "on"),
        text("About", "about"),
        text("Official", "official").holding(Holds::Person),
        text("Office", "office"),
        text("How", "channel"),
        text("Our side", "our_side").holding(Holds::Person),
        text("What was said", "said"),
    ];
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    Ok(table("contacts", "Contacts with officials", columns, rows, "Nobody was spoken to"))
}

/// Who wrote what when, oldest first, as far as it was known.
pub(super) fn history(reader: &Reader<'_>, gathered: &Gathered) -> Result<Table, StoreError> {
    let mut rows: Vec<(String, Vec<Cell>)> = Vec::new();
    let until = reader.as_known.map(|day| day.to_string());
    for id in &gathered.all {
        let Some(head) = reader.head(Some(*id))? else { continue };
        for entry in queries::history(reader.journal, head.kind, *id, reader.moment)? {
            let day = entry.at.get(..10).unwrap_or_default().to_owned();
            if until.as_ref().is_some_and(|until| day > *until) {
                continue;
            }
            // A file stands among the originals, where a copy for others leaves it out with its name.
            let told = entry.changes.iter().filter(|_| head.kind != RecordKind::Attachment);
            let changes: Vec<String> = told.map(|(label, was, now)| change(label, was, now)).collect();
            rows.push((
                entry.at.clone(),
                vec![
                    Cell::text(&entry.at),
                    Cell::text(&entry.actor),
                    Cell::text(head.words()),
                    Cell::text(&entry.what),
                    Cell::text(changes.join("; ")),
                ],
            ));
        }
    }
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    let columns = vec![
        text("At", "at"),
        text("Who", "actor").holding(Holds::Person),
        text("Record", "record"),
        text("What", "what"),
        text("Changes", "changes"),
    ];
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    Ok(table("history", "Who wrote what when", columns, rows, "Nothing is written down"))
}

fn change(label: &str, was: &str, now: &str) -> String {
    match (was.is_empty(), now.is_empty()) {
        (true, _) => format!("{label}: {now}"),
        (false, true) => format!("{label}: was {was}, now empty"),
        (false, false) => format!("{label}: {now}, was {was}"),
    }
}

fn fuzzy(on: Option<FuzzyDate>) -> Cell {
    on.map_or(Cell::Empty, |on| if on.is_day() { Cell::Day(on.first()) } else { Cell::text(on.to_string()) })
}
