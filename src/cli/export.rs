//! `export` and `template`: lists into files, whole or redacted for an audience.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use chrono::NaiveDate;
use clap::Args;
use serde_json::{Value, json};

use super::args;
use super::args_goods;
use super::narrow::NarrowArgs;
use super::{clock, commands};
use crate::domain::counted::counted;
use crate::domain::date::parse_day;
use crate::domain::goods::GoodsBy;
use crate::domain::id::Id;
use crate::domain::record::{LineRole, RecordKind};
use crate::services::export::{Columns, Export, Exported, ListFormat, Listing, OverviewPart, Period};
use crate::services::queries::{
    COVERED_KINDS, CoverageQuery, GoodsQuery, LineFilter, LinesQuery, NeedsOf, ReachQuery, SortLines,
};
use crate::services::redact::{Doubt, LeftOut, Removed};
use crate::services::{Watch, Workspace};

/// How many operations of the history go out.
const OPERATIONS: u32 = 100_000;

/// Arguments of `export`.
#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    /// A kind of record (shipments, requests, items ...), or one of the other lists
    #[arg(value_name = "LIST", value_parser = what)]
    pub what: What,
    /// The workspace
    #[arg(long = "in", value_name = "WORKSPACE")]
    pub in_workspace: PathBuf,
    /// The file to write; its ending says the format where --format does not
    #[arg(long = "to", value_name = "FILE")]
    pub file: PathBuf,
    /// xlsx or csv
    #[arg(long, value_parser = format)]
    pub format: Option<ListFormat>,
    /// Of records: shown (as on the screen), fields (every field, to be imported again), or both
    #[arg(long, value_parser = columns, default_value = Columns::Both.word())]
    pub columns: Columns,
    /// Leave out what this audience does not get, by its reference: donor, bank, public
    #[arg(long)]
    pub audience: Option<String>,
    /// Of coverage the shipment or trip, of slots the permission, of needs the shipment, trip or project, by its reference
    #[arg(long = "of", value_name = "REFERENCE")]
    pub of: Option<String>,
    #[command(flatten)]
    pub narrow: NarrowArgs,
    /// Of coverage: the day until whose end things were known
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub as_known: Option<NaiveDate>,
    /// Of goods and people: only this fund, by its reference
    #[arg(long)]
    pub fund: Option<String>,
    /// Of lines: only this item, by its code
    #[arg(long)]
    pub item: Option<String>,
    /// The first day of the period
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub from: Option<NaiveDate>,
    /// The last day of the period
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub until: Option<NaiveDate>,
    /// Of goods: by category, item, project, fund or month
    #[arg(long, value_parser = args_goods::goods_by, default_value = GoodsBy::Category.word())]
    pub by: GoodsBy,
    /// Of lines: what they are counted as: planned, asked, granted, bought, stored, shipped, received, distributed
    #[arg(long, value_parser = args_goods::role, default_value = LineRole::Shipped.word())]
    pub role: LineRole,
    /// Print what was done as JSON
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `template`.
#[derive(Debug, Args)]
pub(super) struct TemplateArgs {
    /// The kind: shipments, items, people ...
    #[arg(value_parser = args::kind)]
    pub kind: RecordKind,
    /// The file to write
    #[arg(long = "to", value_name = "FILE")]
    pub file: PathBuf,
    /// The workspace whose lists it offers; without it the built-in ones
    #[arg(long = "in", value_name = "WORKSPACE")]
    pub in_workspace: Option<PathBuf>,
    /// Print what was done as JSON
    #[arg(long)]
    pub json: bool,
}

/// What goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Records(RecordKind),
    Deadlines,
    Goods,
    Lines,
    People,
    Coverage,
    Overview,
    Part(OverviewPart),
    Needs,
    Search,
    Reports,
    Durations,
    RuleBook,
    Slots,
    History,
    ThreeW,
    Flows,
}

/// The lists that are no records of a kind.
const LISTS: [(&str, What); 18] = [
    ("deadlines", What::Deadlines),
    ("goods", What::Goods),
    ("lines", What::Lines),
    ("people-reached", What::People),
    ("coverage", What::Coverage),
    ("overview", What::Overview),
    ("waits", What::Part(OverviewPart::Waits)),
    ("expiries", What::Part(OverviewPart::Expiries)),
    ("flags", What::Part(OverviewPart::Flags)),
    ("needs", What::Needs),
    ("search", What::Search),
    ("donor-reports", What::Reports),
    ("durations", What::Durations),
    ("rule-book", What::RuleBook),
    ("slots", What::Slots),
    ("history", What::History),
    ("3w", What::ThreeW),
    ("fts", What::Flows),
];

fn what(word: &str) -> Result<What, String> {
    let wanted = word.trim().to_lowercase().replace('_', "-");
    let named = LISTS.iter().find(|(name, _)| *name == wanted).map(|(_, what)| *what);
    named.or_else(|| RecordKind::named(word).map(What::Records)).ok_or_else(|| {
        let lists = LISTS.iter().map(|(name, _)| *name);
        let known: Vec<&str> = lists.chain(RecordKind::ALL.iter().map(|kind| kind.plural())).collect();
        format!("there is no list “{word}”; there are {}", known.join(", "))
    })
}

fn format(word: &str) -> Result<ListFormat, String> {
    ListFormat::from_word(&word.to_lowercase()).ok_or_else(|| "write xlsx or csv".to_owned())
}

fn columns(word: &str) -> Result<Columns, String> {
    Columns::from_word(word).ok_or_else(|| "write shown, fields or both".to_owned())
}

/// Writes a list into a file.
pub(super) fn export(args: &ExportArgs, output: &mut String) -> anyhow::Result<()> {
    let workspace = commands::reading(&args.in_workspace)?;
    let format = args.format.map_or_else(|| by_ending(&args.file), Ok)?;
    let audience = found(&workspace, RecordKind::Audience, args.audience.as_ref())?;
    let export = Export { listing: listing(&workspace, args)?, format, audience, path: args.file.clone() };
    let done = workspace.export(&export, &Watch::default())?;
    print(&export, &done, args.json, output)
}

/// Writes an answer that another command found into a file.
pub(super) fn into_file(
    workspace: &Workspace,
    listing: Listing,
    file: &Path,
    as_json: bool,
    output: &mut String,
) -> anyhow::Result<()> {
    let export = Export { listing, format: by_ending(file)?, audience: None, path: file.to_path_buf() };
    let done = workspace.export(&export, &Watch::default())?;
    print(&export, &done, as_json, output)
}

/// The format that the ending of a file says.
fn by_ending(file: &Path) -> anyhow::Result<ListFormat> {
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    ListFormat::from_word(&ending)
        .ok_or_else(|| anyhow!("{} does not end in .xlsx or .csv. Name it so, or write --format", file.display()))
}

fn found(workspace: &Workspace, kind: RecordKind, reference: Option<&String>) -> anyhow::Result<Option<Id>> {
    let found = reference.map(|reference| workspace.find(&[kind], reference)).transpose();
    found.map_err(|problem| anyhow!("{problem}"))
}

fn listing(workspace: &Workspace, args: &ExportArgs) -> anyhow::Result<Listing> {
    let narrow = &args.narrow;
    let as_of = narrow.as_of.unwrap_or_else(|| workspace.today());
    let sources = narrow.source.into();
    let named = |kind, reference: &Option<String>| found(workspace, kind, reference.as_ref());
    let period = Period { as_of, from: args.from, to: args.until };
    Ok(match args.what {
        What::Records(kind) => Listing::Records(narrow.query(workspace, kind, args.from, args.until)?, args.columns),
        What::Deadlines => Listing::Deadlines { as_of, sources },
        What::Goods => Listing::Goods(GoodsQuery { as_of, sources, by: args.by, from: args.from, to: args.until }),
        What::Lines => lines(workspace, args, as_of)?,
        What::People => Listing::Reach(ReachQuery {
            as_of,
            project: named(RecordKind::Project, &narrow.project)?,
            fund: named(RecordKind::Fund, &args.fund)?,
            site: None,
            from: args.from,
            to: args.until,
        }),
        What::Coverage => match &args.of {
            Some(reference) => {
                let holder = workspace.find(COVERED_KINDS, reference).map_err(|problem| anyhow!("{problem}"))?;
                Listing::Coverage(CoverageQuery { holder, as_of, as_known: args.as_known })
            }
            None => Listing::CoverageList { as_of, as_known: args.as_known, only: None },
        },
        What::Overview => Listing::Overview { as_of, sources },
        What::Durations => Listing::Durations { as_of },
        What::RuleBook => Listing::Rules { as_of, find: narrow.text.clone().unwrap_or_default() },
        What::Part(part) => Listing::OverviewPart { as_of, sources, part },
        What::Reports => Listing::Reports,
        What::Search => {
            let Some(text) = narrow.text.clone() else { bail!("Say what is searched: --text WORDS") };
            Listing::Search { text, as_of }
        }
        What::Needs => needs(workspace, args, as_of)?,
        What::Slots => {
            let Some(permission) = named(RecordKind::Permission, &args.of)? else {
                bail!("Say of which permission: --of REFERENCE");
            };
            Listing::Slots { permission, as_of }
        }
        What::History => Listing::Operations { limit: OPERATIONS },
        What::ThreeW => Listing::WhoDoesWhat(period),
        What::Flows => Listing::Flows(period),
    })
}

fn lines(workspace: &Workspace, args: &ExportArgs, as_of: NaiveDate) -> anyhow::Result<Listing> {
    let narrow = &args.narrow;
    let named = |kind, reference: &Option<String>| found(workspace, kind, reference.as_ref());
    let filter = LineFilter {
        text: narrow.text.clone().unwrap_or_default(),
        item: named(RecordKind::Item, &args.item)?,
        category: named(RecordKind::Category, &narrow.category)?,
        project: named(RecordKind::Project, &narrow.project)?,
        fund: named(RecordKind::Fund, &args.fund)?,
        from: args.from,
        to: args.until,
        ..LineFilter::default()
    };
    let (role, sources, descending) = (args.role, narrow.source.into(), narrow.descending);
    Ok(Listing::Lines(LinesQuery { role, as_of, sources, filter, sort: SortLines::Day, descending }))
}

fn needs(workspace: &Workspace, args: &ExportArgs, on: NaiveDate) -> anyhow::Result<Listing> {
    let Some(reference) = &args.of else {
        bail!("Say of which shipment, trip or project: --of REFERENCE. An act has `needs --act KIND --to FILE`");
    };
    let kinds = [RecordKind::Shipment, RecordKind::Trip, RecordKind::Project];
    let id = workspace.find(&kinds, reference).map_err(|problem| anyhow!("{problem}"))?;
    Ok(Listing::Needs { of: NeedsOf::Record(id), on })
}

/// What was left out of a copy, value by value.
pub(super) fn removed(left_out: &LeftOut) -> Vec<Value> {
    let value = |one: &Removed| json!({ "why": one.why.word(), "value": one.value, "times": one.times, "proven": one.is_provable() });
    left_out.removed.iter().map(value).collect()
}

/// What a person has to look at in a copy, word by word.
pub(super) fn doubts(left_out: &LeftOut) -> Vec<Value> {
    let value =
        |one: &Doubt| json!({ "why": one.why.word(), "word": one.word, "times": one.times, "places": one.places });
    left_out.doubts.iter().map(value).collect()
}

fn print(export: &Export, done: &Exported, as_json: bool, output: &mut String) -> anyhow::Result<()> {
    if as_json {
        let printed = json!({
            "path": export.path.display().to_string(),
            "format": export.format.word(),
            "rows": done.rows,
            "removed": removed(&done.left_out),
            "doubts": doubts(&done.left_out),
        });
        writeln!(output, "{printed:#}")?;
        return Ok(());
    }
    writeln!(output, "Wrote {} to {}", counted(done.rows, "row", "rows"), export.path.display())?;
    done.left_out.in_words().iter().try_for_each(|line| writeln!(output, "{line}"))?;
    Ok(())
}

/// Writes a template.
pub(super) fn template(args: &TemplateArgs, output: &mut String) -> anyhow::Result<()> {
    let workspace = match &args.in_workspace {
        Some(path) => commands::reading(path)?,
        None => Workspace::in_memory(clock::context())?,
    };
    workspace.save_template(args.kind, &args.file)?;
    if args.json {
        writeln!(output, "{:#}", json!({ "path": args.file.display().to_string(), "kind": args.kind.word() }))?;
    } else {
        writeln!(output, "Wrote {}. Fill it in and import it", args.file.display())?;
    }
    Ok(())
}
