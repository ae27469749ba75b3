//! Gazetteers: provinces, counties and cities with their P-codes, from a CSV file into sites.
//!
//! Two kinds of headings are read: those of the UN's common operational datasets (`admin1Name_en`, `admin1Pcode`,
//! `admin2Name_en` ..., or `ADM1_EN`, `ADM1_PCODE` ...), where a row names all levels, and plain ones (`pcode`, `name_en`,
//! `parent_pcode` ...), where a row names one place.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::perform::{Scribe, at_line, row_problem};
use super::session::{Intent, refusal, refusal_text};
use super::write::{Done, WriteError};
use crate::domain::id::Id;
use crate::domain::record::{RecordKind, SiteKind};
use crate::domain::schema::{FieldError, Problem};
use crate::domain::text;
use crate::store::{Db, StoreError, record};

impl Scribe<'_> {
    /// Places that are not there are added; of those that are, what is empty is filled.
    pub(super) fn load_gazetteer(&mut self, csv: &str) -> Result<Done, WriteError> {
        let places = read(csv).map_err(|problems| refusal("The gazetteer", problems))?;
        let db = self.db;
        let mut known = known(db)?;
        if is_there(db, &places, &known)? {
            let message = format!("Nothing to add: all {} places are there already", places.len());
            return Ok(Done { message, ..Done::default() });
        }
        let what = format!("Load {} places of a gazetteer", places.len());
        let mut session = self.begin(Intent { kind: "import", what, undoes: None })?;
        let (mut added, mut filled) = (0, 0);
        for place in &places {
            let at = |error| at_line(place.line, error);
            let there = known.get(&place.p_code).copied().or(place.taken(db)?);
            let before = there.map(|id| record::get(db, id)).transpose()?.flatten();
            let draft = place.draft(before.as_ref().map(|stored| &stored.image), &known);
            let image = session.image(RecordKind::Site, draft).map_err(at)?;
            let id = match (there, before) {
                (Some(id), Some(stored)) if stored.image == image => id,
                (Some(id), before) => {
                    if before.is_some() {
                        filled += 1;
                    } else {
                        added += 1;
                    }
                    session.put(RecordKind::Site, id, &image).map_err(at)?;
                    id
                }
                (None, _) => {
                    added += 1;
                    session.create(RecordKind::Site, image).map_err(at)?
                }
            };
            known.insert(place.p_code.clone(), id);
        }
        let touched = session.finish()?.touched;
        let kept = places.len() - added - filled;
        let message = format!("Added {added} places and filled {filled}; {kept} were there already");
        Ok(Done { message, touched, ..Done::default() })
    }
}

/// The text of a gazetteer's file.
pub(super) fn text_of(path: &std::path::Path) -> Result<String, WriteError> {
    let unread = |error| refusal_text("The gazetteer", &format!("{} cannot be read: {error}", path.display()));
    std::fs::read_to_string(path).map_err(unread)
}

/// A place of a gazetteer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// The line of the file, for messages.
    pub line: usize,
    /// Its P-code.
    pub p_code: String,
    /// The P-code of the place it lies in; empty for the first level.
    within: String,
    kind: Option<SiteKind>,
    country: String,
    name: String,
    name_ko: String,
    name_zh: String,
}

/// A row of the file by its headings, which are compared without case.
struct Row {
    line: usize,
    cells: BTreeMap<String, String>,
}

impl Row {
    fn get(&self, names: &[String]) -> String {
        let found = names.iter().find_map(|name| self.cells.get(&name.to_lowercase()).filter(|cell| !cell.is_empty()));
        found.cloned().unwrap_or_default()
    }

    /// The place of one level of a row that names all levels.
    fn of_level(&self, level: u8) -> Place {
        let code = |level: u8| self.get(&[format!("admin{level}Pcode"), format!("ADM{level}_PCODE")]);
        let name = |language: &str| {
            let upper = language.to_uppercase();
            self.get(&[format!("admin{level}Name_{language}"), format!("ADM{level}_{upper}")])
        };
        let kind = if level == 1 { SiteKind::Province } else { SiteKind::County };
        Place {
            line: self.line,
            p_code: code(level),
            within: if level > 1 { code(level - 1) } else { String::new() },
            kind: Some(kind),
            country: code(0),
            name: name("en"),
            name_ko: name("ko"),
            name_zh: [name("zh"), name("zh_cn")].into_iter().find(|name| !name.is_empty()).unwrap_or_default(),
        }
    }

    /// The place of a row that names one.
    fn plain(&self) -> Place {
        let get = |name: &str| self.get(&[name.to_owned()]);
        let first = get("level") == "1";
        let kind = match get("type").as_str() {
            "province" => Some(SiteKind::Province),
            "county" | "district" => Some(SiteKind::County),
            // A city of the first level is a province of its own.
            "city" => Some(if first { SiteKind::Province } else { SiteKind::City }),
            _ => None,
        };
        let p_code = get("pcode");
        let country = p_code.get(..2).unwrap_or_default().to_owned();
        Place {
            line: self.line,
            within: if first { String::new() } else { get("parent_pcode") },
            kind,
            country,
            name: get("name_en"),
            name_ko: get("name_ko"),
            name_zh: get("name_zh"),
            p_code,
        }
    }
}

/// Reads a gazetteer: each place once, those above before those in them. Every row that cannot be read is named.
pub(super) fn read(csv: &str) -> Result<Vec<Place>, Vec<FieldError>> {
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let headings: Vec<String> =
        reader.headers().map(|row| row.iter().map(|name| name.trim().to_lowercase()).collect()).unwrap_or_default();
    let has = |name: &str| headings.iter().any(|heading| heading == name);
    let levels = has("admin1pcode") || has("adm1_pcode");
    if !levels && !has("pcode") {
        let rule = "The first row must hold the column names: admin1Name_en, admin1Pcode, admin2Name_en, admin2Pcode, or pcode, name_en, parent_pcode";
        return Err(vec![row_problem(1, "admin1Pcode", Problem::Rule(rule.to_owned()))]);
    }
    let (mut places, mut problems) = (BTreeMap::new(), Vec::new());
    for row in reader.records() {
        let position = row.as_ref().map_or_else(|error| error.position(), |row| row.position());
        let line = position.and_then(|at| usize::try_from(at.line()).ok()).unwrap_or(0);
        match row {
            Ok(row) => {
                let cells = headings.iter().cloned().zip(row.iter().map(|cell| cell.trim().to_owned())).collect();
                take(&Row { line, cells }, levels, &mut places, &mut problems);
            }
            Err(error) => problems.push(row_problem(line, "row", Problem::Rule(error.to_string()))),
        }
    }
    if problems.is_empty() { Ok(places.into_values().collect()) } else { Err(problems) }
}

/// Takes the places of a row; those above come first because their codes are shorter.
fn take(row: &Row, levels: bool, places: &mut BTreeMap<(usize, String), Place>, problems: &mut Vec<FieldError>) {
    let found: Vec<Place> = if levels {
        let named = |place: &Place| !place.p_code.is_empty() || !place.name.is_empty();
        [1, 2, 3].map(|level| row.of_level(level)).into_iter().filter(named).collect()
    } else {
        vec![row.plain()]
    };
    if found.is_empty() {
        problems.push(row_problem(row.line, "admin1Pcode", Problem::Missing));
    }
    for place in found {
        let mut refuse = |column: &str, rule: &str| {
            problems.push(row_problem(row.line, column, Problem::Rule(rule.to_owned())));
        };
        let sound = place.p_code.len() > 2
            && place.p_code.get(..2).is_some_and(|country| country.chars().all(|c| c.is_ascii_uppercase()))
            && place.p_code.chars().all(|c| c.is_ascii_alphanumeric());
        if !sound {
            let rule = format!(
                "“{}” is not a P-code. It is the country's two letters and digits, for example KP01",
                place.p_code
            );
            refuse("P-code", &rule);
        } else if place.name.is_empty() {
            refuse("name", "The name in English is missing");
        } else {
            places.entry((place.p_code.len(), place.p_code.clone())).or_insert(place);
        }
    }
}

/// The sites that bear a P-code, by it.
pub(super) fn known(db: &Db) -> Result<BTreeMap<String, Id>, StoreError> {
    let mut known = BTreeMap::new();
    for id in record::all_ids(db, RecordKind::Site)? {
        let Some(stored) = record::get(db, id)? else { continue };
        let code = stored.image.get("p_code").and_then(Value::as_str).unwrap_or_default().to_owned();
        if !code.is_empty() {
            known.entry(code).or_insert(id);
        }
    }
    Ok(known)
}

/// Whether every place is there with everything the gazetteer says of it.
pub(super) fn is_there(db: &Db, places: &[Place], known: &BTreeMap<String, Id>) -> Result<bool, StoreError> {
    for place in places {
        let stored = known.get(&place.p_code).map(|id| record::get(db, *id)).transpose()?.flatten();
        if stored.is_none_or(|stored| place.draft(Some(&stored.image), known) != stored.image) {
            return Ok(false);
        }
    }
    Ok(true)
}

impl Place {
    /// What a site of this place says. What stands there already stays.
    pub fn draft(&self, before: Option<&Map<String, Value>>, known: &BTreeMap<String, Id>) -> Map<String, Value> {
        let mut draft = before.cloned().unwrap_or_default();
        let country = self.country.get(..2).unwrap_or_default();
        let within = known.get(&self.within).map_or(Value::Null, |id| Value::from(id.0));
        let reference = if before.is_none() { json!(self.p_code) } else { Value::Null };
        for (field, value) in [
            ("reference", reference),
            ("name", json!(self.name)),
            ("name_ko", json!(self.name_ko)),
            ("name_zh", json!(self.name_zh)),
            ("kind", self.kind.map_or(Value::Null, |kind| json!(kind.word()))),
            ("country", json!(country)),
            ("p_code", json!(self.p_code)),
            ("within", within),
        ] {
            let empty = value.is_null() || value.as_str().is_some_and(str::is_empty);
            let there = draft.get(field).is_some_and(|old| !old.is_null() && old.as_str() != Some(""));
            if !empty && !there {
                draft.insert(field.to_owned(), value);
            }
        }
        draft
    }

    /// Whether a site by this code, of another place, stands in the way.
    pub fn taken(&self, db: &Db) -> Result<Option<Id>, StoreError> {
        record::find(db, RecordKind::Site, &text::sort_key(&self.p_code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_of_headings_give_the_same_places_once_and_those_above_first() {
        let levels = "\u{feff}admin0Pcode,admin1Name_en,admin1Name_ko,admin1Pcode,admin2Name_en,admin2Name_ko,admin2Pcode\nKP,Ryanggang,량강도,KP01,Samsu,삼수군,KP0102\nKP,Ryanggang,량강도,KP01,Pochon,보천군,KP0106\n";
        let plain = "pcode,level,type,name_en,name_ko,parent_pcode\nKP0102,2,county,Samsu,삼수군,KP01\nKP01,1,province,Ryanggang,량강도,KP\nKP0106,2,county,Pochon,보천군,KP01\n";
        let places = |csv| read(csv).unwrap().into_iter().map(|place| Place { line: 0, ..place }).collect::<Vec<_>>();
        assert_eq!(places(levels), places(plain));
        let codes: Vec<String> = places(levels).into_iter().map(|place| place.p_code).collect();
        assert_eq!(codes, ["KP01", "KP0102", "KP0106"]);
    }

    #[test]
    fn bad_rows_are_named_by_their_line() {
        for (csv, part) in [
            ("name\nX\n", "Line 1, admin1Pcode: The first row must hold the column names"),
            ("pcode,name_en\nKP01,Ryanggang\n01,Nowhere\n", "Line 3, P-code: “01” is not a P-code"),
            ("pcode,name_en\nKP01,\n", "Line 2, name: The name in English is missing"),
            ("ADM1_EN,ADM1_PCODE\n,\n", "Line 2, admin1Pcode: This is needed"),
            ("pcode,name_en\nKP01,A,B\n", "Line 2, row"),
        ] {
            let said = read(csv).unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
            assert!(said.contains(part), "{said}");
        }
    }
}
