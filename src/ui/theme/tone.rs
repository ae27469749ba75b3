//! How much a status should worry its reader.

use eframe::egui::{self, Color32};

/// Words and ground of a badge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToneColours {
    /// Icon and word.
    pub text: Color32,
    /// What they stand on.
    pub fill: Color32,
}

/// How much a status should worry its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Nothing has begun, or nothing is to be said.
    Neutral,
    /// Something is under way.
    Progress,
    /// Something went well.
    Good,
    /// Something needs attention.
    Warn,
    /// Something is blocked, refused or overdue.
    Bad,
    /// Something is over.
    Muted,
}

impl Tone {
    /// Its colours in the brightness that `visuals` has.
    #[must_use]
    pub fn colours(self, visuals: &egui::Visuals) -> ToneColours {
        let palette = super::palette(visuals);
        match self {
            Self::Neutral => palette.neutral,
            Self::Progress => palette.progress,
            Self::Good => palette.good,
            Self::Warn => palette.warn,
            Self::Bad => palette.bad,
            Self::Muted => palette.muted,
        }
    }
}

/// The tone of a status word, whichever vocabulary it is from.
#[must_use]
pub fn tone(word: &str) -> Tone {
    match word {
        "sent" | "registered" | "dispatched" | "in_approval" | "travelling" | "open" | "asked" | "ordered"
        | "visit_planned" | "below_target" | "cash_carried" => Tone::Progress,
        "decided" | "approved" | "eligible" | "cleared_by_silence" | "not_needed" | "amended" | "extended"
        | "active" | "received" | "cleared" | "letter_pending" | "arrived" | "delivered" | "in_store" | "visited"
        | "target_met" | "relied_on" | "cash_settled" => Tone::Good,
        "national_review"
        | "question_open"
        | "waits_for_other"
        | "approved_with_conditions"
        | "approved_in_part"
        | "received_in_part"
        | "delivered_in_part"
        | "short_dated"
        | "expiring"
        | "follow_up_open"
        | "reliance_ending"
        | "end_not_stated"
        | "returned_without_action"
        | "returned_unregistered" => Tone::Warn,
        "on_hold" | "intent_to_deny" | "refused" | "not_eligible" | "suspended" | "revoked" | "held" | "used_up"
        | "blocked" | "lot_expired" | "follow_up_overdue" | "target_missed" | "incident_open" | "cash_unsettled" => {
            Tone::Bad
        }
        "withdrawn" | "last_known" | "expired" | "replaced" | "cancelled" | "closed" | "returned" | "none" | "gone"
        | "order_cancelled" | "reliance_ended" | "incident_closed" => Tone::Muted,
        _ => Tone::Neutral,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_blocked_is_never_shown_as_calm() {
        for word in ["on_hold", "held", "refused", "suspended", "intent_to_deny"] {
            assert_eq!(tone(word), Tone::Bad, "{word}");
        }
        assert_eq!(tone("a word of tomorrow"), Tone::Neutral);
    }
}
