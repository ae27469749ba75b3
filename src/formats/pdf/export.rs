//! Pages become a file, to the standard that was asked for.

use chrono::Datelike as _;
use typst::ecow::EcoVec;
use typst::foundations::{Datetime, Smart};
use typst::model::DocumentInfo;
use typst::text::{Lang, Locale};
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::plan::Plan;
use super::set::told;
use crate::formats::{Made, Standard};

/// The file, conforming where it can. What cannot conform (the originals of others, for one) is written without the claim, so
/// that the file never says of itself what is not so.
pub(super) fn file(plan: &Plan<'_>, pages: Vec<Page>, made: Made) -> Result<Vec<u8>, String> {
    let language: Lang = plan.language.code().parse().map_err(|error: &str| error.to_owned())?;
    let info = DocumentInfo {
        title: Some(plan.title().into()),
        date: Smart::Custom(day(made)),
        locale: Smart::Custom(Locale::new(language, None)),
        ..DocumentInfo::default()
    };
    let document = PagedDocument::new(EcoVec::from(pages), info);
    write(&document, made.standard).or_else(|error| match made.standard {
        Standard::Tagged => Err(error),
        _ => write(&document, Standard::Tagged),
    })
}

/// Whether pages can be written at all.
pub(super) fn try_out(pages: &[Page]) -> bool {
    let document = PagedDocument::new(EcoVec::from(pages), DocumentInfo::default());
    write(&document, Standard::Tagged).is_ok()
}

fn write(document: &PagedDocument, standard: Standard) -> Result<Vec<u8>, String> {
    let standards: &[PdfStandard] = match standard {
        Standard::Tagged => &[PdfStandard::V_1_7],
        Standard::A2b => &[PdfStandard::V_1_7, PdfStandard::A_2b],
        Standard::Ua1 => &[PdfStandard::V_1_7, PdfStandard::Ua_1],
        Standard::A2aUa1 => &[PdfStandard::V_1_7, PdfStandard::A_2a, PdfStandard::Ua_1],
    };
    let standards = PdfStandards::new(standards).map_err(|error| error.message().to_string())?;
    let options =
        PdfOptions { creator: Smart::Custom(Some("Corridor".to_owned())), standards, ..PdfOptions::default() };
    typst_pdf::pdf(document, &options).map_err(|errors| told(&errors))
}

fn day(made: Made) -> Option<Datetime> {
    let (month, day) = (u8::try_from(made.day.month()).ok()?, u8::try_from(made.day.day()).ok()?);
    Datetime::from_ymd(made.day.year(), month, day)
}
