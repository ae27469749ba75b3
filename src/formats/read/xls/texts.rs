//! How long each of the texts of a workbook is. Cells name a text by its number, and each cell takes a copy of it: a
//! long text that a hundred thousand cells name would fill the memory.

use super::super::CannotRead;

/// The texts of a workbook, in a record that goes on in others.
pub struct Texts<'a> {
    /// The pieces that are left, the first of which is being read.
    pieces: std::vec::IntoIter<&'a [u8]>,
    now: &'a [u8],
}

impl<'a> Texts<'a> {
    /// Lengths in bytes of memory, at most, in the order of the texts.
    pub fn lengths(pieces: Vec<&'a [u8]>) -> Result<Vec<u32>, CannotRead> {
        let mut pieces = pieces.into_iter();
        let now = pieces.next().unwrap_or_default();
        // Before the first stand two counts, which nobody relies on.
        let now = now.get(8..).ok_or(CannotRead::Damaged)?;
        let mut texts = Self { pieces, now };
        let mut lengths = Vec::new();
        while texts.more() {
            lengths.push(texts.one()?);
        }
        Ok(lengths)
    }

    /// Whether anything is left, in this piece or the next.
    fn more(&mut self) -> bool {
        while self.now.is_empty() {
            let Some(next) = self.pieces.next() else { return false };
            self.now = next;
        }
        true
    }

    fn one(&mut self) -> Result<u32, CannotRead> {
        let head = self.take(3)?;
        let (characters, flags) = (usize::from(u16::from_le_bytes([head[0], head[1]])), head[2]);
        let runs = if flags & 8 == 0 { 0 } else { number(self.take(2)?) };
        let extra = if flags & 4 == 0 { 0 } else { number(self.take(4)?) };
        let (mut left, mut wide, mut bytes) = (characters, flags & 1 != 0, 0);
        while left > 0 {
            if self.now.is_empty() {
                // A text that goes on in the next piece says again how wide its characters are.
                if !self.more() {
                    return Err(CannotRead::Damaged);
                }
                wide = self.take(1)?[0] & 1 != 0;
            }
            let width = if wide { 2 } else { 1 };
            let here = left.min((self.now.len() / width).max(1));
            self.now = self.now.get(here * width..).unwrap_or_default();
            left -= here;
            // In memory a character takes up to three bytes.
            bytes += here * if wide { 3 } else { 2 };
        }
        self.skip(runs * 4 + extra)?;
        u32::try_from(bytes).map_err(CannotRead::damaged)
    }

    fn take(&mut self, bytes: usize) -> Result<&'a [u8], CannotRead> {
        let (taken, rest) = self.now.split_at_checked(bytes).ok_or(CannotRead::Damaged)?;
        self.now = rest;
        Ok(taken)
    }

    fn skip(&mut self, mut bytes: usize) -> Result<(), CannotRead> {
        while bytes > 0 {
            if !self.more() {
                return Err(CannotRead::Damaged);
            }
            let here = bytes.min(self.now.len());
            self.now = &self.now[here..];
            bytes -= here;
        }
        Ok(())
    }
}

/// A number, low byte first.
fn number(bytes: &[u8]) -> usize {
    bytes.iter().rev().fold(0, |sum, byte| (sum << 8) | usize::from(*byte))
}
