//! The toolkit's style, made from the palette.

use std::collections::BTreeMap;

use eframe::egui::epaint::Shadow;
use eframe::egui::style::{ScrollStyle, Selection, WidgetVisuals, Widgets};
use eframe::egui::{
    self, Context, CornerRadius, FontFamily, FontId, Margin, Stroke, Style, TextStyle, Theme, Visuals, vec2,
};

use super::palette::{self, Palette};
use super::{FIGURE, SECTION, size, space};
use crate::ui::fonts;

/// Installs the fonts and both styles. Call it once, before the first frame.
pub fn install(ctx: &Context) {
    ctx.set_fonts(fonts::definitions());
    for theme in [Theme::Light, Theme::Dark] {
        ctx.style_mut_of(theme, |style| apply(style, theme == Theme::Dark));
    }
}

/// Chooses light, dark or whatever the system has.
pub fn set_theme(ctx: &Context, theme: egui::ThemePreference) {
    ctx.set_theme(theme);
}

fn apply(style: &mut Style, dark: bool) {
    style.text_styles = text_styles();
    style.animation_time = 0.08;
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.35;
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(space::SMALL, space::SMALL);
    spacing.button_padding = vec2(space::MEDIUM, 6.0);
    spacing.interact_size = vec2(size::CONTROL, size::CONTROL);
    spacing.window_margin = Margin::same(16);
    spacing.menu_margin = Margin::same(6);
    spacing.icon_width = 18.0;
    spacing.icon_width_inner = 10.0;
    spacing.icon_spacing = 6.0;
    spacing.combo_width = 60.0;
    spacing.combo_height = size::PICKER_LIST;
    spacing.tooltip_width = 420.0;
    spacing.scroll = ScrollStyle { bar_width: 8.0, floating_allocated_width: 8.0, ..ScrollStyle::floating() };
    style.visuals = visuals(palette::of(dark), dark);
}

fn text_styles() -> BTreeMap<TextStyle, FontId> {
    let semibold = || FontFamily::Name(fonts::SEMIBOLD.into());
    [
        (TextStyle::Small, FontId::new(12.0, FontFamily::Proportional)),
        (TextStyle::Body, FontId::new(14.0, FontFamily::Proportional)),
        (TextStyle::Button, FontId::new(14.0, FontFamily::Proportional)),
        (TextStyle::Monospace, FontId::new(14.0, FontFamily::Monospace)),
        (TextStyle::Heading, FontId::new(20.0, semibold())),
        (TextStyle::Name(SECTION.into()), FontId::new(15.0, semibold())),
        (TextStyle::Name(FIGURE.into()), FontId::new(24.0, semibold())),
    ]
    .into()
}

fn visuals(colours: &Palette, dark: bool) -> Visuals {
    let base = if dark { Visuals::dark() } else { Visuals::light() };
    let shadow = Shadow { offset: [0, 4], blur: 16, spread: 0, color: colours.shadow };
    let card_radius = CornerRadius::same(size::CARD_RADIUS);
    let mut text_cursor = base.text_cursor.clone();
    text_cursor.stroke.color = colours.accent;
    Visuals {
        widgets: widgets(colours),
        weak_text_color: Some(colours.text_muted),
        selection: Selection { bg_fill: colours.accent_soft, stroke: Stroke::new(1.5, colours.accent) },
        hyperlink_color: colours.accent,
        faint_bg_color: colours.inset,
        extreme_bg_color: colours.card,
        text_edit_bg_color: Some(colours.card),
        code_bg_color: colours.inset,
        warn_fg_color: colours.warn.text,
        error_fg_color: colours.bad.text,
        window_corner_radius: card_radius,
        window_shadow: shadow,
        window_fill: colours.card,
        window_stroke: Stroke::new(size::HAIRLINE, colours.hairline),
        menu_corner_radius: card_radius,
        panel_fill: colours.ground,
        popup_shadow: shadow,
        text_cursor,
        indent_has_left_vline: false,
        ..base
    }
}

fn widgets(colours: &Palette) -> Widgets {
    let state = |fill, line, text| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(size::HAIRLINE, line),
        fg_stroke: Stroke::new(size::HAIRLINE, text),
        corner_radius: CornerRadius::same(size::CONTROL_RADIUS),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: state(colours.card, colours.hairline, colours.text),
        inactive: state(colours.control, colours.control_line, colours.text),
        hovered: state(colours.control_hover, colours.control_line, colours.text_strong),
        active: state(colours.control_press, colours.accent, colours.text_strong),
        open: state(colours.control_hover, colours.accent, colours.text_strong),
    }
}
