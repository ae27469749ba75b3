//! Opening a file up to its first data: the overview and the first page of shipments.

use corridor::domain::record::RecordKind;
use corridor::services::Workspace;

use super::{Visit, all, ids, open, overview, page};
use crate::report::Bound;
use crate::{measure, trace};

pub fn visit(visit: &mut Visit<'_>) {
    let path = &visit.made.path;
    let first_data = |workspace: &Workspace| {
        workspace.answer(&overview::today()).expect("overview");
        let ids = ids(workspace, &all(RecordKind::Shipment));
        workspace.answer(&page(RecordKind::Shipment, &ids)).expect("rows");
    };
    let statements = {
        let workspace = open(path);
        trace::of(&workspace, || first_data(&workspace))
    };
    let pair = measure::pair(
        || first_data(&open(path)),
        || {
            trace::read(&trace::connect(path), &statements);
        },
    );
    visit.report.beside("Opening to first data", Bound::Times(1.3), visit.lines, (pair.ours, pair.peer));
}
