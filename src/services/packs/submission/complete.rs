//! What is missing in a request before it is sent, and words that leave open what is asked for.

use super::filing::Filing;
use crate::domain::wording;
use crate::services::packs::{Gap, GapKind};

/// Something that has to be there.
pub(super) fn need(gaps: &mut Vec<Gap>, there: bool, about: &str, what: &str) {
    if !there {
        gaps.push(Gap::missing(about, what));
    }
}

/// What every line needs: its amount, its words, its code; a value and a supplier where the authority asks for them.
pub(super) fn lines(filing: &Filing<'_>, also: &[Also], gaps: &mut Vec<Gap>) {
    need(gaps, !filing.request.lines.is_empty(), "Goods", "No goods are asked for. Write the lines of the request");
    for (line, item) in filing.lines() {
        let about = format!("Line {}", line.number.unwrap_or_default());
        let name = if line.description.is_empty() { &item.name } else { &line.description };
        let mut missing: Vec<&str> = Vec::new();
        let mut want = |there: bool, what: &'static str| {
            if !there {
                missing.push(what);
            }
        };
        want(line.quantity.is_some(), "a quantity");
        want(!item.specification.is_empty(), "a specification");
        want(item.hs_code.is_some(), "an HS code");
        for one in also {
            match one {
                Also::Value => want(line.value.is_some(), "a value"),
                Also::Supplier => want(line.supplier.is_some() || !item.manufacturer.is_empty(), "a supplier or maker"),
                Also::Origin => want(item.origin.is_some(), "a country of origin"),
                Also::Eccn => want(!item.eccn.is_empty(), "an ECCN"),
            }
        }
        if !missing.is_empty() {
            gaps.push(Gap::missing(about, format!("{name}: {} is not written down", missing.join(", "))));
        }
    }
}

/// What some authorities want of a line beside its amount and its codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Also {
    Value,
    Supplier,
    Origin,
    Eccn,
}

/// Words that leave open what is asked for, field by field.
pub(super) fn wording(filing: &Filing<'_>, gaps: &mut Vec<Gap>) {
    let request = &filing.request;
    let mut texts: Vec<(String, &str)> = vec![
        ("Title of the matter".to_owned(), &filing.matter.title),
        ("1. Nature of the assistance".to_owned(), &request.nature),
        ("2. How recipients were chosen".to_owned(), &request.selection_criteria),
        ("3. Why permission is needed".to_owned(), &request.reason),
        ("10. Measures against diversion".to_owned(), &request.diversion_plan),
    ];
    for (line, item) in filing.lines() {
        let about = format!("Line {}", line.number.unwrap_or_default());
        for text in [&line.description, &line.purpose, &item.name, &item.specification] {
            texts.push((about.clone(), text));
        }
    }
    texts.extend(request.transfers.iter().map(|one| ("5. Planned transfers".to_owned(), one.what.as_str())));
    texts.extend(request.transactions.iter().map(|one| ("8. Payments".to_owned(), one.purpose.as_str())));
    let mut told: Vec<(String, &str)> = Vec::new();
    for (about, text) in texts {
        for phrase in wording::loose(text) {
            if told.contains(&(about.clone(), phrase)) {
                continue;
            }
            told.push((about.clone(), phrase));
            let what = format!("“{phrase}” leaves open what is asked for. Name it, or leave it out");
            gaps.push(Gap { kind: GapKind::Wording, about: about.clone(), what });
        }
    }
}
