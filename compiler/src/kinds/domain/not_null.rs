//! The not-null constraint of a domain, which has a name from PostgreSQL 17 on (`domainAddNotNullConstraint` of `typecmds.c`).

use super::Domain;
use crate::catalog::{Catalog, Id};
use crate::kinds::Model;
use crate::plan::{Change, Site};
use crate::sql::object_name::make_object_name;

/// The version from which on it has a name.
const NAMED: u32 = 17;

/// The name of one that nobody has named.
pub(super) fn usual_name(domain: &str) -> String {
    make_object_name(domain, None, Some("not_null"))
}

fn name(domain: &Domain, id: &Id) -> String {
    let said = domain.not_null_name.clone();
    said.unwrap_or_else(|| usual_name(&id.name))
}

/// The name where it has to be said.
pub(super) fn said(domain: &Domain, at: &Site) -> Option<String> {
    let said = domain.not_null_name.clone();
    said.filter(|name| at.postgresql() >= NAMED && *name != usual_name(&at.id.name))
}

/// The name as the creation says it: also where a domain that makes way still has the usual one.
pub(super) fn printed(domain: &Domain, at: &Site) -> Option<String> {
    let makes_way = at.postgresql() >= NAMED && at.from.get(at.id).is_some();
    let usual = || makes_way.then(|| usual_name(&at.id.name));
    said(domain, at).or_else(usual).filter(|_| domain.not_null)
}

/// What makes it another, of a domain that stays not null.
pub(super) fn changes(old: &Domain, new: &Domain, at: &Site) -> Vec<Change> {
    let renames = at.postgresql() >= NAMED && old.not_null && new.not_null;
    let rename = renames.then(|| rename(old, new, at.id)).flatten();
    rename.into_iter().chain(comment(old, new, at)).collect()
}

fn rename(old: &Domain, new: &Domain, id: &Id) -> Option<Change> {
    let (was, is) = (name(old, id), name(new, id));
    let change = Change::new(id, "rename_not_null");
    (was != is).then(|| change.with("constraint", was).with("to", is))
}

/// What comments on it.
pub(super) fn comment(old: &Domain, new: &Domain, at: &Site) -> Option<Change> {
    let known = at.postgresql() >= NAMED && new.not_null;
    let before = old.not_null_comment.as_ref().filter(|_| old.not_null);
    let after = new.not_null_comment.as_ref();
    let change = Change::new(at.id, "comment_not_null").with("constraint", name(new, at.id));
    (known && before != after).then(|| change.with("comment", after))
}

/// Says the name that follows from the domain's, before that changes.
pub(super) fn keep_name(domain: &mut Domain, id: &Id, postgresql: u32) {
    if postgresql >= NAMED && domain.not_null {
        domain
            .not_null_name
            .get_or_insert_with(|| usual_name(&id.name));
    }
}

/// Renames it after the domain.
pub(super) fn follow_name(
    domain: &mut Domain,
    id: &Id,
    from: &Catalog,
    to: &Catalog,
) -> Vec<Change> {
    let _ = from;
    let new = to
        .get(id)
        .and_then(|object| Domain::from_body(&object.body));
    let both = new.filter(|new| new.not_null && domain.not_null && domain.not_null_name.is_some());
    let change = both.and_then(|new| rename(domain, new, id));
    if let (Some(_), Some(new)) = (&change, both) {
        domain.not_null_name.clone_from(&new.not_null_name);
    }
    let usual = usual_name(&id.name);
    domain.not_null_name.take_if(|name| *name == usual);
    change.into_iter().collect()
}
