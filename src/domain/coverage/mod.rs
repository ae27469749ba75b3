//! The coverage ledger: is every line, and every traveller, covered, until when, and by whose letter?
//!
//! Facts come in, cells go out: no clock, no file. A balance is never kept; it is the sum of the bookings on a day.

pub mod amounts;
pub mod arrival;
pub mod booked;
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

pub use amounts::{Left, Standing};
pub use booked::Booked;
pub use cell::{By, Cell, CellState, Why};
pub use goods::LineRow;
pub use judge::Judge;
pub use ledger::Ledger;
pub use moved::MovedDates;
pub use travel::LegRow;
pub use usage::{UseDay, UseDays};
