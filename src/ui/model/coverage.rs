//! The coverage page: what is open and how it stands, one shipment or trip as a matrix, and the cell that is looked at.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use super::dialog::{Dialog, TypedBooking, TypedClearance, TypedSheet};
use super::route::Route;
use super::{Effect, Model};
use crate::domain::coverage::CellState;
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::services::coverage::Choose;
use crate::services::queries::{
    BookingOptions, Coverage, CoverageCell, CoverageColumn, CoverageList, CoverageQuery, CoverageRow, OptionsQuery,
};
use crate::services::{Answer, Query, Write};
use crate::ui::command::Command;
use crate::ui::exchange::{Ask, Purpose, Request, Slot};
use crate::ui::loaded::Loaded;

/// Something to be done on the coverage page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CoverageCommand {
    /// Show a shipment or a trip.
    Show(Id),
    /// Show the list where there is room for one of the two only.
    ShowList,
    /// Show what was known at the end of a day; `None`: what is known now.
    Known(Option<NaiveDate>),
    /// Only what has a cell in this state; the same again shows everything.
    Only(CellState),
    /// Look at a cell; `None`: at none.
    Look(Option<CellAt>),
    /// Begin the columns with this one.
    Columns(usize),
    /// Book what the shipment needs.
    Book(Choose),
    /// The dialog that books the line of the cell; the place of the option that is taken first.
    AskBooking(usize),
    /// Book as the dialog says.
    SaveBooking,
    /// Give a booking back.
    GiveBack(Id),
    /// The dialog for a go or no-go.
    AskClearance,
    /// Sign as the dialog says.
    Sign,
    /// The dialog that saves the sheet of a clearance.
    AskSheet(Id, String),
    /// The system's dialog for the same.
    BrowseSheet,
    /// Save the sheet of a clearance.
    SaveSheet(Id, PathBuf),
    /// What came of saving it.
    SheetSaved(Result<PathBuf, String>),
    /// Carry what was cut of a request into the shipments that are planned.
    CarryCut(Id),
}

impl CoverageCommand {
    /// Whether it changes the record.
    #[must_use]
    pub const fn writes(&self) -> bool {
        matches!(
            self,
            Self::Book(_)
                | Self::AskBooking(_)
                | Self::SaveBooking
                | Self::GiveBack(_)
                | Self::AskClearance
                | Self::Sign
                | Self::CarryCut(_)
        )
    }

    /// The words on its button.
    #[must_use]
    pub const fn text(&self) -> &'static str {
        match self {
            Self::Show(_) => "Coverage",
            Self::ShowList => "All that is open",
            Self::Known(_) => "As known now",
            Self::Look(_) => "Close the cell",
            Self::Book(Choose::Only) => "Book what fits",
            Self::Book(Choose::EarliestExpiry) => "Book, earliest end first",
            Self::AskBooking(_) => "Choose a grant line…",
            Self::SaveBooking => "Book",
            Self::GiveBack(_) => "Give back",
            Self::AskClearance => "Clear for dispatch…",
            Self::Sign => "Sign",
            Self::AskSheet(..) => "Print…",
            Self::BrowseSheet => "Browse…",
            Self::SaveSheet(..) => "Save the sheet",
            Self::CarryCut(_) => "Carry the cut quantities into the shipment plan",
            Self::Only(_) | Self::Columns(_) | Self::SheetSaved(_) => "Show",
        }
    }
}

/// A cell of the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellAt {
    /// The place of its row.
    pub row: usize,
    /// The instrument of its column.
    pub instrument: Id,
}

/// The coverage page.
#[derive(Debug, Default)]
pub struct CoveragePage {
    /// The shipment or trip that is looked at.
    pub holder: Option<Id>,
    /// The day until whose end things were known.
    pub known: Option<NaiveDate>,
    /// That day as it is typed.
    pub typed_known: String,
    /// Only what has a cell in this state.
    pub only: Option<CellState>,
    /// The cell that is looked at.
    pub cell: Option<CellAt>,
    /// The column that stands first beside the rows.
    pub first_column: usize,
    /// Whether the list is shown where there is room for one of the two only.
    pub list_first: bool,
    /// Everything that is open.
    pub list: Loaded<Arc<CoverageList>>,
    /// The places in the list that the filter leaves.
    pub shown: Vec<usize>,
    /// The matrix.
    pub matrix: Loaded<Option<Arc<Coverage>>>,
    /// What can be booked for the cell.
    pub options: Loaded<Option<Arc<BookingOptions>>>,
    /// The sheet that is made, and where it is saved.
    pub sheet: Option<(Id, PathBuf)>,
    /// The text of that sheet.
    pub sheet_text: Loaded<Arc<str>>,
}

/// A cell with what it stands in.
pub struct Looked<'a> {
    /// Its row.
    pub row: &'a CoverageRow,
    /// Its column.
    pub column: &'a CoverageColumn,
    /// The cell.
    pub cell: &'a CoverageCell,
}

impl CoveragePage {
    /// The matrix that is shown, where it is of the shipment that was chosen.
    #[must_use]
    pub fn matrix(&self) -> Option<&Arc<Coverage>> {
        self.matrix.value()?.as_ref().filter(|matrix| Some(matrix.holder.id) == self.holder)
    }

    /// The cell that is looked at.
    #[must_use]
    pub fn looked(&self) -> Option<Looked<'_>> {
        let (matrix, at) = (self.matrix()?, self.cell?);
        let column_at = matrix.columns.iter().position(|column| column.instrument == at.instrument)?;
        let row = matrix.rows.get(at.row)?;
        let cell = row.cells.get(column_at)?.as_ref()?;
        Some(Looked { row, column: matrix.columns.get(column_at)?, cell })
    }

    /// Says that anything may be out of date.
    pub fn invalidate(&mut self) {
        self.list.invalidate();
        self.matrix.invalidate();
        self.options.invalidate();
    }

    fn filter(&mut self) {
        let Some(list) = self.list.value() else { return };
        let fits = |at: &usize| {
            let holder = list.holders.get(*at);
            self.only.is_none_or(|only| holder.is_some_and(|one| one.states.iter().any(|(state, _)| *state == only)))
        };
        self.shown = (0..list.holders.len()).filter(fits).collect();
    }

    /// The list came: where nothing is chosen yet, its first is.
    pub(super) fn list_arrived(&mut self) {
        self.filter();
        let first = self.list.value().and_then(|list| list.holders.first()).map(|one| one.link.id);
        self.holder = self.holder.or(first);
    }

    /// What must be asked so that the page shows what it should.
    pub fn asks(&mut self, as_of: NaiveDate, asks: &mut Vec<Ask>) {
        let as_known = self.known;
        let query = Query::CoverageList { as_of, as_known };
        if let Some(generation) = self.list.want(&query) {
            asks.push(Ask { slot: Slot::CoverageList, generation, query });
        }
        if let Some(holder) = self.holder {
            let query = Query::Coverage(CoverageQuery { holder, as_of, as_known });
            if let Some(generation) = self.matrix.want(&query) {
                asks.push(Ask { slot: Slot::Coverage, generation, query });
            }
        }
        if let Some(query) = self.options_query(as_of)
            && let Some(generation) = self.options.want(&query)
        {
            asks.push(Ask { slot: Slot::BookingOptions, generation, query });
        }
    }

    /// What can be booked is asked of lines only, and only of what is known now.
    fn options_query(&self, as_of: NaiveDate) -> Option<Query> {
        let looked = self.looked().filter(|_| self.known.is_none())?;
        let (shipment, line) = (self.holder?, looked.row.line?);
        let instrument = looked.column.instrument;
        Some(Query::BookingOptions(OptionsQuery { shipment, line, instrument, as_of }))
    }

    /// What can be booked for the cell that is looked at.
    #[must_use]
    pub fn options(&self) -> Option<&Arc<BookingOptions>> {
        let (options, looked) = (self.options.value()?.as_ref()?, self.looked()?);
        let fits = Some(options.line) == looked.row.line && options.instrument == looked.column.instrument;
        (fits && Some(options.shipment) == self.holder).then_some(options)
    }

    /// Asks for the sheet that is to be saved.
    pub(super) fn sheet_asks(&mut self, asks: &mut Vec<Ask>) {
        if let Some((clearance, _)) = self.sheet {
            let query = Query::Sheet { clearance };
            if let Some(generation) = self.sheet_text.want(&query) {
                asks.push(Ask { slot: Slot::Sheet, generation, query });
            }
        }
    }
}

impl Model {
    /// The coverage page.
    #[must_use]
    pub const fn coverage(&self) -> &CoveragePage {
        &self.coverage
    }

    /// The coverage page, for the date that is typed.
    pub const fn coverage_mut(&mut self) -> &mut CoveragePage {
        &mut self.coverage
    }

    pub(super) fn cover(&mut self, command: CoverageCommand) -> Vec<Effect> {
        let page = &mut self.coverage;
        match command {
            CoverageCommand::Show(id) => {
                if page.holder != Some(id) {
                    (page.cell, page.first_column) = (None, 0);
                }
                (page.holder, page.list_first) = (Some(id), false);
                self.go(Route::Coverage, None);
            }
            CoverageCommand::ShowList => page.list_first = true,
            CoverageCommand::Known(day) => page.known = day,
            CoverageCommand::Only(state) => {
                page.only = if page.only == Some(state) { None } else { Some(state) };
                page.list_first = true;
                page.filter();
            }
            CoverageCommand::Look(cell) => page.cell = cell,
            CoverageCommand::Columns(first) => page.first_column = first,
            CoverageCommand::Book(choose) => {
                if let Some(shipment) = page.holder {
                    return vec![self.write(Write::Book { shipment, choose })];
                }
            }
            CoverageCommand::GiveBack(booking) => return vec![self.write(Write::GiveBack { booking })],
            CoverageCommand::CarryCut(request) => return vec![self.write(Write::CarryCut { request })],
            other => return self.settle_in_dialog(other),
        }
        Vec::new()
    }

    fn settle_in_dialog(&mut self, command: CoverageCommand) -> Vec<Effect> {
        match command {
            CoverageCommand::AskBooking(at) => {
                if let Some(options) = self.coverage.options().cloned() {
                    self.dialog = Some(Dialog::Booking(Box::new(TypedBooking::of(options, at))));
                }
            }
            CoverageCommand::SaveBooking => {
                if let Some(write) = self.booking_write() {
                    return vec![self.write_from_dialog(write)];
                }
            }
            CoverageCommand::AskClearance => {
                self.want_choices(SIGNERS);
                self.dialog = Some(Dialog::Clearance(Box::default()));
            }
            CoverageCommand::Sign => {
                if let Some(write) = self.clearance_write() {
                    return vec![self.write_from_dialog(write)];
                }
            }
            CoverageCommand::AskSheet(clearance, reference) => {
                let folder = self.place.path.as_deref().and_then(std::path::Path::parent);
                let name = format!("clearance-{}.html", crate::services::coverage::file_name(&reference));
                let path = folder.map_or_else(|| PathBuf::from(&name), |folder| folder.join(&name));
                let typed = TypedSheet { clearance, path: path.display().to_string(), refused: None };
                self.dialog = Some(Dialog::Sheet(typed));
            }
            CoverageCommand::BrowseSheet => {
                if let Some(Dialog::Sheet(typed)) = &self.dialog {
                    return vec![Effect::PickSheet(typed.clearance, PathBuf::from(&typed.path))];
                }
            }
            CoverageCommand::SaveSheet(clearance, path) => {
                self.coverage.sheet_text.clear();
                self.coverage.sheet = Some((clearance, path));
            }
            CoverageCommand::SheetSaved(Ok(path)) => {
                self.dialog.take_if(|dialog| matches!(dialog, Dialog::Sheet(_)));
                self.notices.done(format!("Saved {}. Open it in a browser and print it", path.display()), None);
            }
            CoverageCommand::SheetSaved(Err(why)) => match &mut self.dialog {
                Some(Dialog::Sheet(typed)) => typed.refused = Some(why),
                _ => self.notices.problem(why),
            },
            _ => {}
        }
        Vec::new()
    }

    pub(super) fn write_from_dialog(&mut self, write: Write) -> Effect {
        self.writing += 1;
        Effect::Send(Request::Write(Purpose::Dialog, write))
    }

    fn booking_write(&mut self) -> Option<Write> {
        let Some(Dialog::Booking(typed)) = &mut self.dialog else { return None };
        typed.refused = None;
        typed.write()
    }

    fn clearance_write(&mut self) -> Option<Write> {
        let shipment = self.coverage.holder?;
        let Some(Dialog::Clearance(typed)) = &mut self.dialog else { return None };
        typed.refused = None;
        typed.write(shipment)
    }

    /// What came of a write that a dialog asked for: refused, it stays with the reason.
    pub(super) fn dialog_written(&mut self, outcome: Result<crate::services::Done, crate::services::WriteError>) {
        let done = match outcome {
            Ok(done) => done,
            Err(crate::services::WriteError::AskFirst(doubt)) => return self.doubt_in_dialog(doubt),
            Err(error) => return self.refuse_in_dialog(&error.to_string()),
        };
        let signed = matches!(self.dialog, Some(Dialog::Clearance(_)));
        self.dialog.take_if(|dialog| matches!(dialog, Dialog::Clearance(_) | Dialog::Booking(_) | Dialog::Attach(_)));
        self.written(&done);
        if let Some(id) = done.id.filter(|_| signed) {
            let reference =
                done.message.split_once("clearance ").map_or_else(String::new, |(_, reference)| reference.to_owned());
            let action = Command::Coverage(CoverageCommand::AskSheet(id, reference));
            self.notices.offer("The clearance is signed. Print it for the file?", (action.text(), action));
        }
    }

    fn refuse_in_dialog(&mut self, why: &str) {
        match &mut self.dialog {
            Some(Dialog::Clearance(typed)) => typed.refused = Some(why.to_owned()),
            Some(Dialog::Booking(typed)) => typed.refused = Some(why.to_owned()),
            Some(Dialog::Attach(typed)) => typed.refused = Some(why.to_owned()),
            _ => self.notices.problem(why),
        }
    }

    /// The text of a sheet came: it can be saved now.
    pub(super) fn sheet_arrived(&mut self, outcome: Result<Answer, String>) -> Vec<Effect> {
        let Some((_, path)) = self.coverage.sheet.take() else { return Vec::new() };
        match outcome {
            Ok(Answer::Sheet(text)) => return vec![Effect::SaveText(path, text)],
            Ok(other) => self.notices.problem(format!("An answer came for another question: {other:?}")),
            Err(failure) => self.notices.problem(failure),
        }
        Vec::new()
    }
}

/// Who can sign.
pub const SIGNERS: &[RecordKind] = &[RecordKind::Person];

impl TypedClearance {
    fn write(&self, shipment: Id) -> Option<Write> {
        Some(Write::Clear(crate::services::coverage::SignOff {
            shipment,
            verdict: self.verdict,
            signed_by: self.signed_by?,
            reason: self.reason.trim().to_owned(),
        }))
    }
}
