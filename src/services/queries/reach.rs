//! People reached, each person once, and the records behind every figure.

use std::collections::{BTreeMap, BTreeSet};

use super::{ReachQuery, ReachRow, ReachTable};
use crate::domain::id::Id;
use crate::domain::reach;
use crate::domain::record::{AgeBand, Basis, Reach, RecordKind, Sex, Site};
use crate::services::facts;
use crate::store::{Db, StoreError, record};

/// People reached by sex, age and way of counting.
pub(in crate::services) fn table(db: &Db, query: &ReachQuery) -> Result<ReachTable, StoreError> {
    let (records, earlier) = chosen(db, query)?;
    let mut rows: BTreeMap<(Sex, AgeBand, Basis), (u64, BTreeSet<Id>)> = BTreeMap::new();
    for added in reach::once(&records) {
        let row = rows.entry((added.sex, added.age, added.basis)).or_default();
        row.0 += added.people;
        row.1.insert(added.id);
    }
    let row = |((sex, age, basis), (people, ids)): ((Sex, AgeBand, Basis), (u64, BTreeSet<Id>))| ReachRow {
        sex,
        age,
        basis,
        people,
        ids: ids.into_iter().collect(),
    };
    Ok(ReachTable {
        query: query.clone(),
        rows: rows.into_iter().map(row).collect(),
        people: reach::people(&records),
        unsure: reach::gaps(&records, &earlier).into_iter().collect(),
        ids: records.into_keys().collect(),
    })
}

/// Records of reach, and of every record there is the earlier one it names.
pub(in crate::services) type Chosen = (BTreeMap<Id, Reach>, BTreeMap<Id, Id>);

/// The records a question is about.
pub(in crate::services) fn chosen(db: &Db, query: &ReachQuery) -> Result<Chosen, StoreError> {
    let within = query.site.map(|site| sites_in(db, site)).transpose()?;
    let (mut records, mut earlier) = (BTreeMap::new(), BTreeMap::new());
    for id in record::all_ids(db, RecordKind::Reach)? {
        let Some(reach) = facts::load::<Reach>(db, id)? else { continue };
        earlier.extend(reach.repeats.map(|repeats| (id, repeats)));
        let (Some(from), Some(last)) = (reach.from, reach.last_day()) else { continue };
        let in_time =
            from <= query.as_of && query.to.is_none_or(|to| from <= to) && query.from.is_none_or(|first| last >= first);
        let of_project = query.project.is_none_or(|project| reach.project == Some(project));
        let of_fund = query.fund.is_none_or(|fund| reach.funds.contains(&fund));
        let at_site = within.as_ref().is_none_or(|sites| reach.site.is_some_and(|site| sites.contains(&site)));
        if in_time && of_project && of_fund && at_site {
            records.insert(id, reach);
        }
    }
    Ok((records, earlier))
}

/// A site and all that lie within it.
fn sites_in(db: &Db, site: Id) -> Result<BTreeSet<Id>, StoreError> {
    let mut above: BTreeMap<Id, Id> = BTreeMap::new();
    for id in record::all_ids(db, RecordKind::Site)? {
        above.extend(facts::load::<Site>(db, id)?.and_then(|site| site.within).map(|within| (id, within)));
    }
    let mut found = BTreeSet::from([site]);
    loop {
        let more: Vec<Id> = above
            .iter()
            .filter(|(id, within)| found.contains(within) && !found.contains(id))
            .map(|(id, _)| *id)
            .collect();
        if more.is_empty() {
            return Ok(found);
        }
        found.extend(more);
    }
}
