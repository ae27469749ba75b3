//! How a state of the coverage looks: an icon, a tone and a short word, so that colour never says anything alone.

use crate::domain::coverage::CellState;
use crate::services::queries::CoverageCell;
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

/// A state in a word or two.
#[must_use]
pub const fn word(state: CellState) -> &'static str {
    match state {
        CellState::OutsideWindow => "Window",
        CellState::OutsideScope => "Scope",
        CellState::NoSlot => "No slot",
        CellState::DependencyFails => "Dependency",
        CellState::ConditionOpen => "Condition",
        other => other.label(),
    }
}

/// A cell in as few words as a narrow column holds.
#[must_use]
pub fn brief(cell: &CoverageCell) -> String {
    match (cell.state, cell.figure.as_str()) {
        (CellState::OutsideWindow, figure) if !figure.is_empty() => figure.to_owned(),
        (state, "") => word(state).to_owned(),
        (state, figure) => format!("{} {figure}", word(state)),
    }
}
