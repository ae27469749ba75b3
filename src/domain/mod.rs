//! The pure core: words, numbers, records, status and the journal's chain. No clock, no file, no SQL, no window.

mod as_text;
pub mod clocks;
pub mod codes;
pub mod coverage;
pub mod date;
pub mod document;
pub mod goods;
pub mod iati;
pub mod id;
pub mod journal;
pub mod kaplan_meier;
pub mod media;
pub mod money;
pub mod quantity;
pub mod rate;
pub mod reach;
pub mod record;
pub mod rules;
pub mod schema;
pub mod search;
pub mod shares;
pub mod status;
pub mod summary;
pub mod text;
pub mod units;
pub mod word;
pub mod wording;
