//! What narrows and orders a list of records: the same words for `list`, which prints it, and for `export`, which writes it.

use anyhow::{anyhow, bail};
use chrono::NaiveDate;
use clap::Args;

use super::args::{SourceArg, sort};
use crate::domain::date::parse_day;
use crate::domain::record::RecordKind;
use crate::domain::status::Validity;
use crate::domain::word::Word;
use crate::services::Workspace;
use crate::services::queries::{Filter, ListQuery, SortBy, status_words};

/// Day, filter and order of a list.
#[derive(Debug, Args)]
pub(super) struct NarrowArgs {
    /// The day that is looked at; today if left out
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub as_of: Option<NaiveDate>,
    /// Whose records
    #[arg(long, value_enum, default_value_t = SourceArg::Both)]
    pub source: SourceArg,
    /// Only this status, for example on_hold or approved
    #[arg(long)]
    pub status: Option<String>,
    /// Only this validity, for example active or expiring
    #[arg(long)]
    pub validity: Option<String>,
    /// Only this category, by its code
    #[arg(long)]
    pub category: Option<String>,
    /// Only this authority, by its code
    #[arg(long)]
    pub authority: Option<String>,
    /// Only this project, by its reference
    #[arg(long)]
    pub project: Option<String>,
    /// Only records that hold this text
    #[arg(long)]
    pub text: Option<String>,
    /// By what it is sorted
    #[arg(long, value_parser = sort, default_value = SortBy::Reference.word())]
    pub sort: SortBy,
    /// The largest first
    #[arg(long)]
    pub descending: bool,
}

impl NarrowArgs {
    /// The list that was asked for, with its filters found in the workspace.
    pub fn query(
        &self,
        workspace: &Workspace,
        kind: RecordKind,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    ) -> anyhow::Result<ListQuery> {
        let named = |kind, reference: &Option<String>| {
            let found = reference.as_ref().map(|reference| workspace.find(&[kind], reference)).transpose();
            found.map_err(|problem| anyhow!("{problem}"))
        };
        refuse_unknown_word("status", self.status.as_deref(), &status_words(kind))?;
        refuse_unknown_word("validity", self.validity.as_deref(), Validity::WORDS)?;
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            bail!("The last day, {to}, is before the first, {from}. Turn the two round");
        }
        let filter = Filter {
            text: self.text.clone().unwrap_or_default(),
            status: self.status.clone(),
            validity: self.validity.clone(),
            category: named(RecordKind::Category, &self.category)?,
            authority: named(RecordKind::Authority, &self.authority)?,
            project: named(RecordKind::Project, &self.project)?,
            parent: None,
            from,
            to,
            only: None,
        };
        Ok(ListQuery {
            kind,
            as_of: self.as_of.unwrap_or_else(|| workspace.today()),
            sources: self.source.into(),
            filter,
            sort: self.sort,
            descending: self.descending,
        })
    }
}

/// A word that no record can bear would give an empty list, which looks like an answer.
fn refuse_unknown_word(what: &str, found: Option<&str>, known: &[Word]) -> anyhow::Result<()> {
    let Some(found) = found.filter(|found| known.iter().all(|word| word.word != *found)) else { return Ok(()) };
    if known.is_empty() {
        bail!("These records have no {what}. Leave --{what} out");
    }
    let known: Vec<&str> = known.iter().map(|word| word.word).collect();
    bail!("“{found}” is no {what} of these records. Write one of {}", known.join(", "))
}
