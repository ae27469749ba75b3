//! Which records an audit pack is about: those that belong to a matter, a shipment or a project, and what stands on them.

use std::collections::BTreeSet;

use crate::domain::id::Id;
use crate::domain::record::{
    Attachment, Booking, Clearance, Incident, Matter, Permission, RecordKind, Reliance, Shipment,
};
use crate::services::packs::letters;
use crate::services::packs::reader::Reader;
use crate::store::StoreError;
use crate::store::record::{self, Head};

/// The records of an audit pack, by kind.
#[derive(Default)]
pub(super) struct Gathered {
    pub matters: BTreeSet<Id>,
    pub requests: BTreeSet<Id>,
    pub permissions: BTreeSet<Id>,
    pub shipments: BTreeSet<Id>,
    pub bookings: BTreeSet<Id>,
    pub clearances: BTreeSet<Id>,
    reliances: BTreeSet<Id>,
    incidents: BTreeSet<Id>,
    /// All of them, and what belongs to them.
    pub all: BTreeSet<Id>,
}

impl Gathered {
    /// Everything about a matter, a shipment or a project.
    pub fn of(reader: &Reader<'_>, head: &Head) -> Result<Self, StoreError> {
        let mut found = Self::default();
        found.all.insert(head.id);
        match head.kind {
            RecordKind::Matter => found.matter(reader, head.id, None)?,
            RecordKind::Shipment => found.shipment(reader, head.id)?,
            _ => {
                for (id, _) in reader.naming::<Matter>(head.id, RecordKind::Matter)? {
                    found.matter(reader, id, None)?;
                }
                for (id, shipment) in reader.naming::<Shipment>(head.id, RecordKind::Shipment)? {
                    if shipment.project == Some(head.id) {
                        found.shipment(reader, id)?;
                    }
                }
            }
        }
        found.beside(reader, head.id)?;
        for id in found.all.clone() {
            found.all.extend(record::child_ids(reader.db, id)?);
        }
        found.leave_out_public(reader)?;
        Ok(found)
    }

    /// A matter with its filings and letters, and what is booked of these: for one shipment, or for all.
    fn matter(&mut self, reader: &Reader<'_>, id: Id, of: Option<Id>) -> Result<(), StoreError> {
        self.matters.insert(id);
        self.all.insert(id);
        for (child, kind) in record::child_kinds(reader.db, id)? {
            match kind {
                RecordKind::Request => self.requests.insert(child),
                RecordKind::Permission => self.permissions.insert(child),
                _ => continue,
            };
            self.all.insert(child);
            if kind == RecordKind::Permission {
                for (booking, booked) in reader.children::<Booking>(child, RecordKind::Booking)? {
                    if of.is_none() || booked.shipment == of {
                        self.bookings.insert(booking);
                    }
                }
            }
        }
        self.beside(reader, id)
    }

    /// A shipment with the matters it relies on and what is booked for it.
    fn shipment(&mut self, reader: &Reader<'_>, id: Id) -> Result<(), StoreError> {
        self.shipments.insert(id);
        self.all.insert(id);
        let shipment: Shipment = reader.load(Some(id))?.unwrap_or_default();
        let mut matters: BTreeSet<Id> = shipment.matters.into_iter().collect();
        for (booking, booked) in reader.naming::<Booking>(id, RecordKind::Booking)? {
            self.bookings.insert(booking);
            let permission: Option<Permission> = reader.load(booked.permission)?;
            matters.extend(permission.and_then(|permission| permission.matter));
        }
        for (clearance, _) in reader.children::<Clearance>(id, RecordKind::Clearance)? {
            self.clearances.insert(clearance);
        }
        for matter in matters {
            self.matter(reader, matter, Some(id))?;
        }
        self.beside(reader, id)
    }

    /// What names a record: reliances and incidents.
    fn beside(&mut self, reader: &Reader<'_>, id: Id) -> Result<(), StoreError> {
        for (from, _) in record::links_to(reader.db, id)? {
            match record::head(reader.db, from)?.map(|head| head.kind) {
                Some(RecordKind::Reliance) => self.reliances.insert(from),
                Some(RecordKind::Incident) => self.incidents.insert(from),
                _ => continue,
            };
            self.all.insert(from);
        }
        self.all.extend(self.bookings.iter().chain(&self.clearances).copied());
        Ok(())
    }

    /// Other organisations' filings are no business of ours.
    fn leave_out_public(&mut self, reader: &Reader<'_>) -> Result<(), StoreError> {
        for id in self.matters.clone() {
            if reader.load::<Matter>(Some(id))?.is_some_and(|matter| matter.public) {
                self.matters.remove(&id);
                for (child, _) in record::child_kinds(reader.db, id)? {
                    self.requests.remove(&child);
                    self.permissions.remove(&child);
                }
            }
        }
        Ok(())
    }

    /// The reliances that were decided by the day.
    pub fn reliances(&self, reader: &Reader<'_>) -> Result<Vec<Reliance>, StoreError> {
        let mut all = Vec::new();
        for id in &self.reliances {
            all.extend(
                reader.load::<Reliance>(Some(*id))?.filter(|one| reader.is_by_day(one.decided_on.or(one.relied_on))),
            );
        }
        all.sort_by(|a, b| (a.relied_on, &a.reference).cmp(&(b.relied_on, &b.reference)));
        Ok(all)
    }

    /// The incidents that had begun by the day.
    pub fn incidents(&self, reader: &Reader<'_>) -> Result<Vec<Incident>, StoreError> {
        let mut all = Vec::new();
        for id in &self.incidents {
            all.extend(reader.load::<Incident>(Some(*id))?.filter(|one| reader.is_by_day(one.began_on)));
        }
        all.sort_by(|a, b| (a.began_on, &a.reference).cmp(&(b.began_on, &b.reference)));
        Ok(all)
    }

    /// Every file of every record, each once.
    pub fn files(&self, reader: &Reader<'_>) -> Result<Vec<Attachment>, StoreError> {
        let mut files = Vec::new();
        for id in &self.all {
            files.extend(reader.files(*id)?);
        }
        letters::once(&mut files);
        Ok(files)
    }
}
