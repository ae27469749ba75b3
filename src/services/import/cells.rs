//! One cell into what a draft takes: normalised, never judged. What is judged is judged by the reader of every draft.

use std::borrow::Cow;

use serde_json::Value;

use super::dates::{self, Written};
use super::numbers;
use super::plan::{DateOrder, DecimalMark};
use super::words;
use crate::domain::schema::FieldKind;
use crate::domain::word::Word;
use crate::formats::defuse;
use crate::formats::read::Raw;

/// How the cells of a column are read.
#[derive(Debug, Clone, Default)]
pub(super) struct Manner {
    /// The order of its dates, where it was chosen or follows from its own values.
    pub dates: Option<DateOrder>,
    /// Its decimal mark, likewise.
    pub decimal: Option<DecimalMark>,
    /// The currency of its amounts.
    pub currency: Option<String>,
    /// Whether its commas stand now for thousands and now for decimals.
    pub doubts_comma: bool,
    /// Whether it stands in a text table, in which dangerous cells are defused.
    pub is_text_table: bool,
}

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Said {
    /// The leaf of the draft.
    pub value: Value,
    /// A unit that stood beside the number.
    pub unit: Option<&'static str>,
    /// What should be known though the value is used.
    pub warning: Option<&'static str>,
}

/// Why a cell cannot be used: what is wrong and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trouble(pub String);

impl Said {
    fn text(text: impl Into<String>) -> Self {
        Self { value: Value::String(text.into()), ..Self::default() }
    }

    /// Whether nothing stands in the cell.
    pub fn is_empty(&self) -> bool {
        self.value.is_null()
    }
}

/// The cell as the user sees it.
pub(super) fn shown(raw: &Raw) -> Cow<'_, str> {
    match raw {
        Raw::Empty => Cow::Borrowed(""),
        Raw::Text(text) | Raw::Number { text, .. } | Raw::Fault(text) => Cow::Borrowed(text.as_str()),
        Raw::Day(day) => Cow::Owned(day.to_string()),
        Raw::Moment(moment) => Cow::Owned(moment.format("%Y-%m-%d %H:%M").to_string()),
        Raw::Flag(true) => Cow::Borrowed("TRUE"),
        Raw::Flag(false) => Cow::Borrowed("FALSE"),
    }
}

/// Reads a cell for a field. `is_currency` is true for a column that holds only the currency of an amount.
pub(super) fn read(raw: &Raw, kind: FieldKind, is_currency: bool, manner: &Manner) -> Result<Said, Trouble> {
    if let Raw::Fault(fault) = raw {
        let what =
            format!("The cell shows the error “{fault}”. Mend the formula in the file, or write the value itself");
        return Err(Trouble(what));
    }
    let shown = shown(raw);
    let text = if manner.is_text_table { defuse::restore(&shown) } else { &shown };
    let cleaned = without_marks(text);
    let trimmed = cleaned.trim();
    if trimmed.is_empty() || is_counted(kind) && matches!(trimmed, "-" | "–" | "—") {
        return Ok(Said::default());
    }
    if is_currency {
        return Ok(code(words::currency(trimmed), trimmed));
    }
    match kind {
        FieldKind::Day => day(raw, trimmed, manner, false),
        FieldKind::FuzzyDay => day(raw, trimmed, manner, true),
        FieldKind::Quantity | FieldKind::QuantityOrZero | FieldKind::Rate | FieldKind::Count => {
            number(raw, trimmed, manner)
        }
        FieldKind::Limit if words::is_unlimited(trimmed) => Ok(Said::text("unlimited")),
        FieldKind::Limit => number(raw, trimmed, manner),
        FieldKind::Money => money(raw, trimmed, manner),
        FieldKind::Flag => Ok(words::flag(trimmed)
            .map_or_else(|| Said::text(trimmed), |flag| Said { value: Value::Bool(flag), ..Said::default() })),
        FieldKind::Choice(of) => Ok(Said::text(choice(of, trimmed))),
        FieldKind::Choices(of) => Ok(several(trimmed, |one| choice(of, one))),
        FieldKind::Links(_) => Ok(several(trimmed, |one| one)),
        FieldKind::Unit => Ok(code(words::unit(trimmed), trimmed)),
        FieldKind::Country => Ok(code(words::country(trimmed), trimmed)),
        FieldKind::Currency => Ok(code(words::currency(trimmed), trimmed)),
        FieldKind::HsCode => Ok(hs_code(raw, trimmed)),
        FieldKind::Text | FieldKind::Link(_) if matches!(raw, Raw::Text(_)) && scientific(trimmed).is_some() => {
            Err(Trouble(format!(
                "“{trimmed}” is a number of which a spreadsheet dropped the last figures. Write all of them"
            )))
        }
        FieldKind::Text | FieldKind::LongText | FieldKind::Link(_) | FieldKind::List(_) => Ok(Said::text(trimmed)),
    }
}

/// Marks that nobody sees: byte order marks and blanks without a width.
fn without_marks(text: &str) -> Cow<'_, str> {
    const MARKS: [char; 4] = ['\u{feff}', '\u{200b}', '\u{200e}', '\u{2060}'];
    if text.contains(MARKS) { Cow::Owned(text.replace(MARKS, "")) } else { Cow::Borrowed(text) }
}

/// Whether a field says how much.
pub(super) const fn is_counted(kind: FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::Quantity
            | FieldKind::QuantityOrZero
            | FieldKind::Money
            | FieldKind::Count
            | FieldKind::Limit
            | FieldKind::Rate
    )
}

/// The whole number that `1.2E+03` stands for; `None` where it is not written so.
fn scientific(text: &str) -> Option<String> {
    let (mantissa, power) = text.split_once(['E', 'e'])?;
    let power: usize = power.strip_prefix('+')?.parse().ok().filter(|power| *power <= 15)?;
    let (whole, decimals) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let digits = format!("{whole}{decimals}");
    if whole.len() != 1 || decimals.len() > power || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    Some(format!("{digits:0<width$}", width = power + 1))
}

fn code(known: Option<&str>, text: &str) -> Said {
    Said::text(known.unwrap_or(text))
}

/// A word of a vocabulary by its label or its word, whatever signs stand between its letters.
fn choice<'a>(of: &'static [Word], text: &'a str) -> &'a str {
    let wanted = words::plain(text);
    let known = of.iter().find(|word| words::plain(word.word) == wanted || words::plain(word.label) == wanted);
    known.map_or(text, |word| word.word)
}

/// Several values of one cell, with semicolons or line breaks between them.
fn several<'a>(text: &'a str, one: impl Fn(&'a str) -> &'a str) -> Said {
    let parts = text.split([';', '\n', '；', '、']).map(str::trim).filter(|part| !part.is_empty());
    Said { value: parts.map(|part| Value::from(one(part))).collect(), ..Said::default() }
}

/// Said where a plain number is taken for a day.
const SERIAL: &str = "The number is read as the day that spreadsheets count with it. Check one of them";

fn day(raw: &Raw, text: &str, manner: &Manner, fuzzy: bool) -> Result<Said, Trouble> {
    match raw {
        Raw::Day(day) => return Ok(Said::text(day.to_string())),
        Raw::Moment(moment) => return Ok(Said::text(moment.date().to_string())),
        Raw::Number { value, .. } => {
            if let Some(day) = whole(*value).and_then(dates::from_serial) {
                return Ok(Said { warning: Some(SERIAL), ..Said::text(day) });
            }
        }
        _ => {}
    }
    match dates::read(text, manner.dates) {
        Written::Day(day) => Ok(Said::text(day)),
        Written::Month(month) if fuzzy => Ok(Said::text(month)),
        Written::Year(year) if fuzzy => Ok(Said::text(year)),
        Written::Month(_) | Written::Year(_) => Err(Trouble(
            "Only a month or a year stands here, and the day is needed. Write the day, for example 2026-03-31"
                .to_owned(),
        )),
        Written::Numbers(orders) => Err(Trouble(ambiguous_day(&orders))),
        Written::Nothing => Err(Trouble(format!("“{text}” is no date. Write it as 2026-03-31"))),
    }
}

/// The sentence that asks which number is the day.
fn ambiguous_day(orders: &[DateOrder]) -> String {
    let orders: Vec<String> = orders.iter().map(|order| order.label().to_lowercase()).collect();
    format!("The day can be read in several ways ({}). Choose the order of dates for this column", orders.join(" or "))
}

fn whole(number: f64) -> Option<i64> {
    // Fractions are the time of day.
    let floor = number.floor();
    #[expect(clippy::cast_possible_truncation, reason = "the range is looked at before")]
    (0.0..1e9).contains(&floor).then_some(floor as i64)
}

/// Digits as the record takes them, and the words beside them.
struct Digits {
    plain: String,
    around: String,
    warning: Option<&'static str>,
}

/// Said where a comma is taken for a sign between thousands.
const COMMA_IS_THOUSANDS: &str =
    "The comma is read as a sign between thousands (1,200 is 1200). Choose the decimal mark of the column if it is not";

fn digits(raw: &Raw, text: &str, manner: &Manner) -> Result<Digits, Trouble> {
    if let Raw::Number { value, .. } = raw {
        let plain = numbers::from_binary(*value);
        let plain = plain.ok_or_else(|| Trouble(format!("“{text}” is too large for a number here")))?;
        return Ok(Digits { plain, around: String::new(), warning: None });
    }
    if let Some(plain) = scientific(text) {
        return Ok(Digits { plain, around: String::new(), warning: None });
    }
    let not_a_number = || Trouble(format!("“{text}” is not a number. Write digits, for example 1200 or 12.5"));
    let number = numbers::split(text).ok_or_else(not_a_number)?;
    let mut warning = None;
    if manner.doubts_comma && number.digits.contains(',') && !number.digits.contains('.') {
        let what = format!(
            "“{text}” can be read in two ways, because this column has commas before two figures and before three. Choose the decimal mark of this column"
        );
        return Err(Trouble(what));
    }
    let mark = match (numbers::says(&number.digits), manner.decimal) {
        (numbers::Says::Neither, _) => return Err(not_a_number()),
        (numbers::Says::Only(mark), None) | (_, Some(mark)) => mark,
        (numbers::Says::Nothing, None) => DecimalMark::Point,
        (numbers::Says::Either, None) if number.digits.contains(',') => {
            warning = Some(COMMA_IS_THOUSANDS);
            DecimalMark::Point
        }
        (numbers::Says::Either, None) => {
            let what = format!(
                "“{text}” can be read in two ways, with a point before decimals or between thousands. Choose the decimal mark of this column"
            );
            return Err(Trouble(what));
        }
    };
    let plain = numbers::normal(&number.digits, mark).ok_or_else(|| {
        Trouble(format!(
            "“{text}” is not a number with the decimal mark of its column. Mend it, or choose another mark"
        ))
    })?;
    let sign = if number.negative { "-" } else { "" };
    Ok(Digits { plain: format!("{sign}{plain}"), around: number.around, warning })
}

fn number(raw: &Raw, text: &str, manner: &Manner) -> Result<Said, Trouble> {
    let Digits { plain, around, warning } = digits(raw, text, manner)?;
    let unit = words::unit(&around);
    if unit.is_none() && !around.is_empty() {
        let what = format!(
            "“{around}” beside the number is no unit that is known. Write the number alone, or a unit such as kg or box"
        );
        return Err(Trouble(what));
    }
    Ok(Said { value: Value::String(plain), unit, warning })
}

fn money(raw: &Raw, text: &str, manner: &Manner) -> Result<Said, Trouble> {
    let Digits { plain, around, warning } = digits(raw, text, manner)?;
    let currency = match around.as_str() {
        "" => manner.currency.clone(),
        word => Some(words::currency(word).unwrap_or(word).to_owned()),
    };
    // Without a currency the row may still give it in a column of its own.
    let value = currency.map_or_else(|| plain.clone(), |currency| format!("{currency} {plain}"));
    Ok(Said { value: Value::String(value), unit: None, warning })
}

/// The sentence where no currency is known.
pub(super) const NO_CURRENCY: &str =
    "The amount has no currency. Choose the currency of this column, or map a column that holds it";

/// Puts the currency of its row to an amount that has none of its own.
pub(super) fn with_currency(amount: &str, currency: Option<&str>) -> Result<String, Trouble> {
    let has_own = amount.contains(|c: char| c.is_alphabetic());
    match (has_own, currency) {
        (false, Some(currency)) => Ok(format!("{currency} {amount}")),
        (false, None) => Err(Trouble(NO_CURRENCY.to_owned())),
        (true, Some(currency)) if !amount.starts_with(currency) => Err(Trouble(format!(
            "The amount is {amount}, but the row says the currency {currency}. Mend one of the two"
        ))),
        (true, _) => Ok(amount.to_owned()),
    }
}

/// A code that a spreadsheet took for a number has lost its leading zero.
fn hs_code(raw: &Raw, text: &str) -> Said {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ' '));
    if is_plain
        && digits.len() % 2 == 1
        && digits.len() < 10
        && !digits.starts_with('0')
        && (matches!(raw, Raw::Number { .. }) || digits == text)
    {
        return Said {
            warning: Some("The HS code had an odd number of digits; a leading zero was put back. Check it"),
            ..Said::text(format!("0{digits}"))
        };
    }
    if is_plain { Said::text(digits) } else { Said::text(text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(kind: FieldKind, text: &str) -> Result<Value, String> {
        let manner = Manner { is_text_table: true, ..Manner::default() };
        read(&Raw::Text(text.to_owned()), kind, false, &manner).map(|said| said.value).map_err(|trouble| trouble.0)
    }

    #[test]
    fn a_cell_of_text_keeps_its_zeros_and_loses_what_made_it_harmless() {
        for (cell, value) in
            [("00123", "00123"), ("'=1+1", "=1+1"), ("'+850 2", "+850 2"), (" x ", "x"), ("'s G", "'s G")]
        {
            assert_eq!(text(FieldKind::Text, cell), Ok(Value::from(value)), "{cell}");
        }
    }

    #[test]
    fn numbers_come_with_units_and_separators() {
        for (cell, value) in
            [("1 200 kg", "1200"), ("1,200", "1200"), ("12,5", "12.5"), ("(3)", "-3"), ("1.200,5", "1200.5")]
        {
            assert_eq!(text(FieldKind::Quantity, cell), Ok(Value::from(value)), "{cell}");
        }
        assert!(text(FieldKind::Quantity, "1.200").unwrap_err().contains("two ways"));
        assert!(text(FieldKind::Quantity, "12 furlongs").unwrap_err().contains("no unit that is known"));
    }

    #[test]
    fn figures_that_a_spreadsheet_dropped_are_not_taken_for_a_text() {
        assert_eq!(text(FieldKind::Quantity, "1.2E+03"), Ok(Value::from("1200")));
        assert!(text(FieldKind::Text, "1.23E+05").unwrap_err().contains("dropped the last figures"));
        assert_eq!(text(FieldKind::Text, "TYPE E+5"), Ok(Value::from("TYPE E+5")));
        assert_eq!(text(FieldKind::Quantity, "–"), Ok(Value::Null), "a dash is nothing");
        assert_eq!(text(FieldKind::Text, "\u{feff}MED-\u{200b}002"), Ok(Value::from("MED-002")));
        assert_eq!(text(FieldKind::HsCode, "0340111"), Ok(Value::from("0340111")), "this one lost no zero");
    }

    #[test]
    fn a_day_is_read_and_an_unclear_one_asks() {
        assert_eq!(text(FieldKind::Day, "2023.7.20."), Ok(Value::from("2023-07-20")));
        assert!(text(FieldKind::Day, "03/04/23").unwrap_err().contains("Choose the order of dates"));
        assert!(text(FieldKind::Day, "July 2023").unwrap_err().contains("the day is needed"));
        assert_eq!(text(FieldKind::FuzzyDay, "July 2023"), Ok(Value::from("2023-07")));
        let serial = Raw::Number { value: 45_127.25, text: "45127.25".to_owned() };
        let said = read(&serial, FieldKind::Day, false, &Manner::default()).unwrap();
        assert_eq!(said.value, Value::from("2023-07-20"));
    }

    #[test]
    fn codes_words_and_lists_are_found() {
        assert_eq!(text(FieldKind::Unit, "상자"), Ok(Value::from("XBX")));
        assert_eq!(text(FieldKind::Country, "北韩"), Ok(Value::from("KP")));
        assert_eq!(text(FieldKind::Flag, "예"), Ok(Value::Bool(true)));
        assert_eq!(text(FieldKind::HsCode, "40221"), Ok(Value::from("040221")));
        assert_eq!(text(FieldKind::Links(&[]), "A; B\nC"), Ok(serde_json::json!(["A", "B", "C"])));
        let fault = read(&Raw::Fault("#N/A".to_owned()), FieldKind::Text, false, &Manner::default());
        assert!(fault.unwrap_err().0.contains("#N/A"));
    }

    #[test]
    fn an_amount_takes_the_currency_of_its_cell_its_column_or_its_row() {
        let euros = Manner { currency: Some("EUR".to_owned()), ..Manner::default() };
        let amount = |cell: &str, manner: &Manner| {
            read(&Raw::Text(cell.to_owned()), FieldKind::Money, false, manner).unwrap().value
        };
        assert_eq!(amount("€1,250.50", &Manner::default()), "EUR 1250.50");
        assert_eq!(amount("12", &euros), "EUR 12");
        assert_eq!(with_currency("12", Some("USD")), Ok("USD 12".to_owned()));
        assert_eq!(with_currency("12", None), Err(Trouble(NO_CURRENCY.to_owned())));
        assert!(with_currency("EUR 12", Some("USD")).is_err());
    }

    proptest! {
        #[test]
        fn no_text_makes_a_cell_panic(cell in ".{0,24}", number in any::<f64>()) {
            for kind in [FieldKind::Text, FieldKind::Day, FieldKind::FuzzyDay, FieldKind::Quantity, FieldKind::Money,
                FieldKind::Flag, FieldKind::HsCode, FieldKind::Limit, FieldKind::Unit, FieldKind::Links(&[])] {
                for order in [None, Some(DateOrder::DayFirst), Some(DateOrder::MonthFirst), Some(DateOrder::YearFirst)] {
                    let manner = Manner { dates: order, is_text_table: true, ..Manner::default() };
                    read(&Raw::Text(cell.clone()), kind, false, &manner).ok();
                    read(&Raw::Number { value: number, text: number.to_string() }, kind, false, &manner).ok();
                }
            }
        }
    }
}
