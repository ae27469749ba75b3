//! The encoding of a text file: what its first bytes say, or what its content looks like.

use std::io::Read as _;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{EUC_KR, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::super::CannotRead;
use super::super::source::Source;

/// The encoding of a text file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextEncoding(&'static Encoding);

impl TextEncoding {
    /// UTF-8, what programs write today.
    pub const UTF_8: Self = Self(UTF_8);
    /// UTF-16, low byte first: Excel's “Unicode text”.
    pub const UTF_16_LE: Self = Self(UTF_16LE);
    /// UTF-16, high byte first.
    pub const UTF_16_BE: Self = Self(UTF_16BE);
    /// Korean: EUC-KR with what Windows adds to it (CP949).
    pub const EUC_KR: Self = Self(EUC_KR);
    /// Chinese: GB18030, with GBK and GB2312 in it.
    pub const GB18030: Self = Self(GB18030);

    /// Western: what Windows calls ANSI in Europe and America.
    pub const WESTERN: Self = Self(WINDOWS_1252);

    /// Those that are offered to choose from.
    pub const OFFERED: [Self; 6] =
        [Self::UTF_8, Self::UTF_16_LE, Self::UTF_16_BE, Self::EUC_KR, Self::GB18030, Self::WESTERN];

    /// The encoding of this name: `utf-8`, `cp949`, `gb2312`, `windows-1252` and the other names of the web.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        let lower = name.to_ascii_lowercase();
        let label = match lower.as_str() {
            "cp949" | "uhc" | "euckr" => "euc-kr",
            "cp936" => "gbk",
            "utf8" | "utf-8-sig" => "utf-8",
            "utf16" | "utf-16" => "utf-16le",
            "cp1252" | "ansi" => "windows-1252",
            other => other,
        };
        let found = Encoding::for_label(label.as_bytes())?;
        Some(Self(if found == encoding_rs::GBK { GB18030 } else { found }))
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// What it is called for people.
    #[must_use]
    pub fn label(self) -> &'static str {
        const LABELS: [(TextEncoding, &str); 5] = [
            (TextEncoding::UTF_16_LE, "UTF-16 (Excel’s Unicode text)"),
            (TextEncoding::UTF_16_BE, "UTF-16, high byte first"),
            (TextEncoding::EUC_KR, "EUC-KR, CP949 (Korean)"),
            (TextEncoding::GB18030, "GB18030, GBK (Chinese)"),
            (TextEncoding::WESTERN, "Windows-1252 (Western)"),
        ];
        LABELS.iter().find(|(one, _)| *one == self).map_or_else(|| self.name(), |(_, label)| label)
    }

    pub(super) fn decoder(self) -> encoding_rs::Decoder {
        self.0.new_decoder_with_bom_removal()
    }
}

/// An encoding and how sure it is.
pub struct Found {
    pub encoding: TextEncoding,
    pub guessed: bool,
}

/// So much of a file is looked at; after that, bytes that do not fit are told as such.
const LOOK: u64 = 64 << 20;
const CHUNK: usize = 256 << 10;
/// So much is enough to tell one language from another.
const ENOUGH: usize = 1 << 20;

/// Finds the encoding of a file: by its mark, then UTF-16 and UTF-8 by their shape, then by its letters.
pub fn find(source: &Source) -> Result<Found, CannotRead> {
    let mut file = source.open()?.take(LOOK);
    let mut chunk = Vec::with_capacity(CHUNK);
    file.by_ref().take(CHUNK as u64).read_to_end(&mut chunk)?;
    let sure = |encoding| Ok(Found { encoding, guessed: false });
    if let Some((encoding, _)) = Encoding::for_bom(&chunk) {
        return sure(TextEncoding(encoding));
    }
    if chunk.starts_with(b"\x84\x31\x95\x33") {
        return sure(TextEncoding::GB18030);
    }
    if let Some(encoding) = utf_16(&chunk) {
        return Ok(Found { encoding, guessed: true });
    }
    // Between two chunks a character may be cut: what is left of it goes before the next.
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let (mut fed, mut is_utf_8, mut carry) = (0, true, Vec::new());
    while !chunk.is_empty() {
        if is_utf_8 {
            carry.extend_from_slice(&chunk);
            match std::str::from_utf8(&carry) {
                Ok(_) => carry.clear(),
                Err(error) if error.error_len().is_none() => drop(carry.drain(..error.valid_up_to())),
                Err(_) => is_utf_8 = false,
            }
        }
        if !chunk.is_ascii() && fed < ENOUGH {
            detector.feed(&chunk, false);
            fed += chunk.len();
        }
        if !is_utf_8 && fed >= ENOUGH {
            break;
        }
        chunk.clear();
        file.by_ref().take(CHUNK as u64).read_to_end(&mut chunk)?;
    }
    let whole = file.limit() > 0;
    if is_utf_8 && (carry.is_empty() || !whole) {
        return sure(TextEncoding::UTF_8);
    }
    detector.feed(&[], true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let encoding = if guess == encoding_rs::GBK { GB18030 } else { guess };
    Ok(Found { encoding: TextEncoding(encoding), guessed: true })
}

/// UTF-16 without a mark shows in the zero byte that every figure, comma and line end has.
fn utf_16(bytes: &[u8]) -> Option<TextEncoding> {
    let pairs = bytes.as_chunks::<2>().0;
    let plain = |byte: u8| matches!(byte, b'\t' | b'\r' | b'\n' | b' '..=b'~');
    let little = pairs.iter().filter(|pair| pair[1] == 0 && plain(pair[0])).count();
    let big = pairs.iter().filter(|pair| pair[0] == 0 && plain(pair[1])).count();
    let many = pairs.len() / 10;
    let (most, least, encoding) =
        if little >= big { (little, big, TextEncoding::UTF_16_LE) } else { (big, little, TextEncoding::UTF_16_BE) };
    (most > many && least < most / 8 + 1).then_some(encoding)
}
