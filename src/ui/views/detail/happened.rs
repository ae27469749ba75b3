//! What happened to a record, as dots on a line, and who changed it.

use eframe::egui::{Align, Label, Layout, Link, Rect, Role, Sense, Stroke, TextStyle, Ui, WidgetInfo, pos2, vec2};

use crate::services::queries::{HistoryEntry, TimelineEntry};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::theme::{self, size, space, window};
use crate::ui::widgets::card;

/// Paints the timeline, oldest first; what lies after the day that is looked at is faint.
pub fn timeline_ui(ui: &mut Ui, entries: &[TimelineEntry], commands: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let last = entries.len().saturating_sub(1);
    for (at, entry) in entries.iter().enumerate() {
        ui.push_id((entry.id, at), |ui| entry_ui(ui, entry, at < last, commands));
    }
}

fn entry_ui(ui: &mut Ui, entry: &TimelineEntry, goes_on: bool, commands: &mut Vec<Command>) {
    let row = ui.horizontal_top(|ui| {
        let line = ui.text_style_height(&TextStyle::Body);
        let room = vec2(window::DATE, line);
        ui.allocate_ui_with_layout(room, Layout::top_down(Align::Min), |ui| {
            ui.set_width(room.x);
            ui.add(Label::new(theme::muted(&entry.date)).truncate());
        });
        let (dot, _response) = ui.allocate_exact_size(vec2(space::LARGE, line), Sense::hover());
        ui.vertical(|ui| {
            let title = if entry.later { format!("{} (later)", entry.title) } else { entry.title.clone() };
            let words = if entry.later { theme::muted(&title) } else { theme::semibold(&title) };
            let named = format!("{}, {title}", entry.date);
            if ui.add(Link::new(words)).accessible_name(named).clicked() {
                commands.push(Command::Open(entry.id));
            }
            if !entry.text.is_empty() {
                ui.add(Label::new(theme::muted(&entry.text)).wrap());
            }
            ui.add_space(space::LARGE);
        });
        dot
    });
    if goes_on {
        paint_line(ui, row.inner, row.response.rect);
    }
    paint_dot(ui, row.inner, entry.later);
}

fn paint_line(ui: &Ui, dot: Rect, row: Rect) {
    let from = dot.center() + vec2(0.0, size::DOT + space::TINY);
    let to = pos2(from.x, row.bottom() + space::TINY);
    let stroke = Stroke::new(size::HAIRLINE, theme::palette(ui.visuals()).hairline);
    ui.painter().line_segment([from, to], stroke);
}

fn paint_dot(ui: &Ui, dot: Rect, is_later: bool) {
    let palette = theme::palette(ui.visuals());
    if is_later {
        ui.painter().circle_stroke(dot.center(), size::DOT, Stroke::new(size::HAIRLINE, palette.text_muted));
    } else {
        ui.painter().circle_filled(dot.center(), size::DOT, palette.accent);
    }
}

/// Paints who changed the record, newest first.
pub fn history_ui(ui: &mut Ui, entries: &[HistoryEntry]) {
    for entry in entries {
        card::inset_frame(ui).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.horizontal_wrapped(|ui| {
                ui.label(theme::semibold(crate::ui::views::upper_first(&entry.what)));
                ui.label(theme::muted(format!("{}, {}", entry.actor, entry.at)));
            });
            for (field, before, after) in &entry.changes {
                change_ui(ui, field, before, after);
            }
        });
    }
}

fn change_ui(ui: &mut Ui, field: &str, before: &str, after: &str) {
    let shown = |text: &str| if text.is_empty() { "empty".to_owned() } else { text.to_owned() };
    let (before, after) = (shown(before), shown(after));
    let row = ui.horizontal_wrapped(|ui| {
        ui.label(theme::muted(field));
        ui.add(Label::new(theme::muted(&before)).wrap());
        ui.label(theme::muted(icons::NEXT_DAY));
        ui.add(Label::new(&after).wrap());
    });
    row.response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{field}: {before} to {after}")));
}
