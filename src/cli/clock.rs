//! The one place that reads the clock and the user's name for the command line and the window.

use std::sync::Arc;

use chrono::{Local, Offset as _, Utc};

use crate::services::{Context, Moment};

/// The real clock in the user's time zone, and the name the system knows the user by.
pub(super) fn context() -> Context {
    Context { clock: Arc::new(moment), actor: actor() }
}

fn moment() -> Moment {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    let (now, local) = (Utc::now(), Local::now());
    Moment::at(now, local.offset().fix().local_minus_utc() / 60)
}

fn actor() -> String {
    let named = ["CORRIDOR_USER", "USER", "USERNAME"].iter().filter_map(|name| std::env::var(name).ok());
    named.into_iter().find(|name| !name.trim().is_empty()).unwrap_or_else(|| "Unknown user".to_owned())
}
