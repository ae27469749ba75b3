//! The example letters and papers of the demo: files that say on every page that they are invented, and the records they belong to.

use serde_json::{Value, json};

use crate::services::apply::{self, Operation};
use crate::services::{Failure, Workspace};
use crate::store::content::{self, ContentError};

/// What the packing list and the declaration of the shipment at the border say.
const PAPERS: &str = include_str!("../../../assets/demo/papers.jsonl");

/// An example letter: its file, its name, what it is, the day on it, the record it belongs to, its bytes.
struct Letter {
    reference: &'static str,
    of: &'static str,
    kind: &'static str,
    dated_on: &'static str,
    name: &'static str,
    bytes: &'static [u8],
}

macro_rules! letter {
    ($reference:literal, $of:literal, $kind:literal, $dated:literal, $name:literal) => {
        Letter {
            reference: $reference,
            of: $of,
            kind: $kind,
            dated_on: $dated,
            name: concat!("EXAMPLE ", $name),
            bytes: include_bytes!(concat!("../../../assets/demo/letters/", $name)),
        }
    };
}

const LETTERS: &[Letter] = &[
    letter!("HAI-ATT-01", "permission:HAI-L-UN-2024-08", "letter", "2024-08-20", "un-2024-08-20.pdf"),
    letter!("HAI-ATT-02", "decision:HAI-UN-2025-02/D1", "letter", "2026-02-06", "un-2026-02-06.pdf"),
    letter!("HAI-ATT-03", "permission:HAI-L-UN-2026-07", "letter", "2026-07-02", "un-2026-07-02.pdf"),
    letter!("HAI-ATT-04", "shipment:HAI-SHP-2026-02", "waybill", "2026-09-21", "waybill-DD-26-0921.pdf"),
    letter!("HAI-ATT-05", "shipment:HAI-SHP-2026-02", "packing_list", "2026-09-18", "packing-list-HAI-SHP-2026-02.pdf"),
];

/// The operations that make the papers and attach the letters, whose bytes are kept first.
pub(super) fn operations(workspace: &Workspace) -> Result<Vec<(usize, Operation)>, Failure> {
    let mut lines = vec![PAPERS.trim_end().to_owned()];
    for letter in LETTERS {
        lines.push(kept(workspace, letter)?.to_string());
    }
    apply::parse(&lines.join("\n")).map_err(|error| Failure::Other(error.to_string()))
}

fn kept(workspace: &Workspace, letter: &Letter) -> Result<Value, Failure> {
    let failed = |error: ContentError| Failure::Other(format!("{}: {error}", letter.name));
    let content = content::measure(letter.bytes).map_err(|error| failed(error.into()))?;
    content::put(workspace.store.db(), &content, letter.bytes).map_err(failed)?;
    Ok(json!({"op": "create", "kind": "attachment", "record": {
        "reference": letter.reference, "of": letter.of, "name": letter.name, "kind": letter.kind,
        "dated_on": letter.dated_on, "sha256": content.sha256, "bytes": content.bytes.to_string(),
        "media_type": "application/pdf", "note": "Invented for the demo.",
    }}))
}
