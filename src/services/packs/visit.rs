//! The visit report: where, who, what was counted and used, what was seen, what has to follow; with the photos.

use super::pages::{self, chapter, day, fact, facts, number, quantity, table, text, text_or};
use super::reader::{Reader, originals_with_list, unit_of};
use super::{Gap, Pack, PackKind, Part, Shape};
use crate::domain::document::{Block, Cell, CellTone, Document, Holds, Table};
use crate::domain::id::Id;
use crate::domain::quantity::Quantity;
use crate::domain::record::{FollowUp, Site, Visit};
use crate::services::Failure;
use crate::store::StoreError;

/// Makes the report of a visit.
pub(super) fn visit(reader: &Reader<'_>, id: Id) -> Result<Pack, Failure> {
    let (head, visit) = reader.must::<Visit>(id)?;
    let mut gaps = Vec::new();
    for (there, about, what) in [
        (
            !visit.counted.is_empty(),
            "Counted",
            "Nothing was counted. Write what was counted, or say in “What was seen” why not",
        ),
        (!visit.seen.is_empty(), "What was seen", "Write what was seen"),
        (!visit.visitors.is_empty(), "Visitors", "Name who was there"),
    ] {
        if !there {
            gaps.push(Gap::missing(about, what));
        }
    }
    let files = reader.files(id)?;
    let mut blocks = vec![
        chapter("What was counted"),
        Block::Table(counted(reader, &visit)?),
        chapter("What was seen"),
        text_or(&visit.seen, "Nothing is written down."),
        chapter("What has to follow"),
        Block::Table(follow_ups(reader, &visit.follow_ups)?),
    ];
    if !files.is_empty() {
        blocks.extend(originals_with_list(reader, "Photos and papers", &files));
    }
    let document = Document {
        title: format!("Visit report: {}", head.reference),
        subtitle: visit.purpose.clone(),
        language: "en".to_owned(),
        facts: head_of(reader, &visit)?,
        blocks,
        foot: format!("As of {}.", reader.days()),
    };
    let part = Part { name: "visit report".to_owned(), shape: Shape::Pages, document };
    Ok(Pack { kind: PackKind::Visit, of: Some(id), stem: head.reference, parts: vec![part], gaps })
}

fn head_of(reader: &Reader<'_>, visit: &Visit) -> Result<Vec<crate::domain::document::Fact>, StoreError> {
    let site: Site = reader.load(visit.site)?.unwrap_or_default();
    let names = pages::joined(&[&site.name, &site.name_ko, &site.name_zh], ", ");
    let until = visit.until.map_or_else(String::new, |until| format!(" to {until}"));
    let on = visit.on.map_or_else(String::new, |on| format!("{on}{until}"));
    let mut visitors = Vec::new();
    for person in &visit.visitors {
        visitors.push(reader.name(Some(*person))?);
    }
    Ok(facts(vec![
        fact("Site", names, Holds::Site),
        fact("Place", reader.name(site.within)?, Holds::Site),
        fact("P-code", &site.p_code, Holds::Site),
        fact("On", on, Holds::Plain),
        fact("Project", reader.name(visit.project)?, Holds::Plain),
        fact("Visitors", visitors.join(", "), Holds::Person),
        fact("With whom", &visit.with_whom, Holds::Counterpart),
        fact("As of", reader.days(), Holds::Plain),
    ]))
}

fn counted(reader: &Reader<'_>, visit: &Visit) -> Result<Table, StoreError> {
    let mut rows = Vec::new();
    for line in &visit.counted {
        let item = reader.item(line.item)?;
        let known = |part: Option<Quantity>| part.map_or(0, Quantity::thousandths);
        let rest = known(line.counted) - known(line.used) - known(line.damaged);
        rows.push(vec![
            Cell::text(&item.name),
            Cell::text(reader.reference(line.shipment)?),
            quantity(line.counted),
            quantity(line.used),
            quantity(line.damaged),
            Cell::Quantity(rest),
            Cell::text(unit_of(line.unit.as_deref(), &item)),
            Cell::text(&line.remark),
        ]);
    }
    let columns = vec![
        text("Goods", "item"),
        text("Shipment", "shipment"),
        number("Counted", "counted"),
        number("In use", "used"),
        number("Damaged", "damaged"),
        number("Neither", "rest"),
        text("Unit", "unit"),
        text("Remark", "remark"),
    ];
    let mut made = table("counted", "Counted", columns, rows, "Nothing was counted");
    made.notes = vec!["In use and damaged are parts of those counted; neither is what is left of them.".to_owned()];
    Ok(made)
}

/// What was agreed, and whether it was done by the day.
pub(super) fn follow_ups(reader: &Reader<'_>, follow_ups: &[FollowUp]) -> Result<Table, StoreError> {
    let mut rows = Vec::new();
    for one in follow_ups {
        let done = one.done_on.filter(|done| *done <= reader.as_of);
        let state = match (done, one.due_on) {
            (Some(done), _) => pages::state(CellTone::Good, format!("Done on {done}")),
            (None, Some(due)) if due < reader.as_of => pages::state(CellTone::Bad, "Late"),
            (None, _) => pages::state(CellTone::Warning, "Open"),
        };
        let who = reader.name(one.who)?;
        rows.push(vec![Cell::text(&one.what), Cell::text(who), day(one.due_on), state, Cell::text(&one.evidence)]);
    }
    let columns = vec![
        text("What", "what"),
        text("Who", "who").holding(Holds::Person),
        text("Due on", "due_on"),
        text("State", "state"),
        text("Evidence", "evidence"),
    ];
    Ok(table("follow_ups", "What has to follow", columns, rows, "Nothing has to follow"))
}
