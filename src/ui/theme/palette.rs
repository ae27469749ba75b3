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

#[expect(clippy::disallowed_methods, reason = "this is the one place that makes colours from numbers")]
const fn rgb(hex: u32) -> Color32 {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that makes colours from numbers")]
const fn shade(darkness: u8) -> Color32 {
    Color32::from_rgba_premultiplied(0, 0, 0, darkness)
}

const fn on(text: u32, fill: u32) -> ToneColours {
    ToneColours { text: rgb(text), fill: rgb(fill) }
}

static LIGHT: Palette = Palette {
    ground: rgb(0x00F6_F7F5),
    card: rgb(0x00FF_FFFF),
    inset: rgb(0x00F8_F9F8),
    hairline: rgb(0x00E2_E6E4),
    control_line: rgb(0x00B4_BFC2),
    control: rgb(0x00FF_FFFF),
    control_hover: rgb(0x00EE_F3F3),
    control_press: rgb(0x00DF_EAEA),
    text: rgb(0x0024_2D31),
    text_strong: rgb(0x0010_171A),
    text_muted: rgb(0x005A_666B),
    accent: rgb(0x000F_5C63),
    accent_hover: rgb(0x000B_4A50),
    on_accent: rgb(0x00FF_FFFF),
    accent_soft: rgb(0x00E0_EEEE),
    faint: rgb(0x00A8_B4B8),
    shadow: shade(30),
    series: [
        rgb(0x002F_8F5B),
        rgb(0x008C_BF6A),
        rgb(0x004F_86B8),
        rgb(0x009A_A8AF),
        rgb(0x00D9_8E2B),
        rgb(0x00B3_3F32),
    ],
    categories: [
        rgb(0x00D9_8E04),
        rgb(0x0000_72B2),
        rgb(0x0000_966C),
        rgb(0x00CC_6FA4),
        rgb(0x004A_A5DA),
        rgb(0x00CB_520A),
        rgb(0x007B_2656),
        rgb(0x0078_858B),
    ],
    neutral: on(0x003B_4D5C, 0x00E8_EDF1),
    progress: on(0x000F_5C63, 0x00DD_EDEE),
    good: on(0x001C_6639, 0x00E0_F1E5),
    warn: on(0x007D_4A06, 0x00FB_EED3),
    bad: on(0x0095_291E, 0x00FA_E4E0),
    muted: on(0x005A_656A, 0x00EE_F0F0),
};

static DARK: Palette = Palette {
    ground: rgb(0x0011_1719),
    card: rgb(0x001A_2225),
    inset: rgb(0x0020_292D),
    hairline: rgb(0x002C_373B),
    control_line: rgb(0x004E_5D63),
    control: rgb(0x0022_2C30),
    control_hover: rgb(0x002B_373C),
    control_press: rgb(0x0033_4247),
    text: rgb(0x00D5_DDDF),
    text_strong: rgb(0x00F3_F6F7),
    text_muted: rgb(0x009F_ADB2),
    accent: rgb(0x0062_C0C8),
    accent_hover: rgb(0x007F_D2D9),
    on_accent: rgb(0x0005_2629),
    accent_soft: rgb(0x0018_3A3E),
    faint: rgb(0x005A_696F),
    shadow: shade(110),
    series: [
        rgb(0x004F_B37C),
        rgb(0x00A6_D086),
        rgb(0x006F_A6D6),
        rgb(0x0086_949A),
        rgb(0x00E5_A84D),
        rgb(0x00D8_6A5C),
    ],
    categories: [
        rgb(0x00E6_A83A),
        rgb(0x004A_9CD6),
        rgb(0x002F_B88C),
        rgb(0x00E0_97C2),
        rgb(0x008A_CCF2),
        rgb(0x00E8_7B3A),
        rgb(0x00B8_6292),
        rgb(0x009A_A7AD),
    ],
    neutral: on(0x00BA_C9D4, 0x0028_333C),
    progress: on(0x0083_D3D9, 0x0014_3B3F),
    good: on(0x008A_D6A4, 0x0018_392A),
    warn: on(0x00EC_C070, 0x003E_3013),
    bad: on(0x00F3_A79C, 0x0047_221D),
    muted: on(0x00A5_B1B6, 0x0028_3134),
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
