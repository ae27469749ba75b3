//! The coverage ledger as a use case: loads the facts, asks the domain, and words what comes out.

mod load;

pub(in crate::services) use load::Loader;
