//! The values that a profile withholds, as the record knows them: every name in every script, every code, every number.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::normal::{is_telling, is_unspaced, normal};
use super::people::{self, is_common_word};
use super::{Term, Why};
use crate::domain::record::{Audience, Party, PartyRole, RecordKind, Site, SiteKind, Withheld, spec};
use crate::domain::schema::{FieldKind, walk};
use crate::services::facts;
use crate::store::{Db, StoreError, record};

/// The country whose counterparts are meant.
const COUNTRY: &str = "KP";
/// The kinds in which numbers of letters, licences and waybills stand, with the fields that hold them.
const NUMBERED: &[(RecordKind, &[&str])] = &[
    (RecordKind::Permission, &["reference"]),
    (RecordKind::Event, &["number"]),
    (RecordKind::Decision, &["letter_number"]),
    (RecordKind::Request, &["authority_number"]),
    (RecordKind::Shipment, &["references"]),
    (RecordKind::Purchase, &["order_number"]),
    (RecordKind::Expense, &["voucher"]),
    (RecordKind::Balance, &["letter"]),
];

/// Every value of the record that an audience does not get.
pub(super) fn of_record(db: &Db, audience: &Audience) -> Result<Terms, StoreError> {
    let mut terms = Terms::beside(db)?;
    for withheld in &audience.withheld {
        match withheld {
            Withheld::People => terms.people(db)?,
            Withheld::Sites => terms.sites(db)?,
            Withheld::Counterparts => terms.parties(db, *withheld, is_counterpart)?,
            Withheld::Partners => terms.parties(db, *withheld, |party| !is_counterpart(party) && !is_donor(party))?,
            Withheld::Numbers => terms.numbers(db)?,
            // Prices are no words: they are found by their columns and currencies.
            Withheld::Prices => {}
        }
    }
    for word in audience.words.lines() {
        terms.word(word);
    }
    Ok(terms)
}

/// A value that is taken out unless it is one that everybody may know.
pub(super) struct Terms {
    pub found: Vec<Term>,
    /// Parts of the names of people, each of which can be another word.
    pub parts: BTreeSet<String>,
    /// Values of so few letters that they stand in every text by chance, as they were written.
    pub short: BTreeMap<String, Why>,
    kept: BTreeSet<String>,
}

/// The names of provinces and countries: a place below them can bear the same name.
fn kept(db: &Db) -> Result<BTreeSet<String>, StoreError> {
    let mut kept = BTreeSet::new();
    for id in record::all_ids(db, RecordKind::Site)? {
        let Some(site) = facts::load::<Site>(db, id)?.filter(|site| site.kind == Some(SiteKind::Province)) else {
            continue;
        };
        kept.extend([&site.name, &site.name_ko, &site.name_zh, &site.p_code, &site.reference].map(|name| normal(name)));
    }
    kept.extend(crate::domain::codes::countries().map(|(_, name)| normal(name)));
    Ok(kept)
}

impl Terms {
    /// None yet; names that everybody may know will be none.
    fn beside(db: &Db) -> Result<Self, StoreError> {
        Ok(Self { found: Vec::new(), parts: BTreeSet::new(), short: BTreeMap::new(), kept: kept(db)? })
    }

    /// The names that everybody may know, in their comparable form.
    pub const fn kept(&self) -> &BTreeSet<String> {
        &self.kept
    }

    pub fn add(&mut self, why: Why, value: &str) {
        let normal = normal(value);
        if self.kept.contains(&normal) {
            return;
        }
        let value = value.trim().to_owned();
        if is_telling(&normal) {
            self.found.push(Term { why, value, normal });
        } else if is_short_word(&value) {
            self.short.entry(value).or_insert(why);
        }
    }

    /// A word of the profile's own: it goes however short it is, because somebody asked for it.
    fn word(&mut self, word: &str) {
        let normal = normal(word);
        if normal.chars().count() > 1 || normal.chars().any(is_unspaced) {
            self.found.push(Term { why: Why::Word, value: word.trim().to_owned(), normal });
        }
    }

    /// A name in all its forms. Its parts alone are kept apart.
    fn name(&mut self, name: &str) {
        let why = Why::Withheld(Withheld::People);
        for normal in people::forms(name) {
            if is_telling(&normal) && !self.kept.contains(&normal) && (normal.contains(' ') || !is_another_word(name)) {
                self.found.push(Term { why, value: name.trim().to_owned(), normal });
            }
        }
        self.parts.extend(people::parts(name).into_iter().filter(|part| !self.kept.contains(part)));
    }

    fn people(&mut self, db: &Db) -> Result<(), StoreError> {
        let why = Why::Withheld(Withheld::People);
        for id in record::all_ids(db, RecordKind::Person)? {
            let Some(stored) = record::get(db, id)? else { continue };
            for field in ["name", "name_ko", "name_zh"] {
                self.name(text(&stored.image, field));
            }
            self.add(why, text(&stored.image, "reference"));
            for document in walk::rows(stored.image.get("documents").unwrap_or(&Value::Null)) {
                self.add(why, text(document, "number"));
            }
        }
        Ok(())
    }

    fn sites(&mut self, db: &Db) -> Result<(), StoreError> {
        for id in record::all_ids(db, RecordKind::Site)? {
            let Some(site) = facts::load::<Site>(db, id)?.filter(|site| site.kind != Some(SiteKind::Province)) else {
                continue;
            };
            let names = [&site.name, &site.name_ko, &site.name_zh, &site.p_code, &site.reference, &site.address];
            for name in names {
                self.add(Why::Withheld(Withheld::Sites), name);
            }
        }
        Ok(())
    }

    fn parties(&mut self, db: &Db, of: Withheld, fits: fn(&Party) -> bool) -> Result<(), StoreError> {
        for id in record::all_ids(db, RecordKind::Party)? {
            let Some(party) = facts::load::<Party>(db, id)?.filter(fits) else { continue };
            let whole = [&party.name, &party.name_ko, &party.name_zh, &party.reference, &party.email, &party.phone];
            let whole = whole.into_iter().map(String::as_str);
            for name in whole.chain(party.other_names.split(';')).chain(party.address.lines()) {
                self.add(Why::Withheld(of), name);
            }
        }
        Ok(())
    }

    fn numbers(&mut self, db: &Db) -> Result<(), StoreError> {
        for (kind, fields) in NUMBERED {
            for id in record::all_ids(db, *kind)? {
                let Some(stored) = record::get(db, id)? else { continue };
                for field in spec(*kind).fields.iter().filter(|field| fields.contains(&field.name)) {
                    let value = stored.image.get(field.name).unwrap_or(&Value::Null);
                    match field.kind {
                        FieldKind::List(_) => {
                            walk::rows(value).for_each(|row| self.number(text(row, "number")));
                        }
                        _ => self.number(value.as_str().unwrap_or_default()),
                    }
                }
            }
        }
        Ok(())
    }

    /// A number has a digit; words in its place are no secret.
    fn number(&mut self, number: &str) {
        if number.bytes().any(|byte| byte.is_ascii_digit()) {
            self.add(Why::Withheld(Withheld::Numbers), number);
        }
    }
}

/// Whether a name is nothing but a common word of a text.
fn is_another_word(name: &str) -> bool {
    is_common_word(&normal(name))
}

/// Whether a value that is too short to be looked for everywhere can be looked for as a word.
pub(super) fn is_short_word(value: &str) -> bool {
    value.chars().all(char::is_alphanumeric) && value.chars().any(char::is_alphabetic)
}

fn text<'a>(image: &'a Map<String, Value>, field: &str) -> &'a str {
    image.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// Whether a party is a counterpart in the country: by what it does, or because it is there.
fn is_counterpart(party: &Party) -> bool {
    let does = |role| party.roles.contains(&role);
    let by_role = [PartyRole::Counterpart, PartyRole::Consignee, PartyRole::EndUser, PartyRole::Recipient];
    by_role.into_iter().any(does) || party.country.as_deref() == Some(COUNTRY)
}

fn is_donor(party: &Party) -> bool {
    party.roles.contains(&PartyRole::Donor)
}
