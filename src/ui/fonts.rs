//! The fonts that travel with the program, so that Hangul, Chinese and every icon look the same everywhere.

use std::sync::Arc;

use eframe::egui::{FontData, FontDefinitions, FontFamily, FontTweak};

/// The family of headings and of words that carry a line.
pub const SEMIBOLD: &str = "semibold";

const REGULAR: &str = "pretendard";
const HAN: &str = "noto-sans-sc";
const ICONS: &str = "phosphor";

/// The fonts and the order in which they are asked for a character: Latin and Hangul, then Han, then icons.
#[must_use]
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let files: [(&str, &'static [u8]); 4] = [
        (REGULAR, crate::fonts::REGULAR),
        (SEMIBOLD, crate::fonts::SEMIBOLD),
        (HAN, crate::fonts::HAN),
        (ICONS, crate::fonts::ICONS),
    ];
    for (name, bytes) in files {
        let tweak = if name == ICONS { icon_tweak() } else { FontTweak::default() };
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes).tweak(tweak)));
    }
    let chain = |first: &str| [first, HAN, ICONS].map(str::to_owned).to_vec();
    fonts.families.insert(FontFamily::Proportional, chain(REGULAR));
    // Pretendard's figures are all of one width here, so columns of numbers need no other font.
    fonts.families.insert(FontFamily::Monospace, chain(REGULAR));
    fonts.families.insert(FontFamily::Name(SEMIBOLD.into()), chain(SEMIBOLD));
    fonts
}

/// Phosphor draws in the middle of its square, which lies above the middle of capitals; this brings both together.
fn icon_tweak() -> FontTweak {
    FontTweak { scale: 1.12, y_offset_factor: 0.05, ..FontTweak::default() }
}

#[cfg(test)]
mod tests {
    use egui_kittest::kittest::Queryable as _;

    #[test]
    fn place_names_are_shown_in_their_own_script() {
        let words = "Pyongyang 평양 平壤 丹东 · – “”";
        let harness = crate::ui::testing::harness([400.0, 80.0], (), move |ui, ()| {
            ui.label(words);
            ui.label(crate::ui::theme::strong("Dandong 단둥 丹东"));
        });
        harness.get_by_label(words);
    }
}
