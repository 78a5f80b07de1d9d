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
        // The object's own name can be that of another kind's object too.
        let own = format!("{} {}", self.kind, self.identity).to_ascii_lowercase();
        let text = self.create.0.as_str();
        let starts = text.to_ascii_lowercase();
        let mut uses = Vec::new();
        let mut from = 0;
        for (at, _) in starts.match_indices(&own) {
            uses.extend(text.get(from..at).map(|part| Use::Text(part, None)));
            from = at + own.len();
        }
        uses.extend(text.get(from..).map(|part| Use::Text(part, None)));
        uses
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
