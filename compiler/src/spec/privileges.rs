//! `[grants]` and `[revokes]`.

use super::reader::Reader;
use super::suggest;
use super::value::{Name, Value};
use crate::catalog::{Grant, Privileges};
use crate::diagnostics::Diagnostic;
use crate::kinds::Kind;

const TABLE: &[&str] = &[
    "select",
    "insert",
    "update",
    "delete",
    "truncate",
    "references",
    "trigger",
];

/// The privileges of a column (manual, "Privileges", table 5.2).
const COLUMN: &[&str] = &["select", "insert", "update", "references"];

const GRANT_OPTION: &str = " with grant option";

/// The privileges that objects of a kind have, `maintain` from PostgreSQL 17 on.
pub fn available(kind: Kind, postgresql: u32) -> Vec<&'static str> {
    match kind {
        Kind::Table | Kind::View | Kind::MaterializedView => {
            let maintain = (postgresql >= 17).then_some("maintain");
            TABLE.iter().copied().chain(maintain).collect()
        }
        Kind::Sequence => vec!["select", "update", "usage"],
        Kind::Schema => vec!["usage", "create"],
        Kind::Function | Kind::Aggregate => vec!["execute"],
        // Of what is kept as SQL: foreign-data wrappers and servers.
        Kind::Enum | Kind::Domain | Kind::Composite | Kind::Range | Kind::Raw => vec!["usage"],
        _ => Vec::new(),
    }
}

/// The privileges of an object.
pub fn read(reader: &mut Reader<'_>, value: Value<'_>, kind: Kind) -> Privileges {
    read_beside(reader, value, kind, |grant| grant.is_everybodys(kind))
}

/// Privileges beside those that are there anyway.
pub fn read_beside(
    reader: &mut Reader<'_>,
    value: Value<'_>,
    kind: Kind,
    is_default: impl Fn(&Grant) -> bool,
) -> Privileges {
    let mut privileges = Privileges::default();
    for (role, said) in roles(value, "grants") {
        for grant in grants(reader, role, said, kind) {
            if is_default(&grant) {
                reader.report(already_given(role, said, &grant));
            } else {
                privileges.granted.insert(grant);
            }
        }
    }
    for (role, said) in roles(value, "revokes") {
        for grant in grants(reader, role, said, kind) {
            // Everybody has `usage` on the schema public, and on no other.
            let possible = kind == Kind::Schema || role.as_str() == "@owner";
            if !possible && !is_default(&grant) {
                reader.report(never_given(role, said, &grant));
            } else {
                privileges.revoked.insert(grant);
            }
        }
    }
    privileges
}

/// The column privileges in `[grants]`: each column with what is granted on it.
pub fn columns<'t>(reader: &mut Reader<'t>, value: Value<'t>) -> Vec<(Value<'t>, Grant)> {
    let mut found = Vec::new();
    for (role, said) in roles(value, "grants") {
        for (privilege, columns) in said.entries() {
            let (word, grantable) = split(privilege.as_str());
            if !COLUMN.contains(&word) {
                reader.report(unknown(privilege.place(), word, COLUMN, "column"));
                continue;
            }
            found.extend(
                columns
                    .items()
                    .map(|column| (column, grant(role, word, grantable))),
            );
        }
    }
    found
}

/// Each role with each thing said of it.
fn roles<'t>(value: Value<'t>, key: &'static str) -> impl Iterator<Item = (Name<'t>, Value<'t>)> {
    value
        .entries_of(key)
        .flat_map(|(role, list)| list.items().map(move |said| (role, said)))
}

/// The privileges that one text says: none when it is a table of columns.
fn grants(reader: &mut Reader<'_>, role: Name<'_>, said: Value<'_>, kind: Kind) -> Vec<Grant> {
    let Some(text) = said.as_text() else {
        return Vec::new();
    };
    let (word, grantable) = split(text);
    let all = available(kind, reader.spec.project.postgresql);
    if word == "all" {
        return all
            .iter()
            .map(|word| grant(role, word, grantable))
            .collect();
    }
    if !all.contains(&word) {
        reader.report(unknown(said.place(), word, &all, kind.word()));
        return Vec::new();
    }
    vec![grant(role, word, grantable)]
}

fn split(text: &str) -> (&str, bool) {
    match text.strip_suffix(GRANT_OPTION) {
        Some(word) => (word, true),
        None => (text, false),
    }
}

fn grant(role: Name<'_>, word: &str, grantable: bool) -> Grant {
    Grant {
        grantee: role.to_string(),
        privilege: word.to_owned(),
        grantable,
    }
}

fn unknown(place: crate::diagnostics::Place, word: &str, known: &[&str], what: &str) -> Diagnostic {
    let message = format!("a {what} has no privilege `{word}`");
    let known = known.iter().copied();
    let help = match suggest::nearest(word, known.clone()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("its privileges are {}", suggest::list(known)),
    };
    Diagnostic::error("unknown-privilege", place, message).help(help)
}

fn already_given(role: Name<'_>, said: Value<'_>, grant: &Grant) -> Diagnostic {
    let message = format!(
        "`{role}` has `{}` already: PostgreSQL gives it",
        grant.privilege
    );
    Diagnostic::error("redundant-grant", said.place(), message).warning()
}

fn never_given(role: Name<'_>, said: Value<'_>, grant: &Grant) -> Diagnostic {
    let message = format!("`{role}` does not have `{}` by default", grant.privilege);
    Diagnostic::error("redundant-revoke", said.place(), message)
        .warning()
        .help("leave it out: what is not granted is not there")
}
