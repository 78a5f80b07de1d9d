//! A composite type in TOML: `spec/types/<name>.toml` with `attributes`.

use super::{Attribute, Composite};
use crate::catalog::{Id, QName};
use crate::kinds::Kind;
use crate::spec::common;
use crate::spec::grammar::{Form, Keys, key, required};
use crate::spec::reader::Reader;
use crate::spec::value::{Name, Value};

/// A composite type.
pub static COMPOSITE: Keys = Keys {
    title: "composite type",
    doc: "One file in `spec/types/` for each.",
    keys: &[required(
        "attributes",
        Form::Map(&Form::Object(&ATTRIBUTE)),
        "The attributes, in order.",
        "{ street = { type = \"text\" } }",
    )],
    shared: &[
        &common::COMMENT,
        &common::OWNER,
        &common::PRIVILEGES,
        &common::RENAMED,
    ],
    instead: &[("columns", "write `[attributes]`")],
};

static ATTRIBUTE: Keys = Keys {
    title: "attribute",
    doc: "",
    keys: &[
        required("type", Form::Type, "Its type.", "\"text\""),
        key(
            "collation",
            Form::QName,
            "How texts are ordered, where it is not the type's way.",
            "\"C\"",
        ),
    ],
    shared: &[&common::COMMENT, &common::RENAMED],
    instead: &[(
        "nullable",
        "attributes of a composite type can always be null",
    )],
};

/// Reads a composite type's file.
pub fn read<'t>(reader: &mut Reader<'t>, name: &QName, value: Value<'t>) {
    let id = Id::new(Kind::Composite, &name.schema, &name.name);
    let entries: Vec<_> = value.entries_of("attributes").collect();
    let attributes = entries
        .into_iter()
        .map(|(name, said)| attribute(reader, &id, name, said))
        .collect();
    let object = common::object(reader, value, Composite { attributes });
    reader.renamed(&id, None, value);
    reader.declare(id, value.file().whole(), value, object);
}

fn attribute(reader: &mut Reader<'_>, id: &Id, name: Name<'_>, said: Value<'_>) -> Attribute {
    reader.declare_part(id, name.as_str(), name.place());
    reader.renamed(id, Some(name.as_str()), said);
    Attribute {
        name: name.to_string(),
        data_type: reader.type_text(said, "type"),
        collation: reader.collation(said, "collation"),
        comment: said.text("comment"),
    }
}
