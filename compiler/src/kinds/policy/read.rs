//! `[policies]` of a table in TOML.

use super::Policy;
use crate::catalog::{Id, Object, QName};
use crate::kinds::{Kind, Sql, trigger};
use crate::spec::common;
use crate::spec::grammar::{Form, Keys, key};
use crate::spec::reader::Reader;
use crate::spec::value::{Name, Value};

/// A policy.
pub static POLICY: Keys = Keys {
    title: "policy",
    doc: "Under its name in `[policies]` of its table, which has `row_level_security = true`.",
    keys: &[
        key(
            "for",
            Form::Choice(&["all", "select", "insert", "update", "delete"]),
            "The command; `all` when it is left out.",
            "\"select\"",
        ),
        key(
            "to",
            Form::Either(&Form::Name, &Form::NAMES),
            "The roles; everybody when it is left out.",
            "\"app\"",
        ),
        key(
            "using",
            Form::EXPRESSION,
            "The rows that can be seen.",
            "\"owner = current_user\"",
        ),
        key(
            "with_check",
            Form::EXPRESSION,
            "The rows that can be written; `using` when it is left out.",
            "\"owner = current_user\"",
        ),
        key(
            "restrictive",
            Form::Boolean,
            "Has to hold beside the others: `AS RESTRICTIVE`.",
            "true",
        ),
        trigger::read::EQUIVALENT,
    ],
    shared: &[&common::COMMENT, &common::RENAMED],
    instead: &[
        ("check", "write `with_check = \"…\"`"),
        ("roles", "write `to = [\"app\"]`"),
        ("command", "write `for = \"select\"`"),
    ],
};

/// The policies of a table.
pub fn read<'t>(reader: &mut Reader<'t>, table: &QName, value: Value<'t>) {
    let entries: Vec<_> = value.entries_of("policies").collect();
    for (name, said) in entries {
        policy(reader, table, name, said);
    }
}

fn policy<'t>(reader: &mut Reader<'t>, table: &QName, name: Name<'t>, said: Value<'t>) {
    let mut roles: std::collections::BTreeSet<String> = said.texts("to").into_iter().collect();
    roles.extend(said.text("to"));
    if roles.len() == 1 {
        roles.remove("public");
    }
    let policy = Policy {
        restrictive: said.flag("restrictive"),
        command: said.text("for").unwrap_or_else(|| "all".to_owned()),
        roles,
        using: said.text("using").map(Sql),
        check: said.text("with_check").map(Sql),
    };
    let id = Id::part(Kind::Policy, table, name.as_str());
    let mut object = Object::new(policy);
    object.comment = said.text("comment");
    trigger::read::equivalents(reader, &id, said);
    reader.declare_named(id, name, said, object);
}
