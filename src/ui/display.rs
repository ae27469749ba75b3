//! Why a window cannot be opened, as one line that names the Debian package to install.
//!
//! Looks for the libraries before the window is tried, because without one of them the window system panics. It must not
//! know what the window shows.

use std::path::Path;

/// The window could not be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WindowError {
    /// Neither X nor Wayland is there.
    #[error(
        "No display was found, so the window was not opened. Start it in a desktop session, or set DISPLAY or WAYLAND_DISPLAY"
    )]
    NoDisplay,
    /// A display is named, but nothing answers there.
    #[error(
        "The display does not answer, so the window was not opened. Check DISPLAY or WAYLAND_DISPLAY, and whether you may show windows there"
    )]
    NoAnswer,
    /// A library is missing.
    #[error("The window was not opened because {library} is missing. On Debian or Ubuntu: apt install {packages}")]
    MissingLibrary {
        /// The file that was looked for.
        library: String,
        /// The packages that bring it.
        packages: String,
    },
    /// Something else, in the words of the window system.
    #[error(
        "The window was not opened: {0}. If a package is missing: apt install libgl1 libgl1-mesa-dri libxcursor1 libxi6 libxkbcommon-x11-0"
    )]
    Other(String),
}

/// A library that the window loads while it runs.
struct Library {
    file: &'static str,
    packages: &'static str,
}

const fn library(file: &'static str, packages: &'static str) -> Library {
    Library { file, packages }
}

const X11: &[Library] = &[
    library("libX11.so.6", "libx11-6"),
    library("libX11-xcb.so.1", "libx11-xcb1"),
    library("libXcursor.so.1", "libxcursor1"),
    library("libXi.so.6", "libxi6"),
    library("libxkbcommon.so.0", "libxkbcommon0"),
    library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
];

const WAYLAND: &[Library] = &[
    library("libwayland-client.so.0", "libwayland-client0"),
    library("libxkbcommon.so.0", "libxkbcommon0"),
    library("libEGL.so.1", "libegl1 libgl1-mesa-dri"),
];

/// Either is enough to draw with.
const OPENGL: [&str; 2] = ["libGL.so.1", "libEGL.so.1"];
const OPENGL_PACKAGES: &str = "libgl1 libgl1-mesa-dri";

/// What the session offers to show a window in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Session {
    x11: bool,
    wayland: bool,
}

/// Looks whether a window can be opened here.
pub fn check() -> Result<(), WindowError> {
    if cfg!(not(target_os = "linux")) {
        return Ok(());
    }
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let session = Session { x11: set("DISPLAY"), wayland: set("WAYLAND_DISPLAY") || set("WAYLAND_SOCKET") };
    let known = loader_cache();
    judge(session, &|file| known.contains(file) || stands_in_a_library_folder(file))
}

/// What a panic of the window system says.
#[must_use]
pub fn panicked(message: &str) -> WindowError {
    let named = X11.iter().chain(WAYLAND).find(|library| message.contains(library.file));
    named.map_or_else(|| WindowError::Other(first_line(message)), missing)
}

/// What an error of the window system says.
#[must_use]
pub fn failed(message: &str) -> WindowError {
    let lower = message.to_lowercase();
    if lower.contains("failed to open connection") || lower.contains("noavailabledisplay") {
        return WindowError::NoAnswer;
    }
    let about_gl = ["glutin", "egl", "glx", "opengl"].iter().any(|word| lower.contains(word));
    if about_gl {
        return WindowError::MissingLibrary {
            library: format!("a working OpenGL ({})", first_line(message)),
            packages: OPENGL_PACKAGES.to_owned(),
        };
    }
    panicked(message)
}

fn judge(session: Session, is_there: &dyn Fn(&str) -> bool) -> Result<(), WindowError> {
    if !session.x11 && !session.wayland {
        return Err(WindowError::NoDisplay);
    }
    // With both, the window system falls back on X, so a hole in Wayland alone is no reason to refuse.
    let needed = if session.x11 { X11 } else { WAYLAND };
    if let Some(library) = needed.iter().find(|library| !is_there(library.file)) {
        return Err(missing(library));
    }
    if !OPENGL.iter().any(|file| is_there(file)) {
        return Err(missing(&library(OPENGL[0], OPENGL_PACKAGES)));
    }
    Ok(())
}

fn missing(library: &Library) -> WindowError {
    WindowError::MissingLibrary { library: library.file.to_owned(), packages: library.packages.to_owned() }
}

fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().trim().trim_end_matches('.').to_owned()
}

/// What the loader says it knows; empty where it cannot be asked.
fn loader_cache() -> String {
    let ask = |program: &str| std::process::Command::new(program).arg("-p").output().ok();
    let output = ask("ldconfig").or_else(|| ask("/sbin/ldconfig"));
    output.map_or_else(String::new, |output| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn stands_in_a_library_folder(file: &str) -> bool {
    let triple = format!("{}-linux-gnu", std::env::consts::ARCH);
    let usual = [
        format!("/usr/lib/{triple}"),
        format!("/lib/{triple}"),
        "/usr/lib64".to_owned(),
        "/usr/lib".to_owned(),
        "/usr/local/lib".to_owned(),
        "/run/opengl-driver/lib".to_owned(),
    ];
    let own = std::env::var("LD_LIBRARY_PATH").unwrap_or_default();
    let own = own.split(':').filter(|folder| !folder.is_empty()).map(str::to_owned);
    usual.into_iter().chain(own).any(|folder| Path::new(&folder).join(file).exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    const X: Session = Session { x11: true, wayland: false };

    #[test]
    fn without_a_display_nothing_is_looked_for() {
        let nowhere = Session { x11: false, wayland: false };
        assert_eq!(judge(nowhere, &|_| true), Err(WindowError::NoDisplay));
    }

    #[test]
    fn a_missing_library_is_named_with_its_package() {
        for (absent, package) in [
            ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
            ("libXcursor.so.1", "libxcursor1"),
            ("libXi.so.6", "libxi6"),
        ] {
            let error = judge(X, &|file| file != absent).unwrap_err().to_string();
            assert!(error.contains(absent) && error.contains(package), "{error}");
            assert_eq!(error.lines().count(), 1);
        }
    }

    #[test]
    fn one_of_the_two_ways_to_opengl_is_enough() {
        assert_eq!(judge(X, &|file| file != "libGL.so.1"), Ok(()));
        let error = judge(X, &|file| !OPENGL.contains(&file)).unwrap_err().to_string();
        assert!(error.contains("libgl1 libgl1-mesa-dri"), "{error}");
    }

    #[test]
    fn a_display_that_does_not_answer_is_not_taken_for_a_missing_package() {
        assert_eq!(failed("winit EventLoopError: Failed to open connection to X server"), WindowError::NoAnswer);
    }

    #[test]
    fn a_panic_of_the_window_system_becomes_one_line() {
        let message = "Library libxkbcommon-x11.so.0 could not be loaded.\nnote: run with RUST_BACKTRACE=1";
        assert!(panicked(message).to_string().contains("apt install libxkbcommon-x11-0"));
        let error = panicked("the sky fell.\nmore").to_string();
        assert!(error.contains("the sky fell. If") && error.lines().count() == 1, "{error}");
    }
}
