//! Rows of goods of every kind of record: a list that may have a million rows.

mod filters;
mod table;

use eframe::egui::Ui;

use crate::domain::quantity::group_digits;
use crate::domain::record::LineRole;
use crate::services::queries::GoodsTotal;
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::theme::{self, size, space};
use crate::ui::views::goods::grouped;
use crate::ui::widgets::card;
use crate::ui::widgets::empty::empty_ui;

/// How many sums stand beside the heading; more would be no answer.
const SUMS_MOST: usize = 3;

/// Paints the page.
pub fn page_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    heading_ui(ui, model);
    filters::row_ui(ui, model, commands);
    ui.add_space(space::TINY);
    let rows = &model.lines().rows;
    match (rows.len(), rows.keys.failure().map(str::to_owned)) {
        (None, Some(failure)) => {
            empty_ui(ui, icons::ALERT, &failure, None);
        }
        (Some(0), _) => {
            card::frame(ui).show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                empty_ui(ui, icons::SEARCH, "No rows match these filters", None);
            });
        }
        _ => {
            card::frame(ui).inner_margin(0).show(ui, |ui| table::table_ui(ui, model, commands));
        }
    }
}

fn heading_ui(ui: &mut Ui, model: &Model) {
    let page = model.lines();
    ui.horizontal(|ui| {
        ui.set_min_height(size::CONTROL);
        ui.label(theme::heading(heading(page.arrangement.role)));
        if let Some(count) = page.rows.len() {
            let noun = if count == 1 { "row" } else { "rows" };
            ui.label(theme::muted(format!("{} {noun}", group_digits(&count.to_string()))));
        }
        if let Some(totals) = page.totals.value() {
            ui.label(theme::semibold(sums(totals)));
        }
        if model.sorts_long() {
            ui.label(theme::muted(format!("{} Sorting…", icons::HOURGLASS)));
        }
    });
}

fn heading(role: LineRole) -> String {
    format!("Goods {}", role.label().to_lowercase())
}

/// What the rows add up to: `980 pcs`, `980 pcs · 12.5 t`; where there are many units, their number.
fn sums(totals: &[GoodsTotal]) -> String {
    if totals.len() > SUMS_MOST {
        return format!("in {} units", totals.len());
    }
    let words = |total: &GoodsTotal| {
        let mut words = format!("{} {}", grouped(total.figure.quantity), total.unit_label);
        let Some(beside) = &total.beside else { return words };
        for value in &beside.value {
            words = format!("{words}, {}", value.grouped());
        }
        if beside.damaged != 0 || beside.lost != 0 {
            let usable = grouped(total.figure.quantity - beside.damaged);
            let (damaged, lost) = (grouped(beside.damaged), grouped(beside.lost));
            words = format!("{words}, {damaged} damaged, {lost} lost, {usable} usable");
        }
        words
    };
    totals.iter().map(words).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::queries::{BesideTotal, GoodsFigure};

    #[test]
    fn quantities_of_different_units_are_never_added_up() {
        let total = |unit: &str, quantity| GoodsTotal {
            unit: unit.to_uppercase(),
            unit_label: unit.to_owned(),
            figure: GoodsFigure { quantity, lines: 1 },
            beside: None,
        };
        assert_eq!(sums(&[total("pcs", 980_000), total("t", 12_500)]), "980 pcs · 12.5 t");
        let mut received = total("pcs", 588_000);
        received.beside = Some(BesideTotal { damaged: 18_000, lost: 12_000, value: Vec::new() });
        assert_eq!(sums(&[received]), "588 pcs, 18 damaged, 12 lost, 570 usable");
        assert_eq!(sums(&["a", "b", "c", "d"].map(|unit| total(unit, 1000))), "in 4 units");
    }
}
