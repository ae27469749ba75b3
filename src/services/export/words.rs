//! What a list shows, in words: its day, its filter and its order, so that a file says by itself what it holds.

use chrono::NaiveDate;

use crate::domain::document::{Cell, Fact, Holds};
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::domain::status;
use crate::services::queries::only::{self, Said};
use crate::services::queries::{GoodsQuery, LinesQuery, ListQuery, ReachQuery, Sources};
use crate::services::{Failure, Workspace};
use crate::store::record;

/// The facts of a list of records.
pub(super) fn of_list(workspace: &Workspace, query: &ListQuery) -> Result<Vec<Fact>, Failure> {
    let filter = &query.filter;
    let mut facts = begin(workspace, query.as_of, query.sources);
    let mut add = |label: &str, value: Option<String>| facts.extend(value.map(|value| Fact::plain(label, value)));
    add("Filter: text", Some(filter.text.trim().to_owned()).filter(|text| !text.is_empty()));
    add("Filter: status", filter.status.as_deref().map(status::label));
    add("Filter: permission", filter.validity.as_deref().map(status::label));
    add("Filter: from", filter.from.map(|day| day.to_string()));
    add("Filter: to", filter.to.map(|day| day.to_string()));
    for (label, id) in [
        ("Filter: category", filter.category),
        ("Filter: authority", filter.authority),
        ("Filter: project", filter.project),
        ("Filter: belongs to", filter.parent),
    ] {
        facts.extend(named(workspace, label, id)?);
    }
    facts.extend(behind(workspace, query)?);
    facts.push(sorted(query.sort.label(), query.descending));
    Ok(facts)
}

/// What a list behind a figure counts, part by part, and what it adds up to.
fn behind(workspace: &Workspace, query: &ListQuery) -> Result<Vec<Fact>, Failure> {
    let mut facts = Vec::new();
    for (label, said) in query.filter.only.iter().flat_map(|only| only.said()) {
        let label = format!("Only what a figure counts: {label}");
        match said {
            Said::Words(words) => facts.push(Fact::plain(label, words)),
            Said::Record(id) => facts.extend(named(workspace, &label, Some(id))?),
        }
    }
    if let Some(figure) = only::figure(workspace.store().db(), query)? {
        let sum = |(label, sum): (String, Cell)| {
            let holds = if matches!(sum, Cell::Money(_)) { Holds::Price } else { Holds::Plain };
            Fact { label: "Adds up to".to_owned(), value: format!("{label} {}", sum.words()), holds }
        };
        facts.extend(figure.sums.into_iter().map(sum));
    }
    Ok(facts)
}

/// The facts of a table of goods.
pub(super) fn of_goods(workspace: &Workspace, query: &GoodsQuery) -> Vec<Fact> {
    let mut facts = begin(workspace, query.as_of, query.sources);
    facts.push(Fact::plain("Summed by", query.by.label()));
    facts.extend(period(query.from, query.to));
    facts
}

/// The facts of a list of goods.
pub(super) fn of_lines(workspace: &Workspace, query: &LinesQuery) -> Result<Vec<Fact>, Failure> {
    let filter = &query.filter;
    let mut facts = begin(workspace, query.as_of, query.sources);
    facts.push(Fact::plain("Shows", query.role.label()));
    if !filter.text.trim().is_empty() {
        facts.push(Fact::plain("Filter: text", filter.text.trim()));
    }
    for (label, id) in [
        ("Filter: item", filter.item),
        ("Filter: category", filter.category),
        ("Filter: project", filter.project),
        ("Filter: fund", filter.fund),
        ("Filter: place", filter.site),
    ] {
        facts.extend(named(workspace, label, id)?);
    }
    if !filter.place.is_empty() {
        facts.push(Fact {
            label: "Filter: place in words".to_owned(),
            value: filter.place.clone(),
            holds: Holds::Site,
        });
    }
    if let Some(unit) = &filter.unit {
        facts.push(Fact::plain("Filter: unit", crate::domain::codes::unit_short(unit)));
    }
    facts.extend(period(filter.from, filter.to));
    if filter.pending {
        facts.push(Fact::plain("Filter: day", "With what has not happened yet"));
    }
    facts.push(sorted(query.sort.label(), query.descending));
    Ok(facts)
}

/// The facts of a table of people reached.
pub(super) fn of_reach(workspace: &Workspace, query: &ReachQuery) -> Result<Vec<Fact>, Failure> {
    let mut facts = day(workspace, query.as_of);
    for (label, id) in [("Filter: project", query.project), ("Filter: fund", query.fund), ("Filter: site", query.site)]
    {
        facts.extend(named(workspace, label, id)?);
    }
    facts.extend(period(query.from, query.to));
    Ok(facts)
}

/// The day that is looked at and whose records are shown.
pub(super) fn begin(workspace: &Workspace, as_of: NaiveDate, sources: Sources) -> Vec<Fact> {
    let mut facts = day(workspace, as_of);
    facts.push(Fact::plain("Whose", sources.label()));
    facts
}

/// The day that is looked at, and the day on which the file was made.
pub(super) fn day(workspace: &Workspace, as_of: NaiveDate) -> Vec<Fact> {
    vec![Fact::plain("As of", as_of.to_string()), Fact::plain("Made on", workspace.today().to_string())]
}

pub(super) fn period(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Option<Fact> {
    let words = match (from, to) {
        (None, None) => return None,
        (Some(from), None) => format!("From {from}"),
        (None, Some(to)) => format!("Until {to}"),
        (Some(from), Some(to)) => format!("{from} to {to}"),
    };
    Some(Fact::plain("Period", words))
}

fn sorted(by: &str, descending: bool) -> Fact {
    let direction = if descending { "the largest first" } else { "the smallest first" };
    Fact::plain("Sorted by", format!("{by}; {direction}"))
}

/// A record that a filter names, marked by what its name holds. An id of 0 stands for those that name none.
pub(super) fn named(workspace: &Workspace, label: &str, id: Option<Id>) -> Result<Option<Fact>, Failure> {
    let Some(id) = id else { return Ok(None) };
    let head = record::head(workspace.store().db(), id)?;
    let Some(head) = head else { return Ok(Some(Fact::plain(label, "None named"))) };
    let holds = match head.kind {
        RecordKind::Fund | RecordKind::Category | RecordKind::Authority | RecordKind::Project => Holds::Plain,
        kind => super::holds::of_title(kind),
    };
    Ok(Some(Fact { label: label.to_owned(), value: format!("{} ({})", head.title, head.reference), holds }))
}
