//! Timings of a piece of work and of its peer, taken in turn, so that whatever else the machine does meets both.

use std::time::{Duration, Instant};

/// How long one comparison goes on, and how often at least and at most it runs.
const TIME: Duration = Duration::from_millis(900);
const LEAST: usize = 5;
const MOST: usize = 200;

/// Two medians in milliseconds.
#[derive(Debug, Clone, Copy)]
pub struct Pair {
    pub ours: f64,
    pub peer: f64,
}

/// The medians of our work and of its peer, after one run of each that does not count.
pub fn pair(mut ours: impl FnMut(), mut peer: impl FnMut()) -> Pair {
    ours();
    peer();
    let (mut all_ours, mut all_peers) = (Vec::new(), Vec::new());
    let begun = Instant::now();
    while all_ours.len() < LEAST || begun.elapsed() < 2 * TIME && all_ours.len() < MOST {
        all_ours.push(timed(&mut ours));
        all_peers.push(timed(&mut peer));
    }
    Pair { ours: at(&mut all_ours, 0.5), peer: at(&mut all_peers, 0.5) }
}

/// The median of a piece of work, after one run that does not count.
pub fn median(mut work: impl FnMut()) -> f64 {
    work();
    let mut all = Vec::new();
    let begun = Instant::now();
    while all.len() < LEAST || begun.elapsed() < TIME && all.len() < MOST {
        all.push(timed(&mut work));
    }
    at(&mut all, 0.5)
}

/// The time under which 99 of 100 runs stay; `work` is told the number of the run.
pub fn p99(runs: usize, work: impl FnMut(usize)) -> f64 {
    at(&mut all(runs, work), 0.99)
}

/// The time of every run, after one that does not count.
pub fn all(runs: usize, mut work: impl FnMut(usize)) -> Vec<f64> {
    work(0);
    (0..runs).map(|run| timed(&mut || work(run))).collect()
}

/// How long work took, in milliseconds.
pub fn timed(work: &mut impl FnMut()) -> f64 {
    let begun = Instant::now();
    work();
    begun.elapsed().as_secs_f64() * 1e3
}

/// The time at a share of all, in their order.
pub fn at(all: &mut [f64], share: f64) -> f64 {
    all.sort_by(f64::total_cmp);
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place")]
    let place = ((all.len() as f64 * share).ceil() as usize).clamp(1, all.len().max(1)) - 1;
    all.get(place).copied().unwrap_or(f64::NAN)
}
