//! The program: reads the command line, does what it says, prints one error, sets the exit code.

use std::process::ExitCode;

use clap::Parser as _;
use corridor::cli::{self, Arguments};

/// Lists, records and rows are many small pieces, given back by another thread than the one that took them.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    corridor::formats::guarded::keep_quiet();
    let arguments = Arguments::parse();
    match cli::run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            cli::print_error(&error);
            ExitCode::FAILURE
        }
    }
}
