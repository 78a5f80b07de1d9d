use super::Raw;
use crate::catalog::Id;
use crate::kinds::Sql;
use crate::plan::{Alteration, Change, Diff, Site, Use, replace_unless_equal, value};

impl Diff for Raw {
    fn drop(&self, at: &Site) -> Vec<Change> {
        vec![Change::new(at.id, "drop").with("old", self)]
    }

    fn alter(&self, new: &Self, _at: &Site) -> Alteration {
        replace_unless_equal(self, new)
    }

    fn uses(&self, _id: &Id) -> Vec<Use<'_>> {
        let text = &self.create.0;
        // The identity of these is made of the names of others; any other is the object's own name, which others can have too.
        if ["cast", "transform"].contains(&self.kind.as_str()) {
            return vec![Use::Text(text, None)];
        }
        let others = text.split(self.identity.as_str());
        others.map(|part| Use::Text(part, None)).collect()
    }

    fn address(&self, _id: &Id) -> crate::plan::Context {
        let mut own = crate::plan::Context::new();
        own.insert(
            "identity".to_owned(),
            value(Sql(format!("{} {}", self.kind, self.identity))),
        );
        own
    }
}
