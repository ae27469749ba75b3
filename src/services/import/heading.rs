//! A heading taken apart: the ways to read it, alone or under a group, and what it says of currency, unit and dates.

use super::headings::is_known;
use super::plan::DateOrder;
use super::words::{self, plain};

/// A heading taken apart: the ways to read it, and what it says beside the name of the field.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Heading {
    /// The heading as it stands.
    pub whole: String,
    /// The words to be looked up, each with how much less sure they make it.
    pub variants: Vec<(String, u32)>,
    /// `Value (USD)`.
    pub currency: Option<String>,
    /// `Quantity (kg)`.
    pub unit: Option<String>,
    /// `Date (dd/mm/yyyy)`.
    pub dates: Option<DateOrder>,
    /// The group over it and its own words, where no other column has the same own words.
    pub parts: Option<Box<Parts>>,
}

/// A heading under a group.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// The group.
    pub group: Heading,
    /// Whether its words mean something in any kind.
    pub group_is_known: bool,
    /// What stands under it.
    pub own: Heading,
}

/// A heading as it stands in a file: its own words, under those of a group where there is one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Title {
    group: String,
    own: String,
}

impl Title {
    /// A heading that stands alone.
    pub fn plain(own: String) -> Self {
        Self { group: String::new(), own }
    }

    /// A heading under a group; the group alone where nothing stands under it.
    pub fn under(group: String, own: String) -> Self {
        if own.is_empty() { Self::plain(group) } else { Self { group, own } }
    }

    /// Whether a text only says in what the values above are: `EUR`, `kg`, `(dd/mm/yyyy)`.
    pub fn is_mark(text: &str) -> bool {
        words::unit(text).is_some() || words::currency(text).is_some() || text.starts_with(['(', '（'])
    }

    /// The whole heading: `Quantity planned`.
    pub fn whole(&self) -> String {
        if self.group.is_empty() { self.own.clone() } else { format!("{} {}", self.group, self.own) }
    }
}

/// Takes headings apart. Own words that several groups have, such as “planned”, mean nothing without their group.
pub(super) fn read_titles(titles: &[Title]) -> Vec<Heading> {
    let read = |title: &Title| {
        let mut heading = Heading::read(&title.whole());
        if title.group.is_empty() {
            return heading;
        }
        if words::unit(&title.own).is_some() || words::currency(&title.own).is_some() {
            heading.notice(&title.own);
            heading.variant(&title.group, 1);
        }
        let own = plain(&title.own);
        if titles.iter().filter(|other| plain(&other.own) == own).count() == 1 {
            let (group, own) = (Heading::read(&title.group), Heading::read(&title.own));
            heading.parts = Some(Box::new(Parts { group_is_known: is_known(&group), group, own }));
        }
        heading
    };
    titles.iter().map(read).collect()
}

impl Heading {
    pub fn read(text: &str) -> Self {
        let mut heading = Self { whole: text.trim().to_owned(), ..Self::default() };
        let (outside, inside) = brackets(text);
        heading.variant(text, 0);
        heading.variant(&outside, 0);
        for words in inside.iter().map(String::as_str) {
            heading.notice(words);
            heading.variant(words, 6);
        }
        if let Some((front, last)) = outside.trim().rsplit_once([' ', ','])
            && words::currency(last).is_some_and(|code| code.eq_ignore_ascii_case(last))
        {
            heading.notice(last);
            heading.variant(front.trim_end_matches([',', ' ']), 1);
        }
        for part in outside.split(['/', '\n', '|', '·', '\r']).chain(scripts(&outside).iter().map(String::as_str)) {
            heading.variant(part, 4);
        }
        heading
    }

    fn variant(&mut self, words: &str, less: u32) {
        let key = plain(words);
        if !key.is_empty() && self.variants.iter().all(|(known, _)| *known != key) {
            self.variants.push((key, less));
        }
    }

    fn notice(&mut self, words: &str) {
        match plain(words).as_str() {
            "dd mm yyyy" | "dd mm yy" | "d m y" | "dmy" => self.dates = Some(DateOrder::DayFirst),
            "mm dd yyyy" | "mm dd yy" | "m d y" | "mdy" => self.dates = Some(DateOrder::MonthFirst),
            "yy mm dd" | "ymd" => self.dates = Some(DateOrder::YearFirst),
            _ => {
                self.currency = self.currency.take().or_else(|| words::currency(words).map(str::to_owned));
                self.unit = self.unit.take().or_else(|| words::unit(words).map(str::to_owned));
            }
        }
    }
}

/// What stands outside and inside of brackets.
fn brackets(text: &str) -> (String, Vec<String>) {
    let (mut outside, mut inside) = (String::new(), Vec::new());
    let mut current: Option<String> = None;
    for c in text.chars() {
        match (c, &mut current) {
            ('(' | '[' | '（' | '［', None) => current = Some(String::new()),
            (')' | ']' | '）' | '］', Some(_)) => inside.extend(current.take()),
            (c, Some(words)) => words.push(c),
            (c, None) => outside.push(c),
        }
    }
    inside.extend(current);
    (outside, inside)
}

/// The Latin and the East Asian part of a heading in two languages: `품목 Item`.
fn scripts(text: &str) -> [String; 2] {
    let is_latin = |c: &char| c.is_ascii();
    let latin: String = text.chars().filter(is_latin).collect();
    let eastern: String = text.chars().filter(|c| !is_latin(c) || *c == ' ').collect();
    if latin.trim().is_empty() || eastern.trim().is_empty() { Default::default() } else { [latin, eastern] }
}
