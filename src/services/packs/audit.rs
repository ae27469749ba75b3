//! The audit pack of a matter, a shipment or a project: what a lawyer hands to an agency. Everything that was asked, answered,
//! relied on, cleared, booked and overridden, what went wrong, who wrote what when, and the originals.

mod gather;
mod tables;

use super::incidents;
use super::letters::{self, letters_table, reliances_table};
use super::pages::{chapter, fact, facts};
use super::reader::{Reader, originals_with_list};
use super::{Gap, Pack, PackKind, Part, Shape};
use crate::domain::document::{Block, Document, Holds};
use crate::domain::id::Id;
use crate::domain::record::Attachment;
use crate::services::Failure;
use crate::store::StoreError;
use gather::Gathered;

/// Makes the pack of a matter, a shipment or a project.
pub(super) fn audit(reader: &Reader<'_>, id: Id) -> Result<Pack, Failure> {
    let head = reader.head(Some(id))?.ok_or_else(|| match reader.as_known {
        Some(day) => Failure::Other(format!("It was not known on {day}. Choose a later day")),
        None => Failure::Gone,
    })?;
    let gathered = Gathered::of(reader, &head)?;
    let mut gaps = Vec::new();
    let files = gathered.files(reader)?;
    let mut blocks = vec![Block::Notice(format!(
        "What was true on {}, {}. Facts of later days are left out. The history is that of the journal, whose chain `corridor \
         check` proves.",
        reader.as_of,
        reader
            .as_known
            .map_or_else(|| "by what is known now".to_owned(), |day| format!("by what was known at the end of {day}")),
    ))];
    blocks.extend(decided(reader, &gathered, &mut gaps)?);
    blocks.extend(used(reader, &gathered, &mut gaps)?);
    blocks.extend([chapter("History"), Block::Table(tables::history(reader, &gathered)?)]);
    blocks.extend(attached(reader, &files));
    let document = Document {
        title: format!("Audit pack: {}", head.reference),
        subtitle: head.title.clone(),
        language: "en".to_owned(),
        facts: facts(vec![
            fact("Of", head.words(), Holds::Plain),
            fact("Organisation", reader.own()?.name, Holds::Plain),
            fact("As of", reader.as_of.to_string(), Holds::Plain),
            fact("As known on", reader.as_known.unwrap_or(reader.moment.today).to_string(), Holds::Plain),
            fact("Made on", reader.moment.today.to_string(), Holds::Plain),
        ]),
        blocks,
        foot: super::pages::foot(&reader.days()),
    };
    let part = Part { name: "audit pack".to_owned(), shape: Shape::Pages, document };
    Ok(Pack { kind: PackKind::Audit, of: Some(id), stem: head.reference, parts: vec![part], gaps })
}

/// What was asked, answered and relied on.
fn decided(reader: &Reader<'_>, gathered: &Gathered, gaps: &mut Vec<Gap>) -> Result<Vec<Block>, StoreError> {
    let mut letters = Vec::new();
    for id in &gathered.permissions {
        letters.extend(letters::letter(reader, *id)?);
    }
    Ok(vec![
        chapter("Requests"),
        Block::Table(tables::requests(reader, gathered)?),
        Block::Table(tables::happened(reader, gathered)?),
        chapter("Letters and licences"),
        Block::Table(letters_table(&letters, gaps)),
        Block::Table(tables::conditions(&letters, reader, gaps)),
        chapter("Reliances"),
        Block::Table(reliances_table(reader, &gathered.reliances(reader)?)?),
    ])
}

/// What was cleared, booked, overridden, and what went wrong.
fn used(reader: &Reader<'_>, gathered: &Gathered, gaps: &mut Vec<Gap>) -> Result<Vec<Block>, StoreError> {
    let mut log = incidents::log(reader, &gathered.incidents(reader)?)?;
    "No incident is written down".clone_into(&mut log.empty);
    Ok(vec![
        chapter("Clearances"),
        Block::Table(tables::clearances(reader, gathered)?),
        Block::Table(tables::frozen(reader, gathered)?),
        chapter("Bookings"),
        Block::Table(tables::bookings(reader, gathered)?),
        chapter("Overrides"),
        Block::Table(tables::overrides(reader, gathered, gaps)?),
        chapter("Incidents"),
        Block::Table(log),
        chapter("Contacts with officials"),
        Block::Table(tables::contacts(reader, gathered)?),
    ])
}

fn attached(reader: &Reader<'_>, files: &[Attachment]) -> Vec<Block> {
    if files.is_empty() {
        return vec![chapter("Originals"), Block::Notice("No original is attached.".to_owned())];
    }
    originals_with_list(reader, "Originals", files)
}
