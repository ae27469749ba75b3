//! The matrix of one shipment or trip: lines or legs against instruments, authority by authority. Only the rows in sight are
//! painted, and only as many columns as can be read; arrows bring the others.

use eframe::egui::{self, Align, Button, Frame, Label, Layout, Panel, RichText, Role, Ui, WidgetInfo, vec2};
use egui_extras::{Column, TableRow};

use super::{cell, look};
use crate::domain::record::RecordKind;
use crate::services::coverage::Choose;
use crate::services::queries::{Coverage, CoverageCell, CoverageColumn, CoverageRow};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::coverage::{CellAt, CoverageCommand};
use crate::ui::model::scroll::Scroll;
use crate::ui::theme::{self, size, space, window};
use crate::ui::widgets::button::{icon_button_ui, primary_button_ui, quiet_button_ui};
use crate::ui::widgets::card;
use crate::ui::widgets::empty::empty_ui;
use crate::ui::widgets::long_table::{Heights, LongTable};

/// Paints the shipment or trip that was chosen.
pub(super) fn holder_ui(ui: &mut Ui, model: &mut Model, both: bool, commands: &mut Vec<Command>) {
    let page = model.coverage();
    let Some(matrix) = page.matrix().cloned() else {
        match (page.matrix.failure().map(str::to_owned), page.matrix.is_pending()) {
            (Some(failure), _) => {
                empty_ui(ui, icons::ALERT, &failure, None);
            }
            (None, true) => {
                ui.label(theme::muted("Loading"));
            }
            (None, false) => {
                empty_ui(ui, icons::SEARCH, "This was not known on that day", None);
            }
        }
        return;
    };
    if page.looked().is_some() {
        let height = window::COVERAGE_CELL_PANE.min(ui.available_height() / 2.0);
        Panel::bottom("coverage_cell")
            .exact_size(height)
            .resizable(false)
            .show_separator_line(false)
            .frame(Frame::new().inner_margin(egui::Margin { top: 12, ..egui::Margin::ZERO }))
            .show(ui, |ui| cell::cell_ui(ui, model, commands));
    }
    card::frame(ui).inner_margin(0).show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        ui.spacing_mut().item_spacing.y = 0.0;
        Frame::new().inner_margin(egui::Margin { bottom: 4, ..egui::Margin::same(12) }).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::SMALL;
            head_ui(ui, model, &matrix, both, commands);
        });
        if matrix.rows.is_empty() || matrix.columns.is_empty() {
            let words = match (matrix.rows.is_empty(), matrix.holder.kind) {
                (true, RecordKind::Trip) => "The trip has no travellers yet",
                (true, _) => "The shipment has no lines yet",
                (false, _) => "No rule asks for anything, and nothing is booked",
            };
            empty_ui(ui, icons::CHECKS, words, None);
            return;
        }
        table_ui(ui, model, &matrix, commands);
    });
}

/// Which it is, how it stands and what can be done with it.
fn head_ui(ui: &mut Ui, model: &Model, matrix: &Coverage, both: bool, commands: &mut Vec<Command>) {
    let link = &matrix.holder;
    ui.horizontal(|ui| {
        let back = CoverageCommand::ShowList.text();
        if !both && quiet_button_ui(ui, icons::BACK, back).accessible_name(back).clicked() {
            commands.push(Command::Coverage(CoverageCommand::ShowList));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let counts = format!("{} settled, {} open", matrix.settled, matrix.open);
            ui.label(theme::muted(counts));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let words = format!("{} {}  {}", icons::for_kind(link.kind), link.reference, link.title);
                ui.scope(|ui| {
                    ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
                    let name = format!("Open {} {}", link.reference, link.title);
                    if ui.add(egui::Link::new(theme::section(words))).accessible_name(name).clicked() {
                        commands.push(Command::Open(link.id));
                    }
                });
            });
        });
    });
    if let Some(known) = matrix.as_known {
        let colours = theme::Tone::Warn.colours(ui.visuals());
        let words = format!("{} As it was known at the end of {known}", icons::HISTORY);
        ui.add(Label::new(RichText::new(words).color(colours.text)).truncate());
    } else if link.kind == RecordKind::Shipment {
        actions_ui(ui, model, matrix.open, commands);
    }
}

fn actions_ui(ui: &mut Ui, model: &Model, open: usize, commands: &mut Vec<Command>) {
    // What is booked and signed today is no matter of another day.
    let enabled = !model.place().read_only && !model.is_writing() && model.as_of().is_none();
    ui.add_enabled_ui(enabled, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.y = space::TINY;
            let clear = CoverageCommand::AskClearance;
            for command in [CoverageCommand::Book(Choose::Only), CoverageCommand::Book(Choose::EarliestExpiry)] {
                let words = format!("{} {}", icons::BOOKING, command.text());
                if ui.add_enabled(open > 0, Button::new(words)).accessible_name(command.text()).clicked() {
                    commands.push(Command::Coverage(command));
                }
            }
            if primary_button_ui(ui, icons::RECEIPT, clear.text()).accessible_name(clear.text()).clicked() {
                commands.push(Command::Coverage(clear));
            }
        });
    });
}

/// Which columns are shown, and how wide.
#[derive(Clone, Copy)]
struct Shown {
    first: usize,
    count: usize,
    width: f32,
}

impl Shown {
    fn of(room: f32, wanted: usize, all: usize) -> Self {
        let mut count = 0_usize;
        let mut used = 0.0;
        while used + window::COVERAGE_CELL <= room && count < all {
            used += window::COVERAGE_CELL;
            count += 1;
        }
        let count = count.max(1);
        let first = wanted.min(all.saturating_sub(count));
        let places = f32::from(u16::try_from(count).unwrap_or(u16::MAX));
        Self { first, count, width: (room / places).clamp(window::COVERAGE_CELL, window::COVERAGE_CELL * 1.5) }
    }

    fn range(self) -> std::ops::Range<usize> {
        self.first..self.first + self.count
    }
}

fn table_ui(ui: &mut Ui, model: &Model, matrix: &Coverage, commands: &mut Vec<Command>) {
    ui.visuals_mut().widgets.noninteractive.bg_stroke = egui::Stroke::NONE;
    let page = model.coverage();
    let room = ui.available_width() - ui.spacing().scroll.bar_width;
    let label = if room >= 640.0 { window::COVERAGE_LABEL } else { window::COVERAGE_LABEL_NARROW };
    let shown = Shown::of(room - label, page.first_column, matrix.columns.len());
    if shown.count < matrix.columns.len() {
        steps_ui(ui, matrix, shown, commands);
    }
    let id = egui::Id::unique(("coverage", matrix.holder.id));
    let mut columns = vec![Column::remainder().at_least(label).clip(true)];
    columns.extend(shown.range().map(|_| Column::exact(shown.width).clip(true)));
    // Where the table stands belongs to no record and is of no use to anybody else.
    let mut scroll: Scroll = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let table = LongTable { id, columns, count: matrix.rows.len(), scroll: &mut scroll, reveal: None };
    table.show_with(
        ui,
        Heights { heading: size::COVERAGE_HEADING, row: size::ROW_TWO },
        |cells| headings_ui(cells, matrix, shown),
        |at, row| {
            if let Some(line) = matrix.rows.get(at) {
                row_ui(row, (at, line), matrix, (shown, page.cell), commands);
            }
        },
    );
    ui.data_mut(|data| data.insert_temp(id, scroll));
}

/// Which of the columns are in sight, and the way to the others.
fn steps_ui(ui: &mut Ui, matrix: &Coverage, shown: Shown, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.add_space(space::MEDIUM);
        let last = shown.first + shown.count;
        let all = matrix.columns.len();
        let mut step = |ui: &mut Ui, icon, name, to: usize, enabled| {
            if ui.add_enabled_ui(enabled, |ui| icon_button_ui(ui, icon, name).clicked()).inner {
                commands.push(Command::Coverage(CoverageCommand::Columns(to)));
            }
        };
        step(ui, icons::PREVIOUS_DAY, "Columns before", shown.first.saturating_sub(shown.count), shown.first > 0);
        ui.label(theme::small(format!("Instruments {} to {last} of {all}", shown.first + 1)));
        step(ui, icons::NEXT_DAY, "Columns after", last, last < all);
        let hidden = matrix.rows.iter().flat_map(|row| row.cells.iter().enumerate());
        let open = hidden.filter(|(at, cell)| {
            !shown.range().contains(at) && cell.as_ref().is_some_and(|cell| !cell.state.is_settled())
        });
        let open = open.count();
        if open > 0 {
            ui.add(Label::new(theme::small(format!("{open} open cells are out of sight"))).truncate());
        }
    });
}

fn headings_ui(cells: &mut TableRow<'_, '_>, matrix: &Coverage, shown: Shown) {
    let first = if matrix.holder.kind == RecordKind::Trip { "Traveller and leg" } else { "Line and quantity" };
    cells.col(|ui| bottom_ui(ui, first));
    for at in shown.range() {
        let Some(column) = matrix.columns.get(at) else { continue };
        let before = at.checked_sub(1).filter(|before| *before >= shown.first);
        let before = before.and_then(|before| matrix.columns.get(before));
        let begins = before.is_none_or(|before| before.authority != column.authority);
        cells.col(|ui| column_ui(ui, column, begins));
    }
}

fn bottom_ui(ui: &mut Ui, words: &str) {
    ui.with_layout(Layout::bottom_up(Align::Min), |ui| {
        ui.add_space(space::SMALL);
        ui.horizontal(|ui| {
            ui.add_space(space::MEDIUM);
            ui.add(Label::new(theme::small(words)).truncate());
        });
    });
}

/// An instrument: its authority where a new one begins, its name, where and when it is used.
fn column_ui(ui: &mut Ui, column: &CoverageColumn, begins: bool) {
    let used = match column.used_on.as_str() {
        "" => column.used_at.clone(),
        day => format!("{}, {day}", column.used_at),
    };
    let whole = format!("{}: {}, used at {}", column.authority, column.name, used.to_lowercase());
    let frame = ui.vertical(|ui| {
        ui.set_max_width(ui.available_width() - space::SMALL);
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.add_space(space::TINY);
        let authority = if begins { column.authority.as_str() } else { " " };
        ui.add(Label::new(theme::small(authority).strong()).truncate());
        ui.add(Label::new(theme::semibold(&column.name)).truncate());
        ui.add(Label::new(theme::small(&column.used_at)).truncate());
        // What is only planned has the icon of what is planned; the pointer tells it in words.
        let used_on = match (column.used_on.as_str(), column.used_on.strip_suffix(" planned")) {
            ("", _) => " ".to_owned(),
            (_, Some(day)) => format!("{} {day}", icons::PLANNED),
            (day, None) => day.to_owned(),
        };
        ui.add(Label::new(theme::small(used_on)).truncate());
    });
    let response = frame.response.on_hover_text(&whole);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &whole));
}

fn row_ui(
    row: &mut TableRow<'_, '_>,
    (at, line): (usize, &CoverageRow),
    matrix: &Coverage,
    (shown, looked): (Shown, Option<CellAt>),
    commands: &mut Vec<Command>,
) {
    row.col(|ui| {
        ui.add_space(space::MEDIUM);
        let words = line.line.map_or_else(|| line.label.clone(), |number| format!("{number}. {}", line.label));
        ui.vertical(|ui| {
            ui.set_max_width(ui.available_width() - space::SMALL);
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.add_space(space::TINY);
            let whole = format!("{words}, {}", line.amount);
            ui.add(Label::new(theme::semibold(&words)).truncate()).on_hover_text(&whole);
            ui.add(Label::new(theme::small(&line.amount)).truncate()).on_hover_text(whole);
        });
    });
    for column_at in shown.range() {
        let (Some(column), Some(cell)) = (matrix.columns.get(column_at), line.cells.get(column_at)) else { continue };
        row.col(|ui| {
            let here = CellAt { row: at, instrument: column.instrument };
            let Some(cell) = cell else {
                ui.add_space(space::SMALL);
                ui.label(theme::muted("·"));
                return;
            };
            if badge_ui(ui, cell, &format!("{}, {}", line.label, column.name), looked == Some(here)) {
                let look = if looked == Some(here) { None } else { Some(here) };
                commands.push(Command::Coverage(CoverageCommand::Look(look)));
            }
        });
    }
}

/// A cell as icon, word and number; true where it was clicked.
fn badge_ui(ui: &mut Ui, cell: &CoverageCell, of: &str, looked: bool) -> bool {
    let colours = look::tone(cell.state).colours(ui.visuals());
    let words = RichText::new(format!("{} {}", look::icon(cell.state), cell.brief())).color(colours.text);
    let fill = if looked { theme::palette(ui.visuals()).accent_soft } else { colours.fill };
    let room = vec2(ui.available_width() - space::SMALL, size::CONTROL_SMALL);
    let response = ui
        .scope(|ui| {
            ui.spacing_mut().button_padding = vec2(space::SMALL, 2.0);
            ui.set_max_width(room.x);
            let visuals = ui.visuals_mut();
            for state in [&mut visuals.widgets.inactive, &mut visuals.widgets.hovered, &mut visuals.widgets.active] {
                state.bg_stroke = egui::Stroke::NONE;
            }
            if looked {
                visuals.widgets.inactive.bg_stroke = egui::Stroke::new(1.5, colours.text);
            }
            visuals.widgets.hovered.bg_stroke = egui::Stroke::new(size::HAIRLINE, colours.text);
            let text = egui::Atom::from(words.text_style(egui::TextStyle::Small));
            let button = Button::new((egui::AtomExt::atom_shrink(text, true), egui::Atom::grow()));
            ui.add(button.fill(fill).min_size(room).truncate())
        })
        .inner;
    let name = format!("{of}: {}", cell.words);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, looked, &name));
    let tip = if cell.mend.is_empty() { cell.words.clone() } else { format!("{}\n{}", cell.words, cell.mend) };
    response.on_hover_text(tip).clicked()
}
