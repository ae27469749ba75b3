//! The coverage ledger as a use case: loads the facts, asks the domain, and words what comes out.

mod answers;
mod desk;
mod known;
mod load;
mod words;

pub(in crate::services) use answers::{of_all, of_all_known, of_one};
pub use desk::Desk;
