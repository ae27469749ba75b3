//! How the columns of a list are painted.

use eframe::egui::{Label, RichText, Ui};
use egui_extras::Column;

use crate::domain::status::Validity;
use crate::domain::summary::Source;
use crate::services::queries::{ListRow, StatusCell};
use crate::ui::icons;
use crate::ui::model::columns::{ColumnSpec, NARROWEST, Shows};
use crate::ui::theme;
use crate::ui::widgets::badge::{category_tag_ui, status_badge_ui};

/// The room of a column.
pub(super) fn table_column(column: &ColumnSpec, is_wide: bool) -> Column {
    if is_wide {
        Column::remainder().at_least(column.width.min(NARROWEST)).clip(true)
    } else {
        Column::initial(column.width).at_least(column.width.min(NARROWEST)).clip(true).resizable(true)
    }
}

/// Paints a cell.
pub(super) fn cell_ui(column: &ColumnSpec, ui: &mut Ui, row: &ListRow) {
    match column.shows {
        Shows::Reference => reference_ui(ui, row),
        Shows::Title => text_ui(ui, &row.title),
        Shows::Applicant => text_ui(ui, if row.applicant.is_empty() { "Ours" } else { &row.applicant }),
        Shows::Authority => text_ui(ui, &row.authority_name),
        Shows::Instrument => text_ui(ui, &row.instrument_name),
        Shows::Project => text_ui(ui, &row.project),
        Shows::Parent => text_ui(ui, &row.parent),
        Shows::Begun => date_ui(ui, &row.begun_on),
        Shows::Settled => date_ui(ui, &row.settled_on),
        Shows::Until => date_ui(ui, &row.until_on),
        Shows::Categories => categories_ui(ui, row),
        Shows::Status => status_ui(ui, row.status.as_ref()),
        Shows::Validity => validity_ui(ui, row.status.as_ref()),
    }
}

fn reference_ui(ui: &mut Ui, row: &ListRow) {
    if row.source == Source::Public {
        ui.label(theme::muted(icons::PUBLIC).small()).on_hover_text("Of the public record, not ours");
    }
    ui.add(Label::new(theme::semibold(&row.reference)).truncate());
}

fn text_ui(ui: &mut Ui, text: &str) {
    ui.add(Label::new(text).truncate());
}

fn date_ui(ui: &mut Ui, date: &str) {
    let text = if date.is_empty() { theme::muted("–") } else { RichText::new(date) };
    ui.add(Label::new(text).truncate());
}

fn categories_ui(ui: &mut Ui, row: &ListRow) {
    let Some((first, rest)) = row.categories.split_first() else { return };
    let names: Vec<&str> = row.categories.iter().map(|tag| tag.name.as_str()).collect();
    let names = names.join(", ");
    category_tag_ui(ui, first).on_hover_text(&names);
    if !rest.is_empty() {
        ui.label(theme::small(format!("+{}", rest.len()))).on_hover_text(&names);
    }
}

fn status_ui(ui: &mut Ui, status: Option<&StatusCell>) {
    let Some(status) = status else { return };
    let since = format!("{} since {}", status.label, status.since);
    let hint = if status.was.is_empty() { since } else { format!("{since}; was: {}", status.was) };
    status_badge_ui(ui, &status.word, &status.label).on_hover_text(hint);
}

fn validity_ui(ui: &mut Ui, status: Option<&StatusCell>) {
    let validity = status.and_then(|status| Validity::from_word(&status.validity));
    match validity {
        None | Some(Validity::None) => {
            ui.label(theme::muted("–"));
        }
        Some(validity) => {
            status_badge_ui(ui, validity.word(), validity.label());
        }
    }
}
