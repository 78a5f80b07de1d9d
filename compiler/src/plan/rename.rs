//! Stated renames: carried out on the old catalog, so that what is compared afterwards has the new names.

use super::{Change, Note};
use crate::catalog::Catalog;

/// The old catalog after the renames, and the statements that get there.
pub(super) struct Renamed {
    pub catalog: Catalog,
    pub changes: Vec<Change>,
    pub notes: Vec<Note>,
}

pub(super) fn apply(from: &Catalog, _to: &Catalog) -> Renamed {
    Renamed {
        catalog: from.clone(),
        changes: Vec::new(),
        notes: Vec::new(),
    }
}
