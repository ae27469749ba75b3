//! Search over everything: groups by kind with exact counts, and for the few that are shown where they hold the words.

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization as _;

use crate::domain::id::Id;
use crate::domain::record::{RecordKind, spec};
use crate::domain::schema::walk;
use crate::domain::search::Question;
use crate::domain::{status, text};
use crate::services::Failure;
use crate::store::{Db, StoreError, list, record, search};

/// How many characters of a long text stand before the first word that was found, and in all.
const BEFORE: usize = 30;
/// How many characters of a long text are shown.
const SHOWN: usize = 110;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SearchResults {
    /// What was asked, as it was typed.
    pub text: String,
    /// How many records hold the words.
    pub total: usize,
    /// The records by kind. A kind with just this reference comes first, then those that people look for most.
    pub groups: Vec<SearchGroup>,
}

/// What was found of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchGroup {
    /// The kind.
    pub kind: RecordKind,
    /// How many records of it hold the words.
    pub total: usize,
    /// The first of them: just this reference, references that begin so, then the newest.
    pub hits: Vec<SearchHit>,
}

/// A record that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchHit {
    /// The record.
    pub id: Id,
    /// Its reference.
    pub reference: Marked,
    /// Its title.
    pub title: Marked,
    /// Its status, who filed it and what it belongs to, in a line.
    pub context: String,
    /// Where else it holds the words: the label of the field, and a piece of its text.
    pub found_in: Option<(String, Marked)>,
    /// Whether it bears just the reference that was typed.
    pub is_exact: bool,
}

/// A text with the places where it holds what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marked {
    /// The text.
    pub text: String,
    /// Ranges of bytes, in order.
    pub marks: Vec<Range<usize>>,
}

impl Marked {
    /// Its pieces in order, each with whether it is marked.
    pub fn parts(&self) -> impl Iterator<Item = (&str, bool)> {
        let gaps = self.marks.iter().scan(0, |at, mark| {
            let before = *at..mark.start;
            *at = mark.end;
            Some([(before, false), (mark.clone(), true)])
        });
        let end = self.marks.last().map_or(0, |mark| mark.end);
        let all = gaps.flatten().chain([(end..self.text.len(), false)]);
        all.filter_map(|(range, is_marked)| Some((self.text.get(range)?, is_marked)))
            .filter(|(part, _)| !part.is_empty())
    }

    fn new(text: &str, question: &Question) -> Self {
        // Composed, so that each mark covers whole letters.
        let text: String = text.nfc().collect();
        Self { marks: question.marks(&text), text }
    }

    /// The piece around the first mark, on one line.
    fn piece(text: &str, question: &Question) -> Self {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let whole = Self::new(&line, question);
        if whole.text.chars().count() <= SHOWN {
            return whole;
        }
        let first = whole.marks.first().map_or(0, |mark| mark.start);
        let start = whole.text[..first].char_indices().rev().take(BEFORE).last().map_or(0, |(at, _)| at);
        let end = whole.text[start..].char_indices().nth(SHOWN).map_or(whole.text.len(), |(at, _)| start + at);
        let before = if start > 0 { "…" } else { "" };
        let after = if end < whole.text.len() { "…" } else { "" };
        Self::new(&format!("{before}{}{after}", &whole.text[start..end]), question)
    }
}

/// How much of a reference must be typed before it counts as one.
const KEY_LEAST: usize = 2;

/// The order in which kinds are shown; the rest follows in the order of the vocabulary.
const FIRST: [RecordKind; 12] = [
    RecordKind::Request,
    RecordKind::Shipment,
    RecordKind::Permission,
    RecordKind::Matter,
    RecordKind::Person,
    RecordKind::Item,
    RecordKind::Trip,
    RecordKind::Party,
    RecordKind::Project,
    RecordKind::Fund,
    RecordKind::Decision,
    RecordKind::Note,
];

/// Answers a search.
pub(super) fn search(db: &Db, typed: &str, on: NaiveDate, limit: usize) -> Result<SearchResults, Failure> {
    let question = Question::read(typed);
    if question.is_empty() {
        return Ok(SearchResults { text: typed.to_owned(), ..SearchResults::default() });
    }
    if !search::is_there(db)? {
        return Err(Failure::Other(
            "This file is of an older format and was not prepared for search. Open it once for writing".to_owned(),
        ));
    }
    let found = search::find(db, &question)?;
    let key = text::sort_key(typed.trim());
    let mut groups = Vec::new();
    for (kind, places) in &found {
        let exact = record::find(db, *kind, &key)?;
        let ids = first_ids(db, *kind, &key, places, limit)?;
        let hits = ids.into_iter().filter_map(|id| hit(db, id, &question, on, exact == Some(id)).transpose());
        groups.push(SearchGroup { kind: *kind, total: places.len(), hits: hits.collect::<Result<_, _>>()? });
    }
    groups.sort_by_key(|group| (!group.hits.iter().any(|hit| hit.is_exact), rank(group.kind)));
    Ok(SearchResults { text: typed.to_owned(), total: found.values().map(Vec::len).sum(), groups })
}

/// The records of a kind that hold the words of a text; none where nothing is asked.
pub(super) fn ids_of(db: &Db, kind: RecordKind, typed: &str) -> Result<Vec<Id>, StoreError> {
    let question = Question::read(typed);
    if question.is_empty() || !search::is_there(db)? {
        return Ok(Vec::new());
    }
    let places = search::find(db, &question)?.remove(&kind).unwrap_or_default();
    search::records_at(db, &places)
}

fn rank(kind: RecordKind) -> usize {
    let later = || FIRST.len() + RecordKind::ALL.iter().position(|other| *other == kind).unwrap_or_default();
    FIRST.iter().position(|other| *other == kind).unwrap_or_else(later)
}

/// The records to show of a kind: those whose reference begins with what was typed, just this one before them, then the
/// newest. The key takes a number as a whole, so `S-49` begins `S-49/D1` and not `S-490`.
fn first_ids(db: &Db, kind: RecordKind, key: &str, places: &[i64], limit: usize) -> Result<Vec<Id>, StoreError> {
    let most = i64::try_from(limit.min(places.len())).unwrap_or(i64::MAX);
    let mut ids = if key.len() < KEY_LEAST { Vec::new() } else { search::by_reference(db, kind, key, most)? };
    let mut seen: BTreeSet<Id> = ids.iter().copied().collect();
    for place in places {
        if ids.len() >= limit {
            break;
        }
        ids.extend(search::record_at(db, *place)?.filter(|id| seen.insert(*id)));
    }
    Ok(ids)
}

fn hit(db: &Db, id: Id, question: &Question, on: NaiveDate, is_exact: bool) -> Result<Option<SearchHit>, StoreError> {
    let (Some(row), Some(stored)) = (list::row(db, id, on)?, record::get(db, id)?) else { return Ok(None) };
    let shown = question.parts_in(&format!("{}\n{}", row.reference, row.title));
    let fields = walk::labelled_text(spec(stored.head.kind).fields, &stored.image);
    let elsewhere = fields.iter().filter(|(_, text)| *text != row.reference && *text != row.title);
    let best = elsewhere.map(|(label, text)| (question.parts_in(text), *label, text)).filter(|(parts, ..)| *parts > 0);
    let best = best.fold(None, |best: Option<(usize, &str, &String)>, next| match best {
        Some(best) if best.0 >= next.0 => Some(best),
        _ => Some(next),
    });
    let found_in = best
        .filter(|_| shown < question.parts.len())
        .map(|(_, label, text)| (label.to_owned(), Marked::piece(text, question)));
    let status = row.status.as_ref().map(|status| status::label(&status.headline));
    let parent = row.parent.filter(|parent| *parent != row.reference);
    let context = [status, Some(row.applicant), parent.map(|parent| format!("of {parent}")), Some(row.dated)];
    let context: Vec<String> = context.into_iter().flatten().filter(|text| !text.is_empty()).collect();
    Ok(Some(SearchHit {
        id,
        reference: Marked::new(&row.reference, question),
        title: Marked::new(&row.title, question),
        context: context.join(" · "),
        found_in,
        is_exact,
    }))
}
