//! The narrative of an application for an OFAC specific licence: who, with whom, what, why no general licence fits, what proves it.

use super::complete::{self, need};
use super::filing::{Filing, list_or};
use crate::domain::document::{Block, Cell, Document, Holds, Table};
use crate::domain::id::Id;
use crate::domain::record::{Matter, Permission, RecordKind};
use crate::services::packs::letters::{letter, short};
use crate::services::packs::pages::{chapter, table, text, text_or};
use crate::services::packs::reader::originals;
use crate::services::packs::{Gap, Part, Shape};
use crate::store::StoreError;

/// The narrative, with what proves it.
pub(super) fn parts(filing: &Filing<'_>, gaps: &mut Vec<Gap>) -> Result<Vec<Part>, StoreError> {
    let request = &filing.request;
    for (there, about, what) in [
        (!request.nature.is_empty(), "The transaction", "Say in the nature of the assistance what is to be done"),
        (
            !request.reason.is_empty(),
            "Why a licence",
            "Say why no general licence fits: where one does, an application comes back (31 CFR 501.801(a))",
        ),
        (
            !request.parties.is_empty(),
            "Parties",
            "Name every party from the payer to the end user, those in the middle too",
        ),
        (!request.transactions.is_empty(), "Payments", "Write every payment with its bank, or that there is none"),
        (!request.diversion_plan.is_empty(), "Safeguards", "Say how use is checked and by whom"),
    ] {
        need(gaps, there, about, what);
    }
    if !request.lines.is_empty() {
        complete::lines(filing, &[], gaps);
    }
    let files = filing.files()?;
    need(gaps, !files.is_empty(), "Proof", "Nothing is attached: agreements, invoices, letters of other authorities");
    let document = narrative(filing)?;
    Ok(vec![Part { name: "licence narrative".to_owned(), shape: Shape::Letter, document }])
}

fn narrative(filing: &Filing<'_>) -> Result<Document, StoreError> {
    let request = &filing.request;
    let mut blocks = vec![
        chapter("1. Applicant"),
        Block::Text(format!(
            "{} applies for a specific licence under {}.",
            filing.applicant(),
            if filing.instrument.citation.is_empty() { "31 CFR part 510" } else { &filing.instrument.citation }
        )),
        chapter("2. The transaction"),
        text_or(&request.nature, "Missing: what is to be done."),
        chapter("3. Why a specific licence is needed"),
        text_or(&request.reason, "Missing: why no general licence fits."),
        chapter("4. Every party, from the first to the last"),
        Block::Table(filing.parties()?),
        Block::Table(filing.recipients()?),
        chapter("5. Goods and services"),
        Block::Table(filing.item_list("Goods and services")?),
        chapter("6. When and by which way"),
        list_or(filing.transfers(), "Missing: the planned days."),
        list_or(filing.routes(), "Missing: the way."),
        chapter("7. Payments"),
        Block::Table(filing.payments()),
        chapter("8. Safeguards"),
        text_or(&request.diversion_plan, "Missing: how use is checked."),
        chapter("9. Permissions of other authorities"),
        Block::Table(others(filing)?),
        filing.signature(),
    ];
    let files = filing.files()?;
    if !files.is_empty() {
        blocks.extend([Block::NewPage, chapter("10. Proof")]);
        blocks.extend(originals(&files));
    }
    let to = "Office of Foreign Assets Control, US Department of the Treasury";
    Ok(filing.document("Application for a specific licence", filing.letterhead(to), blocks))
}

/// The letters of the matters of the same projects, and of those it waits for.
fn others(filing: &Filing<'_>) -> Result<Table, StoreError> {
    let mut rows = Vec::new();
    for id in beside(filing)? {
        for (permission, _) in filing.reader.children::<Permission>(id, RecordKind::Permission)? {
            if let Some(letter) = letter(filing.reader, permission)? {
                rows.push(vec![
                    Cell::text(short(&letter.authority)),
                    Cell::text(&letter.instrument.name),
                    Cell::text(&letter.permission.reference),
                    Cell::text(letter.permission.given_on.map_or_else(String::new, |on| on.to_string())),
                    Cell::text(&letter.until),
                ]);
            }
        }
    }
    let columns = vec![
        text("Authority", "authority"),
        text("What it is", "instrument"),
        text("Number", "letter").holding(Holds::Number),
        text("Dated", "dated"),
        text("Until", "until"),
    ];
    Ok(table("other_permissions", "Letters and licences", columns, rows, "None is there yet"))
}

/// The matters that this one waits for, then those of the same projects.
pub(super) fn beside(filing: &Filing<'_>) -> Result<Vec<Id>, StoreError> {
    let mut found = filing.matter.depends_on.clone();
    for project in &filing.matter.projects {
        for (id, _) in filing.reader.naming::<Matter>(*project, RecordKind::Matter)? {
            if Some(id) != filing.request.matter && !found.contains(&id) {
                found.push(id);
            }
        }
    }
    Ok(found)
}
