//! The coverage ledger as a use case: loads the facts, asks the domain, and words what comes out.

mod answers;
pub mod book;
mod desk;
mod known;
mod load;
mod moved_use;
pub(in crate::services) mod perform;
mod put_together;
mod slot_words;
mod slots;
mod what_if;
mod words;

pub(in crate::services) use answers::{of_all, of_all_known, of_one};
pub use book::{Candidate, Choose};
pub use desk::Desk;
pub use perform::SignOff;
pub(in crate::services) use slots::of_permission as slots_of;
pub(in crate::services) use what_if::what_if;
