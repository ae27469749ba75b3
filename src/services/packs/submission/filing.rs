//! A request with everything that its papers need, and the blocks that the papers of several authorities share.

use crate::domain::codes;
use crate::domain::document::{Block, Cell, Column, Document, Fact, Holds, Table};
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::quantity::Quantity;
use crate::domain::record::{
    AskedLine, Authority, Filing as Kind, Instrument, Item, Matter, Organisation, PartyRole, Project, Request, Route,
    Transaction, Transfer,
};
use crate::services::Failure;
use crate::services::packs::pages::{self, count, fact, facts, money, number, quantity, table, text};
use crate::services::packs::reader::{self, Reader, unit_of};
use crate::store::StoreError;

/// A request with everything that its papers need.
pub(super) struct Filing<'a> {
    pub reader: &'a Reader<'a>,
    pub id: Id,
    pub reference: String,
    pub request: Request,
    pub matter: Matter,
    pub instrument: Instrument,
    pub authority: Authority,
    pub projects: Vec<Project>,
    pub own: Organisation,
    /// The item of each asked line, an empty one where the line has none.
    pub items: Vec<Item>,
}

impl<'a> Filing<'a> {
    /// Loads a request.
    pub fn load(reader: &'a Reader<'a>, id: Id) -> Result<Self, Failure> {
        let (head, request) = reader.must::<Request>(id)?;
        let matter: Matter = reader.load(request.matter)?.unwrap_or_default();
        let instrument: Instrument = reader.load(matter.instrument)?.unwrap_or_default();
        let authority: Authority = reader.load(instrument.authority)?.unwrap_or_default();
        let mut projects = Vec::new();
        for project in &matter.projects {
            projects.extend(reader.load::<Project>(Some(*project))?);
        }
        let items = request.lines.iter().map(|line| reader.item(line.item)).collect::<Result<Vec<_>, _>>()?;
        let own = reader.own()?;
        Ok(Self { reader, id, reference: head.reference, request, matter, instrument, authority, projects, own, items })
    }

    /// The lines with their items.
    pub fn lines(&self) -> impl Iterator<Item = (&AskedLine, &Item)> {
        self.request.lines.iter().zip(&self.items)
    }

    /// Who applies.
    pub fn applicant(&self) -> &str {
        if self.request.applicant.is_empty() { &self.own.name } else { &self.request.applicant }
    }

    /// A document of the package.
    pub fn document(&self, title: &str, head: Vec<Fact>, blocks: Vec<Block>) -> Document {
        Document {
            title: format!("{title}: {}", self.reference),
            subtitle: self.matter.title.clone(),
            language: "en".to_owned(),
            facts: facts(head),
            blocks,
            foot: format!("{}, {}", self.applicant(), self.reference),
        }
    }

    /// The head of a letter: who writes, to whom, when, about what.
    pub fn letterhead(&self, to: &str) -> Vec<Fact> {
        let country = self.request.applicant_country.as_deref().or(self.own.country.as_deref());
        vec![
            fact("From", self.applicant(), Holds::Plain),
            fact("Address", self.own.address.replace('\n', ", "), Holds::Plain),
            fact("Country", reader::country(country), Holds::Plain),
            fact("Registration", &self.own.registration, Holds::Number),
            fact("To", to, Holds::Plain),
            fact("Date", self.reader.as_of.to_string(), Holds::Plain),
            fact("Our reference", &self.reference, Holds::Plain),
            fact("Your reference", &self.request.authority_number, Holds::Number),
        ]
    }

    /// Why it is filed, for a first sentence: `a new request`, `an extension`.
    pub fn filing_words(&self) -> &'static str {
        match self.request.filing {
            Some(Kind::Extension) => "an extension",
            Some(Kind::Amendment) => "an amendment",
            Some(Kind::Urgent) => "an urgent exemption",
            Some(Kind::Resubmission) => "an exemption; an earlier request was returned",
            Some(Kind::Renewal) => "a renewal",
            Some(Kind::New) | None => "an exemption",
        }
    }

    /// The goods, as every authority wants them: words, specification, codes, amounts, values, who supplies them, for what.
    pub fn item_list(&self, title: &str) -> Result<Table, StoreError> {
        let mut rows = Vec::new();
        for (line, item) in self.lines() {
            let name = if line.description.is_empty() { &item.name } else { &line.description };
            let supplier = self.reader.name(line.supplier)?;
            rows.push(vec![
                count(line.number),
                Cell::text(name),
                Cell::text(&item.specification),
                Cell::text(item.hs_code.as_deref().unwrap_or_default()),
                quantity(line.quantity),
                Cell::text(unit_of(line.unit.as_deref(), item)),
                unit_price(line.value.as_ref(), line.quantity),
                money(line.value.as_ref()),
                Cell::text(if supplier.is_empty() { item.manufacturer.clone() } else { supplier }),
                Cell::text(reader::country(item.origin.as_deref())),
                Cell::text(&line.purpose),
                Cell::text(if line.for_completeness { "Listed for completeness" } else { "" }),
            ]);
            for part in &item.components {
                rows.push(vec![
                    Cell::Empty,
                    Cell::text(format!("  in each: {}", part.name)),
                    Cell::Empty,
                    Cell::text(part.hs_code.as_deref().unwrap_or_default()),
                    quantity(part.quantity),
                    Cell::text(codes::unit_short(part.unit.as_deref().unwrap_or("H87"))),
                    Cell::Empty,
                    Cell::Empty,
                    Cell::Empty,
                    Cell::Empty,
                    Cell::Empty,
                    Cell::Empty,
                ]);
            }
        }
        let columns: Vec<Column> = vec![
            number("No.", "number"),
            text("Item", "item"),
            text("Specification", "specification"),
            text("HS code", "hs_code"),
            number("Quantity", "quantity"),
            text("Unit", "unit"),
            number("Unit price", "unit_price").holding(Holds::Price),
            number("Total", "total").holding(Holds::Price),
            text("Supplier or maker", "supplier").holding(Holds::Partner),
            text("Country of origin", "origin"),
            text("For", "purpose"),
            text("Remark", "remark"),
        ];
        let mut made = table("items", title, columns, rows, "No goods are asked for");
        made.totals = self.totals();
        Ok(made)
    }

    /// A last row with the value of all, where all have one in one currency.
    fn totals(&self) -> Vec<Cell> {
        let Some(whole) = self.value() else { return Vec::new() };
        let mut row = vec![Cell::Empty; 12];
        if let [_, first, .., total, _, _, _, _] = row.as_mut_slice() {
            *first = Cell::text("In all");
            *total = Cell::Money(whole);
        }
        row
    }

    /// The value of all lines; `None` where one has none or the currencies differ.
    pub fn value(&self) -> Option<Money> {
        let currency = self.request.lines.first()?.value.as_ref()?.currency();
        let mut minor = 0_i64;
        for line in &self.request.lines {
            let value = line.value.as_ref().filter(|value| value.currency() == currency)?;
            minor = minor.checked_add(value.minor())?;
        }
        Some(Money::of(minor, currency))
    }

    /// Who has a part in the transfer.
    pub fn parties(&self) -> Result<Table, StoreError> {
        let mut rows = Vec::new();
        for one in &self.request.parties {
            let party = self.reader.party(one.party)?;
            rows.push(vec![
                Cell::text(one.role.map_or("", PartyRole::label)),
                Cell::text(&party.name),
                Cell::text(reader::country(party.country.as_deref())),
                Cell::text(party.address.replace('\n', ", ")),
                Cell::text(pages::joined(&[&party.phone, &party.email], ", ")),
            ]);
        }
        let columns = vec![
            text("Part", "role"),
            text("Name", "name").holding(Holds::Partner),
            text("Country", "country"),
            text("Address", "address").holding(Holds::Person),
            text("Reach", "reach").holding(Holds::Person),
        ];
        Ok(table("parties", "Parties to the transfer", columns, rows, "No party is named"))
    }

    /// The payments tied to the transfer.
    pub fn payments(&self) -> Table {
        let row = |one: &Transaction| {
            vec![
                Cell::text(&one.payer),
                Cell::text(&one.payee),
                Cell::text(&one.bank),
                money(one.amount.as_ref()),
                Cell::text(&one.purpose),
            ]
        };
        let columns = vec![
            text("Payer", "payer").holding(Holds::Partner),
            text("Payee", "payee").holding(Holds::Partner),
            text("Bank", "bank").holding(Holds::Partner),
            number("Amount", "amount").holding(Holds::Price),
            text("For", "purpose"),
        ];
        let rows = self.request.transactions.iter().map(row).collect();
        table("payments", "Payments", columns, rows, "No payment is named")
    }

    /// Who receives the aid.
    pub fn recipients(&self) -> Result<Table, StoreError> {
        let mut rows = Vec::new();
        for one in &self.request.recipients {
            let party = self.reader.name(one.party)?;
            rows.push(vec![
                Cell::text(if party.is_empty() { one.name.clone() } else { party }),
                Cell::text(&one.place),
                count(one.people),
            ]);
        }
        let people: i64 = self.request.recipients.iter().map(|one| i64::from(one.people.unwrap_or_default())).sum();
        let columns = vec![
            text("Recipient", "recipient").holding(Holds::Counterpart),
            text("Place", "place").holding(Holds::Site),
            number("People", "people"),
        ];
        let mut made = table("recipients", "Recipients", columns, rows, "No recipient is named");
        if made.rows.len() > 1 && people > 0 {
            made.totals = vec![Cell::text("In all"), Cell::Empty, Cell::Count(people)];
        }
        Ok(made)
    }

    /// The planned days, each in a line.
    pub fn transfers(&self) -> Vec<String> {
        let line =
            |one: &Transfer| pages::joined(&[&one.on.map_or_else(String::new, |on| on.to_string()), &one.what], ": ");
        self.request.transfers.iter().map(line).collect()
    }

    /// The planned ways, each in a line: `Sea: Busan - Dalian - Nampo`.
    pub fn routes(&self) -> Vec<String> {
        let line = |route: &Route| {
            let way = pages::joined(&[&route.from, &route.via, &route.to], " - ");
            route.mode.map_or_else(|| way.clone(), |mode| format!("{}: {way}", mode.label()))
        };
        self.request.routes.iter().map(line).collect()
    }

    /// A line to sign on.
    pub fn signature(&self) -> Block {
        let who = if self.own.letter_signatory.is_empty() { "Name and office" } else { &self.own.letter_signatory };
        Block::Signatures(vec![who.to_owned()])
    }

    /// The files that are attached to the request and its matter.
    pub fn files(&self) -> Result<Vec<crate::domain::record::Attachment>, StoreError> {
        let mut files = self.reader.files(self.id)?;
        if let Some(matter) = self.request.matter {
            files.extend(self.reader.files(matter)?);
        }
        crate::services::packs::letters::once(&mut files);
        Ok(files)
    }
}

/// The price of one, where the total can be divided without a rest.
pub(super) fn unit_price(value: Option<&Money>, quantity: Option<Quantity>) -> Cell {
    let (Some(value), Some(quantity)) = (value, quantity) else { return Cell::Empty };
    let thousandths = quantity.thousandths();
    match value.minor().checked_mul(1000) {
        Some(minor) if thousandths > 0 && minor % thousandths == 0 => {
            Cell::Money(Money::of(minor / thousandths, value.currency()))
        }
        _ => Cell::Empty,
    }
}

/// A list, or a notice where it is empty.
pub(super) fn list_or(lines: Vec<String>, missing: &str) -> Block {
    if lines.is_empty() { Block::Notice(missing.to_owned()) } else { Block::List(lines) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_price_is_told_only_where_it_is_exact() {
        let quantity = |text: &str| Quantity::parse(text).ok();
        let price = |value: &str, of: &str| unit_price(Money::parse(value).ok().as_ref(), quantity(of)).words();
        assert_eq!(price("USD 6,100.00", "10"), "USD 610.00");
        assert_eq!(price("USD 100.00", "3"), "");
        assert_eq!(price("KRW 55,500,000", "1500"), "KRW 37,000");
        assert_eq!(unit_price(None, quantity("3")), Cell::Empty);
    }
}
