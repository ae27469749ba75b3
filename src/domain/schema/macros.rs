//! `record!`: declares a record, or a row of one, together with its field catalogue.

/// Declares a struct and its `FIELDS`. Each line reads: name, type, label, what the field holds.
///
/// ```ignore
/// record! {
///     /// A dated public event that moved the field.
///     PolicyEvent {
///         title: String, "What happened" = Field::text().required();
///     }
/// }
/// ```
macro_rules! record {
    ($(#[$meta:meta])* $name:ident { $($field:ident: $ty:ty, $label:literal = $spec:expr;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $(#[doc = $label] pub $field: $ty,)+
        }

        impl $name {
            /// The field catalogue of this record or row.
            pub const FIELDS: &'static [$crate::domain::schema::Field] =
                &[$($spec.named(stringify!($field), $label),)+];
        }
    };
}
pub(crate) use record;
