//! The role that builds the schema: a spec does not name it, a database does.

use std::collections::BTreeMap;

use super::diff::Diff;
use crate::catalog::{Catalog, Id, Object};
use crate::kinds::with_model;

/// The role that builds what the spec says: who owns most of what has no owner there, who asks where others own no more.
///
/// If that is who asks, what has no owner is theirs; if not, owners stay.
pub(super) fn of<'a>(spec: &Catalog, live: &'a Catalog) -> &'a str {
    let Some(asks) = live.role.as_deref() else {
        return "@owner";
    };
    let mut owned: BTreeMap<&str, usize> = BTreeMap::new();
    let all = spec.objects.iter();
    let unsaid = all.filter(|(id, said)| said.owner.is_none() && !id.is_public());
    for is in unsaid.filter_map(|(id, _)| live.get(id)) {
        if let Some(owner) = &is.owner {
            *owned.entry(owner).or_default() += 1;
        }
    }
    let most = owned
        .into_iter()
        .max_by_key(|(role, count)| (*count, *role == asks));
    most.map_or(asks, |(role, _)| role)
}

/// Whether an object without an owner is the builder's: what comes with a table is the table's owner's.
pub(super) fn owns(id: &Id, object: &Object) -> bool {
    !id.is_public() && with_model!(&object.body, model => Diff::owned_by(model)).is_none()
}
