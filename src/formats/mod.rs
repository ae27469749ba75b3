//! File formats: readers of other people's tables, writers of documents. They know the domain and nothing of a workspace.

pub mod archive;
pub mod csv_file;
pub mod defuse;
pub mod docx;
mod grid;
pub mod guarded;
pub mod hxl;
pub mod iati;
mod made;
pub mod originals;
pub mod pdf;
pub mod read;
pub mod seen;
pub mod text;
pub mod whole_file;
pub mod xlsx;

pub use made::{Made, Standard};
