//! The workspace as it was known on a day: the images of the journal until then, in a store of their own in memory, so that
//! every loader reads them as it reads today's.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use crate::domain::id::Id;
use crate::domain::journal::OperationHead;
use crate::domain::record::{RecordKind, spec};
use crate::domain::schema::{Problem, walk};
use crate::domain::text;
use crate::services::{Failure, Moment, Workspace, links};
use crate::store::journal::{self, NewChange, Seal};
use crate::store::record::{self, Head, RecordRow};
use crate::store::{Db, Store, StoreError, known};

/// The workspace as it was known at the end of a day.
pub(in crate::services) fn store(db: &Db, day: NaiveDate, moment: Moment) -> Result<Store, StoreError> {
    let store = Store::in_memory(moment.now)?;
    let operation = OperationHead {
        id: Id(1),
        at: journal::instant(moment.now),
        actor: String::new(),
        kind: "as_known".to_owned(),
        what: String::new(),
        undoes: None,
    };
    let records = known::at(db, end_of(day, moment))?;
    store.db().transaction(|into| {
        let mut writer = journal::Writer::begin(into, store.origin(), &operation)?;
        for known in &records {
            let change = NewChange {
                kind: known.kind,
                id: known.id,
                version: known.version,
                payload: Some(&known.payload),
                seal: Seal::of(Some(&known.payload))?,
            };
            let place = writer.add(change)?;
            put(into, known, place)?;
        }
        writer.finish()
    })?;
    Ok(store)
}

impl Workspace {
    /// The record of some kinds that bore this reference by what was known at the end of a day. What is called so today only
    /// is found too: it says itself that it was not known.
    pub fn find_known(
        &self,
        kinds: &[RecordKind],
        reference: &str,
        day: NaiveDate,
    ) -> Result<Result<Id, Problem>, Failure> {
        let known = store(self.store.db(), day, self.context.moment())?;
        Ok(match links::find(known.db(), kinds, reference)? {
            Ok(id) => Ok(id),
            Err(_) => self.find(kinds, reference),
        })
    }
}

/// The instant at which a civil day of the user ends.
fn end_of(day: NaiveDate, moment: Moment) -> DateTime<Utc> {
    let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
    next.and_time(NaiveTime::MIN).and_utc() - chrono::Duration::minutes(i64::from(moment.offset_minutes))
}

fn put(db: &Db, known: &known::Known, change: (i64, i64)) -> Result<(), StoreError> {
    let image = record::image_of(&known.payload)?;
    let fields = spec(known.kind).fields;
    let facts = spec(known.kind).facts(&image).map_err(|error| StoreError::Damaged {
        detail: format!("{} of {} cannot be read: {error}", known.kind, known.version),
    })?;
    let reference = image.get("reference").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let parent = walk::parent(fields, &image);
    let head =
        Head { id: known.id, kind: known.kind, version: known.version, reference, title: facts.title, parent, change };
    let row = RecordRow {
        reference: &head.reference,
        reference_key: &text::sort_key(&head.reference),
        title: &head.title,
        title_key: &text::sort_key(&head.title),
        dated_on: facts.dated_on.map(|on| on.last().to_string()),
        dated_text: facts.dated_on.map(|on| on.to_string()).unwrap_or_default(),
        parent,
        search_text: "",
    };
    record::put(db, &head, &row)?;
    record::put_links(db, known.id, &walk::links(fields, &image))
}
