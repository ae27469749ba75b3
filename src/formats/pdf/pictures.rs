//! How large a picture is before anybody unfolds it: a file of some kilobytes can ask for ten gigabytes of memory.

/// The name under which typst is handed a picture of this kind; `None` where it is none.
pub(super) fn kind(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("original.png"),
        [0xff, 0xd8, 0xff, ..] => Some("original.jpg"),
        [b'G', b'I', b'F', b'8', ..] => Some("original.gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("original.webp"),
        _ => None,
    }
}

/// The points of a picture, wide and high, as its head says; `None` where it does not.
pub(super) fn size(bytes: &[u8]) -> Option<(u64, u64)> {
    match kind(bytes)? {
        "original.png" => Some((big(bytes, 16, 4)?, big(bytes, 20, 4)?)),
        "original.gif" => Some((small(bytes, 6, 2)?, small(bytes, 8, 2)?)),
        "original.jpg" => jpeg(bytes),
        _ => webp(bytes),
    }
}

/// A JPEG is a row of segments; those that begin with C0 to CF (but C4, C8 and CC) tell the size.
fn jpeg(bytes: &[u8]) -> Option<(u64, u64)> {
    let mut at = 2;
    while *bytes.get(at)? == 0xff {
        let kind = *bytes.get(at + 1)?;
        if matches!(kind, 0xc0..=0xcf) && !matches!(kind, 0xc4 | 0xc8 | 0xcc) {
            return Some((big(bytes, at + 7, 2)?, big(bytes, at + 5, 2)?));
        }
        at += match kind {
            // Filling, and marks without a length.
            0xff => 1,
            0x01 | 0xd0..=0xd8 => 2,
            _ => 2 + usize::try_from(big(bytes, at + 2, 2)?).ok()?,
        };
    }
    None
}

fn webp(bytes: &[u8]) -> Option<(u64, u64)> {
    match bytes.get(12..16)? {
        b"VP8X" => Some((small(bytes, 24, 3)? + 1, small(bytes, 27, 3)? + 1)),
        b"VP8 " => Some((small(bytes, 26, 2)? & 0x3fff, small(bytes, 28, 2)? & 0x3fff)),
        b"VP8L" => {
            let packed = small(bytes, 21, 4)?;
            Some(((packed & 0x3fff) + 1, ((packed >> 14) & 0x3fff) + 1))
        }
        _ => None,
    }
}

fn big(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    Some(bytes.get(at..at + length)?.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

fn small(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    Some(bytes.get(at..at + length)?.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_of_a_picture_tells_its_size() {
        let png = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &[0, 0, 0xc3, 0x50, 0, 0, 0, 9]].concat();
        assert_eq!(size(&png), Some((50_000, 9)));
        assert_eq!(size(b"GIF89a\x10\x00\x20\x00"), Some((16, 32)));
        let jpeg =
            [b"\xff\xd8\xff\xe0\0\x04ab".as_slice(), b"\xff\xc4\0\x02\xff\xff\xc0\0\x11\x08\x01\x00\x02\x00"].concat();
        assert_eq!(size(&jpeg), Some((512, 256)));
        assert_eq!(size(b"RIFF....WEBPVP8X\0\0\0\0....\x01\0\0\x02\0\0"), Some((2, 3)));
        assert_eq!(
            size(include_bytes!("../../../assets/icon/corridor.png")).map(|(wide, high)| wide == high),
            Some(true)
        );
        for cut in 0..png.len() {
            assert_eq!(size(&png[..cut]), None, "{cut}");
        }
        assert_eq!(size(b"\xff\xd8\xff\xc4\0\0\xff"), None);
    }
}
