//! Records laid flat: every field of a kind and of its lists as a column with a path and a heading. What an export writes and an
//! import looks for are these, so that a list that goes out comes back in.

use super::{Field, FieldKind};

/// A field as a column of a flat table.
#[derive(Debug, Clone)]
pub struct FlatField {
    /// Its path: `lines.quantity`.
    pub path: String,
    /// Its heading: `Lines: Quantity`.
    pub label: String,
    /// The lists on the way, outermost first.
    pub lists: Vec<&'static Field>,
    /// The field.
    pub field: &'static Field,
}

/// Every field, in the order of the form.
#[must_use]
pub fn flat(fields: &'static [Field]) -> Vec<FlatField> {
    let mut all = Vec::new();
    collect(fields, &mut Vec::new(), &mut all);
    all
}

fn collect(fields: &'static [Field], lists: &mut Vec<&'static Field>, all: &mut Vec<FlatField>) {
    for field in fields {
        if let FieldKind::List(of) = field.kind {
            lists.push(field);
            collect(of.fields, lists, all);
            lists.pop();
            continue;
        }
        let on_the_way = |between: &str, name: fn(&Field) -> &'static str| {
            let names = lists.iter().map(|list| name(list)).chain([name(field)]);
            names.collect::<Vec<_>>().join(between)
        };
        all.push(FlatField {
            path: on_the_way(".", |field| field.name),
            label: on_the_way(": ", |field| field.label),
            lists: lists.clone(),
            field,
        });
    }
}
