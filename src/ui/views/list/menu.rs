//! The menu of a cell: copy it, its row, or all rows.

use eframe::egui::Response;

use crate::domain::record::RecordKind;
use crate::services::queries::ListRow;
use crate::ui::command::Command;
use crate::ui::model::columns::ColumnSpec;
use crate::ui::model::gather::{Copied, counted};
use crate::ui::model::list::ListState;

/// How many letters of a value stand in the menu.
const SHORT: usize = 32;

/// Offers the menu on a right click.
pub(super) fn cell_menu(
    cell: &Response,
    column: &ColumnSpec,
    row: &ListRow,
    kind: RecordKind,
    list: &ListState,
    commands: &mut Vec<Command>,
) {
    cell.context_menu(|ui| {
        let value = column.text(row);
        if !value.is_empty() && ui.button(format!("Copy “{}”", shortened(&value))).clicked() {
            commands.push(Command::CopyText(value));
            ui.close();
        }
        if ui.button("Copy row").clicked() {
            commands.push(Command::Copy(kind, Copied::Row(row.id)));
            ui.close();
        }
        let selected = list.rows.selection.len();
        let (words, copied) = if selected == 0 {
            let all = list.len().unwrap_or_default();
            (format!("Copy all {}", counted(all, "row", "rows")), Copied::All)
        } else {
            (format!("Copy {}", counted(selected, "selected row", "selected rows")), Copied::Chosen)
        };
        if ui.button(words).clicked() {
            commands.push(Command::Copy(kind, copied));
            ui.close();
        }
    });
}

fn shortened(value: &str) -> String {
    let mut letters = value.chars();
    let short: String = letters.by_ref().take(SHORT).collect();
    if letters.next().is_some() { format!("{short}…") } else { short }
}
