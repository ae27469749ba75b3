//! Paths of fields in a draft, and what becomes of them when rows move.

use std::collections::BTreeSet;

use crate::domain::schema::FieldError;

/// What is done with the rows of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowChange {
    /// The row goes; those below move up.
    Remove(usize),
    /// The row changes places with the one above it.
    Up(usize),
}

impl RowChange {
    /// Where a row stands afterwards; `None` where it is gone.
    fn new_place(self, at: usize) -> Option<usize> {
        match self {
            Self::Remove(gone) if at == gone => None,
            Self::Remove(gone) if at > gone => Some(at - 1),
            Self::Up(moved) if at == moved => Some(at - 1),
            Self::Up(moved) if at + 1 == moved => Some(moved),
            _ => Some(at),
        }
    }
}

/// The path after the change of a list; `None` where it led into a row that is gone.
fn moved(path: &str, list: &str, change: RowChange) -> Option<String> {
    let Some((place, rest)) = path
        .strip_prefix(list)
        .and_then(|rest| rest.strip_prefix('['))
        .and_then(|rest| rest.split_once(']'))
        .and_then(|(place, rest)| Some((place.parse::<usize>().ok()?, rest)))
    else {
        return Some(path.to_owned());
    };
    change.new_place(place).map(|place| format!("{list}[{place}]{rest}"))
}

/// Moves the fields that were left with their rows.
pub fn move_visited(visited: &mut BTreeSet<String>, list: &str, change: RowChange) {
    *visited = visited.iter().filter_map(|path| moved(path, list, change)).collect();
}

/// Moves what was refused with its rows.
pub fn move_refused(refused: &mut Vec<FieldError>, list: &str, change: RowChange) {
    refused.retain_mut(|error| {
        let path = moved(&error.path, list, change);
        if let Some(path) = &path {
            error.path.clone_from(path);
        }
        path.is_some()
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_of_a_row_follows_the_row() {
        let remove = |path| moved(path, "lines", RowChange::Remove(1));
        assert_eq!(remove("lines[0].item").as_deref(), Some("lines[0].item"));
        assert_eq!(remove("lines[1].item"), None);
        assert_eq!(remove("lines[2].item").as_deref(), Some("lines[1].item"));
        assert_eq!(remove("routes[2].from").as_deref(), Some("routes[2].from"));
        let up = |path| moved(path, "grants[0].limits", RowChange::Up(2));
        assert_eq!(up("grants[0].limits[2].limit").as_deref(), Some("grants[0].limits[1].limit"));
        assert_eq!(up("grants[0].limits[1].limit").as_deref(), Some("grants[0].limits[2].limit"));
        assert_eq!(up("grants[0].scope[1].route").as_deref(), Some("grants[0].scope[1].route"));
    }
}
