//! The customs comparison: what the letter prints, the packing list, the declaration and the invoice say, line by line, with
//! every mismatch of wording, quantity and HS code marked. Kits are looked into: one article of metal can stop a container.

use std::collections::BTreeMap;

use super::pages::{fact, state, table, text};
use super::reader::{self, Reader};
use super::{Gap, Pack, PackKind, Part, Shape};
use crate::domain::codes;
use crate::domain::document::{Block, Cell, CellTone, Document, Holds};
use crate::domain::id::Id;
use crate::domain::quantity::Quantity;
use crate::domain::record::{
    Booking, Item, Paper, PaperKind, PaperLine, Permission, RecordKind, Request, Shipment, ShipmentLine,
};
use crate::domain::text::fold;
use crate::domain::units;
use crate::services::Failure;
use crate::store::StoreError;

/// The papers that are held against the letter, in the order of their columns.
const PAPERS: [PaperKind; 3] = [PaperKind::PackingList, PaperKind::Declaration, PaperKind::Invoice];

/// A line of the shipment with what the letter says about it.
struct Line {
    number: u32,
    item: Item,
    /// Its words on our side.
    words: String,
    /// How much, in the item's base unit.
    quantity: Option<Quantity>,
    /// The words that the letters print for it.
    printed: Vec<String>,
    /// The letters, and how much is booked of them, in the base unit.
    letters: Vec<String>,
    booked: Option<Quantity>,
}

/// The rows that come of it, and what is wrong.
#[derive(Default)]
struct Found {
    rows: Vec<Vec<Cell>>,
    gaps: Vec<Gap>,
}

/// Makes the comparison of a shipment.
pub(super) fn customs(reader: &Reader<'_>, id: Id) -> Result<Pack, Failure> {
    let (head, shipment) = reader.must::<Shipment>(id)?;
    let papers: Vec<Paper> =
        reader.children::<Paper>(id, RecordKind::Paper)?.into_iter().map(|(_, paper)| paper).collect();
    let papers: Vec<Paper> = papers.into_iter().filter(|paper| reader.is_by(paper.on)).collect();
    let mut lines = Vec::new();
    for line in &shipment.lines {
        lines.push(load_line(reader, id, line)?);
    }
    let mut found = Found::default();
    for kind in [PaperKind::PackingList, PaperKind::Declaration] {
        if !papers.iter().any(|paper| paper.kind == Some(kind)) {
            let what = format!("No {} is written down. Add it as a paper of the shipment", kind.label().to_lowercase());
            found.gaps.push(Gap::missing(kind.label(), what));
        }
    }
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for line in &lines {
        let of_line = PAPERS.map(|kind| matching(&papers, kind, line, &lines, &mut taken));
        compare(line, &of_line, &papers, &mut found);
    }
    left_over(&papers, &taken, &mut found);
    let document = document(reader, &head.reference, &shipment, &papers, found.rows);
    let part = Part { name: "customs comparison".to_owned(), shape: Shape::Sheet, document };
    Ok(Pack { kind: PackKind::Customs, of: Some(id), stem: head.reference, parts: vec![part], gaps: found.gaps })
}

fn load_line(reader: &Reader<'_>, shipment: Id, line: &ShipmentLine) -> Result<Line, StoreError> {
    let item = reader.item(line.item)?;
    let base = |quantity: Option<Quantity>, unit: Option<&str>| {
        quantity.map(|quantity| units::to_base(&item, quantity, unit).unwrap_or(quantity))
    };
    let mut printed = Vec::new();
    let mut booked: BTreeMap<String, Quantity> = BTreeMap::new();
    for (_, booking) in reader.naming::<Booking>(shipment, RecordKind::Booking)? {
        let stands =
            booking.line == line.number && reader.is_by_day(booking.booked_on) && booking.released_on.is_none();
        let Some(permission) = reader.load::<Permission>(booking.permission)?.filter(|_| stands) else { continue };
        if let Some(words) = printed_words(reader, &permission, booking.grant_line)?
            && !printed.contains(&words)
        {
            printed.push(words);
        }
        let amount = base(booking.quantity, booking.unit.as_deref()).unwrap_or_default();
        let sum = booked.entry(permission.reference.clone()).or_default();
        *sum = sum.plus(amount);
    }
    Ok(Line {
        number: line.number.unwrap_or_default(),
        words: if line.description.is_empty() { item.name.clone() } else { line.description.clone() },
        quantity: base(line.quantity, line.unit.as_deref()),
        printed,
        // Several authorities count the same goods: the smallest amount is the one that binds.
        booked: booked.values().min().copied(),
        letters: booked.into_keys().collect(),
        item,
    })
}

/// The words a letter prints for a grant line: its own, or those that were asked for.
fn printed_words(
    reader: &Reader<'_>,
    permission: &Permission,
    number: Option<u32>,
) -> Result<Option<String>, StoreError> {
    let Some(grant) = permission.grants.iter().find(|grant| grant.number == number) else { return Ok(None) };
    if !grant.description.is_empty() {
        return Ok(Some(grant.description.clone()));
    }
    let asked_by =
        permission.decision.map(|id| reader.head(Some(id))).transpose()?.flatten().and_then(|head| head.parent);
    let request: Option<Request> = reader.load(asked_by)?;
    let asked = grant.asked.or(grant.number);
    let line = request
        .and_then(|request| request.lines.into_iter().find(|line| line.number == asked && line.item == grant.item));
    if let Some(words) = line.map(|line| line.description).filter(|words| !words.is_empty()) {
        return Ok(Some(words));
    }
    Ok(reader.load::<Item>(grant.item)?.map(|item| item.name))
}

/// The line of a paper that stands for a line of the shipment: by its number, by its words, by its code where no other line
/// of the shipment has it.
fn matching<'a>(
    papers: &'a [Paper],
    kind: PaperKind,
    line: &Line,
    lines: &[Line],
    taken: &mut Vec<(usize, usize)>,
) -> Option<&'a PaperLine> {
    let mut all = papers
        .iter()
        .enumerate()
        .filter(|(_, paper)| paper.kind == Some(kind))
        .flat_map(|(at, paper)| paper.lines.iter().enumerate().map(move |(row, line)| ((at, row), line)))
        .filter(|(place, _)| !taken.contains(place))
        .collect::<Vec<_>>();
    let by_number = all.iter().position(|(_, one)| one.line == Some(line.number));
    let by_words = || all.iter().position(|(_, one)| one.line.is_none() && line.is_called(&one.wording));
    let alone = |hs: &str| lines.iter().filter(|other| six(other.item.hs_code.as_deref()) == hs).count() == 1;
    let by_code = || {
        let own = six(line.item.hs_code.as_deref());
        all.iter()
            .position(|(_, one)| one.line.is_none() && !own.is_empty() && six(one.hs.as_deref()) == own && alone(&own))
    };
    let at = by_number.or_else(by_words).or_else(by_code)?;
    let (place, found) = all.swap_remove(at);
    taken.push(place);
    Some(found)
}

impl Line {
    fn names(&self) -> [&str; 3] {
        [&self.item.name, &self.item.name_zh, &self.item.name_ko]
    }

    fn is_called(&self, wording: &str) -> bool {
        let wording = fold(wording);
        self.printed
            .iter()
            .map(String::as_str)
            .chain(self.names())
            .any(|name| !name.is_empty() && fold(name) == wording)
    }

    /// How the words of a paper stand against those of the letter.
    fn judge_words(&self, wording: &str) -> Option<(CellTone, String)> {
        let said = fold(wording);
        let is = |name: &str| !name.is_empty() && fold(name) == said;
        let translated = is(&self.item.name_zh) || is(&self.item.name_ko);
        if self.printed.iter().any(|words| is(words)) || translated || (self.printed.is_empty() && is(&self.item.name))
        {
            return None;
        }
        let printed = self.printed.first().map_or(self.item.name.as_str(), String::as_str);
        let tone = if is(&self.item.name) { CellTone::Warning } else { CellTone::Bad };
        Some((tone, format!("says “{wording}”, the letter prints “{printed}”")))
    }
}

/// The first six digits of a code: further ones differ from country to country.
fn six(code: Option<&str>) -> String {
    code.unwrap_or_default().chars().filter(char::is_ascii_digit).take(6).collect()
}

fn compare(line: &Line, of_line: &[Option<&PaperLine>; 3], papers: &[Paper], found: &mut Found) {
    let unit = codes::unit_short(line.item.base_unit.as_deref().unwrap_or_default());
    let mut wrong: [Vec<(CellTone, String)>; 3] = Default::default();
    for (kind, paper) in PAPERS.iter().zip(of_line) {
        let name = kind.label();
        let Some(paper) = paper else {
            if papers.iter().any(|one| one.kind == Some(*kind)) {
                wrong[0].push((CellTone::Bad, format!("{name}: not on it")));
            }
            continue;
        };
        wrong[0].extend(line.judge_words(&paper.wording).map(|(tone, why)| (tone, format!("{name} {why}"))));
        let stated = base(line, paper);
        match (stated, line.quantity) {
            (Some(stated), Some(own)) if stated != own => {
                let why = format!("{name} says {} {unit}, the shipment has {} {unit}", stated.grouped(), own.grouped());
                wrong[1].push((CellTone::Bad, why));
            }
            (None, _) => wrong[1].push((CellTone::Warning, format!("{name} states no quantity"))),
            _ => {}
        }
        let (stated, own) = (six(paper.hs.as_deref()), six(line.item.hs_code.as_deref()));
        if stated.is_empty() {
            wrong[2].push((CellTone::Warning, format!("{name} states no HS code")));
        } else if !own.is_empty() && !stated.starts_with(&own) && !own.starts_with(&stated) {
            wrong[2].push((CellTone::Bad, format!("{name} says {stated}, the item has {own}")));
        }
    }
    if let (Some(own), Some(booked)) = (line.quantity, line.booked)
        && own > booked
    {
        let why =
            format!("The shipment has {} {unit}, {} {unit} are booked of the letter", own.grouped(), booked.grouped());
        wrong[1].push((CellTone::Bad, why));
    }
    if line.letters.is_empty() {
        wrong[0].push((CellTone::Quiet, "No letter is booked for it".to_owned()));
    }
    let said = |of: fn(&PaperLine) -> String| of_line.map(|paper| paper.map(of).unwrap_or_default());
    let amount = |quantity: Option<Quantity>| reader::amount(quantity, unit);
    let quantities =
        of_line.map(|paper| paper.and_then(|paper| base(line, paper)).map_or_else(String::new, |q| amount(Some(q))));
    let letter = format!("{} ({})", line.printed.join("; "), line.letters.join(", "));
    let letter = if line.letters.is_empty() { String::new() } else { letter };
    let hs = line.item.hs_code.clone().unwrap_or_default();
    let [words, quantity, code] = wrong;
    found.row(line.number, "Wording", [&line.words, &letter], said(|paper| paper.wording.clone()), &words);
    found.row(line.number, "Quantity", [&amount(line.quantity), &amount(line.booked)], quantities, &quantity);
    found.row(line.number, "HS code", [&hs, ""], said(|paper| paper.hs.clone().unwrap_or_default()), &code);
    parts(line, of_line, found);
}

/// The parts of a kit that no paper names.
fn parts(line: &Line, of_line: &[Option<&PaperLine>; 3], found: &mut Found) {
    for part in &line.item.components {
        let name = fold(short_name(&part.name));
        let names = |text: &str| fold(text).contains(&name);
        let named = of_line.map(|paper| {
            let there = paper.is_some_and(|paper| names(&paper.wording) || names(&paper.remark));
            if there { "named".to_owned() } else { String::new() }
        });
        let in_letter = if line.printed.iter().any(|words| names(words)) { "named" } else { "" };
        let own = format!("{} {}", part.name, part.hs_code.as_deref().unwrap_or_default());
        let has_papers = of_line.iter().any(Option::is_some);
        let unnamed: Vec<&str> = PAPERS
            .iter()
            .zip(of_line)
            .zip(&named)
            .filter(|((_, paper), named)| paper.is_some() && named.is_empty())
            .map(|((kind, _), _)| kind.label())
            .collect();
        // Only what paragraph 7 of resolution 2397 names by its chapter stops a container.
        let tone = if is_named_by_chapter(part.hs_code.as_deref()) { CellTone::Warning } else { CellTone::Quiet };
        let wrong = if has_papers && !unnamed.is_empty() {
            vec![(tone, format!("In the kit, not named in: {}", unnamed.join(", ")))]
        } else {
            Vec::new()
        };
        found.row(line.number, "Part of the kit", [own.trim(), in_letter], named, &wrong);
    }
}

/// The name of a part without its size and its pack: `Safety pins` of `Safety pins, card of 12`.
fn short_name(name: &str) -> &str {
    name.split(|c: char| c == ',' || c.is_ascii_digit()).next().map_or(name, str::trim)
}

/// Whether a code lies in the chapters of metals, machines and vehicles, 72 to 89.
fn is_named_by_chapter(code: Option<&str>) -> bool {
    code.and_then(|code| code.get(..2)?.parse::<u8>().ok()).is_some_and(|chapter| (72..=89).contains(&chapter))
}

/// How much a paper states, in the item's base unit.
fn base(line: &Line, paper: &PaperLine) -> Option<Quantity> {
    let quantity = paper.quantity?;
    Some(units::to_base(&line.item, quantity, paper.unit.as_deref()).unwrap_or(quantity))
}

impl Found {
    fn row(
        &mut self,
        number: u32,
        what: &str,
        [own, letter]: [&str; 2],
        papers: [String; 3],
        wrong: &[(CellTone, String)],
    ) {
        let worst =
            [CellTone::Bad, CellTone::Warning].into_iter().find(|tone| wrong.iter().any(|(one, _)| one == tone));
        let words: Vec<&str> = wrong.iter().map(|(_, words)| words.as_str()).collect();
        let judged = match worst {
            Some(tone) => state(tone, words.join("; ")),
            None if words.is_empty() => state(CellTone::Good, "Same"),
            None => state(CellTone::Quiet, words.join("; ")),
        };
        for (_, words) in wrong.iter().filter(|(tone, _)| *tone != CellTone::Quiet) {
            let about = if number == 0 { what.to_owned() } else { format!("Line {number}: {what}") };
            self.gaps.push(Gap::open(about, words.clone()));
        }
        let line = if number == 0 { Cell::Empty } else { Cell::Count(i64::from(number)) };
        let mut row = vec![line, Cell::text(what), Cell::text(own), Cell::text(letter)];
        row.extend(papers.map(Cell::text));
        row.push(judged);
        self.rows.push(row);
    }
}

/// Lines of papers that stand for no line of the shipment.
fn left_over(papers: &[Paper], taken: &[(usize, usize)], found: &mut Found) {
    for (at, paper) in papers.iter().enumerate() {
        for (row, line) in paper.lines.iter().enumerate().filter(|(row, _)| !taken.contains(&(at, *row))) {
            let kind = paper.kind.unwrap_or(PaperKind::PackingList);
            let unit = codes::unit_short(line.unit.as_deref().unwrap_or_default());
            let said = format!("{} {}", line.wording, reader::amount(line.quantity, unit));
            let papers = PAPERS.map(|one| if one == kind { said.trim().to_owned() } else { String::new() });
            let why = format!("{}, row {}: stands for no line of the shipment", kind.label(), row + 1);
            found.row(0, "Not in the shipment", ["", ""], papers, &[(CellTone::Bad, why)]);
        }
    }
}

fn document(
    reader: &Reader<'_>,
    reference: &str,
    shipment: &Shipment,
    papers: &[Paper],
    rows: Vec<Vec<Cell>>,
) -> Document {
    let columns = vec![
        super::pages::number("Line", "line"),
        text("What", "what"),
        text("Shipment", "shipment"),
        text("Letter", "letter").holding(Holds::Number),
        text("Packing list", "packing_list"),
        text("Declaration", "declaration"),
        text("Invoice", "invoice"),
        text("Compared", "compared"),
    ];
    let mut made = table("comparison", "Line by line", columns, rows, "The shipment has no lines");
    made.notes = vec![
        "Quantities are turned into the item's base unit. HS codes are compared in their first six digits.".to_owned(),
        "The letter's own words count; an item's Chinese and Korean names stand for them in those languages."
            .to_owned(),
    ];
    let mut facts = vec![fact("As of", reader.days(), Holds::Plain)];
    for paper in papers {
        let on = paper.on.map_or_else(String::new, |on| format!(" of {on}"));
        let label = paper.kind.map_or("Paper", PaperKind::label);
        facts.push(fact(label, format!("{}{on}", paper.number).trim(), Holds::Number));
    }
    Document {
        title: format!("Customs comparison: {reference}"),
        subtitle: shipment.title.clone(),
        language: "en".to_owned(),
        facts,
        blocks: vec![Block::Table(made)],
        foot: super::pages::foot(&reader.days()),
    }
}
