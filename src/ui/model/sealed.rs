//! How sealed documents stand to the record, as far as it is known: looked at as a job when the record has moved on, kept for
//! the next time, and out of the way of everything else that has to be done.

use std::sync::Arc;

use super::route::Route;
use super::{Effect, Model};
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::services::sealed::{Sealed, Standings};
use crate::services::{Failure, Job, Progress, Query, Write};
use crate::ui::exchange::{Ask, Purpose, Request, Slot};

/// The name under which the standings are remembered.
pub(super) const REMEMBERED: &str = "sealed_standings";

/// What is known of the standing of sealed documents.
#[derive(Debug, Default)]
pub struct SealedDocuments {
    known: Option<Arc<Standings>>,
    /// Whether what was remembered has come, so that nothing is looked at twice.
    recalled: bool,
    state: State,
    job: Option<u64>,
    /// Whether the job was stopped to let another one go first.
    gives_way: bool,
}

/// What is to be done about the known standing.
#[derive(Debug, Default, PartialEq, Eq)]
enum State {
    /// The record has moved on, or nothing is known yet: they are to be looked at.
    #[default]
    Old,
    /// They are looked at, or it is known how they stand.
    Fresh,
    /// Somebody stopped the look at them.
    Stopped,
    /// They could not be looked at, for this reason.
    Failed(String),
}

impl SealedDocuments {
    /// How they stood when they were looked at last; `None` where they never were.
    #[must_use]
    pub const fn known(&self) -> Option<&Arc<Standings>> {
        self.known.as_ref()
    }

    /// Whether the record has moved on since.
    #[must_use]
    pub fn is_old(&self) -> bool {
        self.state != State::Fresh
    }

    /// Why they could not be looked at.
    #[must_use]
    pub fn failure(&self) -> Option<&str> {
        if let State::Failed(why) = &self.state { Some(why) } else { None }
    }

    /// Whether somebody stopped the look at them.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.state == State::Stopped
    }

    /// The number of the job that looks at them.
    #[must_use]
    pub const fn job(&self) -> Option<u64> {
        self.job
    }

    /// Those that would read otherwise now, as far as it is known.
    pub fn different(&self) -> impl Iterator<Item = &Sealed> {
        self.known.iter().flat_map(|known| known.different())
    }

    /// Those that cannot be compared, as far as it is known.
    pub fn lost(&self) -> impl Iterator<Item = &Sealed> {
        self.known.iter().flat_map(|known| known.lost())
    }

    /// Whether one of a record would read otherwise now.
    #[must_use]
    pub fn differs(&self, of: Id) -> bool {
        self.different().any(|one| one.of == Some(of))
    }

    /// The record has moved on.
    pub(super) fn moved_on(&mut self) {
        self.state = State::Old;
    }
}

impl Model {
    /// What is known of the standing of sealed documents.
    #[must_use]
    pub const fn sealed(&self) -> &SealedDocuments {
        &self.sealed
    }

    /// How far the look at them has come.
    #[must_use]
    pub fn sealed_progress(&self) -> Option<Progress> {
        let number = self.sealed.job?;
        self.jobs.running().iter().find(|job| job.number == number).map(super::jobs::Running::progress)
    }

    pub(super) fn sealed_ask() -> Ask {
        let name = REMEMBERED.to_owned();
        Ask { slot: Slot::Remembered(name.clone()), generation: 0, query: Query::Remembered { name } }
    }

    pub(super) fn recall_sealed(&mut self, value: Option<&str>) {
        self.sealed.recalled = true;
        // What cannot be read is looked at anew.
        let known = value.and_then(|value| serde_json::from_str::<Standings>(value).ok());
        self.sealed.known = self.sealed.known.take().or_else(|| known.map(Arc::new));
    }

    /// Looks at the sealed documents where the page shows them, they may stand otherwise, and nothing else is under way.
    pub(super) fn look_at_sealed_when_idle(&mut self) -> Option<Effect> {
        let is_shown = matches!(self.route, Route::Overview | Route::Reports);
        let (sealed, busy) = (&self.sealed, self.writing > 0 || !self.jobs.running().is_empty());
        let waits = sealed.state != State::Old || !sealed.recalled;
        if !is_shown || waits || busy {
            return None;
        }
        let before = sealed.known.clone();
        match self.count_of(RecordKind::Seal) {
            // The counts of the rail have not come yet.
            None => return None,
            Some(0) if before.as_ref().is_none_or(|before| before.all.is_empty()) => return None,
            Some(_) => {}
        }
        let effect = self.start_job("Looking at sealed documents", Job::LookAtSealed(before));
        self.sealed.job = Some(self.jobs.newest());
        self.sealed.state = State::Fresh;
        Some(effect)
    }

    /// Another job has to be done: what can wait is stopped, and begun again afterwards.
    pub(super) fn let_pass(&mut self) {
        if let Some(number) = self.sealed.job {
            self.sealed.gives_way = true;
            self.stop_job(number);
        }
    }

    /// The look at sealed documents is over. What was found is remembered for the next time the workspace is opened.
    pub(super) fn sealed_looked_at(&mut self, outcome: Result<Arc<Standings>, Failure>) -> Vec<Effect> {
        self.sealed.job = None;
        let gave_way = std::mem::take(&mut self.sealed.gives_way);
        match outcome {
            Ok(found) => {
                let value = serde_json::to_string(&*found).ok();
                let is_new = self.sealed.known.as_ref().is_none_or(|known| known.until != found.until);
                self.sealed.known = Some(found);
                if is_new && !self.place.read_only {
                    let name = REMEMBERED.to_owned();
                    let write = Write::Remember { name, value };
                    return vec![Effect::Send(Request::Write(Purpose::Remember, write))];
                }
            }
            Err(Failure::Stopped) => {
                self.sealed.state = if gave_way { State::Old } else { State::Stopped };
            }
            Err(failure) => {
                self.sealed.state = State::Failed(failure.to_string());
            }
        }
        Vec::new()
    }

    /// Somebody wants them looked at again.
    pub(super) fn look_at_sealed_again(&mut self) {
        self.sealed.moved_on();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::queries::Standing;
    use crate::services::{Answer, JobDone, Touched, Watch};
    use crate::ui::command::Command;
    use crate::ui::exchange::{Place, Reply, Ticket};
    use crate::ui::model::reports::ReportCommand;

    fn model() -> Model {
        let today = "2026-11-24".parse().unwrap();
        let mut model = Model::new(Place { path: None, read_only: false, today });
        for Ask { slot, generation, query } in model.stale_queries() {
            let answer = match query {
                Query::Remembered { .. } => Answer::Remembered(None),
                Query::Standing => {
                    Answer::Standing(Standing { counts: vec![(RecordKind::Seal, 12)], ..Standing::default() })
                }
                _ => continue,
            };
            model.receive(Reply::Answered { slot, generation, outcome: Ok(answer) });
        }
        model
    }

    fn jobs(effects: Vec<Effect>) -> Vec<(u64, Job, Watch)> {
        let job = |effect| match effect {
            Effect::Send(Request::Job(Ticket { number, job, watch })) => Some((number, job, watch)),
            _ => None,
        };
        effects.into_iter().filter_map(job).collect()
    }

    fn over(model: &mut Model, number: u64, outcome: Result<JobDone, Failure>) -> Vec<Effect> {
        model.receive(Reply::JobDone(number, outcome))
    }

    fn found(until: i64) -> JobDone {
        let standings = Standings { until: Some(Id(until)), ..Standings::default() };
        JobDone::SealedLookedAt(Arc::new(standings))
    }

    fn is_look(job: &Job) -> bool {
        matches!(job, Job::LookAtSealed(_))
    }

    #[test]
    fn the_look_gives_way_to_what_somebody_waits_for_and_goes_on_afterwards() {
        let mut model = model();
        let started = jobs(model.tick(0.0));
        let [(number, look, watch)] = started.as_slice() else { panic!("{started:?}") };
        assert!(is_look(look));
        assert!(jobs(model.tick(1.0)).is_empty(), "one at a time");
        watch.begin(12);
        watch.step(3).unwrap();
        assert_eq!(model.sealed_progress(), Some(Progress { done: 3, whole: 12 }));
        let effect = model.start_job("Writing", Job::LookAtSealed(None));
        let others = jobs(vec![effect]);
        assert!(watch.is_stopped(), "the other job goes first");
        over(&mut model, *number, Err(Failure::Stopped));
        assert!(model.notices().all().is_empty(), "nobody has to hear of it");
        assert!(jobs(model.tick(2.0)).is_empty(), "not while the other runs");
        over(&mut model, others[0].0, Err(Failure::Other("No room on the disk".into())));
        assert!(is_look(&jobs(model.tick(3.0))[0].1));
    }

    #[test]
    fn a_look_that_somebody_stopped_is_begun_again_only_when_asked_or_when_the_record_moves_on() {
        let mut model = model();
        let (number, ..) = jobs(model.tick(0.0)).remove(0);
        model.run(Command::StopJob(number));
        over(&mut model, number, Err(Failure::Stopped));
        assert!(model.sealed().is_stopped());
        assert!(jobs(model.tick(1.0)).is_empty());
        model.run(Command::Report(ReportCommand::LookAtSealed));
        let (number, ..) = jobs(model.tick(2.0)).remove(0);
        let effects = over(&mut model, number, Ok(found(7)));
        assert!(
            matches!(effects.as_slice(), [Effect::Send(Request::Write(Purpose::Remember, Write::Remember { name, .. }))] if name == REMEMBERED),
            "what was found is remembered"
        );
        assert!(!model.sealed().is_old() && jobs(model.tick(3.0)).is_empty(), "nothing moved on");
        let touched = Touched { ids: std::iter::once(Id(1)).collect(), ..Touched::default() };
        model.written(&crate::services::Done { touched, ..crate::services::Done::default() });
        assert!(model.sealed().is_old() && model.sealed().known().is_some(), "the last known standing stays in sight");
        let again = jobs(model.tick(4.0)).remove(0);
        assert!(matches!(again.1, Job::LookAtSealed(Some(before)) if before.until == Some(Id(7))));
    }

    #[test]
    fn what_fails_is_told_on_the_page_and_not_tried_for_ever() {
        let mut model = model();
        let (number, ..) = jobs(model.tick(0.0)).remove(0);
        over(&mut model, number, Err(Failure::Other("The file is damaged".into())));
        assert_eq!(model.sealed().failure(), Some("The file is damaged"));
        assert!(jobs(model.tick(1.0)).is_empty());
    }
}
