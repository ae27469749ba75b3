//! How a state of the coverage looks: an icon, a tone and a short word, so that colour never says anything alone.

use crate::domain::coverage::CellState;
use crate::ui::icons;
use crate::ui::theme::Tone;

/// The icon of a state.
#[must_use]
pub const fn icon(state: CellState) -> &'static str {
    match state {
        CellState::Barred => icons::CANCELLED,
        CellState::Refused => icons::REFUSED,
        CellState::Suspended => icons::PAUSE,
        CellState::OutsideWindow => icons::EXPIRED,
        CellState::OutsideScope => icons::SEAL_WARNING,
        CellState::NoSlot => icons::HAND,
        CellState::Short => icons::BALANCE,
        CellState::DependencyFails => icons::HOURGLASS,
        CellState::ConditionOpen => icons::PROJECT,
        CellState::Unclear => icons::QUESTION,
        CellState::Unknown => icons::PLANNED,
        CellState::Covered => icons::CHECK_CIRCLE,
        CellState::NotNeeded => icons::CHECK,
    }
}

/// How much a state should worry its reader.
#[must_use]
pub const fn tone(state: CellState) -> Tone {
    match state {
        CellState::Barred
        | CellState::Refused
        | CellState::Suspended
        | CellState::OutsideWindow
        | CellState::OutsideScope
        | CellState::NoSlot
        | CellState::Short => Tone::Bad,
        CellState::DependencyFails | CellState::ConditionOpen | CellState::Unclear => Tone::Warn,
        CellState::Unknown => Tone::Neutral,
        CellState::Covered => Tone::Good,
        CellState::NotNeeded => Tone::Muted,
    }
}
