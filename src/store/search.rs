//! Search: which record stands in which place of the index. A place says the kind and, within it, which came later.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::StoreError;
use super::engine::{Db, full_text};
use super::record::kind_of;
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::domain::search::{Phrase, Question};

/// Below this bit a place counts the records of its kind.
const KIND_SHIFT: u32 = 40;

/// The places that were found: by kind, the newest first.
pub type Found = BTreeMap<RecordKind, Vec<i64>>;

/// Makes the index where it is missing.
pub fn ensure(db: &Db) -> Result<(), StoreError> {
    full_text::ensure(db)
}

/// Whether there is an index. A file of an older format that is only read has none.
pub fn is_there(db: &Db) -> Result<bool, StoreError> {
    full_text::is_there(db)
}

/// Changes of the index that wait: it takes many at once far more cheaply than one between other writes.
#[derive(Default)]
pub struct Waiting {
    new: Vec<(Id, i64, String)>,
    gone: Vec<i64>,
    bytes: usize,
    /// The newest place of each kind, so that it need not be asked for each record.
    newest: HashMap<RecordKind, i64>,
}

/// How much text waits at most.
const MOST_BYTES: usize = 4 << 20;

impl Waiting {
    /// Keeps the words of a record that has none yet.
    pub fn put_new(&mut self, db: &Db, id: Id, kind: RecordKind, words: String) -> Result<(), StoreError> {
        let newest = match self.newest.get(&kind) {
            Some(newest) => *newest,
            None => newest_place(db, kind)?,
        };
        self.newest.insert(kind, newest + 1);
        self.bytes += words.len();
        self.new.push((id, newest + 1, words));
        if self.bytes > MOST_BYTES { self.flush(db) } else { Ok(()) }
    }

    /// Keeps the words of a record in place of those that it has.
    pub fn put(&mut self, db: &Db, id: Id, words: &str) -> Result<(), StoreError> {
        self.flush(db)?;
        let Some(place) = place_of(db, id)? else { return Ok(()) };
        full_text::delete(db, place)?;
        full_text::put(db, [(place, words)])
    }

    /// Forgets the words of a record.
    pub fn forget(&mut self, db: &Db, id: Id) -> Result<(), StoreError> {
        if !self.new.is_empty() {
            self.flush(db)?;
        }
        let Some(place) = place_of(db, id)? else { return Ok(()) };
        // Its place may be the newest of its kind, and is then free again.
        self.newest.clear();
        self.gone.push(place);
        db.run(include_str!("search/delete_place.sql"), &[(":id", id.into())]).map(drop)
    }

    /// Writes what waits.
    pub fn flush(&mut self, db: &Db) -> Result<(), StoreError> {
        self.gone.drain(..).try_for_each(|place| full_text::delete(db, place))?;
        let places = self.new.iter().map(|(id, place, _)| [(":id", (*id).into()), (":place", (*place).into())]);
        db.run_each(include_str!("search/put_place.sql"), places)?;
        full_text::put(db, self.new.iter().map(|(_, place, words)| (*place, words.as_str())))?;
        self.new.clear();
        self.bytes = 0;
        Ok(())
    }
}

/// Forgets every text.
pub fn clear(db: &Db) -> Result<(), StoreError> {
    full_text::clear(db)?;
    db.run(include_str!("search/delete_places.sql"), &[]).map(drop)
}

/// How many records have a place, and how many texts there are.
pub fn counts(db: &Db) -> Result<(i64, i64), StoreError> {
    let places = db.first(include_str!("search/count.sql"), &[], |row| row.int(0))?.unwrap_or_default();
    Ok((places, full_text::count(db)?))
}

/// The places whose texts answer a question.
pub fn find(db: &Db, question: &Question) -> Result<Found, StoreError> {
    by_kind(db, &full_text::find(db, question)?)
}

/// The first records of a kind whose folded reference begins with `key`.
pub fn by_reference(db: &Db, kind: RecordKind, key: &str, limit: i64) -> Result<Vec<Id>, StoreError> {
    let high = format!("{key}\u{10ffff}");
    let params = [(":kind", kind.word().into()), (":low", key.into()), (":high", high.into()), (":most", limit.into())];
    db.rows(include_str!("search/by_reference.sql"), &params, |row| Ok(Id(row.int(0)?)))
}

/// Whether the text that is kept of a record begins with a phrase.
pub fn begins_with(db: &Db, id: Id, phrase: &Phrase) -> Result<bool, StoreError> {
    place_of(db, id)?.map_or(Ok(false), |place| full_text::begins_with(db, place, phrase))
}

/// The record in a place.
pub fn record_at(db: &Db, place: i64) -> Result<Option<Id>, StoreError> {
    db.first(include_str!("search/record_at.sql"), &[(":place", place.into())], |row| Ok(Id(row.int(0)?)))
}

/// From how many places on it is cheaper to read all of their kind in one go.
const MANY: usize = 4096;

/// The records in places of one kind, in any order.
pub fn records_at(db: &Db, places: &[i64]) -> Result<Vec<Id>, StoreError> {
    let (Some(least), Some(most)) = (places.iter().min(), places.iter().max()) else { return Ok(Vec::new()) };
    if places.len() < MANY {
        let found = places.iter().map(|place| record_at(db, *place));
        return found.filter_map(Result::transpose).collect();
    }
    let wanted: HashSet<i64> = places.iter().copied().collect();
    let params = [(":low", (*least).into()), (":high", (*most).into())];
    let all = db.rows(include_str!("search/records_between.sql"), &params, |row| Ok((row.int(0)?, Id(row.int(1)?))))?;
    Ok(all.into_iter().filter(|(place, _)| wanted.contains(place)).map(|(_, id)| id).collect())
}

/// The place of a record.
pub fn place_of(db: &Db, id: Id) -> Result<Option<i64>, StoreError> {
    db.first(include_str!("search/place.sql"), &[(":id", id.into())], |row| row.int(0))
}

/// The newest place of a kind, or the one before its first.
fn newest_place(db: &Db, kind: RecordKind) -> Result<i64, StoreError> {
    let number = number_of(db, kind)?;
    let (low, high) = (number << KIND_SHIFT, (number + 1) << KIND_SHIFT);
    let params = [(":low", low.into()), (":high", high.into())];
    let newest = db.first(include_str!("search/newest_place.sql"), &params, |row| row.opt_int(0))?.flatten();
    Ok(newest.unwrap_or(low))
}

fn number_of(db: &Db, kind: RecordKind) -> Result<i64, StoreError> {
    let known = |db: &Db| Ok::<_, StoreError>(kinds(db)?.into_iter().find(|(_, known)| *known == kind));
    if let Some((number, _)) = known(db)? {
        return Ok(number);
    }
    db.run(include_str!("search/put_kind.sql"), &[(":kind", kind.word().into())])?;
    Ok(known(db)?.map_or(0, |(number, _)| number))
}

fn kinds(db: &Db) -> Result<BTreeMap<i64, RecordKind>, StoreError> {
    let all = db.rows(include_str!("search/kinds.sql"), &[], |row| Ok((row.int(1)?, kind_of(row.str(0)?)?)))?;
    Ok(all.into_iter().collect())
}

/// Groups places that come sorted.
fn by_kind(db: &Db, places: &[i64]) -> Result<Found, StoreError> {
    let kinds = kinds(db)?;
    let runs = places.chunk_by(|a, b| a >> KIND_SHIFT == b >> KIND_SHIFT);
    Ok(runs.filter_map(|run| Some((*kinds.get(&(run.first()? >> KIND_SHIFT))?, run.to_vec()))).collect())
}
