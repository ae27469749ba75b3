//! The border-and-bank binder of a shipment: a page for those who stop it, in three languages; the packing list; what covers
//! each line by whose letter; the letters themselves; whom to call.

use super::binder_words::{CHINESE, ENGLISH, KOREAN, Words};
use super::letters::{self, Standing, letters_table, reliances_table, short};
use super::pages::{self, chapter, count, day, fact, facts, money, number, quantity, state, table, text};
use super::reader::{self, Reader, originals_with_list, unit_of};
use super::{Gap, Pack, PackKind, Part, Shape};
use crate::domain::coverage::CellState;
use crate::domain::document::{Block, Cell, CellTone, Document, Fact, Holds, Table};
use crate::domain::id::Id;
use crate::domain::record::{
    Attachment, AttachmentKind, Authority, Item, Organisation, Party, ReferenceKind, Shipment, ShipmentLine,
};
use crate::services::queries::{Coverage, CoverageCell, CoverageColumn, CoverageQuery, CoverageRow, RuleWords};
use crate::services::{Failure, coverage};
use crate::store::StoreError;

/// A shipment with what its pages need.
struct Binder<'a> {
    reader: &'a Reader<'a>,
    reference: String,
    shipment: Shipment,
    items: Vec<Item>,
    own: Organisation,
    shipper: Party,
    consignee: Party,
    standing: Standing,
    coverage: Coverage,
    gaps: Vec<Gap>,
}

/// Makes the binder of a shipment.
pub(super) fn binder(reader: &Reader<'_>, id: Id) -> Result<Pack, Failure> {
    let (head, shipment) = reader.must::<Shipment>(id)?;
    let query = CoverageQuery { holder: id, as_of: reader.as_of, as_known: None };
    let coverage = coverage::of_one(reader.db, &query, reader.moment)?.ok_or(Failure::Gone)?;
    let items = shipment.lines.iter().map(|line| reader.item(line.item)).collect::<Result<Vec<_>, _>>()?;
    let mut binder = Binder {
        reader,
        reference: head.reference.clone(),
        items,
        own: reader.own()?,
        shipper: reader.party(shipment.shipper)?,
        consignee: reader.party(shipment.consignee)?,
        standing: letters::of_shipment(reader, id, &coverage)?,
        coverage,
        shipment,
        gaps: Vec::new(),
    };
    let files = reader.files(id)?;
    let document = binder.document(&files)?;
    let part = Part { name: "binder".to_owned(), shape: Shape::Pages, document };
    Ok(Pack { kind: PackKind::Binder, of: Some(id), stem: head.reference, parts: vec![part], gaps: binder.gaps })
}

impl Binder<'_> {
    fn document(&mut self, files: &[Attachment]) -> Result<Document, StoreError> {
        let mut blocks = Vec::new();
        let letters = &self.standing.letters;
        let letters_are_here =
            self.reader.with_originals && !letters.is_empty() && letters.iter().all(|letter| !letter.files.is_empty());
        for words in [&ENGLISH, &CHINESE, &KOREAN] {
            blocks.push(pages::heading(words.heading));
            blocks.push(Block::Text(words.opening(letters_are_here)));
            blocks.push(Block::Facts(self.summary(words)));
        }
        blocks.extend([Block::NewPage, chapter("The goods"), Block::Table(self.packing_list()?)]);
        if let Some(parts) = self.kit_parts() {
            blocks.push(Block::Table(parts));
        }
        blocks.extend([chapter("Coverage"), Block::Table(self.coverage_table())]);
        blocks.push(chapter("Letters, licences and rules"));
        blocks.push(Block::Table(letters_table(&self.standing.letters, &mut self.gaps)));
        if !self.standing.reliances.is_empty() {
            blocks.push(Block::Table(reliances_table(self.reader, &self.standing.reliances)?));
        }
        blocks.extend([chapter("Contacts"), Block::Table(self.contacts()?)]);
        blocks.extend(self.originals(files));
        self.look_at_names();
        Ok(Document {
            title: format!("Border and bank binder: {}", self.reference),
            subtitle: self.shipment.title.clone(),
            language: "en".to_owned(),
            facts: facts(vec![
                fact("From", &self.own.name, Holds::Plain),
                fact("As of", self.reader.days(), Holds::Plain),
            ]),
            blocks,
            foot: pages::foot(&self.reader.days()),
        })
    }

    /// The facts of the summary in one language.
    fn summary(&self, words: &Words) -> Vec<Fact> {
        let sender = if self.shipper.name.is_empty() {
            named(words, [&self.own.name, &self.own.name_zh, &self.own.name_ko])
        } else {
            named(words, [&self.shipper.name, &self.shipper.name_zh, &self.shipper.name_ko])
        };
        let consignee = named(words, [&self.consignee.name, &self.consignee.name_zh, &self.consignee.name_ko]);
        let goods: Vec<String> = self.lines().map(|(line, item)| goods_words(words, line, item)).collect();
        let numbers = self.shipment.references.iter().map(|one| one.number.clone()).collect::<Vec<_>>();
        let letters: Vec<String> = self
            .standing
            .letters
            .iter()
            .map(|letter| {
                let authority = words.authority(&letter.authority.reference, short(&letter.authority));
                let dated = letter.permission.given_on.map_or_else(String::new, |on| on.to_string());
                words.letter(&letter.permission.reference, authority, &dated, &letter.until)
            })
            .collect();
        let leaves = self.shipment.planned_on.map_or_else(String::new, |on| on.to_string());
        facts(vec![
            fact(words.sender, sender, Holds::Partner),
            fact(words.consignee, consignee, Holds::Counterpart),
            fact(words.goods, goods.join("; "), Holds::Plain),
            fact(words.way, self.way(), Holds::Plain),
            fact(words.leaves, leaves, Holds::Plain),
            fact(words.numbers, numbers.join(words.comma), Holds::Number),
            fact(words.letters, letters.join("; "), Holds::Number),
            fact(words.contact, self.own.letter_signatory.clone(), Holds::Person),
        ])
    }

    fn lines(&self) -> impl Iterator<Item = (&ShipmentLine, &Item)> {
        self.shipment.lines.iter().zip(&self.items)
    }

    fn way(&self) -> String {
        let mut stops: Vec<&str> = Vec::new();
        for leg in &self.shipment.legs {
            for stop in [leg.from.as_str(), leg.to.as_str()] {
                if stops.last() != Some(&stop) {
                    stops.push(stop);
                }
            }
        }
        stops.join(" - ")
    }

    fn packing_list(&mut self) -> Result<Table, StoreError> {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for (line, item) in self.shipment.lines.iter().zip(&self.items) {
            rows.push(vec![
                count(line.number),
                Cell::text(if line.description.is_empty() { &item.name } else { &line.description }),
                Cell::text(pages::joined(&[&item.name_zh, &item.name_ko], " / ")),
                Cell::text(item.hs_code.as_deref().unwrap_or_default()),
                quantity(line.quantity),
                Cell::text(unit_of(line.unit.as_deref(), item)),
                Cell::text(&line.batch),
                day(line.expires_on),
                Cell::text(reader::country(item.origin.as_deref())),
                money(line.value.as_ref()),
                Cell::text(self.reader.name(line.consignee)?),
            ]);
            if item.hs_code.is_none() {
                let about = format!("Line {}", line.number.unwrap_or_default());
                self.gaps.push(Gap::missing(about, format!("{} has no HS code. Write it in the item", item.name)));
            }
        }
        if rows.is_empty() {
            self.gaps.push(Gap::missing("Packing list", "The shipment has no lines. Write what is in it"));
        }
        let mut columns = vec![
            number("No.", "number"),
            text("Goods", "description"),
            text("中文 / 한국어", "names"),
            text("HS", "hs_code"),
            number("Quantity", "quantity"),
            text("Unit", "unit"),
            text("Batch", "batch"),
            text("Expires", "expires_on"),
            text("Made in", "origin"),
            number("Value", "value").holding(Holds::Price),
            text("Consignee", "consignee").holding(Holds::Counterpart),
        ];
        // A column in which nothing stands takes the room of the others.
        if self.shipment.lines.iter().all(|line| line.consignee.is_none()) {
            columns.pop();
            for row in &mut rows {
                row.truncate(columns.len());
            }
        }
        Ok(table("packing_list", "Packing list", columns, rows, "No goods are written down"))
    }

    /// What is in kits: one article of metal can hold up a container.
    fn kit_parts(&self) -> Option<Table> {
        let mut rows = Vec::new();
        for (line, item) in self.lines() {
            for part in &item.components {
                let unit = crate::domain::codes::unit_short(part.unit.as_deref().unwrap_or("H87"));
                rows.push(vec![
                    count(line.number),
                    Cell::text(&item.name),
                    Cell::text(&part.name),
                    quantity(part.quantity),
                    Cell::text(unit),
                    Cell::text(part.hs_code.as_deref().unwrap_or_default()),
                    Cell::text(&part.eccn),
                ]);
            }
        }
        let columns = vec![
            number("Line", "line"),
            text("Kit", "kit"),
            text("Part", "part"),
            number("Per kit", "quantity"),
            text("Unit", "unit"),
            text("HS", "hs_code"),
            text("ECCN", "eccn"),
        ];
        (!rows.is_empty()).then(|| table("kit_parts", "What is in the kits", columns, rows, ""))
    }

    fn coverage_table(&mut self) -> Table {
        let mut rows = Vec::new();
        let mut not_needed: Vec<&str> = Vec::new();
        for row in &self.coverage.rows {
            for (column, cell) in self.coverage.columns.iter().zip(&row.cells) {
                let Some(cell) = cell else { continue };
                if !cell.state.is_settled() {
                    let about = format!("Line {}, {}", row.line.unwrap_or_default(), column.name);
                    self.gaps.push(Gap::open(about, pages::joined(&[&cell.words, &cell.mend], ". ")));
                }
                if cell.state == CellState::NotNeeded && cell.by.is_none() {
                    not_needed.push(&column.name);
                    continue;
                }
                rows.push(coverage_row(row, column, cell));
            }
        }
        not_needed.sort_unstable();
        not_needed.dedup();
        let columns = vec![
            number("Line", "line"),
            text("Goods", "goods"),
            text("What is needed", "instrument"),
            text("State", "state"),
            text("By", "letter").holding(Holds::Number),
            text("In words", "words").holding(Holds::Number),
            text("Rule, source and date", "rule"),
        ];
        let mut made = table("coverage", "What covers each line", columns, rows, "No rule asks for anything here");
        made.notes = vec![format!(
            "As of {}. {} cells are covered or not needed, {} are open.",
            self.reader.days(),
            self.coverage.settled,
            self.coverage.open
        )];
        if !not_needed.is_empty() {
            made.notes.push(format!(
                "For lines that do not stand here, no rule was found that asks for: {}.",
                not_needed.join("; ")
            ));
        }
        made
    }

    fn contacts(&mut self) -> Result<Table, StoreError> {
        let own = Party {
            name: self.own.name.clone(),
            name_ko: self.own.name_ko.clone(),
            name_zh: self.own.name_zh.clone(),
            country: self.own.country.clone(),
            address: self.own.address.clone(),
            ..Party::default()
        };
        let mut rows = vec![contact_row("Sender of this binder", &own, &self.own.letter_signatory)];
        for (role, party) in [("Shipper", &self.shipper), ("Consignee", &self.consignee)] {
            if party.name.is_empty() {
                self.gaps.push(Gap::missing(role, format!("No {} is written down", role.to_lowercase())));
            } else {
                rows.push(contact_row(role, party, ""));
            }
        }
        for leg in &self.shipment.legs {
            if let Some(party) = self.reader.load::<Party>(leg.carrier)? {
                rows.push(contact_row(&format!("Carrier, {} to {}", leg.from, leg.to), &party, ""));
            }
        }
        for letter in &self.standing.letters {
            rows.push(authority_row(&letter.authority));
        }
        rows.dedup();
        let columns = vec![
            text("Part", "role"),
            text("Name", "name").holding(Holds::Partner),
            text("Country", "country"),
            text("Reach", "reach").holding(Holds::Person),
            text("Address or person", "address").holding(Holds::Person),
        ];
        Ok(table("contacts", "Whom to call", columns, rows, "Nobody is written down"))
    }

    /// The letters first, then the papers of the shipment itself.
    fn originals(&self, files: &[Attachment]) -> Vec<Block> {
        let mut all: Vec<Attachment> = self.standing.letters.iter().flat_map(|letter| letter.files.clone()).collect();
        all.extend(self.standing.reliance_files.iter().cloned());
        // A photo is no paper that a border or a bank asks for.
        all.extend(files.iter().filter(|file| file.kind != Some(AttachmentKind::Photo)).cloned());
        letters::once(&mut all);
        if all.is_empty() {
            return Vec::new();
        }
        originals_with_list(self.reader, "Originals", &all)
    }

    fn look_at_names(&mut self) {
        for (line, item) in self.shipment.lines.iter().zip(&self.items) {
            let missing: Vec<&str> = [("Chinese", &item.name_zh), ("Korean", &item.name_ko)]
                .into_iter()
                .filter(|(_, name)| name.is_empty())
                .map(|(language, _)| language)
                .collect();
            if !missing.is_empty() {
                let what = format!("{} has no name in {}. Write it in the item", item.name, missing.join(" and "));
                self.gaps.push(Gap::missing(format!("Line {}", line.number.unwrap_or_default()), what));
            }
        }
        if !self
            .shipment
            .references
            .iter()
            .any(|one| matches!(one.kind, Some(ReferenceKind::Waybill | ReferenceKind::BillOfLading)))
        {
            self.gaps.push(Gap::missing("References", "No waybill or bill of lading is written down"));
        }
    }
}

/// A name in the language of the words, with the English one beside it, which stands on the letters.
fn named(words: &Words, names: [&str; 3]) -> String {
    let own = words.pick(names);
    let [name, ..] = names;
    if own == name { name.to_owned() } else { format!("{own} ({name})") }
}

fn goods_words(words: &Words, line: &ShipmentLine, item: &Item) -> String {
    let amount = reader::amount(line.quantity, &unit_of(line.unit.as_deref(), item));
    format!("{} {amount}", words.pick([&item.name, &item.name_zh, &item.name_ko])).trim().to_owned()
}

fn coverage_row(row: &CoverageRow, column: &CoverageColumn, cell: &CoverageCell) -> Vec<Cell> {
    vec![
        count(row.line),
        Cell::text(pages::joined(&[&row.label, &row.amount], ", ")),
        Cell::text(pages::joined(&[&column.authority, &column.name], ": ")),
        state(tone(cell.state), cell.state.label()),
        Cell::text(cell.by.as_ref().map_or("", |by| by.reference.as_str())),
        Cell::text(&cell.words),
        Cell::text(cell.rule.as_ref().map(rule_words).unwrap_or_default()),
    ]
}

/// A rule with its source and date, in as few words as a narrow column holds.
fn rule_words(rule: &RuleWords) -> String {
    pages::joined(&[&rule.code, &rule.citation, &rule.checked], ", ")
}

const fn tone(state: CellState) -> CellTone {
    match state {
        CellState::Covered => CellTone::Good,
        CellState::NotNeeded => CellTone::Quiet,
        CellState::ConditionOpen | CellState::Unclear | CellState::Unknown => CellTone::Warning,
        _ => CellTone::Bad,
    }
}

fn contact_row(role: &str, party: &Party, person: &str) -> Vec<Cell> {
    let person = pages::joined(&[&party.address, person], "; ");
    vec![
        Cell::text(role),
        Cell::text(pages::joined(&[&party.name, &party.name_zh, &party.name_ko], " / ")),
        Cell::text(reader::country(party.country.as_deref())),
        Cell::text(pages::joined(&[&party.phone, &party.email], ", ")),
        Cell::text(person),
    ]
}

fn authority_row(authority: &Authority) -> Vec<Cell> {
    let translated = |words: &Words| words.authority(&authority.reference, "").to_owned();
    vec![
        Cell::text("Authority"),
        Cell::text(pages::joined(&[&authority.name, &translated(&CHINESE), &translated(&KOREAN)], " / ")),
        Cell::text(reader::country(authority.country.as_deref())),
        Cell::Empty,
        Cell::text(&authority.contact),
    ]
}
