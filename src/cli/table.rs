//! Tables for the terminal, with columns that line up under Korean and Chinese text too.

use unicode_width::UnicodeWidthStr as _;

/// The widest a column of text becomes; longer text is cut with an ellipsis.
const WIDEST: usize = 44;

/// Lines up rows under headings; columns named in `right` are set to the right.
pub(super) fn table(headings: &[&str], rows: &[Vec<String>], right: &[usize]) -> String {
    let shown: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| cut(cell)).collect()).collect();
    let width = |at: usize| {
        let cells = shown.iter().filter_map(|row| row.get(at)).map(|cell| cell.width());
        cells.chain([headings.get(at).map_or(0, |heading| heading.width())]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..headings.len()).map(width).collect();
    let line = |cells: &[String]| {
        let padded = cells.iter().zip(&widths).enumerate().map(|(at, (cell, width))| {
            let gap = " ".repeat(width.saturating_sub(cell.width()));
            if right.contains(&at) { format!("{gap}{cell}") } else { format!("{cell}{gap}") }
        });
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let head: Vec<String> = headings.iter().map(|heading| (*heading).to_owned()).collect();
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    let mut lines = vec![line(&head), line(&rule)];
    lines.extend(shown.iter().map(|row| line(row)));
    lines.join("\n")
}

fn cut(text: &str) -> String {
    let text = text.replace(['\n', '\r', '\t'], " ");
    if text.width() <= WIDEST {
        return text;
    }
    let mut short = String::new();
    for c in text.chars() {
        if short.width() + 2 > WIDEST {
            break;
        }
        short.push(c);
    }
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_under_korean_text() {
        let rows = vec![vec!["평양".to_owned(), "3".to_owned()], vec!["Wonsan".to_owned(), "12".to_owned()]];
        assert_eq!(table(&["Place", "n"], &rows, &[1]), "Place    n\n------  --\n평양     3\nWonsan  12");
    }
}
