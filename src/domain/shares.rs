//! Shares: who pays how much of a row of goods. Splitting conserves every thousandth and every cent.

use super::id::Id;
use super::quantity::Quantity;
use super::record::FundShare;

/// A whole, in thousandths of a percent.
pub const WHOLE: i64 = 100_000;

/// One fund's part of a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// The fund; `None` where nobody is named.
    pub fund: Option<Id>,
    /// Its part, in thousandths of a percent.
    pub part: i64,
}

impl Share {
    /// All of it for one fund, or for none that is named.
    #[must_use]
    pub const fn all(fund: Option<Id>) -> Self {
        Self { fund, part: WHOLE }
    }
}

/// The shares that rows state for a line: those that name the line, or else those that name none.
#[must_use]
pub fn of_line(rows: &[FundShare], line: u32) -> Vec<Share> {
    let named = |number: Option<u32>| {
        let same = rows.iter().filter(move |row| row.line == number);
        same.map(|row| Share { fund: row.fund, part: part(row) }).collect::<Vec<_>>()
    };
    let own = named(Some(line));
    if own.is_empty() { named(None) } else { own }
}

/// A row's part, in thousandths of a percent.
#[must_use]
pub fn part(row: &FundShare) -> i64 {
    row.percent.map_or(0, Quantity::thousandths)
}

/// Splits an amount by shares that make a whole. The parts add up to the amount exactly: what rounding leaves over goes,
/// unit by unit, to the shares that lost most by it, the first of equals first.
#[must_use]
pub fn split(amount: i64, shares: &[Share]) -> Vec<(Option<Id>, i64)> {
    let weights: Vec<_> = shares.iter().map(|share| (share.fund, share.part)).collect();
    by_weight(amount, &weights, i128::from(WHOLE))
}

/// Splits an amount as something else was split, part by part, with the same care for what rounding leaves over. Nobody gets
/// anything where nothing was split.
#[must_use]
pub fn split_like(amount: i64, parts: &[(Option<Id>, i64)]) -> Vec<(Option<Id>, i64)> {
    let whole: i128 = parts.iter().map(|(_, part)| i128::from(*part)).sum();
    if whole <= 0 { Vec::new() } else { by_weight(amount, parts, whole) }
}

fn by_weight(amount: i64, weights: &[(Option<Id>, i64)], whole: i128) -> Vec<(Option<Id>, i64)> {
    let product = |at: usize| i128::from(amount) * i128::from(weights[at].1);
    let mut parts: Vec<i128> = (0..weights.len()).map(|at| product(at).div_euclid(whole)).collect();
    let mut by_loss: Vec<usize> = (0..weights.len()).collect();
    by_loss.sort_by_key(|at| std::cmp::Reverse(product(*at).rem_euclid(whole)));
    let left = i128::from(amount) - parts.iter().sum::<i128>();
    for at in by_loss.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        parts[at] += 1;
    }
    weights.iter().zip(parts).map(|((fund, _), part)| (*fund, i64::try_from(part).unwrap_or(i64::MAX))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shares(parts: &[i64]) -> Vec<Share> {
        (1..).zip(parts).map(|(fund, part)| Share { fund: Some(Id(fund)), part: *part }).collect()
    }

    fn amounts(amount: i64, parts: &[i64]) -> Vec<i64> {
        split(amount, &shares(parts)).into_iter().map(|(_, part)| part).collect()
    }

    #[test]
    fn what_rounding_leaves_over_goes_to_those_who_lost_most_by_it() {
        for (amount, parts, split) in [
            (1_000_000, &[60_000, 40_000][..], &[600_000, 400_000][..]),
            (1, &[50_000, 50_000], &[1, 0]),
            (100, &[33_333, 33_333, 33_334], &[33, 33, 34]),
            (10, &[33_333, 33_333, 33_334], &[3, 3, 4]),
            (0, &[50_000, 50_000], &[0, 0]),
        ] {
            assert_eq!(amounts(amount, parts), split, "{amount} by {parts:?}");
        }
    }

    #[test]
    fn what_is_damaged_is_shared_as_the_goods_were() {
        let like = |amount: i64, parts: &[i64]| {
            let parts: Vec<_> = (1..).zip(parts).map(|(fund, part)| (Some(Id(fund)), *part)).collect();
            split_like(amount, &parts).into_iter().map(|(_, part)| part).collect::<Vec<_>>()
        };
        assert_eq!(like(30_000, &[300_000, 200_000]), [18_000, 12_000]);
        assert_eq!(like(10, &[1, 1, 1]), [4, 3, 3]);
        assert_eq!(like(10, &[0, 0]), [0_i64; 0]);
    }

    proptest! {
        #[test]
        fn a_split_conserves_the_amount_to_the_last_unit(
            amount in 0_i64..=999_999_999_999,
            cuts in prop::collection::vec(0..=WHOLE, 0..6),
        ) {
            let mut cuts = cuts;
            cuts.extend([0, WHOLE]);
            cuts.sort_unstable();
            let parts: Vec<i64> = cuts.windows(2).map(|pair| pair[1] - pair[0]).collect();
            let split = amounts(amount, &parts);
            prop_assert_eq!(split.iter().sum::<i64>(), amount);
            for (part, share) in split.iter().zip(&parts) {
                let exact = i128::from(amount) * i128::from(*share);
                prop_assert!((i128::from(*part) * i128::from(WHOLE) - exact).abs() < i128::from(WHOLE));
            }
        }
    }
}
