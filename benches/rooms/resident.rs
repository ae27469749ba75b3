//! Resident memory of a process of its own that has the workspace open as the window has it: the fonts with Korean and
//! Chinese laid out, the list of shipments on the screen, and the keys of every line held.

use std::path::Path;

use corridor::domain::record::RecordKind;
use corridor::services::queries::SortLines;
use corridor::services::{Access, Workspace};
use corridor::ui::app::App;
use corridor::ui::command::Command;
use corridor::ui::model::route::Route;
use corridor::ui::theme;
use corridor::ui::worker::Worker;
use eframe::egui;
use egui_kittest::Harness;

use super::{Visit, all, ids, lists, open};
use crate::generate;
use crate::report::Bound;

/// The argument by which this program is told to be that process.
pub const ARGUMENT: &str = "--resident";

pub fn visit(visit: &mut Visit<'_>) {
    let program = std::env::current_exe().expect("this program");
    let copy = visit.folder.join("resident.corridor");
    generate::remove(&copy);
    std::fs::copy(&visit.made.path, &copy).expect("copy");
    let output = std::process::Command::new(program).arg(ARGUMENT).arg(&copy).output().expect("a process");
    generate::remove(&copy);
    let text = String::from_utf8_lossy(&output.stdout);
    let figures: Vec<f64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [now, most] = figures[..] else {
        println!("  resident memory at {}: not known here. {text}", visit.lines);
        return;
    };
    visit.report.alone(
        "Resident memory with the fonts of Korean and Chinese",
        Bound::Megabytes(200.0),
        visit.lines,
        now,
    );
    visit.report.alone("Resident memory, the most it ever was", Bound::Megabytes(200.0), visit.lines, most);
}

/// Opens the workspace as the window does, and prints what the process holds, in megabytes: now, and at most.
pub fn process(path: &Path) {
    let workspace = Workspace::open(path, Access::Write, generate::context()).expect("open");
    let (worker, place) = Worker::inline(workspace, generate::context());
    let mut screen = Harness::builder()
        .with_size([1400.0, 900.0])
        .with_max_steps(60)
        .with_context_setup(theme::install)
        .build_eframe(move |_creation| App::new(worker, place));
    screen.run_ok();
    for kind in [RecordKind::Request, RecordKind::Shipment] {
        screen.state_mut().push(Command::Go(Route::List(kind)));
        screen.run_ok();
    }
    let reader = open(path);
    let held = (
        ids(&reader, &all(RecordKind::Shipment)),
        ids(&reader, &all(RecordKind::Request)),
        lists::keys(&reader, SortLines::Day),
    );
    let words = lay_out(&screen.ctx);
    assert!(words > 0, "nothing was laid out");
    for name in ["VmRSS:", "VmHWM:"] {
        println!("{}", status(name).unwrap_or_default());
    }
    drop((held, screen));
}

/// Lays out Korean and Chinese, so that the fonts are read and their glyphs drawn.
fn lay_out(context: &egui::Context) -> usize {
    let words = "평양 남포 신의주 개성 단둥 인도적 지원 면제 신청 平壤 南浦 新义州 开城 丹东 人道主义 援助 豁免 申请";
    let font = egui::FontId::proportional(16.0);
    let galley = context.fonts_mut(|fonts| fonts.layout_no_wrap(words.to_owned(), font, egui::Color32::WHITE));
    galley.rows.iter().map(|row| row.glyphs.len()).sum()
}

/// A line of what the system knows of this process, in megabytes; `None` where there is no such file.
pub fn status(name: &str) -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    let kilobytes: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes / 1024.0)
}
