//! An object kept as SQL: `spec/raw/<any name>.toml`.

use super::Raw;
use crate::catalog::{Id, QName};
use crate::kinds::{Kind, Sql};
use crate::spec::common;
use crate::spec::grammar::{Form, Keys, SqlForm, required};
use crate::spec::reader::Reader;
use crate::spec::value::Value;

/// An object kept as SQL.
pub static RAW: Keys = Keys {
    title: "raw object",
    doc: "What is too rare for a form of its own: casts, operators, text search objects, foreign servers. One file in \
          `spec/raw/` for each; the file's name is free.",
    keys: &[
        required(
            "kind",
            Form::Text,
            "PostgreSQL's word for its kind.",
            "\"cast\"",
        ),
        required(
            "identity",
            Form::Text,
            "Its name as PostgreSQL prints it, for `COMMENT ON`.",
            "\"(text AS public.label)\"",
        ),
        required(
            "create",
            Form::Sql(SqlForm::Statements),
            "The statements that make it.",
            "\"create cast (text as label) with inout\"",
        ),
        required(
            "drop",
            Form::Sql(SqlForm::Statements),
            "The statement that drops it.",
            "\"drop cast (text as label)\"",
        ),
    ],
    shared: &[&common::COMMENT, &common::OWNER, &common::PRIVILEGES],
    instead: &[],
};

impl Raw {
    /// The identity: kind and name, since names of raw objects are unique only within their kind.
    pub fn id(&self) -> Id {
        Id::global(Kind::Raw, format!("{} {}", self.kind, self.identity))
    }
}

/// Reads a raw object's file.
pub fn read<'t>(reader: &mut Reader<'t>, _: &QName, value: Value<'t>) {
    let raw = Raw {
        kind: value.text("kind").unwrap_or_default(),
        identity: value.text("identity").unwrap_or_default(),
        create: Sql(value.text("create").unwrap_or_default().trim().to_owned()),
        drop: Sql(value
            .text("drop")
            .unwrap_or_default()
            .trim()
            .trim_end_matches(';')
            .to_owned()),
    };
    let id = raw.id();
    let object = common::object(reader, value, raw);
    reader.declare(id, value.file().whole(), value, object);
}
