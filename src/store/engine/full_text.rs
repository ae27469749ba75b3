//! The index of texts, which each engine has in its own words. SQLite has FTS5, and all of it that is used stands here.
//!
//! The texts come cut into words (`domain/search.rs`), so the engine only parts them at spaces: `ascii` takes every
//! character beyond ASCII for a letter, also those that are newer than the engine. The index keeps no copy of the texts
//! (`content=''`), only where each word stands (`detail=full`), without which no phrase could be asked.
//!
//! On PostgreSQL the same words stand in a table of place and `to_tsvector('simple', words)` under a GIN index; a phrase is
//! `a <-> b`, an unfinished word `a:*`, a phrase at the beginning is one whose first word stands at 1. Each function here is
//! one statement there.

use super::{Db, Param};
use crate::domain::search::{Phrase, Question};
use crate::store::StoreError;

/// Makes the index where it is missing. Beginnings of one and two characters are kept.
pub fn ensure(db: &Db) -> Result<(), StoreError> {
    db.execute_batch(
        "create virtual table if not exists search_text using fts5(body, content='', contentless_delete=1, \
         tokenize='ascii', prefix='1 2');",
    )
}

/// Whether the index is there. A file of an older format that is only read has none.
pub fn is_there(db: &Db) -> Result<bool, StoreError> {
    Ok(db.first("select 1 from sqlite_master where name = 'search_text'", &[], |row| row.int(0))?.is_some())
}

/// Puts texts in places that are empty.
pub fn put<'a>(db: &Db, texts: impl IntoIterator<Item = (i64, &'a str)>) -> Result<(), StoreError> {
    // One by one: before a statement of several rows SQLite makes the index write out what it holds in memory.
    let sql = "insert into search_text (rowid, body) values (:place, :text)";
    let mut rows = texts.into_iter();
    rows.try_for_each(|(place, text)| db.run(sql, &[(":place", place.into()), (":text", text.into())]).map(drop))
}

/// Empties a place.
pub fn delete(db: &Db, place: i64) -> Result<(), StoreError> {
    db.run("delete from search_text where rowid = :place", &[(":place", place.into())]).map(drop)
}

/// Empties the whole index.
pub fn clear(db: &Db) -> Result<(), StoreError> {
    db.execute_batch("insert into search_text (search_text) values ('delete-all');")
}

/// How many texts are kept.
pub fn count(db: &Db) -> Result<i64, StoreError> {
    Ok(db.first("select count(*) from search_text", &[], |row| row.int(0))?.unwrap_or_default())
}

/// The places whose texts answer a question, the highest first.
pub fn find(db: &Db, question: &Question) -> Result<Vec<i64>, StoreError> {
    if question.is_empty() {
        return Ok(Vec::new());
    }
    let parts: Vec<String> = question.parts.iter().map(|phrases| any_of(phrases)).collect();
    let sql = "select rowid from search_text where search_text match :question order by rowid desc";
    db.rows(sql, &[(":question", parts.join(" AND ").into())], |row| row.int(0))
}

/// Whether the text in a place begins with a phrase.
pub fn begins_with(db: &Db, place: i64, phrase: &Phrase) -> Result<bool, StoreError> {
    let params: [Param<'_>; 2] = [(":question", format!("^ {}", quoted(phrase)).into()), (":place", place.into())];
    let sql = "select 1 from search_text where search_text match :question and rowid = :place";
    Ok(db.first(sql, &params, |row| row.int(0))?.is_some())
}

fn any_of(phrases: &[Phrase]) -> String {
    let all: Vec<String> = phrases.iter().map(quoted).collect();
    format!("({})", all.join(" OR "))
}

/// A phrase in quotes: words hold letters and digits alone, so nothing in them is read as a sign.
fn quoted(phrase: &Phrase) -> String {
    let end = if phrase.goes_on { " *" } else { "" };
    format!("\"{}\"{end}", phrase.words.join(" "))
}
