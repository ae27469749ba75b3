//! Which columns the list of a kind has, how wide they are, and what stands in them as text.

use crate::domain::record::RecordKind;
use crate::domain::status::Validity;
use crate::services::queries::{ListRow, SortBy};

/// What a column shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// The reference, with a mark where it is of the public record.
    Reference,
    /// The title.
    Title,
    /// Who filed it.
    Applicant,
    /// The authority.
    Authority,
    /// The instrument.
    Instrument,
    /// The categories.
    Categories,
    /// The project.
    Project,
    /// The record it belongs to.
    Parent,
    /// The status on the day.
    Status,
    /// The validity of the permission.
    Validity,
    /// The first date.
    Begun,
    /// The second date.
    Settled,
    /// The third date.
    Until,
}

/// One column.
#[derive(Debug, Clone, Copy)]
pub struct ColumnSpec {
    /// What stands in it.
    pub shows: Shows,
    /// The words above it.
    pub heading: &'static str,
    /// By what a click on the heading sorts.
    pub sort: Option<SortBy>,
    /// How wide it is at first.
    pub width: f32,
}

/// The narrowest that a column can be read at.
pub const NARROWEST: f32 = 80.0;

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
#[must_use]
pub fn columns(kind: RecordKind) -> Vec<ColumnSpec> {
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
        RecordKind::Party | RecordKind::Person | RecordKind::Organisation | RecordKind::Category => {
            vec![REFERENCE, TITLE]
        }
        RecordKind::Item | RecordKind::Project => vec![REFERENCE, TITLE, CATEGORIES],
        RecordKind::Site => vec![REFERENCE, TITLE],
        RecordKind::Expense => vec![REFERENCE, TITLE, begun("Paid"), PARENT, PROJECT],
        other => with_status(other),
    }
}

/// The columns of kinds that are lists of what was done; those without a status show when it was.
fn with_status(kind: RecordKind) -> Vec<ColumnSpec> {
    let [from, to] = match kind {
        RecordKind::Lot => [begun("Taken over"), until("Expires")],
        RecordKind::Purchase => [begun("Ordered"), until("Expected")],
        RecordKind::Visit => [begun("On"), until("Until")],
        RecordKind::Incident => [begun("Began"), settled("Ended")],
        RecordKind::Indicator => [begun("Measured"), until("Target by")],
        RecordKind::Reliance => [begun("Relied on"), until("Until")],
        RecordKind::Cash => [begun("Taken"), until("Account by")],
        _ => return vec![REFERENCE, TITLE, begun("Date"), PARENT, CATEGORIES],
    };
    vec![REFERENCE, TITLE, STATUS, from, to, CATEGORIES, PROJECT]
}

impl ColumnSpec {
    /// Those that fit into the room. The first always stays, the second as long as some of it can be read.
    #[must_use]
    pub fn fitting(all: Vec<Self>, room: f32) -> Vec<Self> {
        let mut used = 0.0;
        let fits = |(at, spec): &(usize, Self)| {
            let least = if *at == 1 { spec.width.min(NARROWEST) } else { spec.width };
            let fits = *at == 0 || used + least <= room;
            used += spec.width;
            fits
        };
        all.into_iter().enumerate().take_while(fits).map(|(_, spec)| spec).collect()
    }

    /// Whether it takes the room that is left.
    #[must_use]
    pub const fn wants_room(&self) -> bool {
        matches!(self.shows, Shows::Title | Shows::Applicant)
    }

    /// The cell as text, as it is read on the screen.
    #[must_use]
    pub fn text(&self, row: &ListRow) -> String {
        let status = row.status.as_ref();
        match self.shows {
            Shows::Reference => row.reference.clone(),
            Shows::Title => row.title.clone(),
            Shows::Applicant if row.applicant.is_empty() => "Ours".to_owned(),
            Shows::Applicant => row.applicant.clone(),
            Shows::Authority => row.authority_name.clone(),
            Shows::Instrument => row.instrument_name.clone(),
            Shows::Categories => row.categories.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>().join(", "),
            Shows::Project => row.project.clone(),
            Shows::Parent => row.parent.clone(),
            Shows::Status => status.map_or_else(String::new, |status| status.label.clone()),
            Shows::Validity => {
                let validity = status.and_then(|status| Validity::from_word(&status.validity));
                validity.filter(|known| *known != Validity::None).map_or("", Validity::label).to_owned()
            }
            Shows::Begun => row.begun_on.clone(),
            Shows::Settled => row.settled_on.clone(),
            Shows::Until => row.until_on.clone(),
        }
    }
}
