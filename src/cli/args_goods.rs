//! What can be typed about goods.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

use super::args::SourceArg;
use crate::domain::date::parse_day;
use crate::domain::goods::GoodsBy;
use crate::domain::record::LineRole;
use crate::services::queries::SortLines;

/// Which workspace, in which time, and whose goods.
#[derive(Debug, Args)]
pub(super) struct Scope {
    /// The workspace
    #[arg(long = "in", value_name = "WORKSPACE")]
    pub in_workspace: PathBuf,
    /// The day up to which is counted; today if left out
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub as_of: Option<NaiveDate>,
    /// The first day of the period
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub from: Option<NaiveDate>,
    /// The last day of the period
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub to: Option<NaiveDate>,
    /// Whose goods
    #[arg(long, value_enum, default_value_t = SourceArg::Own)]
    pub source: SourceArg,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `goods`.
#[derive(Debug, Args)]
pub(super) struct GoodsArgs {
    #[command(flatten)]
    pub scope: Scope,
    /// By what: category, item, project, fund or month
    #[arg(long, value_parser = goods_by, default_value = GoodsBy::Category.word())]
    pub by: GoodsBy,
}

/// Arguments of `lines`.
#[derive(Debug, Args)]
pub(super) struct LinesArgs {
    /// What they are counted as: planned, asked, granted, bought, stored, shipped, received, distributed
    #[arg(value_parser = role)]
    pub role: LineRole,
    #[command(flatten)]
    pub scope: Scope,
    /// Only this item, by its code
    #[arg(long)]
    pub item: Option<String>,
    /// Only this category, by its code
    #[arg(long)]
    pub category: Option<String>,
    /// Only this project, by its reference
    #[arg(long)]
    pub project: Option<String>,
    /// Only this fund, by its reference
    #[arg(long)]
    pub fund: Option<String>,
    /// Only rows whose record or item holds this text
    #[arg(long)]
    pub text: Option<String>,
    /// Also what has not happened yet: goods of shipments that have not left
    #[arg(long)]
    pub pending: bool,
    /// By what they are sorted
    #[arg(long, value_parser = sort, default_value = SortLines::Day.word())]
    pub sort: SortLines,
    /// The largest first
    #[arg(long)]
    pub descending: bool,
}

pub(super) fn goods_by(word: &str) -> Result<GoodsBy, String> {
    GoodsBy::from_word(word).ok_or_else(|| one_of(GoodsBy::ALL.iter().map(|by| by.word())))
}

pub(super) fn role(word: &str) -> Result<LineRole, String> {
    LineRole::from_word(word).ok_or_else(|| one_of(LineRole::ALL.iter().map(|role| role.word())))
}

fn sort(word: &str) -> Result<SortLines, String> {
    SortLines::from_word(word).ok_or_else(|| one_of(SortLines::ALL.iter().map(|sort| sort.word())))
}

fn one_of(words: impl Iterator<Item = &'static str>) -> String {
    format!("write one of {}", words.collect::<Vec<_>>().join(", "))
}
