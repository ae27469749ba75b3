//! Guesses what the columns of a file hold, from their headings in three languages and from HXL tags.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

use super::fields::{Aim, aims};
use super::heading::{Heading, Title, read_titles};
use super::plan::ColumnPlan;
use super::words::plain;
use crate::domain::record::RecordKind;

#[derive(Debug, Default, Deserialize)]
struct HeadingFile {
    fields: BTreeMap<String, Vec<String>>,
    kinds: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    words: BTreeMap<String, Vec<String>>,
    hxl: BTreeMap<String, Vec<String>>,
}

static FILE: LazyLock<HeadingFile> = LazyLock::new(|| {
    // The file is compiled in; a test proves that it can be read.
    toml::from_str(include_str!("../../../assets/import/headings.toml")).unwrap_or_default()
});

/// What the words of a heading can mean in one kind: the aim by its number, and how sure that is, of 100.
struct Lexicon {
    aims: Vec<Aim>,
    meanings: HashMap<String, Vec<(usize, u32)>>,
    /// Paths and labels to the letter.
    exact: HashMap<String, Vec<(usize, u32)>>,
}

static LEXICONS: LazyLock<HashMap<RecordKind, Lexicon>> =
    LazyLock::new(|| RecordKind::ALL.iter().map(|kind| (*kind, Lexicon::of(*kind))).collect());

/// The path or the label to the letter.
const BY_EXACT_PATH: u32 = 110;
const BY_EXACT_LABEL: u32 = 105;
/// The path itself, as a program writes it.
const BY_PATH: u32 = 100;
/// The label with its list, as the export writes it.
const BY_LABEL: u32 = 98;
/// A heading that means something of its own in this kind.
const BY_KIND: u32 = 92;
/// The field's own name or label.
const BY_NAME: u32 = 86;
/// What people write for the field; each that follows is a little less sure.
const BY_WORD: u32 = 70;
/// An HXL tag.
const BY_TAG: u32 = 60;
/// What a field in a list is behind one of the record itself, and what it is behind in a later list.
const IN_LIST: u32 = 2;
const IN_LATER_LIST: u32 = 9;
/// What a heading under a group is behind one that stands alone.
const UNDER_GROUP: u32 = 5;

impl Lexicon {
    fn of(kind: RecordKind) -> Self {
        let aims = aims(kind);
        let mut lexicon = Self { aims: Vec::new(), meanings: HashMap::new(), exact: HashMap::new() };
        let own = FILE.kinds.get(kind.word());
        let first_list = aims.iter().find_map(|aim| aim.lists.first().map(|list| list.name));
        for (at, aim) in aims.iter().enumerate() {
            let behind = match aim.lists.first() {
                None => 0,
                Some(list) if Some(list.name) == first_list || list.name == "lines" => IN_LIST,
                Some(_) => IN_LATER_LIST,
            };
            lexicon.exact.entry(aim.path.clone()).or_default().push((at, BY_EXACT_PATH));
            lexicon.exact.entry(aim.label.clone()).or_default().push((at, BY_EXACT_LABEL));
            lexicon.add(&aim.path, at, BY_PATH);
            lexicon.add(&aim.label, at, BY_LABEL);
            if aim.is_currency {
                let is_only = aims.iter().filter(|aim| aim.is_currency).count() == 1;
                if is_only {
                    lexicon.add("currency", at, BY_NAME);
                    FILE.fields.get("currency").into_iter().flatten().for_each(|word| lexicon.add(word, at, BY_WORD));
                }
                continue;
            }
            lexicon.add(aim.field.name, at, BY_NAME - behind);
            lexicon.add(aim.field.label, at, BY_NAME - behind);
            for word in own.and_then(|own| own.get(&aim.path)).into_iter().flatten() {
                lexicon.add(word, at, BY_KIND);
            }
            for (place, word) in (0_u32..).zip(FILE.fields.get(aim.field.name).into_iter().flatten()) {
                lexicon.add(word, at, (BY_WORD - behind).saturating_sub((place / 3).min(15)));
            }
        }
        lexicon.aims = aims;
        lexicon
    }

    fn add(&mut self, words: &str, aim: usize, sure: u32) {
        let key = plain(words);
        if !key.is_empty() {
            self.meanings.entry(key).or_default().push((aim, sure));
        }
    }

    /// Whether a field can stand under a group with words of its own: the group means it too (“Received” under “Quantity”,
    /// and not under “Value”), or it is of the same list (“Batch” under “Goods”).
    fn goes_under(&self, group: &[(usize, u32)], aim: usize) -> bool {
        let Some(own) = self.aims.get(aim) else { return false };
        let is_near = |of: &Aim| !of.lists.is_empty() && of.list_path() == own.list_path();
        let is_beside = |of: &Aim| is_near(of) && !super::cells::is_counted(of.field.kind);
        group.iter().any(|(over, _)| *over == aim || self.aims.get(*over).is_some_and(is_beside))
    }

    /// What the words of a heading can mean.
    fn words(&self, heading: &Heading) -> Vec<(usize, u32)> {
        let mut found = self.exact.get(&heading.whole).cloned().unwrap_or_default();
        for (words, less) in &heading.variants {
            for (aim, sure) in self.meanings.get(words).into_iter().flatten() {
                found.push((*aim, sure.saturating_sub(*less)));
            }
        }
        found
    }

    /// What a heading and a tag can mean.
    fn meanings(&self, heading: &Heading, tag: &str) -> Vec<(usize, u32)> {
        let mut found = self.words(heading);
        if let Some(parts) = &heading.parts {
            let group = self.words(&parts.group);
            let own = self.words(&parts.own).into_iter();
            let own = own.filter(|(aim, _)| !parts.group_is_known || self.goes_under(&group, *aim));
            found.extend(own.map(|(aim, sure)| (aim, sure.saturating_sub(UNDER_GROUP))));
        }
        for (place, name) in (0_u32..).zip(tag_fields(tag)) {
            let aims = self.aims.iter().enumerate().filter(|(_, aim)| aim.path == *name || aim.field.name == name);
            found.extend(aims.map(|(at, _)| (at, BY_TAG.saturating_sub(place * 3))));
        }
        found
    }
}

/// The fields that an HXL tag can mean: by itself, else by its hashtag and its first attribute.
fn tag_fields(tag: &str) -> Vec<String> {
    let tag: String = tag.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    if !tag.starts_with('#') {
        return Vec::new();
    }
    let mut shorter = tag.as_str();
    loop {
        if let Some(fields) = FILE.hxl.get(shorter) {
            return fields.clone();
        }
        match shorter.rsplit_once('+') {
            Some((front, _)) => shorter = front,
            None => return Vec::new(),
        }
    }
}

/// What the columns of a file hold if its rows are records of this kind, and how sure each is.
pub(super) fn guess(kind: RecordKind, titles: &[Title], tags: &[String]) -> (Vec<ColumnPlan>, Vec<u32>) {
    let headings: Vec<String> = titles.iter().map(Title::whole).collect();
    guess_read(kind, &headings, &read_titles(titles), tags)
}

fn guess_read(kind: RecordKind, headings: &[String], read: &[Heading], tags: &[String]) -> (Vec<ColumnPlan>, Vec<u32>) {
    let mut plans: Vec<ColumnPlan> =
        headings.iter().map(|heading| ColumnPlan { heading: heading.clone(), ..ColumnPlan::default() }).collect();
    let mut sure_of = vec![0; headings.len()];
    let Some(lexicon) = LEXICONS.get(&kind) else { return (plans, sure_of) };
    let mut found: Vec<(u32, usize, usize)> = Vec::new();
    for (column, heading) in read.iter().enumerate() {
        let tag = tags.get(column).map_or("", String::as_str);
        found.extend(lexicon.meanings(heading, tag).into_iter().map(|(aim, sure)| (sure, column, aim)));
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut taken = vec![false; lexicon.aims.len()];
    for (sure, column, aim) in found {
        let (Some(plan), Some(is_taken), Some(of)) = (plans.get_mut(column), taken.get_mut(aim), lexicon.aims.get(aim))
        else {
            continue;
        };
        // The second of two columns of one name holds something else, and nobody knows what.
        let earlier = headings.iter().take(column).map(|heading| plain(heading));
        let repeats = sure < BY_EXACT_LABEL
            && earlier.into_iter().any(|other| Some(other) == headings.get(column).map(|heading| plain(heading)));
        if plan.field.is_some() || *is_taken || repeats {
            continue;
        }
        *is_taken = true;
        plan.field = Some(of.path.clone());
        if let Some(heading) = read.get(column) {
            plan.currency.clone_from(&heading.currency);
            plan.unit.clone_from(&heading.unit);
            plan.dates = heading.dates;
        }
        if let Some(place) = sure_of.get_mut(column) {
            *place = sure;
        }
    }
    (plans, sure_of)
}

/// How many headings of a row mean something in any kind.
pub(super) fn recognised(row: &[String]) -> usize {
    row.iter().filter(|heading| is_known(&Heading::read(heading))).count()
}

/// The same of headings under groups.
pub(super) fn recognised_titles(titles: &[Title]) -> usize {
    read_titles(titles).iter().filter(|heading| is_known(heading)).count()
}

/// Whether a heading means something in any kind.
pub(super) fn is_known(heading: &Heading) -> bool {
    LEXICONS.values().any(|lexicon| !lexicon.meanings(heading, "").is_empty())
}

/// The kind that the rows most likely are, from the headings and from what the file and the sheet are called.
pub(super) fn guess_kind(titles: &[Title], tags: &[String], names: &[&str]) -> RecordKind {
    let names: Vec<String> = names.iter().map(|name| format!(" {} ", plain(name))).collect();
    let headings: Vec<String> = titles.iter().map(Title::whole).collect();
    let read = read_titles(titles);
    let mut best = (i64::MIN, RecordKind::Item);
    if recognised_titles(titles) == 0 && tags.iter().all(String::is_empty) {
        return best.1;
    }
    for kind in RecordKind::ALL {
        let (plans, sure) = guess_read(*kind, &headings, &read, tags);
        let Some(lexicon) = LEXICONS.get(kind) else { continue };
        let mut score: i64 = sure.iter().map(|sure| i64::from(*sure)).sum();
        let is_mapped = |aim: &Aim| plans.iter().any(|plan| plan.field.as_deref() == Some(aim.path.as_str()));
        let has_list = |list: &str| lexicon.aims.iter().any(|aim| aim.list_path() == list && is_mapped(aim));
        for aim in lexicon.aims.iter().filter(|aim| aim.is_needed() && !is_mapped(aim)) {
            // What a list needs counts only where the list is in the file at all.
            let is_needed = aim.lists.is_empty() || has_list(&aim.list_path());
            score -= if is_needed { 90 } else { 0 };
        }
        let called = FILE.words.get(kind.word()).into_iter().flatten().map(|word| plain(word));
        let called = called.chain([plain(kind.label()), plain(kind.plural())]);
        if called.into_iter().any(|word| names.iter().any(|name| is_called(name, &word))) {
            score += 220;
        }
        if score > best.0 {
            best = (score, *kind);
        }
    }
    best.1
}

/// Whether a name holds a word: as a whole word, or anywhere where the script has no spaces.
fn is_called(name: &str, word: &str) -> bool {
    if word.is_ascii() { name.contains(&format!(" {word} ")) } else { name.contains(word) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::import::plan::DateOrder;

    fn titles(headings: &[&str]) -> Vec<Title> {
        headings.iter().map(|&heading| Title::plain(heading.to_owned())).collect()
    }

    fn fields(kind: RecordKind, headings: &[&str]) -> Vec<Option<String>> {
        guess(kind, &titles(headings), &[]).0.into_iter().map(|plan| plan.field).collect()
    }

    fn some(paths: &[&str]) -> Vec<Option<String>> {
        paths.iter().map(|path| Some((*path).to_owned())).collect()
    }

    #[test]
    fn headings_are_known_in_three_languages() {
        let shipment = some(&["reference", "lines.item", "lines.quantity", "lines.unit"]);
        for headings in [
            ["Shipment No.", "Item", "Qty", "UoM"],
            ["선적번호", "품목", "수량", "단위"],
            ["货运编号", "品名", "数量", "单位"],
            ["reference", "lines.item", "lines.quantity", "lines.unit"],
            ["Reference", "Lines: Item", "Lines: Quantity", "Lines: Unit"],
            ["Shipment no / 货运编号", "품목 Item", "Quantity (수량)", "Unit*"],
        ] {
            assert_eq!(fields(RecordKind::Shipment, &headings), shipment, "{headings:?}");
        }
    }

    #[test]
    fn every_label_and_path_is_known_for_what_it_is() {
        for kind in RecordKind::ALL {
            let aims = aims(*kind);
            let labels: Vec<&str> = aims.iter().map(|aim| aim.label.as_str()).collect();
            let paths: Vec<&str> = aims.iter().map(|aim| aim.path.as_str()).collect();
            assert_eq!(fields(*kind, &paths), some(&paths), "{kind}");
            assert_eq!(fields(*kind, &labels), some(&paths), "{kind}");
        }
    }

    #[test]
    fn a_heading_says_currency_unit_and_order_of_dates() {
        let (plans, _) = guess(RecordKind::Expense, &titles(&["Amount (EUR)", "Paid on (dd/mm/yyyy)"]), &[]);
        assert_eq!((plans[0].field.as_deref(), plans[0].currency.as_deref()), (Some("amount"), Some("EUR")));
        assert_eq!((plans[1].field.as_deref(), plans[1].dates), (Some("on"), Some(DateOrder::DayFirst)));
        let (plans, _) = guess(RecordKind::Shipment, &titles(&["Lines: Value, USD", "Qty (kg)"]), &[]);
        assert_eq!((plans[0].field.as_deref(), plans[0].currency.as_deref()), (Some("lines.value"), Some("USD")));
        assert_eq!((plans[1].field.as_deref(), plans[1].unit.as_deref()), (Some("lines.quantity"), Some("KGM")));
    }

    #[test]
    fn the_kind_is_guessed_from_the_headings_and_from_the_name() {
        let kind = |headings: &[&str], name: &str| guess_kind(&titles(headings), &[], &[name]);
        assert_eq!(kind(&["Name", "Nationality", "Passport no", "Passport expiry"], "Sheet1"), RecordKind::Person);
        assert_eq!(kind(&["Fund", "Date", "Amount", "Description", "Voucher"], "cash book"), RecordKind::Expense);
        assert_eq!(kind(&["Item", "Quantity", "Unit", "Batch", "Expiry"], "Packing list 7"), RecordKind::Shipment);
        assert_eq!(kind(&["품명", "단위", "HS코드", "원산지"], "물품목록"), RecordKind::Item);
    }

    #[test]
    fn a_tag_helps_where_the_heading_says_nothing() {
        let (plans, _) =
            guess(RecordKind::Item, &titles(&["Spalte 1", "x"]), &["#item +name".to_owned(), "#status".to_owned()]);
        assert_eq!(plans[0].field.as_deref(), Some("name"));
        assert_eq!(plans[1].field, None);
    }

    #[test]
    fn a_heading_under_a_group_means_what_both_can_mean() {
        let under = |group: &str, own: &str| Title::under(group.to_owned(), own.to_owned());
        let fields = |kind: RecordKind, titles: &[Title]| -> Vec<Option<String>> {
            guess(kind, titles, &[]).0.into_iter().map(|plan| plan.field).collect()
        };
        let titles = [
            under("Item", ""),
            under("Quantity", "planned"),
            under("Quantity", "shipped"),
            under("Goods", "Batch"),
            under("Value", "EUR"),
        ];
        let found = fields(RecordKind::Shipment, &titles);
        let fields_of = |field: &str| Some(field.to_owned());
        assert_eq!(found[0], fields_of("lines.item"));
        assert_eq!(found[1..3], [None, fields_of("lines.quantity")], "what was planned is not what was shipped");
        assert_eq!(found[3..], [fields_of("lines.batch"), fields_of("lines.value")]);
        let (plans, _) = guess(RecordKind::Shipment, &titles, &[]);
        assert_eq!(plans[4].currency.as_deref(), Some("EUR"));
        let twice = [under("Quantity", "Received"), under("Value", "Received")];
        assert_eq!(fields(RecordKind::Receipt, &twice), [fields_of("lines.received"), None]);
        let other = [under("Value", "Received"), under("Damage", "Note")];
        assert_eq!(fields(RecordKind::Receipt, &other)[0], None, "a value that was received is no quantity");
        let unclear = [under("Planned", "Quantity"), under("Actual", "Quantity")];
        assert_eq!(fields(RecordKind::Shipment, &unclear), [None, None]);
    }
}
