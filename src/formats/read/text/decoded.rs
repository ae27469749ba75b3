//! Bytes of any encoding as UTF-8 with one kind of line end, a piece at a time.

use std::io::Read;

use encoding_rs::{CoderResult, Decoder};

use super::TextEncoding;

/// What is put behind the end of every text. A zero byte is never part of it otherwise, so that a cell that holds one
/// is a cell whose quote was never closed.
pub const END: u8 = 0;
/// What the text is followed by: the end of a last line that had none, and a row with the mark.
pub const AFTER: &[u8] = &[b'\n', END, b'\n'];
const CHUNK: usize = 64 << 10;

/// Reads text: decoded, without zero bytes, with `\n` at the end of every line, and with a mark behind its end.
pub struct Decoded<R> {
    inner: R,
    decoder: Decoder,
    raw: Vec<u8>,
    /// What of `raw` is not decoded yet.
    from: usize,
    ready: Vec<u8>,
    /// What of `ready` was handed out.
    given: usize,
    after_return: bool,
    is_over: bool,
    allowed: usize,
    is_spent: bool,
    zeros: u64,
    unreadable: u64,
}

impl<R: Read> Decoded<R> {
    pub fn new(inner: R, encoding: TextEncoding) -> Self {
        Self {
            inner,
            decoder: encoding.decoder(),
            raw: Vec::new(),
            from: 0,
            ready: Vec::new(),
            given: 0,
            after_return: false,
            is_over: false,
            allowed: usize::MAX,
            is_spent: false,
            zeros: 0,
            unreadable: 0,
        }
    }

    /// So many bytes may be handed out from here on, before reading fails. A row that never ends ends there.
    pub fn allow(&mut self, bytes: usize) {
        self.allowed = bytes;
    }

    /// Whether reading failed because more was asked for than was allowed.
    pub fn is_spent(&self) -> bool {
        self.is_spent
    }

    /// What comes next, up to so many bytes, without taking it.
    pub fn peek(&mut self, bytes: usize) -> std::io::Result<&[u8]> {
        while self.ready.len() - self.given < bytes && !self.is_over {
            self.decode()?;
        }
        let end = self.ready.len().min(self.given + bytes);
        Ok(&self.ready[self.given..end])
    }

    /// Passes over bytes that were looked at.
    pub fn skip(&mut self, bytes: usize) {
        self.given = (self.given + bytes).min(self.ready.len());
    }

    /// What the user should know of the text.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.unreadable > 0 {
            notes.push(format!(
                "{} characters do not fit the encoding and are shown as \u{fffd}. Choose another encoding",
                self.unreadable
            ));
        }
        if self.zeros > 0 {
            notes.push(format!("{} zero bytes were left out. Look whether the file is damaged", self.zeros));
        }
        notes
    }

    /// Decodes one more piece to the end of `ready`.
    fn decode(&mut self) -> std::io::Result<()> {
        if self.given > 0 {
            self.ready.drain(..self.given);
            self.given = 0;
        }
        if self.from == self.raw.len() {
            self.raw.resize(CHUNK, 0);
            let read = loop {
                match self.inner.read(&mut self.raw) {
                    Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                    other => break other?,
                }
            };
            self.raw.truncate(read);
            self.from = 0;
        }
        let last = self.raw.is_empty();
        let start = self.ready.len();
        self.ready.resize(start + 3 * CHUNK, 0);
        let (result, read, written) = self.decode_piece(start, last);
        self.from += read;
        self.ready.truncate(start + written);
        self.mend(start);
        if last && result == CoderResult::InputEmpty {
            self.is_over = true;
            self.ready.extend_from_slice(AFTER);
        }
        Ok(())
    }

    /// Counts what cannot be read, and writes the sign for it as the encoding's own rule says.
    fn decode_piece(&mut self, start: usize, last: bool) -> (CoderResult, usize, usize) {
        let (mut read, mut written) = (0, 0);
        loop {
            let from = &self.raw[self.from + read..];
            let into = &mut self.ready[start + written..];
            let (result, took, gave) = self.decoder.decode_to_utf8_without_replacement(from, into, last);
            read += took;
            written += gave;
            match result {
                encoding_rs::DecoderResult::InputEmpty => return (CoderResult::InputEmpty, read, written),
                encoding_rs::DecoderResult::OutputFull => return (CoderResult::OutputFull, read, written),
                encoding_rs::DecoderResult::Malformed(..) => {
                    self.unreadable += 1;
                    let sign = "\u{fffd}".as_bytes();
                    if let Some(place) = self.ready.get_mut(start + written..start + written + sign.len()) {
                        place.copy_from_slice(sign);
                        written += sign.len();
                    }
                }
            }
        }
    }

    /// Leaves out zero bytes and makes one line end of three kinds.
    fn mend(&mut self, start: usize) {
        let piece = &mut self.ready[start..];
        if !self.after_return && !piece.iter().any(|byte| matches!(byte, b'\r' | 0)) {
            return;
        }
        let mut kept = 0;
        for at in 0..piece.len() {
            let byte = piece[at];
            let second = self.after_return && byte == b'\n';
            self.after_return = byte == b'\r';
            if byte == 0 {
                self.zeros += 1;
            } else if !second {
                piece[kept] = if byte == b'\r' { b'\n' } else { byte };
                kept += 1;
            }
        }
        self.ready.truncate(start + kept);
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        while self.given == self.ready.len() && !self.is_over {
            self.decode()?;
        }
        let ready = &self.ready[self.given..];
        if !ready.is_empty() && self.allowed == 0 {
            self.is_spent = true;
            return Err(std::io::Error::other("a row is too long"));
        }
        let length = ready.len().min(into.len());
        into[..length].copy_from_slice(&ready[..length]);
        self.given += length;
        self.allowed = self.allowed.saturating_sub(length);
        Ok(length)
    }
}
