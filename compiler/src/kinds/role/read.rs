//! `[roles]` of `spec/database.toml`.

use super::Role;
use crate::catalog::Id;
use crate::kinds::Kind;
use crate::spec::common;
use crate::spec::grammar::{Form, Keys, key};
use crate::spec::reader::Reader;
use crate::spec::value::Value;

/// A role.
pub static ROLE: Keys = Keys {
    title: "role",
    doc: "A role that the schema needs. A missing one is created; none is altered or dropped, because roles belong to \
          the whole cluster.",
    keys: &[
        key(
            "login",
            Form::Boolean,
            "`LOGIN`, when it is created.",
            "true",
        ),
        key(
            "bypass_row_level_security",
            Form::Boolean,
            "`BYPASSRLS`, when it is created.",
            "true",
        ),
        key(
            "member_of",
            Form::NAMES,
            "The roles it is a member of, when it is created.",
            "[\"readers\"]",
        ),
    ],
    shared: &[&common::COMMENT],
    instead: &[(
        "password",
        "a secret does not belong into a spec: set it where the role is used",
    )],
};

/// Reads the roles.
pub fn read<'t>(reader: &mut Reader<'t>, database: Value<'t>) {
    for (name, said) in database.entries_of("roles") {
        let role = Role {
            login: said.flag("login"),
            bypass_row_security: said.flag("bypass_row_level_security"),
            member_of: said.texts("member_of").into_iter().collect(),
        };
        let object = common::object(reader, said, role);
        reader.declare_named(Id::global(Kind::Role, name.as_str()), name, said, object);
    }
}
