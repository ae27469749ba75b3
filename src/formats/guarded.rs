//! The last net below a library that reads files of others.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};

thread_local! {
    /// How many nets this thread stands over.
    static NETS: Cell<u32> = const { Cell::new(0) };
}

/// Runs what reads a file of others; `None` where it gave up with a panic. Nothing of the library may outlive the call, so that
/// nothing half done is seen.
pub fn guarded<T>(read: impl FnOnce() -> T) -> Option<T> {
    NETS.set(NETS.get() + 1);
    let read = catch_unwind(AssertUnwindSafe(read));
    NETS.set(NETS.get() - 1);
    read.ok()
}

/// Keeps what is caught here from the terminal: it is told as a damaged file, in a sentence. Any other panic is told as before.
/// Called once, when the program begins.
pub fn keep_quiet() {
    let usual = take_hook();
    set_hook(Box::new(move |info| {
        if NETS.get() == 0 {
            usual(info);
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_caught_leaves_the_next_one_as_it_was() {
        assert_eq!(guarded(|| guarded(|| panic!("within")).is_none()), Some(true));
        assert_eq!(NETS.get(), 0);
        assert!(catch_unwind(|| panic!("outside")).is_err(), "what nobody caught goes on");
        assert_eq!(guarded(|| 1), Some(1));
    }
}
