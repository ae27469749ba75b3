//! `import`: a spreadsheet into records of any kind, or the file of public cases.

use std::fmt::Write as _;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{bail, ensure};
use clap::Args;
use serde_json::{Value, json};

use super::args::{Target, kind};
use super::commands::{reading, report, text_of, write, writing};
use crate::domain::record::RecordKind;
use crate::services::import::{
    self, Cause, DateOrder, DecimalMark, HeadRows, Look, Mapping, Message, Plan, Preview, RowState, Severity,
    TextEncoding, TextOptions, Wanted, rows_in_words,
};
use crate::services::{Watch, Workspace, Write};

/// Arguments of `import`.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// The file: CSV, XLSX, XLS or ODS
    pub file: PathBuf,
    #[command(flatten)]
    pub target: Target,
    /// What a row is: shipments, items, people ... guessed where it is left out
    #[arg(long, value_parser = kind)]
    pub kind: Option<RecordKind>,
    /// The sheet, by its name or its number
    #[arg(long)]
    pub sheet: Option<String>,
    /// The row of the headings, or two rows where groups stand over them: 3 or 3-4
    #[arg(long, value_name = "ROW")]
    pub header: Option<HeadRows>,
    /// A mapping that is remembered under this name
    #[arg(long, value_name = "NAME")]
    pub map: Option<String>,
    /// Remember this mapping under a name
    #[arg(long, value_name = "NAME")]
    pub remember: Option<String>,
    /// What a column holds, as "Heading=field"; "Heading=" leaves it out
    #[arg(long = "column", value_name = "HEADING=FIELD")]
    pub columns: Vec<String>,
    /// A value for all rows, as field=value
    #[arg(long = "set", value_name = "FIELD=VALUE")]
    pub fixed: Vec<String>,
    /// A field by which a row finds the record that is there; the reference where it is left out
    #[arg(long = "key", value_name = "FIELD")]
    pub keys: Vec<String>,
    /// The currency of a column of amounts, as "Heading=USD"
    #[arg(long = "currency", value_name = "HEADING=CODE")]
    pub currencies: Vec<String>,
    /// The unit of a column of quantities, as "Heading=kg"
    #[arg(long = "unit", value_name = "HEADING=UNIT")]
    pub units: Vec<String>,
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// Only say what would be done
    #[arg(long)]
    pub dry_run: bool,
    /// Leave out rows that cannot come in, and save them here with what is wrong
    #[arg(long, value_name = "CSV")]
    pub rejected: Option<PathBuf>,
}

/// How values that can mean two things are read.
#[derive(Debug, Args)]
pub(super) struct ReadingArgs {
    /// Read 03/04/23 as 3 April
    #[arg(long, conflicts_with = "month_first")]
    day_first: bool,
    /// Read 03/04/23 as 4 March
    #[arg(long)]
    month_first: bool,
    /// Read 1.200 as one thousand two hundred
    #[arg(long)]
    decimal_comma: bool,
    /// The encoding of a text file: utf-8, utf-16, euc-kr, gb18030 ... found where it is left out
    #[arg(long, value_parser = encoding)]
    encoding: Option<TextEncoding>,
    /// What stands between two cells of a text file: a sign, or tab; found where it is left out
    #[arg(long, value_name = "SIGN", value_parser = delimiter)]
    delimiter: Option<u8>,
}

fn encoding(name: &str) -> Result<TextEncoding, String> {
    let offered = || TextEncoding::OFFERED.map(|one| one.name().to_lowercase()).join(", ");
    TextEncoding::named(name).ok_or_else(|| format!("No encoding is called “{name}”. There are: {}", offered()))
}

fn delimiter(sign: &str) -> Result<u8, String> {
    match sign {
        "tab" | "\\t" => Ok(b'\t'),
        _ => match sign.as_bytes() {
            [sign] if !matches!(*sign, b'"' | b'\r' | b'\n' | 0x80..) => Ok(*sign),
            _ => Err("Write one sign, for example ; or | or tab".to_owned()),
        },
    }
}

/// Imports a file.
pub(super) fn import(args: &ImportArgs, output: &mut String) -> anyhow::Result<()> {
    if args.kind.is_none() && args.file == Path::new("-") || is_public_cases(&args.file) {
        return write(&args.target, Write::ImportPublicCases { csv: text_of(&args.file)? }, output);
    }
    let mut workspace =
        if args.dry_run { reading(&args.target.in_workspace)? } else { writing(&args.target.in_workspace)? };
    let look = workspace.import_look(&wanted(args)?)?;
    let plan = decided(args, &look)?;
    if let Some(name) = &args.remember {
        ensure!(!args.dry_run, "--remember writes into the workspace. Leave out --dry-run");
        workspace.write(import::remember(look.mappings.clone(), Mapping::of(&plan, name)))?;
    }
    let watch = Watch::default();
    let preview = workspace.import_preview(&plan, &watch)?;
    let saved = save_rejected(args, &workspace, &preview)?;
    if args.dry_run {
        tell(&look, &preview, args.target.json, output)?;
        if preview.rows.cannot > 0 {
            bail!("{} cannot come in; nothing was written", rows_in_words(preview.rows.cannot));
        }
        return Ok(());
    }
    if preview.rows.cannot > 0 && !plan.partial {
        tell(&look, &preview, args.target.json, output)?;
        bail!(
            "{} cannot come in, so nothing was written. Mend this, or leave it out with --rejected FILE",
            rows_in_words(preview.rows.cannot)
        );
    }
    let plan = Plan { stamp: preview.plan.stamp, ..plan };
    let mut done = workspace.write(Write::Import { plan: Box::new(plan), watch })?;
    done.warnings.extend(warnings(&preview));
    done.warnings.extend(saved);
    report(&done, args.target.json, output)
}

/// Saves the rows that are left out; the sentence that tells of it.
fn save_rejected(args: &ImportArgs, workspace: &Workspace, preview: &Preview) -> anyhow::Result<Option<String>> {
    let Some(path) = args.rejected.as_ref().filter(|_| preview.rows.cannot > 0) else { return Ok(None) };
    let saved = workspace.import_rejected(&preview.plan, path, &Watch::default())?;
    Ok(Some(format!("{} that cannot come in: see {}", rows_in_words(saved), path.display())))
}

/// Whether the file is the one of the public record, by its headings.
fn is_public_cases(file: &Path) -> bool {
    let mut start = [0; 512];
    let read = std::fs::File::open(file).and_then(|mut file| file.read(&mut start)).unwrap_or(0);
    let text = String::from_utf8_lossy(start.get(..read).unwrap_or_default()).into_owned();
    let first = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default().to_owned();
    let headings: Vec<&str> = first.split(',').collect();
    ["case", "matter", "filing", "organization"].iter().all(|heading| headings.contains(heading))
}

fn wanted(args: &ImportArgs) -> anyhow::Result<Wanted> {
    let sheet = args.sheet.as_deref().map(|name| import::sheet_named(&args.file, name)).transpose()?;
    Ok(Wanted {
        path: args.file.clone(),
        kind: args.kind,
        sheet,
        header: args.header,
        mapping: args.map.clone(),
        text: TextOptions { encoding: args.reading.encoding, delimiter: args.reading.delimiter },
    })
}

fn decided(args: &ImportArgs, look: &Look) -> anyhow::Result<Plan> {
    let mut plan = look.plan.clone();
    for column in &args.columns {
        let Some((heading, field)) = column.rsplit_once('=') else {
            bail!("“{column}” maps no column. Write \"Heading=field\", for example \"Qty=lines.quantity\"")
        };
        import::map_by_heading(&mut plan, heading.trim(), field.trim())?;
    }
    for (said, is_currency) in
        args.currencies.iter().map(|said| (said, true)).chain(args.units.iter().map(|said| (said, false)))
    {
        let Some((heading, code)) = said.rsplit_once('=') else {
            bail!("“{said}” names no column. Write \"Heading=code\", for example \"Value=USD\" or \"Qty=kg\"")
        };
        if is_currency {
            import::set_currency(&mut plan, heading.trim(), code.trim())?;
        } else {
            import::set_unit(&mut plan, heading.trim(), code.trim())?;
        }
    }
    if !args.keys.is_empty() {
        plan.keys.clone_from(&args.keys);
    }
    plan.dates = match (args.reading.day_first, args.reading.month_first) {
        (true, _) => Some(DateOrder::DayFirst),
        (_, true) => Some(DateOrder::MonthFirst),
        _ => None,
    };
    for fixed in &args.fixed {
        let Some((field, value)) = fixed.split_once('=') else {
            bail!("“{fixed}” sets no field. Write field=value, for example project=PRJ-2026-001")
        };
        import::set_for_all(&mut plan, field.trim(), value)?;
    }
    if args.reading.decimal_comma {
        plan.columns.iter_mut().for_each(|column| column.decimal = Some(DecimalMark::Comma));
    }
    plan.partial = args.rejected.is_some();
    Ok(plan)
}

fn warnings(preview: &Preview) -> Vec<String> {
    let warnings = preview.causes.iter().filter(|cause| cause.severity == Severity::Warning);
    let mut said: Vec<String> = warnings.map(|cause| cause_words(preview, cause)).collect();
    said.extend(preview.notes.iter().cloned());
    said.extend(passed_words(preview));
    if !preview.ignored.is_empty() {
        said.push(format!("Columns left out: {}", preview.ignored.join(", ")));
    }
    said
}

fn cause_words(preview: &Preview, cause: &Cause) -> String {
    let first = cause.first.first().map(|message| message.sentence(&preview.sheet)).unwrap_or_default();
    if cause.count == 1 { first } else { format!("{} times. The first: {first}", cause.count) }
}

fn passed_words(preview: &Preview) -> Vec<String> {
    let rows = |rows: &[u64]| rows.iter().take(10).map(u64::to_string).collect::<Vec<_>>().join(", ");
    let words = |passed: &import::PassedRows| {
        format!("Passed over, {}: {} (row {})", passed.why.label().to_lowercase(), passed.count, rows(&passed.first))
    };
    preview.passed.iter().map(words).collect()
}

/// Prints what would become of the file.
fn tell(look: &Look, preview: &Preview, as_json: bool, output: &mut String) -> anyhow::Result<()> {
    if as_json {
        writeln!(output, "{:#}", to_json(look, preview))?;
        return Ok(());
    }
    let plan = &preview.plan;
    writeln!(
        output,
        "{}, sheet “{}”, headings in {}: {}",
        plan.file_name(),
        preview.sheet,
        plan.heads(),
        plan.kind.heading()
    )?;
    if let Some(name) = &look.used {
        writeln!(output, "Columns as remembered under “{name}”")?;
    }
    for column in plan.columns.iter().filter(|column| column.field.is_some()) {
        writeln!(output, "  {} = {}", column.heading, column.field.as_deref().unwrap_or_default())?;
    }
    let states = RowState::ALL.iter().map(|state| {
        format!("{} {} ({} records)", state.label().to_lowercase(), preview.rows.of(*state), preview.records.of(*state))
    });
    writeln!(output, "Rows: {}", states.collect::<Vec<_>>().join(", "))?;
    for cause in preview.causes.iter().filter(|cause| cause.severity == Severity::Error) {
        writeln!(output, "Error: {}", cause_words(preview, cause))?;
    }
    warnings(preview).iter().try_for_each(|warning| writeln!(output, "Note: {warning}"))?;
    Ok(())
}

fn to_json(look: &Look, preview: &Preview) -> Value {
    let tally = |tally: &import::Tally| json!({ "add": tally.add, "change": tally.change, "skip": tally.skip, "cannot": tally.cannot });
    let message = |message: &Message| {
        json!({
            "sheet": preview.sheet,
            "row": message.row,
            "column": message.column.map(import::column_letters),
            "heading": message.heading,
            "found": message.found,
            "expected": message.expected,
            "what": message.what,
        })
    };
    let cause = |cause: &Cause| {
        json!({
            "severity": if cause.severity == Severity::Error { "error" } else { "warning" },
            "what": cause.what,
            "heading": cause.heading,
            "count": cause.count,
            "first": cause.first.iter().map(message).collect::<Vec<_>>(),
        })
    };
    let plan = &preview.plan;
    let columns: Vec<Value> =
        plan.columns.iter().map(|column| json!({ "heading": column.heading, "field": column.field })).collect();
    json!({
        "kind": plan.kind.word(),
        "sheet": preview.sheet,
        "header": plan.header,
        "header_from": plan.header_from,
        "mapping": look.used,
        "columns": columns,
        "ignored": preview.ignored,
        "rows": tally(&preview.rows),
        "records": tally(&preview.records),
        "causes": preview.causes.iter().map(cause).collect::<Vec<_>>(),
        "passed": preview.passed.iter().map(|passed| json!({ "why": passed.why.word(), "count": passed.count, "rows": passed.first })).collect::<Vec<_>>(),
        "notes": preview.notes,
    })
}
