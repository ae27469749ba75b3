//! Compliance: each item of the fund with its HS code, and every letter that names it, used against approved.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::scope::Scope;
use super::{Part, held, number, text};
use crate::domain::codes;
use crate::domain::coverage::{Left, Standing};
use crate::domain::date::FuzzyDate;
use crate::domain::document::{Cell, CellTone, Holds, Table};
use crate::domain::id::Id;
use crate::domain::quantity::Limit;
use crate::domain::record::{Authority, Item, Measure, RecordKind};
use crate::domain::status::permission::PermissionFacts;
use crate::services::{Failure, booked, facts};
use crate::store::{StoreError, record};

/// A letter with its facts and the words for who gave it.
struct Letter {
    id: Id,
    facts: PermissionFacts,
    authority: String,
    instrument: String,
}

pub(super) fn part(scope: &Scope<'_>) -> Result<Part, Failure> {
    let letters = letters(scope)?;
    let (mut part, mut rows) = (Part::default(), Vec::new());
    for item_id in scope.items() {
        let Some(item) = facts::load::<Item>(scope.db, item_id)? else { continue };
        let mut found = false;
        for letter in &letters {
            for standing in letter.facts.standings(scope.last()) {
                if standing.measure == Measure::Quantity && item_of(&letter.facts, &standing) == Some(item_id) {
                    for column in ["approved", "used", "set_aside", "left"] {
                        part.behind("compliance", Some(rows.len()), column, scope.one(letter.id));
                    }
                    rows.push(row(scope, &item, letter, &standing));
                    found = true;
                }
            }
        }
        if !found {
            let mut row = vec![Cell::text(&item.name), Cell::Empty, Cell::Empty, Cell::Empty, hs_code(&item)];
            row.push(Cell::State { tone: CellTone::Quiet, words: "No letter on record".to_owned() });
            row.resize(COLUMNS, Cell::Empty);
            rows.push(row);
        }
    }
    part.table(table(scope, rows));
    Ok(part)
}

const COLUMNS: usize = 13;

fn table(scope: &Scope<'_>, rows: Vec<Vec<Cell>>) -> Table {
    Table {
        key: "compliance".to_owned(),
        title: "Compliance".to_owned(),
        notes: vec![
            scope.period_note(),
            format!(
                "Letters on record that name an item of this grant and were in force in the period, as they stood on {}. Used and set aside are those of every grant: a letter has one balance.",
                scope.last()
            ),
            "What the record holds, and no legal advice. “No letter on record” says nothing about whether one is needed."
                .to_owned(),
        ],
        columns: vec![
            text("Item", "item", "#item+name"),
            text("Authority", "authority", "#org+authority+name"),
            text("Under", "instrument", "#meta+instrument"),
            held(text("Reference", "reference", "#meta+id+exemption"), Holds::Number),
            text("HS code", "hs_code", "#item+code+v_hs"),
            text("Stands", "stands", "#status+name"),
            text("Decided on", "decided_on", "#date+approved"),
            text("Valid until", "valid_until", "#date+expires"),
            text("Unit", "unit", "#item+unit"),
            number("Approved", "approved", "#output+num+approved"),
            number("Used", "used", "#output+num+used"),
            number("Set aside", "set_aside", "#output+num+reserved"),
            number("Left", "left", "#output+num+left"),
        ],
        rows,
        empty: "Nothing was planned or delivered with this grant.".to_owned(),
        ..Table::default()
    }
}

fn hs_code(item: &Item) -> Cell {
    Cell::text(item.hs_code.clone().unwrap_or_default())
}

fn row(scope: &Scope<'_>, item: &Item, letter: &Letter, standing: &Standing) -> Vec<Cell> {
    let state = letter.facts.on(scope.last());
    let fuzzy = |day: Option<FuzzyDate>| match day {
        Some(day) if day.is_day() => Cell::Day(day.first()),
        Some(day) => Cell::text(day.to_string()),
        None => Cell::Empty,
    };
    let approved = match standing.allowed {
        Some(Limit::Limited(allowed)) => Cell::Quantity(allowed.thousandths()),
        Some(Limit::Unlimited) => Cell::text("no limit"),
        None => Cell::text("not stated"),
    };
    let left = match standing.left() {
        Left::Limited(left) => Cell::Quantity(left),
        Left::Unlimited | Left::NotStated => Cell::Empty,
    };
    let stands = state.as_ref().map_or(Cell::Empty, |state| {
        let tone = if state.validity.is_usable() { CellTone::Good } else { CellTone::Quiet };
        Cell::State { tone, words: state.validity.label().to_owned() }
    });
    let until = state.and_then(|state| state.until);
    vec![
        Cell::text(&item.name),
        Cell::text(&letter.authority),
        Cell::text(&letter.instrument),
        Cell::text(&letter.facts.permission.reference),
        hs_code(item),
        stands,
        fuzzy(letter.facts.permission.given_on),
        fuzzy(until),
        Cell::text(codes::unit_short(item.base_unit.as_deref().unwrap_or_default())),
        approved,
        Cell::Quantity(standing.used),
        Cell::Quantity(standing.reserved),
        left,
    ]
}

/// The item of a grant line, by the letter or by a later one.
fn item_of(facts: &PermissionFacts, standing: &Standing) -> Option<Id> {
    let of_changes = facts.changes.iter().flat_map(|change| &change.grants);
    let grants = facts.permission.grants.iter().chain(of_changes);
    grants.filter(|grant| grant.number == standing.line).find_map(|grant| grant.item)
}

/// The matters that name a project of the fund.
pub(super) fn matters(scope: &Scope<'_>) -> Result<BTreeSet<Id>, StoreError> {
    let mut matters = BTreeSet::new();
    for project in &scope.projects {
        for (from, _) in record::links_to(scope.db, project.id)? {
            let head = record::head(scope.db, from)?.filter(|head| head.kind == RecordKind::Matter);
            matters.extend(head.map(|head| head.id));
        }
    }
    Ok(matters)
}

/// The letters of the projects' matters, and those of which a shipment of the fund is booked, given by the last day.
fn letters(scope: &Scope<'_>) -> Result<Vec<Letter>, Failure> {
    let mut ids = BTreeSet::new();
    for matter in matters(scope)? {
        ids.extend(
            record::children(scope.db, matter, RecordKind::Permission)?.into_iter().map(|stored| stored.head.id),
        );
    }
    for shipment in scope.shipments()? {
        ids.extend(booked::permits_of(scope.db, shipment)?);
    }
    let mut authorities: BTreeMap<Id, String> = BTreeMap::new();
    let mut letters = Vec::new();
    for id in ids {
        let Some(facts) = facts::permission(scope.db, id)? else { continue };
        let Some(state) = facts.on(scope.last()) else { continue };
        if state.until.is_some_and(|until| until.last() < scope.from) {
            continue;
        }
        let (_, instrument) = facts::matter_and_instrument(scope.db, facts.permission.matter)?;
        let mut authority = String::new();
        if let Some(id) = instrument.as_ref().and_then(|instrument| instrument.authority) {
            authority = match authorities.entry(id) {
                Entry::Occupied(known) => known.get().clone(),
                Entry::Vacant(place) => {
                    let found: Option<Authority> = facts::load(scope.db, id)?;
                    let short = |one: Authority| if one.short_name.is_empty() { one.name } else { one.short_name };
                    place.insert(found.map(short).unwrap_or_default()).clone()
                }
            };
        }
        let instrument = instrument.map(|instrument| instrument.name).unwrap_or_default();
        letters.push(Letter { id, facts, authority, instrument });
    }
    letters.sort_by_key(|letter| letter.facts.permission.given_on.map(FuzzyDate::last));
    Ok(letters)
}
