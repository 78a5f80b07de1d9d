//! Policies: forms that PostgreSQL refuses, and policies that nothing asks.

use super::facts::Facts;
use super::relations::owner;
use crate::catalog::Id;
use crate::diagnostics::Diagnostic;
use crate::kinds::policy::Policy;

/// Checks every policy.
pub fn check(facts: &Facts<'_, '_>, found: &mut Vec<Diagnostic>) {
    for (id, policy, _) in facts.catalog.of::<Policy>() {
        found.extend(form(facts, id, policy));
        found.extend(sleeping(facts, id));
    }
}

/// `CreatePolicy` of `policy.c`.
fn form(facts: &Facts<'_, '_>, id: &Id, policy: &Policy) -> Option<Diagnostic> {
    let (key, message, help) = match policy.command.as_str() {
        "insert" if policy.using.is_some() => (
            "using",
            "an insert sees no rows that are there already",
            "write `with_check`",
        ),
        "select" | "delete" if policy.check.is_some() => (
            "with_check",
            "nothing is written that could be checked",
            "write `using`",
        ),
        _ => return None,
    };
    Some(Diagnostic::error("policy-form", facts.place(id, &[key]), message).help(help))
}

fn sleeping(facts: &Facts<'_, '_>, id: &Id) -> Option<Diagnostic> {
    let (relation, table) = owner(facts, id)?;
    if table.row_security {
        return None;
    }
    let message = format!(
        "`{}` has no row-level security, so this policy is never asked",
        facts.short(&relation)
    );
    Some(
        Diagnostic::error("policy-without-security", facts.place(id, &[]), message)
            .warning()
            .help("add `row_level_security = true` to the table"),
    )
}
