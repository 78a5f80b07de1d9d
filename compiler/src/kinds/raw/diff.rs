use super::Raw;
use crate::catalog::Id;
use crate::plan::{Alteration, Change, Diff, Site, Use, replace_unless_equal};

impl Diff for Raw {
    fn drop(&self, at: &Site) -> Vec<Change> {
        vec![Change::new(at.id, "drop").with("old", self)]
    }

    fn alter(&self, new: &Self, _at: &Site) -> Alteration {
        replace_unless_equal(self, new)
    }

    fn uses(&self, _id: &Id) -> Vec<Use<'_>> {
        vec![Use::Text(&self.create.0, None)]
    }

    fn address(&self, _id: &Id) -> crate::plan::Context {
        let mut own = crate::plan::Context::new();
        own.insert(
            "identity".to_owned(),
            format!("{} {}", self.kind, self.identity).into(),
        );
        own
    }
}
