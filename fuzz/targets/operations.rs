//! Files of operations: each line is read or named with why it is none.

#![no_main]

use corridor::services::apply::parse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match parse(text) {
        Ok(operations) => assert!(operations.len() <= text.lines().count()),
        Err(bad) => assert!(bad.line >= 1 && bad.line <= text.lines().count() && !bad.why.is_empty()),
    }
});
