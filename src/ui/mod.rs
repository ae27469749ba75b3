//! The window: what is painted, and what a click asks for. It reads no file and no clock.

pub mod app;
mod chrome;
pub mod command;
mod dialogs;
pub mod display;
pub mod exchange;
pub mod fonts;
pub mod forms;
pub mod icons;
pub mod loaded;
pub mod model;
pub mod theme;
pub mod views;
pub mod widgets;
pub mod worker;

#[cfg(test)]
pub mod testing;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use eframe::egui::ViewportBuilder;

use self::app::App;
pub use self::display::WindowError;
use self::worker::Worker;
use crate::services::{Context, Workspace};

/// The name by which the desktop knows the window.
const APP_ID: &str = "corridor";
const ICON: &[u8] = include_bytes!("../../assets/icon/corridor.png");

/// Opens the window onto a workspace and stays until it is closed.
///
/// `context` is the one the workspace was opened with; other workspaces are opened with it from inside the window.
pub fn run(workspace: Workspace, context: Context) -> Result<(), WindowError> {
    display::check()?;
    let is_up = Arc::new(AtomicBool::new(false));
    let last_words = quiet_until(&is_up);
    let opened = Arc::clone(&is_up);
    let shown = catch_unwind(AssertUnwindSafe(|| {
        eframe::run_native(
            APP_ID,
            native_options(),
            Box::new(move |creation| {
                theme::install(&creation.egui_ctx);
                // Where the desktop does not say what it prefers, paper is the better guess for an office.
                creation.egui_ctx.options_mut(|options| options.fallback_theme = eframe::egui::Theme::Light);
                let ctx = creation.egui_ctx.clone();
                let (worker, place) = Worker::spawn(workspace, context, move || ctx.request_repaint())?;
                opened.store(true, Ordering::Relaxed);
                Ok(Box::new(App::new(worker, place)))
            }),
        )
    }));
    match shown {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(display::failed(&error.to_string())),
        Err(panic) if is_up.load(Ordering::Relaxed) => resume_unwind(panic),
        Err(_panic) => {
            let words = last_words.lock().unwrap_or_else(PoisonError::into_inner);
            Err(display::panicked(&words))
        }
    }
}

/// Keeps a panic of the window system from the terminal while there is no window; it comes out as one line instead.
fn quiet_until(is_up: &Arc<AtomicBool>) -> Arc<Mutex<String>> {
    let words = Arc::new(Mutex::new(String::new()));
    let (kept, is_up, usual) = (Arc::clone(&words), Arc::clone(is_up), std::panic::take_hook());
    std::panic::set_hook(Box::new(move |info| {
        if is_up.load(Ordering::Relaxed) {
            usual(info);
        } else {
            let said = info.payload_as_str().unwrap_or("the window system stopped");
            said.clone_into(&mut kept.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }));
    words
}

fn native_options() -> eframe::NativeOptions {
    let viewport = ViewportBuilder::default()
        .with_title("Corridor")
        .with_app_id(APP_ID)
        .with_inner_size(theme::window::DEFAULT)
        .with_min_inner_size(theme::window::SMALLEST);
    // The icon is a comfort: a picture that cannot be read is no reason not to open the window.
    let viewport = match eframe::icon_data::from_png_bytes(ICON) {
        Ok(icon) => viewport.with_icon(icon),
        Err(_unreadable) => viewport,
    };
    eframe::NativeOptions { viewport, ..eframe::NativeOptions::default() }
}
