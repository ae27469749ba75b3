//! Where the bytes of an original come from. A workspace keeps them by their SHA-256; a format only asks for them.

/// Hands out files by their SHA-256.
pub trait Originals {
    /// The bytes of this file; `None` where there is none.
    fn bytes(&self, sha256: &str) -> Option<Vec<u8>>;
}

/// No originals at all, for documents that name none.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoOriginals;

impl Originals for NoOriginals {
    fn bytes(&self, _sha256: &str) -> Option<Vec<u8>> {
        None
    }
}
