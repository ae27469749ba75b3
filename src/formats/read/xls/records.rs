//! The records of which a workbook is made: a kind, a length, and bytes.

use super::super::CannotRead;

/// The kinds that are looked at.
pub mod kind {
    pub const FORMULA: u16 = 0x0006;
    pub const END: u16 = 0x000A;
    pub const DATE_MODE: u16 = 0x0022;
    pub const PASSWORD: u16 = 0x002F;
    pub const CONTINUE: u16 = 0x003C;
    pub const CODE_PAGE: u16 = 0x0042;
    pub const SHEET: u16 = 0x0085;
    pub const NUMBERS: u16 = 0x00BD;
    pub const RICH_LABEL: u16 = 0x00D6;
    pub const STYLE: u16 = 0x00E0;
    pub const MERGED: u16 = 0x00E5;
    pub const TEXTS: u16 = 0x00FC;
    pub const TEXT_CELL: u16 = 0x00FD;
    pub const NUMBER: u16 = 0x0203;
    pub const LABEL: u16 = 0x0204;
    pub const FLAG_OR_ERROR: u16 = 0x0205;
    pub const FORMULA_TEXT: u16 = 0x0207;
    pub const ROW: u16 = 0x0208;
    pub const SHORT_NUMBER: u16 = 0x027E;
    pub const FORMAT: u16 = 0x041E;
    pub const BEGIN: u16 = 0x0809;
}

/// A record.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    pub kind: u16,
    pub data: &'a [u8],
}

/// The records from the beginning of some bytes.
pub struct Records<'a>(pub &'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = Result<Record<'a>, CannotRead>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let Some((head, rest)) = self.0.split_first_chunk::<4>() else {
            self.0 = &[];
            return Some(Err(CannotRead::Damaged));
        };
        let (kind, length) = (u16::from_le_bytes([head[0], head[1]]), u16::from_le_bytes([head[2], head[3]]));
        let Some((data, rest)) = rest.split_at_checked(usize::from(length)) else {
            self.0 = &[];
            return Some(Err(CannotRead::Damaged));
        };
        self.0 = rest;
        Some(Ok(Record { kind, data }))
    }
}

impl Record<'_> {
    /// Two bytes of it as a number.
    pub fn short(&self, at: usize) -> Result<u16, CannotRead> {
        let bytes = self.data.get(at..at + 2).ok_or(CannotRead::Damaged)?;
        Ok(u16::from_le_bytes([bytes[0], bytes[1]]))
    }

    /// Four bytes of it as a number.
    pub fn long(&self, at: usize) -> Result<u32, CannotRead> {
        Ok(u32::from(self.short(at)?) | u32::from(self.short(at + 2)?) << 16)
    }

    /// Writes it behind others.
    pub fn write(&self, into: &mut Vec<u8>) {
        write(into, self.kind, &[self.data]);
    }
}

/// Writes a record of these pieces. They come from records, so that their length fits.
pub fn write(into: &mut Vec<u8>, kind: u16, pieces: &[&[u8]]) {
    let length: usize = pieces.iter().map(|piece| piece.len()).sum();
    into.extend_from_slice(&kind.to_le_bytes());
    into.extend_from_slice(&u16::try_from(length).unwrap_or(u16::MAX).to_le_bytes());
    for piece in pieces {
        into.extend_from_slice(piece);
    }
}
