//! Documents as PDF, set by typst: tagged, with their fonts in them, and the originals of others put in page by page.
//!
//! A long document is set a part at a time (`plan`, `set`), each part in a run of its own that remembers nothing of the one
//! before: typst alone keeps every cell of a long table at hand until the last page is done. The pages of all parts are then
//! one document (`cut` closes what a part leaves open), the head and the foot are laid over them once their number is known,
//! and one file is written. So nothing is lost of the tags, and a font is in the file once.

mod charts;
mod cut;
mod data;
mod export;
mod fonts;
mod labels;
mod laid;
mod originals;
mod pictures;
mod plan;
mod reasons;
mod set;
mod stamps;
mod tables;
mod widths;
mod words;
mod world;

use typst::layout::Point;
use typst_layout::Page;

use data::{FramePage, Frames};
use originals::Original;
use plan::Plan;
use words::{Words, breakable, clipped};
use world::Template;

pub(super) use laid::{Columns, columns, laid_out};

use super::Made;
use super::originals::Originals;
use crate::domain::document::{Block, Document};

/// Why a document did not become a PDF.
#[derive(Debug, thiserror::Error)]
pub enum CannotSet {
    /// Somebody stopped it.
    #[error("Stopped. No file was made")]
    Stopped,
    /// The pages could not be set.
    #[error("The PDF cannot be made: {0}. Save the document as DOCX or XLSX instead, and tell us what it holds")]
    Failed(String),
}

/// Makes a PDF of a document. `originals` hands out the files that are put in; `stop` is asked before every part.
pub fn write(
    document: &Document,
    originals: &dyn Originals,
    made: Made,
    stop: &dyn Fn() -> bool,
) -> Result<Vec<u8>, CannotSet> {
    let plan = Plan::of(document);
    let mut pages = set_all(&plan, originals, stop)?;
    lay_over(&plan, &mut pages, made)?;
    if stop() {
        return Err(CannotSet::Stopped);
    }
    export::file(&plan, pages, made).map_err(CannotSet::Failed)
}

/// What the fonts cannot show of a document, as sentences for the person who makes it.
#[must_use]
pub fn warnings(document: &Document) -> Vec<String> {
    let plan = Plan::of(document);
    let mut words = Words::default();
    let mut from = Some((0, -1));
    while let Some(at) = from {
        from = if plan.is_original(at) { Some((at.0 + 1, -1)) } else { plan.part(at, &mut words).next };
    }
    words.warnings()
}

fn set_all(plan: &Plan<'_>, originals: &dyn Originals, stop: &dyn Fn() -> bool) -> Result<Vec<Page>, CannotSet> {
    let mut words = Words::default();
    let mut pages = Vec::new();
    let mut from = Some((0, -1));
    while let Some(at) = from {
        if stop() {
            return Err(CannotSet::Stopped);
        }
        if at != (0, -1)
            && let Some(Block::Original { sha256, name, media_type }) = plan.document.blocks.get(at.0)
        {
            let original = Original { at: (at.0, 0), sha256, name, media_type };
            pages.extend(originals::set(plan, &original, originals, &mut words).map_err(CannotSet::Failed)?);
            from = (at.0 + 1 < plan.document.blocks.len()).then_some((at.0 + 1, -1));
            continue;
        }
        let planned = plan.part(at, &mut words);
        if planned.part.is_blank() {
            from = planned.next;
            continue;
        }
        // What an original follows ends with a page, full or not.
        let goes_on = planned.next.filter(|next| !plan.is_original(*next));
        let (set, next) = match goes_on {
            Some(next) => {
                set::full_pages(&planned.part).map(|(set, clean)| (set, Some(clean.unwrap_or(next).max(after(at)))))
            }
            None => set::pages(Template::Report, &planned.part, Vec::new()).map(|set| (set, planned.next)),
        }
        .map_err(CannotSet::Failed)?;
        pages.extend(set);
        from = next;
    }
    Ok(pages)
}

/// The least a part takes further, so that none is ever set twice.
fn after(at: data::Unit) -> data::Unit {
    (at.0, at.1.saturating_add(1))
}

/// Lays the running head, the foot and the number over every page.
fn lay_over(plan: &Plan<'_>, pages: &mut [Page], made: Made) -> Result<(), CannotSet> {
    let (mut words, all) = (Words::default(), pages.len());
    let until = labels::cut_off(plan.document).map_or_else(String::new, |until| until + "  ·  ");
    let frames = Frames {
        language: plan.language.code(),
        head: plan.title(),
        day: words.line(&format!("{}{}", clipped(until, 30_000), plan.language.made(made.day))),
        foot: breakable(clipped(words.line(plan.document.foot.trim()), 200_000), 40_000),
        pages: pages
            .iter()
            .enumerate()
            .map(|(at, page)| FramePage {
                flipped: page.frame.width() > page.frame.height(),
                head: at > 0,
                number: plan.language.page(at + 1, all),
            })
            .collect(),
    };
    let around = set::pages(Template::Frame, &frames, Vec::new()).map_err(CannotSet::Failed)?;
    for ((at, page), around) in pages.iter_mut().enumerate().zip(around) {
        page.number = u64::try_from(at + 1).unwrap_or(u64::MAX);
        page.frame.push_frame(Point::zero(), around.frame);
    }
    Ok(())
}
