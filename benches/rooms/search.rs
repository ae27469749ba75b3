//! Search over everything: 200 questions of one to three words, as somebody types them.

use corridor::services::Query;

use super::{Visit, open};
use crate::report::Bound;
use crate::{generate, measure};

/// How many records of each kind are shown.
const SHOWN: usize = 8;

pub fn visit(visit: &mut Visit<'_>) {
    let workspace = open(&visit.made.path);
    let shipments = visit.lines / 20;
    let question = |run: usize| {
        let at = run * 7919 % shipments;
        match run % 5 {
            0 => format!("S-{at}"),
            1 => format!("consignment {at}"),
            2 => format!("B{at}"),
            3 => format!("item {}", at % 200),
            _ => format!("busan nampo {at}"),
        }
    };
    let mut times = measure::all(250, |run| {
        let query = Query::Search { text: question(run), as_of: generate::today(), limit_per_kind: SHOWN };
        workspace.answer(&query).expect("search");
    });
    let median = measure::at(&mut times, 0.5);
    visit.report.alone("Search, one to three words: median", Bound::None, visit.lines, median);
    let most = measure::at(&mut times, 0.99);
    visit.report.alone("Search, one to three words: 99 of 100", Bound::Millis(25.0), visit.lines, most);
}
