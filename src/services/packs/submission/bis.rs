//! The application to US Commerce (BIS): parties and items in the order of its form, so that it can be typed over block by block.

use super::complete::{self, Also, need};
use super::filing::Filing;
use crate::domain::codes;
use crate::domain::document::{Block, Cell, Document, Holds, Table};
use crate::domain::record::{Filing as Kind, Party, PartyRole};
use crate::services::packs::pages::{self, count, fact, money, number, quantity, table, text, text_or};
use crate::services::packs::reader::{self, unit_of};
use crate::services::packs::{Gap, Part, Shape};
use crate::store::StoreError;

/// What the sheets say about themselves: the blocks of the form were not all seen.
const SOURCE: &str = "In the order of form BIS-748P and its appendices (15 CFR part 748, Supplement No. 1), as read on 2026-11-23. Compare the \
                      numbers of the blocks with the online form before you type.";

/// The parts a party has in the form, with the number of their block.
const PARTIES: &[(&str, &str, &[PartyRole])] = &[
    ("16", "Purchaser", &[PartyRole::Donor]),
    ("17", "Intermediate consignee", &[PartyRole::Forwarder, PartyRole::Carrier, PartyRole::Shipper]),
    ("18", "Ultimate consignee", &[PartyRole::Consignee]),
    ("19", "End user", &[PartyRole::EndUser, PartyRole::Recipient, PartyRole::Counterpart]),
];

/// The sheet of the application and of its items.
pub(super) fn parts(filing: &Filing<'_>, gaps: &mut Vec<Gap>) -> Result<Vec<Part>, StoreError> {
    missing(filing, gaps);
    let application = application(filing)?;
    let items = filing.document(
        "Items",
        vec![fact("Of the application", &filing.reference, Holds::Plain)],
        vec![Block::Table(items(filing)?)],
    );
    let part = |name: &str, shape, document| Part { name: name.to_owned(), shape, document };
    Ok(vec![part("application sheet", Shape::Pages, application), part("item sheet", Shape::Sheet, items)])
}

fn missing(filing: &Filing<'_>, gaps: &mut Vec<Gap>) {
    let request = &filing.request;
    let has =
        |roles: &[PartyRole]| request.parties.iter().any(|one| one.role.is_some_and(|role| roles.contains(&role)));
    need(gaps, has(&[PartyRole::Consignee]), "Block 18", "Name the ultimate consignee among the parties");
    let ends =
        has(&[PartyRole::EndUser, PartyRole::Recipient, PartyRole::Counterpart]) || !request.recipients.is_empty();
    need(gaps, ends, "Block 19", "Name the end users, or the recipients");
    need(gaps, !request.nature.is_empty(), "Block 21", "Say the specific end use in the nature of the assistance");
    need(
        gaps,
        !filing.own.registration.is_empty(),
        "Block 14",
        "Write the applicant's registration number (EIN) in the organisation",
    );
    need(gaps, !filing.own.address.is_empty(), "Block 14", "Write the applicant's address in the organisation");
    complete::lines(filing, &[Also::Eccn, Also::Value, Also::Supplier], gaps);
    if !request.lines.is_empty() && filing.value().is_none() {
        gaps.push(Gap::open("Block 23", "The lines have no value in one currency, so there is no total"));
    }
}

fn application(filing: &Filing<'_>) -> Result<Document, StoreError> {
    let request = &filing.request;
    let blocks = vec![
        Block::Table(blocks(filing)),
        Block::Table(parties(filing)?),
        pages::heading("21. Specific end use"),
        text_or(&request.nature, "Missing: the specific end use."),
        pages::heading("22. Items"),
        Block::Text("The items stand on the item sheet, in the order of the block.".to_owned()),
        pages::heading("24. Additional information"),
        text_or(&pages::joined(&[&request.reason, &request.diversion_plan], "\n\n"), "Nothing is added."),
        Block::Notice(SOURCE.to_owned()),
    ];
    Ok(filing.document("BIS application, in the order of its form", filing.letterhead(&filing.authority.name), blocks))
}

/// The blocks that hold one value.
fn blocks(filing: &Filing<'_>) -> Table {
    let request = &filing.request;
    let contact = &filing.own.letter_signatory;
    let kind = match request.filing {
        Some(Kind::Resubmission) => "Export, resubmission",
        Some(Kind::Renewal | Kind::Extension) => "Export, replaces an earlier licence",
        _ => "Export",
    };
    let total = filing.value().map_or_else(String::new, |value| value.grouped());
    let rows = [
        ("1", "Contact", contact.as_str()),
        ("4", "Date", &filing.reader.as_of.to_string()),
        ("5", "Type of application", kind),
        ("9", "Special purpose", "Humanitarian aid"),
        (
            "10",
            "Resubmission: earlier application",
            if request.filing == Some(Kind::Resubmission) { &request.authority_number } else { "" },
        ),
        ("14", "Applicant", &pages::joined(&[filing.applicant(), &filing.own.address.replace('\n', ", ")], ", ")),
        ("14", "Applicant's registration (EIN)", &filing.own.registration),
        ("23", "Total value", &total),
    ]
    .map(|(block, label, value)| vec![Cell::text(block), Cell::text(label), Cell::text(value)]);
    let columns = vec![text("Block", "block"), text("Field", "field"), text("Entry", "entry").holding(Holds::Person)];
    table("form", "The form", columns, rows.to_vec(), "")
}

fn parties(filing: &Filing<'_>) -> Result<Table, StoreError> {
    let mut rows = Vec::new();
    let row = |block: &str, role: &str, party: &Party| {
        vec![
            Cell::text(block),
            Cell::text(role),
            Cell::text(&party.name),
            Cell::text(party.address.replace('\n', ", ")),
            Cell::text(reader::country(party.country.as_deref())),
            Cell::text(pages::joined(&[&party.phone, &party.email], ", ")),
        ]
    };
    for (block, label, roles) in PARTIES {
        for one in &filing.request.parties {
            if one.role.is_some_and(|role| roles.contains(&role)) {
                rows.push(row(block, label, &filing.reader.party(one.party)?));
            }
        }
    }
    for one in &filing.request.recipients {
        let mut party = filing.reader.party(one.party)?;
        if party.name.is_empty() {
            party.name.clone_from(&one.name);
        }
        if party.address.is_empty() {
            party.address.clone_from(&one.place);
        }
        let new = row("19", "End user", &party);
        if !rows.iter().any(|known| known.first() == new.first() && known.get(2) == new.get(2)) {
            rows.push(new);
        }
    }
    let columns = vec![
        text("Block", "block"),
        text("Part", "role"),
        text("Name", "name").holding(Holds::Partner),
        text("Address", "address").holding(Holds::Site),
        text("Country", "country"),
        text("Reach", "reach").holding(Holds::Person),
    ];
    Ok(table("parties", "Parties", columns, rows, "No party is named"))
}

/// Block 22, item by item: the letters are those of the form.
fn items(filing: &Filing<'_>) -> Result<Table, StoreError> {
    let mut rows = Vec::new();
    for (line, item) in filing.lines() {
        let name = if line.description.is_empty() { &item.name } else { &line.description };
        let supplier = filing.reader.name(line.supplier)?;
        let hs = item.hs_code.as_ref().map_or_else(String::new, |hs| format!("HS {hs}"));
        let mut description = pages::joined(&[name, &item.specification, &hs], "; ");
        for part in &item.components {
            let part_of = pages::joined(&[&part.name, part.hs_code.as_deref().unwrap_or_default(), &part.eccn], ", ");
            description.extend(["; in each: ", &part_of]);
        }
        let unit = line.unit.as_deref().or(item.base_unit.as_deref()).unwrap_or_default();
        rows.push(vec![
            count(line.number),
            Cell::text(&item.eccn),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            quantity(line.quantity),
            Cell::text(codes::unit_name(unit).map_or_else(|| unit_of(Some(unit), item), str::to_owned)),
            super::filing::unit_price(line.value.as_ref(), line.quantity),
            money(line.value.as_ref()),
            Cell::text(if item.manufacturer.is_empty() { supplier } else { item.manufacturer.clone() }),
            Cell::text(description),
        ]);
    }
    let columns = vec![
        number("Item", "number"),
        text("(a) ECCN", "eccn"),
        text("(b) APP", "app"),
        text("(c) Model", "model"),
        text("(d) CCATS", "ccats"),
        number("(e) Quantity", "quantity"),
        text("(f) Units", "unit"),
        number("(g) Unit price", "unit_price").holding(Holds::Price),
        number("(h) Total price", "total").holding(Holds::Price),
        text("(i) Manufacturer", "manufacturer").holding(Holds::Partner),
        text("(j) Technical description", "description"),
    ];
    Ok(table("items", "Block 22, items", columns, rows, "No goods are asked for"))
}
