//! The list on screen into a file: which list it is, and what is being chosen about the file.

use std::path::PathBuf;

use super::dialog::Dialog;
use super::route::Route;
use super::{Effect, Model};
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::services::Job;
use crate::services::export::{Columns, Export, ListFormat, Listing, OverviewPart};
use crate::services::queries::{AskedAct, CoverageQuery, GoodsQuery, LinesQuery, NeedsOf, Sources, WhatIfQuery};
use crate::ui::command::Command;

/// How many operations of the history go into a file.
const OPERATIONS: u32 = 100_000;

/// What the audiences are.
pub const AUDIENCES: &[RecordKind] = &[RecordKind::Audience];

/// A file with a list, as it is being chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedExport {
    /// The list that was on the screen.
    pub listing: Listing,
    /// The format.
    pub format: ListFormat,
    /// Which columns, of a list of records.
    pub columns: Columns,
    /// Which table of the overview a text file holds.
    pub part: OverviewPart,
    /// For whom; `None`: nothing is taken out.
    pub audience: Option<Id>,
    /// The path of the file, as it is typed.
    pub path: String,
}

impl TypedExport {
    fn of(listing: Listing) -> Self {
        Self {
            listing,
            format: ListFormat::Xlsx,
            columns: Columns::Both,
            part: OverviewPart::Waits,
            audience: None,
            path: String::new(),
        }
    }

    /// The name that the file gets where nobody says another.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{}.{}", self.listing.file_stem(), self.format.word())
    }

    /// What is to be written, as soon as it is said where. The format gives the ending where none is typed.
    #[must_use]
    pub fn export(&self) -> Option<Export> {
        let typed = Some(self.path.trim()).filter(|path| !path.is_empty())?;
        let path = PathBuf::from(typed);
        let path = if path.extension().is_none() { path.with_extension(self.format.word()) } else { path };
        let listing = match &self.listing {
            // A text file holds one table.
            Listing::Records(query, _) if self.format == ListFormat::Csv && self.columns == Columns::Both => {
                Listing::Records(query.clone(), Columns::Fields)
            }
            Listing::Records(query, _) => Listing::Records(query.clone(), self.columns),
            Listing::Overview { as_of, sources } if self.format == ListFormat::Csv => {
                Listing::OverviewPart { as_of: *as_of, sources: *sources, part: self.part }
            }
            other => other.clone(),
        };
        Some(Export { listing, format: self.format, audience: self.audience, path })
    }
}

impl Model {
    /// The list that is on the screen, as it can go into a file; `None` where there is none.
    #[must_use]
    pub fn listing(&self) -> Option<Listing> {
        let (as_of, sources) = (self.day(), self.sources);
        // The search lies over the page.
        if let Some(Dialog::Palette { text, .. }) = &self.dialog {
            let text = Some(text.clone()).filter(|text| !text.trim().is_empty())?;
            return Some(Listing::Search { text, as_of });
        }
        Some(match self.route {
            Route::Overview => Listing::Overview { as_of, sources },
            Route::Deadlines => Listing::Deadlines { as_of, sources: self.deadline_sources() },
            Route::List(kind) => Listing::Records(self.lists.get(&kind)?.shown(as_of, sources), Columns::Both),
            Route::Policy => {
                let list = self.lists.get(&RecordKind::PolicyEvent)?;
                Listing::Records(list.shown(as_of, Sources::default()), Columns::Both)
            }
            Route::Coverage => match self.coverage.holder {
                Some(holder) if self.coverage.matrix().is_some() => {
                    Listing::Coverage(CoverageQuery { holder, as_of, as_known: self.coverage.known })
                }
                _ => Listing::CoverageList { as_of, as_known: self.coverage.known, only: self.coverage.only },
            },
            Route::Goods => {
                let arrangement = &self.goods.arrangement;
                let (by, from, to) = (arrangement.by, arrangement.from, arrangement.to);
                Listing::Goods(GoodsQuery { as_of, sources, by, from, to })
            }
            Route::Lines => {
                let arrangement = self.lines.arrangement.clone();
                Listing::Lines(LinesQuery {
                    role: arrangement.role,
                    as_of,
                    sources,
                    filter: arrangement.filter,
                    sort: arrangement.sort,
                    descending: arrangement.descending,
                })
            }
            Route::Slots => Listing::Slots { permission: self.planner.permission?, as_of },
            Route::Rules => Listing::Rules { as_of: self.place.today, find: self.advisor.find.clone() },
            Route::WhatIf => {
                let holder = self.planner.holder.filter(|_| !self.planner.is_half_typed())?;
                Listing::WhatIf(WhatIfQuery { holder, as_of, dates: self.planner.dates() })
            }
            Route::Advisor => {
                let act = AskedAct::read(&self.advisor.draft).ok()?;
                Listing::Needs { of: NeedsOf::Act(Box::new(act)), on: as_of }
            }
            Route::Reports => Listing::Reports,
            Route::History => Listing::Operations { limit: OPERATIONS },
            // What is brought in is not in the record yet; the page saves the rows that cannot come in.
            Route::Import => return None,
        })
    }

    pub(super) fn with_export(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::AskExport => {
                let listing = self.listing();
                if listing.is_some() {
                    self.want_choices(AUDIENCES);
                }
                self.dialog = listing.map(|listing| Dialog::Export(Box::new(TypedExport::of(listing))));
            }
            Command::PickExport => {
                if let Some(Dialog::Export(typed)) = &self.dialog {
                    return vec![Effect::PickExport(typed.file_name())];
                }
            }
            Command::ExportInto(path) => {
                if let Some(Dialog::Export(typed)) = &mut self.dialog {
                    typed.path = path.display().to_string();
                }
            }
            Command::Export(export) => {
                self.dialog = None;
                let what = format!("Writing {}", export.path.file_name().unwrap_or_default().to_string_lossy());
                return vec![self.start_job(what, Job::Export(export))];
            }
            _ => {}
        }
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::queries::{Filter, ListQuery, SortBy};

    #[test]
    fn the_format_gives_the_ending_and_a_text_file_holds_every_field() {
        let query = ListQuery {
            kind: RecordKind::Item,
            as_of: "2026-11-24".parse().unwrap(),
            sources: Sources::Both,
            filter: Filter::default(),
            sort: SortBy::Title,
            descending: false,
        };
        let mut typed = TypedExport::of(Listing::Records(query.clone(), Columns::Both));
        assert_eq!(typed.file_name(), "items.xlsx");
        assert_eq!(typed.export(), None);
        typed.path = " reports/mine ".to_owned();
        assert_eq!(typed.export().unwrap().path, PathBuf::from("reports/mine.xlsx"));
        typed.format = ListFormat::Csv;
        let export = typed.export().unwrap();
        assert_eq!(export.path, PathBuf::from("reports/mine.csv"));
        assert_eq!(export.listing, Listing::Records(query, Columns::Fields));
    }
}
