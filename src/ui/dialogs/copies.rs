//! For whom a file is, and what is left out of it for them: every value, before anything is written.

use std::collections::BTreeMap;
use std::sync::Arc;

use eframe::egui::{Label, ScrollArea, Ui};

use super::export::audience_ui;
use super::list_room;
use crate::services::queries::LinkChoice;
use crate::services::redact::{self, Removed, Why, doubts_in_words};
use crate::ui::icons;
use crate::ui::model::copies::{ForWhom, LeftOut};
use crate::ui::theme::{self, space};
use crate::ui::widgets::field::error_ui;

/// Paints the choice and what follows from it. True when another audience was chosen, so that it has to be looked at.
pub(super) fn whom_ui(ui: &mut Ui, whom: &mut ForWhom, audiences: Option<&Arc<Vec<LinkChoice>>>) -> bool {
    let before = whom.audience;
    audience_ui(ui, &mut whom.audience, audiences);
    if audiences.is_some_and(|all| all.is_empty()) {
        let words = "No audience is written down yet. Add one under Audiences to leave something out";
        ui.add(Label::new(theme::small(words)).wrap());
    }
    match &whom.left_out {
        LeftOut::Nothing => {}
        LeftOut::LookedAt(_) => {
            ui.add_space(space::SMALL);
            ui.horizontal(|ui| {
                ui.spinner();
                ui.label(theme::muted("Looking at what is left out"));
            });
        }
        LeftOut::Values(values) => values_ui(ui, values),
        LeftOut::Failed(why) => {
            ui.add_space(space::SMALL);
            error_ui(ui, why);
        }
    }
    before != whom.audience
}

fn values_ui(ui: &mut Ui, left_out: &redact::LeftOut) {
    let values = &left_out.removed;
    ui.add_space(space::SMALL);
    for words in doubts_in_words(&left_out.doubts) {
        ui.add(Label::new(words).wrap());
    }
    if values.is_empty() {
        ui.add(Label::new(format!("{} Nothing of it has to be left out", icons::CHECK_CIRCLE)).wrap());
        return;
    }
    let mut kinds: BTreeMap<Why, Vec<&Removed>> = BTreeMap::new();
    for value in values {
        kinds.entry(value.why).or_default().push(value);
    }
    let count = values.len();
    let title = if count == 1 { "1 value is left out".to_owned() } else { format!("{count} values are left out") };
    ui.label(theme::section(title));
    ScrollArea::vertical().id_salt("left out").max_height(list_room(ui)).auto_shrink([false, true]).show(ui, |ui| {
        for (why, values) in kinds {
            let words: Vec<&str> = values.iter().map(|one| one.value.as_str()).collect();
            ui.label(theme::semibold(format!("{}: {}", why.label(), values.len())));
            ui.add(Label::new(words.join("; ")).wrap());
            let unproven = values.iter().filter(|one| !one.is_provable()).count();
            if unproven > 0 {
                let verb = if unproven == 1 { "is" } else { "are" };
                let words = format!(
                    "{unproven} of them {verb} too short, or equal to other figures, for the file to be searched for it"
                );
                ui.add(Label::new(theme::small(words)).wrap());
            }
            ui.add_space(space::TINY);
        }
    });
}
