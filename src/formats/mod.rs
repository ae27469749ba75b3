//! File formats: readers of other people's tables, writers of documents. They know the domain and nothing of a workspace.

pub mod csv_file;
pub mod defuse;
mod grid;
pub mod hxl;
pub mod seen;
pub mod whole_file;
pub mod xlsx;
