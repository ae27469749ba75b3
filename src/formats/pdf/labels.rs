//! The few words that the page itself says, in the language of the document.

use chrono::NaiveDate;

use crate::domain::document::Document;

/// The languages a document can be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    English,
    Korean,
    Chinese,
}

impl Language {
    /// The language of a document; English where it names none that the page speaks.
    pub fn of(document: &Document) -> Self {
        match document.language.get(..2) {
            Some("ko") => Self::Korean,
            Some("zh") => Self::Chinese,
            _ => Self::English,
        }
    }

    /// As files name it.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Korean => "ko",
            Self::Chinese => "zh",
        }
    }

    /// The number of a page among all.
    pub fn page(self, number: usize, all: usize) -> String {
        match self {
            Self::English => format!("Page {number} of {all}"),
            Self::Korean => format!("{all}쪽 중 {number}쪽"),
            Self::Chinese => format!("第{number}页，共{all}页"),
        }
    }

    /// The day on which a file was made.
    pub fn made(self, day: NaiveDate) -> String {
        match self {
            Self::English => format!("made {day}"),
            Self::Korean => format!("작성일 {day}"),
            Self::Chinese => format!("制作日期 {day}"),
        }
    }

    /// What a document without a title is called.
    pub fn untitled(self) -> &'static str {
        match self {
            Self::English => "Document",
            Self::Korean => "문서",
            Self::Chinese => "文件",
        }
    }

    /// A chart that leaves out labels for want of room.
    pub fn drawn(self, drawn: usize, all: usize) -> String {
        match self {
            Self::English => format!("The first {drawn} of {all} are drawn"),
            Self::Korean => format!("{all}개 중 처음 {drawn}개만 표시"),
            Self::Chinese => format!("仅显示{all}项中的前{drawn}项"),
        }
    }

    /// Which page of an original this is.
    pub fn page_of_original(self, number: usize, all: usize) -> String {
        match self {
            Self::English => format!("page {number} of {all} of the original"),
            Self::Korean => format!("원본 {all}쪽 중 {number}쪽"),
            Self::Chinese => format!("原件第{number}页，共{all}页"),
        }
    }
}

/// The day until which a document counts, with its label: the fact at its head that says so.
pub(super) fn cut_off(document: &Document) -> Option<String> {
    const LABELS: [&str; 8] =
        ["as of", "cut-off", "cut-off day", "cut-off date", "기준일", "기준일자", "截至", "截止日期"];
    let fact = document.facts.iter().find(|fact| LABELS.contains(&fact.label.trim().to_lowercase().as_str()))?;
    Some(format!("{} {}", fact.label.trim(), fact.value.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::document::Fact;

    #[test]
    fn the_cut_off_day_is_the_fact_that_says_so() {
        let mut document = Document::default();
        assert_eq!(cut_off(&document), None);
        document.facts = vec![Fact::plain("Fund", "A"), Fact::plain("As of", "2026-03-31")];
        assert_eq!(cut_off(&document).as_deref(), Some("As of 2026-03-31"));
    }

    #[test]
    fn a_language_is_known_with_its_region() {
        for (language, code) in [("ko-KR", "ko"), ("zh", "zh"), ("", "en"), ("é", "en"), ("fr", "en")] {
            let document = Document { language: language.to_owned(), ..Document::default() };
            assert_eq!(Language::of(&document).code(), code);
        }
    }
}
