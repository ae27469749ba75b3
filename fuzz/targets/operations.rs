//! Files of operations: each line is read, or named with why it is none.

#![no_main]

// The records as they are in the program, and the one file that reads operations: not the window, not the workspace.
#[path = "../../src/domain/mod.rs"]
#[allow(dead_code, reason = "the records can do more than a file of operations asks of them")]
mod domain;

#[path = "../../src/services/apply.rs"]
#[allow(dead_code, reason = "the schema is not fuzzed")]
mod apply;

use apply::parse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match parse(text) {
        Ok(operations) => assert!(operations.len() <= text.lines().count()),
        Err(bad) => assert!(bad.line >= 1 && bad.line <= text.lines().count() && !bad.why.is_empty()),
    }
});
