//! From an act to its answers: which rows speak, how strict they are, and what is missing to say more.

use std::collections::BTreeMap;

use super::act::Act;
use super::book::{Advice, Need, RuleRow};
use super::matching::{Compiled, Fit, Fitted, Part, World, parts};
use crate::domain::record::{ActKind, ControlList, RuleAnswer, Way};

/// What one row says of one instrument.
#[derive(Clone, Copy)]
struct Voice {
    row: usize,
    need: usize,
    answer: RuleAnswer,
    fitted: Fitted,
}

/// All that is said of an instrument, and the strictest of it.
struct Verdict {
    answer: RuleAnswer,
    voices: Vec<Voice>,
}

/// What is said in one world, by the code of the instrument.
type Said<'a> = BTreeMap<&'a str, Verdict>;

/// Which fact differs between two worlds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unknown {
    Control,
    Passport,
}

/// What the rows answer of an act. `compiled` are the same rows, as they are compared.
pub(super) fn advise(rows: &[RuleRow], compiled: &[Option<Compiled>], act: &Act) -> Advice {
    // Goods that nobody named are goods of which nothing is known.
    let unnamed = is_of_goods(act.kind).then(super::Goods::default);
    let goods = act.goods.as_ref().or(unnamed.as_ref());
    let parts = goods.map(parts).unwrap_or_default();
    let world = World {
        act,
        parts: &parts,
        direction: act.direction.or(match act.kind {
            ActKind::Ship => Some(Way::In),
            ActKind::BringBack => Some(Way::Out),
            _ => None,
        }),
        us_subject: act.goods.as_ref().is_some_and(super::Goods::us_subject),
        control_list: act.goods.as_ref().and_then(super::Goods::control_list),
        us_passport: act.traveller.as_ref().and_then(|traveller| Some(traveller.passport_country.as_ref()? == "US")),
    };
    let unknown = match () {
        () if world.us_subject && world.control_list.is_none() => Some(Unknown::Control),
        () if is_travel(act.kind) && world.us_passport.is_none() => Some(Unknown::Passport),
        () => None,
    };
    let said: Vec<Said<'_>> = match unknown {
        Some(Unknown::Control) => [ControlList::Ear99, ControlList::Listed]
            .map(|list| listen(rows, compiled, &World { control_list: Some(list), ..world }))
            .into(),
        Some(Unknown::Passport) => {
            [true, false].map(|us| listen(rows, compiled, &World { us_passport: Some(us), ..world })).into()
        }
        None => vec![listen(rows, compiled, &world)],
    };
    let writer = Writer { rows, parts: &parts, unknown };
    let mut advice = Advice { needs: writer.needs(&said), missing: Vec::new() };
    advice.missing = missing(act, &said, writer.differs(&said), unknown);
    let reaches = |row: &RuleRow| row.rule.act == Some(act.kind) && row.rule.from <= Some(act.on);
    if !rows.iter().any(reaches) {
        let (kind, on) = (act.kind.label().to_lowercase(), act.on);
        advice.missing.push(format!(
            "No rule here about “{kind}” reaches back to {on}. That says nothing about what was needed then"
        ));
    }
    advice
}

/// Whether goods matter to the act.
const fn is_of_goods(kind: ActKind) -> bool {
    matches!(kind, ActKind::Ship | ActKind::BringBack)
}

/// Whether the passport matters to the act.
const fn is_travel(kind: ActKind) -> bool {
    matches!(kind, ActKind::Travel | ActKind::News)
}

/// What the rows say in one world.
fn listen<'a>(rows: &'a [RuleRow], compiled: &[Option<Compiled>], world: &World<'_>) -> Said<'a> {
    let mut voices: BTreeMap<&str, Vec<Voice>> = BTreeMap::new();
    for (at, (row, rule)) in rows.iter().zip(compiled).enumerate() {
        let Some(rule) = rule.as_ref().filter(|rule| rule.act == world.act.kind && rule.in_force(world.act.on)) else {
            continue;
        };
        let fitted = rule.fit(world);
        if fitted.fit == Fit::No {
            continue;
        }
        for (need, (instrument, said)) in row.instruments.iter().zip(&row.rule.needs).enumerate() {
            let Some(answer) = said.answer else { continue };
            voices.entry(instrument).or_default().push(Voice { row: at, need, answer, fitted });
        }
    }
    voices.into_iter().map(|(instrument, voices)| (instrument, verdict(voices))).collect()
}

/// The strictest answer of some voices. What a row says only perhaps makes it unclear. A "not needed" stays: every row that
/// could say more has a voice too.
fn verdict(mut voices: Vec<Voice>) -> Verdict {
    for voice in &mut voices {
        if voice.fitted.fit == Fit::Perhaps && voice.answer != RuleAnswer::NotNeeded {
            voice.answer = RuleAnswer::Unclear;
        }
    }
    // Of two that are as strict, the one that is sure speaks first.
    voices.sort_by_key(|voice| (voice.answer, std::cmp::Reverse(voice.fitted.fit), voice.row));
    let answer = voices.first().map_or(RuleAnswer::Unclear, |voice| voice.answer);
    Verdict { answer, voices }
}

/// Words what was said.
struct Writer<'a> {
    rows: &'a [RuleRow],
    parts: &'a [Part<'a>],
    unknown: Option<Unknown>,
}

impl Writer<'_> {
    /// One answer for each instrument; where two worlds differ, it is unclear.
    fn needs(&self, worlds: &[Said<'_>]) -> Vec<Need> {
        let mut instruments: Vec<&str> = worlds.iter().flat_map(|said| said.keys().copied()).collect();
        instruments.sort_unstable();
        instruments.dedup();
        instruments.into_iter().filter_map(|instrument| self.need(instrument, worlds)).collect()
    }

    fn need(&self, instrument: &str, worlds: &[Said<'_>]) -> Option<Need> {
        let found: Vec<&Verdict> = worlds.iter().filter_map(|said| said.get(instrument)).collect();
        let strictest = found.iter().min_by_key(|verdict| verdict.answer)?;
        let differs = differs(instrument, worlds);
        let mut rows = Vec::new();
        let mut others = Vec::new();
        for voice in found.iter().flat_map(|verdict| &verdict.voices) {
            let list = if differs || voice.answer == strictest.answer { &mut rows } else { &mut others };
            if !list.contains(&voice.row) {
                list.push(voice.row);
            }
        }
        others.retain(|row| !rows.contains(row));
        let first = strictest.voices.first()?;
        let answer = if differs { RuleAnswer::Unclear } else { strictest.answer };
        Some(Need {
            instrument: instrument.to_owned(),
            answer,
            section: self.rows.get(first.row)?.rule.needs.get(first.need)?.section.clone(),
            rows,
            others,
            words: self.words(first, differs),
        })
    }

    /// Whether the fact that is not known makes a difference.
    fn differs(&self, worlds: &[Said<'_>]) -> bool {
        self.unknown.is_some()
            && worlds.iter().flat_map(|said| said.keys()).any(|instrument| differs(instrument, worlds))
    }

    fn words(&self, voice: &Voice, differs: bool) -> String {
        let Some(rule) = self.rows.get(voice.row).map(|row| &row.rule) else { return String::new() };
        let said = rule.needs.get(voice.need).map_or("", |need| need.words.as_str());
        let mut words = if said.is_empty() { rule.title.clone() } else { said.to_owned() };
        let mut add = |sentence: &str| {
            if !words.ends_with('.') {
                words.push('.');
            }
            words.push(' ');
            words.push_str(sentence);
        };
        if differs {
            add(match self.unknown {
                Some(Unknown::Passport) => "It depends on the passport used, which is not known.",
                _ => "It depends on the export control number (ECCN), which is not known.",
            });
        }
        if voice.fitted.fit == Fit::Perhaps {
            add("It is not clear whether this holds here, because a fact is missing.");
        }
        if let Some(part) = voice.fitted.part.and_then(|part| self.parts.get(part)) {
            if !part.name.is_empty() && voice.answer != RuleAnswer::NotNeeded {
                let code = if part.code.is_empty() { "without a code".to_owned() } else { part.code.to_owned() };
                add(&format!("Because of the component {}, HS {code}.", part.name));
            }
            if let Some(class) = part.class.filter(|_| part.deduced && !rule.goods.is_empty()) {
                add(&format!("Counted as {}, deduced from HS {}.", class.label().to_lowercase(), part.code));
            }
        }
        words
    }
}

/// Whether two worlds answer differently of an instrument. To say nothing is as much as to say "not needed".
fn differs(instrument: &str, worlds: &[Said<'_>]) -> bool {
    let answer = |said: &Said<'_>| said.get(instrument).map_or(RuleAnswer::NotNeeded, |verdict| verdict.answer);
    let mut answers = worlds.iter().map(answer);
    answers.next().is_some_and(|first| answers.any(|other| other != first))
}

/// What is missing to say more, as sentences.
fn missing(act: &Act, worlds: &[Said<'_>], differs: bool, unknown: Option<Unknown>) -> Vec<String> {
    let mut missing = Vec::new();
    let with_goods = is_of_goods(act.kind);
    let goods = act.goods.as_ref().filter(|_| with_goods);
    if with_goods && goods.is_none() {
        missing.push("The goods are not named. Choose an item or write its HS code".to_owned());
    }
    if let Some(goods) = goods {
        let nothing = goods.hs_codes.is_empty() && goods.without_hs.is_empty();
        missing.extend(nothing.then(|| hs_missing(named(goods))));
        missing.extend(goods.without_hs.iter().map(|name| hs_missing(name)));
    }
    if differs {
        missing.push(if unknown == Some(Unknown::Passport) {
            "The passport used on this trip is not known. Write it on the trip and on the person".to_owned()
        } else {
            let of = act.goods.as_ref().map_or("the goods", named);
            format!("The export control number (ECCN) of {of} is not known. Write it on the item, or EAR99")
        });
    }
    let voices = worlds.iter().flat_map(|said| said.values()).flat_map(|verdict| &verdict.voices);
    if voices.into_iter().any(|voice| voice.fitted.fit == Fit::Perhaps && voice.fitted.wants_country) {
        missing
            .push("The country of the one who acts is not known. Write it on the shipper or the organisation".into());
    }
    missing
}

fn named(goods: &super::Goods) -> &str {
    if goods.name.is_empty() { "the goods" } else { &goods.name }
}

fn hs_missing(of: &str) -> String {
    format!("The HS code of {of} is not known. Write it on the item: whether it lies in 72-89 decides much")
}
