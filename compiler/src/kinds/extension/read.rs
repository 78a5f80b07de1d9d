//! `[extensions]` of `spec/database.toml`.

use super::Extension;
use crate::catalog::Id;
use crate::kinds::Kind;
use crate::spec::common;
use crate::spec::grammar::{Form, Keys, key};
use crate::spec::reader::Reader;
use crate::spec::value::Value;

/// An extension.
pub static EXTENSION: Keys = Keys {
    title: "extension",
    doc: "Its objects are its own and are not declared. `plpgsql` is in every database: it can be said, and changes nothing.",
    keys: &[
        key(
            "schema",
            Form::Name,
            "The schema that holds its objects.",
            "\"extensions\"",
        ),
        key(
            "version",
            Form::Text,
            "The version, where it is not the server's default.",
            "\"1.6\"",
        ),
    ],
    shared: &[&common::COMMENT],
    instead: &[],
};

/// Reads the extensions.
pub fn read<'t>(reader: &mut Reader<'t>, database: Value<'t>) {
    let extensions = database.entries_of("extensions");
    for (name, said) in extensions.filter(|(name, _)| name.as_str() != "plpgsql") {
        let extension = Extension {
            schema: said.text("schema"),
            version: said.text("version"),
        };
        let object = common::object(reader, said, extension);
        reader.declare_named(
            Id::global(Kind::Extension, name.as_str()),
            name,
            said,
            object,
        );
    }
}
