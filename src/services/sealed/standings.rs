//! How every sealed document stands to the record. Only what can have changed is made again: a seal that nothing touched since,
//! or since it was looked at last, stands as it stood.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::again::is_read;
use super::{Sealed, Standing};
use crate::domain::id::Id;
use crate::domain::record::{RecordKind, Seal, SealedKind};
use crate::services::seal::{self, Snapshot};
use crate::services::{Failure, Watch, Workspace, facts};
use crate::store::{Db, StoreError, journal, known, record};

/// How many differences of one document are kept; a restatement has them all.
const MOST: usize = 500;

/// How every sealed document stood when it was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Standings {
    /// The newest operation that was there then; `None` in an empty journal.
    pub until: Option<Id>,
    /// When that was, in the time of the user: `2026-11-24 09:30`.
    pub at: String,
    /// The sealed documents, the newest first.
    pub all: Vec<Sealed>,
    /// How many of them had to be made again.
    #[serde(skip)]
    pub made_again: usize,
}

impl Standings {
    /// Those that would read otherwise now.
    pub fn different(&self) -> impl Iterator<Item = &Sealed> {
        self.all.iter().filter(|one| !one.would_read().is_empty())
    }

    /// Those that cannot be compared.
    pub fn lost(&self) -> impl Iterator<Item = &Sealed> {
        self.all.iter().filter(|one| one.lost().is_some())
    }

    fn of(&self, seal: Id) -> Option<&Sealed> {
        self.all.iter().find(|one| one.seal == seal)
    }
}

/// Which kinds of record were touched since an operation. It is asked for once an operation.
struct Since<'a> {
    db: &'a Db,
    known: BTreeMap<Id, BTreeSet<RecordKind>>,
}

impl Since<'_> {
    /// Whether something was touched that a sealed document can read.
    fn is_touched(&mut self, operation: Id, what: Option<SealedKind>) -> Result<bool, StoreError> {
        let kinds = match self.known.entry(operation) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => {
                let touched = known::touched_since(self.db, operation)?;
                free.insert(touched.into_iter().map(|(kind, _)| kind).collect())
            }
        };
        Ok(kinds.iter().any(|kind| is_read(what, *kind)))
    }
}

impl Workspace {
    /// Every sealed document, the newest first, and how it stands to the record.
    pub fn sealed_standings(&self, watch: &Watch) -> Result<Vec<Sealed>, Failure> {
        Ok(self.standings(None, watch)?.all)
    }

    /// The same, beginning with what was found when it was looked at last. It tells one step a document.
    pub fn standings(&self, before: Option<&Standings>, watch: &Watch) -> Result<Standings, Failure> {
        let db = self.store().db();
        // Asked for first: what is written meanwhile is touched since, and looked at next time.
        let until = known::newest_operation(db)?;
        let moment = self.context.moment();
        let at = moment.local(&journal::instant(moment.now));
        let seals = seals(db)?;
        let mut found = Standings { until, at, ..Standings::default() };
        let mut since = Since { db, known: BTreeMap::new() };
        watch.begin(u64::try_from(seals.len()).unwrap_or_default());
        for (id, reference, seal) in seals {
            watch.step(u64::try_from(found.all.len()).unwrap_or_default())?;
            let of = (seal.of, seal.what, &seal.audience);
            let is_replaced = found.all.iter().any(|newer| (newer.of, newer.what, &newer.audience) == of);
            let kept = before.and_then(|before| Some((before.until?, before.of(id)?)));
            let one = match kept {
                Some((operation, kept)) if !since.is_touched(operation, seal.what)? => {
                    Sealed { is_replaced, ..kept.clone() }
                }
                _ => self.looked_at(id, reference, seal, is_replaced, (&mut since, &mut found.made_again))?,
            };
            found.all.push(one);
        }
        Ok(found)
    }

    fn looked_at(
        &self,
        id: Id,
        reference: String,
        seal: Seal,
        is_replaced: bool,
        (since, made_again): (&mut Since<'_>, &mut usize),
    ) -> Result<Sealed, Failure> {
        let snapshot = seal::snapshot(since.db, &seal);
        let title = snapshot.as_ref().map_or_else(|_| reference.clone(), |kept| kept.document.title.clone());
        let sealed_by = sealed_by(since.db, id, &seal)?;
        let standing = match &snapshot {
            Err(why) => Standing::Lost(why.to_string()),
            Ok(kept) if can_be_compared(kept) && is_untouched(sealed_by, seal.what, since)? => Standing::Same,
            Ok(kept) => {
                *made_again += 1;
                match self.sealed_differences(&seal, kept) {
                    Ok(differences) if differences.is_empty() => Standing::Same,
                    Ok(mut differences) => {
                        differences.truncate(MOST);
                        Standing::Differs(differences)
                    }
                    Err(why) => Standing::Lost(why.to_string()),
                }
            }
        };
        let Seal { what, of, on, as_of, audience, .. } = seal;
        Ok(Sealed { seal: id, reference, what, title, of, on, as_of, audience, is_replaced, standing })
    }
}

/// Whether the seal keeps what it was made from.
fn can_be_compared(snapshot: &Snapshot) -> bool {
    !snapshot.parameters.made_with.is_empty()
}

fn is_untouched(sealed_by: Option<Id>, what: Option<SealedKind>, since: &mut Since<'_>) -> Result<bool, StoreError> {
    sealed_by.map_or(Ok(false), |operation| Ok(!since.is_touched(operation, what)?))
}

/// The seals, the newest first.
fn seals(db: &Db) -> Result<Vec<(Id, String, Seal)>, Failure> {
    let mut seals = Vec::new();
    for id in record::all_ids(db, RecordKind::Seal)? {
        let Some(stored) = record::get(db, id)? else { continue };
        let seal: Seal = facts::typed_of(&stored)?;
        seals.push((id, stored.head.reference, seal));
    }
    seals.sort_by_key(|(id, _, seal)| std::cmp::Reverse((seal.on, *id)));
    Ok(seals)
}

/// The operation that sealed a document, where the journal had come no further when the document was made, and where the
/// operation changed nothing else that a document reads: then it stood to the record as it was.
fn sealed_by(db: &Db, id: Id, seal: &Seal) -> Result<Option<Id>, StoreError> {
    let Some(newest) = journal::newest(db, id)?.filter(|newest| newest.version == 1) else { return Ok(None) };
    let marks = journal::marks(db, newest.operation)?;
    let first = marks.first().map(|mark| mark.place);
    let made_at = first.is_some_and(|(origin, place)| {
        let end = format!("{origin}:{}:", place - 1);
        seal.position.split(' ').any(|chain| chain.starts_with(&end))
    });
    Ok(Some(newest.operation)
        .filter(|_| made_at && marks.iter().all(|mark| mark.id == id || !is_read(seal.what, mark.kind))))
}
