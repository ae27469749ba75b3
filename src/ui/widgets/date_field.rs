//! A field for a date: typed, or stepped a day at a time. What is typed is never altered while it is typed.

use chrono::{Days, NaiveDate};
use eframe::egui::{Align2, Key, Modifiers, Response, TextEdit, Ui};

use crate::domain::date;
use crate::ui::icons;
use crate::ui::theme::{size, space};
use crate::ui::widgets::button::icon_button_ui;

/// The room for the two arrows and the button for today.
const BUTTONS: f32 = 3.0 * size::CONTROL_SMALL + 3.0 * space::TINY;

/// A date as text, with arrows for the day before and after and a button for today.
///
/// `hint` shows the form in which to write it. The up and down keys step as the arrows do; from an empty field, or one
/// that is no day, they begin with today.
pub fn date_field_ui(ui: &mut Ui, text: &mut String, today: NaiveDate, label: &str, hint: &str) -> Response {
    field_ui(ui, text, (today, None), label, hint)
}

/// The same where an empty field means a day: the arrows step from that day.
pub fn date_field_from_ui(
    ui: &mut Ui,
    text: &mut String,
    (today, from): (NaiveDate, NaiveDate),
    label: &str,
    hint: &str,
) -> Response {
    field_ui(ui, text, (today, Some(from)), label, hint)
}

fn field_ui(
    ui: &mut Ui,
    text: &mut String,
    (today, from): (NaiveDate, Option<NaiveDate>),
    label: &str,
    hint: &str,
) -> Response {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::TINY;
        let width = (ui.available_width() - BUTTONS).max(size::FIELD / 3.0);
        let mut response =
            ui.add(TextEdit::singleline(text).desired_width(width).align(Align2::LEFT_CENTER).hint_text(hint));
        let mut step = if response.has_focus() { step_of_keys(ui) } else { 0 };
        step -= i64::from(icon_button_ui(ui, icons::PREVIOUS_DAY, &format!("Day before, {label}")).clicked());
        step += i64::from(icon_button_ui(ui, icons::NEXT_DAY, &format!("Day after, {label}")).clicked());
        let wants_today = icon_button_ui(ui, icons::CALENDAR, &format!("Today, {label}")).clicked();
        if let Some(day) =
            stepped(text, step, from.filter(|_| text.is_empty()).ok_or(today)).or(wants_today.then_some(today))
        {
            *text = day.to_string();
            response.mark_changed();
        }
        response
    })
    .inner
}

fn step_of_keys(ui: &Ui) -> i64 {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    i64::from(pressed(Key::ArrowUp)) - i64::from(pressed(Key::ArrowDown))
}

/// The day that a step leads to, or `None` where there is no step. `empty` is the day that an empty field means, or the day
/// with which one begins that means none.
fn stepped(text: &str, step: i64, empty: Result<NaiveDate, NaiveDate>) -> Option<NaiveDate> {
    if step == 0 {
        return None;
    }
    let day = match (date::parse_day(text), empty) {
        (Ok(day), _) | (Err(_), Ok(day)) => day,
        (Err(_), Err(today)) => return Some(today),
    };
    let days = Days::new(step.unsigned_abs());
    if step > 0 { day.checked_add_days(days) } else { day.checked_sub_days(days) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eframe::egui::Role;
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable as _;

    fn harness(text: &str) -> Harness<'static, String> {
        crate::ui::testing::harness([300.0, 80.0], text.to_owned(), |ui, text| {
            let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
            date_field_ui(ui, text, today, "Sent on", "2026-03-31").accessible_name("Sent on");
        })
    }

    #[test]
    fn an_empty_date_becomes_today_by_its_button() {
        let mut harness = harness("");
        harness.get_by_label("Today, Sent on").click();
        harness.run();
        assert_eq!(harness.state(), "2026-11-24");
    }

    #[test]
    fn keys_and_arrows_step_by_days() {
        let mut harness = harness("2026-02-28");
        harness.get_by_label("Day after, Sent on").click();
        harness.run();
        assert_eq!(harness.state(), "2026-03-01");
        harness.get_by_role_and_label(Role::TextInput, "Sent on").focus();
        harness.run();
        harness.key_press(Key::ArrowDown);
        harness.key_press(Key::ArrowDown);
        harness.run();
        assert_eq!(harness.state(), "2026-02-27");
    }

    #[test]
    fn an_empty_field_that_means_a_day_is_stepped_from_it() {
        let mut harness = crate::ui::testing::harness([300.0, 80.0], String::new(), |ui, text| {
            let day = |day| NaiveDate::from_ymd_opt(2027, 2, day).unwrap();
            date_field_from_ui(ui, text, (day(1), day(15)), "Ship", "2027-02-15").accessible_name("Ship");
        });
        harness.get_by_label("Day after, Ship").click();
        harness.run();
        assert_eq!(harness.state(), "2027-02-16");
    }

    #[test]
    fn half_a_date_stays_as_it_is_typed() {
        let mut harness = harness("");
        harness.get_by_role_and_label(Role::TextInput, "Sent on").focus();
        harness.run();
        harness.get_by_role_and_label(Role::TextInput, "Sent on").type_text("2026-1");
        harness.run();
        assert_eq!(harness.state(), "2026-1");
    }
}
