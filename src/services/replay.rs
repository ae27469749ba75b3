//! Replays the journal into an empty workspace: proof that the tables are its projection, and the way back to what was
//! known on an earlier day.

use super::session::{Intent, Session};
use super::write::WriteError;
use super::{Access, Context, Failure, Workspace};
use crate::domain::id::{Id, IdSource};
use crate::store::journal::{self, Told};
use crate::store::{Store, record};

impl Workspace {
    /// A workspace in memory that has been through every operation of this one, up to and with `until`.
    pub fn replay(&self, until: Option<Id>) -> Result<Self, WriteError> {
        let context: Context = self.context.clone();
        let store = Store::in_memory(context.moment().now)?;
        let mut ids = IdSource::new(store.origin(), 0);
        for told in journal::told(self.store.db(), until)? {
            let moment = context.moment();
            store.db().transaction(|db| {
                let intent = Intent { kind: "replay", what: told.what.clone(), undoes: None };
                let session = Session::begin(db, store.origin(), &mut ids, moment, &told.actor, intent)?;
                retell(session, &told)
            })?;
        }
        Ok(Self::of(store, context, None, Access::Read)?)
    }
}

fn retell(mut session: Session<'_>, told: &Told) -> Result<(), WriteError> {
    for change in &told.changes {
        if let Some(payload) = &change.payload {
            session.put(change.kind, change.id, &record::image_of(payload)?)?;
        } else {
            let head = record::head(session.db, change.id)?.ok_or(Failure::Gone)?;
            session.remove(&head)?;
        }
    }
    session.finish().map(|_| ())
}
