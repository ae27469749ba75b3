//! What the library cannot say is said in the parts that it wrote.

use docx_rs::XMLDocx;

use super::tables::HEADER_HEIGHT;
use super::words::shown;
use crate::domain::document::Document;

/// The first row of a table is a header that stands on every page.
pub(super) fn repeat_headers(parts: &mut XMLDocx) {
    let mark = format!("<w:trHeight w:val=\"{HEADER_HEIGHT}\" w:hRule=\"atLeast\" />");
    let document = String::from_utf8_lossy(&parts.document).replace(&mark, &format!("{mark}<w:tblHeader />"));
    parts.document = document.into_bytes();
}

/// The title and the language of the file.
pub(super) fn name(parts: &mut XMLDocx, document: &Document) {
    let title = shown(document.title.trim());
    let title = quick_xml::escape::escape(&title);
    let language = if document.language.is_empty() { "en" } else { &document.language };
    let language = quick_xml::escape::escape(language);
    let own = format!("<dc:title>{title}</dc:title><dc:language>{language}</dc:language></cp:coreProperties>");
    let core = String::from_utf8_lossy(&parts.doc_props.core).replace(">unknown<", ">Corridor<");
    parts.doc_props.core = core.replace("</cp:coreProperties>", &own).into_bytes();
}
