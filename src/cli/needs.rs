//! `needs` and `rules` in the terminal: what an act needs, with each row that says so.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::args::Target;
use super::commands;
use super::table::table;
use crate::domain::codes;
use crate::domain::date::parse_day;
use crate::domain::id::Id;
use crate::domain::record::{ActKind, GoodsClass, RecordKind};
use crate::domain::rules::file;
use crate::services::export::Listing;
use crate::services::queries::{AskedAct, CitedRow, NOT_LEGAL_ADVICE, NeedRow, NeedsOf, NeedsTable, RuleLine};
use crate::services::{Answer, Query, Workspace, Write};

/// Arguments of `needs`.
#[derive(Debug, Args)]
pub(super) struct NeedsArgs {
    /// The workspace
    #[arg(long = "in", value_name = "WORKSPACE")]
    pub in_workspace: PathBuf,
    #[command(flatten)]
    pub record: OfRecord,
    #[command(flatten)]
    pub act: OfAct,
    /// The day of the act; of a record, the day where it says none. Today if left out
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub on: Option<NaiveDate>,
    /// Draft the matters that the project needs and does not have
    #[arg(long, requires = "project")]
    pub draft: bool,
    /// Write the answer into this file (.xlsx or .csv) instead
    #[arg(long = "to", value_name = "FILE", conflicts_with = "draft")]
    pub file: Option<PathBuf>,
    /// Print an object
    #[arg(long)]
    pub json: bool,
}

/// A record of which the needs are asked.
#[derive(Debug, Args)]
#[group(required = false, multiple = false)]
pub(super) struct OfRecord {
    /// A shipment, by its reference
    #[arg(long, value_name = "REFERENCE", conflicts_with = "act")]
    pub shipment: Option<String>,
    /// A trip, by its reference
    #[arg(long, value_name = "REFERENCE", conflicts_with = "act")]
    pub trip: Option<String>,
    /// A project, by its reference
    #[arg(long, value_name = "REFERENCE", conflicts_with = "act")]
    pub project: Option<String>,
}

/// An act, put together.
#[derive(Debug, Args)]
pub(super) struct OfAct {
    /// What is done: ship, `bring_back`, service, education, travel, `pay_locally`, `send_funds`, contact ...
    #[arg(long, value_name = "KIND", value_parser = act_kind)]
    pub act: Option<ActKind>,
    /// The item, by its code
    #[arg(long, value_name = "CODE", requires = "act")]
    pub item: Option<String>,
    /// The HS code, instead of an item's
    #[arg(long, value_name = "DIGITS", requires = "act", value_parser = hs_code)]
    pub hs: Option<String>,
    /// What rules count the goods as: food, medicine, device, luxury ...
    #[arg(long, requires = "act", value_parser = class)]
    pub class: Option<GoodsClass>,
    /// The goods are of US origin
    #[arg(long, requires = "act")]
    pub us_origin: bool,
    /// The export control number, for example EAR99
    #[arg(long, requires = "act")]
    pub eccn: Option<String>,
    /// The country of the one who acts; the organisation's if left out
    #[arg(long, value_name = "XX", requires = "act", value_parser = country)]
    pub country: Option<String>,
    /// A US person acts
    #[arg(long, requires = "act")]
    pub us_person: bool,
    /// A country on the way, or two: --transit CN --transit RU
    #[arg(long, value_name = "XX", requires = "act", value_parser = country)]
    pub transit: Vec<String>,
    /// The country of the passport
    #[arg(long, value_name = "XX", requires = "act", value_parser = country)]
    pub passport: Option<String>,
    /// Several trips
    #[arg(long, requires = "act")]
    pub many_trips: bool,
}

/// What to do with rules.
#[derive(Debug, Subcommand)]
pub(super) enum RulesCommand {
    /// List the rows in use, shipped and own
    List {
        /// The workspace
        #[arg(long = "in", value_name = "WORKSPACE")]
        in_workspace: PathBuf,
        /// Print an array of objects
        #[arg(long)]
        json: bool,
    },
    /// Take the rows of a rule file over as the workspace's own: new codes are added, known ones changed
    Load {
        /// The rule file (TOML)
        file: PathBuf,
        #[command(flatten)]
        target: Target,
    },
    /// Say which rows should be looked at again; or read a rule file and say what is wrong with it
    Check {
        /// A rule file; without it the rows in use are looked at
        file: Option<PathBuf>,
        /// The workspace, whose instruments a file may name
        #[arg(long = "in", value_name = "WORKSPACE")]
        in_workspace: Option<PathBuf>,
        /// Print what was found as JSON
        #[arg(long)]
        json: bool,
    },
}

fn act_kind(word: &str) -> Result<ActKind, String> {
    ActKind::from_word(word).ok_or_else(|| {
        let known: Vec<&str> = ActKind::ALL.iter().map(|kind| kind.word()).collect();
        format!("write one of {}", known.join(", "))
    })
}

fn class(word: &str) -> Result<GoodsClass, String> {
    GoodsClass::from_word(word).ok_or_else(|| {
        let known: Vec<&str> = GoodsClass::ALL.iter().map(|class| class.word()).collect();
        format!("write one of {}", known.join(", "))
    })
}

fn country(text: &str) -> Result<String, String> {
    let found = codes::find_country(text).map(str::to_owned);
    found.ok_or_else(|| "write a country of ISO 3166, for example KR".to_owned())
}

fn hs_code(text: &str) -> Result<String, String> {
    let digits: String = text.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
    let good = matches!(digits.len(), 2 | 4 | 6 | 8 | 10) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if good { Ok(digits) } else { Err("write 2, 4, 6, 8 or 10 digits, for example 8413.50".to_owned()) }
}

/// Prints what an act or a record needs, or drafts what is missing.
pub(super) fn needs(args: &NeedsArgs, output: &mut String) -> anyhow::Result<()> {
    if args.draft {
        let id = record_of(&commands::reading(&args.in_workspace)?, &args.record)?;
        let Some(project) = id else { bail!("Name the project: corridor needs --project REFERENCE --draft") };
        return draft(args, project, output);
    }
    let workspace = commands::reading(&args.in_workspace)?;
    let of = asked(&workspace, args)?;
    let on = args.on.unwrap_or_else(|| workspace.today());
    if let Some(file) = &args.file {
        return super::export::into_file(&workspace, Listing::Needs { of, on }, file, args.json, output);
    }
    let found = match workspace.answer(&Query::Needs { of, on })? {
        Answer::Needs(Some(found)) => found,
        other => bail!("The needs gave another answer: {other:?}"),
    };
    if args.json {
        writeln!(output, "{:#}", needs_json(&found))?;
        return Ok(());
    }
    print_needs(&found, output)
}

/// Drafts what is missing and prints in which order it is asked for.
fn draft(args: &NeedsArgs, project: Id, output: &mut String) -> anyhow::Result<()> {
    let mut workspace = commands::writing(&args.in_workspace)?;
    let done = workspace.write(Write::DraftMatters { project })?;
    let on = args.on.unwrap_or_else(|| workspace.today());
    let Answer::Needs(Some(found)) = workspace.answer(&Query::Needs { of: NeedsOf::Record(project), on })? else {
        bail!("The needs gave another answer")
    };
    if args.json {
        let printed = json!({
            "message": done.message, "records": done.touched.ids.len(), "warnings": done.warnings, "path": found.path,
        });
        writeln!(output, "{printed:#}")?;
        return Ok(());
    }
    commands::report(&done, false, output)?;
    found.path.iter().try_for_each(|line| writeln!(output, "{line}"))?;
    writeln!(output, "{NOT_LEGAL_ADVICE}")?;
    Ok(())
}

fn asked(workspace: &Workspace, args: &NeedsArgs) -> anyhow::Result<NeedsOf> {
    if let Some(id) = record_of(workspace, &args.record)? {
        return Ok(NeedsOf::Record(id));
    }
    let Some(kind) = args.act.act else {
        bail!("Say what is asked: --act KIND, --shipment, --trip or --project. `corridor needs --help` shows how")
    };
    if args.act.transit.len() > 2 {
        bail!("Name two countries of transit at most; a shipment's legs can name more")
    }
    let item = args.act.item.as_ref().map(|code| workspace.find(&[RecordKind::Item], code)).transpose();
    Ok(NeedsOf::Act(Box::new(AskedAct {
        item: item.map_err(|problem| anyhow!("{problem}"))?,
        hs_code: args.act.hs.clone(),
        goods_class: args.act.class,
        us_origin: args.act.us_origin,
        eccn: args.act.eccn.clone().unwrap_or_default(),
        country: args.act.country.clone(),
        us_person: args.act.us_person,
        transit: args.act.transit.first().cloned(),
        transit_too: args.act.transit.get(1).cloned(),
        passport: args.act.passport.clone(),
        many_trips: args.act.many_trips,
        ..AskedAct::of(kind)
    })))
}

fn record_of(workspace: &Workspace, of: &OfRecord) -> anyhow::Result<Option<Id>> {
    let named =
        [(RecordKind::Shipment, &of.shipment), (RecordKind::Trip, &of.trip), (RecordKind::Project, &of.project)];
    let Some((kind, reference)) = named.into_iter().find_map(|(kind, named)| Some((kind, named.as_ref()?))) else {
        return Ok(None);
    };
    workspace.find(&[kind], reference).map(Some).map_err(|problem| anyhow!("{problem}"))
}

fn print_needs(found: &NeedsTable, output: &mut String) -> anyhow::Result<()> {
    for act in &found.acts {
        writeln!(output, "\n{} (on {})", act.what, act.on)?;
        if let Some(nothing) = act.nothing() {
            writeln!(output, "  {nothing}")?;
        }
        for need in &act.needs {
            print_need(need, act.on, output)?;
        }
        act.missing.iter().try_for_each(|sentence| writeln!(output, "  Not known: {sentence}"))?;
    }
    if found.acts.is_empty() {
        writeln!(output, "It has no goods and no travellers: no rule was asked")?;
    }
    found.remarks.iter().try_for_each(|remark| writeln!(output, "\n{remark}"))?;
    if !found.path.is_empty() {
        writeln!(output, "\nIn this order:")?;
        found.path.iter().try_for_each(|line| writeln!(output, "  {line}"))?;
    }
    writeln!(output, "\n{NOT_LEGAL_ADVICE}")?;
    Ok(())
}

fn print_need(need: &NeedRow, act_on: NaiveDate, output: &mut String) -> anyhow::Result<()> {
    let section = if need.section.is_empty() { String::new() } else { format!(", {}", need.section) };
    // A shipment meets those who permit on days of their own.
    let day = if need.on == act_on { String::new() } else { format!(", used on {}", need.on) };
    writeln!(output, "  {}: {}, {}{section}{day}", need.answer, need.authority, need.name)?;
    writeln!(output, "      {}", need.words)?;
    need.rows.iter().try_for_each(|row| writeln!(output, "      {}", row.line()))?;
    Ok(())
}

fn needs_json(found: &NeedsTable) -> Value {
    let cited = |row: &CitedRow| {
        json!({
            "code": row.code, "title": row.title, "citation": row.citation, "confidence": row.confidence,
            "checked_on": row.checked_on, "not_verified": row.not_verified, "origin": row.origin,
        })
    };
    let need = |need: &NeedRow| {
        json!({
            "instrument": need.instrument, "name": need.name, "authority": need.authority, "on": need.on,
            "answer": need.answer.word(),
            "section": need.section, "words": need.words, "because": need.because,
            "rules": need.rows.iter().map(cited).collect::<Vec<_>>(),
            "other_rules": need.others.iter().map(cited).collect::<Vec<_>>(),
        })
    };
    let acts: Vec<Value> = found
        .acts
        .iter()
        .map(|act| {
            json!({
                "what": act.what, "lines": act.lines, "on": act.on, "missing": act.missing,
                "needs": act.needs.iter().map(need).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "acts": acts, "whole": found.whole.iter().map(need).collect::<Vec<_>>(), "missing": found.missing,
        "remarks": found.remarks, "path": found.path, "notice": NOT_LEGAL_ADVICE,
    })
}

/// Lists rules, or looks at them.
pub(super) fn rules(command: &RulesCommand, output: &mut String) -> anyhow::Result<()> {
    match command {
        RulesCommand::List { in_workspace, json } => {
            let lines = rows(&commands::reading(in_workspace)?)?;
            list(&lines, *json, output)
        }
        RulesCommand::Load { file, target } => {
            let write = Write::LoadRules { name: file_name(file), toml: commands::text_of(file)? };
            commands::write(target, write, output)
        }
        RulesCommand::Check { file: Some(file), in_workspace, json } => {
            check_file(file, in_workspace.as_deref(), *json, output)
        }
        RulesCommand::Check { file: None, in_workspace: Some(path), json } => {
            let lines = rows(&commands::reading(path)?)?;
            let stale: Vec<RuleLine> = lines.into_iter().filter(|line| !line.stale.is_empty()).collect();
            list(&stale, *json, output)?;
            if !*json {
                writeln!(output, "{} rows should be looked at again. They stay in use", stale.len())?;
            }
            Ok(())
        }
        RulesCommand::Check { file: None, in_workspace: None, .. } => {
            bail!("Name a rule file, or a workspace: corridor rules check --in WORKSPACE")
        }
    }
}

fn rows(workspace: &Workspace) -> anyhow::Result<Vec<RuleLine>> {
    match workspace.answer(&Query::Rules { today: workspace.today() })? {
        Answer::Rules(lines) => Ok(lines.to_vec()),
        other => bail!("The rules gave another answer: {other:?}"),
    }
}

fn list(lines: &[RuleLine], json: bool, output: &mut String) -> anyhow::Result<()> {
    if json {
        let printed = |line: &RuleLine| {
            json!({
                "code": line.code, "act": line.act, "title": line.title, "from": line.from, "to": line.to,
                "citation": line.citation, "confidence": line.confidence, "checked_on": line.checked_on,
                "answers": line.answers, "origin": line.origin, "stale": line.stale,
            })
        };
        writeln!(output, "{:#}", Value::Array(lines.iter().map(printed).collect()))?;
        return Ok(());
    }
    let cells = |line: &RuleLine| {
        let note = line.stale.iter().map(String::as_str).chain([line.origin]).collect::<Vec<_>>().join("; ");
        [&line.code, &line.title, &line.from, &line.to, &line.checked_on, &note].map(ToOwned::to_owned).to_vec()
    };
    let headings = ["Code", "What it says", "From", "Until", "Checked on", "Note"];
    writeln!(output, "{}", table(&headings, &lines.iter().map(cells).collect::<Vec<_>>(), &[]))?;
    Ok(())
}

/// The name by which a refusal speaks of a file.
fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

fn check_file(path: &Path, workspace: Option<&Path>, json: bool, output: &mut String) -> anyhow::Result<()> {
    let text = commands::text_of(path)?;
    let known = match workspace {
        Some(workspace) => commands::reading(workspace)?.instrument_codes()?,
        None => file::built_in_instruments().clone(),
    };
    let name = file_name(path);
    let (rows, bad) = match file::parse(&name, &text, &known) {
        Ok(rows) => (rows.len(), Vec::new()),
        Err(bad) => (0, bad.iter().map(ToString::to_string).collect::<Vec<String>>()),
    };
    if json {
        writeln!(output, "{:#}", json!({ "rows": rows, "problems": bad }))?;
    } else if bad.is_empty() {
        writeln!(output, "{name}: {rows} rows can be read")?;
    } else {
        bad.iter().try_for_each(|bad| writeln!(output, "{bad}"))?;
    }
    if bad.is_empty() { Ok(()) } else { bail!("{name} was refused; the shipped rules stay in force") }
}
