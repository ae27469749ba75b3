//! The colours, by what they mean, for light and dark.

use eframe::egui::{self, Color32};

use super::tone::ToneColours;

/// All colours of one brightness.
#[derive(Debug)]
pub struct Palette {
    /// Behind everything.
    pub ground: Color32,
    /// A card, a field, a popup.
    pub card: Color32,
    /// Something set off from the card it lies on: a row of a list, the heading of a table.
    pub inset: Color32,
    /// The border of a card and the line between rows.
    pub hairline: Color32,
    /// The border of a field.
    pub control_line: Color32,
    /// The ground of a button.
    pub control: Color32,
    /// The ground of a button under the pointer.
    pub control_hover: Color32,
    /// The ground of a button while it is pressed.
    pub control_press: Color32,
    /// Words.
    pub text: Color32,
    /// Headings and figures.
    pub text_strong: Color32,
    /// Hints, units and what matters less.
    pub text_muted: Color32,
    /// What can be clicked, and what is chosen.
    pub accent: Color32,
    /// The accent under the pointer.
    pub accent_hover: Color32,
    /// Words on the accent.
    pub on_accent: Color32,
    /// The ground of what is chosen.
    pub accent_soft: Color32,
    /// A zero, where figures are dense.
    pub faint: Color32,
    /// The shadow under a popup.
    pub shadow: Color32,
    /// The bars of an outcome in charts: good, part, neutral, bad.
    pub series: [Color32; 6],
    /// The categories, from 1 to 8.
    pub categories: [Color32; 8],
    /// Status, by how much it should worry.
    pub neutral: ToneColours,
    /// Something is under way.
    pub progress: ToneColours,
    /// Something went well.
    pub good: ToneColours,
    /// Something needs attention.
    pub warn: ToneColours,
    /// Something is blocked, refused or overdue.
    pub bad: ToneColours,
    /// Something is over.
    pub muted: ToneColours,
}

const fn rgb(hex: u32) -> Color32 {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

const fn on(text: u32, fill: u32) -> ToneColours {
    ToneColours { text: rgb(text), fill: rgb(fill) }
}

static LIGHT: Palette = Palette {
    ground: rgb(0xF6_F7_F5),
    card: rgb(0xFF_FF_FF),
    inset: rgb(0xF8_F9_F8),
    hairline: rgb(0xE2_E6_E4),
    control_line: rgb(0xB4_BF_C2),
    control: rgb(0xFF_FF_FF),
    control_hover: rgb(0xEE_F3_F3),
    control_press: rgb(0xDF_EA_EA),
    text: rgb(0x24_2D_31),
    text_strong: rgb(0x10_17_1A),
    text_muted: rgb(0x5A_66_6B),
    accent: rgb(0x0F_5C_63),
    accent_hover: rgb(0x0B_4A_50),
    on_accent: rgb(0xFF_FF_FF),
    accent_soft: rgb(0xE0_EE_EE),
    faint: rgb(0xC3_CC_CE),
    shadow: Color32::from_rgba_premultiplied(0, 0, 0, 30),
    series: [rgb(0x2F_8F_5B), rgb(0x8C_BF_6A), rgb(0x4F_86_B8), rgb(0x9A_A8_AF), rgb(0xD9_8E_2B), rgb(0xB3_3F_32)],
    categories: [
        rgb(0xD9_8E_04),
        rgb(0x00_72_B2),
        rgb(0x00_96_6C),
        rgb(0xCC_6F_A4),
        rgb(0x4A_A5_DA),
        rgb(0xCB_52_0A),
        rgb(0x7B_26_56),
        rgb(0x78_85_8B),
    ],
    neutral: on(0x3B_4D_5C, 0xE8_ED_F1),
    progress: on(0x0F_5C_63, 0xDD_ED_EE),
    good: on(0x1C_66_39, 0xE0_F1_E5),
    warn: on(0x7D_4A_06, 0xFB_EE_D3),
    bad: on(0x95_29_1E, 0xFA_E4_E0),
    muted: on(0x5A_65_6A, 0xEE_F0_F0),
};

static DARK: Palette = Palette {
    ground: rgb(0x11_17_19),
    card: rgb(0x1A_22_25),
    inset: rgb(0x20_29_2D),
    hairline: rgb(0x2C_37_3B),
    control_line: rgb(0x4E_5D_63),
    control: rgb(0x22_2C_30),
    control_hover: rgb(0x2B_37_3C),
    control_press: rgb(0x33_42_47),
    text: rgb(0xD5_DD_DF),
    text_strong: rgb(0xF3_F6_F7),
    text_muted: rgb(0x9F_AD_B2),
    accent: rgb(0x62_C0_C8),
    accent_hover: rgb(0x7F_D2_D9),
    on_accent: rgb(0x05_26_29),
    accent_soft: rgb(0x18_3A_3E),
    faint: rgb(0x45_53_58),
    shadow: Color32::from_rgba_premultiplied(0, 0, 0, 110),
    series: [rgb(0x4F_B3_7C), rgb(0xA6_D0_86), rgb(0x6F_A6_D6), rgb(0x86_94_9A), rgb(0xE5_A8_4D), rgb(0xD8_6A_5C)],
    categories: [
        rgb(0xE6_A8_3A),
        rgb(0x4A_9C_D6),
        rgb(0x2F_B8_8C),
        rgb(0xE0_97_C2),
        rgb(0x8A_CC_F2),
        rgb(0xE8_7B_3A),
        rgb(0xB8_62_92),
        rgb(0x9A_A7_AD),
    ],
    neutral: on(0xBA_C9_D4, 0x28_33_3C),
    progress: on(0x83_D3_D9, 0x14_3B_3F),
    good: on(0x8A_D6_A4, 0x18_39_2A),
    warn: on(0xEC_C0_70, 0x3E_30_13),
    bad: on(0xF3_A7_9C, 0x47_22_1D),
    muted: on(0xA5_B1_B6, 0x28_31_34),
};

/// The colours of the brightness that `visuals` has.
#[must_use]
pub fn palette(visuals: &egui::Visuals) -> &'static Palette {
    of(visuals.dark_mode)
}

pub(super) fn of(dark: bool) -> &'static Palette {
    if dark { &DARK } else { &LIGHT }
}

/// The colour of a category by its place in the palette, from 1 to 8. Anything else has the colour of `other`.
#[must_use]
pub fn category_colour(visuals: &egui::Visuals, place: u8) -> Color32 {
    let colours = &palette(visuals).categories;
    let at = usize::from(place).wrapping_sub(1);
    colours.get(at).copied().unwrap_or(colours[colours.len() - 1])
}

/// The colour of an outcome's bars in charts.
#[must_use]
pub fn series_colour(visuals: &egui::Visuals, outcome: &str) -> Color32 {
    let [good, part, other, nothing, attention, bad] = palette(visuals).series;
    match outcome {
        "approved" | "eligible" | "cleared_by_silence" => good,
        "approved_with_conditions" | "approved_in_part" => part,
        "amended" | "extended" | "replaced" => other,
        "returned_without_action" | "returned_unregistered" | "withdrawn" => attention,
        "refused" | "not_eligible" => bad,
        _ => nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(colour: Color32) -> f32 {
        let [red, green, blue, _] = egui::Rgba::from(colour).to_array();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn contrast(a: Color32, b: Color32) -> f32 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn words_stand_out_from_what_they_stand_on() {
        for palette in [&LIGHT, &DARK] {
            let mut pairs = vec![(palette.on_accent, palette.accent), (palette.accent, palette.accent_soft)];
            for ground in [palette.ground, palette.card, palette.inset, palette.control_hover] {
                pairs.extend([(palette.text, ground), (palette.text_muted, ground), (palette.accent, ground)]);
                pairs.extend([(palette.bad.text, ground), (palette.warn.text, ground)]);
            }
            for tone in [palette.neutral, palette.progress, palette.good, palette.warn, palette.bad, palette.muted] {
                pairs.extend([(tone.text, tone.fill), (tone.text, palette.card)]);
            }
            for (text, ground) in pairs {
                assert!(contrast(text, ground) >= 4.5, "{text:?} on {ground:?}: {}", contrast(text, ground));
            }
        }
    }

    #[test]
    fn a_category_without_a_place_has_the_last_colour() {
        let visuals = egui::Visuals::light();
        assert_eq!(category_colour(&visuals, 0), LIGHT.categories[7]);
        assert_eq!(category_colour(&visuals, 1), LIGHT.categories[0]);
        assert_eq!(category_colour(&visuals, 99), LIGHT.categories[7]);
    }
}
