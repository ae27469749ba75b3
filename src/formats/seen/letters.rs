//! Which letters the codes of a font stand for: its `ToUnicode` map, read without regard to how it is laid out.
//!
//! Own code, because the library passes over a map that it cannot read and takes another in its place: then a name would
//! stand on a page and not be seen.

use std::collections::HashMap;

/// The letters of a font by their codes.
#[derive(Debug, Default)]
pub(super) struct Letters {
    /// How many bytes a code has.
    bytes: usize,
    by_code: HashMap<u32, String>,
}

/// How many codes a range may have: all that two bytes can tell.
const MOST_IN_RANGE: u32 = 0xffff;

enum Token<'a> {
    Hex(Vec<u8>),
    Open,
    Close,
    Word(&'a [u8]),
}

impl Letters {
    /// Reads a map; `bytes` is the length of a code where the map does not say.
    pub fn read(map: &[u8], bytes: usize) -> Self {
        let mut letters = Self { bytes, by_code: HashMap::new() };
        // Strings and lists since the last word.
        let mut held: Vec<Vec<Vec<u8>>> = Vec::new();
        let mut list: Option<Vec<Vec<u8>>> = None;
        for token in tokens(map) {
            match token {
                Token::Hex(hex) => match &mut list {
                    Some(list) => list.push(hex),
                    None => held.push(vec![hex]),
                },
                Token::Open => list = Some(Vec::new()),
                Token::Close => held.extend(list.take()),
                Token::Word(word) => {
                    letters.section(word, &held);
                    held.clear();
                }
            }
        }
        letters
    }

    fn section(&mut self, word: &[u8], held: &[Vec<Vec<u8>>]) {
        match word {
            b"endcodespacerange" => {
                let first = held.first().and_then(|first| first.first()).map(Vec::len);
                self.bytes = first.filter(|bytes| (1..=4).contains(bytes)).unwrap_or(self.bytes);
            }
            b"endbfchar" => {
                for pair in held.chunks_exact(2) {
                    if let [code, letters] = pair
                        && let (Some(code), Some(letters)) = (code.first(), letters.first())
                    {
                        self.by_code.insert(number(code), utf16(letters));
                    }
                }
            }
            b"endbfrange" => held.chunks_exact(3).for_each(|range| self.range(range)),
            _ => {}
        }
    }

    fn range(&mut self, range: &[Vec<Vec<u8>>]) {
        let [first, last, letters] = range else { return };
        let (Some(first), Some(last)) = (first.first().map(|hex| number(hex)), last.first().map(|hex| number(hex)))
        else {
            return;
        };
        for (at, code) in (first..=last.min(first.saturating_add(MOST_IN_RANGE))).enumerate() {
            let text = match letters.as_slice() {
                [start] => counted_on(start, at),
                several => several.get(at).map(|hex| utf16(hex)).unwrap_or_default(),
            };
            self.by_code.insert(code, text);
        }
    }

    /// The text that codes stand for.
    pub fn text(&self, codes: &[u8]) -> String {
        let letter = |code: &[u8]| self.by_code.get(&number(code)).map_or("\u{fffd}", String::as_str);
        codes.chunks(self.bytes.max(1)).map(letter).collect()
    }
}

fn tokens(map: &[u8]) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(byte) = map.get(at) {
        let rest = map.get(at..).unwrap_or_default();
        let length = match byte {
            b'<' if rest.get(1) != Some(&b'<') => {
                let end = rest.iter().position(|byte| *byte == b'>').unwrap_or(rest.len());
                tokens.push(Token::Hex(hex(rest.get(1..end).unwrap_or_default())));
                end + 1
            }
            b'[' => {
                tokens.push(Token::Open);
                1
            }
            b']' => {
                tokens.push(Token::Close);
                1
            }
            b'%' => rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len()),
            byte if byte.is_ascii_alphabetic() => {
                let end = rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
                tokens.push(Token::Word(rest.get(..end).unwrap_or_default()));
                end
            }
            _ => 1,
        };
        at += length.max(1);
    }
    tokens
}

fn hex(digits: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = digits
        .iter()
        .filter_map(|digit| char::from(*digit).to_digit(16))
        .filter_map(|digit| u8::try_from(digit).ok())
        .collect();
    digits.chunks(2).map(|pair| pair.first().copied().unwrap_or(0) * 16 + pair.get(1).copied().unwrap_or(0)).collect()
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0_u32, |number, byte| number.wrapping_shl(8) | u32::from(*byte))
}

fn utf16(bytes: &[u8]) -> String {
    encoding_rs::UTF_16BE.decode_without_bom_handling(bytes).0.into_owned()
}

/// The letters of the first code of a range, counted on at their last unit.
fn counted_on(start: &[u8], by: usize) -> String {
    let mut units: Vec<u16> = start.chunks(2).map(|pair| u16::try_from(number(pair)).unwrap_or_default()).collect();
    if let Some(last) = units.last_mut() {
        *last = last.wrapping_add(u16::try_from(by).unwrap_or_default());
    }
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_read_however_it_is_laid_out() {
        let map = b"1 begincodespacerange <0000><FFFF> endcodespacerange 2 beginbfchar <0004> <0041>\n<0005> <C608 C2DC> endbfchar \
            2 beginbfrange <0010> <0012> <0061> <0020> <0021> [<0078> <D83D DE00>] endbfrange";
        let letters = Letters::read(map, 1);
        assert_eq!(letters.text(&[0, 4, 0, 5, 0, 0x10, 0, 0x12, 0, 0x20, 0, 0x21, 0, 9]), "A예시acx😀\u{fffd}");
    }
}
