//! A row of the palette: a record with the words that were found marked, a way to all of a kind, or a command.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{Color32, FontFamily, FontId, Galley, Response, Role, Sense, TextStyle, Ui, WidgetInfo, pos2, vec2};

use crate::domain::quantity::group_digits;
use crate::services::queries::{Filter, Marked, SearchGroup, SearchHit};
use crate::ui::command::{Command, lower_first, shortcut_words};
use crate::ui::fonts;
use crate::ui::icons;
use crate::ui::theme::{self, Tone, size, space};

/// A row.
pub(super) enum Entry<'a> {
    /// A record.
    Record(&'a SearchGroup, &'a SearchHit),
    /// All records of a kind that hold the words.
    All(&'a SearchGroup, &'a str),
    /// A command.
    Command(Command),
}

impl Entry<'_> {
    /// What is done when it is chosen.
    pub(super) fn command(&self) -> Command {
        match self {
            Self::Record(group, hit) => Command::OpenInList(group.kind, hit.id),
            Self::All(group, typed) => {
                let filter = Filter { text: (*typed).trim().to_owned(), ..Filter::default() };
                Command::ShowList(group.kind, Box::new(filter))
            }
            Self::Command(command) => command.clone(),
        }
    }

    /// The heading above it.
    pub(super) fn heading(&self) -> String {
        match self {
            Self::Record(group, _) | Self::All(group, _) => {
                format!("{} ({})", group.kind.heading(), group_digits(&group.total.to_string()))
            }
            Self::Command(_) => "Commands".to_owned(),
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Record(group, hit) => {
                format!("{} {}: {}", group.kind.label(), hit.reference.text, hit.title.text)
            }
            Self::All(group, _) => {
                format!("Show all {} {}", group_digits(&group.total.to_string()), lower_first(&group.kind.heading()))
            }
            Self::Command(command) => command.text(),
        }
    }

    fn icon(&self) -> &'static str {
        match self {
            Self::Record(group, _) => icons::for_kind(group.kind),
            Self::All(..) => icons::RAIL,
            Self::Command(_) => icons::NEXT_DAY,
        }
    }

    /// What stands to the right: what to know about a record, the keys of a command.
    fn aside(&self) -> String {
        match self {
            Self::Record(_, hit) => hit.context.clone(),
            Self::All(..) => String::new(),
            Self::Command(command) => command.shortcut().map_or_else(String::new, |keys| shortcut_words(&keys)),
        }
    }
}

/// Paints a heading.
pub(super) fn heading_ui(ui: &mut Ui, heading: &str) {
    ui.add_space(space::TINY);
    ui.label(theme::small(heading));
}

/// Paints a row.
pub(super) fn entry_ui(ui: &mut Ui, entry: &Entry<'_>, is_chosen: bool) -> Response {
    let found_in = match entry {
        Entry::Record(_, hit) => hit.found_in.as_ref(),
        _ => None,
    };
    let height = if found_in.is_some() { size::LIST_ROW } else { size::CONTROL };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    let name = entry.name();
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, &name));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let palette = theme::palette(ui.visuals());
    let ground = if is_chosen { palette.accent_soft } else { palette.control_hover };
    if is_chosen || response.hovered() {
        ui.painter().rect_filled(rect, f32::from(size::CONTROL_RADIUS), ground);
    }
    let inner = rect.shrink2(vec2(space::SMALL, 0.0));
    let line = size::CONTROL / 2.0;
    let ink = Ink::of(ui);
    let icon = ink.lay(ui, f32::INFINITY, |job| ink.plain(job, entry.icon()));
    let aside = entry.aside();
    let aside = ink.lay(ui, inner.width() * ASIDE, |job| ink.quiet(job, &aside));
    let left = inner.left() + size::CONTROL_SMALL;
    let room = inner.right() - left - aside.size().x - space::SMALL;
    let title = ink.lay(ui, room, |job| match entry {
        Entry::Record(_, hit) => {
            ink.marked(job, &hit.reference, true);
            ink.plain(job, "  ");
            ink.marked(job, &hit.title, false);
        }
        _ => ink.plain(job, &name),
    });
    let middle = |galley: &Galley, x: f32, y: f32| pos2(x, y - galley.size().y / 2.0);
    let top = rect.top() + line;
    let painter = ui.painter();
    painter.galley(middle(&icon, inner.left(), top), Arc::clone(&icon), palette.text_muted);
    painter.galley(middle(&title, left, top), Arc::clone(&title), palette.text);
    painter.galley(middle(&aside, inner.right() - aside.size().x, top), Arc::clone(&aside), palette.text_muted);
    if let Some((label, piece)) = found_in {
        let piece = ink.lay(ui, inner.right() - left, |job| {
            ink.quiet(job, &format!("{label}: "));
            ink.marked_quiet(job, piece);
        });
        painter.galley(
            middle(&piece, left, top + size::CONTROL_SMALL - space::TINY),
            Arc::clone(&piece),
            palette.text_muted,
        );
    }
    response
}

/// The part of a row that what stands to the right may take.
const ASIDE: f32 = 0.4;

/// How the parts of a row are written.
struct Ink {
    body: FontId,
    bold: FontId,
    small: FontId,
    text: Color32,
    strong: Color32,
    muted: Color32,
    mark: Color32,
}

impl Ink {
    fn of(ui: &Ui) -> Self {
        let palette = theme::palette(ui.visuals());
        let body = TextStyle::Body.resolve(ui.style());
        let bold = FontId::new(body.size, FontFamily::Name(fonts::SEMIBOLD.into()));
        Self {
            body,
            bold,
            small: TextStyle::Small.resolve(ui.style()),
            text: palette.text,
            strong: palette.text_strong,
            muted: palette.text_muted,
            mark: Tone::Warn.colours(ui.visuals()).fill,
        }
    }

    /// One line, cut with an ellipsis where it is wider than its room.
    fn lay(&self, ui: &Ui, room: f32, write: impl FnOnce(&mut LayoutJob)) -> Arc<Galley> {
        let mut job = LayoutJob::default();
        write(&mut job);
        if job.text.is_empty() {
            self.quiet(&mut job, " ");
        }
        job.wrap.max_width = room;
        job.wrap.max_rows = 1;
        job.wrap.break_anywhere = true;
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    }

    fn plain(&self, job: &mut LayoutJob, text: &str) {
        job.append(text, 0.0, TextFormat::simple(self.body.clone(), self.text));
    }

    fn quiet(&self, job: &mut LayoutJob, text: &str) {
        job.append(text, 0.0, TextFormat::simple(self.small.clone(), self.muted));
    }

    fn marked(&self, job: &mut LayoutJob, text: &Marked, is_bold: bool) {
        let font = if is_bold { &self.bold } else { &self.body };
        self.write_marked(job, text, font, if is_bold { self.strong } else { self.text });
    }

    fn marked_quiet(&self, job: &mut LayoutJob, text: &Marked) {
        self.write_marked(job, text, &self.small, self.muted);
    }

    fn write_marked(&self, job: &mut LayoutJob, text: &Marked, font: &FontId, colour: Color32) {
        for (part, is_marked) in text.parts() {
            let mut format = TextFormat::simple(font.clone(), if is_marked { self.strong } else { colour });
            if is_marked {
                format.background = self.mark;
            }
            job.append(part, 0.0, format);
        }
    }
}
