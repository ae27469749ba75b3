//! What of the projects is published as IATI activities: only what a publication names, field by field. Names of people,
//! counterparts in the country and places below the province are never among it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::{Datelike as _, NaiveDate};

use super::queries::{LineFilter, LinesQuery, SortLines, Sources, goods};
use super::{Failure, Workspace, documents, facts};
use crate::domain::date::days_after;
use crate::domain::iati::{Activities, Activity, Budget, Finding, Organisation, Outcome, Transaction};
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::record::{
    Category, Direction, Expense, Fund, Indicator, LineRole, Organisation as Own, Party, PartyRole, Project,
    Publication, PublishedPart, RecordKind, Site, SiteKind,
};
use crate::formats::iati;
use crate::store::{Db, StoreError, goods as kept, record};

/// The country in which the work is done.
const COUNTRY: &str = "KP";
/// How deep places lie in one another at most.
const DEEPEST: usize = 12;

/// What would be published, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The activities.
    pub activities: Activities,
    /// What is wrong by the rules of the standard.
    pub findings: Vec<Finding>,
    /// What was left out or counted in a way that should be known.
    pub notes: Vec<String>,
}

impl Published {
    /// Whether it must not be published so.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.findings.iter().any(|finding| finding.is_error)
    }
}

impl Workspace {
    /// What would be published today.
    pub fn iati(&self) -> Result<Published, Failure> {
        let (db, today) = (self.store().db(), self.today());
        let (mut activities, mut notes) = (Vec::new(), Vec::new());
        for id in record::all_ids(db, RecordKind::Publication)? {
            let Some(publication) = facts::load::<Publication>(db, id)?.filter(|one| one.publish) else { continue };
            let Some(project_id) = publication.project else { continue };
            let Some(project) = facts::load::<Project>(db, project_id)? else { continue };
            let mut maker = Maker { db, today, id: project_id, project, publication, notes: &mut notes };
            activities.push(maker.activity()?);
        }
        activities.sort_by(|a: &Activity, b: &Activity| a.identifier.cmp(&b.identifier));
        let activities = Activities { made_on: today, activities };
        let findings = activities.check();
        Ok(Published { activities, findings, notes })
    }

    /// Saves what is published as a file. It is refused where a rule of the standard is broken.
    pub fn save_iati(&self, path: &Path) -> Result<Published, Failure> {
        let published = self.iati()?;
        if published.activities.activities.is_empty() {
            return Err(Failure::Other(
                "No project is published. Add a publication to a project and turn “Publish” on".to_owned(),
            ));
        }
        if published.is_refused() {
            let errors = published.findings.iter().filter(|finding| finding.is_error);
            let words: Vec<String> =
                errors.map(|one| format!("{}: {} (rule {})", one.activity, one.words, one.rule)).collect();
            return Err(Failure::Other(format!("Nothing was written. Mend this first:\n  {}", words.join("\n  "))));
        }
        let bytes = iati::write(&published.activities).map_err(|why| Failure::Other(why.to_string()))?;
        documents::write_file(path, &bytes)?;
        Ok(published)
    }
}

struct Maker<'a> {
    db: &'a Db,
    today: NaiveDate,
    id: Id,
    project: Project,
    publication: Publication,
    notes: &'a mut Vec<String>,
}

impl Maker<'_> {
    fn publishes(&self, part: PublishedPart) -> bool {
        self.publication.parts.contains(&part)
    }

    fn activity(&mut self) -> Result<Activity, Failure> {
        let own = record::all_ids(self.db, RecordKind::Organisation)?.first().copied();
        let own: Own = own.map(|id| facts::load(self.db, id)).transpose()?.flatten().unwrap_or_default();
        let reporting = Organisation {
            id: self.publication.organisation_id.trim().to_owned(),
            kind: self.publication.organisation_type.trim().to_owned(),
            name: own.name,
        };
        let mut participating = vec![(4, reporting.clone())];
        if self.publishes(PublishedPart::Partners) {
            participating.extend(self.donors()?);
        }
        let funds = self.own_funds()?;
        let title = self.publication.title.trim();
        let title = if title.is_empty() { self.project.title.clone() } else { title.to_owned() };
        let mut activity = Activity {
            identifier: self.publication.identifier.trim().to_owned(),
            currency: self.publication.default_currency.clone().unwrap_or_default(),
            reporting,
            title,
            description: self.publication.description.trim().to_owned(),
            participating,
            country: COUNTRY.to_owned(),
            sectors: self.sectors()?,
            ..Activity::default()
        };
        if self.publishes(PublishedPart::Contact) {
            self.publication.contact_email.trim().clone_into(&mut activity.email);
        }
        (activity.status, activity.days) = self.days();
        if self.publishes(PublishedPart::Provinces) {
            activity.provinces = self.provinces()?;
        }
        if self.publishes(PublishedPart::Budget) {
            activity.budgets = self.budgets(&funds);
        }
        if self.publishes(PublishedPart::Transactions) {
            activity.transactions = self.transactions(&funds)?;
        }
        if self.publishes(PublishedPart::Results) {
            activity.results = self.results()?;
        }
        Ok(activity)
    }

    fn note(&mut self, words: &str) {
        self.notes.push(format!("{}: {words}", self.publication.identifier));
    }

    fn days(&self) -> (u8, Vec<(u8, NaiveDate)>) {
        let (starts, ends) = (self.project.starts_on, self.project.ends_on);
        let has_begun = starts.is_some_and(|day| day <= self.today);
        let has_ended = ends.is_some_and(|day| day < self.today);
        let mut days: Vec<(u8, NaiveDate)> = starts.map(|day| (1, day)).into_iter().collect();
        days.extend(starts.filter(|_| has_begun).map(|day| (2, day)));
        days.extend(ends.map(|day| (3, day)));
        days.extend(ends.filter(|_| has_ended).map(|day| (4, day)));
        let status = match (has_begun, has_ended) {
            (_, true) => 4,
            (true, false) => 2,
            (false, false) => 1,
        };
        (status, days)
    }

    /// Those who pay, but for organisations in the country.
    fn donors(&self) -> Result<Vec<(u8, Organisation)>, StoreError> {
        let mut donors = BTreeMap::new();
        for fund in &self.project.funds {
            let donor = facts::load::<Fund>(self.db, *fund)?.and_then(|fund| fund.donor);
            let Some(party) = donor.map(|id| facts::load::<Party>(self.db, id)).transpose()?.flatten() else {
                continue;
            };
            let in_country = party.country.as_deref() == Some(COUNTRY) || party.roles.contains(&PartyRole::Counterpart);
            if !in_country {
                donors.insert(party.name.clone(), Organisation { name: party.name, ..Organisation::default() });
            }
        }
        Ok(donors.into_values().map(|donor| (1, donor)).collect())
    }

    /// The funds that pay for this project and for no other.
    fn own_funds(&mut self) -> Result<Vec<(Id, Fund)>, StoreError> {
        let mut funds = Vec::new();
        for id in self.project.funds.clone() {
            let Some(fund) = facts::load::<Fund>(self.db, id)? else { continue };
            let mut shared = false;
            for (from, field) in record::links_to(self.db, id)? {
                let is_project = record::head(self.db, from)?.is_some_and(|head| head.kind == RecordKind::Project);
                shared |= is_project && field == "funds" && from != self.id;
            }
            if !shared {
                funds.push((id, fund));
            } else if self.publishes(PublishedPart::Budget) || self.publishes(PublishedPart::Transactions) {
                self.note(&format!("“{}” pays for other projects too, so its money is left out", fund.title));
            }
        }
        Ok(funds)
    }

    /// The main sector and, where they are published, those of the other categories, each with an equal part.
    fn sectors(&mut self) -> Result<Vec<(String, Option<u32>)>, StoreError> {
        let mut codes: Vec<String> = Vec::new();
        let main = self.publication.sector.trim().to_owned();
        codes.extend(Some(main).filter(|main| !main.is_empty()));
        for category in &self.project.categories {
            let code =
                facts::load::<Category>(self.db, *category)?.map(|category| category.dac_code).unwrap_or_default();
            if !code.is_empty() && !codes.contains(&code) {
                codes.push(code);
            }
        }
        if !self.publishes(PublishedPart::Sectors) {
            codes.truncate(1);
        }
        if codes.len() < 2 {
            return Ok(codes.into_iter().map(|code| (code, None)).collect());
        }
        self.note(&format!("its {} sectors are published in equal parts", codes.len()));
        let whole = 10_000;
        let count = u32::try_from(codes.len()).unwrap_or(1);
        let rest = whole - whole / count * count;
        let part = |at: usize| whole / count + if at == 0 { rest } else { 0 };
        Ok(codes.into_iter().enumerate().map(|(at, code)| (code, Some(part(at)))).collect())
    }

    /// The provinces to which goods were planned, sent or handed out.
    fn provinces(&self) -> Result<Vec<(String, String)>, Failure> {
        let mut sites = BTreeSet::new();
        for role in [LineRole::Planned, LineRole::Received, LineRole::Distributed] {
            let filter = LineFilter { project: Some(self.id), ..LineFilter::default() };
            let (as_of, sources, sort) = (self.today, Sources::Own, SortLines::Day);
            let query = LinesQuery { role, as_of, sources, filter, sort, descending: false };
            let records: BTreeSet<Id> = goods::keys(self.db, &query)?.into_iter().map(|key| key.record).collect();
            for record in records {
                sites.extend(kept::of_record(self.db, record)?.into_iter().filter_map(|row| row.site));
            }
        }
        let mut provinces = BTreeMap::new();
        for site in sites {
            let mut next = Some(site);
            for _ in 0..DEEPEST {
                let Some(site) = next.map(|id| facts::load::<Site>(self.db, id)).transpose()?.flatten() else { break };
                if site.kind == Some(SiteKind::Province) {
                    if site.country.as_deref() == Some(COUNTRY) {
                        provinces.insert(site.p_code, site.name);
                    }
                    break;
                }
                next = site.within;
            }
        }
        Ok(provinces.into_iter().collect())
    }

    /// Each grant in parts of at most a year, in proportion to their days.
    fn budgets(&mut self, funds: &[(Id, Fund)]) -> Vec<Budget> {
        let mut budgets = Vec::new();
        for (_, fund) in funds {
            let (Some(from), Some(to), Some(amount)) = (fund.starts_on, fund.ends_on, &fund.amount) else { continue };
            let whole = (to - from).num_days() + 1;
            let (mut first, mut given, mut parts) = (from, 0, 0);
            while first <= to {
                let year_end = NaiveDate::from_ymd_opt(first.year(), 12, 31).unwrap_or(to).min(to);
                let until = amount.part((year_end - from).num_days() + 1, whole).minor();
                budgets.push(Budget { from: first, to: year_end, value: Money::of(until - given, amount.currency()) });
                (first, given, parts) = (days_after(year_end, 1), until, parts + 1);
            }
            if parts > 1 {
                self.note(&format!("“{}” is published year by year, in proportion to the days", fund.title));
            }
        }
        budgets.sort_by_key(|budget| budget.from);
        budgets
    }

    /// Each grant on the day on which it began, and what was spent month by month: no payee and no purpose.
    fn transactions(&self, funds: &[(Id, Fund)]) -> Result<Vec<Transaction>, StoreError> {
        let mut all = Vec::new();
        let mut spent: BTreeMap<(NaiveDate, String), i64> = BTreeMap::new();
        for (id, fund) in funds {
            if let (Some(on), Some(value)) = (fund.starts_on.filter(|on| *on <= self.today), fund.amount.clone()) {
                all.push(Transaction { kind: 11, on, value });
            }
            for stored in record::children(self.db, *id, RecordKind::Expense)? {
                let expense: Expense = facts::typed_of(&stored)?;
                let (Some(on), Some(amount)) = (expense.on.filter(|on| *on <= self.today), expense.amount) else {
                    continue;
                };
                let next = on.with_day(1).and_then(|first| first.checked_add_months(chrono::Months::new(1)));
                let last = next.and_then(|next| next.pred_opt()).unwrap_or(on).min(self.today);
                *spent.entry((last, amount.currency().to_owned())).or_default() += amount.minor();
            }
        }
        let expenditure = |((on, currency), minor): ((NaiveDate, String), i64)| Transaction {
            kind: 4,
            on,
            value: Money::of(minor, &currency),
        };
        all.extend(spent.into_iter().map(expenditure));
        all.sort_by_key(|one| one.on);
        Ok(all)
    }

    fn results(&self) -> Result<Vec<Outcome>, StoreError> {
        let mut results = Vec::new();
        for stored in record::children(self.db, self.id, RecordKind::Indicator)? {
            let one: Indicator = facts::typed_of(&stored)?;
            let (Some(baseline), Some(target)) = (one.baseline.zip(one.baseline_on), one.target.zip(one.target_by))
            else {
                continue;
            };
            let in_per_cent = one.unit.contains("per cent") || one.unit.contains('%');
            results.push(Outcome {
                title: if one.unit.is_empty() { one.name.clone() } else { format!("{}, {}", one.name, one.unit) },
                measure: if in_per_cent { 2 } else { 1 },
                ascending: one.direction != Some(Direction::Decrease),
                baseline,
                target,
                actual: one.measured(self.today).and_then(|actual| actual.value),
            });
        }
        Ok(results)
    }
}
