use super::Schema;
use crate::catalog::Id;
use crate::plan::{Alteration, Diff, Use};

impl Diff for Schema {
    fn alter(&self, _new: &Self, _at: &crate::plan::Site) -> Alteration {
        Alteration::Changes(Vec::new())
    }

    fn uses(&self, _id: &Id) -> Vec<Use<'_>> {
        Vec::new()
    }
}
