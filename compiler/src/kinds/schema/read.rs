//! `[schemas]` of `spec/database.toml`.

use super::Schema;
use crate::catalog::Id;
use crate::kinds::Kind;
use crate::spec::common;
use crate::spec::grammar::Keys;
use crate::spec::reader::Reader;
use crate::spec::value::Value;

/// A schema.
pub static SCHEMA: Keys = Keys {
    title: "schema",
    doc: "A schema that holds objects, other than the default one, is declared. `public` is there without being said; a spec that \
          does not say it leaves its owner, privileges and comment as they are. One that does says all of its privileges and its comment, \
          and `owner = \"pg_database_owner\"` is whom a new database gives it to (PostgreSQL 15). `import` always says it.",
    keys: &[],
    shared: &[
        &common::COMMENT,
        &common::OWNER,
        &common::PRIVILEGES,
        &common::RENAMED,
    ],
    instead: &[],
};

/// Reads the schemas.
pub fn read<'t>(reader: &mut Reader<'t>, database: Value<'t>) {
    for (name, said) in database.entries_of("schemas") {
        let object = common::object(reader, said, Schema {});
        reader.declare_named(Id::global(Kind::Schema, name.as_str()), name, said, object);
    }
}
