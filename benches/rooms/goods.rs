//! What was planned, shipped, received and handed out, by category and by item.

use corridor::domain::goods::GoodsBy;
use corridor::services::Query;
use corridor::services::queries::{GoodsQuery, Sources};

use super::{Visit, open};
use crate::report::Bound;
use crate::{generate, measure};

/// Goods as of today.
pub fn by(by: GoodsBy) -> GoodsQuery {
    GoodsQuery { as_of: generate::today(), sources: Sources::Both, by, from: None, to: None }
}

pub fn visit(visit: &mut Visit<'_>) {
    let workspace = open(&visit.made.path);
    for (title, dimension) in [
        ("Planned, shipped, received, handed out by category", GoodsBy::Category),
        ("Planned, shipped, received, handed out by item", GoodsBy::Item),
    ] {
        let query = Query::Goods(by(dimension));
        let millis = measure::median(|| {
            workspace.answer(&query).expect("goods");
        });
        visit.report.alone(title, Bound::Millis(150.0), visit.lines, millis);
    }
}
