//! Going from place to place, and looking at other records or another day.

use super::list::{Arrangement, ListState};
use super::route::Route;
use super::{Effect, Model, OpenRecord};
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::services::queries::{Filter, SortBy};
use crate::ui::command::Command;

/// How many places back are kept.
const TRAIL: usize = 50;

impl Model {
    pub(super) fn navigate(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::Go(route) => self.go(route, None),
            Command::Back => {
                if let Some((route, open)) = self.trail.pop() {
                    self.route = route;
                    self.show_record(open);
                }
            }
            Command::ShowList(kind, filter) => {
                let arrangement = Arrangement { filter: *filter, ..Arrangement::default() };
                let list = self.list_mut(kind);
                list.arrange(arrangement);
                list.write_out_dates();
                self.go(Route::of(kind), None);
            }
            Command::Open(id) => self.go(self.route, Some(id)),
            Command::OpenInList(kind, id) => {
                self.list_mut(kind).rows.set_cursor(id);
                self.go(Route::of(kind), Some(id));
            }
            Command::CloseRecord => self.open = None,
            Command::Rows(kind, command) => {
                let rows = &mut self.list_mut(kind).rows;
                let moved = rows.run(command);
                let cursor = rows.cursor;
                if self.open.is_some() && moved {
                    self.show_record(cursor);
                }
            }
            Command::ShowLines(arrangement) => {
                self.lines.arrange(*arrangement);
                self.lines.write_out_dates();
                self.go(Route::Lines, None);
            }
            Command::LineRows(command) => {
                let record = self.lines.run(command);
                if self.open.is_some() && record.is_some() {
                    self.show_record(record);
                }
            }
            Command::FocusFilter => self.focus_filter = true,
            _ => {}
        }
        Vec::new()
    }

    pub(super) fn go(&mut self, route: Route, open: Option<Id>) {
        let here = (self.route, self.open.as_ref().map(|open| open.id));
        if here != (route, open) {
            self.trail.push(here);
            let surplus = self.trail.len().saturating_sub(TRAIL);
            self.trail.drain(..surplus);
        }
        self.route = route;
        self.show_record(open);
    }

    pub(super) fn show_record(&mut self, id: Option<Id>) {
        if self.open.as_ref().map(|open| open.id) == id {
            return;
        }
        self.open = id.map(|id| OpenRecord { id, ..OpenRecord::default() });
        if let (Some(id), Some(kind)) = (id, self.route.kind()) {
            self.list_mut(kind).rows.set_cursor(id);
        }
    }

    pub(super) fn look_differently(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::AsOf(day) => self.as_of = day.filter(|day| *day != self.place.today),
            Command::Show(sources) => self.sources = sources,
            Command::Arrange(kind, arrangement) => self.arrange(kind, *arrangement),
            Command::ClearFilter(kind) => {
                let kept = self.list_mut(kind).arrangement.clone();
                self.arrange(kind, Arrangement { filter: Filter::default(), ..kept });
                self.list_mut(kind).write_out_dates();
            }
            Command::SortBy(kind, sort) => self.sort_by(kind, sort),
            Command::ArrangeGoods(arrangement) => self.goods.arrangement = arrangement,
            Command::ArrangeLines(arrangement) => self.lines.arrange(*arrangement),
            Command::SortLines(sort) => self.lines.sort_by(sort),
            Command::Reload => self.invalidate_all(),
            _ => {}
        }
        Vec::new()
    }

    fn sort_by(&mut self, kind: RecordKind, sort: SortBy) {
        let mut arrangement = self.list_mut(kind).arrangement.clone();
        arrangement.descending = arrangement.sort == sort && !arrangement.descending;
        arrangement.sort = sort;
        self.arrange(kind, arrangement);
    }

    fn arrange(&mut self, kind: RecordKind, arrangement: Arrangement) {
        let list = self.list_mut(kind);
        if list.arrangement == arrangement {
            return;
        }
        let value = serde_json::to_string(&arrangement).ok();
        list.arrange(arrangement);
        self.memory.keep(ListState::memory_name(kind), value);
    }

    /// Goods and needs follow from nearly every kind of record, so any write can change them.
    pub(super) fn invalidate_goods(&mut self) {
        self.goods.table.invalidate();
        self.advisor.invalidate();
        self.planner.invalidate();
        self.lines.rows.invalidate();
        self.lines.totals.invalidate();
        self.coverage.invalidate();
        self.reports.invalidate();
        self.sealed.moved_on();
    }

    pub(super) fn invalidate_all(&mut self) {
        self.overview.invalidate();
        self.invalidate_deadlines();
        self.standing.invalidate();
        self.filter_choices.invalidate();
        self.operations.invalidate();
        self.invalidate_goods();
        self.search.invalidate();
        self.lists.values_mut().for_each(ListState::invalidate);
        self.choices.values_mut().for_each(crate::ui::loaded::Loaded::invalidate);
        if let Some(open) = &mut self.open {
            open.detail.invalidate();
        }
    }
}
