//! Which permissions does an act need? Dated rows answer it; this room selects them and never says that something is allowed.

pub mod act;
pub mod acts;
mod advise;
pub mod asked;
pub mod book;
pub mod class;
pub mod file;
pub mod hs;
pub mod matching;
pub mod order;

pub use act::{Act, Actor, Goods, Traveller};
pub use asked::AskedAct;
pub use book::{Advice, Need, RuleBook, RuleRow};
