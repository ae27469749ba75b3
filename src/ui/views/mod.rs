//! The screens: each paints an answer and says what a click asks for.

pub mod overview;
