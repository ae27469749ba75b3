//! Reads what an archive unpacks, and stops where it grows beyond what it said or what memory should hold.

use std::io::{BufRead, BufReader, Read};

/// Why reading was stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// It unpacks to more than it says.
    Whole,
    /// One tag, text or comment is longer than any cell.
    Piece,
}

/// A reader that hands out at most so many bytes in all, and so many between two marks.
pub struct Bounded<R> {
    inner: BufReader<R>,
    whole: u64,
    piece: usize,
    over: Option<Over>,
}

impl<R: Read> Bounded<R> {
    /// Hands out at most so many bytes in all.
    pub fn new(inner: R, whole: u64) -> Self {
        Self { inner: BufReader::with_capacity(64 << 10, inner), whole, piece: usize::MAX, over: None }
    }

    /// From here to the next mark, at most so many bytes.
    pub fn mark(&mut self, piece: usize) {
        self.piece = piece;
    }

    /// Why it stopped, if it did.
    pub fn over(&self) -> Option<Over> {
        self.over
    }
}

impl<R: Read> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        let (whole, piece) = (self.whole, self.piece);
        let ready = self.inner.fill_buf()?;
        if !ready.is_empty() && (whole == 0 || piece == 0) {
            self.over = Some(if whole == 0 { Over::Whole } else { Over::Piece });
            return Err(std::io::Error::other("more than is read"));
        }
        let most = usize::try_from(whole).unwrap_or(usize::MAX).min(piece).min(ready.len());
        Ok(&ready[..most])
    }

    fn consume(&mut self, bytes: usize) {
        self.whole = self.whole.saturating_sub(bytes as u64);
        self.piece = self.piece.saturating_sub(bytes);
        self.inner.consume(bytes);
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let ready = self.fill_buf()?;
        let length = ready.len().min(into.len());
        into[..length].copy_from_slice(&ready[..length]);
        self.consume(length);
        Ok(length)
    }
}
