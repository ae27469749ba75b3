//! Which columns the list of a kind has, how wide they are and what stands in them.

use eframe::egui::{Label, RichText, Ui};
use egui_extras::Column;

use crate::domain::record::RecordKind;
use crate::domain::status::Validity;
use crate::domain::summary::Source;
use crate::services::queries::{ListRow, SortBy, StatusCell};
use crate::ui::icons;
use crate::ui::theme;
use crate::ui::widgets::badge::{category_tag_ui, status_badge_ui};

/// What a column shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shows {
    Reference,
    Title,
    Applicant,
    Authority,
    Instrument,
    Categories,
    Project,
    Parent,
    Status,
    Validity,
    Begun,
    Settled,
    Until,
}

/// One column.
#[derive(Debug, Clone, Copy)]
pub(super) struct ColumnSpec {
    pub(super) shows: Shows,
    pub(super) heading: &'static str,
    pub(super) sort: Option<SortBy>,
    width: f32,
}

/// The narrowest that a column can be read at.
const NARROWEST: f32 = 80.0;

const fn column(shows: Shows, heading: &'static str, sort: Option<SortBy>, width: f32) -> ColumnSpec {
    ColumnSpec { shows, heading, sort, width }
}

const REFERENCE: ColumnSpec = column(Shows::Reference, "Reference", Some(SortBy::Reference), 146.0);
const TITLE: ColumnSpec = column(Shows::Title, "Title", Some(SortBy::Title), 200.0);
const AUTHORITY: ColumnSpec = column(Shows::Authority, "Authority", Some(SortBy::Authority), 96.0);
const INSTRUMENT: ColumnSpec = column(Shows::Instrument, "Instrument", None, 150.0);
const CATEGORIES: ColumnSpec = column(Shows::Categories, "Categories", None, 164.0);
const PROJECT: ColumnSpec = column(Shows::Project, "Project", Some(SortBy::Project), 100.0);
const PARENT: ColumnSpec = column(Shows::Parent, "Belongs to", None, 120.0);
const STATUS: ColumnSpec = column(Shows::Status, "Status", Some(SortBy::Status), 178.0);
const VALIDITY: ColumnSpec = column(Shows::Validity, "Permission", None, 132.0);

const fn begun(heading: &'static str) -> ColumnSpec {
    column(Shows::Begun, heading, Some(SortBy::Begun), 90.0)
}

const fn settled(heading: &'static str) -> ColumnSpec {
    column(Shows::Settled, heading, Some(SortBy::Settled), 90.0)
}

const fn until(heading: &'static str) -> ColumnSpec {
    column(Shows::Until, heading, Some(SortBy::Until), 90.0)
}

/// The columns of a kind, in the order of how much they matter: a narrow list keeps the first ones.
pub(super) fn columns(kind: RecordKind) -> Vec<ColumnSpec> {
    let applicant = column(Shows::Applicant, "Applicant", None, 128.0);
    match kind {
        RecordKind::Request => vec![
            REFERENCE,
            STATUS,
            AUTHORITY,
            applicant,
            CATEGORIES,
            VALIDITY,
            begun("Sent"),
            settled("Decided"),
            until("Valid until"),
            INSTRUMENT,
        ],
        RecordKind::Matter => vec![REFERENCE, TITLE, STATUS, VALIDITY, AUTHORITY, INSTRUMENT, CATEGORIES, PROJECT],
        RecordKind::Permission => vec![
            column(Shows::Reference, "Letter or licence", Some(SortBy::Reference), 150.0),
            VALIDITY,
            AUTHORITY,
            begun("Given"),
            until("Valid until"),
            PARENT,
            CATEGORIES,
        ],
        RecordKind::Shipment => vec![
            REFERENCE,
            TITLE,
            STATUS,
            CATEGORIES,
            PROJECT,
            begun("Dispatched"),
            settled("Received"),
            until("Expected"),
        ],
        RecordKind::Trip => vec![
            REFERENCE,
            column(Shows::Title, "Purpose", Some(SortBy::Title), 200.0),
            STATUS,
            PROJECT,
            begun("Departs"),
            settled("Returned"),
            until("Returns"),
            CATEGORIES,
        ],
        RecordKind::Fund => vec![REFERENCE, TITLE, STATUS, begun("From"), until("To"), CATEGORIES, PARENT],
        // A project has no status of its own.
        RecordKind::Project => vec![REFERENCE, TITLE, begun("From"), until("To"), CATEGORIES, PARENT],
        RecordKind::Party | RecordKind::Person | RecordKind::Organisation | RecordKind::Category => {
            vec![REFERENCE, TITLE]
        }
        RecordKind::Item => vec![REFERENCE, TITLE, CATEGORIES],
        _ => vec![REFERENCE, TITLE, begun("Date"), PARENT, CATEGORIES],
    }
}

impl ColumnSpec {
    /// Those that fit into the room. The first always stays, the second as long as some of it can be read.
    pub(super) fn fitting(all: Vec<Self>, room: f32) -> Vec<Self> {
        let mut used = 0.0;
        let fits = |(at, spec): &(usize, Self)| {
            let least = if *at == 1 { spec.width.min(NARROWEST) } else { spec.width };
            let fits = *at == 0 || used + least <= room;
            used += spec.width;
            fits
        };
        all.into_iter().enumerate().take_while(fits).map(|(_, spec)| spec).collect()
    }

    pub(super) fn table_column(&self, is_wide: bool) -> Column {
        if is_wide {
            Column::remainder().at_least(self.width.min(NARROWEST)).clip(true)
        } else {
            Column::initial(self.width).at_least(self.width.min(NARROWEST)).clip(true).resizable(true)
        }
    }

    /// Whether it takes the room that is left.
    pub(super) const fn wants_room(&self) -> bool {
        matches!(self.shows, Shows::Title | Shows::Applicant)
    }

    pub(super) fn cell_ui(&self, ui: &mut Ui, row: &ListRow) {
        match self.shows {
            Shows::Reference => reference_ui(ui, row),
            Shows::Title => text_ui(ui, &row.title),
            Shows::Applicant => text_ui(ui, if row.applicant.is_empty() { "Ours" } else { &row.applicant }),
            Shows::Authority => text_ui(ui, &row.authority_name),
            Shows::Instrument => text_ui(ui, &row.instrument_name),
            Shows::Project => text_ui(ui, &row.project),
            Shows::Parent => text_ui(ui, &row.parent),
            Shows::Begun => date_ui(ui, &row.begun_on),
            Shows::Settled => date_ui(ui, &row.settled_on),
            Shows::Until => date_ui(ui, &row.until_on),
            Shows::Categories => categories_ui(ui, row),
            Shows::Status => status_ui(ui, row.status.as_ref()),
            Shows::Validity => validity_ui(ui, row.status.as_ref()),
        }
    }
}

fn reference_ui(ui: &mut Ui, row: &ListRow) {
    if row.source == Source::Public {
        ui.label(theme::muted(icons::PUBLIC).small()).on_hover_text("Of the public record, not ours");
    }
    ui.add(Label::new(theme::semibold(&row.reference)).truncate());
}

fn text_ui(ui: &mut Ui, text: &str) {
    ui.add(Label::new(text).truncate());
}

fn date_ui(ui: &mut Ui, date: &str) {
    let text = if date.is_empty() { theme::muted("–") } else { RichText::new(date) };
    ui.add(Label::new(text).truncate());
}

fn categories_ui(ui: &mut Ui, row: &ListRow) {
    let Some((first, rest)) = row.categories.split_first() else { return };
    let names: Vec<&str> = row.categories.iter().map(|tag| tag.name.as_str()).collect();
    let names = names.join(", ");
    category_tag_ui(ui, first).on_hover_text(&names);
    if !rest.is_empty() {
        ui.label(theme::small(format!("+{}", rest.len()))).on_hover_text(&names);
    }
}

fn status_ui(ui: &mut Ui, status: Option<&StatusCell>) {
    let Some(status) = status else { return };
    let since = format!("{} since {}", status.label, status.since);
    let hint = if status.was.is_empty() { since } else { format!("{since}; was: {}", status.was) };
    status_badge_ui(ui, &status.word, &status.label).on_hover_text(hint);
}

fn validity_ui(ui: &mut Ui, status: Option<&StatusCell>) {
    let validity = status.and_then(|status| Validity::from_word(&status.validity));
    match validity {
        None | Some(Validity::None) => {
            ui.label(theme::muted("–"));
        }
        Some(validity) => {
            status_badge_ui(ui, validity.word(), validity.label());
        }
    }
}
