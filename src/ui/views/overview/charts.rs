//! The charts: answers and deliveries by month, with the policy events that may have moved them.

use eframe::egui::{Align2, Id, Rect, Role, Sense, Stroke, TextStyle, Ui, WidgetInfo, WidgetText, pos2, vec2};
use egui_plot::{AxisHints, BarChart, GridInput, GridMark, Plot, PlotPoint, PlotTransform, VLine};

use super::OverviewAction;
use super::prepared::Prepared;
use super::series::{Chart, month, place};
use crate::services::queries::PolicyMark;
use crate::ui::icons;
use crate::ui::theme::{self, size, space};
use crate::ui::widgets::badge::dot_label_ui;
use crate::ui::widgets::card::card_ui;
use crate::ui::widgets::empty::empty_ui;

/// The room over the highest bar, for the flags.
const HEADROOM: f64 = 1.18;

/// Steps of the axes, in months.
const MONTH_STEPS: [i32; 7] = [1, 2, 3, 6, 12, 24, 60];

/// Answers by month and outcome.
pub fn answers_ui(ui: &mut Ui, prepared: &Prepared, actions: &mut Vec<OverviewAction>) {
    let words =
        ("Answers by month", "Counts filings by the month of their answer, by what was answered", "No answer yet");
    chart_ui(ui, &prepared.answers, words, &prepared.of.policy_events, actions);
}

/// Deliveries by month and category.
pub fn deliveries_ui(ui: &mut Ui, prepared: &Prepared, actions: &mut Vec<OverviewAction>) {
    let words = (
        "Deliveries by month",
        "Counts receipts by month and category. A receipt of several categories counts in each",
        "No delivery has been received yet",
    );
    chart_ui(ui, &prepared.deliveries, words, &prepared.of.policy_events, actions);
}

fn chart_ui(
    ui: &mut Ui,
    chart: &Chart,
    (heading, counts, nothing): (&'static str, &str, &str),
    events: &[PolicyMark],
    actions: &mut Vec<OverviewAction>,
) {
    card_ui(ui, heading, |ui| {
        ui.label(theme::small(counts));
        if chart.total == 0 {
            empty_ui(ui, icons::PLANNED, nothing, None);
            return;
        }
        legend_ui(ui, chart);
        let shown: Vec<&PolicyMark> =
            events.iter().filter(|event| chart.axis().contains(&f64::from(place(event.on)))).collect();
        let plot = plot_ui(ui, chart, heading, &shown);
        flags_ui(ui, heading, &plot, &shown, actions);
    });
}

fn legend_ui(ui: &mut Ui, chart: &Chart) {
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        ui.spacing_mut().item_spacing = vec2(space::MEDIUM, space::TINY);
        ui.horizontal_wrapped(|ui| {
            for series in &chart.series {
                dot_label_ui(ui, series.colour(ui.visuals()), &series.label);
            }
        });
    });
}

fn plot_ui(ui: &mut Ui, chart: &Chart, heading: &'static str, events: &[&PolicyMark]) -> PlotTransform {
    let palette = theme::palette(ui.visuals());
    let width = ui.available_width();
    let colours: Vec<_> = chart.series.iter().map(|series| series.colour(ui.visuals())).collect();
    let top = f64::from(i32::try_from(chart.highest).unwrap_or(i32::MAX)) * HEADROOM;
    let output = still_plot(ui, heading, chart, width).show(ui, |plot| {
        plot.set_plot_bounds_x(chart.axis());
        plot.set_plot_bounds_y(0.0..=top);
        for event in events {
            let line = Stroke::new(size::HAIRLINE, palette.hairline);
            plot.vline(VLine::new("", f64::from(place(event.on))).stroke(line).allow_hover(false));
        }
        for (series, colour) in chart.series.iter().zip(colours) {
            let bars = series.bars.iter().map(|bar| bar.clone().fill(colour).stroke(Stroke::NONE)).collect();
            plot.bar_chart(BarChart::new(series.label.as_str(), bars).allow_hover(false));
        }
    });
    let name = format!(
        "{heading}, {} to {}",
        month(chart.range.unwrap_or_default().0),
        month(chart.range.unwrap_or_default().1)
    );
    output.response.widget_info(|| WidgetInfo::labeled(Role::Figure, true, &name));
    let hovered = output.response.hover_pos().map(|at| output.transform.value_from_position(at).x.round());
    // The range of the axis is a few thousand months, so nothing is lost.
    #[expect(clippy::cast_possible_truncation, reason = "a month's place fits by far")]
    if let Some(words) = hovered.and_then(|at| chart.months.get(&(at as i32))) {
        output.response.on_hover_text_at_pointer(words);
    }
    output.transform
}

/// A plot that neither moves nor zooms, so that scrolling the page scrolls the page.
fn still_plot<'a>(ui: &Ui, heading: &'static str, chart: &Chart, width: f32) -> Plot<'a> {
    let step = month_step(chart, width);
    let highest = chart.highest;
    Plot::new(heading)
        .height(size::CHART)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_drag(false)
        .allow_boxed_zoom(false)
        .allow_axis_zoom_drag(false)
        .allow_double_click_reset(false)
        .show_crosshair(false)
        .show_x(false)
        .show_y(false)
        .show_background(false)
        .show_grid([false, true])
        .label_formatter(|_| None)
        .x_grid_spacer(move |input| month_marks(&input, step))
        .y_grid_spacer(move |input| count_marks(&input, highest))
        .grid_color(theme::palette(ui.visuals()).hairline)
        .grid_fade(0.0)
        .custom_x_axes(vec![axis(ui, AxisHints::new_x()).formatter(month_label)])
        .custom_y_axes(vec![axis(ui, AxisHints::new_y()).formatter(count_label)])
}

fn axis<'a>(ui: &Ui, hints: AxisHints<'a>) -> AxisHints<'a> {
    hints
        .label_spacing(size::TINY_STEP..=size::SMALL_STEP)
        .tick_label_color(theme::palette(ui.visuals()).text_muted)
        .tick_label_font(TextStyle::Small.resolve(ui.style()))
}

#[expect(clippy::cast_possible_truncation, reason = "a month's place fits by far")]
fn month_label(mark: GridMark, _range: &std::ops::RangeInclusive<f64>) -> String {
    month(mark.value.round() as i32)
}

fn count_label(mark: GridMark, _range: &std::ops::RangeInclusive<f64>) -> String {
    // The nought would stand on the first month.
    if mark.value < 0.5 {
        return String::new();
    }
    format!("{:.0}", mark.value)
}

/// The shortest step at which the months under the axis do not touch.
fn month_step(chart: &Chart, width: f32) -> i32 {
    let (first, last) = chart.range.unwrap_or_default();
    let months = f64::from(last - first + 2);
    let room = f64::from(width / size::MONTH_LABEL).max(1.0);
    MONTH_STEPS.into_iter().find(|step| months / f64::from(*step) <= room).unwrap_or(120)
}

#[expect(clippy::cast_possible_truncation, reason = "a month's place fits by far")]
fn month_marks(input: &GridInput, step: i32) -> Vec<GridMark> {
    let (first, last) = (input.bounds.0.ceil() as i32, input.bounds.1.floor() as i32);
    let mark = |at: i32| GridMark { value: f64::from(at), step_size: f64::from(step) };
    (first..=last).filter(|at| at.rem_euclid(step) == 0).map(mark).collect()
}

/// Whole numbers, five or so of them.
fn count_marks(input: &GridInput, highest: i64) -> Vec<GridMark> {
    let steps = (0..9).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_i32.pow(power)));
    let step = steps.into_iter().find(|step| i64::from(*step) * 5 >= highest).unwrap_or(i32::MAX);
    let marks = (0..=6).map(|at| f64::from(at) * f64::from(step));
    let mark = |value: f64| GridMark { value, step_size: f64::from(step) };
    marks.take_while(|value| *value <= input.bounds.1).map(mark).collect()
}

/// A flag over each policy event: its title on hover, the record on a click.
fn flags_ui(
    ui: &mut Ui,
    heading: &str,
    transform: &PlotTransform,
    events: &[&PolicyMark],
    actions: &mut Vec<OverviewAction>,
) {
    let palette = theme::palette(ui.visuals());
    for event in events {
        let x = transform.position_from_point(&PlotPoint::new(f64::from(place(event.on)), 0.0)).x;
        let centre = pos2(x + size::DOT, transform.frame().top() + size::BADGE / 2.0);
        let rect = Rect::from_center_size(centre, vec2(size::BADGE, size::BADGE));
        let flag = ui.interact(rect, Id::unique(("flag", heading, event.id)), Sense::click());
        let colour = if flag.hovered() || flag.has_focus() { palette.accent } else { palette.text_muted };
        let font = TextStyle::Small.resolve(ui.style());
        ui.painter().text(centre, Align2::CENTER_CENTER, icons::FLAG, font, colour);
        let words = format!("{}  {}", event.date, event.title);
        flag.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
        if flag.on_hover_text(WidgetText::from(words.as_str())).clicked() {
            actions.push(OverviewAction::OpenRecord(event.id));
        }
    }
}
