//! Lists: ids by filter and order, rows by id.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::names::Names;
use super::{ListQuery, ListRow, StatusCell};
use crate::domain::id::Id;
use crate::domain::record::{FundState, RecordKind};
use crate::domain::status::cash::CashStage;
use crate::domain::status::incident::IncidentStage;
use crate::domain::status::indicator::IndicatorStage;
use crate::domain::status::lot::LotStage;
use crate::domain::status::mark::MarkStage;
use crate::domain::status::permission::booked::BookingStage;
use crate::domain::status::purchase::PurchaseStage;
use crate::domain::status::reliance::RelianceStage;
use crate::domain::status::shipment::ShipmentStage;
use crate::domain::status::trip::TripStage;
use crate::domain::status::visit::VisitStage;
use crate::domain::status::{self, Outcome, Stage, Validity};
use crate::domain::summary::Source;
use crate::domain::text;
use crate::domain::word::Word;
use crate::store::list::{self, Row, RowStatus, Wanted};
use crate::store::span::day;
use crate::store::{Db, StoreError, record};

/// The kinds whose records have a derived status.
pub const LIST_KINDS_WITH_STATUS: [RecordKind; 15] = [
    RecordKind::Request,
    RecordKind::Matter,
    RecordKind::Permission,
    RecordKind::Shipment,
    RecordKind::Trip,
    RecordKind::Fund,
    RecordKind::Purchase,
    RecordKind::Lot,
    RecordKind::Reliance,
    RecordKind::Visit,
    RecordKind::Indicator,
    RecordKind::Incident,
    RecordKind::Cash,
    RecordKind::Mark,
    RecordKind::Booking,
];

/// Whether records of a kind have a derived status.
#[must_use]
pub fn has_status(kind: RecordKind) -> bool {
    LIST_KINDS_WITH_STATUS.contains(&kind)
}

/// The words under which records of a kind are counted, in the order in which people meet them.
#[must_use]
pub fn status_words(kind: RecordKind) -> Vec<Word> {
    match kind {
        RecordKind::Request | RecordKind::Matter => {
            let open = Stage::WORDS.iter().filter(|word| word.word != Stage::Decided.word());
            let decided = Outcome::WORDS.iter().filter(|word| word.word != Outcome::Pending.word());
            open.chain(decided).copied().collect()
        }
        RecordKind::Shipment => ShipmentStage::WORDS.to_vec(),
        RecordKind::Trip => TripStage::WORDS.to_vec(),
        RecordKind::Permission => Validity::WORDS.to_vec(),
        RecordKind::Fund => FundState::WORDS.to_vec(),
        RecordKind::Purchase => PurchaseStage::WORDS.to_vec(),
        RecordKind::Lot => LotStage::WORDS.to_vec(),
        RecordKind::Reliance => RelianceStage::WORDS.to_vec(),
        RecordKind::Visit => VisitStage::WORDS.to_vec(),
        RecordKind::Indicator => IndicatorStage::WORDS.to_vec(),
        RecordKind::Incident => IncidentStage::WORDS.to_vec(),
        RecordKind::Cash => CashStage::WORDS.to_vec(),
        RecordKind::Mark => MarkStage::WORDS.to_vec(),
        RecordKind::Booking => BookingStage::WORDS.to_vec(),
        _ => Vec::new(),
    }
}

/// The ids of a list, in its order.
pub(in crate::services) fn ids(db: &Db, query: &ListQuery) -> Result<Vec<Id>, StoreError> {
    let mut ids = fitting(db, query)?;
    if let Some(only) = &query.filter.only {
        super::only::retain(db, only, query.as_of, &mut ids)?;
    }
    Ok(ids)
}

/// The records that fit the common filters.
fn fitting(db: &Db, query: &ListQuery) -> Result<Vec<Id>, StoreError> {
    let filter = &query.filter;
    let folded = text::fold(&filter.text);
    let mut wanted = Wanted {
        kind: query.kind,
        on: query.as_of,
        needs_status: has_status(query.kind),
        source: query.sources.single().filter(|_| has_source(query.kind)),
        status: filter.status.as_deref(),
        validity: filter.validity.as_deref(),
        category: filter.category,
        authority: filter.authority,
        project: filter.project,
        parent: filter.parent,
        between: (filter.from, filter.to),
        text: Some(folded.as_str()).filter(|text| !text.is_empty()),
        order: query.sort,
        descending: query.descending,
    };
    let found: HashSet<Id> = super::search::ids_of(db, query.kind, &filter.text)?.into_iter().collect();
    if found.is_empty() {
        // Nothing begins with it, so it may stand inside a word: the last digits of a container's number.
        return list::ids(db, &wanted);
    }
    wanted.text = None;
    let mut listed = list::ids(db, &wanted)?;
    listed.retain(|id| found.contains(id));
    Ok(listed)
}

/// Lists of names are everybody's; the choice between ours and the public record is for what was filed and shipped.
const fn has_source(kind: RecordKind) -> bool {
    matches!(
        kind,
        RecordKind::Matter
            | RecordKind::Request
            | RecordKind::Event
            | RecordKind::Decision
            | RecordKind::Permission
            | RecordKind::Shipment
            | RecordKind::ShipmentEvent
            | RecordKind::Receipt
            | RecordKind::Distribution
            | RecordKind::Trip
            | RecordKind::TripEvent
            | RecordKind::Note
            | RecordKind::Contact
    )
}

/// Rows by id, in the order of the ids; a record that is gone is left out.
pub(super) fn rows(db: &Db, ids: &[Id], on: NaiveDate) -> Result<Vec<ListRow>, StoreError> {
    let names = Names::read(db)?;
    ids.iter().filter_map(|id| row(db, &names, *id, on).transpose()).collect()
}

/// One row; `None` where the record is gone.
pub(super) fn row(db: &Db, names: &Names, id: Id, on: NaiveDate) -> Result<Option<ListRow>, StoreError> {
    let Some(row) = list::row(db, id, on)? else { return Ok(None) };
    let categories = record::categories(db, id)?;
    let authority = record::derived(db, id)?.and_then(|derived| derived.authority);
    let tags = categories.into_iter().filter_map(|id| names.category(id).cloned()).collect();
    Ok(Some(dressed(row, names, authority, tags)?))
}

fn dressed(
    row: Row,
    names: &Names,
    authority: Option<Id>,
    categories: Vec<super::CategoryTag>,
) -> Result<ListRow, StoreError> {
    let [begun, settled, until] = row.status.as_ref().map_or_else(Default::default, |status| status.dates.clone());
    let applicant = match (row.kind, row.source) {
        (RecordKind::Request, Source::Own) if row.applicant.is_empty() => names.own.clone(),
        _ => row.applicant,
    };
    let (authority_code, _) = row.authority.unwrap_or_default();
    let (instrument, instrument_name) = row.instrument.unwrap_or_default();
    Ok(ListRow {
        id: row.id,
        version: row.version,
        reference: row.reference,
        title: row.title,
        source: row.source,
        applicant,
        authority: authority_code,
        authority_name: names.authority(authority).to_owned(),
        instrument,
        instrument_name,
        categories,
        project: row.project.unwrap_or_default(),
        parent: row.parent.unwrap_or_default(),
        begun_on: if begun.is_empty() && row.status.is_none() { row.dated } else { begun },
        settled_on: settled,
        until_on: until,
        status: row.status.map(cell).transpose()?,
    })
}

fn cell(row: RowStatus) -> Result<StatusCell, StoreError> {
    let was = if row.was.is_empty() { String::new() } else { status::label(&row.was) };
    Ok(StatusCell {
        label: status::label(&row.headline),
        word: row.headline,
        stage: row.stage,
        outcome: row.outcome,
        validity: row.validity,
        was,
        since: day(&row.since)?,
    })
}
