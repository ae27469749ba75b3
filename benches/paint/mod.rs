//! Frames of the window beside a bare egui table with as many cells of text, in the same harness.

use std::path::Path;

use corridor::domain::id::Id;
use corridor::domain::record::RecordKind;
use corridor::services::{Access, Workspace};
use corridor::ui::app::App;
use corridor::ui::command::Command;
use corridor::ui::model::route::Route;
use corridor::ui::theme;
use corridor::ui::worker::Worker;
use eframe::egui::{self, Shape};
use egui_extras::{Column, TableBuilder};
use egui_kittest::Harness;

use crate::report::{Bound, Report};
use crate::{generate, measure};

const SIZE: [f32; 2] = [1400.0, 900.0];
const COLUMNS: usize = 8;

/// The screens that are measured.
const SCREENS: [&str; 6] =
    ["overview", "list_of_shipments", "list_of_requests", "shipment_beside_its_list", "form_of_a_shipment", "history"];

/// What a user would do to see a screen; `first` is a shipment.
fn commands(screen: &str, first: Id) -> Vec<Command> {
    let list = |kind| Command::Go(Route::List(kind));
    match screen {
        "list_of_shipments" => vec![list(RecordKind::Shipment)],
        "list_of_requests" => vec![list(RecordKind::Request)],
        "shipment_beside_its_list" => vec![list(RecordKind::Shipment), Command::Open(first)],
        "form_of_a_shipment" => vec![list(RecordKind::Shipment), Command::Edit(first)],
        "history" => vec![Command::Go(Route::History)],
        _ => vec![Command::Go(Route::Overview)],
    }
}

/// Measures one frame of each screen, and of a bare table of as many cells.
pub fn frames(report: &mut Report, lines: usize, path: &Path, folder: &Path) {
    let copy = folder.join("paint.corridor");
    generate::remove(&copy);
    std::fs::copy(path, &copy).expect("copy");
    let first = Workspace::open(&copy, Access::Read, generate::context()).expect("open");
    let first = first.find(&[RecordKind::Shipment], "S-0").expect("a shipment");
    for name in SCREENS {
        let workspace = Workspace::open(&copy, Access::Write, generate::context()).expect("open");
        let (worker, place) = Worker::inline(workspace, generate::context());
        let mut screen = Harness::builder()
            .with_size(SIZE)
            .with_max_steps(60)
            .with_context_setup(theme::install)
            .build_eframe(move |_creation| App::new(worker, place));
        screen.run_ok();
        for command in commands(name, first) {
            screen.state_mut().push(command);
            screen.run_ok();
        }
        let cells = texts(screen.output());
        let mut bare = bare_table(cells, name.starts_with("form"));
        let pair = measure::pair(|| screen.step(), || bare.step());
        println!("  {name}: {cells} texts on the screen");
        let title = format!("A frame, {}", name.replace('_', " "));
        report.beside(&title, Bound::Times(1.5), lines, (pair.ours, pair.peer));
    }
    generate::remove(&copy);
}

/// How many texts a frame painted.
fn texts(output: &egui::FullOutput) -> usize {
    fn count(shape: &Shape) -> usize {
        match shape {
            Shape::Text(_) => 1,
            Shape::Vec(shapes) => shapes.iter().map(count).sum(),
            _ => 0,
        }
    }
    output.shapes.iter().map(|clipped| count(&clipped.shape)).sum()
}

/// A table of as many texts; for a form every second one can be typed into, as its fields can.
fn bare_table(cells: usize, typed: bool) -> Harness<'static> {
    let mut rows: Vec<Vec<String>> = (0..cells.div_ceil(COLUMNS))
        .map(|row| (0..COLUMNS).map(|column| format!("Consignment {row}, {column}")).collect())
        .collect();
    let mut harness = Harness::builder().with_size(SIZE).with_context_setup(theme::install).build_ui(move |ui| {
        let table = TableBuilder::new(ui).columns(Column::auto().at_least(100.0), COLUMNS);
        table.body(|body| {
            body.rows(20.0, rows.len(), |mut row| {
                let texts = &mut rows[row.index()];
                let mut name = None;
                for text in texts {
                    row.col(|ui| match name.take().filter(|_| typed) {
                        Some(name) => drop(ui.text_edit_singleline(text).labelled_by(name)),
                        None => name = Some(ui.label(text.as_str()).id),
                    });
                }
            });
        });
    });
    harness.run();
    harness
}
