//! Who does what, where: the columns of OCHA's 3W (with when and for whom), a row for each project, place and goods.
//!
//! People stand in rows of their own, so that nobody is counted once more for each sort of goods. A place is told by the
//! codes of its county and province; what it is called below the county goes out only in a file that nothing is taken from.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Period, words};
use crate::domain::codes;
use crate::domain::date::FuzzyDate;
use crate::domain::document::{Block, Cell, Column, Document, Holds, Table};
use crate::domain::id::Id;
use crate::domain::quantity::Quantity;
use crate::domain::reach;
use crate::domain::record::{
    AgeBand, Category, Distribution, Fund, Item, Organisation, Party, Project, Reach, RecordKind, Sex, Shipment, Site,
    SiteKind,
};
use crate::services::facts;
use crate::services::{Failure, Watch, Workspace};
use crate::store::{Db, StoreError, record};

/// What a row is about: the project, the place, the goods and their unit; no goods in rows of people.
type Key = (Id, Option<Id>, Option<(Id, String)>);

/// What is counted of a row.
#[derive(Default)]
struct Counted {
    thousandths: i64,
    people: BTreeMap<(Sex, AgeBand), u64>,
    last: Option<NaiveDate>,
}

/// The rows of a period.
pub(super) fn document(workspace: &Workspace, period: Period, watch: &Watch) -> Result<Document, Failure> {
    let db = workspace.store().db();
    let mut rows: BTreeMap<Key, Counted> = BTreeMap::new();
    handed_out(db, period, watch, &mut rows)?;
    reached(db, period, &mut rows)?;
    let mut names = Names::new(db)?;
    let mut cells = Vec::with_capacity(rows.len());
    for (key, counted) in &rows {
        cells.extend(names.row(key, counted, period)?);
    }
    cells.sort_by_key(|row| row.iter().take(15).map(Cell::words).collect::<Vec<_>>());
    let table = Table {
        key: "list".to_owned(),
        title: "Who does what, where".to_owned(),
        notes: vec![
            format!("What was handed out and who was reached up to {}.", period.as_of),
            "People stand in rows without goods; each person of a project and place is counted once.".to_owned(),
        ],
        columns: columns(),
        rows: cells,
        empty: "Nothing was handed out and nobody was reached in this time".to_owned(),
        ..Table::default()
    };
    let mut facts = words::day(workspace, period.as_of);
    facts.extend(words::period(period.from, period.to));
    Ok(Document {
        title: "Who does what, where (3W)".to_owned(),
        facts,
        blocks: vec![Block::Table(table)],
        foot: super::FOOT.to_owned(),
        ..Document::default()
    })
}

fn columns() -> Vec<Column> {
    let named = |label: &str, name: &str, hxl: &str| Column { name: name.to_owned(), ..Column::text(label, hxl) };
    let number = |label: &str, name: &str, hxl: &str| Column { name: name.to_owned(), ..Column::number(label, hxl) };
    vec![
        named("Organisation", "org_name", "#org+prog+name"),
        named("Acronym", "org_acronym", "#org+prog+acronym"),
        named("Implementing partner", "partner", "#org+impl+name").holding(Holds::Counterpart),
        named("Donors", "donors", "#org+funder+name"),
        named("Cluster", "sector_name", "#sector+cluster+name"),
        named("Sub-sector", "subsector_name", "#subsector+name"),
        named("Project code", "project_code", "#activity+project+code"),
        named("Activity", "activity", "#activity+project+name"),
        named("Description", "description", "#description"),
        named("Modality", "modality", "#modality+name"),
        named("Admin 1", "admin1_name", "#adm1+name"),
        named("Admin 1 P-code", "admin1_code", "#adm1+code+v_pcode"),
        named("Admin 2", "admin2_name", "#adm2+name").holding(Holds::Site),
        named("Admin 2 P-code", "admin2_code", "#adm2+code+v_pcode").holding(Holds::Site),
        named("Place", "place", "#loc+name").holding(Holds::Site),
        named("Start", "start_date", "#date+start"),
        named("End", "end_date", "#date+end"),
        named("Status", "status", "#status+name"),
        number("People targeted", "targeted", "#targeted"),
        number("Reached", "reached", "#reached"),
        number("Reached, women and girls", "reached_f", "#reached+f"),
        number("Reached, men and boys", "reached_m", "#reached+m"),
        number("Reached, girls under five", "reached_f_0_4", "#reached+f+children+age_lt5"),
        number("Reached, boys under five", "reached_m_0_4", "#reached+m+children+age_lt5"),
        named("Item", "item", "#item+name"),
        number("Quantity", "quantity", "#output+num+provided"),
        named("Unit", "unit", "#item+unit"),
        named("Last day", "last_date", "#date+provided"),
        named("Reporting date", "reporting_date", "#date+reported"),
    ]
}

/// Whether a day lies in the period.
fn within(period: Period, day: NaiveDate) -> bool {
    day <= period.as_of && period.from.is_none_or(|from| day >= from) && period.to.is_none_or(|to| day <= to)
}

fn handed_out(db: &Db, period: Period, watch: &Watch, rows: &mut BTreeMap<Key, Counted>) -> Result<(), Failure> {
    let ids = record::all_ids(db, RecordKind::Distribution)?;
    watch.begin(ids.len() as u64);
    for (at, id) in ids.into_iter().enumerate() {
        watch.step(at as u64)?;
        let Some(distribution) = facts::load::<Distribution>(db, id)? else { continue };
        let Some(day) = distribution.on.map(FuzzyDate::last).filter(|day| within(period, *day)) else { continue };
        let shipment = distribution.shipment.map(|id| facts::load::<Shipment>(db, id)).transpose()?.flatten();
        let Some(shipment) = shipment else { continue };
        let Some(project) = shipment.project else { continue };
        for line in &distribution.lines {
            let shipped = shipment.lines.iter().find(|shipped| shipped.number == line.line);
            let Some(item) = line.item.or_else(|| shipped.and_then(|shipped| shipped.item)) else { continue };
            let unit = match shipped.and_then(|shipped| shipped.unit.clone()) {
                Some(unit) => unit,
                None => facts::load::<Item>(db, item)?.and_then(|item| item.base_unit).unwrap_or_default(),
            };
            let row = rows.entry((project, distribution.site, Some((item, unit)))).or_default();
            row.thousandths += line.quantity.map_or(0, Quantity::thousandths);
            row.last = row.last.max(Some(day));
        }
    }
    Ok(())
}

/// People of a project at a place, each once.
fn reached(db: &Db, period: Period, rows: &mut BTreeMap<Key, Counted>) -> Result<(), StoreError> {
    let mut groups: BTreeMap<(Id, Option<Id>), BTreeMap<Id, Reach>> = BTreeMap::new();
    for id in record::all_ids(db, RecordKind::Reach)? {
        let Some(reach) = facts::load::<Reach>(db, id)? else { continue };
        let (Some(project), Some(from), Some(last)) = (reach.project, reach.from, reach.last_day()) else { continue };
        let in_time = from <= period.as_of
            && period.to.is_none_or(|to| from <= to)
            && period.from.is_none_or(|first| last >= first);
        if in_time {
            groups.entry((project, reach.site)).or_default().insert(id, reach);
        }
    }
    for ((project, site), records) in groups {
        let row = rows.entry((project, site, None)).or_default();
        row.last = records.values().filter_map(Reach::last_day).max().map(|last| last.min(period.as_of));
        for added in reach::once(&records) {
            *row.people.entry((added.sex, added.age)).or_default() += added.people;
        }
    }
    Ok(())
}

/// Names, read where they are met.
struct Names<'a> {
    db: &'a Db,
    own: Organisation,
    sites: BTreeMap<Id, Site>,
}

impl<'a> Names<'a> {
    fn new(db: &'a Db) -> Result<Self, StoreError> {
        let first = record::all_ids(db, RecordKind::Organisation)?.into_iter().next();
        let own = first.map(|id| facts::load::<Organisation>(db, id)).transpose()?.flatten().unwrap_or_default();
        Ok(Self { db, own, sites: BTreeMap::new() })
    }

    fn row(&mut self, key: &Key, counted: &Counted, period: Period) -> Result<Option<Vec<Cell>>, StoreError> {
        let (project_id, site, goods) = key;
        let Some(project) = facts::load::<Project>(self.db, *project_id)? else { return Ok(None) };
        let partner = self.party(project.partner)?;
        let sector = self.sectors(&project, goods.as_ref().map(|(item, _)| *item))?;
        let item = match goods {
            Some((item, _)) => facts::load::<Item>(self.db, *item)?.map(|item| item.name).unwrap_or_default(),
            None => String::new(),
        };
        let [admin1, admin2] = self.admins(*site)?;
        let place = match site {
            Some(site) => self.site(*site)?.map(|site| site.name).unwrap_or_default(),
            None => String::new(),
        };
        let acronym = if self.own.reference.starts_with("ORG-") { "" } else { &self.own.reference };
        let mut cells = vec![
            Cell::text(&self.own.name),
            Cell::text(acronym),
            Cell::text(partner),
            Cell::text(self.donors(&project)?),
            Cell::text(&sector.cluster),
            Cell::text(&sector.name),
            Cell::text(&project.reference),
            Cell::text(&project.title),
            Cell::text(&project.summary),
            Cell::text(if goods.is_some() { "In kind" } else { "" }),
            Cell::text(&admin1.name),
            Cell::text(&admin1.p_code),
            Cell::text(&admin2.name),
            Cell::text(&admin2.p_code),
            Cell::text(place),
            project.starts_on.map_or(Cell::Empty, Cell::Day),
            project.ends_on.map_or(Cell::Empty, Cell::Day),
            Cell::text(status(&project, period.as_of)),
        ];
        cells.extend(people(&project, counted, goods.is_none()));
        let quantity = goods.as_ref().map_or(Cell::Empty, |_| Cell::Quantity(counted.thousandths));
        cells.extend([
            Cell::text(item),
            quantity,
            Cell::text(goods.as_ref().map_or("", |(_, unit)| codes::unit_short(unit))),
            counted.last.map_or(Cell::Empty, Cell::Day),
            Cell::Day(period.as_of),
        ]);
        Ok(Some(cells))
    }

    fn party(&self, id: Option<Id>) -> Result<String, StoreError> {
        let party = id.map(|id| facts::load::<Party>(self.db, id)).transpose()?.flatten();
        Ok(party.map(|party| party.name).unwrap_or_default())
    }

    fn donors(&self, project: &Project) -> Result<String, StoreError> {
        let mut names = Vec::new();
        for fund in &project.funds {
            let fund = facts::load::<Fund>(self.db, *fund)?;
            let donor = self.party(fund.and_then(|fund| fund.donor))?;
            if !donor.is_empty() && !names.contains(&donor) {
                names.push(donor);
            }
        }
        Ok(names.join(super::fields::BETWEEN))
    }

    /// The category of the goods; that of the project where there are none.
    fn sectors(&self, project: &Project, item: Option<Id>) -> Result<Category, StoreError> {
        let item = item.map(|id| facts::load::<Item>(self.db, id)).transpose()?.flatten();
        let category = item.and_then(|item| item.category).or_else(|| project.categories.first().copied());
        let category = category.map(|id| facts::load::<Category>(self.db, id)).transpose()?.flatten();
        Ok(category.unwrap_or_default())
    }

    fn site(&mut self, id: Id) -> Result<Option<Site>, StoreError> {
        if let Some(site) = self.sites.get(&id) {
            return Ok(Some(site.clone()));
        }
        let site = facts::load::<Site>(self.db, id)?;
        self.sites.extend(site.clone().map(|site| (id, site)));
        Ok(site)
    }

    /// The province and the county in which a place lies.
    fn admins(&mut self, site: Option<Id>) -> Result<[Site; 2], StoreError> {
        let mut found = [Site::default(), Site::default()];
        let mut at = site;
        // A chain of places is short; one that goes round ends here.
        for _ in 0..8 {
            let Some(site) = at.map(|id| self.site(id)).transpose()?.flatten() else { break };
            at = site.within;
            match site.kind {
                Some(SiteKind::Province) => found[0] = site,
                Some(SiteKind::County | SiteKind::City) if found[1].name.is_empty() => found[1] = site,
                _ => {}
            }
        }
        Ok(found)
    }
}

fn status(project: &Project, as_of: NaiveDate) -> &'static str {
    match (project.starts_on, project.ends_on) {
        (Some(start), _) if start > as_of => "Planned",
        (_, Some(end)) if end < as_of => "Completed",
        _ => "Ongoing",
    }
}

/// Targeted and reached; empty in rows of goods.
fn people(project: &Project, counted: &Counted, is_people: bool) -> Vec<Cell> {
    if !is_people {
        return vec![Cell::Empty; 6];
    }
    let targeted: u64 = project.targets.iter().filter_map(|target| target.people).map(u64::from).sum();
    let of = |fits: &dyn Fn(Sex, AgeBand) -> bool| -> u64 {
        counted.people.iter().filter(|((sex, age), _)| fits(*sex, *age)).map(|(_, people)| people).sum()
    };
    let reached = [
        of(&|_, _| true),
        of(&|sex, _| sex == Sex::Female),
        of(&|sex, _| sex == Sex::Male),
        of(&|sex, age| sex == Sex::Female && age == AgeBand::UnderFive),
        of(&|sex, age| sex == Sex::Male && age == AgeBand::UnderFive),
    ];
    let cell = |people: u64| Cell::Count(i64::try_from(people).unwrap_or(i64::MAX));
    let targeted = if targeted == 0 { Cell::Empty } else { cell(targeted) };
    [targeted].into_iter().chain(reached.map(cell)).collect()
}
