//! The real window on a real display: it opens, shows the workspace and closes.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// How long a slow machine without a graphics card may take to show the window.
const PATIENCE: Duration = Duration::from_mins(1);

fn tool(name: &str, arguments: &[&str]) -> String {
    let output = Command::new(name).args(arguments).output().unwrap_or_else(|error| panic!("{name}: {error}"));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[expect(clippy::disallowed_methods, reason = "another program shows no channel to wait on")]
fn nap() {
    std::thread::sleep(Duration::from_millis(100));
}

/// Waits until `found` says what it looks for.
fn wait_for<T>(what: &str, mut found: impl FnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(found) = found() {
            return found;
        }
        assert!(started.elapsed() < PATIENCE, "{what} did not come");
        nap();
    }
}

/// The program under test; it does not outlive the test, not even one that fails.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        // It has ended by itself where the test holds.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

fn open(folder: &std::path::Path) -> Program {
    let program = env!("CARGO_BIN_EXE_corridor");
    let made = Command::new(program).args(["demo", "--no-window", "--dir"]).arg(folder).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    Program(Command::new(program).arg("open").arg(folder.join("demo.corridor")).spawn().unwrap())
}

/// The window, whose title is first that of the program and then begins with that of the workspace.
fn window() -> Option<String> {
    let found = tool("xdotool", &["search", "--onlyvisible", "--name", "Corridor$"]);
    found.lines().next().map(str::to_owned)
}

/// How many different colours the window shows.
fn colours(window: &str) -> usize {
    tool("import", &["-window", window, "-format", "%k", "info:-"]).trim().parse().unwrap_or(0)
}

#[test]
#[ignore = "needs a display, xdotool and ImageMagick: run by .ci/run"]
fn the_window_opens_shows_the_overview_goes_to_a_list_and_closes() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = open(folder.path());
    let window = wait_for("the window", window);
    wait_for("the overview", || (colours(&window) > 200).then_some(()));
    let overview = tool("import", &["-window", &window, "-format", "%#", "info:-"]);
    tool("xdotool", &["mousemove", "--window", &window, "90", "122", "click", "1"]);
    wait_for("the list", || {
        let now = tool("import", &["-window", &window, "-format", "%#", "info:-"]);
        (now != overview).then_some(())
    });
    assert!(program.0.try_wait().unwrap().is_none(), "the program goes on");
    // There is no window manager here to close it, so it is closed as from the keyboard.
    tool("xdotool", &["windowfocus", "--sync", &window, "key", "ctrl+q"]);
    let code = wait_for("the end", || program.0.try_wait().unwrap());
    assert!(code.success(), "{code}");
    assert!(!folder.path().join("demo.corridor.lock-owner").exists(), "nobody holds the workspace any more");
}
