//! Roles that are not among the declared ones. A spec that declares none says nothing about roles.

use super::facts::Facts;
use crate::catalog::Id;
use crate::diagnostics::{Diagnostic, Place};
use crate::kinds::Kind;
use crate::kinds::policy::Policy;
use crate::kinds::table::Table;
use crate::spec::suggest;
use crate::spec::value::{Name, Value};

/// Checks owners, grantees and the roles of policies.
pub fn check(facts: &Facts<'_, '_>, found: &mut Vec<Diagnostic>) {
    let roles = facts
        .catalog
        .objects
        .keys()
        .filter(|id| id.kind == Kind::Role);
    let declared: Vec<&str> = roles.map(|id| id.name.as_str()).collect();
    if declared.is_empty() {
        return;
    }
    let mut check = |role: &str, place: &dyn Fn() -> Place| {
        if !is_known(role, &declared) {
            found.push(unknown(role, place(), &declared));
        }
    };
    for (id, object) in &facts.catalog.objects {
        if let Some(owner) = &object.owner {
            check(owner, &|| facts.place(id, &["owner"]));
        }
        for key in ["grants", "revokes"] {
            let said = facts.value(id, &[key]).into_iter().flat_map(Value::entries);
            said.for_each(|(role, _)| check(role.as_str(), &|| Name::place(role)));
        }
    }
    for (id, table, _) in facts.catalog.of::<Table>() {
        for (column, key) in table
            .columns
            .iter()
            .flat_map(|column| [(column, "grants"), (column, "revokes")])
        {
            let said = facts.value(id, &["columns", &column.name, "identity", key]);
            let said = said.into_iter().flat_map(Value::entries);
            said.for_each(|(role, _)| check(role.as_str(), &|| Name::place(role)));
        }
    }
    for (id, policy, _) in facts.catalog.of::<Policy>() {
        let place = |role: &str| facts.item_place(id, &["to"], role);
        policy
            .roles
            .iter()
            .for_each(|role| check(role, &|| place(role)));
    }
    let defaults = facts
        .catalog
        .objects
        .keys()
        .filter(|id| id.kind == Kind::DefaultPrivileges);
    defaults.for_each(|id: &Id| check(&id.parent, &|| facts.place(id, &["for_role"])));
}

/// Declared, or there without being declared: `public`, the owner, PostgreSQL's own roles, and the words for whoever asks.
fn is_known(role: &str, declared: &[&str]) -> bool {
    let always = [
        "public",
        "@owner",
        "postgres",
        "current_user",
        "current_role",
        "session_user",
    ];
    declared.contains(&role) || always.contains(&role) || role.starts_with("pg_")
}

fn unknown(role: &str, place: Place, declared: &[&str]) -> Diagnostic {
    let found = Diagnostic::error(
        "unknown-role",
        place,
        format!("role `{role}` is not declared"),
    )
    .warning();
    match suggest::nearest(role, declared.iter().copied()) {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None => found.help(format!("add `[roles.{role}]` to spec/database.toml")),
    }
}
