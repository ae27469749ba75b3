//! The overview as of a day: what stands where, what waits on whom, what expires next, and what happened when.

mod charts;
mod durations;
mod goods;
mod lists;
mod matrix;
mod prepared;
mod row;
mod sealed;
mod series;
mod strip;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use eframe::egui::{Align, Layout, ScrollArea, Ui};

use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::domain::summary::Counted;
use crate::services::queries::{DurationTable, Overview};
use crate::services::sealed::Standings;
use crate::ui::icons;
use crate::ui::model::goods::LinesArrangement;
use crate::ui::theme::{size, space};
use crate::ui::widgets::empty::empty_ui;
pub(super) use prepared::LineText;
use prepared::Prepared;
pub(super) use row::row_ui;
use sealed::SealedText;

/// What a click on the overview asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OverviewAction {
    /// The records behind a figure.
    OpenList {
        /// Their kind.
        kind: RecordKind,
        /// The status they have, as a word; `None` for any.
        status: Option<String>,
        /// The category they count in; `None` for any.
        category: Option<Id>,
    },
    /// The requests whose permission has this validity, as a word.
    OpenValidity(String),
    /// The table of goods.
    OpenGoods,
    /// The rows of goods behind a figure.
    OpenLines(Box<LinesArrangement>),
    /// A record.
    OpenRecord(Id),
    /// A sealed document, and the report that it is of.
    OpenSealed(Id, Option<Id>),
}

/// Which of its lists show everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Waits,
    Expiries,
    Flags,
    Sealed,
    Events,
}

/// The lists that were opened to show everything.
type Opened = std::collections::BTreeSet<Part>;

/// What the overview remembers between frames.
#[derive(Debug)]
pub struct OverviewState {
    counted: Counted,
    opened: Opened,
    prepared: Option<Prepared>,
    /// The time that each authority takes, where it is known already.
    pub durations: Option<Arc<DurationTable>>,
    sealed: Option<SealedText>,
}

impl Default for OverviewState {
    fn default() -> Self {
        Self { counted: Counted::Request, opened: Opened::default(), prepared: None, durations: None, sealed: None }
    }
}

impl OverviewState {
    /// Takes over how sealed documents stand, as far as it is known already.
    pub fn know_sealed(&mut self, known: Option<&Arc<Standings>>) {
        self.sealed = SealedText::follow(self.sealed.take(), known);
    }

    /// Words what this answer shows, unless it is the answer that was worded last.
    fn prepare(&mut self, overview: &Arc<Overview>) {
        if self.prepared.as_ref().is_none_or(|prepared| !Arc::ptr_eq(&prepared.of, overview)) {
            self.prepared = Some(Prepared::new(Arc::clone(overview)));
        }
    }
}

/// Paints the overview over the room there is; it scrolls as a whole.
pub fn overview_ui(
    ui: &mut Ui,
    overview: &Arc<Overview>,
    state: &mut OverviewState,
    actions: &mut Vec<OverviewAction>,
) {
    state.prepare(overview);
    let Some(prepared) = state.prepared.take() else { return };
    strip::title_ui(ui, &prepared);
    ui.add_space(space::SMALL);
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::LARGE;
        if overview.filings == 0 && overview.matrices.iter().all(|matrix| matrix.total == 0) {
            let words = "Nothing is recorded on this day yet. Add a request or a shipment, or choose a later day";
            empty_ui(ui, icons::PLANNED, words, None);
        } else {
            parts_ui(ui, &prepared, state, actions);
        }
        ui.add_space(space::HUGE);
    });
    state.prepared = Some(prepared);
}

fn parts_ui(ui: &mut Ui, prepared: &Prepared, state: &mut OverviewState, actions: &mut Vec<OverviewAction>) {
    strip::validity_ui(ui, prepared, actions);
    side_by_side_ui(ui, |ui, at| match at {
        0 => lists::waits_ui(ui, prepared, &mut state.opened, actions),
        _ => lists::expiries_ui(ui, prepared, &mut state.opened, actions),
    });
    goods::mend_ui(ui, prepared, &mut state.opened, actions);
    if let Some(text) = &state.sealed {
        sealed::sealed_ui(ui, text, &mut state.opened, actions);
    }
    matrix::matrix_ui(ui, prepared, &mut state.counted, actions);
    goods::goods_ui(ui, prepared, actions);
    if let Some(table) = &state.durations {
        durations::durations_ui(ui, table);
    }
    side_by_side_ui(ui, |ui, at| match at {
        0 => charts::answers_ui(ui, prepared, actions),
        _ => charts::deliveries_ui(ui, prepared, actions),
    });
    lists::events_ui(ui, prepared, &mut state.opened, actions);
}

/// Two cards beside one another where there is room, else below one another.
fn side_by_side_ui(ui: &mut Ui, mut card: impl FnMut(&mut Ui, usize)) {
    ui.spacing_mut().item_spacing.x = space::LARGE;
    if ui.available_width() < size::TWO_COLUMNS {
        card(ui, 0);
        card(ui, 1);
        return;
    }
    ui.columns(2, |cells| {
        for (at, cell) in cells.iter_mut().enumerate() {
            // Columns justify their text, which tears short lines apart.
            cell.with_layout(Layout::top_down(Align::Min), |ui| card(ui, at));
        }
    });
}
