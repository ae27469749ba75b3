//! Speed as ratios in one run: Corridor beside the bare engine doing the same work on the same rows.
//!
//! `cargo bench` generates workspaces of 10,000 and 100,000 shipment lines, measures, and prints a table for each question,
//! in under three minutes. `CORRIDOR_BENCH_LINES=10000,100000,1000000 cargo bench` adds a million lines in 50,000 shipments
//! with 20,000 requests, which takes some ten minutes the first time. `cargo bench -- lists edit` visits these rooms alone.
#![expect(clippy::expect_used, clippy::panic, reason = "a bench stops by panicking")]
#![expect(clippy::print_stdout, reason = "the table is what a bench is for")]
#![expect(clippy::disallowed_methods, reason = "the peer is the bare engine")]

mod generate;
mod measure;
mod paint;
mod report;
mod rooms;
mod trace;

use std::path::{Path, PathBuf};
use std::time::Instant;

use report::{Report, thousands};
use rooms::{ROOMS, Visit, import_lines, reports, resident};

/// As the program does.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The sizes that are measured where nothing else is asked for.
const LINES: &str = "10000,100000";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [flag, path] = arguments.as_slice()
        && flag == resident::ARGUMENT
    {
        return resident::process(Path::new(path));
    }
    if let [flag, csv, target] = arguments.as_slice()
        && flag == import_lines::ARGUMENT
    {
        return import_lines::process(Path::new(csv), Path::new(target));
    }
    if let [flag, what, size] = arguments.as_slice()
        && flag == reports::ARGUMENT
    {
        return reports::process(what, size);
    }
    let wanted = |name: &str| arguments.is_empty() || arguments.iter().any(|argument| argument == name);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let mut report = Report::default();
    for lines in sizes() {
        let begun = Instant::now();
        // The import of lines makes a workspace of its own, and a million lines take minutes to make.
        let needs_none = !arguments.is_empty() && arguments.iter().all(|argument| argument == "import_lines");
        let made = if needs_none { generate::nothing(&folder) } else { generate::workspace(&folder, lines) };
        let seconds = begun.elapsed().as_secs_f64();
        println!("{} lines ready after {seconds:.1} s: {}", thousands(lines), made.path.display());
        for (name, visit) in ROOMS.into_iter().filter(|(name, _)| wanted(name)) {
            let begun = Instant::now();
            visit(&mut Visit { lines, made: &made, folder: &folder, report: &mut report });
            println!("  {name}: {:.1} s", begun.elapsed().as_secs_f64());
        }
        if wanted("paint") {
            paint::frames(&mut report, lines, &made.path, &folder);
        }
    }
    println!("{}", report.print());
}

/// How many lines the workspaces have, the smallest first.
fn sizes() -> Vec<usize> {
    let text = std::env::var("CORRIDOR_BENCH_LINES").unwrap_or_else(|_error| LINES.to_owned());
    let mut sizes: Vec<usize> =
        text.split(',').map(|size| size.trim().parse().expect("CORRIDOR_BENCH_LINES=10000,100000,1000000")).collect();
    sizes.sort_unstable();
    sizes
}
