//! What a column can fill: every field of a kind and of its lists, by its path, and how each is named for people.

use crate::domain::record::{RecordKind, spec};
use crate::domain::schema::flat::{FlatField, flat};
use crate::domain::schema::{Field, FieldKind};

/// One thing that a column can fill.
#[derive(Debug, Clone)]
pub struct Aim {
    /// Its path: `name`, `lines.quantity`; `amount.currency` for the currency of an amount.
    pub path: String,
    /// Its name for people: `Name`, `Lines: Quantity`.
    pub label: String,
    /// The lists on the way, outermost first.
    pub lists: Vec<&'static Field>,
    /// The field itself.
    pub field: &'static Field,
    /// Whether the column holds only the currency of that field's amounts.
    pub is_currency: bool,
}

impl Aim {
    /// The path of the list that holds it; empty for a field of the record itself.
    #[must_use]
    pub fn list_path(&self) -> String {
        self.lists.iter().map(|list| list.name).collect::<Vec<_>>().join(".")
    }

    /// Whether it is needed: of its record, or of its row where there is one.
    #[must_use]
    pub const fn is_needed(&self) -> bool {
        self.field.required && !self.is_currency
    }
}

/// Everything that a column can fill in records of a kind, in the order of the form.
#[must_use]
pub fn aims(kind: RecordKind) -> Vec<Aim> {
    let of = |FlatField { path, label, lists, field }: FlatField| {
        let currency = matches!(field.kind, FieldKind::Money).then(|| Aim {
            path: format!("{path}.currency"),
            label: format!("{label}, currency"),
            lists: lists.clone(),
            field,
            is_currency: true,
        });
        std::iter::once(Aim { path, label, lists, field, is_currency: false }).chain(currency)
    };
    flat(spec(kind).fields).into_iter().flat_map(of).collect()
}

/// The aim with this path.
#[must_use]
pub fn find<'a>(aims: &'a [Aim], path: &str) -> Option<&'a Aim> {
    aims.iter().find(|aim| aim.path == path)
}

/// What a field takes, in words, for the one who has to mend a value.
#[must_use]
pub fn expected(field: &Field) -> String {
    match field.kind {
        FieldKind::Text | FieldKind::LongText => "text".to_owned(),
        FieldKind::Flag => "yes or no".to_owned(),
        FieldKind::Day => "a day, for example 2026-03-31".to_owned(),
        FieldKind::FuzzyDay => "a day, a month or a year, for example 2026-03-31 or 2026-03".to_owned(),
        FieldKind::Quantity => "a number above zero with at most three decimals".to_owned(),
        FieldKind::QuantityOrZero => "a number of zero or above with at most three decimals".to_owned(),
        FieldKind::Count => "a whole number".to_owned(),
        FieldKind::Money => "an amount with its currency, for example USD 1,250.00".to_owned(),
        FieldKind::Rate => "an exchange rate, for example 1.08".to_owned(),
        FieldKind::Limit => "a number, or unlimited".to_owned(),
        FieldKind::Choice(words) | FieldKind::Choices(words) => {
            let labels: Vec<&str> = words.iter().map(|word| word.label).collect();
            format!("one of: {}", labels.join(", "))
        }
        FieldKind::Link(kinds) | FieldKind::Links(kinds) => {
            let kinds: Vec<String> = kinds.iter().map(|kind| kind.label().to_lowercase()).collect();
            format!("the reference or the exact name of a record: {}", kinds.join(", "))
        }
        FieldKind::Unit => "a unit, for example KGM, kg, piece or tablet".to_owned(),
        FieldKind::Currency => "a currency, for example USD".to_owned(),
        FieldKind::Country => "a country, for example KP or DPR Korea".to_owned(),
        FieldKind::HsCode => "an HS code of 2, 4, 6, 8 or 10 digits".to_owned(),
        FieldKind::List(_) => "rows".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_every_kind_has_one_path_of_its_own() {
        for kind in RecordKind::ALL {
            let mut paths: Vec<String> = aims(*kind).into_iter().map(|aim| aim.path).collect();
            let count = paths.len();
            paths.sort();
            paths.dedup();
            assert_eq!(paths.len(), count, "{kind}");
        }
        let shipment = aims(RecordKind::Shipment);
        assert_eq!(find(&shipment, "lines.quantity").map(|aim| aim.label.as_str()), Some("Lines: Quantity"));
        assert!(find(&shipment, "lines.value.currency").is_some_and(|aim| aim.is_currency));
    }
}
