//! The request to the UN 1718 Committee: a letter with the ten elements of its notice, the project outline, the item list.

use super::complete::{self, Also, need};
use super::filing::{Filing, list_or};
use crate::domain::document::{Block, Cell, Document, Holds};
use crate::domain::record::{Channel, Decision, Filing as Kind, Project, RecordKind, Sex};
use crate::services::packs::pages::{self, chapter, count, day, fact, heading, number, quantity, table, text, text_or};
use crate::services::packs::reader::unit_of;
use crate::services::packs::{Gap, Part, Shape};
use crate::store::StoreError;

/// The letter and its two annexes.
pub(super) fn parts(filing: &Filing<'_>, gaps: &mut Vec<Gap>) -> Result<Vec<Part>, StoreError> {
    missing(filing, gaps);
    let letter = letter(filing)?;
    let outline = outline(filing, gaps)?;
    let title = "Detailed list of items and specifications";
    let list = filing.document(
        "Annex II",
        vec![
            fact("Of the request", &filing.reference, Holds::Plain),
            fact("Applicant", filing.applicant(), Holds::Plain),
        ],
        vec![Block::Table(filing.item_list(title)?)],
    );
    let part = |name: &str, shape, document| Part { name: name.to_owned(), shape, document };
    Ok(vec![
        part("request letter", Shape::Letter, letter),
        part("Annex I", Shape::Pages, outline),
        part("Annex II", Shape::Sheet, list),
    ])
}

/// Which of the ten elements are not there.
fn missing(filing: &Filing<'_>, gaps: &mut Vec<Gap>) {
    let request = &filing.request;
    let people = request.recipients.iter().any(|one| one.people.is_some());
    for (there, about, what) in [
        (!request.nature.is_empty(), "1. Nature of the assistance", "Say what the aid is and how civilians benefit"),
        (!request.recipients.is_empty(), "2. Recipients", "Name who receives the aid"),
        (people || request.recipients.is_empty(), "2. Recipients", "Say how many people benefit"),
        (!request.selection_criteria.is_empty(), "2. How recipients were chosen", "Say by what they were chosen"),
        (
            !request.reason.is_empty(),
            "3. Why permission is needed",
            "Name the paragraphs that forbid the goods without it",
        ),
        (!request.transfers.is_empty(), "5. Planned transfers", "Write the planned days"),
        (!request.routes.is_empty(), "6. Routes", "Write the way with its ports and border points"),
        (
            !request.parties.is_empty(),
            "7. Parties to the transfer",
            "Name supplier, shipper, forwarder, carrier, consignee",
        ),
        (
            !request.transactions.is_empty(),
            "8. Payments",
            "Write who pays whom through which bank, or that nobody does",
        ),
        (!request.diversion_plan.is_empty(), "10. Measures against diversion", "Say how use is checked and by whom"),
        (!filing.own.letter_signatory.is_empty(), "Signature", "Write in the organisation who signs letters"),
        (request.channel.is_some(), "Channel", "Choose the way by which the request goes to the Committee"),
    ] {
        need(gaps, there, about, what);
    }
    complete::lines(filing, &[Also::Supplier, Also::Origin], gaps);
    let asks_anew = matches!(request.filing, Some(Kind::New | Kind::Urgent | Kind::Resubmission));
    for transfer in request.transfers.iter().filter_map(|one| one.on) {
        if asks_anew && transfer.last() < filing.reader.as_of {
            gaps.push(Gap::open(
                "5. Planned transfers",
                format!("{transfer} is over. A letter covers nothing before its date"),
            ));
        }
    }
}

fn letter(filing: &Filing<'_>) -> Result<Document, StoreError> {
    let request = &filing.request;
    let committee = "The Chair of the Security Council Committee established pursuant to resolution 1718 (2006)";
    let mut head = filing.letterhead(committee);
    head.push(fact("Through", request.channel.map_or("", Channel::label), Holds::Plain));
    let mut blocks = vec![Block::Text(format!(
        "Excellency,\n\n{} respectfully asks the Committee for {} under {} for the assistance set out below. The project outline is \
         Annex I; the detailed list of items and specifications is Annex II.",
        filing.applicant(),
        filing.filing_words(),
        basis(filing),
    ))];
    if let Some(earlier) = earlier_letters(filing)? {
        blocks.push(Block::Text(earlier));
    }
    let mut element = |title: &str, what: Vec<Block>| {
        blocks.push(heading(title));
        blocks.extend(what);
    };
    element("1. Nature of the assistance", vec![text_or(&request.nature, "Missing: the nature of the assistance.")]);
    element(
        "2. Recipients and how they were chosen",
        vec![
            Block::Table(filing.recipients()?),
            text_or(&request.selection_criteria, "Missing: how the recipients were chosen."),
        ],
    );
    element("3. Why an exemption is needed", vec![text_or(&request.reason, "Missing: why an exemption is needed.")]);
    element("4. Goods and services", vec![list_or(goods(filing), "Missing: the goods and services.")]);
    element("5. Planned transfers", vec![list_or(filing.transfers(), "Missing: the planned days.")]);
    element("6. Routes and methods", vec![list_or(filing.routes(), "Missing: the routes with their ports.")]);
    element("7. Parties to the transfer", vec![Block::Table(filing.parties()?)]);
    element("8. Financial transactions", vec![Block::Table(filing.payments())]);
    element(
        "9. Itemised list",
        vec![Block::Text(
            "The itemised list with quantities and specifications is Annex II of this letter.".to_owned(),
        )],
    );
    element(
        "10. Measures against diversion",
        vec![text_or(&request.diversion_plan, "Missing: the measures against diversion.")],
    );
    blocks.push(Block::Text("Please accept, Excellency, the assurances of our highest consideration.".to_owned()));
    blocks.push(filing.signature());
    Ok(filing.document("Request for a humanitarian exemption", head, blocks))
}

fn basis<'a>(filing: &'a Filing<'_>) -> &'a str {
    if filing.instrument.citation.is_empty() { "S/RES/2397 (2017) para 25" } else { &filing.instrument.citation }
}

/// For an extension or an amendment: the letters it is about.
fn earlier_letters(filing: &Filing<'_>) -> Result<Option<String>, StoreError> {
    if !matches!(filing.request.filing, Some(Kind::Extension | Kind::Amendment | Kind::Renewal)) {
        return Ok(None);
    }
    let Some(matter) = filing.request.matter else { return Ok(None) };
    let mut letters = Vec::new();
    for (id, permission) in
        filing.reader.children::<crate::domain::record::Permission>(matter, RecordKind::Permission)?
    {
        let given = permission.given_on.map_or_else(String::new, |on| on.to_string());
        let changed = filing.reader.naming::<Decision>(id, RecordKind::Decision)?;
        let newer = changed.iter().filter(|(from, _)| Some(*from) != permission.decision);
        let newer = newer.filter_map(|(_, change)| change.on.map(|on| on.to_string())).max();
        let newer = newer.map_or_else(String::new, |on| format!(", last changed on {on}"));
        letters.push(format!("{} of {given}{newer}", permission.reference));
    }
    Ok((!letters.is_empty()).then(|| format!("It follows the Committee's letter {}.", letters.join(" and "))))
}

/// The goods in words, as the letter prints them.
fn goods(filing: &Filing<'_>) -> Vec<String> {
    filing
        .lines()
        .map(|(line, item)| {
            let name = if line.description.is_empty() { &item.name } else { &line.description };
            let amount = crate::services::packs::reader::amount(line.quantity, &unit_of(line.unit.as_deref(), item));
            let hs = item.hs_code.as_ref().map_or_else(String::new, |hs| format!("HS {hs}"));
            pages::joined(&[&format!("{name}: {amount}"), &item.specification, &hs, &line.purpose], "; ")
        })
        .collect()
}

/// Annex I: the project.
fn outline(filing: &Filing<'_>, gaps: &mut Vec<Gap>) -> Result<Document, StoreError> {
    need(
        gaps,
        !filing.projects.is_empty(),
        "Annex I",
        "The matter names no project. Choose one, so that it can be outlined",
    );
    let mut blocks = Vec::new();
    for project in &filing.projects {
        blocks.push(chapter(&project.title));
        blocks.push(Block::Facts(pages::facts(vec![
            fact("Begins", project.starts_on.map_or_else(String::new, |on| on.to_string()), Holds::Plain),
            fact("Ends", project.ends_on.map_or_else(String::new, |on| on.to_string()), Holds::Plain),
            fact("Where", &project.sites, Holds::Site),
            fact("Local counterpart", filing.reader.name(project.partner)?, Holds::Counterpart),
        ])));
        blocks.extend([heading("Aim"), text_or(&project.summary, "Missing: the summary of the project.")]);
        blocks.extend([heading("Who benefits"), Block::Table(targets(project))]);
        blocks.extend([heading("What is to be delivered"), Block::Table(plan(filing, project)?)]);
        let about = format!("Annex I, {}", project.reference);
        need(gaps, !project.summary.is_empty(), &about, "The project has no summary");
        need(gaps, !project.targets.is_empty(), &about, "The project names nobody it means to reach");
    }
    blocks.extend([
        heading("Monitoring"),
        text_or(&filing.request.diversion_plan, "Missing: the measures against diversion."),
    ]);
    let head = vec![
        fact("Applicant", filing.applicant(), Holds::Plain),
        fact("Of the request", &filing.reference, Holds::Plain),
    ];
    Ok(filing.document("Annex I, project outline", head, blocks))
}

fn targets(project: &Project) -> crate::domain::document::Table {
    let row = |one: &crate::domain::record::TargetGroup| {
        vec![Cell::text(&one.group), Cell::text(one.sex.map_or("", Sex::label)), count(one.people)]
    };
    let columns = vec![text("Group", "group"), text("Sex", "sex"), number("People", "people")];
    table("targets", "People targeted", columns, project.targets.iter().map(row).collect(), "Nobody is named")
}

fn plan(filing: &Filing<'_>, project: &Project) -> Result<crate::domain::document::Table, StoreError> {
    let mut rows = Vec::new();
    for line in &project.plan {
        let item = filing.reader.item(line.item)?;
        let site = filing.reader.name(line.to_site)?;
        rows.push(vec![
            count(line.number),
            Cell::text(&item.name),
            quantity(line.quantity),
            Cell::text(unit_of(line.unit.as_deref(), &item)),
            Cell::text(if site.is_empty() { line.site.clone() } else { site }),
            day(line.due_on),
        ]);
    }
    let columns = vec![
        number("No.", "number"),
        text("Item", "item"),
        number("Quantity", "quantity"),
        text("Unit", "unit"),
        text("Site", "site").holding(Holds::Site),
        text("Needed by", "due_on"),
    ];
    Ok(table("plan", "Planned deliveries", columns, rows, "Nothing is planned"))
}
