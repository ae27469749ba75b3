//! How the values of a column are read where they can mean two things: order of dates, decimal mark, currency, unit.

use eframe::egui::{ComboBox, Ui, vec2};

use crate::domain::schema::FieldKind;
use crate::services::import::fields::{Aim, aims};
use crate::services::import::{ColumnPlan, DateOrder, DecimalMark, Plan, column_letters};
use crate::ui::command::Command;
use crate::ui::forms::{CURRENCIES, Codes, UNITS};
use crate::ui::model::import::Importing;
use crate::ui::theme::{self, size, window};
use crate::ui::widgets::caret::caret;
use crate::ui::widgets::picker::{Choices as _, Picked, Picker, picker_ui};

/// Paints the choices of a column.
pub(super) fn manner_ui(ui: &mut Ui, at: usize, plan: &Plan, aim: Option<&Aim>, commands: &mut Vec<Command>) {
    let (Some(aim), Some(column)) = (aim, plan.columns.get(at)) else {
        ui.label(theme::muted("ignored"));
        return;
    };
    match aim.field.kind {
        _ if aim.is_currency => {}
        FieldKind::Day | FieldKind::FuzzyDay => dates_ui(ui, at, column, commands),
        FieldKind::Quantity | FieldKind::QuantityOrZero | FieldKind::Money | FieldKind::Limit | FieldKind::Rate => {
            decimal_ui(ui, at, column, commands);
            if matches!(aim.field.kind, FieldKind::Money) {
                currency_ui(ui, at, plan, aim, commands);
            } else if has_unit(plan, aim) {
                unit_ui(ui, at, plan, aim, commands);
            }
        }
        _ => {}
    }
}

fn dates_ui(ui: &mut Ui, at: usize, column: &ColumnPlan, commands: &mut Vec<Command>) {
    let shown = column.dates.map_or("Order of dates: as it shows", DateOrder::label);
    let combo = ComboBox::from_id_salt(("import dates", at)).width(window::FILTER_TEXT).icon(caret);
    let shown = combo.selected_text(shown).show_ui(ui, |ui| {
        for order in DateOrder::ALL {
            if ui.selectable_label(column.dates == Some(*order), order.label()).clicked() {
                commands.push(Command::Import(Importing::Dates(at, *order)));
            }
        }
    });
    shown.response.accessible_name(format!("Order of dates in column {}", column_letters(at)));
}

fn decimal_ui(ui: &mut Ui, at: usize, column: &ColumnPlan, commands: &mut Vec<Command>) {
    let shown = column.decimal.map_or("Decimals: as it shows", DecimalMark::label);
    let combo = ComboBox::from_id_salt(("import marks", at)).width(window::FILTER_TEXT).truncate().icon(caret);
    let shown = combo.selected_text(shown).show_ui(ui, |ui| {
        for mark in DecimalMark::ALL {
            if ui.selectable_label(column.decimal == Some(*mark), mark.label()).clicked() {
                commands.push(Command::Import(Importing::Decimal(at, *mark)));
            }
        }
    });
    shown.response.accessible_name(format!("Decimal mark in column {}", column_letters(at)));
}

/// Whether another column fills this field.
fn is_mapped(plan: &Plan, path: &str) -> bool {
    plan.columns.iter().any(|column| column.field.as_deref() == Some(path))
}

fn currency_ui(ui: &mut Ui, at: usize, plan: &Plan, aim: &Aim, commands: &mut Vec<Command>) {
    if is_mapped(plan, &format!("{}.currency", aim.path)) {
        ui.label(theme::muted("currency in a column of its own"));
        return;
    }
    let chosen = plan.columns.get(at).and_then(|column| column.currency.as_deref());
    let label = format!("Currency of column {}", column_letters(at));
    code_ui(ui, &label, "Currency: in each cell", (chosen, &CURRENCIES), |picked| {
        commands.push(Command::Import(Importing::Currency(at, picked)));
    });
}

/// The path of the field for units in the same row.
fn unit_path(aim: &Aim) -> String {
    let list = aim.list_path();
    if list.is_empty() { "unit".to_owned() } else { format!("{list}.unit") }
}

fn has_unit(plan: &Plan, aim: &Aim) -> bool {
    let counts = matches!(aim.field.kind, FieldKind::Quantity | FieldKind::QuantityOrZero | FieldKind::Limit);
    counts && aims(plan.kind).iter().any(|other| other.path == unit_path(aim))
}

fn unit_ui(ui: &mut Ui, at: usize, plan: &Plan, aim: &Aim, commands: &mut Vec<Command>) {
    if is_mapped(plan, &unit_path(aim)) {
        ui.label(theme::muted("unit in a column of its own"));
        return;
    }
    let chosen = plan.columns.get(at).and_then(|column| column.unit.as_deref());
    let label = format!("Unit of column {}", column_letters(at));
    code_ui(ui, &label, "Unit: that of the item", (chosen, &UNITS), |picked| {
        commands.push(Command::Import(Importing::Unit(at, picked)));
    });
}

/// A code out of a long list; `take` gets what is picked, nothing where it is taken away.
fn code_ui(
    ui: &mut Ui,
    label: &str,
    otherwise: &str,
    (chosen, codes): (Option<&str>, &Codes),
    take: impl FnOnce(Option<String>),
) {
    let picker = Picker {
        choices: Some(codes),
        selected: chosen.and_then(|chosen| codes.iter().position(|(code, _)| *code == chosen)),
        otherwise,
        otherwise_is_value: false,
        label,
    };
    let output = ui.allocate_ui(vec2(window::FILTER_TEXT, size::CONTROL), |ui| picker_ui(ui, &picker)).inner;
    match output.picked {
        Some(Picked::At(at)) => take(Some(codes.code(at).to_owned())),
        Some(Picked::Nothing) => take(None),
        None => {}
    }
}
