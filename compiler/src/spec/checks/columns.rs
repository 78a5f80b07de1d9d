//! Columns: what excludes what, and what a column's type must be for what is said of it.

use super::facts::Facts;
use crate::catalog::Id;
use crate::diagnostics::Diagnostic;
use crate::kinds::table::{Column, Table};
use crate::spec::hints::Role;
use crate::spec::literal;
use crate::spec::suggest::nearest;
use crate::spec::value::Value;
use crate::sql::{TypeCategory, TypeName};

/// Checks every column that is said.
pub fn check(facts: &Facts<'_, '_>, found: &mut Vec<Diagnostic>) {
    for (id, table, _) in facts.catalog.of::<Table>() {
        let Some(columns) = facts.value(id, &["columns"]) else {
            continue;
        };
        for column in &table.columns {
            if let Some(said) = columns.get(&column.name) {
                check_column(facts, id, column, said, found);
            }
        }
        missing_types(facts, id, table, columns, found);
    }
    roles(facts, found);
}

fn check_column(
    facts: &Facts<'_, '_>,
    id: &Id,
    column: &Column,
    said: Value<'_>,
    found: &mut Vec<Diagnostic>,
) {
    exclusive(facts, id, column, said, found);
    identity(facts, id, column, found);
    needs(said, found);
}

/// At most one of these gives a column its value.
fn exclusive(
    facts: &Facts<'_, '_>,
    id: &Id,
    column: &Column,
    said: Value<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let says = |key: &str| said.get(key).is_some();
    let ways = [
        (is_serial(said), "a serial type"),
        (says("default"), "`default`"),
        (says("identity"), "`identity`"),
        (says("generated"), "`generated`"),
    ];
    let mut given = ways.iter().filter(|(given, _)| *given).map(|(_, way)| *way);
    if let (Some(first), Some(second)) = (given.next(), given.next()) {
        let key = second.trim_matches('`');
        let message = format!("column `{}` has both {first} and {second}", column.name);
        found.push(
            Diagnostic::error(
                "column-conflict",
                facts.place(id, &["columns", &column.name, key]),
                message,
            )
            .help("a column gets its value in one way: keep one of them"),
        );
    }
}

fn is_serial(said: Value<'_>) -> bool {
    let text = said
        .get("type")
        .and_then(Value::as_text)
        .unwrap_or_default();
    TypeName::parse(text).is_ok_and(|data_type| data_type.serial().is_some())
}

fn identity(facts: &Facts<'_, '_>, id: &Id, column: &Column, found: &mut Vec<Diagnostic>) {
    if column.identity.is_none() || column.data_type.is_empty() {
        return;
    }
    if !["smallint", "integer", "bigint"].contains(&column.data_type.as_str()) {
        let place = facts.place(id, &["columns", &column.name, "type"]);
        let message = format!(
            "identity column `{}` has type `{}`",
            column.name, column.data_type
        );
        found.push(
            Diagnostic::error("identity-type", place, message)
                .help("an identity is a `smallint`, `integer` or `bigint`"),
        );
    }
    if column.nullable {
        let place = facts.place(id, &["columns", &column.name, "nullable"]);
        let message = format!("identity column `{}` can't be null", column.name);
        found.push(
            Diagnostic::error("column-conflict", place, message).help("leave out `nullable`"),
        );
    }
}

/// Keys that mean something only beside another.
fn needs(said: Value<'_>, found: &mut Vec<Diagnostic>) {
    for (key, other) in [("on_delete", "references"), ("on_update", "references")] {
        if let (Some(said), None) = (said.get(key), said.get(other)) {
            let message = format!("`{key}` says nothing without `{other}`");
            found.push(
                Diagnostic::error("missing-key", said.place(), message)
                    .help(format!("add `{other} = \"table\"`")),
            );
        }
    }
    if let Some(sequence) = said.get("sequence").filter(|_| !is_serial(said)) {
        let message =
            "`sequence` says something about the sequence of a serial column, and this is none";
        found.push(
            Diagnostic::error("column-conflict", sequence.place(), message).help(
                "write `type = \"bigserial\"`, or `identity = { generated = \"always\", … }`",
            ),
        );
    }
}

/// A key that was probably meant for `type` has been named.
fn lacks_type(column: Value<'_>) -> bool {
    let is_meant = |name: &str| nearest(name, ["type"].into_iter()).is_some();
    let mut names = column.entries().map(|(name, _)| name);
    column.table().is_some() && !names.any(|name| is_meant(name.as_str()))
}

fn missing_types(
    facts: &Facts<'_, '_>,
    id: &Id,
    table: &Table,
    columns: Value<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let child =
        table.partition_of.is_some() || !table.inherits.is_empty() || table.of_type.is_some();
    for column in table.columns.iter().filter(|_| !child) {
        let said = columns.get(&column.name);
        if said.is_some_and(lacks_type) {
            let message = format!("column `{}` has no type", column.name);
            let place = facts.place(id, &["columns", &column.name]);
            found.push(
                Diagnostic::error("missing-key", place, message)
                    .label("`type` is missing")
                    .help("add `type = \"text\"`"),
            );
        }
    }
}

/// What a role asks of the column's type.
fn roles(facts: &Facts<'_, '_>, found: &mut Vec<Diagnostic>) {
    for (id, hints) in facts.hints() {
        let Some(table) = facts.table(&id.qname()) else {
            continue;
        };
        for (name, hint) in &hints.columns {
            if let (Some(role), Some(column)) = (hint.role, table.column(name)) {
                found.extend(role_problem(facts, id, column, role));
            }
        }
    }
}

fn role_problem(facts: &Facts<'_, '_>, id: &Id, column: &Column, role: Role) -> Option<Diagnostic> {
    let data_type = TypeName::parse(&column.data_type).ok()?;
    let base = literal::base_type(&data_type, facts.catalog, 0);
    let category = base.builtin().map(|builtin| builtin.category)?;
    let (fits, wanted) = match role {
        Role::Version => (
            ["int2", "int4", "int8"].contains(&base.name.as_str()) && !column.nullable,
            "a version is a whole number that is not null: `type = \"int4\", default = 1`",
        ),
        Role::SoftDelete => (
            column.nullable && category == TypeCategory::DateTime,
            "a row is hidden once its time of deletion is set: `type = \"timestamptz\", nullable = true`",
        ),
    };
    let place = facts.place(id, &["columns", &column.name, "role"]);
    let message = format!("column `{}` does not fit its role", column.name);
    (!fits).then(|| Diagnostic::error("role-type", place, message).help(wanted))
}
