use super::Collation;
use crate::catalog::Id;
use crate::plan::{Alteration, Diff, Site, Use, replace_unless_equal};

impl Diff for Collation {
    fn alter(&self, new: &Self, _at: &Site) -> Alteration {
        replace_unless_equal(self, new)
    }

    fn uses(&self, _id: &Id) -> Vec<Use<'_>> {
        Vec::new()
    }
}
