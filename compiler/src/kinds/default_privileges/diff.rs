use super::{DefaultPrivileges, for_role};
use crate::catalog::{Id, Privileges};
use crate::kinds::Kind;
use crate::plan::{Alteration, Change, Diff, Site, Use, privilege_changes};

impl Diff for DefaultPrivileges {
    fn create(&self, _at: &Site) -> Vec<Change> {
        Vec::new()
    }

    fn drop(&self, at: &Site) -> Vec<Change> {
        privilege_changes(
            at.id,
            None,
            &at.object.privileges,
            &Privileges::default(),
            for_role(at.id),
        )
    }

    fn alter(&self, _new: &Self, _at: &Site) -> Alteration {
        Alteration::Changes(Vec::new())
    }

    fn uses(&self, _id: &Id) -> Vec<Use<'_>> {
        Vec::new()
    }

    fn address(&self, id: &Id) -> crate::plan::Context {
        let mut own = crate::plan::Context::new();
        own.insert("for_role".to_owned(), crate::plan::value(for_role(id)));
        own.insert("schema".to_owned(), crate::plan::value(&id.schema));
        own.insert("objects".to_owned(), crate::plan::value(&id.name));
        own
    }

    fn falls_with(&self, id: &Id) -> Vec<(Id, Option<String>)> {
        if id.schema.is_empty() {
            Vec::new()
        } else {
            vec![(Id::global(Kind::Schema, &id.schema), None)]
        }
    }
}

/// The word for objects of a kind in `ALTER DEFAULT PRIVILEGES … ON`, where they can have any.
pub(crate) fn objects_word(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Table | Kind::View | Kind::MaterializedView => Some("tables"),
        Kind::Sequence => Some("sequences"),
        Kind::Function | Kind::Aggregate => Some("functions"),
        Kind::Enum | Kind::Domain | Kind::Composite | Kind::Range => Some("types"),
        Kind::Schema => Some("schemas"),
        _ => None,
    }
}
