//! Corridor: aid shipments, sanctions exemptions, agency decisions and travel approvals in one local file.

pub mod cli;
pub mod domain;
pub mod fonts;
pub mod formats;
pub mod services;
pub mod store;
pub mod ui;
