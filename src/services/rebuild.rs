//! Makes every projection anew from the images in the journal: after an upgrade, which brings tables that are empty.

use super::catalogue::Catalogue;
use super::derive::{self, Projection};
use super::perform::as_failure;
use super::reach;
use super::session::refusal_text;
use super::write::WriteError;
use super::{Failure, Workspace, search_index};
use crate::domain::goods as counted_goods;
use crate::domain::record::{RecordKind, spec};
use crate::domain::schema::walk;
use crate::domain::summary;
use crate::store::{self, Db, figures, record, search};

/// What is projected, as a number that grows whenever a projection is added or changes its meaning.
pub(super) const PROJECTIONS: i64 = 5;

/// The first number whose program builds the provinces in.
const WITH_PROVINCES: i64 = 3;

/// The first number whose program builds in the instruments that the shipped rules name.
const WITH_RULES: i64 = 4;

/// The first number whose program builds in a form of reports and the audiences of redacted copies.
const WITH_FORMS: i64 = 5;

impl Workspace {
    /// Makes the projections anew where an older program wrote this file, or where a copy left out the index of texts.
    pub(super) fn bring_up_to_date(&mut self) -> Result<(), Failure> {
        let before = self.store.projections()?;
        if before == PROJECTIONS && search::is_there(self.store.db())? {
            return Ok(());
        }
        let store = &self.store;
        let done = store.db().transaction(|db| {
            search::ensure(db)?;
            rebuild(db)?;
            Ok::<(), WriteError>(store.set_projections(PROJECTIONS)?)
        });
        done.map_err(as_failure)?;
        if before < WITH_PROVINCES {
            self.seed_missing(RecordKind::Site)?;
        }
        if before < WITH_RULES {
            self.seed_missing(RecordKind::Instrument)?;
        }
        if before < WITH_FORMS {
            self.seed_missing(RecordKind::ReportForm)?;
            self.seed_missing(RecordKind::Audience)?;
        }
        Ok(())
    }
}

/// Makes every projection anew, each kind after those it stands on.
fn rebuild(db: &Db) -> Result<(), WriteError> {
    store::clear_projections(db)?;
    let mut kinds = RecordKind::ALL.to_vec();
    kinds.sort_by_key(|kind| reach::rank(*kind));
    let mut ids = Vec::new();
    for kind in kinds {
        ids.extend(record::all_ids(db, kind)?);
    }
    for id in &ids {
        if let Some(stored) = record::get(db, *id)? {
            record::put_links(db, *id, &walk::links(spec(stored.head.kind).fields, &stored.image))?;
        }
    }
    let mut catalogue = Catalogue::default();
    let mut sums = summary::Contributions::new();
    let mut goods = counted_goods::Contributions::new();
    for id in ids {
        let Some(stored) = record::get(db, id)? else { continue };
        let projected = derive::project(db, &mut catalogue, &stored)?;
        if let Some(illegal) = projected.illegal {
            return Err(refusal_text(&stored.head.words(), &illegal.to_string()));
        }
        let new = projected.projection;
        summary::add(new.contributions(stored.head.kind), &mut sums);
        counted_goods::add(&new.goods, 1, &mut goods);
        new.keep(db, id, &Projection::kept(db, id)?)?;
        catalogue.forget_derived(id);
    }
    figures::add(db, &sums)?;
    store::goods::add(db, &goods)?;
    search_index::fill(db)?;
    Ok(())
}
