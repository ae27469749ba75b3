//! What typst sees: our templates and one set of data, all in memory. No folder, no network, no clock.

use std::collections::HashMap;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt as _, World};

use super::fonts::FONTS;

/// The templates under `assets/reports`.
const TEMPLATES: [(&str, &str); 6] = [
    ("report.typ", include_str!("../../../assets/reports/report.typ")),
    ("frame.typ", include_str!("../../../assets/reports/frame.typ")),
    ("look.typ", include_str!("../../../assets/reports/look.typ")),
    ("blocks.typ", include_str!("../../../assets/reports/blocks.typ")),
    ("table.typ", include_str!("../../../assets/reports/table.typ")),
    ("chart.typ", include_str!("../../../assets/reports/chart.typ")),
];

/// A template that is a page of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Template {
    /// A part of a document.
    Report,
    /// What stands around its pages.
    Frame,
}

/// Parsed once, when the first document is set.
static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    TEMPLATES.iter().filter_map(|(name, text)| Some(Source::new(file(name)?, (*text).to_owned()))).collect()
});

/// With the means to say of a cell that it is a header.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    LazyHash::new(Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build())
});

/// The name of a file in memory. The names are few and fixed: typst keeps each for the life of the program.
fn file(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(name).ok()?;
    Some(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

/// One run of typst.
pub(super) struct Memory {
    main: FileId,
    files: HashMap<FileId, Bytes>,
}

impl Memory {
    /// A template with the data that it reads, and pictures by name.
    pub fn new(template: Template, data: Vec<u8>, pictures: Vec<(&str, Bytes)>) -> Option<Self> {
        let main = file(match template {
            Template::Report => "report.typ",
            Template::Frame => "frame.typ",
        })?;
        let mut files = HashMap::from([(file("data.json")?, Bytes::new(data))]);
        for (name, bytes) in pictures {
            files.insert(file(name)?, bytes);
        }
        Some(Self { main, files })
    }
}

impl World for Memory {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        SOURCES.iter().find(|source| source.id() == id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.files.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
