//! The coverage ledger as a use case: loads the facts, asks the domain, and words what comes out.

mod answers;
mod asked;
pub mod book;
mod cut;
mod desk;
mod figures;
mod known;
mod line;
mod load;
mod moved_use;
mod options;
pub(in crate::services) mod perform;
mod put_together;
mod sheet;
mod slot_words;
mod slots;
mod what_if;
mod words;

pub(in crate::services) use answers::{of_all, of_all_known, of_one};
pub(in crate::services) use asked::{AskedLine, Granted, of_request};
pub use book::{Candidate, Choose};
pub use desk::Desk;
pub(in crate::services) use figures::signed;
pub(in crate::services) use known::store as known_store;
pub use line::LineBooking;
pub(in crate::services) use options::options;
pub use perform::SignOff;
pub(in crate::services) use sheet::html as sheet;
pub use sheet::{file_name, save as save_sheet};
pub(in crate::services) use slots::of_permission as slots_of;
pub(in crate::services) use what_if::what_if;
