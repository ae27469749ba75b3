//! Submission packages: what an authority gets, instrument by instrument, made of a request; and what is missing in it.

mod bis;
mod complete;
mod filing;
mod general;
mod ofac;
mod state;
mod un;

use super::reader::Reader;
use super::{Pack, PackKind};
use crate::domain::id::Id;
use crate::services::Failure;
use filing::Filing;

/// Makes the package of a request.
pub(super) fn submission(reader: &Reader<'_>, id: Id) -> Result<Pack, Failure> {
    let filing = Filing::load(reader, id)?;
    let mut gaps = Vec::new();
    let parts = match filing.instrument.reference.as_str() {
        "humanitarian_exemption" => un::parts(&filing, &mut gaps)?,
        "bis_export_licence" => bis::parts(&filing, &mut gaps)?,
        "ofac_specific_licence" => ofac::parts(&filing, &mut gaps)?,
        "ngo_activity_report" => state::parts(&filing, &mut gaps)?,
        _ => general::parts(&filing, &mut gaps)?,
    };
    complete::wording(&filing, &mut gaps);
    Ok(Pack { kind: PackKind::Submission, of: Some(id), stem: filing.reference.clone(), parts, gaps })
}
