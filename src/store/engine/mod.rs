//! The seam between the store and its database engine: values, rows and statements, and nothing that only one engine has.
//!
//! Statements use `:name`. SQLite takes them as they are; for PostgreSQL [`placeholders`] rewrites them once.

pub mod full_text;
mod many;
pub mod placeholders;
mod rest;
pub mod sqlite;

use std::borrow::Cow;

use super::StoreError;
use crate::domain::id::Id;

pub use sqlite::{Db, Interrupter};

/// A value on its way into a statement.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// Text.
    Text(Cow<'a, str>),
    /// Bytes.
    Blob(&'a [u8]),
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<bool> for Value<'_> {
    fn from(flag: bool) -> Self {
        Self::Int(i64::from(flag))
    }
}

impl From<Id> for Value<'_> {
    fn from(id: Id) -> Self {
        Self::Int(id.0)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a> From<&'a [u8]> for Value<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self::Blob(bytes)
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A value and the name by which a statement asks for it, colon included.
pub type Param<'a> = (&'static str, Value<'a>);

/// What a statement's result row is turned into.
pub type RowResult<T> = Result<T, StoreError>;
