//! The projections of one write: each made in its turn, kept where it changed, and what stands on it queued.

use super::derive::{self, Projected, Projection};
use super::reach;
use super::session::{Fresh, Session, Written, is_remark, refusal_text};
use super::write::WriteError;
use crate::domain::goods as counted_goods;
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::store::StoreError;
use crate::store::record::{self, Head};

impl Session<'_> {
    /// Makes the projection of a record that waits.
    pub(super) fn project(&mut self, id: Id) -> Result<(), WriteError> {
        let (stored, projected) = if let Some(Fresh { stored, facts, typed }) = self.fresh.remove(&id) {
            let projected = derive::project_read(self.db, &mut self.catalogue, &stored, &facts, &typed);
            (stored, projected)
        } else {
            let Some(stored) = record::get(self.db, id)? else { return Ok(()) };
            let projected = derive::project(self.db, &mut self.catalogue, &stored);
            (stored, projected)
        };
        let projected = projected.map_err(|error| self.told(error))?;
        if let Some(illegal) = projected.illegal {
            let words = match &self.written {
                Some(Written::One(words)) => words.clone(),
                _ => stored.head.words(),
            };
            return Err(refusal_text(&words, &illegal.to_string()));
        }
        self.settle(&stored.head, &projected.projection)
    }

    /// Makes the projections of the new records that are at hand, so that none has to be read back. One whose history is
    /// not whole yet, because more of it may follow, waits for the end; so do all that these reach.
    pub(super) fn project_fresh(&mut self) -> Result<(), WriteError> {
        let mut ready: Vec<(u8, Id)> =
            self.fresh.iter().map(|(id, fresh)| (reach::rank(fresh.stored.head.kind), *id)).collect();
        ready.sort_unstable();
        for (rank, id) in ready {
            let Some(Fresh { stored, facts, typed }) = self.fresh.remove(&id) else { continue };
            match derive::project_read(self.db, &mut self.catalogue, &stored, &facts, &typed) {
                Ok(Projected { projection, illegal: None }) => {
                    self.queue.remove(&(rank, id));
                    self.settle(&stored.head, &projection)?;
                }
                Ok(_) | Err(WriteError::Refused(_)) => {}
                Err(failed) => return Err(failed),
            }
        }
        Ok(())
    }

    /// Keeps the projection of a record, and queues those that stand on what changed of it.
    fn settle(&mut self, head: &Head, new: &Projection) -> Result<(), WriteError> {
        let (id, kind) = (head.id, head.kind);
        let is_new = self.new.remove(&id);
        let old = if is_new { Projection::of_new() } else { Projection::kept(self.db, id)? };
        self.flag(id, new);
        let changed = *new != old;
        if changed {
            self.keep(id, kind, new, &old)?;
        }
        if is_new && !is_remark(kind) {
            // What stands on a record that was just made was made after it, in this operation, and waits already.
            return Ok(());
        }
        // A request's dependents read its events and decisions too, and a permission's its bookings: these can change without a
        // change of its own status.
        if changed || matches!(kind, RecordKind::Request | RecordKind::Permission) {
            for dependent in reach::dependents(self.db, head)? {
                self.enqueue_after(dependent, kind)?;
            }
        }
        if new.derived != old.derived {
            for child in reach::children(self.db, id)? {
                self.enqueue_after(child, kind)?;
            }
        }
        if kind == RecordKind::Item && new.categories != old.categories {
            for reached in reach::wide_reach(self.db, id)? {
                self.enqueue_after(reached, kind)?;
            }
        }
        Ok(())
    }

    /// Writes what changed of a projection, and notes what it adds to the sums.
    fn keep(&mut self, id: Id, kind: RecordKind, new: &Projection, old: &Projection) -> Result<(), StoreError> {
        new.keep(self.db, id, old)?;
        old.count(kind, -1, &mut self.figures);
        new.count(kind, 1, &mut self.figures);
        if new.goods != old.goods {
            counted_goods::add(&old.goods, -1, &mut self.goods);
            counted_goods::add(&new.goods, 1, &mut self.goods);
        }
        if kind == RecordKind::Item {
            self.catalogue.forget_derived(id);
        }
        self.touch(id, kind);
        Ok(())
    }

    /// Notes what has to be mended of a record, for the warnings after the write.
    fn flag(&mut self, id: Id, new: &Projection) {
        self.done.flags.remove(&id);
        if !new.flags.is_empty() {
            let what = new.flags.iter().map(|flag| flag.what.clone()).collect();
            self.done.flags.insert(id, what);
        }
    }
}
