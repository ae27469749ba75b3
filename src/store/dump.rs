//! Every projected table as text, for comparing two workspaces. What only numbers changes (versions, places in a chain)
//! is left out, so that undo and redo can be compared with what was there before.

use super::StoreError;
use super::engine::Db;

/// The projected tables as lines of text, each table in a fixed order.
pub fn projections(db: &Db) -> Result<Vec<String>, StoreError> {
    let mut lines = Vec::new();
    for (name, sql, columns) in [
        ("record", include_str!("dump/record.sql"), 14),
        ("link", include_str!("dump/link.sql"), 3),
        ("category", include_str!("dump/category.sql"), 2),
        ("goods", include_str!("dump/goods.sql"), 14),
        ("goods_sum", include_str!("dump/goods_sum.sql"), 9),
        ("flag", include_str!("dump/flag.sql"), 4),
        ("deadline", include_str!("dump/deadline.sql"), 7),
        ("span", include_str!("dump/span.sql"), 10),
        ("summary", include_str!("dump/summary.sql"), 10),
    ] {
        lines.extend(db.rows(sql, &[], |row| {
            let cells: Result<Vec<String>, StoreError> =
                (0..columns).map(|at| row.opt_text(at).map(Option::unwrap_or_default)).collect();
            Ok(format!("{name}|{}", cells?.join("|")))
        })?);
    }
    Ok(lines)
}
