//! Small things from which the screens are put together.

pub mod badge;
pub mod button;
pub mod card;
pub mod caret;
pub mod combo;
pub mod date_field;
pub mod empty;
pub mod field;
pub mod long_table;
pub mod picker;
mod picker_list;
pub mod segmented;
pub mod skeleton;
