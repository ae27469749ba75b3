//! What acts need by the rules in force, ready to be shown; and the rules themselves.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::{ActNeeds, AskedAct, CitedRow, NeedRow, NeedsOf, NeedsTable, RuleLine};
use crate::domain::id::Id;
use crate::domain::record::{ActKind, Item, RecordKind, Rule, RuleAnswer};
use crate::domain::rules::{Act, Actor, Advice, Goods, RuleBook, RuleRow, Traveller, acts};
use crate::domain::summary::Source;
use crate::services::rules::{self, Named, NamedAct};
use crate::services::{critical_path, durations, facts};
use crate::store::record::{self, Stored};
use crate::store::{Db, StoreError};

/// After how many days a row should be looked at again.
const FRESH_DAYS: i64 = 365;

/// What an act or a record needs. `on` is the day of the act; of a record, the day where it says none.
pub(super) fn needs(db: &Db, of: &NeedsOf, on: NaiveDate) -> Result<Option<NeedsTable>, StoreError> {
    match of {
        NeedsOf::Record(id) => match record::get(db, *id)? {
            Some(stored) => of_record(db, &stored, on).map(Some),
            None => Ok(None),
        },
        NeedsOf::Act(asked) => {
            let Some(kind) = asked.act else { return Ok(None) };
            let act = act_of(db, asked, kind, asked.on.unwrap_or(on))?;
            let named = NamedAct::of(kind.label().to_owned(), Vec::new(), act);
            table(db, (vec![named], Vec::new())).map(Some)
        }
    }
}

/// What a project, a shipment or a trip needs.
pub(in crate::services) fn of_record(db: &Db, stored: &Stored, on: NaiveDate) -> Result<NeedsTable, StoreError> {
    let mut table = table(db, rules::acts_of(db, stored, on)?)?;
    if stored.head.kind == RecordKind::Project {
        let durations = durations::durations(db, on, &[Source::Own])?;
        table.path = critical_path::lines(&table, &rules::instruments(db)?, &durations, on);
    }
    Ok(table)
}

fn act_of(db: &Db, asked: &AskedAct, kind: ActKind, on: NaiveDate) -> Result<Act, StoreError> {
    let item: Option<Item> = asked.item.map(|id| facts::load(db, id)).transpose()?.flatten();
    let named = item.is_some() || asked.hs_code.is_some() || asked.goods_class.is_some();
    let mut goods = item.as_ref().map(acts::goods_of).unwrap_or_default();
    if let Some(code) = &asked.hs_code {
        goods = Goods { hs_codes: vec![code.clone()], components: Vec::new(), without_hs: Vec::new(), ..goods };
    }
    goods.class = asked.goods_class.or(goods.class);
    goods.us_origin |= asked.us_origin;
    if !asked.eccn.is_empty() {
        goods.eccn.clone_from(&asked.eccn);
    }
    let own = acts::actor_of(rules::organisation(db)?.as_ref(), None);
    let country = asked.country.clone().or(own.country);
    let travels = matches!(kind, ActKind::Travel | ActKind::News);
    let us_passport = travels && asked.passport.as_deref() == Some("US");
    let us_person = asked.us_person || us_passport || country.as_deref() == Some("US");
    let transit: BTreeSet<&String> = asked.transit.iter().chain(&asked.transit_too).collect();
    Ok(Act {
        kind,
        on,
        direction: None,
        goods: named.then_some(goods),
        actor: Actor { country, us_person },
        transit: transit.into_iter().cloned().collect(),
        traveller: travels
            .then(|| Traveller { passport_country: asked.passport.clone(), many_trips: asked.many_trips }),
    })
}

/// The answers for some acts, each alone and all together.
fn table(db: &Db, (named, remarks): rules::ActsOf) -> Result<NeedsTable, StoreError> {
    let book = rules::book(db)?;
    let writer = Writer { book: &book, instruments: rules::instruments(db)? };
    let mut acts = Vec::with_capacity(named.len());
    let mut missing: Vec<String> = Vec::new();
    for one in named {
        let act = writer.act(one);
        add_new(&mut missing, &act.missing);
        acts.push(act);
    }
    Ok(NeedsTable { whole: whole(&acts), acts, missing, remarks, path: Vec::new() })
}

/// Adds the sentences that are not there yet.
fn add_new(all: &mut Vec<String>, more: &[String]) {
    for sentence in more {
        if !all.contains(sentence) {
            all.push(sentence.clone());
        }
    }
}

/// The strictest answer for each instrument over all acts, with the acts that give it.
fn whole(acts: &[ActNeeds]) -> Vec<NeedRow> {
    let mut found: BTreeMap<&str, NeedRow> = BTreeMap::new();
    for act in acts {
        for need in &act.needs {
            let row = found.entry(&need.instrument).or_insert_with(|| need.clone());
            if need.answer < row.answer {
                *row = need.clone();
            }
            if need.answer == row.answer {
                row.because.push(act.what.clone());
                if row.section.is_empty() {
                    row.section.clone_from(&need.section);
                } else if !need.section.is_empty() && row.section.split("; ").all(|known| known != need.section) {
                    row.section = format!("{}; {}", row.section, need.section);
                }
                let new: Vec<CitedRow> = need.rows.iter().filter(|cited| !row.rows.contains(cited)).cloned().collect();
                row.rows.extend(new);
            }
        }
    }
    let mut rows: Vec<NeedRow> = found.into_values().collect();
    rows.sort_by_key(|row| row.answer);
    rows
}

/// Words advice for the screen.
struct Writer<'a> {
    book: &'a RuleBook,
    instruments: BTreeMap<String, Named>,
}

impl Writer<'_> {
    /// What an act needs, each permission on the day on which it is used.
    fn act(&self, one: NamedAct) -> ActNeeds {
        let mut days: BTreeSet<NaiveDate> = one.used_on.values().copied().collect();
        if days.is_empty() {
            days.insert(one.act.on);
        }
        let (mut needs, mut missing) = (Vec::new(), Vec::new());
        for day in days {
            let advice = self.book.advise(&Act { on: day, ..one.act.clone() });
            let point = |row: &NeedRow| self.instruments.get(&row.instrument).and_then(|named| named.use_point);
            needs.extend(self.rows(&advice, day).into_iter().filter(|row| one.day(point(row)) == day));
            add_new(&mut missing, &advice.missing);
        }
        needs.sort_by_key(|row| row.answer);
        ActNeeds { what: one.what, lines: one.lines, on: one.act.on, needs, missing }
    }

    fn rows(&self, advice: &Advice, on: NaiveDate) -> Vec<NeedRow> {
        let cited = |places: &[usize]| {
            let rows = places.iter().filter_map(|place| self.book.rows().get(*place));
            rows.map(|row| cited(row, on)).collect::<Vec<_>>()
        };
        let row = |need: &crate::domain::rules::Need| {
            let named = self.instruments.get(&need.instrument).cloned().unwrap_or_default();
            NeedRow {
                name: if named.name.is_empty() { need.instrument.clone() } else { named.name },
                instrument: need.instrument.clone(),
                instrument_id: named.id,
                authority: named.authority,
                on,
                answer: need.answer,
                section: need.section.clone(),
                words: need.words.clone(),
                because: Vec::new(),
                rows: cited(&need.rows),
                others: cited(&need.others),
            }
        };
        let mut rows: Vec<NeedRow> = advice.needs.iter().map(row).collect();
        rows.sort_by_key(|row| row.answer);
        rows
    }
}

fn cited(row: &RuleRow, on: NaiveDate) -> CitedRow {
    CitedRow {
        code: row.rule.reference.clone(),
        title: row.rule.title.clone(),
        citation: row.rule.citation.clone(),
        confidence: row.rule.confidence.map_or("", crate::domain::record::Confidence::label),
        checked_on: row.rule.checked_on.map(|day| day.to_string()).unwrap_or_default(),
        not_verified: row.not_verified(on),
        origin: row.origin(),
    }
}

/// Every row of the rule book, own rows that are not used included, by their codes.
pub(super) fn rules(db: &Db, today: NaiveDate) -> Result<Vec<RuleLine>, StoreError> {
    let book = rules::book(db)?;
    let instruments = rules::instruments(db)?;
    let mut ids: BTreeMap<String, Id> = BTreeMap::new();
    for id in record::all_ids(db, RecordKind::Rule)? {
        ids.extend(record::head(db, id)?.map(|head| (head.reference, id)));
    }
    let unused = rules::own_rows(db)?.into_iter().filter(|row| row.rule.withdrawn).collect::<Vec<_>>();
    let mut rows: Vec<&RuleRow> = book.rows().iter().chain(&unused).collect();
    rows.sort_by(|a, b| (a.rule.act, &a.rule.reference).cmp(&(b.rule.act, &b.rule.reference)));
    let id = |row: &RuleRow| ids.get(&row.rule.reference).copied().filter(|_| row.own);
    Ok(rows.into_iter().map(|row| line(row, id(row), &instruments, today)).collect())
}

fn line(row: &RuleRow, id: Option<Id>, instruments: &BTreeMap<String, Named>, today: NaiveDate) -> RuleLine {
    let rule = &row.rule;
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let answers = row.instruments.iter().zip(&rule.needs).map(|(code, need)| {
        let name = instruments.get(code).map_or(code.as_str(), |named| named.name.as_str());
        let answer = need.answer.map_or("", RuleAnswer::label).to_lowercase();
        format!("{name}: {answer}")
    });
    RuleLine {
        id,
        code: rule.reference.clone(),
        act: rule.act.map_or("", ActKind::label),
        title: rule.title.clone(),
        from: day(rule.from),
        to: day(rule.to),
        citation: rule.citation.clone(),
        confidence: rule.confidence.map_or("", crate::domain::record::Confidence::label),
        checked_on: day(rule.checked_on),
        answers: answers.collect::<Vec<_>>().join("; "),
        origin: if rule.withdrawn { "not used" } else { row.origin() },
        stale: stale(row, today),
        draft: draft(row, instruments),
    }
}

/// Why a row should be looked at again.
pub(in crate::services) fn stale(row: &RuleRow, today: NaiveDate) -> Vec<String> {
    let old = row.rule.checked_on.is_none_or(|checked| (today - checked).num_days() > FRESH_DAYS);
    let old = old.then(|| "checked more than a year ago".to_owned());
    row.not_verified(today).into_iter().chain(old).collect()
}

/// A row as the draft of an own one: the instruments as ids.
pub(in crate::services) fn draft(row: &RuleRow, instruments: &BTreeMap<String, Named>) -> Map<String, Value> {
    let mut rule: Rule = row.rule.clone();
    for (code, need) in row.instruments.iter().zip(&mut rule.needs) {
        need.instrument = instruments.get(code).and_then(|named| named.id);
    }
    let Ok(Value::Object(mut draft)) = serde_json::to_value(&rule) else { return Map::new() };
    draft.retain(|_, value| !(value.is_null() || value == "" || *value == Value::Bool(false)));
    draft
}
