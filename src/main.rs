//! The program: reads the command line, does what it says, prints one error, sets the exit code.

use std::process::ExitCode;

use clap::Parser as _;
use corridor::cli::{self, Arguments};

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
