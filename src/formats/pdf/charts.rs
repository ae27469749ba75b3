//! Charts as they are drawn: the longest mark is whole, all others are shares of it.

use super::data::{ChartPiece, SeriesPiece, Unit};
use super::labels::Language;
use super::words::{Words, breakable, clipped};
use crate::domain::document::{Cell, Chart, ChartKind, Series};

/// What one page has room for.
const MOST_LABELS: usize = 40;
const MOST_MARKS: usize = 60;

/// A chart as it is drawn; `None` where it holds nothing.
pub(super) fn piece(chart: &Chart, id: Unit, language: Language, words: &mut Words) -> Option<ChartPiece> {
    if chart.labels.is_empty() || chart.series.is_empty() {
        return None;
    }
    let room = match chart.kind {
        ChartKind::Bars => (MOST_MARKS / chart.series.len()).clamp(1, MOST_LABELS),
        ChartKind::Stacked | ChartKind::Columns => MOST_LABELS,
    };
    let drawn = chart.labels.len().min(room);
    let rest = if drawn < chart.labels.len() { language.drawn(drawn, chart.labels.len()) } else { String::new() };
    let value = |series: &Series, at: usize| series.values.get(at).copied().unwrap_or_default();
    let sum = |at: usize| chart.series.iter().fold(0_i64, |sum, series| sum.saturating_add(value(series, at).max(0)));
    let longest = match chart.kind {
        ChartKind::Stacked => (0..drawn).map(sum).max(),
        _ => chart.series.iter().flat_map(|series| series.values.iter().copied().take(drawn)).max(),
    };
    let longest = longest.unwrap_or_default().max(1);
    let series = |series: &Series| SeriesPiece {
        name: breakable(clipped(words.line(series.name.trim()), 40_000), 40_000),
        words: (0..drawn).map(|at| Cell::Count(value(series, at)).words()).collect(),
        shares: (0..drawn).map(|at| share(value(series, at), longest)).collect(),
    };
    let series = chart.series.iter().map(series).collect();
    let title = words.line(chart.title.trim());
    let alt =
        [chart.alt.trim(), chart.title.trim(), "Chart"].into_iter().find(|text| !text.is_empty()).unwrap_or("Chart");
    Some(ChartPiece {
        id,
        form: chart.kind,
        alt: words.line(alt),
        title: breakable(clipped(title, 80_000), 42_000),
        unit: clipped(words.line(chart.unit.trim()), 20_000),
        rest,
        labels: chart
            .labels
            .iter()
            .take(drawn)
            .map(|label| breakable(clipped(words.line(label.trim()), 28_000), 14_000))
            .collect(),
        series,
        totals: (0..drawn).map(|at| Cell::Count(sum(at)).words()).collect(),
    })
}

#[expect(clippy::cast_precision_loss, reason = "the length of a mark on paper")]
fn share(value: i64, longest: i64) -> f64 {
    (value.max(0) as f64 / longest as f64).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_no_mark_can_show_are_drawn_without_harm() {
        let series = Series { name: "S".to_owned(), values: vec![i64::MAX, i64::MIN, -1] };
        let labels: Vec<String> = (0..90).map(|label| label.to_string()).collect();
        for kind in [ChartKind::Bars, ChartKind::Stacked, ChartKind::Columns] {
            let chart = Chart { kind, labels: labels.clone(), series: vec![series.clone(); 2], ..Chart::default() };
            let piece = piece(&chart, (0, 0), Language::English, &mut Words::default()).unwrap();
            assert!(piece.series.iter().flat_map(|series| &series.shares).all(|share| (0.0..=1.0).contains(share)));
            assert!(piece.rest.contains("of 90") && !piece.alt.is_empty(), "{}", piece.rest);
        }
    }
}
