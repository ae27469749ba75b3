//! Counts in words, so that one row is never `1 rows`.

use super::quantity::group_digits;

/// `1 row`, `12,000 rows`.
pub fn counted(count: impl TryInto<u64>, one: &str, many: &str) -> String {
    let count = count.try_into().unwrap_or(u64::MAX);
    format!("{} {}", group_digits(&count.to_string()), if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_one_and_many_have_separators() {
        assert_eq!(counted(0_usize, "row", "rows"), "0 rows");
        assert_eq!(counted(1_i64, "row", "rows"), "1 row");
        assert_eq!(counted(12_000_u64, "row", "rows"), "12,000 rows");
    }
}
