//! Sealed documents that read otherwise now, as far as it is known: what a manager has to see before a donor does.

use std::sync::Arc;

use eframe::egui::Ui;

use super::lists::{more_ui, shown};
use super::prepared::LineText;
use super::{Opened, OverviewAction, Part, row_ui};
use crate::domain::id::Id;
use crate::domain::record::SealedKind;
use crate::services::sealed::{Sealed, Standings};
use crate::ui::icons;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::badge::tone_badge_ui;
use crate::ui::widgets::card::card_ui;

/// The sealed documents, worded once for each look at them.
#[derive(Debug)]
pub(super) struct SealedText {
    of: Arc<Standings>,
    lines: Vec<(Id, Option<Id>, LineText)>,
}

impl SealedText {
    /// Words what was found, unless it is what was worded last.
    pub fn follow(before: Option<Self>, known: Option<&Arc<Standings>>) -> Option<Self> {
        let known = known?;
        if let Some(before) = before.filter(|before| Arc::ptr_eq(&before.of, known)) {
            return Some(before);
        }
        let lines = known.different().map(line).collect();
        Some(Self { of: Arc::clone(known), lines })
    }
}

/// What it is and how it stands, and the first of what reads otherwise.
fn line(one: &Sealed) -> (Id, Option<Id>, LineText) {
    let found = one.would_read();
    let second = found.first().map(|first| one.told(first)).unwrap_or_default();
    let first = one.title.clone();
    let figures = if found.len() == 1 { "1 place".to_owned() } else { format!("{} places", found.len()) };
    let report = one.of.filter(|_| one.what == Some(SealedKind::DonorReport));
    let name = format!("{}: {}", one.title, one.in_short());
    let hint = format!("{first}\n{second}");
    (one.seal, report, LineText { name, first, second, hint, days: figures, tone: Tone::Warn })
}

/// Paints them. Nothing is painted where there is nothing.
pub(super) fn sealed_ui(ui: &mut Ui, text: &SealedText, opened: &mut Opened, actions: &mut Vec<OverviewAction>) {
    if text.lines.is_empty() {
        return;
    }
    card_ui(ui, "Sealed documents that read otherwise now", |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let few = shown(text.lines.len(), opened.contains(&Part::Sealed));
        for (at, (seal, report, line)) in text.lines.iter().enumerate().take(few) {
            let clicked = row_ui(ui, at, line, |ui| {
                ui.add_space(space::TINY);
                tone_badge_ui(ui, line.tone, icons::WARNING, &line.days);
            });
            if clicked.clicked() {
                actions.push(OverviewAction::OpenSealed(*seal, *report));
            }
        }
        more_ui(ui, text.lines.len(), opened, Part::Sealed, "documents");
    });
}
