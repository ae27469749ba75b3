//! How wide the columns of a table are: reckoned once from all its rows, so that every page and every part has the same.

use super::words::{longest_word, wide};

/// What a cell's padding takes on both sides, in points.
const PADDING: f64 = 9.2;
/// A column of words gets at most this, however long its longest text; the rest goes over several lines.
const WIDEST_WORDS: f64 = 30.0;
/// No word is held together beyond this many letter sizes; it breaks.
const LONGEST_WORD: f64 = 11.0;

/// What is known of a column.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Needs {
    /// The widest text, in thousandths of the letter size.
    widest: u32,
    /// The widest word.
    word: u32,
}

impl Needs {
    /// Takes a text of the column into account. Numbers are never parted.
    pub fn take(&mut self, text: &str, is_number: bool) {
        let all = wide(text);
        self.widest = self.widest.max(all);
        let word = if is_number { all } else { longest_word(text) };
        self.word = self.word.max(word);
    }

    /// The same for a text in strong letters, which are a little wider.
    pub fn take_strong(&mut self, text: &str, is_number: bool) {
        let mut strong = Self::default();
        strong.take(text, is_number);
        self.widest = self.widest.max(strong.widest * 108 / 100);
        self.word = self.word.max(strong.word * 108 / 100);
    }
}

/// The columns as they are set.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Widths {
    /// The letter size, in points.
    pub size: f64,
    /// One width for each column, in points.
    pub columns: Vec<f64>,
    /// Whether no word has to be broken.
    pub fits: bool,
}

impl Widths {
    /// Shares `room` points among the columns; the letters become smaller where they would not fit.
    pub fn share(needs: &[Needs], numbers: &[bool], room: f64) -> Self {
        for size in [8.5, 8.0, 7.5, 7.0] {
            if let Some(columns) = fit(needs, numbers, room, size) {
                return Self { size, columns, fits: true };
            }
        }
        let size = 6.5;
        let least: Vec<f64> = needs.iter().map(|need| least(*need, size)).collect();
        let all: f64 = least.iter().sum::<f64>().max(1.0);
        Self { size, columns: least.iter().map(|width| width * room / all).collect(), fits: false }
    }

    /// How many thousandths of the letter size a word has in a column.
    pub fn room(&self, column: usize) -> u32 {
        let width = self.columns.get(column).copied().unwrap_or(100.0);
        thousandths((width - PADDING) / self.size)
    }
}

/// The least that a column can do with.
fn least(need: Needs, size: f64) -> f64 {
    points(need.word).min(LONGEST_WORD) * size + PADDING
}

fn fit(needs: &[Needs], numbers: &[bool], room: f64, size: f64) -> Option<Vec<f64>> {
    let least: Vec<f64> = needs.iter().map(|need| least(*need, size)).collect();
    let lowest: f64 = least.iter().sum();
    if lowest > room {
        return None;
    }
    let wanted: Vec<f64> = needs
        .iter()
        .zip(&least)
        .map(|(need, least)| (points(need.widest).min(WIDEST_WORDS) * size + PADDING).max(*least))
        .collect();
    let all: f64 = wanted.iter().sum();
    if all <= room {
        return Some(stretched(&wanted, numbers, room - all));
    }
    let spare = room - lowest;
    let over: f64 = (all - lowest).max(0.001);
    Some(least.iter().zip(&wanted).map(|(least, wanted)| least + (wanted - least) * spare / over).collect())
}

/// Room that is left goes mostly to words, so that numbers stay near one another.
fn stretched(wanted: &[f64], numbers: &[bool], left: f64) -> Vec<f64> {
    let weight = |(width, is_number): (&f64, &bool)| width * if *is_number { 0.5 } else { 1.0 };
    let weights: Vec<f64> = wanted.iter().zip(numbers).map(weight).collect();
    let all: f64 = weights.iter().sum::<f64>().max(0.001);
    wanted.iter().zip(weights).map(|(width, weight)| width + left * weight / all).collect()
}

fn points(thousandths: u32) -> f64 {
    f64::from(thousandths) / 1000.0
}

fn thousandths(sizes: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held between 1 and 1,000,000 before")]
    let whole = (sizes * 1000.0).clamp(1.0, 1_000_000.0) as u32;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needs(texts: &[&str]) -> Vec<Needs> {
        let one = |text: &&str| {
            let mut need = Needs::default();
            need.take(text, false);
            need
        };
        texts.iter().map(one).collect()
    }

    #[test]
    fn columns_fill_the_page_however_much_they_hold() {
        let long = "many words ".repeat(60);
        for texts in [vec!["a", "b"], vec![long.as_str(), "b", "12"], vec!["Unparteddistributionrecord"; 14]] {
            let widths = Widths::share(&needs(&texts), &vec![false; texts.len()], 480.0);
            let all: f64 = widths.columns.iter().sum();
            assert!((all - 480.0).abs() < 0.01, "{widths:?}");
            assert!(widths.columns.iter().all(|width| *width > PADDING), "{widths:?}");
        }
    }

    #[test]
    fn letters_become_smaller_before_words_break() {
        let few = Widths::share(&needs(&["Distribution"; 4]), &[false; 4], 480.0);
        let many = Widths::share(&needs(&["Unparteddistributionrecord"; 9]), &[false; 9], 480.0);
        assert!(few.size > many.size, "{} {}", few.size, many.size);
    }
}
