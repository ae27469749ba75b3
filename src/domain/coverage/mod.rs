//! The coverage ledger: is every line, and every traveller, covered, until when, and by whose letter?
//!
//! Facts come in, cells go out: no clock, no file. A balance is never kept; it is the sum of the bookings on a day.

pub mod arrival;
pub mod cell;
mod consigned;
mod cover;
pub mod goods;
pub mod judge;
pub mod ledger;
pub mod moved;
mod reliance;
pub mod slots;
pub mod travel;
pub mod usage;

pub use cell::{By, Cell, CellState, Why};
pub use goods::LineRow;
pub use judge::Judge;
pub use ledger::Ledger;
pub use moved::MovedDates;
pub use travel::LegRow;
pub use usage::UseDays;

pub use crate::domain::status::permission::amounts::{Left, Standing};
pub use crate::domain::status::permission::booked::{Booked, UseDay};
