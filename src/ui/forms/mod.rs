//! Forms: painted from the field catalogue, so that a new field or a new kind of record needs no painter of its own.

mod controls;
mod fields;
mod form;
mod links;
mod loose;
mod many;
mod paint;
mod paths;
mod rows;
#[cfg(test)]
mod tests;

pub use controls::{CURRENCIES, Codes, UNITS};
pub use form::{Form, Phase};
pub use loose::{Loose, loose_ui};
pub use many::{ManyForm, many_ui};
pub use paint::{FormAction, FormContext, form_ui};
