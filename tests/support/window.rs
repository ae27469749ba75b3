//! `TestApp`: the whole window on a workspace in memory, without a display, driven by what a user sees.
#![allow(dead_code, reason = "each test file uses its own part of the window")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use corridor::services::Workspace;
use corridor::ui::app::App;
use corridor::ui::command::Command;
use corridor::ui::exchange::{Place, Request};
use corridor::ui::model::Model;
use corridor::ui::{theme, worker::Worker};
use eframe::egui::{self, Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::support::context;

/// The window under test.
pub struct TestApp {
    harness: Harness<'static, App>,
    /// Where the threads behind the window tell that a reply waits; nothing where all is done at once.
    wakes: Option<Receiver<()>>,
}

/// How long a test waits for a thread that never answers, before it says so.
const NEVER: Duration = Duration::from_mins(2);

impl TestApp {
    /// A window onto a workspace.
    pub fn new(workspace: Workspace) -> Self {
        let (worker, place) = Worker::inline(workspace, context());
        Self::over(worker, place, None)
    }

    /// A window with the threads of the real one behind it; `overheard` sees each request before a thread has it.
    pub fn on_threads(workspace: Workspace, overheard: impl Fn(&Request) + 'static) -> Self {
        let (wake, wakes) = channel();
        // Where nobody waits for it any more, the window is gone.
        let (mut worker, place) = Worker::spawn(workspace, context(), move || {
            wake.send(()).ok();
        })
        .unwrap();
        worker.overhear(overheard);
        Self::over(worker, place, Some(wakes))
    }

    fn over(worker: Worker, place: Place, wakes: Option<Receiver<()>>) -> Self {
        let harness = Harness::builder()
            .with_size([1600.0, 3000.0])
            .with_max_steps(24)
            .with_context_setup(theme::install)
            .build_eframe(move |_creation| App::new(worker, place));
        let mut app = Self { harness, wakes };
        app.run();
        app
    }

    /// Lets frames pass until nothing moves. While a thread works something moves all the time, so that some must do.
    pub fn run(&mut self) {
        if self.wakes.is_some() {
            self.harness.run_steps(8);
        } else {
            self.harness.run();
        }
    }

    /// Lets replies of the threads come in until something holds.
    pub fn until(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        loop {
            self.run();
            if holds(self) {
                return;
            }
            let wakes = self.wakes.as_ref().unwrap_or_else(|| panic!("no thread brings it: {what}"));
            wakes.recv_timeout(NEVER).unwrap_or_else(|_| panic!("it never came: {what}"));
        }
    }

    /// Clicks the button with exactly this name.
    pub fn click_button(&mut self, label: &str) {
        self.harness.get_by_role_and_label(Role::Button, label).click();
        self.run();
    }

    /// What the window knows.
    pub fn model(&self) -> &Model {
        self.harness.state().model()
    }

    /// How many requests reached the store.
    pub fn requests(&self) -> usize {
        self.harness.state().requests_seen()
    }

    /// Lets so many frames pass, whatever moves.
    pub fn frames(&mut self, count: usize) {
        self.harness.run_steps(count);
    }

    /// Asks for something as the palette would.
    pub fn command(&mut self, command: Command) {
        self.harness.state_mut().push(command);
        self.run();
    }

    /// Clicks what has this name.
    pub fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.run();
    }

    /// Puts text into a field of the form.
    pub fn fill(&mut self, label: &str, text: &str) {
        self.fill_nth(label, 0, text);
    }

    /// Puts text into one of several fields with the same name.
    pub fn fill_nth(&mut self, label: &str, nth: usize, text: &str) {
        self.field(label, nth).focus();
        self.run();
        self.field(label, nth).type_text(text);
        self.run();
    }

    fn field<'a>(&'a self, label: &'a str, nth: usize) -> egui_kittest::Node<'a> {
        let is_field = move |node: &egui_kittest::kittest::AccessKitNode<'_>| {
            matches!(node.role(), Role::TextInput | Role::MultilineTextInput) && node.label().as_deref() == Some(label)
        };
        self.harness.query_all_by(is_field).nth(nth).unwrap_or_else(|| panic!("no field {label} number {nth}"))
    }

    /// Chooses a word of a short list.
    pub fn choose(&mut self, label: &str, word: &str) {
        self.choose_nth(label, 0, word);
    }

    /// Chooses a word in one of several lists with the same name.
    pub fn choose_nth(&mut self, label: &str, nth: usize, word: &str) {
        let boxes: Vec<_> = self.harness.get_all_by_role_and_label(Role::ComboBox, label).collect();
        boxes.get(nth).unwrap_or_else(|| panic!("no choice {label} number {nth}")).click();
        drop(boxes);
        self.run();
        // The list lies on top of everything, so its words come last.
        let words: Vec<_> = self.harness.query_all_by_role_and_label(Role::Button, word).collect();
        words.last().unwrap_or_else(|| panic!("no word {word} in {label}")).click();
        drop(words);
        self.run();
    }

    /// Picks a record in a link field by typing.
    pub fn pick(&mut self, label: &str, text: &str) {
        let boxes: Vec<_> = self.harness.get_all_by_role_and_label(Role::ComboBox, label).collect();
        boxes.last().unwrap_or_else(|| panic!("no picker {label}")).click();
        drop(boxes);
        self.run();
        self.harness.get_by_label(&format!("Search {label}")).type_text(text);
        self.run();
        self.key(Key::Enter);
    }

    /// Presses a key.
    pub fn key(&mut self, key: Key) {
        self.harness.key_press(key);
        self.run();
    }

    /// Presses a key with others held.
    pub fn keys(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.run();
    }

    /// Saves the form in front.
    pub fn save(&mut self) {
        self.keys(Modifiers::COMMAND, Key::S);
    }

    /// Whether anything on the screen holds these words.
    pub fn shows(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }

    /// Asks the window to close, as its frame does.
    pub fn ask_to_close(&mut self) {
        let viewport = self.harness.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default();
        viewport.events.push(egui::ViewportEvent::Close);
        self.harness.step();
        let viewport = self.harness.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default();
        viewport.events.clear();
        self.run();
    }

    /// Whether the window was told to close, and not to stay after all.
    pub fn is_closing(&self) -> bool {
        self.harness.state().is_closing()
    }

    /// The status badge of the record that is open.
    pub fn status(&self) -> String {
        let detail = self.model().open_record().and_then(|open| open.detail.value().cloned().flatten());
        detail.and_then(|detail| detail.row.status.as_ref().map(|status| status.word.clone())).unwrap_or_default()
    }

    /// Gives the workspace back, as it is after the program ended.
    pub fn into_workspace(self) -> Workspace {
        self.harness.into_state().into_worker().into_workspace().unwrap()
    }

    /// Clicks the cell of a matrix, whose name holds its status and its category.
    pub fn click_cell(&mut self, status: &str, category: &str) {
        let cell = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
            let name = node.label().unwrap_or_default();
            node.role() == Role::Button && name.contains(status) && name.contains(category)
        };
        let cells: Vec<_> = self.harness.query_all_by(cell).collect();
        cells.first().unwrap_or_else(|| panic!("no cell {status}, {category}")).click();
        drop(cells);
        self.run();
    }
}

impl TestApp {
    /// Clicks the first button whose name holds these words.
    pub fn click_part(&mut self, words: &str) {
        let holds = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
            node.role() == Role::Button && node.label().is_some_and(|label| label.contains(words))
        };
        let found: Vec<_> = self.harness.query_all_by(holds).collect();
        found.first().unwrap_or_else(|| panic!("no button with {words}")).click();
        drop(found);
        self.run();
    }

    /// Clicks the first button whose name begins with these words.
    pub fn click_first(&mut self, words: &str) {
        let begins = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
            node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with(words))
        };
        let found: Vec<_> = self.harness.query_all_by(begins).collect();
        found.first().unwrap_or_else(|| panic!("no button {words}")).click();
        drop(found);
        self.run();
    }
    /// Clicks the last button with this name: the one farthest to the right and down.
    pub fn click_last(&mut self, label: &str) {
        let found: Vec<_> = self.harness.query_all_by_role_and_label(Role::Button, label).collect();
        found.last().unwrap_or_else(|| panic!("no button {label}")).click();
        drop(found);
        self.run();
    }
}
