//! Operations as data: any write the window can do, one a line.

use serde_json::{Map, Value};

use crate::domain::record::RecordKind;

/// One operation of a file of operations.
#[derive(Debug, Clone, PartialEq)]
pub enum Operation {
    /// A new record.
    Create {
        /// Its kind.
        kind: RecordKind,
        /// Its fields.
        record: Map<String, Value>,
    },
    /// Some fields of a record set anew.
    Edit {
        /// Its kind.
        kind: RecordKind,
        /// Its reference.
        reference: String,
        /// The fields to set; the others stay.
        set: Map<String, Value>,
    },
    /// A record deleted.
    Delete {
        /// Its kind.
        kind: RecordKind,
        /// Its reference.
        reference: String,
    },
    /// The newest step taken back.
    Undo,
    /// The step undone last done again.
    Redo,
}
