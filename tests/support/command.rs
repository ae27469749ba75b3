//! The command line as a user types it, without a display.
#![allow(dead_code, reason = "each test file uses its own part of the fixtures")]

use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// What a command prints and how it ends.
pub fn corridor(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_corridor"))
        .current_dir(folder)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// What a command prints that must succeed.
pub fn done(folder: &Path, arguments: &[&str]) -> String {
    let output = corridor(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The object that a command prints.
pub fn json(folder: &Path, arguments: &[&str]) -> Value {
    serde_json::from_str(&done(folder, arguments)).unwrap()
}
