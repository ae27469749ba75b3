//! The icons, by what they show. A test holds them against the list of the font in `assets/fonts`.

use crate::domain::record::RecordKind;

/// Declares each icon once: a constant, its name in the font and its character.
macro_rules! icons {
    ($($name:ident = $file_name:literal, $icon:literal;)+) => {
        $(#[doc = $file_name] pub const $name: &str = $icon;)+

        /// Every icon: name in the font, character.
        #[cfg(test)]
        const ALL: &[(&str, &str)] = &[$(($file_name, $icon),)+];
    };
}

icons! {
    ADD = "plus", "\u{E3D4}";
    AIRPLANE = "airplane-tilt", "\u{E5D6}";
    ALERT = "warning-circle", "\u{E4E2}";
    ARRIVED = "map-pin", "\u{E316}";
    ATTACHMENT = "paperclip", "\u{E39A}";
    AUDIENCE = "eye-slash", "\u{E224}";
    AUTHORITY = "bank", "\u{E0B4}";
    BACK = "arrow-left", "\u{E058}";
    BALANCE = "gauge", "\u{E628}";
    BOOKING = "bookmark-simple", "\u{E0EA}";
    CALENDAR = "calendar-blank", "\u{E10A}";
    CANCELLED = "prohibit", "\u{E3DE}";
    CARET_DOWN = "caret-down", "\u{E136}";
    CASH = "currency-circle-dollar", "\u{E54C}";
    CATEGORY = "tag", "\u{E478}";
    CHECK = "check", "\u{E182}";
    CHECKS = "checks", "\u{E53A}";
    CHECK_CIRCLE = "check-circle", "\u{E184}";
    CLOCK = "clock", "\u{E19A}";
    CLOSE = "x", "\u{E4F6}";
    CONTACT = "phone", "\u{E3B8}";
    COPY = "copy", "\u{E1CA}";
    COUNTDOWN = "clock-countdown", "\u{ED2C}";
    DECISION = "gavel", "\u{EA32}";
    DOWN = "arrow-down", "\u{E03E}";
    DRAFT = "note-pencil", "\u{E34C}";
    EDIT = "pencil-simple", "\u{E3B4}";
    EVENT = "calendar-check", "\u{E712}";
    EXPENSE = "money", "\u{E588}";
    EXPIRED = "calendar-x", "\u{E10C}";
    EXPORT = "download-simple", "\u{E20C}";
    FIGURE = "sliders-horizontal", "\u{E434}";
    FILE = "file-text", "\u{E23A}";
    FLAG = "flag-banner", "\u{E622}";
    FOLDER = "folder-open", "\u{E256}";
    FORM = "table", "\u{E476}";
    FUND = "hand-coins", "\u{EA8C}";
    GOODS = "chart-bar", "\u{E150}";
    HAND = "hand-palm", "\u{E57E}";
    HISTORY = "clock-counter-clockwise", "\u{E1A0}";
    HOURGLASS = "hourglass-medium", "\u{E2B8}";
    IMPORT = "upload-simple", "\u{E4C0}";
    INCIDENT = "warning-octagon", "\u{E4E4}";
    INDICATOR = "chart-line-up", "\u{E156}";
    INFO = "info", "\u{E2CE}";
    INSTRUMENT = "stamp", "\u{EA48}";
    ITEM = "cube", "\u{E1DA}";
    LETTER = "envelope-open", "\u{E216}";
    LOCK = "lock", "\u{E2FA}";
    LOT = "barcode", "\u{E0B8}";
    MATTER = "folder", "\u{E24A}";
    MOVEMENT = "arrow-right", "\u{E06C}";
    NEXT_DAY = "caret-right", "\u{E13A}";
    NOTE = "note", "\u{E348}";
    ORGANISATION = "buildings", "\u{E102}";
    OVERVIEW = "squares-four", "\u{E464}";
    PACKAGE = "package", "\u{E390}";
    PAPER = "newspaper", "\u{E344}";
    PARTY = "handshake", "\u{E582}";
    PAUSE = "pause-circle", "\u{E3A0}";
    PEOPLE = "users-three", "\u{E68E}";
    PERMISSION = "seal-check", "\u{E606}";
    PERSON = "user", "\u{E4C2}";
    PLANNED = "circle-dashed", "\u{E602}";
    PREVIOUS_DAY = "caret-left", "\u{E138}";
    PROJECT = "list-checks", "\u{EADC}";
    PUBLIC = "globe", "\u{E288}";
    PUBLICATION = "megaphone", "\u{E324}";
    PURCHASE = "newspaper-clipping", "\u{E346}";
    QUESTION = "question", "\u{E3E8}";
    RAIL = "list", "\u{E2F0}";
    RATE = "coins", "\u{E78E}";
    REACH = "users", "\u{E4D6}";
    RECEIPT = "signature", "\u{EBAC}";
    REDO = "arrow-u-up-right", "\u{E08C}";
    REFUSED = "x-circle", "\u{E4F8}";
    RELIANCE = "shield-check", "\u{E40C}";
    REPLACED = "arrow-clockwise", "\u{E036}";
    REPORT = "notebook", "\u{E34E}";
    RETURNED = "arrow-u-up-left", "\u{E08A}";
    REVIEW = "scales", "\u{E750}";
    RULE = "tree-structure", "\u{E67C}";
    SAVE = "floppy-disk", "\u{E248}";
    SEALED = "lock-key", "\u{E2FE}";
    SEAL_WARNING = "seal-warning", "\u{E60C}";
    SEARCH = "magnifying-glass", "\u{E30C}";
    SENT = "paper-plane-tilt", "\u{E398}";
    SILENT = "broadcast", "\u{E0F2}";
    SITE = "map-trifold", "\u{E31A}";
    SUITCASE = "suitcase-rolling", "\u{E9B0}";
    TRASH = "trash", "\u{E4A6}";
    TRUCK = "truck", "\u{E4B4}";
    UP = "arrow-up", "\u{E08E}";
    VISIT = "eye", "\u{E220}";
    WARNING = "warning", "\u{E4E0}";
}

/// The icon of a status word, whichever vocabulary it is from. It says with a shape what the tone says with colour.
#[must_use]
pub fn for_status(word: &str) -> &'static str {
    match word {
        "draft" => DRAFT,
        "national_review" => REVIEW,
        "sent" | "asked" | "ordered" => SENT,
        "registered" | "in_approval" | "follow_up_open" => CLOCK,
        "question_open" => QUESTION,
        "on_hold" | "suspended" => PAUSE,
        "held" => HAND,
        "intent_to_deny" | "follow_up_overdue" | "incident_open" | "cash_unsettled" => ALERT,
        "letter_pending" => LETTER,
        "last_known" => SILENT,
        "withdrawn" | "returned" | "returned_unregistered" | "returned_without_action" => RETURNED,
        "decided" | "approved" | "eligible" | "active" | "cleared" | "visited" | "target_met" | "incident_closed"
        | "cash_settled" => CHECK_CIRCLE,
        "approved_with_conditions" | "approved_in_part" | "not_needed" | "received_in_part" | "delivered_in_part" => {
            CHECK
        }
        "cleared_by_silence" | "not_yet" | "reliance_ahead" => HOURGLASS,
        "received" | "extended" | "amended" | "delivered" => CHECKS,
        "in_store" => PACKAGE,
        "expiring" | "waits_for_other" | "reliance_ending" | "short_dated" => COUNTDOWN,
        "expired" | "reliance_ended" | "lot_expired" => EXPIRED,
        "end_not_stated" => INFO,
        "used_up" | "revoked" => SEAL_WARNING,
        "replaced" => REPLACED,
        "refused" | "not_eligible" | "target_missed" => REFUSED,
        "dispatched" => TRUCK,
        "arrived" => ARRIVED,
        "travelling" => SUITCASE,
        "cancelled" | "closed" | "none" | "gone" | "order_cancelled" => CANCELLED,
        "guidance" => NOTE,
        "visit_planned" => CALENDAR,
        "below_target" => INDICATOR,
        "relied_on" => RELIANCE,
        "cash_carried" => CASH,
        "blocked" => WARNING,
        _ => PLANNED,
    }
}

/// The icon of a kind of record.
#[must_use]
pub const fn for_kind(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Organisation => ORGANISATION,
        RecordKind::Category => CATEGORY,
        RecordKind::Authority => AUTHORITY,
        RecordKind::Instrument => INSTRUMENT,
        RecordKind::Party => PARTY,
        RecordKind::Person => PERSON,
        RecordKind::Project => PROJECT,
        RecordKind::Item => ITEM,
        RecordKind::Fund => FUND,
        RecordKind::Matter => MATTER,
        RecordKind::Request => FILE,
        RecordKind::Event | RecordKind::ShipmentEvent | RecordKind::TripEvent => EVENT,
        RecordKind::Decision => DECISION,
        RecordKind::Permission => PERMISSION,
        RecordKind::Shipment => PACKAGE,
        RecordKind::Receipt => RECEIPT,
        RecordKind::Distribution => PEOPLE,
        RecordKind::Purchase => PURCHASE,
        RecordKind::Lot => LOT,
        RecordKind::Movement => MOVEMENT,
        RecordKind::Expense => EXPENSE,
        RecordKind::ExchangeRate => RATE,
        RecordKind::Site => SITE,
        RecordKind::Trip => AIRPLANE,
        RecordKind::Cash => CASH,
        RecordKind::Reliance => RELIANCE,
        RecordKind::Visit => VISIT,
        RecordKind::Reach => REACH,
        RecordKind::Indicator => INDICATOR,
        RecordKind::Incident => INCIDENT,
        RecordKind::PolicyEvent => FLAG,
        RecordKind::Note => NOTE,
        RecordKind::Contact => CONTACT,
        RecordKind::Rule => RULE,
        RecordKind::Figure => FIGURE,
        RecordKind::Booking => BOOKING,
        RecordKind::Balance => BALANCE,
        RecordKind::Clearance => CHECKS,
        RecordKind::Mark => COUNTDOWN,
        RecordKind::Attachment => ATTACHMENT,
        RecordKind::Paper => PAPER,
        RecordKind::ReportForm => FORM,
        RecordKind::Report => REPORT,
        RecordKind::Seal => SEALED,
        RecordKind::Publication => PUBLICATION,
        RecordKind::Audience => AUDIENCE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_is_in_the_font() {
        let list = include_str!("../../assets/fonts/phosphor-icons.txt");
        for (name, icon) in ALL {
            let code = icon.chars().next().map(u32::from).unwrap_or_default();
            let line = format!("{name} U+{code:04X}");
            assert!(list.lines().any(|known| known == line), "{line} is not in the font");
        }
    }
}
