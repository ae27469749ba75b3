//! Codes and ranges of the Harmonized System: `72-89`, `901920`. Two digits are a chapter, four a heading.

use super::matching::Fit;

/// Ranges of HS codes, each as its first and last ten-digit code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HsRanges(Vec<(u64, u64)>);

impl HsRanges {
    /// Reads `72-89; 901920`; the error says what cannot be read.
    pub fn read(text: &str) -> Result<Self, String> {
        let parts = text.split([';', ',']).map(str::trim).filter(|part| !part.is_empty());
        parts.map(range).collect::<Result<Vec<_>, _>>().map(Self)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a code lies in one of the ranges. A short code, of which only a part does, may or may not.
    #[must_use]
    pub fn fit(&self, code: &str) -> Fit {
        let Some((first, last)) = span(code) else { return Fit::Perhaps };
        let mut best = Fit::No;
        for (from, to) in &self.0 {
            if *from <= first && last <= *to {
                return Fit::Yes;
            }
            if first <= *to && *from <= last {
                best = Fit::Perhaps;
            }
        }
        best
    }
}

fn range(text: &str) -> Result<(u64, u64), String> {
    let (first, last) = text.split_once(['-', '–']).unwrap_or((text, text));
    let (from, to) = (span(first), span(last));
    match (from, to) {
        (Some((from, _)), Some((_, to))) if from <= to => Ok((from, to)),
        (Some(_), Some(_)) => Err(format!("“{text}” ends before it begins. Write the lower code first")),
        _ => {
            Err(format!("“{text}” is no HS code or range. Write 2, 4, 6, 8 or 10 digits, for example 72-89 or 901920"))
        }
    }
}

/// The first and the last ten-digit code that begin with these digits.
fn span(code: &str) -> Option<(u64, u64)> {
    let code = code.trim();
    if code.is_empty() || code.len() > 10 || code.len() % 2 == 1 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let scale = 10_u64.pow(u32::try_from(10 - code.len()).ok()?);
    let first = code.parse::<u64>().ok()? * scale;
    Some((first, first + scale - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_lies_in_a_range_of_chapters_and_a_short_code_only_perhaps_in_a_longer_one() {
        let ranges = HsRanges::read("72-89; 901920").unwrap();
        for (code, fit) in [
            ("72", Fit::Yes),
            ("821420", Fit::Yes),
            ("8999", Fit::Yes),
            ("71", Fit::No),
            ("9019", Fit::Perhaps),
            ("90192010", Fit::Yes),
            ("901910", Fit::No),
            ("", Fit::Perhaps),
        ] {
            assert_eq!(ranges.fit(code), fit, "{code}");
        }
    }

    #[test]
    fn a_range_that_cannot_be_read_is_named() {
        assert!(HsRanges::read("72-8x").unwrap_err().contains("“72-8x” is no HS code"));
        assert!(HsRanges::read("89-72").unwrap_err().contains("ends before it begins"));
        assert!(HsRanges::read("  ").unwrap().is_empty());
    }
}
