//! Geography: goods received and handed out and people reached, place by place, with the UN's P-codes.

use std::collections::{BTreeMap, BTreeSet};

use super::people::at;
use super::scope::Scope;
use super::{Behind, Part, held, number, text};
use crate::domain::codes;
use crate::domain::document::{Cell, Holds, Table};
use crate::domain::id::Id;
use crate::domain::record::{LineRole, Site, SiteKind};
use crate::services::queries::goods_beside::written_place;
use crate::services::queries::{LineFilter, PeopleOf, reach};
use crate::services::{Failure, facts};
use crate::store::StoreError;

/// How deep places lie in one another at most; a ring of them ends here.
const DEEPEST: usize = 12;

/// A place in the words of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    p_code: String,
    province: String,
    name: String,
}

impl Place {
    fn cells(&self) -> [Cell; 3] {
        [&self.name, &self.province, &self.p_code].map(Cell::text)
    }
}

/// The place of a site: its own P-code or the nearest above it, and the province it lies in.
fn place(scope: &Scope<'_>, id: Option<Id>) -> Result<Place, StoreError> {
    let mut place = Place { name: "No place named".to_owned(), ..Place::default() };
    let mut next = id;
    for depth in 0..DEEPEST {
        let Some(site) = next.map(|id| facts::load::<Site>(scope.db, id)).transpose()?.flatten() else { break };
        if depth == 0 {
            place.name.clone_from(&site.name);
        }
        if place.p_code.is_empty() {
            place.p_code.clone_from(&site.p_code);
        }
        if site.kind == Some(SiteKind::Province) {
            place.province = site.name;
            break;
        }
        next = site.within;
    }
    Ok(place)
}

fn columns() -> Vec<crate::domain::document::Column> {
    vec![
        held(text("Place", "place", "#loc+name"), Holds::Site),
        text("Province", "province", "#adm1+name"),
        text("P-code", "p_code", "#adm1+code+v_pcode"),
    ]
}

pub(super) fn part(scope: &Scope<'_>) -> Result<Part, Failure> {
    let mut part = Part::default();
    goods(scope, &mut part)?;
    people(scope, &mut part)?;
    Ok(part)
}

/// The site, the place in words where there is none, the item and its unit.
type Key = (Option<Id>, String, Option<Id>, String);

/// What was received and handed out at each place.
fn sums(scope: &Scope<'_>) -> Result<BTreeMap<Key, [i64; 2]>, Failure> {
    let mut sums: BTreeMap<Key, [i64; 2]> = BTreeMap::new();
    for (at, role) in [LineRole::Received, LineRole::Distributed].into_iter().enumerate() {
        for counted in scope.of(role) {
            let words = written_place(scope.db, counted.record, &counted.row)?;
            let key = (counted.row.site, words, counted.row.item, counted.row.unit.clone());
            sums.entry(key).or_default()[at] += counted.row.quantity;
        }
    }
    Ok(sums)
}

fn goods(scope: &Scope<'_>, part: &mut Part) -> Result<(), Failure> {
    let mut rows = Vec::new();
    for ((site, words, item, unit), quantities) in sums(scope)? {
        let mut place = place(scope, site)?;
        if !words.is_empty() {
            place.name.clone_from(&words);
        }
        let mut row = place.cells().to_vec();
        row.extend([Cell::text(scope.title(item)?), Cell::text(codes::unit_short(&unit))]);
        row.extend(quantities.map(Cell::Quantity));
        rows.push((
            place,
            row,
            LineFilter {
                site: Some(site.unwrap_or(Id(0))),
                place: words,
                item: Some(item.unwrap_or(Id(0))),
                unit: Some(unit),
                ..LineFilter::default()
            },
        ));
    }
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    let mut table = Table {
        key: "places".to_owned(),
        title: "Goods by place".to_owned(),
        notes: vec![
            scope.period_note(),
            "This grant's part of what arrived and was handed out at each place. A place without a P-code of its own bears that of the place it lies in."
                .to_owned(),
        ],
        columns: columns(),
        empty: "Nothing arrived in the period.".to_owned(),
        ..Table::default()
    };
    table.columns.extend([
        text("Item", "item", "#item+name"),
        text("Unit", "unit", "#item+unit"),
        number("Received", "received", "#output+num+received"),
        number("Handed out", "handed_out", "#output+num+distributed"),
    ]);
    for (at, (_, row, only)) in rows.into_iter().enumerate() {
        for (column, role) in [("received", LineRole::Received), ("handed_out", LineRole::Distributed)] {
            let mut query = scope.lines(role);
            let LineFilter { fund, from, to, .. } = query.filter;
            query.filter = LineFilter { fund, from, to, ..only.clone() };
            part.behind("places", Some(at), column, Behind::Lines(query));
        }
        table.rows.push(row);
    }
    part.table(table);
    Ok(())
}

fn people(scope: &Scope<'_>, part: &mut Part) -> Result<(), Failure> {
    let (records, _) = reach::chosen(scope.db, &scope.reach())?;
    let sites: BTreeSet<Id> = records.values().filter_map(|reach| reach.site).collect();
    let mut rows = Vec::new();
    for site in sites {
        let query = at(scope, site);
        let people = reach::table(scope.db, &query)?.people;
        rows.push((place(scope, Some(site))?, i64::try_from(people).unwrap_or(i64::MAX), query));
    }
    if rows.is_empty() {
        return Ok(());
    }
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    let mut table = Table {
        key: "people_places".to_owned(),
        title: "People by place".to_owned(),
        notes: vec![
            scope.period_note(),
            "Each person once at a place. A county counts the people of its hospitals and schools as well, so the rows are not to be added up."
                .to_owned(),
        ],
        columns: columns(),
        ..Table::default()
    };
    table.columns.push(number("People", "people", "#reached"));
    for (row, (place, people, query)) in rows.into_iter().enumerate() {
        part.behind("people_places", Some(row), "people", scope.people(PeopleOf::of(&query)));
        let mut cells = place.cells().to_vec();
        cells.push(Cell::Count(people));
        table.rows.push(cells);
    }
    part.table(table);
    Ok(())
}
