//! How far work that takes a while has come, and the wish to stop it, shared between the one who works and the one who waits.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use super::Failure;

/// A wish to stop and a count of what is done. Clones share both.
#[derive(Debug, Clone, Default)]
pub struct Watch(Arc<State>);

#[derive(Debug, Default)]
struct State {
    stopped: AtomicBool,
    done: AtomicU64,
    whole: AtomicU64,
    listener: OnceLock<Listener>,
}

/// Who hears of every step.
struct Listener(Box<dyn Fn(u64) + Send + Sync>);

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Listener")
    }
}

/// How far work has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Steps that are done.
    pub done: u64,
    /// Steps in all; 0 where that is not known.
    pub whole: u64,
}

impl Watch {
    /// Asks the one who works to stop and to leave nothing behind.
    pub fn stop(&self) {
        self.0.stopped.store(true, Ordering::Relaxed);
    }

    /// Whether somebody asked to stop.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.0.stopped.load(Ordering::Relaxed)
    }

    /// Begins to count anew: a part of the work with so many steps, 0 where nobody knows.
    pub fn begin(&self, whole: u64) {
        self.0.done.store(0, Ordering::Relaxed);
        self.0.whole.store(whole, Ordering::Relaxed);
    }

    /// Lets somebody hear of every step, on the thread of the one who works, which goes on when the listener returns. There
    /// is one listener; who comes later is not heard.
    pub fn listen(&self, listener: impl Fn(u64) + Send + Sync + 'static) {
        self.0.listener.get_or_init(|| Listener(Box::new(listener)));
    }

    /// Says how many steps are done, and fails where somebody asked to stop. To be called every few hundred steps.
    pub fn step(&self, done: u64) -> Result<(), Failure> {
        self.0.done.store(done, Ordering::Relaxed);
        if let Some(Listener(hear)) = self.0.listener.get() {
            hear(done);
        }
        if self.is_stopped() { Err(Failure::Stopped) } else { Ok(()) }
    }

    /// How far it has come.
    #[must_use]
    pub fn progress(&self) -> Progress {
        Progress { done: self.0.done.load(Ordering::Relaxed), whole: self.0.whole.load(Ordering::Relaxed) }
    }
}

impl PartialEq for Watch {
    /// Two are the same where they share their state.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Watch {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stop_is_seen_at_the_next_step() {
        let watch = Watch::default();
        let worker = watch.clone();
        worker.begin(1_000);
        worker.step(200).unwrap();
        assert_eq!(watch.progress(), Progress { done: 200, whole: 1_000 });
        watch.stop();
        assert!(matches!(worker.step(400), Err(Failure::Stopped)));
        assert_eq!(watch, worker);
        assert_ne!(watch, Watch::default());
    }
}
