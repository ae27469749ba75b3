//! The incident log: what went wrong, how long it lasted, what it cost, what was decided, what still has to follow.

use std::collections::BTreeMap;

use super::pages::{self, day, fact, money, number, table, text};
use super::reader::Reader;
use super::visit::follow_ups;
use super::{Gap, Pack, PackKind, Part, Shape};
use crate::domain::document::{Block, Cell, CellTone, Document, Holds, Table};
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::record::{FollowUp, Incident, IncidentKind, RecordKind};
use crate::services::{Failure, facts};
use crate::store::{StoreError, record};

/// Makes the log: of a project or a shipment, or of the whole workspace.
pub(super) fn incidents(reader: &Reader<'_>, of: Option<Id>) -> Result<Pack, Failure> {
    let head = reader.head(of)?;
    let all = known(reader, of)?;
    let mut gaps = Vec::new();
    for one in &all {
        if one.ended_on.is_some() && one.decided.is_empty() {
            gaps.push(Gap::missing(&one.reference, "It ended, and nobody wrote down what was decided"));
        }
    }
    let whose = head.as_ref().map_or_else(String::new, |head| format!(": {}", head.reference));
    let document = Document {
        title: format!("Incident log{whose}"),
        subtitle: head.as_ref().map_or_else(String::new, |head| head.title.clone()),
        language: "en".to_owned(),
        facts: vec![fact("As of", reader.days(), Holds::Plain)],
        blocks: vec![
            Block::Table(log(reader, &all)?),
            Block::Table(by_kind(reader, &all)),
            Block::Table(still_to_follow(reader, &all)?),
        ],
        foot: format!("As of {}.", reader.days()),
    };
    let stem = head.map_or_else(|| "All".to_owned(), |head| head.reference);
    let part = Part { name: "incident log".to_owned(), shape: Shape::Sheet, document };
    Ok(Pack { kind: PackKind::Incidents, of, stem, parts: vec![part], gaps })
}

/// The incidents of a record or of all, that had begun by the day, oldest first.
pub(super) fn known(reader: &Reader<'_>, of: Option<Id>) -> Result<Vec<Incident>, StoreError> {
    let mut all: Vec<Incident> = Vec::new();
    if let Some(of) = of {
        all.extend(reader.naming::<Incident>(of, RecordKind::Incident)?.into_iter().map(|(_, one)| one));
    } else {
        for id in record::all_ids(reader.db, RecordKind::Incident)? {
            all.extend(facts::load::<Incident>(reader.db, id)?);
        }
    }
    all.retain(|one| one.began_on.is_none_or(|began| began <= reader.as_of));
    all.sort_by(|a, b| (a.began_on, &a.reference).cmp(&(b.began_on, &b.reference)));
    Ok(all)
}

/// The log itself.
pub(super) fn log(reader: &Reader<'_>, all: &[Incident]) -> Result<Table, StoreError> {
    let mut rows = Vec::new();
    for one in all {
        let ended = one.ended_on.filter(|ended| *ended <= reader.as_of);
        let state = if ended.is_some() {
            pages::state(CellTone::Good, "Ended")
        } else {
            pages::state(CellTone::Bad, "Goes on")
        };
        rows.push(vec![
            Cell::text(&one.reference),
            Cell::text(one.kind.map_or("", IncidentKind::label)),
            Cell::text(&one.summary),
            day(one.began_on),
            day(ended),
            state,
            one.days(reader.as_of).map_or(Cell::Empty, Cell::Count),
            Cell::text(reader.reference(one.shipment)?),
            Cell::text(reader.name(one.party)?),
            money(one.cost.as_ref()),
            Cell::text(&one.happened),
            Cell::text(&one.decided),
            Cell::text(&one.decided_by),
        ]);
    }
    let columns = vec![
        text("Reference", "incident"),
        text("Kind", "kind"),
        text("In a line", "summary"),
        text("Began", "began_on"),
        text("Ended", "ended_on"),
        text("State", "state"),
        number("Days", "days"),
        text("Shipment", "shipment"),
        text("Party", "party").holding(Holds::Partner),
        number("Cost", "cost").holding(Holds::Price),
        text("What happened", "happened"),
        text("What was decided", "decided"),
        text("By whom", "decided_by").holding(Holds::Person),
    ];
    let mut made = table("incidents", "Incidents", columns, rows, "Nothing went wrong");
    made.notes =
        vec![format!("Those that had begun by {}. Days of one that goes on are counted until then.", reader.as_of)];
    Ok(made)
}

/// How many of each kind, with their days and costs; costs are never added across currencies.
fn by_kind(reader: &Reader<'_>, all: &[Incident]) -> Table {
    let mut sums: BTreeMap<(&str, String), (i64, i64, i64)> = BTreeMap::new();
    for one in all {
        let currency = one.cost.as_ref().map_or_else(String::new, |cost| cost.currency().to_owned());
        let sum = sums.entry((one.kind.map_or("", IncidentKind::label), currency)).or_default();
        sum.0 += 1;
        sum.1 += one.days(reader.as_of).unwrap_or_default();
        sum.2 = sum.2.saturating_add(one.cost.as_ref().map_or(0, Money::minor));
    }
    let rows = sums.into_iter().map(|((kind, currency), (count, days, minor))| {
        let cost = if currency.is_empty() { Cell::Empty } else { Cell::Money(Money::of(minor, &currency)) };
        vec![Cell::text(kind), Cell::Count(count), Cell::Count(days), cost]
    });
    let columns = vec![
        text("Kind", "kind"),
        number("Incidents", "incidents"),
        number("Days", "days"),
        number("Cost", "cost").holding(Holds::Price),
    ];
    table("by_kind", "By kind and currency", columns, rows.collect(), "Nothing went wrong")
}

fn still_to_follow(reader: &Reader<'_>, all: &[Incident]) -> Result<Table, StoreError> {
    let open: Vec<FollowUp> = all
        .iter()
        .flat_map(|one| one.follow_ups.iter())
        .filter(|one| one.done_on.is_none_or(|done| done > reader.as_of))
        .cloned()
        .collect();
    follow_ups(reader, &open)
}
