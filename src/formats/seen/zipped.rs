//! What stands in an archive: the names of its parts, its remarks, and every part unpacked.

use std::io::{Cursor, Read as _};

use super::{CannotSee, Seen, part};

/// Tells of everything in an archive.
pub(super) fn see(
    place: &str,
    bytes: &[u8],
    depth: usize,
    budget: &mut u64,
    each: &mut dyn FnMut(Seen),
) -> Result<(), CannotSee> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|why| CannotSee::closed(place, why))?;
    let remark = String::from_utf8_lossy(archive.comment()).into_owned();
    each(Seen { place: format!("{place}, its remark"), text: remark, is_noise: false });
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).map_err(|why| CannotSee::closed(place, why))?;
        let name = String::from_utf8_lossy(file.name_raw()).into_owned();
        let own = format!("{name} in {place}");
        for text in [name, file.comment().to_owned()] {
            each(Seen { place: format!("{own}, its name"), text, is_noise: false });
        }
        let mut unpacked = Vec::new();
        let most = budget.saturating_add(1);
        file.by_ref().take(most).read_to_end(&mut unpacked).map_err(|why| CannotSee::closed(&own, why))?;
        part(&own, &unpacked, depth + 1, budget, each)?;
    }
    Ok(())
}
