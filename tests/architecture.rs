//! The architecture as rules: reads `src` and names every line that breaks one.
//!
//! One package cannot keep its layers apart by visibility alone. Each rule carries a made-up file that breaks it and one
//! that does not, and both are tried: a rule that never fires would be believed and hold nothing.

#![expect(clippy::unwrap_used, reason = "a file that cannot be read is a test that fails")]

#[path = "architecture/source.rs"]
mod source;

use std::collections::BTreeSet;
use std::path::Path;

use source::{Named, Source};

/// A file longer than this is split along a noun.
const FILE_LINES: usize = 450;

/// A longer function is several. The same number stands in clippy.toml.
const FUNCTION_LINES: usize = 60;

/// Where a rule is broken, and by what.
type Found = (usize, String);

/// One rule, with the proof that it fires.
struct Rule {
    /// What must not be.
    says: &'static str,
    check: fn(&Source) -> Vec<Found>,
    /// A file that breaks it: path and text.
    broken_by: &'static [(&'static str, &'static str)],
    /// A file that comes close and is fine.
    kept_by: &'static [(&'static str, &'static str)],
}

const RULES: &[Rule] = &[
    Rule {
        says: "domain is pure: no other layer, no database, no window, no files, no clock",
        check: |source| paths(source, "src/domain/", DOMAIN_BANS),
        broken_by: &[
            ("src/domain/a.rs", "use crate::store::Db;"),
            ("src/domain/a.rs", "use crate::{domain::id::Id, services::{Query, Write}};"),
            ("src/domain/a/b.rs", "use super::super::super::ui::theme;"),
            ("src/domain/a.rs", "fn f() { crate :: cli::run() }"),
            ("src/domain/a.rs", "use crate::*;"),
            ("src/domain/a.rs", "use rusqlite::Connection;"),
            ("src/domain/a.rs", "use rusqlite as engine;"),
            ("src/domain/a.rs", "fn f(ui: &mut egui::Ui) {}"),
            ("src/domain/a.rs", "fn f() { std::fs::read(\"a\").ok(); }"),
            ("src/domain/a.rs", "use std::{fs, fmt};"),
            ("src/domain/a.rs", "use std::time::SystemTime;"),
            ("src/domain/a.rs", "use chrono::Utc; fn f() { Utc::now(); }"),
            ("src/domain/a.rs", "fn f() { chrono::Utc::now(); }"),
            ("src/domain/a.rs", "use chrono::{Datelike as _, Local};"),
        ],
        kept_by: &[
            ("src/domain/a.rs", "use chrono::{DateTime, Utc};\nuse std::fmt;\nuse super::id::Id;"),
            ("src/domain/a.rs", "/// Not like crate::store.\nconst A: &str = \"use crate::store\"; // crate::ui"),
            ("src/domain/a.rs", "mod tests { use super::super::id::Id; use super::*; }"),
            ("src/services/a.rs", "use crate::store::Db;"),
        ],
    },
    Rule {
        says: "store knows no layer above it",
        check: |source| paths(source, "src/store/", STORE_BANS),
        broken_by: &[
            ("src/store/a.rs", "use crate::services::Write;"),
            ("src/store/engine/a.rs", "use super::super::super::cli;"),
            ("src/store/a.rs", "use crate::ui;"),
            ("src/store/a.rs", "fn f(c: egui::Color32) {}"),
            ("src/store/mod.rs", "use super::services::Query;"),
        ],
        kept_by: &[("src/store/a.rs", "use rusqlite::Connection;\nuse crate::domain::id::Id;")],
    },
    Rule {
        says: "services know no database engine, no window and no command line",
        check: |source| paths(source, "src/services/", SERVICE_BANS),
        broken_by: &[
            ("src/services/a.rs", "fn f(e: rusqlite::Error) {}"),
            ("src/services/a.rs", "use egui::Ui;"),
            ("src/services/a.rs", "use rfd::FileDialog;"),
            ("src/services/queries/a.rs", "use crate::cli;"),
            ("src/services/a.rs", "use crate::ui::theme::Palette;"),
        ],
        kept_by: &[("src/services/a.rs", "use crate::store::{Db, record};\nuse crate::domain;")],
    },
    Rule {
        says: "formats know the domain and files: no workspace, no window, no clock",
        check: |source| paths(source, "src/formats/", FORMAT_BANS),
        broken_by: &[
            ("src/formats/a.rs", "use crate::store::record;"),
            ("src/formats/pdf/a.rs", "use crate::services::Workspace;"),
            ("src/formats/a.rs", "use crate::ui::theme::Palette;"),
            ("src/formats/a.rs", "fn f() { chrono::Utc::now(); }"),
        ],
        kept_by: &[("src/formats/a.rs", "use std::fs::File;\nuse crate::domain::document::Table;\nuse typst::World;")],
    },
    Rule {
        says: "only src/formats knows the libraries of file formats",
        check: format_library_elsewhere,
        broken_by: &[
            ("src/services/a.rs", "use calamine::Reader as _;"),
            ("src/ui/a.rs", "fn f() { typst::compile(&world); }"),
            ("src/cli/a.rs", "use lopdf::Document;"),
        ],
        kept_by: &[
            ("src/formats/read/a.rs", "use calamine::Reader as _;"),
            ("src/services/a.rs", "use crate::formats::whole_file;"),
        ],
    },
    Rule {
        says: "the window asks the services: it knows no database and no command line",
        check: |source| paths(source, "src/ui/", WINDOW_BANS),
        broken_by: &[
            ("src/ui/views/a.rs", "use crate::store::record;"),
            ("src/ui/a.rs", "use rusqlite::Row;"),
            ("src/ui/mod.rs", "use crate::cli::Arguments;"),
        ],
        kept_by: &[("src/ui/a.rs", "use crate::services::Query;\nuse egui::Ui;\nuse crate::domain::id::Id;")],
    },
    Rule {
        says: "the command line asks the services: it knows no database and paints nothing",
        check: |source| paths(source, "src/cli/", COMMAND_LINE_BANS),
        broken_by: &[("src/cli/a.rs", "use crate::store::Db;"), ("src/cli/a.rs", "fn f(ui: &egui::Ui) {}")],
        kept_by: &[("src/cli/a.rs", "use crate::services::Workspace;\nfn f() { crate::ui::run() }")],
    },
    Rule {
        says: "in the window only ui/mod.rs and ui/worker.rs name the Workspace",
        check: workspace_in_window,
        broken_by: &[
            ("src/ui/views/a.rs", "use crate::services::{Query, Workspace};"),
            ("src/ui/app.rs", "fn f(w: &crate::services::Workspace) {}"),
            ("src/ui/app.rs", "use crate::services; fn f(w: &services::Workspace) {}"),
            ("src/ui/app.rs", "use crate::services::*;"),
        ],
        kept_by: &[
            ("src/ui/worker.rs", "use crate::services::Workspace;"),
            ("src/ui/worker/threads.rs", "use crate::services::Workspace;"),
            ("src/ui/mod.rs", "use crate::services::Workspace;"),
            ("src/ui/dialogs.rs", "fn f(d: Dialog) { matches!(d, Dialog::Workspace); }"),
            ("src/ui/app.rs", "#[cfg(test)]\nmod tests { use crate::services::Workspace; }"),
        ],
    },
    Rule {
        says: "only src/store speaks SQL",
        check: sql_outside_store,
        broken_by: &[
            ("src/services/a.rs", "const A: &str = \"select id from record\";"),
            ("src/cli/a.rs", "const A: &str = r#\"\n  SELECT id FROM record\"#;"),
            ("src/ui/a.rs", "f(\"insert into record (id) values (1)\")"),
            ("src/domain/a.rs", "f(\"update record set id = 1\")"),
            ("src/services/a.rs", "f(\"delete from record\")"),
            ("src/services/a.rs", "f(include_str!(\"a/get.sql\"))"),
        ],
        kept_by: &[
            ("src/store/a.rs", "const A: &str = \"select id from record\";"),
            ("src/ui/a.rs", "// select a from b\nf(\"Select a file from the list\", \"update\", \"from\")"),
        ],
    },
    Rule {
        says: "every file opens with //!, what it is for",
        check: |source| {
            let fine = source.text.starts_with("//! ");
            if fine { Vec::new() } else { vec![(0, "no //! in the first line".to_owned())] }
        },
        broken_by: &[("src/domain/a.rs", "use std::fmt;\n//! Late."), ("src/domain/a.rs", "")],
        kept_by: &[("src/domain/a.rs", "//! What it is for.\n")],
    },
    Rule {
        says: "no file over 450 lines: split it along a noun",
        check: |source| {
            let lines = source.text.lines().count();
            if lines > FILE_LINES { vec![(0, format!("{lines} lines"))] } else { Vec::new() }
        },
        broken_by: &[("src/domain/a.rs", LONG_FILE)],
        kept_by: &[("src/domain/a.rs", "//! Short.\n")],
    },
    Rule {
        says: "no function over 60 lines",
        check: |source| {
            let functions = source.functions().into_iter().filter(|(_, _, lines)| *lines > FUNCTION_LINES);
            functions.map(|(at, name, lines)| (at, format!("{name} has {lines} lines"))).collect()
        },
        broken_by: &[("src/domain/a.rs", LONG_FUNCTION), ("src/ui/a.rs", LONG_FUNCTION)],
        kept_by: &[
            ("src/domain/a.rs", "trait T { fn f(&self); }\nconst F: fn(u8) -> u8 = g;"),
            ("src/domain/a.rs", LONG_COMMENT),
        ],
    },
    Rule {
        says: "no unwrap and no expect outside tests: every error is shown or returned",
        check: unwraps,
        broken_by: &[
            ("src/domain/a.rs", "fn f() { g().unwrap(); }"),
            ("src/domain/a.rs", "fn f() {\n    g()\n        .expect(\"it is there\");\n}"),
            ("src/domain/a.rs", "#[cfg(test)]\nmod tests { }\nfn f() { g().unwrap(); }"),
            ("src/domain/a.rs", "#[cfg(test)]\nmod tests;\nfn f() { g().unwrap(); }"),
            ("src/domain/a.rs", "fn f() { panic!(\"no\"); }"),
        ],
        kept_by: &[
            ("src/domain/a.rs", "fn f() { g().unwrap_or_default(); } // .unwrap()\n#[expect(dead_code)]\nfn h() {}"),
            ("src/domain/a.rs", "#[cfg(test)]\nmod tests { fn f() { g(\"}\").unwrap(); h('{').expect(\"a\"); } }"),
            ("src/domain/tests.rs", "fn f() { g().unwrap(); }"),
        ],
    },
    Rule {
        says: "only cli/clock.rs reads the clock",
        check: |source| {
            if source.path == "src/cli/clock.rs" {
                return Vec::new();
            }
            let clocks = ["chrono::Local", "std::time::SystemTime", "Utc::now", "Local::now", "SystemTime::now"];
            found(source, |named| clocks.iter().any(|clock| path_has(&named.path, clock)))
        },
        broken_by: &[
            ("src/services/a.rs", "fn f() { chrono::Utc::now(); }"),
            ("src/ui/a.rs", "use chrono::Local;"),
            ("src/store/a.rs", "fn f() { std::time::SystemTime::now(); }"),
        ],
        kept_by: &[
            ("src/cli/clock.rs", "use chrono::{Local, Utc}; fn f() { Utc::now(); Local::now(); }"),
            ("src/services/a.rs", "use chrono::Utc; fn f(now: chrono::DateTime<Utc>) {}"),
        ],
    },
];

const DOMAIN_BANS: &[&str] = &[
    "crate::store",
    "crate::formats",
    "crate::services",
    "crate::cli",
    "crate::ui",
    "rusqlite",
    "refinery",
    "egui",
    "eframe",
    "egui_extras",
    "egui_plot",
    "rfd",
    "clap",
    "anyhow",
    "getrandom",
    "std::fs",
    "std::io",
    "std::env",
    "std::net",
    "std::process",
    "std::thread",
    "std::time::SystemTime",
    "std::time::Instant",
    "chrono::Local",
    "chrono::Utc::now",
    "Utc::now",
    "Local::now",
];
const STORE_BANS: &[&str] = &[
    "crate::formats",
    "crate::services",
    "crate::cli",
    "crate::ui",
    "egui",
    "eframe",
    "egui_extras",
    "egui_plot",
    "rfd",
    "clap",
    "anyhow",
];
const FORMAT_BANS: &[&str] = &[
    "crate::store",
    "crate::services",
    "crate::cli",
    "crate::ui",
    "rusqlite",
    "refinery",
    "egui",
    "eframe",
    "egui_extras",
    "egui_plot",
    "rfd",
    "clap",
    "anyhow",
    "std::time::SystemTime",
    "chrono::Local",
    "chrono::Utc::now",
    "Utc::now",
    "Local::now",
];
const FORMAT_LIBRARIES: &[&str] = &[
    "calamine",
    "rust_xlsxwriter",
    "docx_rs",
    "lopdf",
    "quick_xml",
    "typst",
    "typst_layout",
    "typst_pdf",
    "encoding_rs",
    "chardetng",
    "zip",
];
const SERVICE_BANS: &[&str] = &[
    "crate::cli",
    "crate::ui",
    "rusqlite",
    "refinery",
    "egui",
    "eframe",
    "egui_extras",
    "egui_plot",
    "rfd",
    "clap",
    "anyhow",
];
const WINDOW_BANS: &[&str] = &["crate::store", "crate::cli", "rusqlite", "refinery", "clap"];
const COMMAND_LINE_BANS: &[&str] =
    &["crate::store", "rusqlite", "refinery", "egui", "eframe", "egui_extras", "egui_plot", "rfd"];

const LONG_FILE: &str = include_str!("architecture/long_file.txt");
const LONG_FUNCTION: &str = include_str!("architecture/long_function.txt");
const LONG_COMMENT: &str = include_str!("architecture/long_comment.txt");

#[test]
fn the_source_keeps_every_rule() {
    let sources = sources();
    assert!(sources.len() > 50, "src has many files; only {} were found", sources.len());
    let broken: Vec<String> = RULES.iter().flat_map(|rule| sources.iter().flat_map(|file| told(rule, file))).collect();
    assert!(broken.is_empty(), "{} places break a rule:\n{}", broken.len(), broken.join("\n"));
}

#[test]
fn every_rule_fires_where_it_is_broken() {
    for rule in RULES {
        assert!(!rule.broken_by.is_empty(), "nothing proves that this rule fires: {}", rule.says);
        for (path, text) in rule.broken_by {
            assert!(!told(rule, &Source::new(path, text)).is_empty(), "“{}” let this pass:\n{text}", rule.says);
        }
    }
}

#[test]
fn no_rule_fires_where_it_is_kept() {
    for rule in RULES {
        assert!(!rule.kept_by.is_empty(), "nothing proves that this rule can be kept: {}", rule.says);
        for (path, text) in rule.kept_by {
            let told = told(rule, &Source::new(path, text));
            assert!(told.is_empty(), "{told:?}\nin\n{text}");
        }
    }
}

#[test]
fn sql_files_stand_in_the_store_and_nothing_strange_in_the_source() {
    let strange: Vec<String> = files("src").into_iter().filter(|path| !belongs(path)).collect();
    assert!(strange.is_empty(), "{strange:?}");
    assert!(belongs("src/store/record/get.sql") && belongs("src/ui/app.rs"));
    assert!(!belongs("src/services/get.sql") && !belongs("src/store/notes.txt"));
}

fn belongs(path: &str) -> bool {
    let ends = |ending| Path::new(path).extension().is_some_and(|found| found == ending);
    ends("rs") || (ends("sql") && path.starts_with("src/store/"))
}

#[test]
fn the_longest_function_is_the_same_for_clippy() {
    let clippy = std::fs::read_to_string(root().join("clippy.toml")).unwrap();
    assert!(clippy.contains(&format!("too-many-lines-threshold = {FUNCTION_LINES}\n")));
}

fn told(rule: &Rule, source: &Source) -> Vec<String> {
    let place = |(at, what): Found| format!("{}:{}: {what} ({})", source.path, source.line(at), rule.says);
    (rule.check)(source).into_iter().map(place).collect()
}

/// The paths that a file of a layer names and must not.
fn paths(source: &Source, layer: &str, bans: &[&str]) -> Vec<Found> {
    let in_layer = source.path.starts_with(layer) || layer.strip_suffix('/') == source.path.strip_suffix(".rs");
    if !in_layer {
        return Vec::new();
    }
    found(source, |named| named.path == "crate::*" || bans.iter().any(|ban| begins(named, ban)))
}

fn found(source: &Source, is_banned: impl Fn(&Named) -> bool) -> Vec<Found> {
    source.named().into_iter().filter(|named| is_banned(named)).map(|named| (named.at, named.path)).collect()
}

/// Whether a path is a banned one or lies in it. A single name outside a `use` is a variable and not a crate.
fn begins(named: &Named, ban: &str) -> bool {
    let rest = named.path.strip_prefix(ban);
    rest.is_some_and(|rest| rest.starts_with("::") || (rest.is_empty() && (named.is_use || ban.contains("::"))))
}

/// Whether a path holds another as a row of whole names.
fn path_has(path: &str, part: &str) -> bool {
    format!("::{path}::").contains(&format!("::{part}::"))
}

/// The libraries of file formats, named outside the layer that knows them.
fn format_library_elsewhere(source: &Source) -> Vec<Found> {
    if source.path.starts_with("src/formats/") { Vec::new() } else { paths(source, "src/", FORMAT_LIBRARIES) }
}

fn workspace_in_window(source: &Source) -> Vec<Found> {
    let may = ["src/ui/mod.rs", "src/ui/worker.rs"].contains(&source.path.as_str())
        || source.path.starts_with("src/ui/worker/")
        || is_test_file(&source.path);
    if may || !source.path.starts_with("src/ui/") {
        return Vec::new();
    }
    let named =
        found(source, |named| path_has(&named.path, "services::Workspace") || named.path == "crate::services::*");
    named.into_iter().filter(|(at, _)| !source.is_test(*at)).collect()
}

fn sql_outside_store(source: &Source) -> Vec<Found> {
    if source.path.starts_with("src/store/") {
        return Vec::new();
    }
    source.texts.iter().filter(|(_, text)| is_sql(text)).cloned().collect()
}

/// Statements are written in lower case, or shouted; a sentence for people begins with one capital.
fn is_sql(text: &str) -> bool {
    let one_case = |word: &str| word.chars().all(char::is_lowercase) || word.chars().all(char::is_uppercase);
    let lower = text.to_lowercase();
    let mut words = lower.split_whitespace();
    let first = text.split_whitespace().next().filter(|word| one_case(word)).unwrap_or_default().to_lowercase();
    match (first.as_str(), words.nth(1).unwrap_or_default()) {
        ("select" | "with", _) => lower.contains(" from "),
        ("insert", "into" | "or") | ("delete", "from") | ("create" | "drop" | "alter", "table" | "index") => true,
        ("update", _) => lower.contains(" set "),
        _ => Path::new(&lower).extension().is_some_and(|ending| ending == "sql"),
    }
}

fn unwraps(source: &Source) -> Vec<Found> {
    if is_test_file(&source.path) {
        return Vec::new();
    }
    let calls = [".unwrap()", ".unwrap_err()", ".expect(", ".expect_err(", "panic!(", "unreachable!("];
    let places = calls.iter().flat_map(|call| source.code.match_indices(call));
    places.filter(|(at, _)| !source.is_test(*at)).map(|(at, call)| (at, call.to_owned())).collect()
}

/// Files of tests beside what they test: `tests.rs`, `testing.rs` and folders of these names.
fn is_test_file(path: &str) -> bool {
    path.split('/').any(|part| matches!(part.trim_end_matches(".rs"), "tests" | "testing"))
}

#[test]
fn test_files_are_compiled_for_tests_alone() {
    let sources = sources();
    let declared: BTreeSet<String> = sources.iter().flat_map(Source::test_modules).collect();
    for source in sources.iter().filter(|source| is_test_file(&source.path)) {
        let covered = source.path.trim_end_matches(".rs").split('/').any(|part| declared.contains(part));
        assert!(covered, "{} is not behind #[cfg(test)]", source.path);
    }
    let parent = Source::new("src/a.rs", "//! A.\n#[cfg(test)]\npub(crate) mod testing;\nmod b;");
    assert_eq!(parent.test_modules(), ["testing"]);
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<Source> {
    let rust = files("src").into_iter().filter(|path| Path::new(path).extension().is_some_and(|ending| ending == "rs"));
    rust.map(|path| Source::new(&path, &std::fs::read_to_string(root().join(&path)).unwrap())).collect()
}

/// Every file under a folder, from the root of the project, with `/`.
fn files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root().join(folder)).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}
