//! Grants and revocations.
//!
//! Sources: manual, 5.7 "Privileges"; `ALTER DEFAULT PRIVILEGES`; `get_user_default_acl` in
//! `src/backend/catalog/aclchk.c`.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, Hazard};
use crate::catalog::{Catalog, Grant, Id, Object, Privileges};
use crate::kinds::Kind;
use crate::kinds::default_privileges::{self, DefaultPrivileges};

/// The statements that make `old` privileges the `new` ones, both relative to the same default.
pub(crate) fn changes(
    id: &Id,
    part: Option<&str>,
    old: &Privileges,
    new: &Privileges,
    owner: Option<&str>,
) -> Vec<Change> {
    let lost = old
        .granted
        .difference(&new.granted)
        .chain(new.revoked.difference(&old.revoked));
    let won = new
        .granted
        .difference(&old.granted)
        .chain(old.revoked.difference(&new.revoked));
    let won: BTreeSet<&Grant> = won.collect();
    let (mut revoked, mut no_longer_grantable) = (Vec::new(), Vec::new());
    for grant in lost {
        if grant.grantable && won.contains(&grant.with_option(false)) {
            no_longer_grantable.push(grant);
        } else if !won.contains(&grant.with_option(true)) {
            revoked.push(grant);
        }
    }
    let kept: BTreeSet<Grant> = no_longer_grantable
        .iter()
        .map(|grant| grant.with_option(false))
        .collect();
    let granted = won.into_iter().filter(|grant| !kept.contains(grant));
    let statement = |action, grants| statements(id, part, action, grants, owner);
    let mut all = statement("revoke_grant_option", no_longer_grantable);
    all.extend(statement("revoke", revoked));
    all.extend(statement("grant", granted.collect()));
    all
}

/// What the owner has, whoever that is, and what others have.
pub(super) fn owners_and_others(privileges: &Privileges) -> (Privileges, Privileges) {
    let split = |grants: &BTreeSet<Grant>| -> (BTreeSet<Grant>, BTreeSet<Grant>) {
        let all = grants.iter().cloned();
        all.partition(|grant| grant.grantee == "@owner")
    };
    let (granted, revoked) = (split(&privileges.granted), split(&privileges.revoked));
    let of = |granted, revoked| Privileges { granted, revoked };
    (of(granted.0, revoked.0), of(granted.1, revoked.1))
}

/// What is granted on a column once the whole object has its `new` privileges: what is revoked there is revoked on every column
/// (`ExecGrant_Relation` of `aclchk.c`).
pub(super) fn left_on_column(
    column: &Privileges,
    old: &Privileges,
    new: &Privileges,
) -> Privileges {
    let lost: Vec<&Grant> = old.granted.difference(&new.granted).collect();
    let kept = |grant: &Grant, grantable| new.granted.contains(&grant.with_option(grantable));
    let left = |grant: &Grant| {
        let same =
            |lost: &&&Grant| (&lost.grantee, &lost.privilege) == (&grant.grantee, &grant.privilege);
        match lost.iter().find(same) {
            Some(lost) if !kept(lost, true) => kept(lost, false).then(|| grant.with_option(false)),
            _ => Some(grant.clone()),
        }
    };
    Privileges {
        granted: column.granted.iter().filter_map(left).collect(),
        revoked: column.revoked.clone(),
    }
}

/// What is granted on a column once the object has its new owner: who was granted what the old one was
/// (`change_owner_fix_column_acls` of `tablecmds.c`).
pub(super) fn of_owner_after(column: &Privileges, old: &Object, new: &Object) -> Privileges {
    let (Some(before), Some(after)) = (&old.owner, &new.owner) else {
        return column.clone();
    };
    let granted = column.granted.iter().cloned().map(|mut grant| {
        if grant.grantee == *before {
            grant.grantee.clone_from(after);
        }
        grant
    });
    Privileges {
        granted: granted.collect(),
        revoked: column.revoked.clone(),
    }
}

/// One statement for each role (and for each grant option).
fn statements(
    id: &Id,
    part: Option<&str>,
    action: &'static str,
    grants: Vec<&Grant>,
    owner: Option<&str>,
) -> Vec<Change> {
    let mut by_role: BTreeMap<(&str, bool), Vec<&str>> = BTreeMap::new();
    for grant in grants {
        let grantable = grant.grantable && action == "grant";
        by_role
            .entry((&grant.grantee, grantable))
            .or_default()
            .push(&grant.privilege);
    }
    by_role
        .into_iter()
        .map(|((role, grantable), privileges)| {
            let role = if role == "@owner" { owner } else { Some(role) };
            let mut change = Change::new(id, action).hazards(&[Hazard::ChangesAuthorization]);
            change.part = part.map(str::to_owned);
            change
                .with("part", part)
                .with("role", role)
                .with("grantable", grantable)
                .with("privileges", in_order(privileges))
        })
        .collect()
}

/// Privileges in the order in which people name them.
fn in_order(mut privileges: Vec<&str>) -> Vec<&str> {
    const ORDER: [&str; 8] = [
        "select",
        "insert",
        "update",
        "delete",
        "truncate",
        "references",
        "trigger",
        "maintain",
    ];
    privileges.sort_by_key(|privilege| ORDER.iter().position(|known| known == privilege));
    privileges
}

/// The privileges that a new object has, relative to the built-in default: those that the default privileges in force
/// give it. A plan revokes default privileges before everything else and grants them after it, so those that `from` and
/// `to` have are in force.
pub(super) fn initial(id: &Id, (from, to): (&Catalog, &Catalog)) -> Privileges {
    let mut initial = Privileges::default();
    let Some(objects) = default_privileges::diff::objects_word(id.kind) else {
        return initial;
    };
    for (other, _, object) in from.of::<DefaultPrivileges>() {
        // Those that go altogether have gone.
        let Some(then) = to.get(other) else { continue };
        let role = other.parent == "@owner" || from.role.as_ref() == Some(&other.parent);
        let here = other.schema.is_empty() || other.schema == id.schema;
        if other.name == objects && role && here {
            let owned = |grant: &Grant| owned(grant, &other.parent);
            let left = left(&object.privileges, &then.privileges);
            initial.granted.extend(left.granted.iter().map(owned));
            initial.revoked.extend(left.revoked.iter().map(owned));
        }
    }
    let given = std::mem::take(&mut initial.granted);
    let (built_in, granted) = given
        .into_iter()
        .partition(|grant| is_built_in(grant, id.kind));
    initial.granted = granted;
    initial.revoked.retain(|grant| {
        let again = |other: &Grant| {
            (&other.grantee, &other.privilege) == (&grant.grantee, &grant.privilege)
        };
        !BTreeSet::iter(&built_in).any(again)
    });
    initial
}

/// What is left of privileges when what [`changes`] revokes is revoked.
fn left(old: &Privileges, new: &Privileges) -> Privileges {
    let has = |grant: &Grant| {
        new.granted.contains(grant) || new.granted.contains(&grant.with_option(true))
    };
    let granted = old.granted.iter();
    let granted = granted.filter_map(|grant| {
        let both = [grant.clone(), grant.with_option(false)];
        both.into_iter().find(has)
    });
    Privileges {
        granted: granted.collect(),
        revoked: old.revoked.union(&new.revoked).cloned().collect(),
    }
}

/// Whether the built-in default gives it, so that it is none beside that.
fn is_built_in(grant: &Grant, kind: Kind) -> bool {
    grant.grantee == "@owner" || grant.is_everybodys(kind)
}

/// What is granted to the role whose objects they are is granted to the owner.
fn owned(grant: &Grant, role: &str) -> Grant {
    let mut grant = grant.clone();
    if grant.grantee == role {
        "@owner".clone_into(&mut grant.grantee);
    }
    grant
}
