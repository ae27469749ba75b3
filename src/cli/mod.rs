//! The command line: the same services without a window. Whatever the window can do to data can be done here.

mod args;
mod args_goods;
mod attachments;
mod bulk;
mod clear;
mod clock;
mod commands;
mod coverage;
mod deadlines;
mod durations;
mod export;
mod goods;
mod iati;
mod import;
mod narrow;
mod needs;
mod overview;
mod packs;
mod planner;
mod reach;
mod records;
mod report;
mod search;
mod table;

use std::io::{ErrorKind, Write as _};

pub use args::Arguments;
use args::Command;

use crate::services::Write;
use crate::services::packs::PackKind;

/// Does what the command line says. An error is a refusal, in sentences; wrong usage ends before this.
pub fn run(arguments: Arguments) -> anyhow::Result<()> {
    let mut output = String::new();
    let outcome = match arguments.command {
        Some(command) => dispatch(command, &mut output),
        None => commands::home(),
    };
    print(&output)?;
    outcome
}

fn dispatch(command: Command, output: &mut String) -> anyhow::Result<()> {
    match command {
        Command::New { workspace } => commands::new(&workspace, output),
        Command::Open { workspace, read_only } => commands::open(&workspace, read_only),
        Command::Demo { dir, no_window } => commands::demo(&dir, no_window, output),
        Command::List(list) => records::list(&list, output),
        Command::Show(show) => records::show(&show, output),
        Command::Search(search) => search::print(&search, output),
        Command::Overview(overview) => overview::print(&overview, output),
        Command::Deadlines(args) => deadlines::run(&args, output),
        Command::Durations(args) => durations::print(&args, output),
        Command::Goods(args) => goods::goods(&args, output),
        Command::Lines(args) => goods::lines(&args, output),
        Command::Reach(args) => reach::reach(&args, output),
        Command::Needs(args) => needs::needs(&args, output),
        Command::Rules { command } => needs::rules(&command, output),
        Command::WhatIf(args) => planner::what_if(&args, output),
        Command::Slots(args) => planner::slots(&args, output),
        Command::Coverage(args) => coverage::coverage(&args, output),
        Command::Book(args) => coverage::book(&args, output),
        Command::Clear(args) => clear::clear(&args, output),
        Command::Report { command } => report::report(&command, output),
        Command::Iati(args) => iati::iati(&args, output),
        Command::Seal(args) => report::seal(&args, output),
        Command::Binder(args) => packs::of_record(PackKind::Binder, &args, output),
        Command::Package(args) => packs::package(&args, output),
        Command::Audit(args) => packs::of_record(PackKind::Audit, &args, output),
        Command::Customs(args) => packs::of_record(PackKind::Customs, &args, output),
        Command::VisitReport(args) => packs::of_record(PackKind::Visit, &args, output),
        Command::Incidents(args) => packs::incidents(&args, output),
        Command::Attach(args) => attachments::attach(&args, output),
        Command::Attachments(args) => attachments::list(&args, output),
        Command::Attachment(args) => attachments::save(&args, output),
        Command::Export(args) => export::export(&args, output),
        Command::Template(args) => export::template(&args, output),
        Command::Gazetteer { file, target } => commands::gazetteer(&file, &target, output),
        Command::Import(args) => import::import(&args, output),
        Command::Apply { file, target } => commands::apply(&file, &target, output),
        Command::Set { kind, words, target } => bulk::set(kind, &words, &target, output),
        Command::Delete { kind, references, target } => bulk::delete(kind, &references, &target, output),
        Command::Duplicate { reference, fields, target } => bulk::duplicate(&reference, &fields, &target, output),
        Command::Undo { target } => commands::write(&target, Write::Undo, output),
        Command::Redo { target } => commands::write(&target, Write::Redo, output),
        Command::Schema => commands::schema(output),
        Command::Check { in_workspace, against, json } => {
            commands::check(&in_workspace, against.as_deref(), json, output)
        }
    }
}

/// Prints to the terminal. A reader that closed the pipe has seen what it wanted: that is no error.
fn print(output: &str) -> anyhow::Result<()> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(output.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Prints an error once, with its causes.
pub fn print_error(error: &anyhow::Error) {
    // Where even the error stream is closed, there is nobody left to tell.
    writeln!(std::io::stderr(), "{error:#}").ok();
}
