//! `clear` in the terminal: what stands in the way of a dispatch, and the signed go or no-go.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{anyhow, bail};
use clap::Args;
use serde_json::json;

use super::args::Target;
use super::{commands, coverage};
use crate::domain::record::{RecordKind, Verdict};
use crate::services::coverage::{SignOff, save_sheet};
use crate::services::queries::CoverageQuery;
use crate::services::{Answer, Query, Write};

/// Arguments of `clear`.
#[derive(Debug, Args)]
pub(super) struct ClearArgs {
    /// The shipment's reference
    shipment: String,
    /// It goes
    #[arg(long, conflicts_with = "no_go", requires = "signed_by")]
    go: bool,
    /// It does not go
    #[arg(long, requires = "signed_by")]
    no_go: bool,
    /// Who signs, by the person's code
    #[arg(long, value_name = "PERSON")]
    signed_by: Option<String>,
    /// Why it goes although something is open
    #[arg(long, default_value = "")]
    reason: String,
    /// Save the page to print and sign
    #[arg(long, value_name = "FILE")]
    sheet: Option<PathBuf>,
    #[command(flatten)]
    target: Target,
}

/// Signs a go or no-go; without either it prints what is open.
pub(super) fn clear(args: &ClearArgs, output: &mut String) -> anyhow::Result<()> {
    let verdict = match (args.go, args.no_go) {
        (true, _) => Verdict::Go,
        (_, true) => Verdict::NoGo,
        _ => return open(args, output),
    };
    let mut workspace = commands::writing(&args.target.in_workspace)?;
    let shipment = coverage::find(&workspace, RecordKind::Shipment, &args.shipment)?;
    let signed_by = coverage::find(&workspace, RecordKind::Person, args.signed_by.as_deref().unwrap_or_default())?;
    let sign = SignOff { shipment, verdict, signed_by, reason: args.reason.clone() };
    let done = workspace.write(Write::Clear(sign))?;
    commands::report(&done, args.target.json, output)?;
    let (Some(path), Some(clearance)) = (&args.sheet, done.id) else { return Ok(()) };
    let Answer::Sheet(page) = workspace.answer(&Query::Sheet { clearance })? else {
        bail!("The sheet gave another answer")
    };
    save_sheet(path, &page).map_err(|why| anyhow!("The clearance is signed, but {why}"))?;
    if !args.target.json {
        writeln!(output, "Saved {}. Open it in a browser and print it", path.display())?;
    }
    Ok(())
}

/// Prints what is open and who can mend it.
fn open(args: &ClearArgs, output: &mut String) -> anyhow::Result<()> {
    if args.sheet.is_some() {
        bail!("Nothing is signed yet, so there is no sheet. Add --go or --no-go and --signed-by");
    }
    let workspace = commands::reading(&args.target.in_workspace)?;
    let holder = coverage::find(&workspace, RecordKind::Shipment, &args.shipment)?;
    let query = CoverageQuery { holder, as_of: workspace.today(), as_known: None };
    let matrix = coverage::of_one(&workspace, query)?;
    if args.target.json {
        let cells = matrix.open_cells().map(|(row, column, cell)| {
            json!({
                "line": row.line, "label": row.label, "instrument": column.code, "state": cell.state.word(),
                "words": cell.words, "mend": cell.mend,
            })
        });
        let printed = json!({ "open": cells.collect::<Vec<_>>(), "settled": matrix.settled });
        writeln!(output, "{printed:#}")?;
    } else {
        coverage::print_open(&matrix, output)?;
    }
    if matrix.open > 0 {
        bail!("{} is not clear", args.shipment);
    }
    Ok(())
}
