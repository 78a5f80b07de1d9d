use super::Range;
use crate::catalog::{Id, QName};
use crate::plan::{Alteration, Change, Diff, Name, Site, Use, set_aside};

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

    fn rename_away(&self, id: &Id, old_name: &QName) -> Vec<Change> {
        let multirange = Change::new(id, "rename_multirange_away")
            .with("multirange", QName::new(&id.schema, &self.multirange))
            .with("old_name", set_aside(&self.multirange));
        let range = Change::new(id, "rename_away").with("old_name", &old_name.name);
        let mut changes = self.constructors_away(id, old_name);
        changes.extend([range, multirange]);
        changes
    }

    fn names(&self, id: &Id) -> Vec<Name> {
        vec![
            Name::Type(id.qname()),
            Name::Type(QName::new(&id.schema, &self.multirange)),
        ]
    }
}

impl Range {
    /// The functions that come with the types keep the old names when the types are renamed.
    fn constructors_away(&self, id: &Id, old_name: &QName) -> Vec<Change> {
        let (range, subtype) = (&id.name, &self.subtype);
        let away = |name: &str, arguments: &[&str], old_name: &str| {
            Change::new(id, "rename_constructor_away")
                .with("function", QName::new(&id.schema, name))
                .with("arguments", arguments)
                .with("old_name", old_name)
        };
        let multirange = set_aside(&self.multirange);
        let own = crate::sql::quote_qualified(Some(&id.schema), range);
        vec![
            away(range, &[subtype, subtype], &old_name.name),
            away(range, &[subtype, subtype, "text"], &old_name.name),
            away(&self.multirange, &[], &multirange),
            away(&self.multirange, &[&own], &multirange),
            away(&self.multirange, &[&format!("{own}[]")], &multirange),
        ]
    }
}
