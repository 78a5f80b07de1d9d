//! `[[default_privileges]]` of `spec/database.toml`.

use super::DefaultPrivileges;
use crate::catalog::{Grant, Id, Object};
use crate::kinds::Kind;
use crate::spec::grammar::{Form, Keys, key, required};
use crate::spec::reader::Reader;
use crate::spec::value::Value;
use crate::spec::{common, privileges};

/// Default privileges.
pub static DEFAULT_PRIVILEGES: Keys = Keys {
    title: "default privileges",
    doc: "What new objects get: `ALTER DEFAULT PRIVILEGES`.",
    keys: &[
        required(
            "on",
            Form::Choice(&["tables", "sequences", "functions", "types", "schemas"]),
            "The kind of objects.",
            "\"tables\"",
        ),
        key(
            "for_role",
            Form::Name,
            "Objects that this role creates; the role that builds the schema when it is left out.",
            "\"migrator\"",
        ),
        key(
            "in_schema",
            Form::Name,
            "Only objects in this schema.",
            "\"billing\"",
        ),
    ],
    shared: &[&common::PRIVILEGES],
    instead: &[],
};

/// Reads the default privileges.
pub fn read<'t>(reader: &mut Reader<'t>, database: Value<'t>) {
    for said in database.items_of("default_privileges") {
        let Some(on) = said.text("on") else {
            continue;
        };
        let mut object = Object::new(DefaultPrivileges {});
        let schema = said.text("in_schema").unwrap_or_default();
        let kind = kind_of(&on);
        // What is said for one schema comes beside what is given in all, and is kept even if that is the same.
        let given = |grant: &Grant| schema.is_empty() && grant.is_everybodys(kind);
        object.privileges = privileges::read_beside(reader, said, kind, given);
        let id = Id {
            kind: Kind::DefaultPrivileges,
            schema,
            parent: said.text("for_role").unwrap_or_else(|| "@owner".to_owned()),
            name: on,
        };
        reader.declare(id, said.place(), said, object);
    }
}

/// A kind whose privileges objects of that word have.
pub fn kind_of(on: &str) -> Kind {
    match on {
        "sequences" => Kind::Sequence,
        "functions" => Kind::Function,
        "types" => Kind::Domain,
        "schemas" => Kind::Schema,
        _ => Kind::Table,
    }
}
