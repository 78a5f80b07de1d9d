use super::Role;
use crate::catalog::Id;
use crate::plan::{Alteration, Change, Diff, Site, Use};

/// Roles are the cluster's: one that is missing is made, none is changed or dropped.
impl Diff for Role {
    fn drop(&self, _at: &Site) -> Vec<Change> {
        Vec::new()
    }

    fn alter(&self, _new: &Self, _at: &Site) -> Alteration {
        Alteration::Changes(Vec::new())
    }

    fn uses(&self, _id: &Id) -> Vec<Use<'_>> {
        let roles = self.member_of.iter();
        roles
            .map(|role| Use::Object(Id::global(crate::kinds::Kind::Role, role)))
            .collect()
    }
}
