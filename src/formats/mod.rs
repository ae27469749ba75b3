//! File formats: readers of other people's tables, writers of documents. They know the domain and nothing of a workspace.

pub mod docx;
mod made;
pub mod originals;
pub mod pdf;
pub mod text;
pub mod whole_file;

pub use made::{Made, Standard};
