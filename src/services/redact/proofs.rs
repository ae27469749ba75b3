//! By which forms a file is searched for what was taken out, and what cannot be looked for because it stands elsewhere with
//! another meaning.

use std::collections::{BTreeMap, BTreeSet};

use super::normal::{Finder, is_telling, normal};
use super::terms::{Terms, is_short_word};
use super::{LEFT_OUT, Removed, Why, prices};
use crate::domain::document::{Cell, Document};
use crate::domain::record::Withheld;
use crate::formats::text;

/// Words that the pages say themselves, in letters as a short value could have them.
const FRAME: &[&str] = &["Page", "As", "Cut", "All", "In", "Of", "No", "HXL"];

/// What was taken out, with the forms in which a file is searched for it.
pub(super) fn of(taken: BTreeMap<(Why, String), usize>, terms: &Terms, left: &Document) -> Vec<Removed> {
    let mut names: BTreeMap<(Why, &str), Vec<&String>> = BTreeMap::new();
    for term in &terms.found {
        names.entry((term.why, term.value.as_str())).or_default().push(&term.normal);
    }
    let of = |((why, value), times): ((Why, String), usize)| {
        let forms = match (why, prices::of_text(&value)) {
            (Why::Withheld(Withheld::Prices), Some(money)) => prices::forms(&money),
            // Without a currency it is a figure like others.
            (Why::Withheld(Withheld::Prices), None) => Vec::new(),
            _ => {
                let own = normal(&value);
                let all = names.get(&(why, value.as_str())).into_iter().flatten().map(|form| (*form).clone());
                let all: BTreeSet<String> = all.chain([own]).collect();
                all.into_iter().filter(|form| is_telling(form) && !terms.kept().contains(form)).collect()
            }
        };
        Removed { why, value, times, forms, as_word: false }
    };
    let all = taken.into_iter().filter(|((_, value), _)| !value.is_empty() && value != LEFT_OUT);
    let mut removed: Vec<Removed> = all.map(of).collect();
    let standing = standing(&removed, left);
    for price in removed.iter_mut().filter(|removed| removed.why == Why::Withheld(Withheld::Prices)) {
        price.forms.retain(|form| !standing.contains(form));
    }
    as_words(&mut removed, terms, left);
    removed
}

/// Short values, and parts of names, as words: they can be looked for where their very letters stand nowhere in what is left.
fn as_words(removed: &mut [Removed], terms: &Terms, left: &Document) {
    let is_alone = |one: &Removed| terms.parts.contains(&normal(&one.value));
    if !removed.iter().any(|one| one.forms.is_empty() || is_alone(one)) {
        return;
    }
    let left = text::write(left);
    let folded = normal(&left);
    let words: BTreeSet<&str> = left.split(|letter: char| !letter.is_alphanumeric()).collect();
    for one in removed {
        if is_alone(one) && Finder::new(&one.forms).is_none_or(|finder| !finder.all(&folded).is_empty()) {
            one.forms.clear();
        }
        let value = one.value.as_str();
        one.as_word = one.forms.is_empty()
            && one.why != Why::Withheld(Withheld::Prices)
            && is_short_word(value)
            && !terms.kept().contains(&normal(value))
            && !words.contains(value)
            && !FRAME.contains(&value);
    }
}

/// Forms of prices that stay in the document as figures with another meaning: the two cannot be told apart in a file.
fn standing(removed: &[Removed], document: &Document) -> BTreeSet<String> {
    let prices = removed.iter().filter(|removed| removed.why == Why::Withheld(Withheld::Prices));
    let forms: Vec<String> = prices.flat_map(|price| price.forms.iter().cloned()).collect();
    let (Some(finder), false) = (Finder::new(&forms), forms.is_empty()) else { return BTreeSet::new() };
    let mut figures = Vec::new();
    for cell in document.tables().flat_map(|table| table.rows.iter().chain([&table.totals])).flatten() {
        match cell {
            Cell::Count(_) | Cell::Quantity(_) | Cell::PerMille(_) | Cell::Rate(_) => {
                let words = cell.words();
                figures.push(normal(&words.replace(',', "")));
                figures.push(normal(&words));
            }
            Cell::Text(text) if text.bytes().any(|byte| byte.is_ascii_digit()) => figures.push(normal(text)),
            _ => {}
        }
    }
    // A letter between the figures, so that no two of them are taken for one.
    let figures = figures.join(" x ");
    finder.all(&figures).into_iter().filter_map(|(form, ..)| forms.get(form).cloned()).collect()
}
