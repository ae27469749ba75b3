//! What was measured: a table for each question, a column for each size, the bound beside it.

use std::fmt::Write as _;

/// What a question is held to.
#[derive(Debug, Clone, Copy)]
pub enum Bound {
    /// At most so many milliseconds.
    Millis(f64),
    /// At most so many times the peer.
    Times(f64),
    /// At least so much of the peer's speed.
    Share(f64),
    /// At most so many megabytes.
    Megabytes(f64),
    /// Nothing: the figure is there to be seen.
    None,
}

/// A question, and its figures by size.
struct Question {
    title: String,
    bound: Bound,
    figures: Vec<(usize, Figure)>,
}

/// What was measured for one size.
#[derive(Debug, Clone, Copy)]
struct Figure {
    ours: f64,
    peer: Option<f64>,
}

/// All questions, in the order in which they were first asked.
#[derive(Default)]
pub struct Report {
    questions: Vec<Question>,
}

impl Report {
    /// A figure of ours alone.
    pub fn alone(&mut self, title: &str, bound: Bound, size: usize, ours: f64) {
        self.add(title, bound, size, Figure { ours, peer: None });
    }

    /// A figure of ours beside the peer's.
    pub fn beside(&mut self, title: &str, bound: Bound, size: usize, (ours, peer): (f64, f64)) {
        self.add(title, bound, size, Figure { ours, peer: Some(peer) });
    }

    fn add(&mut self, title: &str, bound: Bound, size: usize, figure: Figure) {
        let known = self.questions.iter().position(|question| question.title == title);
        let at = known.unwrap_or_else(|| {
            self.questions.push(Question { title: title.to_owned(), bound, figures: Vec::new() });
            self.questions.len() - 1
        });
        self.questions[at].figures.push((size, figure));
    }

    /// The tables, and at the end what misses its bound.
    pub fn print(&self) -> String {
        let mut text = String::new();
        for question in &self.questions {
            question.print(&mut text).expect("text");
        }
        let missed: Vec<String> = self.questions.iter().flat_map(Question::missed).collect();
        let verdict = if missed.is_empty() { "Every bound is kept.".to_owned() } else { missed.join("\n") };
        writeln!(text, "\n{verdict}").expect("text");
        text
    }
}

impl Question {
    fn print(&self, text: &mut String) -> std::fmt::Result {
        let sizes: Vec<String> = self.figures.iter().map(|(size, _)| thousands(*size)).collect();
        let unit = if matches!(self.bound, Bound::Megabytes(_)) { "MB" } else { "ms" };
        writeln!(text, "\n| {} | {} | growth | bound |", self.title, sizes.join(" | "))?;
        writeln!(text, "|---|{}---|---|", "---|".repeat(sizes.len()))?;
        let row = |name: &str, values: Vec<f64>, bound: &str| {
            let cells: Vec<String> = values.iter().map(|value| short(*value)).collect();
            format!("| {name} | {} | {} | {bound} |", cells.join(" | "), growth(&values))
        };
        let (ours, bound) = (self.figures.iter().map(|(_, figure)| figure.ours).collect(), self.bound.words());
        let peers: Vec<f64> = self.figures.iter().filter_map(|(_, figure)| figure.peer).collect();
        let compared = matches!(self.bound, Bound::Times(_) | Bound::Share(_));
        writeln!(text, "{}", row(&format!("Corridor, {unit}"), ours, if compared { "" } else { &bound }))?;
        if !peers.is_empty() {
            writeln!(text, "{}", row(&format!("peer, {unit}"), peers, ""))?;
            let name = if matches!(self.bound, Bound::Share(_)) { "share of the peer's speed" } else { "ratio" };
            let ratios = self.figures.iter().map(|(_, figure)| self.bound.compared(*figure)).collect();
            writeln!(text, "{}", row(name, ratios, if compared { &bound } else { "" }))?;
        }
        Ok(())
    }

    fn missed(&self) -> Vec<String> {
        let figures = self.figures.iter().filter(|(_, figure)| !self.bound.holds(*figure));
        figures
            .map(|(size, figure)| {
                let found = short(self.bound.compared(*figure));
                format!("MISSED at {}: {}: {found}, bound {}", thousands(*size), self.title, self.bound.words())
            })
            .collect()
    }
}

impl Bound {
    fn words(self) -> String {
        match self {
            Self::Millis(most) => format!("under {most} ms"),
            Self::Times(most) => format!("at most {most}"),
            Self::Share(least) => format!("at least {least}"),
            Self::Megabytes(most) => format!("under {most} MB"),
            Self::None => String::new(),
        }
    }

    /// The figure that is held against the bound.
    fn compared(self, figure: Figure) -> f64 {
        match (self, figure.peer) {
            (Self::Times(_) | Self::None, Some(peer)) => figure.ours / peer,
            (Self::Share(_), Some(peer)) => peer / figure.ours,
            _ => figure.ours,
        }
    }

    fn holds(self, figure: Figure) -> bool {
        let found = self.compared(figure);
        match self {
            Self::Millis(most) | Self::Times(most) | Self::Megabytes(most) => found <= most,
            Self::Share(least) => found >= least,
            Self::None => true,
        }
    }
}

/// How often the last figure is the first.
fn growth(values: &[f64]) -> String {
    match values {
        [first, .., last] => format!("×{}", short(last / first)),
        _ => String::new(),
    }
}

fn short(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 0.1 => format!("{value:.2}"),
        _ => format!("{value:.4}"),
    }
}

/// 1,000,000 as people write it.
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
