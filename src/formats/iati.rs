//! Activities as XML of IATI 2.03, in the order in which its schema wants the elements.

use std::io::Result;

use chrono::NaiveDate;
use quick_xml::events::{BytesDecl, BytesText, Event};
use quick_xml::writer::Writer;

use crate::domain::iati::{Activities, Activity, Budget, Organisation, Outcome, Transaction};
use crate::domain::money::Money;

type Xml<'a> = Writer<&'a mut Vec<u8>>;

/// The bytes of a file with these activities.
pub fn write(activities: &Activities) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut xml = Writer::new_with_indent(&mut bytes, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let made = instant(activities.made_on);
    let file = xml.create_element("iati-activities");
    file.with_attributes([("version", "2.03"), ("generated-datetime", made.as_str())])
        .write_inner_content(|xml| activities.activities.iter().try_for_each(|one| activity(xml, one, &made)))?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn instant(day: NaiveDate) -> String {
    format!("{day}T00:00:00Z")
}

/// An element that holds a text in `narrative`.
fn narrative(xml: &mut Xml<'_>, text: &str) -> Result<()> {
    xml.create_element("narrative").write_text_content(BytesText::new(text)).map(drop)
}

fn told(xml: &mut Xml<'_>, name: &str, text: &str) -> Result<()> {
    xml.create_element(name).write_inner_content(|xml| narrative(xml, text)).map(drop)
}

fn coded(xml: &mut Xml<'_>, name: &str, code: &str) -> Result<()> {
    xml.create_element(name).with_attribute(("code", code)).write_empty().map(drop)
}

fn dated(xml: &mut Xml<'_>, name: &str, day: NaiveDate) -> Result<()> {
    xml.create_element(name).with_attribute(("iso-date", day.to_string().as_str())).write_empty().map(drop)
}

fn activity(xml: &mut Xml<'_>, one: &Activity, made: &str) -> Result<()> {
    let mut element = xml.create_element("iati-activity").with_attribute(("xml:lang", "en"));
    if !one.currency.is_empty() {
        element = element.with_attribute(("default-currency", one.currency.as_str()));
    }
    let element = element.with_attributes([("last-updated-datetime", made), ("humanitarian", "1"), ("hierarchy", "1")]);
    element.write_inner_content(|xml| {
        head(xml, one)?;
        place_and_sector(xml, one)?;
        for (name, code) in [
            ("collaboration-type", "1"),
            ("default-flow-type", "30"),
            ("default-finance-type", "110"),
            ("default-aid-type", "C01"),
            ("default-tied-status", "5"),
        ] {
            coded(xml, name, code)?;
        }
        one.budgets.iter().try_for_each(|one| budget(xml, one))?;
        one.transactions.iter().try_for_each(|one| transaction(xml, one))?;
        one.results.iter().try_for_each(|one| result(xml, one))
    })?;
    Ok(())
}

/// The seven elements that no activity is without, in their order, and how to write to the office.
fn head(xml: &mut Xml<'_>, one: &Activity) -> Result<()> {
    xml.create_element("iati-identifier").write_text_content(BytesText::new(&one.identifier))?;
    organisation(xml, "reporting-org", None, &one.reporting)?;
    told(xml, "title", &one.title)?;
    xml.create_element("description")
        .with_attribute(("type", "1"))
        .write_inner_content(|xml| narrative(xml, &one.description))?;
    for (role, organised) in &one.participating {
        organisation(xml, "participating-org", Some(*role), organised)?;
    }
    coded(xml, "activity-status", &one.status.to_string())?;
    for (kind, day) in &one.days {
        let (kind, day) = (kind.to_string(), day.to_string());
        xml.create_element("activity-date")
            .with_attributes([("type", kind.as_str()), ("iso-date", day.as_str())])
            .write_empty()?;
    }
    if !one.email.is_empty() {
        xml.create_element("contact-info").with_attribute(("type", "1")).write_inner_content(|xml| {
            told(xml, "organisation", &one.reporting.name)?;
            xml.create_element("email").write_text_content(BytesText::new(&one.email)).map(drop)
        })?;
    }
    Ok(())
}

fn organisation(xml: &mut Xml<'_>, name: &str, role: Option<u8>, one: &Organisation) -> Result<()> {
    let mut element = xml.create_element(name);
    if !one.id.is_empty() {
        element = element.with_attribute(("ref", one.id.as_str()));
    }
    if !one.kind.is_empty() {
        element = element.with_attribute(("type", one.kind.as_str()));
    }
    if let Some(role) = role {
        element = element.with_attribute(("role", role.to_string().as_str()));
    }
    element.write_inner_content(|xml| narrative(xml, &one.name)).map(drop)
}

fn place_and_sector(xml: &mut Xml<'_>, one: &Activity) -> Result<()> {
    if !one.country.is_empty() {
        coded(xml, "recipient-country", &one.country)?;
    }
    for (p_code, name) in &one.provinces {
        xml.create_element("location").with_attribute(("ref", p_code.as_str())).write_inner_content(|xml| {
            coded(xml, "location-reach", "1")?;
            told(xml, "name", name)
        })?;
    }
    for (code, part) in &one.sectors {
        let mut element = xml.create_element("sector").with_attributes([("vocabulary", "1"), ("code", code.as_str())]);
        if let Some(part) = part {
            let part = format!("{}.{:02}", part / 100, part % 100);
            element = element.with_attribute(("percentage", part.as_str()));
        }
        element.write_empty()?;
    }
    Ok(())
}

/// An amount without its currency, as a decimal number.
fn amount(money: &Money) -> String {
    let words = money.to_string();
    words.split_once(' ').map_or_else(String::new, |(_, amount)| amount.to_owned())
}

fn value(xml: &mut Xml<'_>, money: &Money, on: NaiveDate) -> Result<()> {
    let on = on.to_string();
    xml.create_element("value")
        .with_attributes([("currency", money.currency()), ("value-date", on.as_str())])
        .write_text_content(BytesText::new(&amount(money)))
        .map(drop)
}

fn budget(xml: &mut Xml<'_>, one: &Budget) -> Result<()> {
    let element = xml.create_element("budget").with_attributes([("type", "1"), ("status", "2")]);
    element.write_inner_content(|xml| {
        dated(xml, "period-start", one.from)?;
        dated(xml, "period-end", one.to)?;
        value(xml, &one.value, one.from)
    })?;
    Ok(())
}

fn transaction(xml: &mut Xml<'_>, one: &Transaction) -> Result<()> {
    xml.create_element("transaction").with_attribute(("humanitarian", "1")).write_inner_content(|xml| {
        coded(xml, "transaction-type", &one.kind.to_string())?;
        dated(xml, "transaction-date", one.on)?;
        value(xml, &one.value, one.on)
    })?;
    Ok(())
}

fn result(xml: &mut Xml<'_>, one: &Outcome) -> Result<()> {
    let (from, day) = one.baseline;
    let (target, by) = one.target;
    xml.create_element("result").with_attribute(("type", "2")).write_inner_content(|xml| {
        told(xml, "title", &one.title)?;
        let (measure, ascending) = (one.measure.to_string(), if one.ascending { "1" } else { "0" });
        let indicator = xml.create_element("indicator");
        indicator.with_attributes([("measure", measure.as_str()), ("ascending", ascending)]).write_inner_content(
            |xml| {
                told(xml, "title", &one.title)?;
                let (year, iso, from) = (day.format("%Y").to_string(), day.to_string(), from.to_string());
                xml.create_element("baseline")
                    .with_attributes([("year", year.as_str()), ("iso-date", iso.as_str()), ("value", from.as_str())])
                    .write_empty()?;
                xml.create_element("period").write_inner_content(|xml| {
                    dated(xml, "period-start", day)?;
                    dated(xml, "period-end", by)?;
                    xml.create_element("target")
                        .with_attribute(("value", target.to_string().as_str()))
                        .write_empty()?;
                    if let Some(actual) = one.actual {
                        xml.create_element("actual")
                            .with_attribute(("value", actual.to_string().as_str()))
                            .write_empty()?;
                    }
                    Ok(())
                })?;
                Ok(())
            },
        )?;
        Ok(())
    })?;
    Ok(())
}
