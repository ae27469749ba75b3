//! Work in the field: loads from the store what the folds of visits, reach, indicators, reliances, incidents and cash ask
//! for.

use super::facts;
use crate::domain::record::{Cash, Deadline, Indicator, Reach, RecordKind, Trip};
use crate::domain::status::cash::CashFacts;
use crate::domain::status::reach::ReachFacts;
use crate::domain::status::{Illegal, Span, incident, indicator, mark, reliance, visit};
use crate::store::record::{self, Stored};
use crate::store::{Db, StoreError};

/// The field by which a record of reach names the one of whose people it counts some again.
pub(super) const REPEATS: &str = "repeats";
/// The field by which cash names its trip.
pub(super) const OF_TRIP: &str = "trip";

/// Whether records of a kind have their history from here.
pub(super) const fn has_history(kind: RecordKind) -> bool {
    matches!(
        kind,
        RecordKind::Visit
            | RecordKind::Reach
            | RecordKind::Indicator
            | RecordKind::Reliance
            | RecordKind::Incident
            | RecordKind::Cash
            | RecordKind::Mark
    )
}

/// The history of a record as spans, and what in it contradicts another.
pub(super) fn history(db: &Db, stored: &Stored) -> Result<(Vec<Span>, Option<Illegal>), StoreError> {
    let spans = match stored.head.kind {
        RecordKind::Visit => visit::spans_of(&facts::typed_of(stored)?),
        RecordKind::Indicator => indicator::spans_of(&facts::typed_of::<Indicator>(stored)?),
        RecordKind::Reliance => reliance::spans_of(&facts::typed_of(stored)?),
        RecordKind::Incident => incident::spans_of(&facts::typed_of(stored)?),
        RecordKind::Cash => cash(db, stored)?.spans(),
        RecordKind::Mark => mark::spans_of(&facts::typed_of(stored)?),
        RecordKind::Reach => return Ok((Vec::new(), reach(db, stored)?.check().err())),
        _ => Vec::new(),
    };
    Ok((spans, None))
}

/// Cash and the day on which its trip returns.
fn cash(db: &Db, stored: &Stored) -> Result<CashFacts, StoreError> {
    let cash: Cash = facts::typed_of(stored)?;
    let trip: Option<Trip> = cash.trip.map(|trip| facts::load(db, trip)).transpose()?.flatten();
    Ok(CashFacts { cash, returns_on: trip.and_then(|trip| trip.returns_on) })
}

/// The day by which cash has to be accounted for.
pub(super) fn cash_deadline(db: &Db, stored: &Stored) -> Result<Option<Deadline>, StoreError> {
    let facts = cash(db, stored)?;
    let deadline = |due_on| Deadline {
        owed: true,
        what: "Account for the cash".to_owned(),
        due_on,
        known_on: facts.cash.taken_on,
        closed_on: facts.cash.settled_on,
    };
    Ok(facts.settle_by().map(deadline))
}

/// A record of reach and the earlier one it names.
fn reach(db: &Db, stored: &Stored) -> Result<ReachFacts, StoreError> {
    let reach: Reach = facts::typed_of(stored)?;
    let earlier = reach.repeats.map(|id| record::get(db, id)).transpose()?.flatten();
    let earlier = earlier.map(|stored| Ok::<_, StoreError>((stored.head.words(), facts::typed_of(&stored)?)));
    Ok(ReachFacts { reach, earlier: earlier.transpose()? })
}
