//! The overview of today and of past days.

use corridor::services::Query;
use corridor::services::queries::Sources;

use super::{Visit, open};
use crate::report::Bound;
use crate::{generate, measure};

/// The overview of today.
pub fn today() -> Query {
    Query::Overview { as_of: generate::today(), sources: Sources::Both }
}

pub fn visit(visit: &mut Visit<'_>) {
    let workspace = open(&visit.made.path);
    let answer = |query: &Query| {
        workspace.answer(query).expect("overview");
    };
    let millis = measure::median(|| answer(&today()));
    visit.report.alone("Overview, today", Bound::Millis(5.0), visit.lines, millis);
    // Two hundred days of all years, each once.
    let past = measure::p99(200, |run| {
        let as_of = generate::on(run * 31, 0).parse().expect("day");
        answer(&Query::Overview { as_of, sources: Sources::Both });
    });
    visit.report.alone("Overview, any past day (99 of 100)", Bound::Millis(150.0), visit.lines, past);
    let board = measure::median(|| answer(&Query::Deadlines { as_of: generate::today(), sources: Sources::Both }));
    visit.report.alone("Deadlines page, today", Bound::None, visit.lines, board);
}
