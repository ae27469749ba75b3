//! What follows from work in the field: targets against people reached, the way of an indicator, what an incident cost.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::reach::chosen;
use super::{DetailCell, DetailSection, DetailValue, ReachQuery};
use crate::domain::money::Money;
use crate::domain::quantity::group_digits;
use crate::domain::reach::{self, Added};
use crate::domain::record::{Cash, Incident, Indicator, Project, Reach, Sex};
use crate::domain::text;
use crate::services::facts;
use crate::store::record::Stored;
use crate::store::{Db, StoreError};

fn words(label: &str, text: impl Into<String>) -> (String, DetailValue) {
    (label.to_owned(), DetailValue::Text(text.into()))
}

fn number(count: u64) -> DetailCell {
    DetailCell::Number(group_digits(&count.to_string()))
}

/// The people a project means to reach against those it reached, each person once.
pub(super) fn targets(db: &Db, stored: &Stored, on: NaiveDate) -> Result<Vec<DetailSection>, StoreError> {
    let project: Project = facts::typed_of(stored)?;
    let query = ReachQuery { as_of: on, project: Some(stored.head.id), fund: None, site: None, from: None, to: None };
    let (records, _) = chosen(db, &query)?;
    if records.is_empty() {
        return Ok(Vec::new());
    }
    let added = reach::once(&records);
    let of_target = |group: &str, sex: Option<Sex>| {
        let group = text::fold(group);
        let counts =
            |row: &&Added| text::fold(&row.group) == group && sex.is_none_or(|sex| sex == Sex::All || sex == row.sex);
        added.iter().filter(counts).map(|row| row.people).sum::<u64>()
    };
    let mut rows = Vec::new();
    for target in &project.targets {
        let sex = target.sex.unwrap_or(Sex::All);
        let planned = u64::from(target.people.unwrap_or_default());
        let texts = [target.group.as_str(), sex.label()].map(|text| DetailCell::Text(text.to_owned()));
        rows.push(texts.into_iter().chain([number(planned), number(of_target(&target.group, target.sex))]).collect());
    }
    let mut others: BTreeMap<String, (String, u64)> = BTreeMap::new();
    for row in &added {
        let key = text::fold(&row.group);
        if project.targets.iter().all(|target| text::fold(&target.group) != key) {
            others.entry(key).or_insert_with(|| (row.group.clone(), 0)).1 += row.people;
        }
    }
    for (group, people) in others.into_values() {
        let group = if group.is_empty() { "No group named".to_owned() } else { group };
        let blank = || DetailCell::Text(String::new());
        rows.push(vec![DetailCell::Text(group), blank(), blank(), number(people)]);
    }
    let columns = ["Group", "Sex", "Target", "Reached"].map(str::to_owned).to_vec();
    let everybody = group_digits(&reach::people(&records).to_string());
    Ok(vec![DetailSection {
        heading: format!("People reached up to {on}"),
        fields: vec![
            words("People, once each", everybody),
            ("Targets against reached".to_owned(), DetailValue::Table { columns, rows }),
        ],
    }])
}

/// What a record of reach adds up to.
pub(super) fn people(stored: &Stored) -> Result<Vec<DetailSection>, StoreError> {
    let reach: Reach = facts::typed_of(stored)?;
    let sum = |of: fn(&crate::domain::record::ReachedGroup) -> Option<u32>| {
        reach.groups.iter().filter_map(of).map(u64::from).sum::<u64>()
    };
    let (people, again) = (sum(|row| row.people), sum(|row| row.again));
    let mut fields = vec![words("People", group_digits(&people.to_string()))];
    if again > 0 {
        fields.push(words("Of them counted before", group_digits(&again.to_string())));
        fields.push(words("New people", group_digits(&people.saturating_sub(again).to_string())));
    }
    Ok(vec![DetailSection { heading: "In all".to_owned(), fields }])
}

/// How far an indicator is on its way.
pub(super) fn way(stored: &Stored, on: NaiveDate) -> Result<Vec<DetailSection>, StoreError> {
    let indicator: Indicator = facts::typed_of(stored)?;
    let Some(newest) = indicator.measured(on) else { return Ok(Vec::new()) };
    let (Some(value), Some(measured_on)) = (newest.value, newest.on) else { return Ok(Vec::new()) };
    let mut fields = vec![words("Newest value", format!("{} on {measured_on}", value.grouped()))];
    if let Some(share) = indicator.per_mille(value) {
        let sign = if share < 0 { "-" } else { "" };
        let (whole, tenth) = (share.abs() / 10, share.abs() % 10);
        fields.push(words("Share of the way", format!("{sign}{whole}.{tenth} % ({share} of 1000)")));
    }
    Ok(vec![DetailSection { heading: format!("On the way up to {on}"), fields }])
}

/// What an incident cost in days and money.
pub(super) fn harm(stored: &Stored, on: NaiveDate) -> Result<Vec<DetailSection>, StoreError> {
    let incident: Incident = facts::typed_of(stored)?;
    let Some(days) = incident.days(on) else { return Ok(Vec::new()) };
    let ended = incident.ended_on.is_some_and(|ended| ended <= on);
    let lasted = match (days, ended) {
        (1, true) => "1 day".to_owned(),
        (_, true) => format!("{days} days"),
        (1, false) => "1 day so far".to_owned(),
        (_, false) => format!("{days} days so far"),
    };
    let mut fields = vec![words("Lasted", lasted)];
    fields.extend(incident.cost.as_ref().map(|cost| words("Cost", cost.grouped())));
    Ok(vec![DetailSection { heading: format!("What it cost up to {on}"), fields }])
}

/// What of cash is not accounted for.
pub(super) fn open_cash(stored: &Stored) -> Result<Vec<DetailSection>, StoreError> {
    let cash: Cash = facts::typed_of(stored)?;
    let Some(amount) = &cash.amount else { return Ok(Vec::new()) };
    let open = Money::of(cash.open(), amount.currency()).grouped();
    let fields = vec![words("Neither spent nor returned", open)];
    Ok(vec![DetailSection { heading: "Still open".to_owned(), fields }])
}
