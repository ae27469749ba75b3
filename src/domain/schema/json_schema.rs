//! The catalogue printed as JSON Schema (draft 2020-12), for those who write operations by program.

use serde_json::{Map, Value, json};

use super::{Field, FieldKind};
use crate::domain::word::Word;

/// The schema of one record kind or row.
#[must_use]
pub fn object(fields: &'static [Field]) -> Value {
    let properties: Map<String, Value> = fields.iter().map(|field| (field.name.to_owned(), property(field))).collect();
    let required: Vec<&str> = fields.iter().filter(|field| field.required).map(|field| field.name).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn property(field: &Field) -> Value {
    let mut schema = shape(field.kind);
    if let Value::Object(map) = &mut schema {
        map.insert("title".into(), Value::from(field.label));
        let about = [field.help, about(field.kind)].into_iter().filter(|part| !part.is_empty());
        let about = about.collect::<Vec<_>>().join(" ");
        if !about.is_empty() {
            map.insert("description".into(), Value::from(about));
        }
    }
    schema
}

fn shape(kind: FieldKind) -> Value {
    match kind {
        FieldKind::Flag => json!({ "type": "boolean" }),
        FieldKind::Count => json!({ "type": "integer", "minimum": 0, "maximum": 999_999_999 }),
        FieldKind::Day => json!({ "type": "string", "format": "date" }),
        FieldKind::FuzzyDay => json!({ "type": "string", "pattern": "^\\d{4}(-\\d{2}(-\\d{2})?)?$" }),
        FieldKind::Quantity | FieldKind::QuantityOrZero | FieldKind::Limit | FieldKind::Rate => {
            json!({ "type": ["string", "number"] })
        }
        FieldKind::HsCode => json!({ "type": "string", "pattern": "^(\\d{2}){1,5}$" }),
        FieldKind::Choice(words) => json!({ "enum": names(words) }),
        FieldKind::Choices(words) => json!({ "type": "array", "items": { "enum": names(words) } }),
        FieldKind::Link(_) => json!({ "type": ["string", "integer"] }),
        FieldKind::Links(_) => json!({ "type": "array", "items": { "type": ["string", "integer"] } }),
        FieldKind::List(of) => json!({ "type": "array", "items": object(of.fields) }),
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Money
        | FieldKind::Unit
        | FieldKind::Currency
        | FieldKind::Country => json!({ "type": "string" }),
    }
}

fn names(words: &'static [Word]) -> Vec<&'static str> {
    words.iter().map(|word| word.word).collect()
}

fn about(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Quantity => "Above zero, at most nine digits and three decimals.",
        FieldKind::QuantityOrZero => "Zero or above, at most nine digits and three decimals.",
        FieldKind::Limit => "A quantity, or \"unlimited\"; left out where the letter does not say.",
        FieldKind::Rate => "Above zero, at most eight digits before and eight after the point.",
        FieldKind::Money => "Currency and amount, for example \"USD 1250.00\".",
        FieldKind::Unit => "A code of UN/CEFACT Rec 20, for example \"KGM\".",
        FieldKind::Currency => "A code of ISO 4217.",
        FieldKind::Country => "Two letters of ISO 3166-1.",
        FieldKind::FuzzyDay => "A day, or a month (2018-11), or a year where no more is known.",
        FieldKind::Link(_) => "The reference of the record.",
        FieldKind::Links(_) => "The references of the records.",
        _ => "",
    }
}
