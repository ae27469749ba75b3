//! Small things from which the screens are put together.

pub mod badge;
