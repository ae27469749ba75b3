//! The status line: what was saved last, and what is under way, with a way to stop it.

use eframe::egui::{Align, Layout, ProgressBar, Ui};

use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::jobs::Running;
use crate::ui::theme;

/// Paints the line.
pub fn line_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    ui.horizontal_centered(|ui| {
        let said = match (model.is_writing(), model.last_write()) {
            (true, _) => format!("{} Saving", icons::SAVE),
            (false, Some(what)) => format!("{} Saved. {what}", icons::CHECK),
            (false, None) if model.place().read_only => {
                format!("{} Open for reading only, nothing can be changed", icons::LOCK)
            }
            (false, None) => format!("{} Nothing changed yet", icons::CHECK),
        };
        ui.add(eframe::egui::Label::new(theme::small(said)).truncate());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(theme::small(format!("Today {}", model.place().today.format("%-d %b %Y"))));
            if model.is_loading() {
                ui.label(theme::small("Loading"));
            }
            for job in model.jobs().running() {
                job_ui(ui, job, commands);
            }
        });
    });
}

/// A job: what it does, how far it has come, a button that stops it. From the right to the left.
fn job_ui(ui: &mut Ui, job: &Running, commands: &mut Vec<Command>) {
    let name = format!("Stop: {}", job.what);
    if ui.small_button("Stop").on_hover_text(&name).clicked() {
        commands.push(Command::StopJob(job.number));
    }
    let progress = job.progress();
    if progress.whole > 0 {
        ui.add(ProgressBar::new(share(progress.done, progress.whole)).desired_width(120.0));
    } else {
        ui.spinner();
    }
    let words = if job.is_stopping() { format!("Stopping: {}", job.what) } else { job.what.clone() };
    ui.label(theme::small(words));
}

/// A part of a whole for a bar; exact enough to be seen.
#[expect(clippy::cast_precision_loss, reason = "a bar is some hundred points wide")]
fn share(done: u64, whole: u64) -> f32 {
    done as f32 / whole as f32
}
