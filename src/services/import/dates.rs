//! Dates as people write them, in three languages. Where the order of the numbers is not known it is not guessed.

use chrono::{Datelike as _, Days, NaiveDate};

use super::plan::DateOrder;

/// What a text says about a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Written {
    /// A day, as ISO text.
    Day(String),
    /// A month, as ISO text.
    Month(String),
    /// A year.
    Year(String),
    /// Numbers whose order decides: the orders under which it is a day.
    Numbers(Vec<DateOrder>),
    /// No date.
    Nothing,
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The years that a record can mean.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// Reads a text. `order` is the order of numbers where one was chosen or settled.
pub(super) fn read(text: &str, order: Option<DateOrder>) -> Written {
    let text = without_time(text.trim());
    let parts = parts(text);
    let words: Vec<&str> = parts.iter().map(String::as_str).collect();
    match words.as_slice() {
        [one] => whole(one),
        [a, b] => two(a, b),
        [a, b, c] => three(text, [a, b, c], order),
        _ => Written::Nothing,
    }
}

/// Leaves out the time of day: `2023-07-20 08:30:00`, `2023-07-20T08:30:00Z`.
fn without_time(text: &str) -> &str {
    let cut = text.find(':').and_then(|colon| text.get(..colon)).and_then(|before| before.rfind([' ', 'T']));
    cut.and_then(|cut| text.get(..cut)).unwrap_or(text).trim()
}

/// The numbers and words of a date: `2023年7月20日` and `2023.7.20.` are three each.
fn parts(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = vec![String::new()];
    for c in text.chars() {
        let is_number = c.is_ascii_digit();
        let last = parts.last_mut();
        let Some(last) = last else { break };
        let joins = last.chars().last().is_none_or(|before| before.is_ascii_digit() == is_number);
        match c {
            '年' | '月' | '日' | '년' | '월' | '일' | '-' | '/' | '.' | ',' | ' ' | '\u{a0}' | '号' | '\'' | '–' => {
                if !last.is_empty() {
                    parts.push(String::new());
                }
            }
            c if joins => last.extend(c.to_lowercase()),
            c => parts.push(c.to_lowercase().collect()),
        }
    }
    let is_ordinal = |part: &String| matches!(part.as_str(), "st" | "nd" | "rd" | "th" | "of");
    parts.retain(|part| !part.is_empty() && !is_ordinal(part));
    parts
}

fn whole(text: &str) -> Written {
    let number = |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse::<i32>().ok());
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return Written::Nothing;
    }
    match text.len() {
        4 if number(0..4).is_some_and(|year| YEARS.contains(&year)) => Written::Year(text.to_owned()),
        5 => number(0..5).and_then(|serial| from_serial(i64::from(serial))).map_or(Written::Nothing, Written::Day),
        8 => match (number(0..4), number(4..6), number(6..8)) {
            (Some(year), Some(month), Some(day)) => day_of(year, month, day).map_or(Written::Nothing, Written::Day),
            _ => Written::Nothing,
        },
        _ => Written::Nothing,
    }
}

/// The day that a spreadsheet counts with this number, from 1927 to 2199.
pub(super) fn from_serial(serial: i64) -> Option<String> {
    let days = u64::try_from(serial).ok().filter(|days| (10_000..=109_575).contains(days))?;
    let day = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))?;
    Some(day.to_string())
}

fn two(a: &str, b: &str) -> Written {
    let month = |year: Option<i32>, month: Option<i32>| match (year, month) {
        (Some(year), Some(month)) if YEARS.contains(&year) && (1..=12).contains(&month) => {
            Written::Month(format!("{year:04}-{month:02}"))
        }
        _ => Written::Nothing,
    };
    match (named_month(a), named_month(b)) {
        (Some(named), None) => month(year_of(b), Some(named)),
        (None, Some(named)) => month(year_of(a), Some(named)),
        _ if a.len() == 4 => month(number(a), number(b)),
        _ if b.len() == 4 => month(number(b), number(a)),
        _ => Written::Nothing,
    }
}

fn three(text: &str, [a, b, c]: [&str; 3], order: Option<DateOrder>) -> Written {
    let of = |year: Option<i32>, month: Option<i32>, day: Option<i32>| match (year, month, day) {
        (Some(year), Some(month), Some(day)) => day_of(year, month, day).map_or(Written::Nothing, Written::Day),
        _ => Written::Nothing,
    };
    if let Some(month) = named_month(b) {
        return if a.len() == 4 {
            of(number(a), Some(month), number(c))
        } else {
            of(year_of(c), Some(month), number(a))
        };
    }
    if let Some(month) = named_month(a) {
        return of(year_of(c), Some(month), number(b));
    }
    let (Some(first), Some(second), Some(third)) = (number(a), number(b), number(c)) else { return Written::Nothing };
    if a.len() == 4 || is_spelled(text) {
        return of(year_of(a), Some(second), Some(third));
    }
    let as_read = |order: DateOrder| match order {
        DateOrder::DayFirst => year_of(c).and_then(|year| day_of(year, second, first)),
        DateOrder::MonthFirst => year_of(c).and_then(|year| day_of(year, first, second)),
        DateOrder::YearFirst => year_of(a).filter(|_| c.len() <= 2).and_then(|year| day_of(year, second, third)),
    };
    // Where points stand between the numbers and the year at the end, the day stands first everywhere.
    let pointed = c.len() == 4 && text.contains('.') && !text.contains('/');
    if let Some(order) = order.or(pointed.then_some(DateOrder::DayFirst)) {
        return as_read(order).map_or(Written::Nothing, Written::Day);
    }
    let mut read: Vec<(DateOrder, String)> =
        DateOrder::ALL.iter().filter_map(|order| Some((*order, as_read(*order)?))).collect();
    // A year in front is possible only where the first number can be a year of our time.
    read.retain(|(order, _)| *order != DateOrder::YearFirst || (15..=40).contains(&first));
    match read.as_slice() {
        [] => Written::Nothing,
        [(_, day), others @ ..] if others.iter().all(|(_, other)| other == day) && third != second => {
            Written::Day(day.clone())
        }
        _ => Written::Numbers(read.iter().map(|(order, _)| *order).collect()),
    }
}

/// Whether the parts are named in Korean or Chinese, so that their order is known.
fn is_spelled(text: &str) -> bool {
    text.contains(['年', '년'])
}

fn number(text: &str) -> Option<i32> {
    text.parse().ok()
}

/// A year of four digits, or of two: 70 and above lie in the last century.
fn year_of(text: &str) -> Option<i32> {
    let year: i32 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 if year >= 70 => Some(1900 + year),
        2 => Some(2000 + year),
        _ => None,
    }
}

fn named_month(text: &str) -> Option<i32> {
    let start = text.get(..3)?;
    let at = MONTHS.iter().position(|month| *month == start)?;
    let full = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let is_name = text.len() == 3 || text == "sept" || full.get(at).is_some_and(|name| *name == text);
    is_name.then(|| i32::try_from(at + 1).unwrap_or(1))
}

fn day_of(year: i32, month: i32, day: i32) -> Option<String> {
    let (month, day) = (u32::try_from(month).ok()?, u32::try_from(day).ok()?);
    let date = NaiveDate::from_ymd_opt(year, month, day).filter(|date| YEARS.contains(&date.year()))?;
    Some(date.to_string())
}

/// What the values of a column say about the order of its dates.
#[derive(Debug, Clone, Default)]
pub(super) struct Orders {
    /// The orders that are possible for every value so far; `None` before the first.
    possible: Option<Vec<DateOrder>>,
    /// A value that can be two days.
    pub example: Option<String>,
    /// Whether the first numbers could all be years.
    years_in_front: bool,
}

impl Orders {
    /// Takes a value into account.
    pub fn see(&mut self, text: &str) {
        let text = without_time(text.trim());
        let (found, is_open) = match read(text, None) {
            Written::Numbers(orders) => (orders, true),
            Written::Day(_) => {
                let fits = |order: &&DateOrder| matches!(read_as(text, **order), Some(Written::Day(_)));
                (DateOrder::ALL.iter().filter(fits).copied().collect(), false)
            }
            _ => return,
        };
        let first: i32 = parts(text).first().and_then(|part| part.parse().ok()).unwrap_or(0);
        if found.is_empty() {
            return;
        }
        self.years_in_front = (15..=40).contains(&first) && (self.possible.is_none() || self.years_in_front);
        let before = self.possible.take().unwrap_or_else(|| DateOrder::ALL.to_vec());
        self.possible = Some(before.into_iter().filter(|order| found.contains(order)).collect());
        if is_open && self.example.is_none() {
            self.example = Some(text.to_owned());
        }
    }

    /// The one order that all values leave possible.
    pub fn settled(&self) -> Option<DateOrder> {
        match self.possible.as_deref()? {
            [one] => Some(*one),
            [one, DateOrder::YearFirst] | [DateOrder::YearFirst, one] if !self.years_in_front => Some(*one),
            _ => None,
        }
    }
}

/// The same text under one order; `None` where no order matters.
fn read_as(text: &str, order: DateOrder) -> Option<Written> {
    let parts = parts(text);
    let all_numbers = parts.len() == 3 && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let short = parts.first().is_some_and(|part| part.len() <= 2);
    (all_numbers && short && !is_spelled(text) && !text.contains('.')).then(|| read(text, Some(order)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_as_people_write_it() {
        for (text, day) in [
            ("2023-07-21", "2023-07-21"),
            ("2023-07-21 00:00:00", "2023-07-21"),
            ("2023-07-21T08:30:00Z", "2023-07-21"),
            ("21-Jul-23", "2023-07-21"),
            ("21 July 2023", "2023-07-21"),
            ("July 21, 2023", "2023-07-21"),
            ("21st of July 2023", "2023-07-21"),
            ("2023.7.20.", "2023-07-20"),
            ("2023/7/20", "2023-07-20"),
            ("2023年7月20日", "2023-07-20"),
            ("2023년 7월 20일", "2023-07-20"),
            ("20.7.2023", "2023-07-20"),
            ("25/04/1999", "1999-04-25"),
            ("45127", "2023-07-20"),
            ("20230720", "2023-07-20"),
        ] {
            assert_eq!(read(text, None), Written::Day(day.to_owned()), "{text}");
        }
        for (text, month) in [
            ("2023-07", "2023-07"),
            ("Jul-23", "2023-07"),
            ("July 2023", "2023-07"),
            ("2023年7月", "2023-07"),
            ("07/2023", "2023-07"),
        ] {
            assert_eq!(read(text, None), Written::Month(month.to_owned()), "{text}");
        }
        assert_eq!(read("2023", None), Written::Year("2023".to_owned()));
        for text in ["", "soon", "31/31/2023", "2023-13-01", "1-2-3-4", "Marketing 2023"] {
            assert_eq!(read(text, None), Written::Nothing, "{text}");
        }
    }

    #[test]
    fn numbers_that_can_be_two_days_are_no_day_until_the_order_is_known() {
        assert_eq!(read("03/04/23", None), Written::Numbers(vec![DateOrder::DayFirst, DateOrder::MonthFirst]));
        assert_eq!(read("03/04/23", Some(DateOrder::DayFirst)), Written::Day("2023-04-03".to_owned()));
        assert_eq!(read("03/04/23", Some(DateOrder::MonthFirst)), Written::Day("2023-03-04".to_owned()));
        assert_eq!(read("23/04/03", Some(DateOrder::YearFirst)), Written::Day("2023-04-03".to_owned()));
    }

    #[test]
    fn a_column_is_settled_only_by_one_of_its_own_values() {
        let settled = |texts: &[&str]| {
            let mut orders = Orders::default();
            for text in texts {
                orders.see(text);
            }
            orders.settled()
        };
        assert_eq!(settled(&["03/04/23"]), None);
        assert_eq!(settled(&["03/04/23", "25/04/23"]), Some(DateOrder::DayFirst));
        assert_eq!(settled(&["03/04/2023", "04/25/2023"]), Some(DateOrder::MonthFirst));
        assert_eq!(settled(&["25/04/2023", "04/25/2023"]), None);
        assert_eq!(settled(&["23/07/20"]), None, "20 July 2023 or 23 July 2020");
    }
}
