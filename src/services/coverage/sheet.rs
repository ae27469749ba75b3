//! The sheet of a clearance: a page without scripts that prints on A4, with every cell as it stood and a line to sign on.

use std::fmt::Write as _;
use std::path::Path;

use crate::domain::id::Id;
use crate::domain::record::{Clearance, RecordKind, Shipment, Verdict};
use crate::services::facts;
use crate::services::queries::NOT_ADVICE;
use crate::store::{Db, StoreError, record};

/// How the page looks: black on white, for paper.
const STYLE: &str = "@page{size:A4;margin:16mm}body{font:11pt/1.4 sans-serif;color:#111;max-width:180mm;margin:0 auto}\
h1{font-size:20pt;margin:0 0 2mm}h2{font-size:12pt;margin:6mm 0 2mm}p{margin:0 0 2mm}\
table{border-collapse:collapse;width:100%}th,td{border:.3mm solid #777;padding:1.2mm 1.8mm;text-align:left;vertical-align:top}\
th{background:#eee}tr{break-inside:avoid}thead{display:table-header-group}.small{font-size:9pt;color:#444}\
.sign{margin-top:16mm;display:flex;gap:12mm}.sign div{border-top:.3mm solid #111;flex:1;padding-top:1mm}";

/// The sheet of a clearance; `None` where it is gone.
pub(in crate::services) fn html(db: &Db, id: Id) -> Result<Option<String>, StoreError> {
    let Some(stored) = record::get(db, id)?.filter(|stored| stored.head.kind == RecordKind::Clearance) else {
        return Ok(None);
    };
    let clearance: Clearance = facts::typed_of(&stored)?;
    let shipment = clearance.shipment.map(|id| record::head(db, id)).transpose()?.flatten();
    let planned: Option<Shipment> = clearance.shipment.map(|id| facts::load(db, id)).transpose()?.flatten();
    let signer = clearance.signed_by.map(|id| record::head(db, id)).transpose()?.flatten();
    let signer = signer.map_or_else(String::new, |head| head.title);
    let name = shipment.map_or_else(String::new, |head| format!("{} {}", head.reference, head.title));
    let on = clearance.on.map_or_else(String::new, |on| on.to_string());
    let verdict = clearance.verdict.map_or("", Verdict::label);
    let leaves = planned.and_then(|one| one.planned_on).map_or_else(|| "not planned".to_owned(), |on| on.to_string());
    let mut page = String::new();
    let reference = escaped(&stored.head.reference);
    write!(
        page,
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Dispatch clearance {reference}</title>\
         <style>{STYLE}</style></head><body>\n<p class=\"small\">Dispatch clearance {reference}</p>\n\
         <h1>{verdict}: {}</h1>\n<p>Decided on {on} by {}. Planned departure: {leaves}.</p>\n\
         <p>{} cells covered or not needed, {} open.</p>\n",
        escaped(&name),
        escaped(&signer),
        clearance.covered.unwrap_or_default(),
        clearance.open.unwrap_or_default(),
    )
    .ok();
    if !clearance.reason.is_empty() {
        write!(page, "<h2>Reason</h2>\n<p>{}</p>\n", escaped(&clearance.reason)).ok();
    }
    cells(db, &clearance, &mut page)?;
    write!(
        page,
        "<div class=\"sign\"><div>{}</div><div>Date</div></div>\n<p class=\"small\">{NOT_ADVICE} The coverage is as it \
         stood on {on}; later changes are not in it.</p>\n</body></html>\n",
        escaped(&signer)
    )
    .ok();
    Ok(Some(page))
}

fn cells(db: &Db, clearance: &Clearance, page: &mut String) -> Result<(), StoreError> {
    page.push_str("<h2>Coverage as it stood</h2>\n<table><thead><tr><th>Line</th><th>Instrument</th><th>State</th><th>In words</th></tr></thead><tbody>\n");
    let mut rules: Vec<&str> = Vec::new();
    for cell in &clearance.cells {
        let instrument = cell.instrument.map(|id| record::head(db, id)).transpose()?.flatten();
        let instrument = instrument.map_or_else(String::new, |head| head.title);
        let mend = if cell.mend.is_empty() { String::new() } else { format!("<br><b>{}</b>", escaped(&cell.mend)) };
        writeln!(
            page,
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}{mend}</td></tr>",
            escaped(&cell.row),
            escaped(&instrument),
            escaped(&cell.state),
            escaped(&cell.words),
        )
        .ok();
        if !cell.rule.is_empty() && !rules.contains(&cell.rule.as_str()) {
            rules.push(&cell.rule);
        }
    }
    page.push_str("</tbody></table>\n");
    if !rules.is_empty() {
        page.push_str("<h2>Rules cited</h2>\n<ul class=\"small\">\n");
        for rule in rules {
            writeln!(page, "<li>{}</li>", escaped(rule)).ok();
        }
        page.push_str("</ul>\n");
    }
    Ok(())
}

/// Text that stands in the page as it was typed, whatever it holds.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

/// Saves a sheet: written beside its place and renamed, so that no half page is ever found there.
pub fn save(path: &Path, text: &str) -> Result<(), String> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if name.is_empty() {
        return Err("Write the name of the file, for example clearance.html".to_owned());
    }
    let beside = path.with_file_name(format!(".{name}.part"));
    std::fs::write(&beside, text).and_then(|()| std::fs::rename(&beside, path)).map_err(|error| {
        // What was written in part is of no use; where it cannot be taken away either, the reason above says why.
        std::fs::remove_file(&beside).ok();
        format!("{} cannot be saved: {error}. Choose another folder", path.display())
    })
}

/// A reference as a part of a file's name.
#[must_use]
pub fn file_name(reference: &str) -> String {
    reference.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '-' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_cannot_become_a_part_of_the_page() {
        assert_eq!(escaped("<b onload='x'>&\"</b>"), "&lt;b onload=&#39;x&#39;&gt;&amp;&quot;&lt;/b&gt;");
    }

    #[test]
    fn a_sheet_is_whole_or_not_there() {
        let folder = std::env::temp_dir().join(format!("corridor-sheet-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("clearance.html");
        save(&path, "page").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "page");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "nothing is left beside it");
        let refused = save(&folder.join("missing").join("x.html"), "page").unwrap_err();
        assert!(refused.contains("Choose another folder"), "{refused}");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
