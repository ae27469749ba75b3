//! The report to State before the NGO general licence is used, at least 30 days ahead, with one of its three attachments.

use super::complete::need;
use super::filing::{Filing, list_or};
use super::ofac::beside;
use crate::domain::date::{FuzzyDate, days_after};
use crate::domain::document::{Block, Document, Holds};
use crate::domain::id::Id;
use crate::domain::record::{
    Attachment, Event, EventKind, FigureKind, Instrument, Matter, Permission, RecordKind, Request,
};
use crate::services::clocks;
use crate::services::packs::letters::{Letter, letter};
use crate::services::packs::pages::{chapter, fact, text_or};
use crate::services::packs::reader::originals;
use crate::services::packs::{Gap, Part, Shape};
use crate::store::StoreError;

/// Where the report goes: OFAC FAQ 1162 of 15 February 2024, read on 2026-11-23.
const ADDRESS: &str = "DPRK-NGO-GL-Notification-DL@state.gov";

/// Which of the three attachments goes with it.
enum Attached {
    /// The Committee's letter.
    Letter(Box<Letter>),
    /// A request to the Committee that was or will be sent: its reference, the day it was sent, its files.
    Request(String, String, Vec<Attachment>),
    /// Neither: why none is needed.
    Reason,
}

/// The report.
pub(super) fn parts(filing: &Filing<'_>, gaps: &mut Vec<Gap>) -> Result<Vec<Part>, StoreError> {
    let request = &filing.request;
    let attached = attached(filing)?;
    for (there, about, what) in [
        (!request.nature.is_empty(), "Activities", "Say what is to be done; later work outside it needs a new report"),
        (!request.recipients.is_empty(), "Where and for whom", "Name the recipients and places"),
        (!request.transfers.is_empty(), "Start", "Write the day on which the activities begin"),
    ] {
        need(gaps, there, about, what);
    }
    look_at_attachment(filing, &attached, gaps);
    look_at_start(filing, gaps)?;
    let document = report(filing, &attached)?;
    Ok(vec![Part { name: "report to State".to_owned(), shape: Shape::Letter, document }])
}

fn look_at_attachment(filing: &Filing<'_>, attached: &Attached, gaps: &mut Vec<Gap>) {
    match attached {
        Attached::Letter(letter) => {
            let what = format!(
                "The letter {} is not attached to its record, so no copy can go with the report",
                letter.permission.reference
            );
            need(gaps, !letter.files.is_empty(), "Attachment", &what);
        }
        Attached::Request(reference, _, files) => {
            let what =
                format!("No copy of the request {reference} is attached to its record. Attach it, or seal its package");
            need(gaps, !files.is_empty(), "Attachment", &what);
        }
        Attached::Reason => {
            let what = "There is neither a letter of the Committee nor a request to it. Say in “Why permission is needed” why none is needed";
            need(gaps, !filing.request.reason.is_empty(), "Attachment", what);
        }
    }
}

fn look_at_start(filing: &Filing<'_>, gaps: &mut Vec<Gap>) -> Result<(), StoreError> {
    let day = filing.reader.as_of;
    let book = clocks::book(filing.reader.db)?;
    let Some(notice) = book.value(FigureKind::NoticeDays, &filing.instrument.reference, day) else { return Ok(()) };
    let earliest = days_after(day, notice.value.into());
    for start in filing.request.transfers.iter().filter_map(|one| one.on) {
        if start.first() < earliest {
            let what = format!(
                "{start} is less than {} days away. Sent today, the activities begin on {earliest} at the earliest",
                notice.value
            );
            gaps.push(Gap::open("Start", what));
        }
    }
    Ok(())
}

/// The first of the three that there is: a letter that stands, a request, or neither.
fn attached(filing: &Filing<'_>) -> Result<Attached, StoreError> {
    let reader = filing.reader;
    let mut asked = None;
    for id in committee(filing)? {
        let mut letters = Vec::new();
        for (permission, _) in reader.children::<Permission>(id, RecordKind::Permission)? {
            letters.extend(letter(reader, permission)?);
        }
        letters.sort_by_key(|letter| letter.permission.given_on.map(FuzzyDate::first));
        let usable = |letter: &Letter| letter.until.is_empty() || letter.until >= reader.as_of.to_string();
        if let Some(letter) = letters.into_iter().rev().find(usable) {
            return Ok(Attached::Letter(Box::new(letter)));
        }
        for (id, request) in reader.children::<Request>(id, RecordKind::Request)? {
            let events = reader.children::<Event>(id, RecordKind::Event)?;
            let sent =
                events.into_iter().find(|(_, event)| event.kind == Some(EventKind::Sent) && reader.is_by(event.on));
            let sent = sent.and_then(|(_, event)| event.on).map_or_else(String::new, |on| on.to_string());
            asked = Some(Attached::Request(request.reference, sent, reader.files(id)?));
        }
    }
    Ok(asked.unwrap_or(Attached::Reason))
}

/// The matters before the UN Committee that belong to this one.
fn committee(filing: &Filing<'_>) -> Result<Vec<Id>, StoreError> {
    let mut found = Vec::new();
    for id in beside(filing)? {
        let matter: Option<Matter> = filing.reader.load(Some(id))?;
        let instrument: Option<Instrument> = filing.reader.load(matter.and_then(|matter| matter.instrument))?;
        if instrument.is_some_and(|instrument| instrument.reference == "humanitarian_exemption") {
            found.push(id);
        }
    }
    Ok(found)
}

fn report(filing: &Filing<'_>, attached: &Attached) -> Result<Document, StoreError> {
    let request = &filing.request;
    let mut head = filing.letterhead("US Department of State");
    head.push(fact("By e-mail", ADDRESS, Holds::Plain));
    let mut blocks = vec![
        Block::Text(format!(
            "{} reports that it means to use the general licence of 31 CFR 510.512 for the activities described here, no fewer than \
             30 days before they begin.",
            filing.applicant()
        )),
        chapter("Activities, their type and scope"),
        text_or(&request.nature, "Missing: the activities."),
        chapter("Where and for whom"),
        Block::Table(filing.recipients()?),
        chapter("When"),
        list_or(filing.transfers(), "Missing: the day on which the activities begin."),
    ];
    if !request.parties.is_empty() {
        blocks.extend([chapter("With whom"), Block::Table(filing.parties()?)]);
    }
    if !request.lines.is_empty() {
        blocks.extend([chapter("Goods and services"), Block::Table(filing.item_list("Goods and services")?)]);
    }
    if !request.diversion_plan.is_empty() {
        blocks.extend([chapter("Safeguards"), Block::Text(request.diversion_plan.clone())]);
    }
    blocks.push(chapter("Attachment"));
    let files = match attached {
        Attached::Letter(letter) => {
            let given = letter.permission.given_on.map_or_else(String::new, |on| on.to_string());
            blocks.push(Block::Text(format!(
                "Attachment 1 of 3: a copy of the approval of the UN 1718 Committee, {} of {given}.",
                letter.permission.reference
            )));
            letter.files.clone()
        }
        Attached::Request(reference, sent, files) => {
            let when = if sent.is_empty() { "that will be sent".to_owned() } else { format!("of {sent}") };
            blocks.push(Block::Text(format!(
                "Attachment 2 of 3: a copy of the request {reference} to the UN 1718 Committee {when}."
            )));
            files.clone()
        }
        Attached::Reason => {
            blocks.push(Block::Text(
                "Attachment 3 of 3: why neither an approval of nor a request to the UN 1718 Committee is needed."
                    .to_owned(),
            ));
            blocks.push(text_or(&request.reason, "Missing: the reason."));
            Vec::new()
        }
    };
    blocks.push(filing.signature());
    if !files.is_empty() {
        blocks.push(Block::NewPage);
        blocks.extend(originals(&files));
    }
    Ok(filing.document("Report before the NGO general licence is used", head, blocks))
}
