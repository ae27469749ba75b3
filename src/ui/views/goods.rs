//! Goods: what was planned against what was shipped, received and handed out. Every figure opens the rows behind it.

use chrono::NaiveDate;
use eframe::egui::{self, Align, Button, Label, Layout, Role, Ui, WidgetInfo};
use egui_extras::{Column, TableRow};

use crate::domain::date::FuzzyDate;
use crate::domain::goods::GoodsBy;
use crate::domain::id::Id;
use crate::domain::quantity::Quantity;
use crate::domain::record::LineRole;
use crate::services::queries::{COMPARED, GoodsFigure, GoodsLine, GoodsQuery, GoodsTable, LineFilter};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::goods::LinesArrangement;
use crate::ui::model::route::Route;
use crate::ui::model::scroll::Scroll;
use crate::ui::theme::{self, size, space, window};
use crate::ui::widgets::card;
use crate::ui::widgets::date_field::date_field_ui;
use crate::ui::widgets::empty::empty_ui;
use crate::ui::widgets::long_table::LongTable;
use crate::ui::widgets::segmented::segmented_ui;

/// Paints the page.
pub fn page_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.set_min_height(size::CONTROL);
        ui.label(theme::heading(Route::Goods.label()));
        ui.label(theme::muted("Planned against shipped, received and handed out"));
    });
    choices_ui(ui, model, commands);
    ui.add_space(space::TINY);
    let page = model.goods();
    let Some(table) = page.table.value().cloned() else {
        if let Some(failure) = page.table.failure() {
            empty_ui(ui, icons::ALERT, failure, None);
        }
        return;
    };
    card::frame(ui).inner_margin(0).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        if table.rows.is_empty() {
            let words = "Nothing was planned or shipped in this time. Give a project its plan, or add a shipment";
            empty_ui(ui, icons::GOODS, words, None);
            return;
        }
        table_ui(ui, &table, commands);
    });
}

/// By what goods are summed, and in which period.
fn choices_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let today = model.place().today;
    let page = model.goods_mut();
    let mut wanted = page.arrangement.clone();
    let choices = GoodsBy::ALL.iter().map(|by| (*by, by.label())).collect::<Vec<_>>();
    ui.horizontal(|ui| {
        segmented_ui(ui, "Summed by", &mut wanted.by, &choices);
        let [from, to] = &mut page.typed_dates;
        for (label, text, day, first) in [("From", from, &mut wanted.from, true), ("To", to, &mut wanted.to, false)] {
            ui.add_space(space::SMALL);
            ui.label(theme::small(label));
            ui.scope(|ui| {
                ui.set_width(window::AS_OF);
                let field = date_field_ui(ui, text, today, label, "yyyy-mm-dd or yyyy");
                if field.accessible_name(format!("Period, {}", label.to_lowercase())).changed() {
                    let read = FuzzyDate::parse(text).ok();
                    *day = read.map(|date| if first { date.first() } else { date.last() });
                }
            });
        }
    });
    if wanted != page.arrangement {
        commands.push(Command::ArrangeGoods(wanted));
    }
}

fn table_ui(ui: &mut Ui, table: &GoodsTable, commands: &mut Vec<Command>) {
    ui.visuals_mut().widgets.noninteractive.bg_stroke = egui::Stroke::NONE;
    let id = egui::Id::unique(("goods", table.query.by));
    let mut columns = vec![Column::remainder().at_least(window::FILTER_TEXT).clip(true), Column::exact(window::UNIT)];
    columns.extend(COMPARED.map(|_| Column::exact(window::FIGURE)));
    // Where the table stands belongs to no record and is of no use to anybody else.
    let mut scroll: Scroll = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let long = LongTable { id, columns, count: table.rows.len(), scroll: &mut scroll, reveal: None };
    long.show(
        ui,
        |cells| headings_ui(cells, table.query.by),
        |at, row| {
            if let Some(line) = table.rows.get(at) {
                row_ui(row, &table.query, line, commands);
            }
        },
    );
    ui.data_mut(|data| data.insert_temp(id, scroll));
}

fn headings_ui(cells: &mut TableRow<'_, '_>, by: GoodsBy) {
    for words in [by.label(), "Unit"] {
        cells.col(|ui| {
            ui.add_space(space::MEDIUM);
            ui.add(Label::new(theme::small(words)).truncate());
        });
    }
    for role in COMPARED {
        cells.col(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(space::MEDIUM);
                ui.add(Label::new(theme::small(role.label())).truncate());
            });
        });
    }
}

fn row_ui(row: &mut TableRow<'_, '_>, query: &GoodsQuery, line: &GoodsLine, commands: &mut Vec<Command>) {
    row.col(|ui| {
        ui.add_space(space::MEDIUM);
        let name = if line.key.is_some() { theme::semibold(&line.label) } else { theme::muted(&line.label) };
        ui.add(Label::new(name).truncate()).on_hover_text(&line.reference);
    });
    row.col(|ui| {
        ui.add_space(space::MEDIUM);
        ui.add(Label::new(theme::muted(&line.unit_label)).truncate());
    });
    for (role, figure) in COMPARED.into_iter().zip(line.figures) {
        row.col(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(space::TINY);
                if figure_ui(ui, line, role, figure) {
                    commands.push(Command::ShowLines(Box::new(behind(query, line, role))));
                }
            });
        });
    }
}

/// A figure; true where it was clicked. Where nothing is behind it, a faint dot stands in its place.
fn figure_ui(ui: &mut Ui, line: &GoodsLine, role: LineRole, figure: GoodsFigure) -> bool {
    if figure.lines == 0 {
        ui.add_space(space::SMALL);
        ui.label(theme::muted("·"));
        return false;
    }
    let words = grouped(figure.quantity);
    ui.spacing_mut().button_padding.x = space::SMALL;
    let response = ui.add(Button::new(theme::semibold(&words)).frame_when_inactive(false).truncate());
    let name =
        format!("{words} {}, {}, {}, {} rows", line.unit_label, role.label().to_lowercase(), line.label, figure.lines);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    response.on_hover_text(&name).clicked()
}

/// Thousandths of a unit as people write them.
#[must_use]
pub fn grouped(thousandths: i64) -> String {
    Quantity::from_thousandths(thousandths).unwrap_or_default().grouped()
}

/// Narrows a period to a month; to nothing but what has no day, where the month is empty.
fn within_month(month: &str, filter: &mut LineFilter) {
    let Ok(month) = FuzzyDate::parse(month) else {
        filter.to = NaiveDate::from_ymd_opt(1, 1, 1);
        return;
    };
    filter.from = Some(filter.from.map_or(month.first(), |from| from.max(month.first())));
    filter.to = Some(filter.to.map_or(month.last(), |to| to.min(month.last())));
}

/// The rows behind a figure of a table of goods.
#[must_use]
pub fn behind(query: &GoodsQuery, line: &GoodsLine, role: LineRole) -> LinesArrangement {
    // An id of 0 stands for rows that name none.
    let key = Some(line.key.unwrap_or(Id(0)));
    let mut filter =
        LineFilter { unit: Some(line.unit.clone()), from: query.from, to: query.to, ..LineFilter::default() };
    match query.by {
        GoodsBy::Category => filter.category = key,
        GoodsBy::Item => filter.item = key,
        GoodsBy::Project => filter.project = key,
        GoodsBy::Fund => filter.fund = key,
        GoodsBy::Month => within_month(&line.reference, &mut filter),
    }
    LinesArrangement::behind(role, filter)
}
