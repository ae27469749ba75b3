//! The bar on top: which workspace, whose records, as of which day, what is new, what can be taken back.

use eframe::egui::{Align, Atom, AtomExt as _, Button, Frame, Layout, Margin, Panel, RichText, Stroke, Ui, vec2};

use crate::domain::date;
use crate::services::queries::Sources;
use crate::ui::command::{Command, shortcut_words};
use crate::ui::exchange::Opening;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::route::NEW_MENU;
use crate::ui::theme::{self, size, space, window};
use crate::ui::views::Views;
use crate::ui::widgets::badge::tone_badge_ui;
use crate::ui::widgets::button::primary_button_ui;
use crate::ui::widgets::date_field::date_field_ui;
use crate::ui::widgets::segmented::segmented_ui;

/// Paints the bar.
pub fn bar_ui(ui: &mut Ui, model: &Model, views: &mut Views, commands: &mut Vec<Command>) {
    ui.horizontal_centered(|ui| {
        back_ui(ui, model, commands);
        workspace_ui(ui, model, commands);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            new_menu_ui(ui, model, commands);
            command_icon_ui(ui, icons::REDO, &Command::Redo, model, commands);
            command_icon_ui(ui, icons::RETURNED, &Command::Undo, model, commands);
            command_icon_ui(ui, icons::EXPORT, &Command::AskExport, model, commands);
            ui.add_space(space::SMALL);
            as_of_ui(ui, model, views, commands);
            ui.add_space(space::SMALL);
            sources_ui(ui, model, commands);
            ui.add_space(space::SMALL);
            search_ui(ui, model, commands);
        });
    });
}

fn back_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    command_icon_ui(ui, icons::BACK, &Command::Back, model, commands);
}

/// A command as an icon; its name is its text, and the pointer tells more.
fn command_icon_ui(ui: &mut Ui, icon: &str, command: &Command, model: &Model, commands: &mut Vec<Command>) {
    let enabled = command.is_enabled(model);
    let tooltip = command.tooltip(model);
    let response = ui
        .add_enabled_ui(enabled, |ui| {
            ui.spacing_mut().button_padding.x = space::TINY;
            let side = vec2(size::CONTROL, size::CONTROL);
            ui.add(Button::new(icon).frame_when_inactive(false).min_size(side))
        })
        .inner
        .on_hover_text(&tooltip)
        .on_disabled_hover_text(&tooltip)
        .accessible_name(command.text());
    if response.clicked() {
        commands.push(command.clone());
    }
}

/// What looks like a field and opens the palette, where there is room to type and to see.
fn search_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let [widest, narrowest] = window::SEARCH;
    let room = ui.available_width().min(widest);
    if room < narrowest {
        command_icon_ui(ui, icons::SEARCH, &Command::Palette, model, commands);
        return;
    }
    let palette = theme::palette(ui.visuals());
    let keys = Command::Palette.shortcut().map_or_else(String::new, |keys| shortcut_words(&keys));
    let words = theme::muted(format!("{} {}", icons::SEARCH, Command::Palette.text()));
    let field = Button::new((words.atom_shrink(true), Atom::grow(), theme::small(keys)))
        .fill(palette.card)
        .stroke(Stroke::new(size::HAIRLINE, palette.control_line))
        .min_size(vec2(room, size::CONTROL));
    let tooltip = "Find any record by its name, reference, code or note, and any command";
    if ui.add(field).accessible_name(Command::Palette.text()).on_hover_text(tooltip).clicked() {
        commands.push(Command::Palette);
    }
}

fn workspace_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let place = model.place();
    let name = format!("{} {}", icons::MATTER, place.name());
    let menu = ui.menu_button(theme::semibold(name), |ui| {
        for opening in [Opening::Existing, Opening::New, Opening::ReadOnly] {
            let command = Command::AskWorkspace(opening);
            if ui.button(command.text()).clicked() {
                commands.push(command);
                ui.close();
            }
        }
        ui.separator();
        if ui.button(Command::Quit.text()).clicked() {
            commands.push(Command::Quit);
        }
    });
    let path = place.path.as_ref().map(|path| path.display().to_string());
    menu.response.on_hover_text(path.unwrap_or_else(|| "This workspace is not in a file".to_owned()));
    if place.read_only {
        tone_badge_ui(ui, theme::Tone::Warn, icons::LOCK, "Read only")
            .on_hover_text("Another program has this workspace open, or the file may not be written");
    }
}

fn sources_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let mut sources = model.sources();
    let choices = Sources::ALL.map(|sources| (sources, sources.label()));
    if segmented_ui(ui, "Whose records", &mut sources, &choices) {
        commands.push(Command::Show(sources));
    }
}

fn as_of_ui(ui: &mut Ui, model: &Model, views: &mut Views, commands: &mut Vec<Command>) {
    if views.as_of_shown != model.as_of() {
        views.as_of_shown = model.as_of();
        views.as_of = model.as_of().map_or_else(String::new, |day| day.to_string());
    }
    let today = model.place().today;
    let room = vec2(window::AS_OF, size::CONTROL);
    let changed = ui
        .allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
            ui.set_width(room.x);
            let field = date_field_ui(ui, &mut views.as_of, today, "as of", "Today");
            field
                .accessible_name("As of")
                .on_hover_text("Show what was true on this day, by what is known now")
                .changed()
        })
        .inner;
    ui.label(theme::muted("As of"));
    if changed && is_settled(&views.as_of) {
        let day = date::parse_day(&views.as_of).ok();
        views.as_of_shown = day.filter(|day| *day != today);
        commands.push(Command::AsOf(day));
    }
}

/// Whether the text says which day to look at: a whole day, or nothing for today. Half a date says neither.
fn is_settled(text: &str) -> bool {
    text.trim().is_empty() || date::parse_day(text).is_ok()
}

fn new_menu_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let enabled = !model.place().read_only;
    ui.add_enabled_ui(enabled, |ui| {
        let response = primary_button_ui(ui, icons::ADD, "New").accessible_name("New");
        eframe::egui::Popup::menu(&response).accessible_name("New record").show(|ui| {
            for (at, group) in NEW_MENU.iter().enumerate() {
                if at > 0 {
                    ui.separator();
                }
                for kind in *group {
                    let command = Command::New(*kind);
                    let words = format!("{} {}", icons::for_kind(*kind), kind.label());
                    if ui.button(words).accessible_name(command.text()).clicked() {
                        commands.push(command);
                        ui.close();
                    }
                }
            }
        });
    });
}

/// The bar that says that one does not look at today.
pub fn other_day_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let Some(day) = model.as_of() else { return };
    let colours = theme::Tone::Warn.colours(ui.visuals());
    let frame = Frame::new().fill(colours.fill).inner_margin(Margin::symmetric(16, 6));
    Panel::top("other_day").resizable(false).frame(frame).show(ui, |ui| {
        ui.horizontal(|ui| {
            let side = if day > model.place().today { "in the future" } else { "as it was then, by what is known now" };
            let words = format!("{} You are looking at {}, {side}", icons::HISTORY, day.format("%-d %b %Y"));
            ui.label(RichText::new(words).color(colours.text));
            if ui.button(Command::AsOf(None).text()).clicked() {
                commands.push(Command::AsOf(None));
            }
        });
    });
}
