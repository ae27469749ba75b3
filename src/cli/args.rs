//! What can be typed, with an example for each command. Values are turned into types here, at the edge.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::args_goods::{GoodsArgs, LinesArgs};
use super::attachments::{AttachArgs, AttachmentArgs, AttachmentsArgs};
use super::clear::ClearArgs;
use super::coverage::{BookArgs, CoverageArgs};
use super::deadlines::DeadlinesArgs;
use super::durations::DurationsArgs;
use super::export::{ExportArgs, TemplateArgs};
use super::iati::IatiArgs;
use super::import::ImportArgs;
use super::narrow::NarrowArgs;
use super::needs::{NeedsArgs, RulesCommand};
use super::overview::OverviewArgs;
use super::packs::{IncidentsArgs, PackArgs, PackageArgs};
use super::planner::{SlotsArgs, WhatIfArgs};
use super::reach::ReachArgs;
use super::report::{ReportCommand, SealArgs};
use crate::domain::date::parse_day;
use crate::domain::record::RecordKind;
use crate::services::queries::{SortBy, Sources};

/// Aid shipments, sanctions exemptions, agency decisions and travel approvals in one local file.
///
/// Corridor gives guidance with its source and date. It is not legal advice.
#[derive(Debug, Parser)]
#[command(
    name = "corridor",
    version,
    after_help = "Example:\n  corridor demo\n  corridor overview --in demo/demo.corridor --as-of 2018-11-08\n\nExit codes: 0 done, 1 refused (with the reason), 2 wrong usage."
)]
pub struct Arguments {
    /// What to do; without it the window opens on the workspace in your own folder.
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a new workspace file with the built-in lists
    #[command(after_help = "Example:\n  corridor new our-organisation.corridor")]
    New {
        /// The file to make
        workspace: PathBuf,
    },
    /// Open a workspace in the window
    #[command(after_help = "Example:\n  corridor open our-organisation.corridor")]
    Open {
        /// The file to open
        workspace: PathBuf,
        /// Open it for reading only, also while another program has it
        #[arg(long)]
        read_only: bool,
    },
    /// Make the demo workspace, print its overview and open the window
    #[command(after_help = "Example:\n  corridor demo --dir /tmp/try --no-window")]
    Demo {
        /// The folder for demo.corridor
        #[arg(long, value_name = "DIR", default_value = "demo")]
        dir: PathBuf,
        /// Leave the window out
        #[arg(long)]
        no_window: bool,
    },
    /// List the records of a kind
    #[command(
        after_help = "Example:\n  corridor list requests --in demo/demo.corridor --status on_hold --as-of 2018-11-08 --json"
    )]
    List(ListArgs),
    /// Show one record with everything that belongs to it
    #[command(
        after_help = "Example:\n  corridor show UN-003 --in demo/demo.corridor\n  corridor show matter:UN-003 --in demo/demo.corridor --json"
    )]
    Show(ShowArgs),
    /// Find records by anything that stands in them
    #[command(
        after_help = "Example:\n  corridor search 결핵 --in demo/demo.corridor\n  corridor search \"8413.50 pump\" --in demo/demo.corridor --kind items --json\n\nEvery word must be found; a word may be unfinished. All records are searched, whatever the day."
    )]
    Search(SearchArgs),
    /// Print status by category, what waits and what expires
    #[command(after_help = "Example:\n  corridor overview --in demo/demo.corridor --as-of 2019-01-31 --source public")]
    Overview(OverviewArgs),
    /// Print everything dated that needs a person, write it into a calendar file, or settle it
    #[command(
        after_help = "Example:\n  corridor deadlines --in demo/demo.corridor --as-of 2026-11-24 --ics deadlines.ics\n  corridor deadlines done PER-2026-001 --what \"Condition: Send a list\" --evidence \"Letter of 1 June\" --in our-organisation.corridor\n  corridor deadlines snooze REQ-2026-001 --until 2026-12-15 --in our-organisation.corridor"
    )]
    Deadlines(DeadlinesArgs),
    /// Print the time that each authority takes, our own beside the public record
    #[command(after_help = "Example:\n  corridor durations --in demo/demo.corridor --as-of 2026-11-24")]
    Durations(DurationsArgs),
    /// Print what was planned, shipped, received and handed out
    #[command(after_help = "Example:\n  corridor goods --in demo/demo.corridor --by item --from 2026-01-01")]
    Goods(GoodsArgs),
    /// List rows of goods
    #[command(
        after_help = "Example:\n  corridor lines shipped --in demo/demo.corridor --category tb --sort quantity --descending"
    )]
    Lines(LinesArgs),
    /// Print people reached by sex and age, each person once
    #[command(after_help = "Example:\n  corridor reach --in demo/demo.corridor --fund TGF --from 2026-01-01")]
    Reach(ReachArgs),
    /// Print which permissions an act, a shipment, a trip or a project needs, with the rule and its date
    #[command(
        after_help = "Examples:\n  corridor needs --in demo/demo.corridor --project HAI-PRJ-NUT\n  corridor needs --in demo/demo.corridor --act ship --hs 8413.50 --country KR --transit CN --on 2024-06-01\n  corridor needs --in our-organisation.corridor --project PRJ-2026-001 --draft"
    )]
    Needs(NeedsArgs),
    /// List the rules that answer `needs`, or look for old and wrong ones
    #[command(
        after_help = "Examples:\n  corridor rules list --in demo/demo.corridor\n  corridor rules check --in demo/demo.corridor\n  corridor rules check our-rules.toml\n  corridor rules load our-rules.toml --in our-organisation.corridor"
    )]
    Rules {
        #[command(subcommand)]
        command: RulesCommand,
    },
    /// Say what would change if a shipment or a trip moved to other days; nothing is written without --apply
    #[command(
        name = "whatif",
        after_help = "Example:\n  corridor whatif HAI-SHP-2027-01 --ship 2027-06-20 --in demo/demo.corridor"
    )]
    WhatIf(WhatIfArgs),
    /// Print which goods go in which of the shipments that a permission allows, and what finds no place
    #[command(after_help = "Example:\n  corridor slots HAI-L-UN-2026-07 --in demo/demo.corridor")]
    Slots(SlotsArgs),
    /// Print what is covered by whose letter: all that is open, or one shipment or trip line by line
    #[command(
        after_help = "Example:\n  corridor coverage --in demo/demo.corridor\n  corridor coverage --in demo/demo.corridor --shipment HAI-SHP-2027-01 --as-of 2026-11-24\n\nExit code 1 where something is not covered."
    )]
    Coverage(CoverageArgs),
    /// Book what a shipment needs, and give back what it needs no more
    #[command(after_help = "Example:\n  corridor book SHP-2026-001 --earliest --in our-organisation.corridor")]
    Book(BookArgs),
    /// Decide whether a shipment goes: freeze its coverage with a signed go or no-go
    #[command(
        after_help = "Example:\n  corridor clear SHP-2026-001 --in our-organisation.corridor\n  corridor clear SHP-2026-001 --in our-organisation.corridor --go --signed-by PER-2026-001 --sheet clearance.html\n\nWithout --go or --no-go it prints what is open and who can mend it, and exits with 1 where something is."
    )]
    Clear(ClearArgs),
    /// List donor reports, make one, or restate one that was sealed
    #[command(
        after_help = "Examples:\n  corridor report list --in demo/demo.corridor\n  corridor report make RPT-2026-001 --format xlsx --in our-organisation.corridor\n  corridor report make RPT-2026-001 --out interim.xlsx --as-of 2026-07-15 --in our-organisation.corridor"
    )]
    Report {
        #[command(subcommand)]
        command: ReportCommand,
    },
    /// Seal a donor report as it leaves the house: its files, its figures, and how far the journal had come
    #[command(
        after_help = "Example:\n  corridor seal RPT-2026-001 --format xlsx --note \"Sent by e-mail\" --in our-organisation.corridor"
    )]
    Seal(SealArgs),
    /// Say what of the projects is published as IATI activities, check it, and write it
    #[command(
        after_help = "Example:\n  corridor iati --in our-organisation.corridor\n  corridor iati --out activities.xml --in our-organisation.corridor\n\nA project is published only where a publication of it says so, part by part."
    )]
    Iati(IatiArgs),
    /// Make the border-and-bank binder of a shipment
    #[command(
        after_help = "Example:\n  corridor binder SHP-2026-02 --out for-the-border --in our-organisation.corridor\n\nWithout --out it prints what is missing."
    )]
    Binder(PackArgs),
    /// Make what an authority gets of a request, and print what is missing in it
    #[command(
        after_help = "Example:\n  corridor package UN-2026-07 --out to-send --in our-organisation.corridor\n  corridor package UN-2026-07 --out to-send --sent 2026-11-24 --in our-organisation.corridor"
    )]
    Package(PackageArgs),
    /// Make the audit pack of a matter, a shipment or a project
    #[command(
        after_help = "Example:\n  corridor audit SHP-2026-02 --as-of 2026-09-21 --as-known 2026-09-21 --out for-counsel --in our-organisation.corridor"
    )]
    Audit(PackArgs),
    /// Hold packing list, declaration and invoice of a shipment against its letters, line by line
    #[command(
        after_help = "Example:\n  corridor customs SHP-2026-02 --out papers --in our-organisation.corridor --json"
    )]
    Customs(PackArgs),
    /// Make the report of a visit
    #[command(
        after_help = "Example:\n  corridor visit-report VIS-2026-02 --out reports --in our-organisation.corridor"
    )]
    VisitReport(PackArgs),
    /// Make the incident log: of all, or of a project or a shipment
    #[command(after_help = "Example:\n  corridor incidents PRJ-TB --out reports --in our-organisation.corridor")]
    Incidents(IncidentsArgs),
    /// Take files into the workspace and attach them to a record
    #[command(
        after_help = "Example:\n  corridor attach UN-2026-07 letter.pdf --kind letter --dated 2026-07-02 --in our-organisation.corridor\n\nA file over 50 MB, an empty one or one that could run as a program wants --yes."
    )]
    Attach(AttachArgs),
    /// List the files of a record, or of all records
    #[command(after_help = "Example:\n  corridor attachments UN-2026-07 --in our-organisation.corridor --json")]
    Attachments(AttachmentsArgs),
    /// Save a copy of an attached file
    #[command(
        after_help = "Example:\n  corridor attachment UN-2026-07/ATT1 --save letter.pdf --in our-organisation.corridor"
    )]
    Attachment(AttachmentArgs),
    /// Write a list into a workbook or a text file, with its filter, its order and its day
    #[command(
        after_help = "Examples:\n  corridor export shipments --in demo/demo.corridor --status dispatched --to shipments.xlsx\n  corridor export items --in demo/demo.corridor --to items.csv\n  corridor export coverage --of HAI-SHP-2027-01 --in demo/demo.corridor --audience donor --to coverage.xlsx\n  corridor export 3w --in demo/demo.corridor --from 2026-01-01 --to 3w.xlsx\n\nBesides the kinds of records: deadlines, goods, lines, people-reached, coverage, overview, durations, rule-book, slots, history, 3w and fts."
    )]
    Export(Box<ExportArgs>),
    /// Write a workbook in which records of a kind can be typed and then imported
    #[command(
        after_help = "Example:\n  corridor template shipments --in our-organisation.corridor --to shipments-template.xlsx"
    )]
    Template(TemplateArgs),
    /// Load places with their P-codes from a gazetteer: new ones are added, empty fields of known ones are filled
    #[command(
        after_help = "Example:\n  corridor gazetteer prk_adminboundaries_tabulardata.csv --in our-organisation.corridor"
    )]
    Gazetteer {
        /// The CSV file, with the headings of the UN's common operational datasets or with pcode, name and parent
        file: PathBuf,
        #[command(flatten)]
        target: Target,
    },
    /// Import a spreadsheet as records of any kind, or the public record of UN exemption cases
    #[command(
        after_help = "Examples:\n  corridor import packing-list.xlsx --in our-organisation.corridor --dry-run\n  corridor import staff.csv --kind people --key name --day-first --in our-organisation.corridor\n  corridor import list.csv --column \"Qty=lines.quantity\" --rejected rejected.csv --in our-organisation.corridor\n  corridor import public_cases.csv --in our-organisation.corridor\n\nAll rows come in as one step, or none. `corridor schema` prints the names of the fields."
    )]
    Import(ImportArgs),
    /// Do a file of operations, one a line, as a whole or not at all
    #[command(
        after_help = "Example:\n  echo '{\"op\":\"create\",\"kind\":\"item\",\"record\":{\"name\":\"Blanket\",\"base_unit\":\"H87\"}}' | corridor apply - --in our-organisation.corridor"
    )]
    Apply {
        /// The file of operations (JSON lines), or - for standard input
        file: PathBuf,
        #[command(flatten)]
        target: Target,
    },
    /// Set the same fields in one or many records, in one step
    #[command(
        after_help = "Example:\n  corridor set shipments SHP-2026-001 SHP-2026-002 consignee=PTY-2026-001 note= --in our-organisation.corridor\n\nA field without a value is emptied. `corridor schema` prints the names of the fields."
    )]
    Set {
        /// The kind: requests, shipments, trips, items, people ...
        #[arg(value_parser = kind)]
        kind: RecordKind,
        /// References, and fields as name=value; several values of one field are separated by commas
        #[arg(required = true, value_name = "REFERENCE|FIELD=VALUE")]
        words: Vec<String>,
        #[command(flatten)]
        target: Target,
    },
    /// Delete one or many records with everything that belongs to them, in one step
    #[command(
        after_help = "Example:\n  corridor delete items ITM-2026-001 ITM-2026-002 --in our-organisation.corridor"
    )]
    Delete {
        /// The kind: requests, shipments, trips, items, people ...
        #[arg(value_parser = kind)]
        kind: RecordKind,
        /// References
        #[arg(required = true, value_name = "REFERENCE")]
        references: Vec<String>,
        #[command(flatten)]
        target: Target,
    },
    /// Add a record like another: without its reference, its dates and the numbers that others gave it
    #[command(
        after_help = "Example:\n  corridor duplicate shipment:SHP-2026-001 title=\"Milk, second part\" --in our-organisation.corridor"
    )]
    Duplicate {
        /// The record's reference; kind:REFERENCE where several kinds have it
        reference: String,
        /// Fields of the new record, as name=value
        #[arg(value_name = "FIELD=VALUE")]
        fields: Vec<String>,
        #[command(flatten)]
        target: Target,
    },
    /// Take the newest step back
    #[command(after_help = "Example:\n  corridor undo --in our-organisation.corridor")]
    Undo {
        #[command(flatten)]
        target: Target,
    },
    /// Do the step undone last again
    #[command(after_help = "Example:\n  corridor redo --in our-organisation.corridor")]
    Redo {
        #[command(flatten)]
        target: Target,
    },
    /// Print the JSON Schema of operations
    #[command(after_help = "Example:\n  corridor schema > operations.schema.json")]
    Schema,
    /// Prove the file, the journal's chain and everything derived from it
    #[command(
        after_help = "Example:\n  corridor check --in our-organisation.corridor\n  corridor check --in office.corridor --against field.corridor"
    )]
    Check {
        /// The workspace
        #[arg(long = "in", value_name = "WORKSPACE")]
        in_workspace: PathBuf,
        /// Another copy of the workspace: says whether the two were written apart
        #[arg(long, value_name = "OTHER")]
        against: Option<PathBuf>,
        /// Print what was found as JSON
        #[arg(long)]
        json: bool,
    },
}

/// The workspace that a command writes, and how it tells what it did.
#[derive(Debug, Args)]
pub(super) struct Target {
    /// The workspace
    #[arg(long = "in", value_name = "WORKSPACE")]
    pub in_workspace: PathBuf,
    /// Print what was done as JSON
    #[arg(long)]
    pub json: bool,
}

/// Whose records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SourceArg {
    /// Our own records
    Own,
    /// The public record
    Public,
    /// Both
    Both,
}

impl From<SourceArg> for Sources {
    fn from(source: SourceArg) -> Self {
        match source {
            SourceArg::Own => Self::Own,
            SourceArg::Public => Self::Public,
            SourceArg::Both => Self::Both,
        }
    }
}

/// Arguments of `list`.
#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// The kind: requests, shipments, trips, matters, permissions, items, people ...
    #[arg(value_parser = kind)]
    pub kind: RecordKind,
    /// The workspace
    #[arg(long = "in", value_name = "WORKSPACE")]
    pub in_workspace: PathBuf,
    #[command(flatten)]
    pub narrow: NarrowArgs,
    /// Only what was sent, dispatched or departed from this day on; where that is not known, decided or received
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub from: Option<NaiveDate>,
    /// Only up to this day, by the same date
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub to: Option<NaiveDate>,
    /// Print an array of objects
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `show`.
#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// The record's reference; kind:REFERENCE where several kinds have it
    pub reference: String,
    /// The workspace
    #[arg(long = "in", value_name = "WORKSPACE")]
    pub in_workspace: PathBuf,
    /// The day whose status is shown; today if left out
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub as_of: Option<NaiveDate>,
    /// Print an object
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `search`.
#[derive(Debug, Args)]
pub(super) struct SearchArgs {
    /// The words
    #[arg(required = true)]
    pub text: Vec<String>,
    /// The workspace
    #[arg(long = "in", value_name = "WORKSPACE")]
    pub in_workspace: PathBuf,
    /// Only this kind: requests, shipments, items, people ...
    #[arg(long, value_parser = kind)]
    pub kind: Option<RecordKind>,
    /// How many of each kind are printed; all are counted
    #[arg(long, default_value_t = 10)]
    pub limit: usize,
    /// Print an array of objects
    #[arg(long)]
    pub json: bool,
}

pub(super) fn kind(word: &str) -> Result<RecordKind, String> {
    RecordKind::named(word).ok_or_else(|| {
        let known: Vec<&str> = RecordKind::ALL.iter().map(|kind| kind.plural()).collect();
        format!("there are no “{word}”; there are {}", known.join(", "))
    })
}

pub(super) fn sort(word: &str) -> Result<SortBy, String> {
    SortBy::from_word(word).ok_or_else(|| {
        let known: Vec<&str> = SortBy::ALL.iter().map(|sort| sort.word()).collect();
        format!("write one of {}", known.join(", "))
    })
}
