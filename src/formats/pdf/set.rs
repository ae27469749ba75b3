//! One run of typst: a part becomes pages, and the pages end where the next part can go on without a gap.

use typst::comemo;
use typst::diag::{SourceDiagnostic, SourceResult};
use typst::ecow::EcoVec;
use typst::engine::Engine;
use typst::foundations::{Bytes, Content, Label, Output, Packed, Selector, StyleChain, Target, Value};
use typst::introspection::{Introspector, Location, Locator, MetadataElem};
use typst::utils::{PicoStr, hash128};
use typst_layout::{Page, PagedDocument, layout_document_for_bundle};

use super::cut::end_after;
use super::data::Unit;
use super::world::{Memory, Template};

/// Pages that typst has set. They know where they stand by what they hold, so that the pages of several runs can be one
/// document: in runs that do not know of one another, typst would give two tables the same name.
struct Sheets(PagedDocument);

impl Output for Sheets {
    fn target() -> Target {
        Target::Paged
    }

    fn create(engine: &mut Engine, content: &Content, styles: StyleChain) -> SourceResult<Self> {
        let here = Location::new(hash128(content));
        layout_document_for_bundle(engine, content, Locator::synthesize(here), styles).map(Self)
    }

    fn introspector(&self) -> &dyn Introspector {
        self.0.introspector().as_ref()
    }
}

/// Runs typst once. What it remembers for a next run is dropped: the next run sets something else.
fn run(
    template: Template,
    data: &impl serde::Serialize,
    pictures: Vec<(&'static str, Bytes)>,
) -> Result<PagedDocument, String> {
    let data = serde_json::to_vec(data).map_err(|error| error.to_string())?;
    let world = Memory::new(template, data, pictures).ok_or("a template is missing")?;
    let set = typst::compile::<Sheets>(&world).output;
    comemo::evict(0);
    set.map(|sheets| sheets.0).map_err(|errors| told(&errors))
}

/// What typst says, in one line.
pub(super) fn told(errors: &EcoVec<SourceDiagnostic>) -> String {
    errors.first().map_or_else(|| "nothing was said".to_owned(), |error| error.message.to_string())
}

/// Sets pages that stand for themselves.
pub(super) fn pages(
    template: Template,
    data: &impl serde::Serialize,
    pictures: Vec<(&'static str, Bytes)>,
) -> Result<Vec<Page>, String> {
    Ok(run(template, data, pictures)?.pages().to_vec())
}

/// Sets a part that something follows: the pages that are full, and where the next part begins. `None` where no page can be
/// left to it, so that it has to begin on a page of its own.
pub(super) fn full_pages(data: &impl serde::Serialize) -> Result<(Vec<Page>, Option<Unit>), String> {
    let document = run(Template::Report, data, Vec::new())?;
    let all = document.pages().to_vec();
    let units = units(&document);
    drop(document);
    let Some((full, next)) = clean_end(&units) else { return Ok((all, None)) };
    Ok((end_after(all, full, rows_before(&units, next)), Some(next)))
}

/// Where a unit begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    unit: Unit,
    first: usize,
    last: usize,
}

/// The units of the pages, in order.
fn units(document: &PagedDocument) -> Vec<Span> {
    let introspector = document.introspector();
    let Some(label) = Label::new(PicoStr::intern("unit")) else { return Vec::new() };
    let mut spans: Vec<Span> = Vec::new();
    for mark in introspector.query(&Selector::Label(label)) {
        let page = mark.location().and_then(|location| introspector.page(location));
        if let (Some(unit), Some(page)) = (unit(&mark), page) {
            match spans.iter_mut().rev().find(|span| span.unit == unit) {
                Some(span) => span.last = span.last.max(page.get()),
                None => spans.push(Span { unit, first: page.get(), last: page.get() }),
            }
        }
    }
    spans
}

/// How many rows of its table stand in these units before this one.
fn rows_before(spans: &[Span], next: Unit) -> usize {
    spans.iter().filter(|span| span.unit.0 == next.0 && (0..next.1).contains(&span.unit.1)).count()
}

fn unit(mark: &Content) -> Option<Unit> {
    let mark: &Packed<MetadataElem> = mark.to_packed()?;
    let Value::Array(id) = &mark.value else { return None };
    match id.as_slice() {
        [Value::Int(block), Value::Int(at), Value::Int(_)] => Some((usize::try_from(*block).ok()?, *at)),
        _ => None,
    }
}

/// After which page one can stop and with which unit go on: the last page that begins with the beginning of a unit.
fn clean_end(spans: &[Span]) -> Option<(usize, Unit)> {
    let mut before = 0;
    let mut found = None;
    for span in spans {
        if before > 0 && span.first > before {
            found = Some((span.first - 1, span.unit));
        }
        before = before.max(span.last).max(span.first);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(at: i64, first: usize, last: usize) -> Span {
        Span { unit: (0, at), first, last }
    }

    #[test]
    fn a_part_ends_before_the_last_page_that_begins_with_a_unit() {
        assert_eq!(
            clean_end(&[span(0, 1, 1), span(1, 1, 1), span(2, 2, 2), span(3, 3, 3), span(4, 3, 3)]),
            Some((2, (0, 3)))
        );
        assert_eq!(clean_end(&[span(0, 1, 1), span(1, 1, 2), span(2, 2, 2)]), None, "the row stands on both pages");
        assert_eq!(clean_end(&[span(0, 1, 1), span(1, 2, 3), span(2, 3, 3)]), Some((1, (0, 1))));
        assert_eq!(clean_end(&[span(0, 1, 1), span(1, 1, 1)]), None);
        assert_eq!(clean_end(&[]), None);
    }
}
