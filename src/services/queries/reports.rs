//! The list of reports: drafts and what was sealed of each, the newest period first.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::ReportRow;
use crate::domain::id::Id;
use crate::domain::record::{RecordKind, Report, Seal};
use crate::services::facts;
use crate::store::{Db, StoreError, record};

/// Every report.
pub(super) fn rows(db: &Db) -> Result<Vec<ReportRow>, StoreError> {
    let mut sealed: BTreeMap<Id, NaiveDate> = BTreeMap::new();
    for id in record::all_ids(db, RecordKind::Seal)? {
        let Some(Seal { of: Some(of), on: Some(on), .. }) = facts::load::<Seal>(db, id)? else { continue };
        let newest = sealed.entry(of).or_insert(on);
        *newest = on.max(*newest);
    }
    let mut rows = Vec::new();
    for id in record::all_ids(db, RecordKind::Report)? {
        let Some(stored) = record::get(db, id)? else { continue };
        let report: Report = facts::typed_of(&stored)?;
        let fund = report.fund.map(|fund| record::head(db, fund)).transpose()?.flatten();
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        rows.push(ReportRow {
            id,
            reference: stored.head.reference,
            title: report.title,
            fund: fund.map(|fund| fund.title).unwrap_or_default(),
            period: format!("{} to {}", day(report.from), day(report.until)),
            sealed_on: sealed.get(&id).copied(),
        });
    }
    rows.sort_by(|a, b| b.period.cmp(&a.period).then_with(|| a.reference.cmp(&b.reference)));
    Ok(rows)
}
