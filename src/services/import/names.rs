//! Finds the records that cells name: by reference, by title, by a name in another language.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use crate::domain::id::Id;
use crate::domain::record::{RecordKind, spec};
use crate::domain::schema::{FieldError, Problem, walk};
use crate::domain::text;
use crate::services::links;
use crate::store::{Db, StoreError, record};

/// What stands for a record that the same file adds, where nothing is written yet.
const ADDED: i64 = -1;

/// The most records of a kind of which the names in other languages are read.
const NAMES_READ: usize = 20_000;

/// The records of a kind by their folded names, each with its reference.
type Titles = HashMap<String, Vec<(Id, String)>>;

/// What was found so far.
#[derive(Default)]
pub(super) struct Names {
    found: HashMap<(&'static [RecordKind], String), i64>,
    titles: HashMap<RecordKind, Titles>,
    /// References that rows above added, folded, where the file is only looked at.
    added: HashSet<(RecordKind, String)>,
}

/// How many names are kept at once.
const MOST: usize = 100_000;

impl Names {
    /// Notes a record that a row adds, so that rows below can name it.
    pub fn add(&mut self, kind: RecordKind, reference: &str) {
        self.added.insert((kind, text::sort_key(reference)));
    }

    /// Turns each name in a draft into an id, in place; what is not found comes back.
    pub fn resolve(
        &mut self,
        db: &Db,
        kind: RecordKind,
        draft: &mut Map<String, Value>,
    ) -> Result<Vec<FieldError>, StoreError> {
        split_lists(db, kind, draft)?;
        let (mut errors, mut failure) = (Vec::new(), None);
        walk::for_each_link_mut(spec(kind).fields, draft, &mut |field, kinds, path, leaf| {
            let Some(name) = leaf.as_str().map(str::trim).filter(|name| !name.is_empty()) else { return };
            match self.find(db, kinds, name) {
                Ok(Ok(id)) => *leaf = Value::from(id),
                Ok(Err(problem)) => errors.push(FieldError::at(&path.to_string(), field.label, problem)),
                Err(error) => failure = Some(error),
            }
        });
        failure.map_or(Ok(errors), Err)
    }

    fn find(&mut self, db: &Db, kinds: &'static [RecordKind], name: &str) -> Result<Result<i64, Problem>, StoreError> {
        let key = (kinds, name.to_owned());
        if let Some(id) = self.found.get(&key) {
            return Ok(Ok(*id));
        }
        let found = self.look_for(db, kinds, name)?;
        if let Ok(id) = found
            && id != ADDED
        {
            if self.found.len() >= MOST {
                self.found.clear();
            }
            self.found.insert(key, id);
        }
        Ok(found)
    }

    fn look_for(
        &mut self,
        db: &Db,
        kinds: &'static [RecordKind],
        name: &str,
    ) -> Result<Result<i64, Problem>, StoreError> {
        let by_reference = links::find(db, kinds, name)?;
        let problem = match by_reference {
            Ok(id) => return Ok(Ok(id.0)),
            Err(problem) => problem,
        };
        if !matches!(problem, Problem::NoSuchRecord { .. }) {
            return Ok(Err(problem));
        }
        let key = text::sort_key(name);
        if kinds.iter().any(|kind| self.added.contains(&(*kind, key.clone()))) {
            return Ok(Ok(ADDED));
        }
        let mut called = Vec::new();
        for kind in kinds {
            called.extend(self.titles(db, *kind)?.get(&text::fold(name)).into_iter().flatten().cloned());
        }
        match called.as_slice() {
            [(id, _)] => return Ok(Ok(id.0)),
            [] => {}
            several => {
                let references: Vec<&str> = several.iter().take(5).map(|(_, reference)| reference.as_str()).collect();
                let rule = format!(
                    "“{name}” is the name of several records. Write one of the references: {}",
                    references.join(", ")
                );
                return Ok(Err(Problem::Rule(rule)));
            }
        }
        for part in parts(name) {
            if let Ok(id) = links::find(db, kinds, part)? {
                return Ok(Ok(id.0));
            }
        }
        Ok(Err(problem))
    }

    /// The records of a kind by their folded titles and their names in other languages.
    fn titles(&mut self, db: &Db, kind: RecordKind) -> Result<&Titles, StoreError> {
        match self.titles.entry(kind) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(free) => Ok(free.insert(titles(db, kind)?)),
        }
    }
}

fn titles(db: &Db, kind: RecordKind) -> Result<Titles, StoreError> {
    let choices = record::choices(db, kind)?;
    let others: Vec<&str> =
        spec(kind).fields.iter().map(|field| field.name).filter(|name| is_other_name(name)).collect();
    let reads = !others.is_empty() && choices.len() <= NAMES_READ;
    let mut titles = Titles::new();
    for (id, reference, title) in choices {
        let mut names = vec![text::fold(&title)];
        if reads && let Some(stored) = record::get(db, id)? {
            let other = |name: &&str| stored.image.get(*name).and_then(Value::as_str).map(text::fold);
            names.extend(others.iter().filter_map(other));
        }
        names.sort();
        names.dedup();
        for name in names.into_iter().filter(|name| !name.is_empty()) {
            titles.entry(name).or_default().push((id, reference.clone()));
        }
    }
    Ok(titles)
}

fn is_other_name(field: &str) -> bool {
    matches!(field, "name_ko" | "name_zh" | "title_ko" | "title_zh" | "p_code")
}

/// A reference with a name beside it: `ITM-1 Milk`, `ITM-1 (Milk)`, `Milk (ITM-1)`.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    let first = name.split_whitespace().next();
    let inside = name.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inside, _)| inside.trim());
    let before = name.split_once(['(', '–', '|']).map(|(before, _)| before.trim());
    [first, inside, before].into_iter().flatten().filter(move |part| !part.is_empty() && *part != name)
}

/// Several names of one cell with commas between them, where the whole is no name.
fn split_lists(db: &Db, kind: RecordKind, draft: &mut Map<String, Value>) -> Result<(), StoreError> {
    use crate::domain::schema::FieldKind;
    for field in spec(kind).fields {
        let FieldKind::Links(kinds) = field.kind else { continue };
        let Some(Value::Array(all)) = draft.get_mut(field.name) else { continue };
        if !all.iter().any(|one| one.as_str().is_some_and(|text| text.contains([',', '，']))) {
            continue;
        }
        let mut split = Vec::new();
        for one in all.drain(..) {
            let text = one.as_str().unwrap_or_default();
            if text.contains([',', '，']) && links::find(db, kinds, text)?.is_err() {
                split.extend(text.split([',', '，']).map(str::trim).filter(|part| !part.is_empty()).map(Value::from));
            } else {
                split.push(one);
            }
        }
        *all = split;
    }
    Ok(())
}
