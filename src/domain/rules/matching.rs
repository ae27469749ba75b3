//! Whether a row speaks of an act. Where a fact of the act is not known, the answer is "perhaps" and never "no".

use chrono::NaiveDate;

use super::act::{Act, Goods};
use super::class;
use super::hs::HsRanges;
use crate::domain::record::{ActKind, ControlList, GoodsClass, Rule, Way, YesNo};

/// Whether something holds, as far as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It does not.
    No,
    /// A fact is missing.
    Perhaps,
    /// It does.
    Yes,
}

impl Fit {
    const fn of(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }

    const fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Perhaps => Self::Perhaps,
            Self::Yes => Self::No,
        }
    }
}

/// A part of the goods: the item itself, or a component of a kit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    /// Its HS code; empty where it is not known.
    pub code: &'a str,
    /// The component's name; empty for the item itself.
    pub name: &'a str,
    /// What it counts as.
    pub class: Option<GoodsClass>,
    /// Whether the class was deduced from the code.
    pub deduced: bool,
}

/// The parts of goods: each code with its class, and what has no code.
pub(super) fn parts(goods: &Goods) -> Vec<Part<'_>> {
    let mut parts = Vec::with_capacity(goods.hs_codes.len() + goods.without_hs.len());
    for (at, code) in goods.hs_codes.iter().enumerate() {
        let name = goods.components.get(at).map_or("", String::as_str);
        let chosen = goods.class.filter(|_| name.is_empty());
        parts.push(Part { code, name, class: chosen.or_else(|| class::deduced(code)), deduced: chosen.is_none() });
    }
    let nothing = parts.is_empty() && goods.without_hs.is_empty();
    let unknown = goods.without_hs.iter().map(String::as_str).chain(nothing.then_some(""));
    let own = |name: &str| name == goods.name || name.is_empty();
    parts.extend(unknown.map(|name| Part {
        code: "",
        name: if own(name) { "" } else { name },
        class: goods.class.filter(|_| own(name)),
        deduced: false,
    }));
    // A class that was chosen for a kit without a code of its own still says what the kit is.
    if let Some(chosen) = goods.class
        && parts.iter().all(|part| !part.name.is_empty())
    {
        parts.push(Part { code: "", name: "", class: Some(chosen), deduced: false });
    }
    parts
}

/// An act with what was worked out of it once for all rows; what is not known is assumed one way, world by world.
pub(super) struct World<'a> {
    pub act: &'a Act,
    pub parts: &'a [Part<'a>],
    pub direction: Option<Way>,
    pub us_subject: bool,
    pub control_list: Option<ControlList>,
    pub us_passport: Option<bool>,
}

/// How a row fits an act, through which part of the goods.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fitted {
    pub fit: Fit,
    /// The place of the part among the parts.
    pub part: Option<usize>,
    /// Whether the country of the one who acts would decide it.
    pub wants_country: bool,
}

/// A row as it is compared: what can be read is read once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Compiled {
    pub act: ActKind,
    from: NaiveDate,
    to: Option<NaiveDate>,
    hs: HsRanges,
    not_hs: HsRanges,
    goods: Vec<GoodsClass>,
    us_subject: Option<bool>,
    control_list: Option<ControlList>,
    direction: Option<Way>,
    countries: Vec<String>,
    not_countries: Vec<String>,
    us_person: Option<bool>,
    transit: Option<String>,
    us_passport: Option<bool>,
    many_trips: Option<bool>,
}

impl Compiled {
    /// A row as it is compared; the error names the field that cannot be read.
    pub fn of(rule: &Rule) -> Result<Self, String> {
        let yes = |word: Option<YesNo>| word.map(|word| word == YesNo::Yes);
        let hs = |name: &str, text: &str| HsRanges::read(text).map_err(|why| format!("{name}: {why}"));
        Ok(Self {
            act: rule.act.ok_or("The act is missing. Say what is done")?,
            from: rule.from.ok_or("The day from which it is in force is missing")?,
            to: rule.to,
            hs: hs("HS codes", &rule.hs)?,
            not_hs: hs("But not these HS codes", &rule.not_hs)?,
            goods: rule.goods.clone(),
            us_subject: yes(rule.us_subject),
            control_list: rule.control_list,
            direction: rule.direction,
            countries: countries(&rule.countries)?,
            not_countries: countries(&rule.not_countries)?,
            us_person: yes(rule.us_person),
            transit: rule.transit.as_deref().map(country).transpose()?,
            us_passport: yes(rule.us_passport),
            many_trips: yes(rule.many_trips),
        })
    }

    /// Whether it is in force on a day.
    pub fn in_force(&self, on: NaiveDate) -> bool {
        self.from <= on && self.to.is_none_or(|to| on <= to)
    }

    /// Whether it looks at goods at all.
    fn about_goods(&self) -> bool {
        !self.hs.is_empty() || !self.not_hs.is_empty() || !self.goods.is_empty()
    }

    /// How it fits an act of its kind on a day on which it is in force.
    pub fn fit(&self, world: &World<'_>) -> Fitted {
        let act = world.act;
        let country = self.country(act.actor.country.as_deref());
        let known = [
            self.us_subject.map_or(Fit::Yes, |wanted| Fit::of(wanted == world.us_subject)),
            self.control_list
                .map_or(Fit::Yes, |wanted| world.control_list.map_or(Fit::Perhaps, |found| Fit::of(wanted == found))),
            self.direction
                .map_or(Fit::Yes, |wanted| world.direction.map_or(Fit::Perhaps, |found| Fit::of(wanted == found))),
            country,
            self.us_person.map_or(Fit::Yes, |wanted| Fit::of(wanted == act.actor.us_person)),
            self.transit.as_ref().map_or(Fit::Yes, |wanted| Fit::of(act.transit.contains(wanted))),
            self.us_passport
                .map_or(Fit::Yes, |wanted| world.us_passport.map_or(Fit::Perhaps, |found| Fit::of(wanted == found))),
            self.many_trips.map_or(Fit::Yes, |wanted| {
                Fit::of(wanted == act.traveller.as_ref().is_some_and(|traveller| traveller.many_trips))
            }),
        ];
        let known = known.into_iter().min().unwrap_or(Fit::Yes);
        if known == Fit::No || !self.about_goods() {
            return Fitted { fit: known, part: None, wants_country: country == Fit::Perhaps };
        }
        let mut best = (Fit::No, None);
        for (at, part) in world.parts.iter().enumerate() {
            let fit = self.part(part);
            if fit > best.0 {
                best = (fit, Some(at));
            }
            if fit == Fit::Yes {
                break;
            }
        }
        Fitted { fit: best.0.min(known), part: best.1, wants_country: country == Fit::Perhaps }
    }

    fn part(&self, part: &Part<'_>) -> Fit {
        let hs = if self.hs.is_empty() { Fit::Yes } else { self.hs.fit(part.code) };
        let not_hs = if self.not_hs.is_empty() { Fit::Yes } else { self.not_hs.fit(part.code).not() };
        let class = match part.class {
            _ if self.goods.is_empty() => Fit::Yes,
            Some(class) => Fit::of(self.goods.contains(&class)),
            // Whatever has not been called luxury by somebody is not.
            None => Fit::of(self.goods.iter().any(|class| *class != GoodsClass::Luxury)).min(Fit::Perhaps),
        };
        hs.min(not_hs).min(class)
    }

    fn country(&self, found: Option<&str>) -> Fit {
        let within = |list: &[String]| match found {
            Some(found) => Fit::of(list.iter().any(|country| country == found)),
            None => Fit::Perhaps,
        };
        let one_of = if self.countries.is_empty() { Fit::Yes } else { within(&self.countries) };
        let none_of = if self.not_countries.is_empty() { Fit::Yes } else { within(&self.not_countries).not() };
        one_of.min(none_of)
    }
}

/// The country codes of a text, `KR; DE`; the error says what cannot be read.
pub fn countries(text: &str) -> Result<Vec<String>, String> {
    let parts = text.split([';', ',']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(country).collect()
}

/// The code of a country; the error says what would be accepted.
fn country(text: &str) -> Result<String, String> {
    let found = crate::domain::codes::find_country(text).map(str::to_owned);
    found.ok_or_else(|| format!("“{text}” is not a country of ISO 3166. Write two letters, for example KR"))
}
