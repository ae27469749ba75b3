//! Indicators of the fund's projects: from where to where, and the newest value up to the last day.

use super::scope::Scope;
use super::{Behind, Part, number, text};
use crate::domain::document::{Cell, CellTone, Table};
use crate::domain::quantity::Quantity;
use crate::domain::record::{Indicator, RecordKind};
use crate::domain::status::{self, indicator};
use crate::services::{Failure, facts};
use crate::store::record;

pub(super) fn part(scope: &Scope<'_>) -> Result<Part, Failure> {
    let (mut part, mut rows, mut ids) = (Part::default(), Vec::new(), Vec::new());
    for project in &scope.projects {
        for stored in record::children(scope.db, project.id, RecordKind::Indicator)? {
            rows.push(row(scope, &facts::typed_of(&stored)?));
            ids.push(stored.head.id);
        }
    }
    for (at, id) in ids.into_iter().enumerate() {
        for column in ["baseline", "target", "actual"] {
            part.behind("indicators", Some(at), column, scope.one(id));
        }
        part.behind("indicators", Some(at), "way", Behind::Reckoned(&["baseline", "target", "actual"]));
    }
    part.table(Table {
        key: "indicators".to_owned(),
        title: "Indicators".to_owned(),
        notes: vec![
            scope.period_note(),
            "The newest value that was measured up to the end of the period or the cut-off, whichever is earlier."
                .to_owned(),
            "Of the way: how far the value is from the baseline to the target.".to_owned(),
        ],
        columns: vec![
            text("Indicator", "indicator", "#indicator+name"),
            text("Unit", "unit", "#indicator+unit"),
            number("Baseline", "baseline", "#indicator+num+baseline"),
            text("Baseline of", "baseline_on", "#date+baseline"),
            number("Target", "target", "#indicator+num+target"),
            text("Target by", "target_by", "#date+target"),
            number("Actual", "actual", "#indicator+num+actual"),
            text("Measured on", "measured_on", "#date+measured"),
            number("Of the way", "way", "#indicator+pct"),
            text("Stands", "stands", "#status+name"),
        ],
        rows,
        empty: "No indicator is kept for the projects of this grant.".to_owned(),
        ..Table::default()
    });
    Ok(part)
}

fn row(scope: &Scope<'_>, one: &Indicator) -> Vec<Cell> {
    let day = |day: Option<chrono::NaiveDate>| day.map_or(Cell::Empty, Cell::Day);
    let value = |value: Option<Quantity>| value.map_or(Cell::Empty, |value| Cell::Quantity(value.thousandths()));
    let newest = one.measured(scope.last());
    let measured = newest.and_then(|actual| actual.value);
    let way = measured.and_then(|value| one.per_mille(value));
    let name = if one.code.is_empty() { one.name.clone() } else { format!("{} {}", one.code, one.name) };
    vec![
        Cell::text(name),
        Cell::text(&one.unit),
        value(one.baseline),
        day(one.baseline_on),
        value(one.target),
        day(one.target_by),
        value(measured),
        day(newest.and_then(|actual| actual.on)),
        way.map_or(Cell::Empty, Cell::PerMille),
        stands(scope, one),
    ]
}

fn stands(scope: &Scope<'_>, one: &Indicator) -> Cell {
    let spans = indicator::spans_of(one);
    let Some(span) = status::on(&spans, scope.last()) else { return Cell::Empty };
    let tone = match span.status.stage {
        "target_met" => CellTone::Good,
        "target_missed" => CellTone::Bad,
        "below_target" => CellTone::Warning,
        _ => CellTone::Quiet,
    };
    Cell::State { tone, words: status::label(span.status.stage) }
}
