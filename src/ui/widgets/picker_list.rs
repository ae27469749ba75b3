//! The list that a picker opens: a filter, and at most so many matches as a person can look through.

use std::sync::Arc;

use eframe::egui::{
    Align, Context, FontSelection, Id, Key, Modifiers, Response, Role, ScrollArea, Sense, TextEdit, TextWrapMode, Ui,
    WidgetInfo, WidgetText, vec2,
};

use crate::domain::text::fold;
use crate::ui::icons;
use crate::ui::theme::{self, size, space};
use crate::ui::widgets::picker::{Choices, Picker};

/// How many matches are listed; whoever needs another types more.
const MOST_MATCHES: usize = 200;

/// What an open list remembers between frames.
#[derive(Clone, Default)]
struct Open {
    filter: String,
    /// The choices folded for the search, made once when the list opens.
    folded: Arc<Vec<String>>,
    matches: Arc<Vec<usize>>,
    total: usize,
    cursor: usize,
    is_set_up: bool,
    moved: bool,
}

impl Open {
    fn set_up(&mut self, choices: &dyn Choices, selected: Option<usize>) {
        if self.is_set_up && self.folded.len() == choices.count() {
            return;
        }
        let line = |at| fold(&format!("{} {}", choices.code(at), choices.name(at)));
        self.folded = Arc::new((0..choices.count()).map(line).collect());
        self.find();
        self.cursor = selected.and_then(|at| self.matches.iter().position(|known| *known == at)).unwrap_or(0);
        self.is_set_up = true;
        self.moved = true;
    }

    /// Finds the choices that hold every word of the filter. One whose code or name is just that stands first.
    fn find(&mut self) {
        let wanted = fold(&self.filter);
        let words: Vec<&str> = wanted.split(' ').collect();
        let holds = |line: &String| words.iter().all(|word| line.contains(word));
        let mut all = self.folded.iter().enumerate().filter(|(_, line)| holds(line)).map(|(at, _)| at);
        let mut matches: Vec<usize> = all.by_ref().take(MOST_MATCHES).collect();
        let (as_code, as_name) = (format!("{wanted} "), format!(" {wanted}"));
        matches.sort_by_key(|at| {
            let line = self.folded.get(*at).map_or("", String::as_str);
            wanted.is_empty() || !(line.starts_with(&as_code) || line.ends_with(&as_name))
        });
        self.total = matches.len() + all.count();
        self.matches = Arc::new(matches);
        self.cursor = 0;
    }

    fn step(&mut self, step: isize) {
        let last = self.matches.len().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(step).min(last);
        self.moved = true;
    }
}

/// Paints the open list; the place of the choice that was taken.
pub fn list_ui(ui: &mut Ui, picker: &Picker<'_>, id: Id) -> Option<usize> {
    let Some(choices) = picker.choices else {
        ui.label(theme::muted("Loading the choices"));
        return None;
    };
    ui.set_width(ui.available_width());
    let mut open: Open = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let is_new = !open.is_set_up;
    open.set_up(choices, picker.selected);
    // The key that opened the list must not choose from it in the same frame.
    let by_key = if is_new { None } else { keys(ui, &mut open) };
    let filter = filter_ui(ui, picker, &mut open);
    if is_new {
        filter.request_focus();
    }
    let by_click = matches_ui(ui, choices, &mut open);
    footer_ui(ui, &open, choices.count());
    ui.data_mut(|data| data.insert_temp(id, open));
    let taken = by_key.or(by_click);
    if taken.is_some() {
        ui.close();
    }
    taken
}

/// Drops what a closed list remembered.
pub fn forget(ctx: &Context, id: Id) {
    ctx.data_mut(|data| data.remove::<Open>(id));
}

fn keys(ui: &Ui, open: &mut Open) -> Option<usize> {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::ArrowDown) {
        open.step(1);
    }
    if pressed(Key::ArrowUp) {
        open.step(-1);
    }
    if pressed(Key::Enter) { open.matches.get(open.cursor).copied() } else { None }
}

fn filter_ui(ui: &mut Ui, picker: &Picker<'_>, open: &mut Open) -> Response {
    let edit = TextEdit::singleline(&mut open.filter)
        .hint_text("Type to search")
        .prefix(theme::muted(icons::SEARCH))
        .desired_width(f32::INFINITY);
    let response = ui.add(edit).accessible_name(format!("Search {}", picker.label));
    if response.changed() {
        open.find();
        open.moved = true;
    }
    response
}

fn matches_ui(ui: &mut Ui, choices: &dyn Choices, open: &mut Open) -> Option<usize> {
    let mut picked = None;
    let matches = Arc::clone(&open.matches);
    let area = ScrollArea::vertical().max_height(size::PICKER_LIST).auto_shrink([false, true]);
    let moved = std::mem::take(&mut open.moved);
    ui.spacing_mut().item_spacing.y = 0.0;
    area.show(ui, |ui| {
        for (row, at) in matches.iter().enumerate() {
            let response = match_ui(ui, choices, *at, row == open.cursor);
            if moved && row == open.cursor {
                response.scroll_to_me(Some(Align::Center));
            }
            if response.clicked() {
                picked = Some(*at);
            }
        }
    });
    picked
}

fn match_ui(ui: &mut Ui, choices: &dyn Choices, at: usize, under_cursor: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::ROW_HEADING), Sense::click());
    let (code, name) = (choices.code(at), choices.name(at));
    response.widget_info(|| {
        let words = format!("{code} {name}");
        WidgetInfo::selected(Role::ListBoxOption, true, under_cursor, words.trim())
    });
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let palette = theme::palette(ui.visuals());
    if under_cursor || response.hovered() {
        let fill = if under_cursor { palette.accent_soft } else { palette.control_hover };
        ui.painter().rect_filled(rect, f32::from(size::CONTROL_RADIUS), fill);
    }
    let code = WidgetText::from(theme::semibold(code).color(palette.text_strong));
    let name = WidgetText::from(name);
    let mut left = rect.left() + space::SMALL;
    for (text, gap) in [(code, space::MEDIUM), (name, 0.0)] {
        let room = (rect.right() - space::SMALL - left).max(0.0);
        let galley = text.into_galley(ui, Some(TextWrapMode::Truncate), room, FontSelection::Default);
        let width = galley.size().x;
        let at = eframe::egui::pos2(left, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, palette.text);
        left += if width > 0.0 { width + gap } else { 0.0 };
    }
    response
}

fn footer_ui(ui: &mut Ui, open: &Open, count: usize) {
    ui.add_space(space::TINY);
    let listed = open.matches.len();
    let words = match (count, open.total) {
        (0, _) => "There is nothing to choose from yet".to_owned(),
        (_, 0) => "Nothing matches. Try fewer letters".to_owned(),
        (_, total) if total > listed => format!("{listed} of {total} shown. Type more to narrow the list"),
        (_, total) => format!("{total} of {count}"),
    };
    ui.label(theme::small(words));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::Id as RecordId;
    use crate::domain::record::RecordKind;
    use crate::services::queries::LinkChoice;
    use crate::ui::widgets::picker::{Picked, picker_ui};
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable as _;

    struct State {
        choices: Vec<LinkChoice>,
        selected: Option<usize>,
    }

    fn harness() -> Harness<'static, State> {
        let choice = |at: i64| LinkChoice {
            id: RecordId(at),
            kind: RecordKind::Item,
            reference: format!("ITM-{at}"),
            title: if at == 4321 { "RHZE tablet".into() } else { format!("Thing {at}") },
        };
        let state = State { choices: (0..5000).map(choice).collect(), selected: None };
        crate::ui::testing::harness([500.0, 500.0], state, |ui, state| {
            let picker = Picker {
                choices: Some(&state.choices),
                selected: state.selected,
                otherwise: "Choose an item",
                otherwise_is_value: false,
                label: "Item",
            };
            match picker_ui(ui, &picker).picked {
                Some(Picked::At(at)) => state.selected = Some(at),
                Some(Picked::Nothing) => state.selected = None,
                None => {}
            }
        })
    }

    fn open_and_type(harness: &mut Harness<'static, State>, text: &str) {
        harness.get_by_role_and_label(Role::ComboBox, "Item").click();
        harness.run();
        harness.get_by_label("Search Item").type_text(text);
        harness.run();
    }

    #[test]
    fn typing_narrows_five_thousand_and_enter_takes() {
        let mut harness = harness();
        open_and_type(&mut harness, "rhze");
        harness.get_by_label("ITM-4321 RHZE tablet");
        harness.key_press(Key::Enter);
        harness.run();
        assert_eq!(harness.state().selected, Some(4321));
        assert!(harness.query_by_label("Search Item").is_none(), "the list closes");
    }

    #[test]
    fn arrows_walk_and_a_click_takes() {
        let mut harness = harness();
        open_and_type(&mut harness, "thing 77");
        harness.key_press(Key::ArrowDown);
        harness.run();
        harness.key_press(Key::Enter);
        harness.run();
        assert_eq!(harness.state().selected, Some(177));
        harness.get_by_label("Clear Item").click();
        harness.run();
        assert_eq!(harness.state().selected, None);
    }

    #[test]
    fn enter_opens_the_list_and_chooses_nothing_yet() {
        let mut harness = harness();
        harness.get_by_role_and_label(Role::ComboBox, "Item").focus();
        harness.run();
        harness.key_press(Key::Enter);
        harness.run();
        harness.get_by_label("Search Item");
        assert_eq!(harness.state().selected, None);
    }

    #[test]
    fn words_that_match_nothing_are_answered() {
        let mut harness = harness();
        open_and_type(&mut harness, "zzz");
        harness.get_by_label("Nothing matches. Try fewer letters");
        harness.key_press(Key::Escape);
        harness.run();
        assert!(harness.query_by_label("Search Item").is_none());
    }
}
