//! What any object can have: a comment, an owner, privileges.

use super::diff::{Diff, Numbers, Part, Site};
use super::fate::{Fate, Fates};
use super::{Change, Effect, Hazard, builder, privileges};
use crate::catalog::{Catalog, Id, Object, Privileges};
use crate::kinds::{Kind, default_privileges, with_model};

/// Adds what differs in the attributes of the objects that stay.
pub(super) fn compare_those_that_stay(from: &Catalog, to: &Catalog, fates: &mut Fates) {
    for (id, new) in &to.objects {
        if fates.of(id) != Some(&Fate::Stay) {
            continue;
        }
        let changes = match from.get(id) {
            Some(old) => differences(id, (old, new), &dropped(id, fates), (from, to)),
            None => of_created(id, new, (from, to)),
        };
        if !changes.is_empty() {
            let all = fates.changes.entry(id.clone()).or_default();
            // It is filled as its owner.
            let filled = all.iter().position(|change| change.action == "refresh");
            let at = filled.unwrap_or(all.len());
            all.splice(at..at, changes);
        }
    }
}

/// What follows the creation of an object.
fn of_created(id: &Id, new: &Object, (from, to): (&Catalog, &Catalog)) -> Vec<Change> {
    let mut changes: Vec<Change> = new
        .comment
        .iter()
        .map(|text| Change::comment(id, Some(text)))
        .collect();
    let owner = new.owner.clone().or_else(|| owner_of_owner(new, to));
    let others = owner.as_ref().filter(|_| owner != from.role);
    changes.extend(others.map(|role| set_owner(id, role)));
    let initial = privileges::initial(id, (from, to));
    let holder = holder(id, owner.as_deref());
    changes.extend(privileges::changes(
        id,
        None,
        &initial,
        &new.privileges,
        holder,
    ));
    let nothing = Privileges::default();
    for part in parts(new) {
        changes.extend(
            part.comment
                .map(|text| comment_part(id, part.name, Some(text))),
        );
        let granted = part.privileges.unwrap_or(&nothing);
        changes.extend(privileges::changes(
            id,
            Some(part.name),
            &nothing,
            granted,
            holder,
        ));
    }
    changes.extend(of_numbers(id, new, &[], holder, (from, to)));
    changes
}

/// The privileges of the sequences that number columns, against those that are there; a new one has what is its by default.
fn of_numbers(
    id: &Id,
    new: &Object,
    kept: &[Numbers],
    holder: Option<&str>,
    catalogs: (&Catalog, &Catalog),
) -> Vec<Change> {
    let mut changes = Vec::new();
    for now in numbers(id, new) {
        let before = kept.iter().find(|before| before.column == now.column);
        let before = before.map_or_else(
            || privileges::initial(&now.sequence, catalogs),
            |before| before.privileges.clone(),
        );
        let own = privileges::changes(&now.sequence, None, &before, now.privileges, holder);
        changes.extend(own);
    }
    changes
}

/// Whom `@owner` stands for; of default privileges it is the role whose objects they are for.
fn holder<'a>(id: &'a Id, owner: Option<&'a str>) -> Option<&'a str> {
    match id.kind {
        Kind::DefaultPrivileges => default_privileges::for_role(id),
        _ => owner,
    }
}

fn numbers<'a>(id: &Id, object: &'a Object) -> Vec<Numbers<'a>> {
    with_model!(&object.body, model => Diff::numbers(model, id))
}

/// Only what has the owner of a table can come to belong to it.
fn owner_of_owner(object: &Object, to: &Catalog) -> Option<String> {
    let (table, _) = with_model!(&object.body, model => Diff::owned_by(model))?;
    let id = Id::new(Kind::Table, &table.schema, &table.name);
    to.get(&id)?.owner.clone()
}

/// The columns that go, even if one of the same name comes.
fn dropped(id: &Id, fates: &Fates) -> Vec<String> {
    let changes = fates.changes.get(id).into_iter().flatten();
    changes
        .filter(|change| change.effect == Effect::Drops)
        .filter_map(|change| change.part.clone())
        .collect()
}

fn differences(
    id: &Id,
    (old, new): (&Object, &Object),
    dropped: &[String],
    catalogs: (&Catalog, &Catalog),
) -> Vec<Change> {
    let mut changes = Vec::new();
    if old.comment != new.comment {
        changes.push(Change::comment(id, new.comment.as_deref()));
    }
    let holder = holder(id, new.owner.as_deref());
    let [(was_owners, mut was), (owners, now)] =
        [&old.privileges, &new.privileges].map(privileges::owners_and_others);
    let new_owner = new_owner(id, old, new);
    if new_owner.is_some() {
        // What the old one has, the new one takes over (`aclnewowner` of `acl.c`).
        was.granted
            .retain(|grant| Some(&grant.grantee) != old.owner.as_ref());
    }
    let mut privileges = privileges::changes(id, None, &was, &now, holder);
    let owners = privileges::changes(id, None, &was_owners, &owners, holder);
    let before = parts(old);
    for part in parts(new) {
        let was = before
            .iter()
            .find(|other| other.name == part.name && !dropped.iter().any(|name| name == part.name));
        let granted = was.and_then(|was| was.privileges);
        let granted = granted.map(|granted| privileges::of_owner_after(granted, old, new));
        let left = granted
            .as_ref()
            .map(|granted| privileges::left_on_column(granted, &old.privileges, &new.privileges));
        let was = was.map(|was| Part {
            privileges: left.as_ref(),
            ..*was
        });
        privileges.extend(part_differences(id, was.as_ref(), &part, holder));
    }
    let stays = |numbers: &Numbers| !dropped.iter().any(|name| name == numbers.column);
    let kept: Vec<Numbers> = numbers(id, old).into_iter().filter(stays).collect();
    privileges.extend(of_numbers(id, new, &kept, holder, catalogs));
    if let Some(role) = new_owner {
        // What the new owner was granted would become part of what an owner has.
        let (lost, rest) = privileges
            .into_iter()
            .partition(|change| change.action == "revoke" && change.part.is_none());
        changes.extend::<Vec<_>>(lost);
        changes.push(set_owner(id, role));
        privileges = rest;
    }
    // They are the new owner's by then.
    changes.extend(owners);
    changes.extend(privileges);
    changes
}

/// Without one it is the role that builds the schema.
fn new_owner<'a>(id: &Id, old: &Object, new: &'a Object) -> Option<&'a str> {
    match &new.owner {
        owner if *owner == old.owner => None,
        None if !builder::owns(id, new) => None,
        owner => Some(owner.as_deref().unwrap_or("current_user")),
    }
}

fn part_differences(id: &Id, old: Option<&Part>, new: &Part, holder: Option<&str>) -> Vec<Change> {
    let mut changes = Vec::new();
    if old.and_then(|part| part.comment) != new.comment {
        changes.push(comment_part(id, new.name, new.comment));
    }
    let nothing = Privileges::default();
    let before = old.and_then(|part| part.privileges).unwrap_or(&nothing);
    let after = new.privileges.unwrap_or(&nothing);
    changes.extend(privileges::changes(
        id,
        Some(new.name),
        before,
        after,
        holder,
    ));
    changes
}

fn parts(object: &Object) -> Vec<Part<'_>> {
    with_model!(&object.body, model => Diff::parts(model))
}

fn comment_part(id: &Id, part: &str, text: Option<&str>) -> Change {
    Change::new(id, "comment_part")
        .part(part)
        .with("comment", text)
}

fn set_owner(id: &Id, role: &str) -> Change {
    Change::new(id, "owner")
        .with("owner", role)
        .hazards(&[Hazard::ChangesAuthorization])
}

/// The changes that make an object, from its creation on.
pub(super) fn creation(id: &Id, from: &Catalog, to: &Catalog) -> Vec<Change> {
    let Some(object) = to.get(id) else {
        return Vec::new();
    };
    let at = Site {
        id,
        object,
        from,
        to,
    };
    let mut changes = with_model!(&object.body, model => Diff::create(model, &at));
    changes.extend(of_created(id, object, (from, to)));
    changes
}
