//! Bars for the charts, made once for each answer.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::RangeInclusive;

use chrono::{Datelike as _, NaiveDate};
use eframe::egui::{Color32, Visuals};
use egui_plot::Bar;

use crate::domain::status::Outcome;
use crate::services::queries::{MonthCount, Overview};
use crate::ui::theme;

/// The width of a bar, in months.
const BAR_WIDTH: f64 = 0.84;

/// A chart of stacked bars, one for each month.
#[derive(Debug, Default)]
pub struct Chart {
    /// The parts of the bars, from the ground up.
    pub series: Vec<Series>,
    /// What a month holds, in words.
    pub months: BTreeMap<i32, String>,
    /// The months that both charts show.
    pub range: Option<(i32, i32)>,
    /// The height of the highest bar.
    pub highest: i64,
    /// How many are counted in all.
    pub total: i64,
}

/// One part of the bars.
#[derive(Debug)]
pub struct Series {
    /// What it counts, in words.
    pub label: String,
    /// Its bars.
    pub bars: Vec<Bar>,
    paint: Paint,
}

#[derive(Debug, Clone)]
enum Paint {
    Outcome(String),
    Category(u8),
}

impl Series {
    /// Its colour in the brightness that `visuals` has.
    pub fn colour(&self, visuals: &Visuals) -> Color32 {
        match &self.paint {
            Paint::Outcome(word) => theme::series_colour(visuals, word),
            Paint::Category(place) => theme::category_colour(visuals, *place),
        }
    }
}

/// A month as a place on the axis.
pub fn place(day: NaiveDate) -> i32 {
    day.year() * 12 + day.month0().cast_signed()
}

/// A place on the axis as people write the month: `2018-11`.
pub fn month(place: i32) -> String {
    format!("{:04}-{:02}", place.div_euclid(12), place.rem_euclid(12) + 1)
}

impl Chart {
    /// Answers by outcome, in the order in which outcomes are listed everywhere.
    pub fn of_answers(overview: &Overview) -> Self {
        let order = |word: &str| Outcome::ALL.iter().position(|outcome| outcome.word() == word).unwrap_or(usize::MAX);
        let paint = |word: &str| Paint::Outcome(word.to_owned());
        Self::new(&overview.answers, months(overview), order, paint)
    }

    /// Deliveries by category, in the order of the palette.
    pub fn of_deliveries(overview: &Overview) -> Self {
        let tags = || overview.matrices.iter().flat_map(|matrix| &matrix.columns);
        let colour = |word: &str| tags().find(|tag| tag.code == word).map_or(0, |tag| tag.colour);
        let order = |word: &str| usize::from(colour(word).wrapping_sub(1));
        Self::new(&overview.deliveries, months(overview), order, |word| Paint::Category(colour(word)))
    }

    fn new(
        counts: &[MonthCount],
        range: Option<(i32, i32)>,
        order: impl Fn(&str) -> usize,
        paint: impl Fn(&str) -> Paint,
    ) -> Self {
        let mut words: Vec<(&str, &str)> =
            counts.iter().map(|count| (count.word.as_str(), count.label.as_str())).collect();
        words.sort_by_key(|(word, _)| (order(word), *word));
        words.dedup();
        let mut chart = Self { range, ..Self::default() };
        let mut heights: BTreeMap<i32, i64> = BTreeMap::new();
        for (word, label) in words {
            let mut bars = Vec::new();
            for count in counts.iter().filter(|count| count.word == word && count.count > 0) {
                let place = place(count.month);
                let height = heights.entry(place).or_default();
                bars.push(bar(place, *height, count.count));
                *height += count.count;
                chart.tell(place, label, count.count);
            }
            chart.series.push(Series { label: label.to_owned(), bars, paint: paint(word) });
        }
        chart.highest = heights.values().copied().max().unwrap_or(0);
        chart.total = heights.values().sum();
        chart
    }

    fn tell(&mut self, place: i32, label: &str, count: i64) {
        let words = self.months.entry(place).or_insert_with(|| month(place));
        // Writing into a string cannot fail.
        write!(words, "\n{label} {count}").ok();
    }

    /// The part of the axis that is shown.
    pub fn axis(&self) -> RangeInclusive<f64> {
        let (first, last) = self.range.unwrap_or_default();
        f64::from(first) - 1.0..=f64::from(last) + 1.0
    }
}

fn bar(place: i32, from: i64, count: i64) -> Bar {
    Bar::new(f64::from(place), as_height(count)).base_offset(as_height(from)).width(BAR_WIDTH)
}

/// Counts of a month are small; a larger one than fits draws as the largest that does.
fn as_height(count: i64) -> f64 {
    f64::from(i32::try_from(count).unwrap_or(i32::MAX))
}

/// The first and the last month in which anything is counted.
fn months(overview: &Overview) -> Option<(i32, i32)> {
    let places = || overview.answers.iter().chain(&overview.deliveries).map(|count| place(count.month));
    Some((places().min()?, places().max()?))
}
