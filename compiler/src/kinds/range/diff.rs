use super::Range;
use crate::catalog::{Id, QName};
use crate::plan::{Alteration, Diff, Name, Site, Use};

impl Diff for Range {
    fn alter(&self, new: &Self, _at: &Site) -> Alteration {
        if self == new {
            Alteration::Changes(Vec::new())
        } else {
            Alteration::Swap
        }
    }

    fn uses(&self, _id: &Id) -> Vec<Use<'_>> {
        let mut uses = vec![Use::Type(&self.subtype)];
        uses.extend(self.collation.as_deref().map(Use::Collation));
        let functions = self.canonical.iter().chain(&self.subtype_diff);
        uses.extend(functions.cloned().map(Use::Routine));
        uses
    }

    fn names(&self, id: &Id) -> Vec<Name> {
        vec![
            Name::Type(id.qname()),
            Name::Type(QName::new(&id.schema, &self.multirange)),
        ]
    }
}
