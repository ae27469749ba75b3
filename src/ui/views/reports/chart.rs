//! A chart of a report, painted as the files draw it: bars with their values, so that no axis has to be read.
//!
//! Whoever does not see it is told the same numbers in words.

use eframe::egui::{
    Align2, Color32, Rect, Role, Sense, TextStyle, TextWrapMode, Ui, WidgetInfo, WidgetText, pos2, vec2,
};

use crate::domain::document::{Cell, Chart, ChartKind, Series};
use crate::ui::theme::{self, size, space, window};
use crate::ui::widgets::badge::dot_label_ui;
use crate::ui::widgets::card::card_ui;

/// How many labels are painted; the table beside the chart has them all.
const MOST_LABELS: usize = 40;
/// The categories' colours, in an order in which neighbours are told apart.
const COLOURS: [u8; 8] = [2, 1, 3, 6, 5, 7, 4, 8];
/// The corner of a bar.
const ROUND: f32 = 2.0;

/// Paints a chart.
pub(super) fn chart_ui(ui: &mut Ui, chart: &Chart) {
    if chart.labels.is_empty() || chart.series.is_empty() {
        return;
    }
    card_ui(ui, &chart.title, |ui| {
        legend_ui(ui, chart);
        bars_ui(ui, chart);
        if chart.labels.len() > MOST_LABELS {
            ui.label(theme::muted(format!("{MOST_LABELS} of {} are drawn", chart.labels.len())));
        }
    });
}

/// What the colours are, and in what the values are counted.
fn legend_ui(ui: &mut Ui, chart: &Chart) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::MEDIUM, space::TINY);
        if chart.series.len() > 1 {
            for (at, series) in chart.series.iter().enumerate() {
                dot_label_ui(ui, colour(ui, at), &series.name);
            }
        }
        if !chart.unit.is_empty() {
            ui.label(theme::small(format!("in {}", chart.unit)));
        }
    });
}

fn colour(ui: &Ui, at: usize) -> Color32 {
    theme::category_colour(ui.visuals(), COLOURS[at % COLOURS.len()])
}

fn value(series: &Series, at: usize) -> i64 {
    series.values.get(at).copied().unwrap_or_default()
}

/// The numbers of a chart as a sentence: `Medicines: Budget 40,000, Spent to date 12,960; …`.
fn told(chart: &Chart) -> String {
    let one = |(at, label): (usize, &String)| {
        let values = chart.series.iter().map(|series| format!("{} {}", series.name, words(value(series, at))));
        format!("{label}: {}", values.collect::<Vec<_>>().join(", "))
    };
    let all: Vec<String> = chart.labels.iter().take(MOST_LABELS).enumerate().map(one).collect();
    let unit = if chart.unit.is_empty() { String::new() } else { format!(", in {}", chart.unit) };
    format!("{}{unit}. {}", chart.title, all.join("; "))
}

fn words(value: i64) -> String {
    Cell::Count(value).words()
}

/// The longest mark: a bar, or all bars of a label where they stand one after the other.
fn longest(chart: &Chart) -> i64 {
    let labels = 0..chart.labels.len().min(MOST_LABELS);
    let sum = |at: usize| chart.series.iter().fold(0_i64, |sum, series| sum.saturating_add(value(series, at).max(0)));
    let most = |at: usize| chart.series.iter().map(|series| value(series, at)).max().unwrap_or_default();
    let longest = if chart.kind == ChartKind::Stacked { labels.map(sum).max() } else { labels.map(most).max() };
    longest.unwrap_or_default().max(1)
}

#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "the length of a mark on the screen")]
fn share(value: i64, longest: i64) -> f32 {
    (value.max(0) as f64 / longest as f64).clamp(0.0, 1.0) as f32
}

/// Where things stand in the room of a chart.
struct Room {
    label: f32,
    bar: f32,
    row: f32,
    thick: f32,
}

impl Room {
    fn of(ui: &Ui, chart: &Chart) -> Self {
        let width = ui.available_width();
        let label = window::LABEL.min(width / 3.0);
        // At the end of the longest bar its value has room.
        let bar = (width - label - window::FIGURE - space::MEDIUM).max(space::HUGE);
        let thick = ui.text_style_height(&TextStyle::Small).max(space::MEDIUM);
        let bars = if chart.kind == ChartKind::Stacked { 1 } else { chart.series.len() };
        let row = f32::from(u8::try_from(bars).unwrap_or(u8::MAX)) * (thick + ROUND) + space::SMALL;
        Self { label, bar, row, thick }
    }
}

fn bars_ui(ui: &mut Ui, chart: &Chart) {
    let room = Room::of(ui, chart);
    let labels = chart.labels.len().min(MOST_LABELS);
    let high = f32::from(u8::try_from(labels).unwrap_or(u8::MAX)) * room.row;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), high), Sense::hover());
    if ui.is_rect_visible(rect) {
        let longest = longest(chart);
        let mut top = rect.top();
        for (at, label) in chart.labels.iter().take(MOST_LABELS).enumerate() {
            label_ui(ui, label, Rect::from_min_size(pos2(rect.left(), top), vec2(room.label, room.row)));
            row_ui(ui, chart, at, longest, pos2(rect.left() + room.label + space::SMALL, top), &room);
            top += room.row;
        }
        let ground = rect.left() + room.label + space::SMALL;
        let line = (size::HAIRLINE, theme::palette(ui.visuals()).control_line);
        ui.painter().vline(ground, rect.y_range(), line);
    }
    let name = told(chart);
    response.widget_info(|| WidgetInfo::labeled(Role::Figure, true, &name));
}

/// A label, against the bars.
fn label_ui(ui: &Ui, label: &str, room: Rect) {
    let text = WidgetText::from(theme::small(label).color(ui.visuals().text_color()));
    let galley = text.into_galley(ui, Some(TextWrapMode::Truncate), room.width(), TextStyle::Small);
    let at = pos2(room.right() - galley.size().x, room.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, ui.visuals().text_color());
}

/// The bars of one label.
fn row_ui(ui: &Ui, chart: &Chart, at: usize, longest: i64, start: eframe::egui::Pos2, room: &Room) {
    let font = TextStyle::Small.resolve(ui.style());
    let text = ui.visuals().text_color();
    let mut place = start + vec2(0.0, space::SMALL / 2.0);
    let mut sum = 0_i64;
    for (series_at, series) in chart.series.iter().enumerate() {
        let own = value(series, at);
        let bar = Rect::from_min_size(place, vec2(room.bar * share(own, longest), room.thick));
        ui.painter().rect_filled(bar, ROUND, colour(ui, series_at));
        if chart.kind == ChartKind::Stacked {
            place.x = bar.right();
            sum = sum.saturating_add(own);
        } else {
            let end = pos2(bar.right() + space::TINY, bar.center().y);
            ui.painter().text(end, Align2::LEFT_CENTER, words(own), font.clone(), text);
            place.y += room.thick + ROUND;
        }
    }
    if chart.kind == ChartKind::Stacked {
        let end = place + vec2(space::TINY, room.thick / 2.0);
        ui.painter().text(end, Align2::LEFT_CENTER, words(sum), font, text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui_kittest::kittest::Queryable as _;

    fn chart(kind: ChartKind) -> Chart {
        let series = |name: &str, values: &[i64]| Series { name: name.to_owned(), values: values.to_vec() };
        Chart {
            title: "Budget and spending".to_owned(),
            unit: "USD".to_owned(),
            kind,
            labels: vec!["Medicines".to_owned(), "Transport".to_owned()],
            series: vec![series("Budget", &[40_000, 20_000]), series("Spent", &[12_960, i64::MIN])],
            ..Chart::default()
        }
    }

    #[test]
    fn who_does_not_see_a_chart_is_told_its_numbers() {
        let harness = crate::ui::testing::harness([600.0, 300.0], chart(ChartKind::Bars), |ui, chart| {
            chart_ui(ui, chart);
        });
        harness.get_by_label(
            "Budget and spending, in USD. Medicines: Budget 40,000, Spent 12,960; Transport: Budget 20,000, Spent -9,223,372,036,854,775,808",
        );
    }

    #[test]
    fn the_longest_mark_is_whole_and_none_is_longer() {
        for (kind, whole) in [(ChartKind::Bars, 40_000), (ChartKind::Stacked, 52_960)] {
            let chart = chart(kind);
            assert_eq!(longest(&chart), whole);
            assert!((share(whole, longest(&chart)) - 1.0).abs() < f32::EPSILON);
        }
        for value in [i64::MIN, -1, 0, i64::MAX] {
            assert!((0.0..=1.0).contains(&share(value, 1)));
        }
    }
}
