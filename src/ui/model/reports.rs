//! The page of reports to donors: the list, the report that is looked at, and what sealed ones would read now.

use std::path::PathBuf;
use std::sync::Arc;

use super::copies::ForWhom;
use super::dialog::Dialog;
use super::goods::LinesArrangement;
use super::route::Route;
use super::{Effect, Model};
use crate::domain::id::Id;
use crate::services::queries::{LinesQuery, ReportPreview, ReportRow, Sources};
use crate::services::reports::Behind;
use crate::services::{FileFormat, Job, Query, Sealing, Write, documents};
use crate::ui::command::Command;
use crate::ui::exchange::{Ask, Slot};
use crate::ui::loaded::Loaded;

/// In what a report is kept when it is sealed: as it is read, and with its tables.
const SEALED_AS: [FileFormat; 2] = [FileFormat::Pdf, FileFormat::Xlsx];

/// Something on the page of reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReportCommand {
    /// Look at a report.
    Choose(Id),
    /// Look at what reads otherwise in a sealed document.
    ChooseSeal(Id),
    /// Ask where the report goes, as a file of this format.
    AskSave(FileFormat),
    /// The system's dialog for the same.
    Browse,
    /// The report into a file.
    Save(PathBuf),
    /// Ask for whom the report is sealed.
    AskSeal,
    /// Look at what the audience does not get.
    LookAtCopy,
    /// Seal the report as it stands, for whom the dialog says.
    Seal,
    /// Look again at how sealed documents stand to the record.
    LookAtSealed,
    /// Draft the report that says what a sealed one reads now.
    Restate(Id),
    /// The list or the record behind a figure, as of the day on which the report counts.
    ShowBehind(Box<Behind>),
}

impl ReportCommand {
    /// The words on buttons.
    #[must_use]
    pub const fn text(&self) -> &'static str {
        match self {
            Self::Choose(_) | Self::ChooseSeal(_) => "Look at it",
            Self::AskSave(FileFormat::Pdf) => "Save as PDF…",
            Self::AskSave(FileFormat::Docx) => "Save as DOCX…",
            Self::AskSave(FileFormat::Xlsx) => "Save as XLSX…",
            Self::AskSave(_) => "Save as a file…",
            Self::Browse => "Browse…",
            Self::Save(_) => "Save",
            Self::AskSeal => "Seal…",
            Self::LookAtCopy => "Look at what is left out",
            Self::Seal => "Seal",
            Self::LookAtSealed => "Look again",
            Self::Restate(_) => "Draft the restatement",
            Self::ShowBehind(_) => "Show what is behind this figure",
        }
    }

    /// Whether it changes the record.
    #[must_use]
    pub const fn writes(&self) -> bool {
        matches!(self, Self::AskSeal | Self::Seal | Self::Restate(_))
    }
}

/// Where a report goes, as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedReportFile {
    /// The report.
    pub report: Id,
    /// For whom, and what is left out for them.
    pub whom: ForWhom,
    /// As what it is saved.
    pub format: FileFormat,
    /// The path, as it is typed.
    pub path: String,
}

impl TypedReportFile {
    /// The path with the ending of its format; `None` while nothing is typed.
    #[must_use]
    pub fn chosen(&self) -> Option<PathBuf> {
        let typed = self.path.trim();
        if typed.is_empty() {
            return None;
        }
        let path = PathBuf::from(typed);
        let ends_well = FileFormat::of_path(&path) == Some(self.format);
        Some(if ends_well { path } else { PathBuf::from(format!("{typed}.{}", self.format.extension())) })
    }
}

/// A report that is to be sealed, as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedSeal {
    /// The report.
    pub report: Id,
    /// Its title.
    pub title: String,
    /// For whom, and what is left out for them.
    pub whom: ForWhom,
    /// A word beside it: how it was sent.
    pub note: String,
}

/// What the page holds.
#[derive(Debug, Default)]
pub struct ReportsPage {
    /// Every report.
    pub rows: Loaded<Arc<Vec<ReportRow>>>,
    /// The report that is looked at.
    pub chosen: Option<Id>,
    /// The sealed document that is looked at in its place, where it is of no report.
    pub chosen_seal: Option<Id>,
    /// What it says.
    pub preview: Loaded<Arc<ReportPreview>>,
}

impl ReportsPage {
    /// Says that the answers may be out of date.
    pub const fn invalidate(&mut self) {
        self.rows.invalidate();
        self.preview.invalidate();
    }

    /// The row of the report that is looked at.
    #[must_use]
    pub fn row(&self) -> Option<&ReportRow> {
        self.rows.value()?.iter().find(|row| Some(row.id) == self.chosen)
    }

    /// The sections of it that have no text yet.
    #[must_use]
    pub fn unwritten(&self) -> &[String] {
        let made = self.preview.value().and_then(|preview| preview.made.as_ref().ok());
        made.map(|made| made.unwritten.as_slice()).unwrap_or_default()
    }

    pub(super) fn asks(&mut self, asks: &mut Vec<Ask>) {
        if let Some(generation) = self.rows.want(&Query::Reports) {
            asks.push(Ask { slot: Slot::Reports, generation, query: Query::Reports });
        }
        if let Some(id) = self.chosen {
            let query = Query::Report { id };
            if let Some(generation) = self.preview.want(&query) {
                asks.push(Ask { slot: Slot::Report, generation, query });
            }
        }
    }

    /// Where nothing is looked at yet, or what was is gone, the first report is.
    pub(super) fn rows_arrived(&mut self) {
        let Some(rows) = self.rows.value() else { return };
        if rows.iter().all(|row| Some(row.id) != self.chosen) {
            self.chosen = rows.first().map(|row| row.id);
            self.preview.clear();
        }
    }
}

impl Model {
    /// The page of reports.
    #[must_use]
    pub const fn reports(&self) -> &ReportsPage {
        &self.reports
    }

    pub(super) fn with_reports(&mut self, command: ReportCommand) -> Vec<Effect> {
        match command {
            ReportCommand::Choose(id) => {
                if self.reports.chosen != Some(id) {
                    self.reports.chosen = Some(id);
                    self.reports.preview.clear();
                }
                self.reports.chosen_seal = None;
                self.go(Route::Reports, None);
            }
            ReportCommand::ChooseSeal(seal) => {
                self.reports.chosen_seal = Some(seal);
                self.go(Route::Reports, None);
            }
            ReportCommand::AskSave(format) => {
                if let Some(report) = self.reports.chosen {
                    self.want_choices(super::export::AUDIENCES);
                    let (whom, path) = (ForWhom::default(), String::new());
                    self.dialog = Some(Dialog::ReportFile(TypedReportFile { report, whom, format, path }));
                }
            }
            ReportCommand::Browse => {
                if let Some(Dialog::ReportFile(typed)) = &self.dialog {
                    return vec![Effect::PickReport(typed.format, self.offered(typed))];
                }
            }
            ReportCommand::Save(path) => {
                if let Some(Dialog::ReportFile(TypedReportFile { report, whom, format, .. })) = self.dialog.take() {
                    let audience = whom.audience;
                    let what = format!("Writing {}", path.file_name().unwrap_or_default().to_string_lossy());
                    return vec![self.start_job(what, Job::Report { report, audience, format, path })];
                }
            }
            ReportCommand::AskSeal => {
                if let Some(row) = self.reports.row() {
                    let (report, title) = (row.id, row.title.clone());
                    self.want_choices(super::export::AUDIENCES);
                    self.dialog =
                        Some(Dialog::Seal(TypedSeal { report, title, whom: ForWhom::default(), note: String::new() }));
                }
            }
            ReportCommand::LookAtCopy => return self.look_at_copy(),
            ReportCommand::Seal => return self.seal_what_is_typed(),
            ReportCommand::LookAtSealed => self.look_at_sealed_again(),
            ReportCommand::ShowBehind(behind) => return self.show_behind(*behind),
            ReportCommand::Restate(seal) => return vec![self.write(Write::Restate { seal })],
        }
        Vec::new()
    }

    fn seal_what_is_typed(&mut self) -> Vec<Effect> {
        match self.dialog.take() {
            Some(Dialog::Seal(TypedSeal { report, whom, note, .. })) if whom.is_known() => {
                let (audience, note) = (whom.audience, note.trim().to_owned());
                let job = Job::SealReport { report, audience, note, formats: SEALED_AS.to_vec() };
                vec![self.start_job("Sealing the report", job)]
            }
            other => {
                self.dialog = other;
                Vec::new()
            }
        }
    }

    /// Shows what is behind a figure. The day and whose records are shown become those of the report, so that the list is the
    /// one that was counted.
    fn show_behind(&mut self, behind: Behind) -> Vec<Effect> {
        let (as_of, sources, command) = match behind {
            Behind::One { id, on } => (on, self.sources, Command::Open(id)),
            Behind::Reckoned(_) => return Vec::new(),
            Behind::Lines(LinesQuery { role, as_of, sources, filter, sort, descending }) => {
                let arrangement = LinesArrangement { role, filter, sort, descending };
                (as_of, sources, Command::ShowLines(Box::new(arrangement)))
            }
            Behind::Records(query) => {
                (query.as_of, query.sources, Command::ShowList(query.kind, Box::new(query.filter)))
            }
        };
        if (self.day(), self.sources) != (as_of, sources) {
            let words = format!("Shown as of {as_of}, {}, as the report counts", shown(sources));
            self.notices.done(words, None);
            self.as_of = Some(as_of).filter(|day| *day != self.place.today);
            self.sources = sources;
        }
        self.navigate(command)
    }

    /// What was made to be sealed is written.
    pub(super) fn seal_made(&mut self, sealing: Box<Sealing>) -> Vec<Effect> {
        vec![self.write(Write::Seal(sealing))]
    }

    /// The file name that is offered. A copy for others does not bear the title, which can hold what is left out.
    fn offered(&self, typed: &TypedReportFile) -> String {
        let format = typed.format;
        if typed.whom.audience.is_some() {
            let reference = self.reports.row().map_or("Report", |row| row.reference.as_str());
            return format!("{reference} copy.{}", format.extension());
        }
        let made = self.reports.preview.value().and_then(|preview| preview.made.as_ref().ok());
        made.map_or_else(
            || format!("Report.{}", format.extension()),
            |made| documents::file_name(&made.document, format),
        )
    }
}

/// Whose records are shown, within a sentence.
const fn shown(sources: Sources) -> &'static str {
    match sources {
        Sources::Own => "ours only",
        Sources::Public => "the public record only",
        Sources::Both => "ours and the public record",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_gets_the_ending_of_its_format_where_it_has_another() {
        let typed = |path: &str| {
            TypedReportFile { report: Id(1), whom: ForWhom::default(), format: FileFormat::Docx, path: path.to_owned() }
                .chosen()
        };
        assert_eq!(typed("  "), None);
        assert_eq!(typed("a/report"), Some(PathBuf::from("a/report.docx")));
        assert_eq!(typed("report 2026.11"), Some(PathBuf::from("report 2026.11.docx")));
        assert_eq!(typed("report.DOCX"), Some(PathBuf::from("report.DOCX")));
    }
}
