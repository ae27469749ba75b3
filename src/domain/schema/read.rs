//! Draft to record: what was typed becomes what is kept, or every reason why it cannot.
//!
//! A draft is a JSON object whose leaves are what a person typed or a program sent: `"12.5"`, `12.5`, `"2026-03-31"`.
//! One reader serves the form, the command line and the importer, so a value is judged the same everywhere.

use serde_json::{Map, Value};

use super::{Field, FieldError, FieldKind, Problem};
use crate::domain::codes;
use crate::domain::date::{self, FuzzyDate};
use crate::domain::money::Money;
use crate::domain::quantity::{Limit, Quantity};
use crate::domain::rate::Rate;
use crate::domain::word::Word;

/// Reads a draft by its catalogue. Empty fields are left out, so that equal records have equal images.
pub fn read(fields: &'static [Field], draft: &Map<String, Value>) -> Result<Map<String, Value>, Vec<FieldError>> {
    let mut errors = Vec::new();
    let record = read_row(fields, draft, &Place(None), &mut errors);
    if errors.is_empty() { Ok(record) } else { Err(errors) }
}

/// Where in the record the reader stands: in which row of which list. Put into words only for an error.
#[derive(Clone, Copy)]
struct Place<'a>(Option<(&'a Place<'a>, &'a Field, &'a super::ListOf, usize)>);

impl Place<'_> {
    const fn row<'b>(&'b self, field: &'b Field, of: &'b super::ListOf, at: usize) -> Place<'b> {
        Place(Some((self, field, of, at)))
    }

    fn prefix(&self) -> String {
        self.0.map_or_else(String::new, |(above, field, _, at)| format!("{}{}[{at}].", above.prefix(), field.name))
    }

    fn suffix(&self) -> String {
        self.0.map_or_else(String::new, |(above, _, of, at)| format!(", {} {}{}", of.singular, at + 1, above.suffix()))
    }

    fn error(&self, name: &str, label: &str, problem: Problem) -> FieldError {
        FieldError { path: format!("{}{name}", self.prefix()), label: format!("{label}{}", self.suffix()), problem }
    }
}

fn read_row(
    fields: &'static [Field],
    draft: &Map<String, Value>,
    place: &Place<'_>,
    errors: &mut Vec<FieldError>,
) -> Map<String, Value> {
    let mut record = Map::new();
    let (mut known, said) = (0, errors.len());
    for field in fields {
        let typed = draft.get(field.name);
        known += usize::from(typed.is_some());
        if let Some(value) = read_field(field, typed.unwrap_or(&Value::Null), place, errors) {
            record.insert(field.name.to_owned(), value);
        }
    }
    if known < draft.len() {
        errors.splice(said..said, unknown(fields, draft, place));
    }
    record
}

/// The names in a draft that are no field, each with the names that are.
fn unknown(fields: &'static [Field], draft: &Map<String, Value>, place: &Place<'_>) -> Vec<FieldError> {
    let names = draft.keys().filter(|name| fields.iter().all(|field| field.name != **name));
    let error = |name: &String| {
        let known = fields.iter().map(|field| field.name).collect::<Vec<_>>().join(", ");
        place.error(name, name, Problem::UnknownField { found: name.clone(), known })
    };
    names.map(error).collect()
}

fn read_field(field: &Field, typed: &Value, place: &Place<'_>, errors: &mut Vec<FieldError>) -> Option<Value> {
    if is_blank(typed) {
        if field.required {
            errors.push(place.error(field.name, field.label, Problem::Missing));
        }
        return None;
    }
    let outcome = match field.kind {
        FieldKind::List(of) => return read_rows(field, of, typed, place, errors),
        FieldKind::Choices(words) => each(typed, |one| choice(words, one)),
        FieldKind::Links(_) => each(typed, link),
        _ => read_leaf(field.kind, typed),
    };
    match outcome {
        Ok(value) => Some(value),
        Err(problem) => {
            errors.push(place.error(field.name, field.label, problem));
            None
        }
    }
}

fn read_rows(
    field: &Field,
    of: &'static super::ListOf,
    typed: &Value,
    place: &Place<'_>,
    errors: &mut Vec<FieldError>,
) -> Option<Value> {
    let Value::Array(rows) = typed else {
        let problem = wrong_shape("a list of rows", typed);
        errors.push(place.error(field.name, field.label, problem));
        return None;
    };
    let mut read = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        if let Value::Object(row) = row {
            read.push(Value::Object(read_row(of.fields, row, &place.row(field, of, at), errors)));
        } else {
            errors.push(place.error(field.name, field.label, wrong_shape("a list of rows", row)));
        }
    }
    if of.fields.iter().any(|field| field.name == ROW_NUMBER) {
        number_rows(&mut read);
    }
    Some(Value::Array(read))
}

/// The field that numbers the rows of a list, so that other records can name a row that may move.
const ROW_NUMBER: &str = "number";

/// Gives each row without a number the next one that is free.
fn number_rows(rows: &mut [Value]) {
    let number = |row: &Value| row.get(ROW_NUMBER).and_then(Value::as_u64);
    let mut last = rows.iter().filter_map(number).max().unwrap_or(0);
    for row in rows.iter_mut().filter_map(Value::as_object_mut) {
        row.entry(ROW_NUMBER).or_insert_with(|| {
            last += 1;
            Value::from(last)
        });
    }
}

fn each(typed: &Value, one: impl Fn(&Value) -> Result<Value, Problem>) -> Result<Value, Problem> {
    match typed {
        Value::Array(all) => all.iter().map(one).collect::<Result<Vec<_>, _>>().map(Value::Array),
        single => Ok(Value::Array(vec![one(single)?])),
    }
}

fn read_leaf(kind: FieldKind, typed: &Value) -> Result<Value, Problem> {
    match kind {
        FieldKind::Flag => flag(typed),
        FieldKind::Count => count(typed),
        FieldKind::Link(_) => link(typed),
        FieldKind::Choice(words) => choice(words, typed),
        _ => match typed {
            Value::String(text) => text_leaf(kind, text),
            other => text_leaf(kind, &text_of(other)?),
        },
    }
}

fn text_leaf(kind: FieldKind, text: &str) -> Result<Value, Problem> {
    let text = text.trim();
    let read = match kind {
        FieldKind::Day => date::parse_day(text)?.to_string(),
        FieldKind::FuzzyDay => FuzzyDate::parse(text)?.to_string(),
        FieldKind::Quantity => Quantity::parse_positive(text)?.to_string(),
        FieldKind::QuantityOrZero => Quantity::parse(text)?.to_string(),
        FieldKind::Limit => Limit::parse(text)?.to_string(),
        FieldKind::Rate => Rate::parse(text)?.to_string(),
        FieldKind::Money => Money::parse(text)?.to_string(),
        FieldKind::Unit => codes::find_unit(text).ok_or_else(|| Problem::UnknownUnit(text.to_owned()))?.to_owned(),
        FieldKind::Country => {
            codes::find_country(text).ok_or_else(|| Problem::UnknownCountry(text.to_owned()))?.to_owned()
        }
        FieldKind::Currency => currency(text)?,
        FieldKind::HsCode => hs_code(text)?,
        FieldKind::LongText => without_controls(text, &['\n', '\t']),
        _ => without_controls(text, &[]),
    };
    Ok(Value::String(read))
}

/// Control characters mean nothing on a screen and much to a terminal: they become spaces.
fn without_controls(text: &str, but: &[char]) -> String {
    if !text.bytes().any(|byte| byte.is_ascii_control()) && text.is_ascii() {
        return text.to_owned();
    }
    let text = text.replace("\r\n", "\n");
    text.chars().map(|c| if c.is_control() && !but.contains(&c) { ' ' } else { c }).collect()
}

fn currency(text: &str) -> Result<String, Problem> {
    let code = text.to_ascii_uppercase();
    if codes::currency_exists(&code) { Ok(code) } else { Err(Problem::UnknownCurrency(text.to_owned())) }
}

/// Reads an HS code: points and spaces between digits are taken out, `8413.50` becomes `841350`.
fn hs_code(text: &str) -> Result<String, Problem> {
    let digits: String = text.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
    let well_formed = matches!(digits.len(), 2 | 4 | 6 | 8 | 10) && digits.bytes().all(|b| b.is_ascii_digit());
    match digits.get(..2) {
        Some("77") if well_formed => Err(Problem::ReservedHsChapter(text.to_owned())),
        Some(chapter) if well_formed && chapter != "00" => Ok(digits),
        _ => Err(Problem::NotAnHsCode(text.to_owned())),
    }
}

fn flag(typed: &Value) -> Result<Value, Problem> {
    match typed {
        Value::Bool(flag) => Ok(Value::Bool(*flag)),
        Value::String(text) => match text.trim().to_lowercase().as_str() {
            "yes" | "true" | "1" => Ok(Value::Bool(true)),
            "no" | "false" | "0" => Ok(Value::Bool(false)),
            _ => Err(wrong_shape("yes or no", typed)),
        },
        other => Err(wrong_shape("yes or no", other)),
    }
}

/// The largest number that a count field takes.
const MOST_COUNTED: u32 = 999_999_999;

fn count(typed: &Value) -> Result<Value, Problem> {
    let text = text_of(typed)?;
    let plain = text.trim().replace(',', "");
    if plain.is_empty() || !plain.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(Problem::NotACount(text));
    }
    match plain.parse::<u32>() {
        Ok(number) if number <= MOST_COUNTED => Ok(Value::from(number)),
        _ => Err(Problem::CountTooLarge { found: text, most: MOST_COUNTED }),
    }
}

fn choice(words: &'static [Word], typed: &Value) -> Result<Value, Problem> {
    let text = text_of(typed)?;
    let found = text.trim();
    words
        .iter()
        .find(|known| known.word == found || known.label.eq_ignore_ascii_case(found))
        .map(|known| Value::from(known.word))
        .ok_or_else(|| Problem::NotAChoice {
            found: found.to_owned(),
            choices: words.iter().map(|known| known.word).collect::<Vec<_>>().join(", "),
        })
}

/// A link is an id here; the services have turned references into ids before.
fn link(typed: &Value) -> Result<Value, Problem> {
    match typed {
        Value::Number(id) if id.is_i64() => Ok(typed.clone()),
        other => Err(wrong_shape("a record's reference", other)),
    }
}

fn text_of(typed: &Value) -> Result<String, Problem> {
    match typed {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        other => Err(wrong_shape("text or a number", other)),
    }
}

fn wrong_shape(expected: &'static str, found: &Value) -> Problem {
    let found = match found {
        Value::Null => "nothing".to_owned(),
        Value::Bool(_) => "yes or no".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => format!("“{text}”"),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "a group of fields".to_owned(),
    };
    Problem::WrongShape { expected, found }
}

/// Whether nothing was typed. A `false` flag counts as nothing, so that it leaves no trace in the image.
fn is_blank(typed: &Value) -> bool {
    match typed {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(all) => all.is_empty(),
        Value::Number(_) | Value::Bool(true) | Value::Object(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::Item;
    use proptest::prelude::*;
    use serde_json::json;

    fn draft(value: Value) -> Map<String, Value> {
        match value {
            Value::Object(draft) => draft,
            other => panic!("not a draft: {other}"),
        }
    }

    #[test]
    fn every_problem_is_reported_with_its_place() {
        let errors = read(
            Item::FIELDS,
            &draft(json!({
                "hs_code": "84135",
                "base_unit": "furlong",
                "packs": [{ "name": "Box", "contains": "0" }],
                "colour": "red",
            })),
        )
        .unwrap_err();
        let said: Vec<String> = errors.iter().map(ToString::to_string).collect();
        let all = said.join("\n");
        for part in [
            "There is no field “colour” here",
            "This is needed",
            "“84135” is not an HS code",
            "The unit “furlong” is not known",
            "Contains, pack 1: The quantity is 0",
        ] {
            assert!(all.contains(part), "{part} is missing in\n{all}");
        }
        assert!(errors.iter().any(|error| error.path == "packs[0].contains"));
    }

    #[test]
    fn an_hs_code_is_kept_as_digits() {
        for (typed, kept) in
            [("8413.50", Some("841350")), ("30", Some("30")), ("7701", None), ("841", None), ("00", None)]
        {
            assert_eq!(hs_code(typed).ok().as_deref(), kept, "{typed}");
        }
    }

    #[test]
    fn what_was_read_reads_the_same_again() {
        let typed =
            draft(json!({ "name": "RHZE tablet", "base_unit": "tablet", "hs_code": "3004.20", "us_origin": "yes",
            "packs": [{ "name": "Box of 672", "unit": "box", "contains": 672 }] }));
        let once = read(Item::FIELDS, &typed).unwrap();
        assert_eq!(once["base_unit"], "U2");
        assert_eq!(read(Item::FIELDS, &once).unwrap(), once);
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            ".{0,12}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 24, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("(name|packs|contains|hs_code|[a-z]{1,4})", inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn no_draft_makes_the_reader_panic(value in any_json()) {
            if let Value::Object(map) = value {
                read(Item::FIELDS, &map).ok();
            }
        }
    }
}
