//! What export rules count goods as, deduced from the HS code where nobody has chosen it. Never luxury: that is for people
//! to say.

use std::sync::LazyLock;

use super::hs::HsRanges;
use super::matching::Fit;
use crate::domain::record::GoodsClass;

/// Classes and the HS codes that stand for them; the first that holds counts.
const CLASSES: [(GoodsClass, &str); 6] = [
    (GoodsClass::Device, "3005-3006; 3822; 4014; 401512; 8713; 9018-9022; 9402"),
    (GoodsClass::Medicine, "30; 2936; 2937; 2941"),
    (GoodsClass::Fuel, "2709-2711"),
    // The US rule counts seeds as food, and leaves out alcohol.
    (GoodsClass::Food, "02-04; 07-12; 15-21; 2201-2202; 2209; 2501"),
    (GoodsClass::FarmCommodity, "01; 05-06; 13-14; 23; 31; 4101-4103; 5101-5103; 5201-5203"),
    (GoodsClass::Other, "22; 24-97"),
];

static RANGES: LazyLock<Vec<(GoodsClass, HsRanges)>> = LazyLock::new(|| {
    // A test proves that each can be read.
    CLASSES.iter().map(|(class, hs)| (*class, HsRanges::read(hs).unwrap_or_default())).collect()
});

/// The class of a code; `None` where there is none, or where it is too short to say.
#[must_use]
pub fn deduced(code: &str) -> Option<GoodsClass> {
    for (class, ranges) in RANGES.iter() {
        match ranges.fit(code) {
            Fit::Yes => return Some(*class),
            Fit::Perhaps => return None,
            Fit::No => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_follows_from_the_chapter_or_the_heading() {
        for (code, class) in [
            ("1006", GoodsClass::Food),
            ("210690", GoodsClass::Food),
            ("300420", GoodsClass::Medicine),
            ("300590", GoodsClass::Device),
            ("901920", GoodsClass::Device),
            ("871310", GoodsClass::Device),
            ("271019", GoodsClass::Fuel),
            ("310210", GoodsClass::FarmCommodity),
            ("630140", GoodsClass::Other),
            ("732310", GoodsClass::Other),
            ("220300", GoodsClass::Other),
        ] {
            assert_eq!(deduced(code), Some(class), "{code}");
        }
        assert_eq!(deduced(""), None);
        assert_eq!(deduced("90"), None, "chapter 90 holds devices and spectacles");
        assert!(RANGES.iter().all(|(_, ranges)| !ranges.is_empty()));
    }
}
