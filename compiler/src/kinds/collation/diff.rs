use super::Collation;
use crate::catalog::Id;
use crate::plan::{Alteration, Diff, Site, Use};

impl Diff for Collation {
    fn alter(&self, new: &Self, _at: &Site) -> Alteration {
        if self == new {
            Alteration::Changes(Vec::new())
        } else {
            Alteration::Swap
        }
    }

    fn uses(&self, _id: &Id) -> Vec<Use<'_>> {
        Vec::new()
    }
}
