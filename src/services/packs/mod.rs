//! Packs: what a border, a bank, an authority or a lawyer is handed, made of the record as documents that name their originals.
//! No file format is known here; `services/documents.rs` turns a document into a file.

mod audit;
mod binder;
mod binder_words;
mod customs;
mod incidents;
mod letters;
mod pages;
mod reader;
mod save;
mod send;
mod submission;
mod visit;

use chrono::NaiveDate;

use super::{Failure, Moment, Workspace, coverage};
use crate::domain::document::{Block, Cell, CellTone, Column, Document, Table};
use crate::domain::id::Id;
use crate::domain::record::{RecordKind, SealedKind};
use crate::domain::word::words;
use crate::store::record;

pub use save::{Made, MadeFile};
pub(in crate::services) use send::PACK;
pub use send::Sending;

use reader::Reader;

words! {
    /// What a pack is.
    pub enum PackKind {
        Binder = "binder", "Border and bank binder";
        Submission = "submission", "Submission package";
        Audit = "audit", "Audit pack";
        Customs = "customs", "Customs comparison";
        Visit = "visit_report", "Visit report";
        Incidents = "incidents", "Incident log";
    }
}

impl PackKind {
    /// The kinds of record of which it can be made; none: it is made of the whole workspace too.
    #[must_use]
    pub const fn made_of(self) -> &'static [RecordKind] {
        match self {
            Self::Binder | Self::Customs => &[RecordKind::Shipment],
            Self::Submission => &[RecordKind::Request],
            Self::Audit => &[RecordKind::Matter, RecordKind::Shipment, RecordKind::Project],
            Self::Visit => &[RecordKind::Visit],
            Self::Incidents => &[RecordKind::Project, RecordKind::Shipment],
        }
    }

    /// What it is once it is sealed.
    #[must_use]
    pub const fn sealed_as(self) -> SealedKind {
        match self {
            Self::Binder => SealedKind::Binder,
            Self::Submission => SealedKind::Submission,
            Self::Audit => SealedKind::AuditPack,
            Self::Visit => SealedKind::VisitReport,
            Self::Customs => SealedKind::CustomsComparison,
            Self::Incidents => SealedKind::IncidentLog,
        }
    }
}

/// Which pack is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackQuery {
    /// What it is.
    pub kind: PackKind,
    /// Of which record; `None` of the whole workspace, for the incident log.
    pub of: Option<Id>,
    /// The day whose truth it shows.
    pub as_of: NaiveDate,
    /// The day until whose end things were known; `None`: by what is known now.
    pub as_known: Option<NaiveDate>,
    /// Who gets it, where something is left out for them; `None`: everything.
    pub audience: Option<Id>,
}

/// How a part of a pack is handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Read and signed, and edited before: a letter.
    Letter,
    /// Read page by page.
    Pages,
    /// Read, and worked on as a table.
    Sheet,
}

/// A document of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is called in its file name: `Annex II`. Nothing personal.
    pub name: String,
    /// How it is handed over.
    pub shape: Shape,
    /// What it says.
    pub document: Document,
}

words! {
    /// What kind of thing a gap is.
    pub enum GapKind {
        Missing = "missing", "Missing";
        Wording = "wording", "Loose wording";
        Open = "open", "Open";
    }
}

/// Something that is missing or should be looked at before a pack leaves the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// What kind of thing it is.
    pub kind: GapKind,
    /// Of what: `10. Measures against diversion`, `Line 3`.
    pub about: String,
    /// What is wrong and what to do, in a sentence.
    pub what: String,
}

impl Gap {
    fn missing(about: impl Into<String>, what: impl Into<String>) -> Self {
        Self { kind: GapKind::Missing, about: about.into(), what: what.into() }
    }

    fn open(about: impl Into<String>, what: impl Into<String>) -> Self {
        Self { kind: GapKind::Open, about: about.into(), what: what.into() }
    }
}

/// A pack: its documents, and what is missing in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// What it is.
    pub kind: PackKind,
    /// The record it is of.
    pub of: Option<Id>,
    /// How its files begin: the reference of the record and what they are. Nothing personal.
    pub stem: String,
    /// Its documents, the leading one first.
    pub parts: Vec<Part>,
    /// What is missing or should be looked at, the most important first.
    pub gaps: Vec<Gap>,
}

impl Pack {
    /// What is missing, as a table for the one who sends it. It is no part of the pack.
    #[must_use]
    pub fn completeness(&self) -> Table {
        let row = |gap: &Gap| {
            let tone = if gap.kind == GapKind::Missing { CellTone::Bad } else { CellTone::Warning };
            vec![
                Cell::State { tone, words: gap.kind.label().to_owned() },
                Cell::text(&gap.about),
                Cell::text(&gap.what),
            ]
        };
        Table {
            key: "completeness".to_owned(),
            title: "Before it is sent".to_owned(),
            columns: ["", "Where", "What to do"].map(|label| Column::text(label, "")).to_vec(),
            rows: self.gaps.iter().map(row).collect(),
            empty: "Nothing is missing".to_owned(),
            ..Table::default()
        }
    }
}

impl Pack {
    /// Its parts as one document, one after the other, each with its facts; `None` where it has none.
    #[must_use]
    pub fn whole(&self) -> Option<Document> {
        let (first, rest) = self.parts.split_first()?;
        let mut document = first.document.clone();
        for Part { document: part, .. } in rest {
            document.blocks.push(pages::chapter(&part.title));
            if !part.facts.is_empty() {
                document.blocks.push(Block::Facts(part.facts.clone()));
            }
            document.blocks.extend(part.blocks.iter().cloned());
        }
        Some(document)
    }
}

impl Workspace {
    /// Makes a pack.
    pub fn pack(&self, query: &PackQuery) -> Result<Pack, Failure> {
        self.pack_of(query, self.context.moment())
    }

    /// Makes a pack as one made on another day, which some of them print.
    pub(super) fn pack_of(&self, query: &PackQuery, moment: Moment) -> Result<Pack, Failure> {
        let own = self.store.db();
        let made_of = query.kind.made_of();
        if let Some(id) = query.of {
            let head = record::head(own, id)?.ok_or(Failure::Gone)?;
            if !made_of.contains(&head.kind) {
                return Err(Failure::Other(format!("{} is not made of {}", query.kind.label(), head.words())));
            }
        }
        let known = query.as_known.map(|day| coverage::known_store(own, day, moment)).transpose()?;
        let db = known.as_ref().map_or(own, |store| store.db());
        let (as_of, as_known, with_originals) = (query.as_of, query.as_known, query.audience.is_none());
        let reader = Reader { db, journal: own, as_of, as_known, moment, with_originals };
        let of = || query.of.ok_or_else(|| Failure::Other(format!("{}: choose the record", query.kind.label())));
        match query.kind {
            PackKind::Binder => binder::binder(&reader, of()?),
            PackKind::Submission => submission::submission(&reader, of()?),
            PackKind::Audit => audit::audit(&reader, of()?),
            PackKind::Customs => customs::customs(&reader, of()?),
            PackKind::Visit => visit::visit(&reader, of()?),
            PackKind::Incidents => incidents::incidents(&reader, query.of),
        }
    }
}
