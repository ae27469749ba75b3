//! How wide the columns of a table are: reckoned once from all its rows, so that every page and every part has the same.

use super::words::{longest_word, wide};

/// What a cell's padding takes on both sides, in points, and in tables whose letters had to become small.
const PADDING: f64 = 9.2;
const TIGHT: f64 = 6.4;
/// The letter sizes that are tried, the largest first, with their padding, and over how many lines the fullest column may go for
/// the most part before smaller letters are tried.
const SIZES: [(f64, f64, f64); 4] = [(8.5, PADDING, 2.0), (8.0, PADDING, 2.2), (7.5, TIGHT, 2.6), (7.0, TIGHT, 3.2)];
/// What a word has beyond its own width: letters are set on whole units, and a line that is as wide as its place may break.
const SLACK: f64 = 0.5;
/// No word is held together beyond this many letter sizes; it breaks.
const LONGEST_WORD: f64 = 11.0;
/// A text counts as at most so wide, in letter sizes, where room is shared: the columns beside a paragraph keep their own.
const PARAGRAPH: f64 = 50.0;
/// A column of so many letter sizes is read like a page, over however many lines.
const LIKE_A_PAGE: f64 = 22.0;
/// What the mark before the words of a state takes, in thousandths of the letter size.
const MARK: u32 = 950;

/// What is known of a column.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Needs {
    /// The widest text, in thousandths of the letter size.
    widest: u32,
    /// The widest word.
    word: u32,
    /// The third powers of how wide the texts are, in letter sizes, summed up.
    cubes: f64,
    /// How many texts there are.
    texts: u32,
}

impl Needs {
    /// Takes a text of the column into account. Numbers are never parted.
    pub fn take(&mut self, text: &str, is_number: bool) {
        let all = wide(text);
        self.reckon(all, if is_number { all } else { longest_word(text) });
    }

    /// The same for a text in strong letters, which are a little wider.
    pub fn take_strong(&mut self, text: &str, is_number: bool) {
        let all = wide(text) * 108 / 100;
        self.reckon(all, if is_number { all } else { longest_word(text) * 108 / 100 });
    }

    /// The same for the words of a state, which follow a mark without a break.
    pub fn take_state(&mut self, text: &str) {
        self.reckon(wide(text) * 108 / 100 + MARK, longest_word(text) * 108 / 100 + MARK);
    }

    fn reckon(&mut self, all: u32, word: u32) {
        self.widest = self.widest.max(all);
        self.word = self.word.max(word);
        self.cubes += points(all).min(PARAGRAPH).powi(3);
        self.texts += u32::from(all > 0);
    }

    /// How wide its texts are for the most part, in letter sizes: long ones count more than short ones.
    fn usual(&self) -> f64 {
        (self.cubes / f64::from(self.texts.max(1))).cbrt()
    }
}

/// The columns as they are set.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Widths {
    /// The letter size, in points.
    pub size: f64,
    /// The padding of a cell on both sides together, in points.
    pub padding: f64,
    /// One width for each column, in points.
    pub columns: Vec<f64>,
    /// Whether no word has to be broken.
    pub fits: bool,
    /// Over how many lines the texts of the fullest narrow column go for the most part.
    pub lines: f64,
}

impl Widths {
    /// Shares `room` points among the columns; the letters become smaller where words would not fit or cells would be tall.
    pub fn share(needs: &[Needs], numbers: &[bool], room: f64) -> Self {
        let mut found: Option<Self> = None;
        for (size, padding, calm) in SIZES {
            let Some(columns) = fit(needs, numbers, room, (size, padding)) else { continue };
            let lines = lines(needs, &columns, (size, padding));
            let widths = Self { size, padding, columns, fits: true, lines };
            if lines <= calm {
                return widths;
            }
            // Where smaller letters do not help either, they are not worth it.
            found = found.or(Some(widths));
        }
        found.unwrap_or_else(|| Self::squeezed(needs, room))
    }

    /// Words break, because there are too many columns.
    fn squeezed(needs: &[Needs], room: f64) -> Self {
        let (size, padding) = (6.5, TIGHT);
        let least: Vec<f64> = needs.iter().map(|need| least(*need, (size, padding))).collect();
        let all: f64 = least.iter().sum::<f64>().max(1.0);
        let columns: Vec<f64> = least.iter().map(|width| width * room / all).collect();
        let lines = lines(needs, &columns, (size, padding));
        Self { size, padding, columns, fits: false, lines }
    }

    /// How many thousandths of the letter size a word has in a column.
    pub fn room(&self, column: usize) -> u32 {
        let width = self.columns.get(column).copied().unwrap_or(100.0);
        thousandths((width - self.padding) / self.size)
    }
}

/// The least that a column can do with.
fn least(need: Needs, (size, padding): (f64, f64)) -> f64 {
    points(need.word).min(LONGEST_WORD) * size + padding + SLACK
}

/// Over how many lines the texts of the fullest narrow column go for the most part.
fn lines(needs: &[Needs], columns: &[f64], (size, padding): (f64, f64)) -> f64 {
    let lines = |(need, width): (&Needs, &f64)| {
        let room = ((width - padding) / size).max(0.1);
        if room < LIKE_A_PAGE { need.usual() / room } else { 1.0 }
    };
    needs.iter().zip(columns).map(lines).fold(0.0, f64::max)
}

fn fit(needs: &[Needs], numbers: &[bool], room: f64, (size, padding): (f64, f64)) -> Option<Vec<f64>> {
    let least: Vec<f64> = needs.iter().map(|need| least(*need, (size, padding))).collect();
    if least.iter().sum::<f64>() > room {
        return None;
    }
    let one_line = |(need, least): (&Needs, &f64)| (points(need.widest) * size + padding + SLACK).max(*least);
    let most: Vec<f64> = needs.iter().zip(&least).map(one_line).collect();
    let all: f64 = most.iter().sum();
    if all <= room {
        return Some(stretched(&most, numbers, room - all));
    }
    Some(shared(needs, &least, &most, room))
}

/// Between what words need and what makes one line of every text. Each column gets of the room by the fourth root of its cubes:
/// so the third powers of the lines of all cells are least in sum, and a tall cell counts more than many low ones.
fn shared(needs: &[Needs], least: &[f64], most: &[f64], room: f64) -> Vec<f64> {
    let weights: Vec<f64> = needs.iter().map(|need| need.cubes.sqrt().sqrt()).collect();
    let with = |factor: f64| -> Vec<f64> {
        let column = |(weight, (least, most)): (&f64, (&f64, &f64))| (weight * factor).clamp(*least, *most);
        weights.iter().zip(least.iter().zip(most)).map(column).collect()
    };
    let (mut low, mut high) = (0.0, 1.0);
    while with(high).iter().sum::<f64>() < room && high < 1e9 {
        high *= 2.0;
    }
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if with(middle).iter().sum::<f64>() < room { low = middle } else { high = middle }
    }
    let mut columns = with(low);
    // Columns without a text have no weight and may leave a rest.
    let rest =
        (room - columns.iter().sum::<f64>()).max(0.0) / f64::from(u32::try_from(columns.len().max(1)).unwrap_or(1));
    for width in &mut columns {
        *width += rest;
    }
    columns
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
            assert!(widths.columns.iter().all(|width| *width > widths.padding), "{widths:?}");
        }
    }

    #[test]
    fn letters_become_smaller_before_words_break() {
        let few = Widths::share(&needs(&["Distribution"; 4]), &[false; 4], 480.0);
        let many = Widths::share(&needs(&["Unparteddistributionrecord"; 9]), &[false; 9], 480.0);
        assert!(few.size > many.size, "{} {}", few.size, many.size);
    }

    #[test]
    fn han_and_hangul_get_a_line_of_several_letters() {
        let words = "some words that want the room of the others too ".repeat(4);
        let widths = Widths::share(
            &needs(&[words.as_str(), "家庭卫生包和消毒片 / 위생용품 세트", words.as_str()]),
            &[false; 3],
            200.0,
        );
        assert!(widths.room(1) >= 7000, "{widths:?}");
    }

    #[test]
    fn the_column_with_the_long_texts_gets_the_room() {
        let long = "many words ".repeat(30);
        let widths = Widths::share(&needs(&["A few words here", long.as_str(), "Some more words"]), &[false; 3], 480.0);
        assert!(widths.columns[1] > 2.0 * widths.columns[0], "{widths:?}");
        assert!(widths.columns[0] > 60.0, "three words do not stand under one another: {widths:?}");
    }
}
