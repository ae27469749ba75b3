//! Paragraphs of a DOCX: what XML can hold, in the font of its script, with the room around it.

use docx_rs::{BreakType, LineSpacing, Paragraph, Run, RunFonts};

/// Stand on every Windows.
pub(super) const KOREAN: &str = "Malgun Gothic";
pub(super) const CHINESE: &str = "Microsoft YaHei";

/// The name of the style of a heading; 0 is the title.
pub(super) fn style_of(level: usize) -> String {
    if level == 0 { "Title".to_owned() } else { format!("Heading{level}") }
}

/// A heading; 0 is the title.
pub(super) fn heading(text: &str, level: usize) -> Option<Paragraph> {
    let text = text.trim();
    (!text.is_empty()).then(|| paragraph(text, Run::new()).style(&style_of(level)).keep_next(true))
}

/// The room around a heading, in twentieths of a point.
pub(super) fn above(level: usize) -> LineSpacing {
    let (before, after) = match level {
        0 => (0, 80),
        1 => (400, 120),
        2 => (280, 100),
        _ => (200, 80),
    };
    LineSpacing::new().before(before).after(after)
}

/// The room after a paragraph.
pub(super) fn after(twentieths: u32) -> LineSpacing {
    LineSpacing::new().after(twentieths)
}

/// One paragraph, its lines kept.
pub(super) fn paragraph(text: &str, run: Run) -> Paragraph {
    let mut run = if is_chinese(text) { run.fonts(RunFonts::new().east_asia(CHINESE)) } else { run };
    for (at, line) in text.trim().lines().enumerate() {
        if at > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        run = run.add_text(shown(line));
    }
    Paragraph::new().add_run(run)
}

/// Han without Hangul: a Korean font has not all of it.
fn is_chinese(text: &str) -> bool {
    let is_han = |letter: char| matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}');
    text.chars().any(is_han) && !text.chars().any(|letter| matches!(letter, '\u{ac00}'..='\u{d7a3}'))
}

/// What XML can hold, without what turns the order of letters around.
pub(super) fn shown(text: &str) -> String {
    let shown = |character: char| match character {
        '\t' => Some(' '),
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some('\u{25a1}'),
        '\u{fffe}' | '\u{ffff}' => None,
        _ if character.is_control() => None,
        _ => Some(character),
    };
    text.chars().filter_map(shown).collect()
}

/// Paragraphs, parted by empty lines.
pub(super) fn paragraphs(text: &str) -> impl Iterator<Item = String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut found = vec![String::new()];
    for line in text.lines() {
        match found.last_mut() {
            Some(last) if !line.trim().is_empty() => {
                if !last.is_empty() {
                    last.push('\n');
                }
                last.push_str(line);
            }
            _ => found.push(String::new()),
        }
    }
    found.into_iter().filter(|text| !text.is_empty())
}
