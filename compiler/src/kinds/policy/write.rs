//! A policy of `[policies]`.

use super::Policy;
use crate::catalog::{Id, Object};
use crate::spec::write::{Node, Table, Writer, attributes};

/// What is said of a policy.
pub fn write(writer: &Writer<'_>, id: &Id, object: &Object, policy: &Policy) -> Table {
    let mut table = Table::default();
    attributes(&mut table, object);
    table.some("for", (policy.command != "all").then_some(&policy.command));
    let roles: Vec<&String> = policy.roles.iter().collect();
    match roles.as_slice() {
        [] => {}
        [one] => table.set("to", Node::from(*one)),
        many => table.texts("to", many),
    }
    table.some("using", policy.using.as_ref().map(|sql| &sql.0));
    table.some("with_check", policy.check.as_ref().map(|sql| &sql.0));
    table.flag("restrictive", policy.restrictive);
    writer.equivalents(&mut table, id);
    table
}
