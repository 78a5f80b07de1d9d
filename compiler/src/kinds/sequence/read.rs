//! A sequence in TOML: `spec/sequences/<name>.toml`, and the numbers of identity and serial columns.

use super::{OwnedBy, Sequence, SequenceOptions};
use crate::catalog::{Id, QName};
use crate::diagnostics::Diagnostic;
use crate::kinds::Kind;
use crate::spec::common;
use crate::spec::grammar::{Form, Keys, key};
use crate::spec::names;
use crate::spec::reader::Reader;
use crate::spec::value::Value;

/// A sequence.
pub static SEQUENCE: Keys = Keys {
    title: "sequence",
    doc: "One file in `spec/sequences/` for each. The sequence of an `identity` or `serial` column is said on the column.",
    keys: &[
        key(
            "type",
            Form::Choice(&["smallint", "integer", "bigint"]),
            "`bigint` when it is left out.",
            "\"integer\"",
        ),
        key(
            "owned_by",
            Form::Text,
            "The column it is dropped with: `table.column`.",
            "\"tasks.number\"",
        ),
        key("unlogged", Form::Boolean, "`UNLOGGED`.", "true").since(15),
    ],
    shared: &[
        &NUMBERS,
        &common::COMMENT,
        &common::OWNER,
        &common::PRIVILEGES,
        &common::RENAMED,
    ],
    instead: &[],
};

/// The numbers that a sequence gives.
pub static NUMBERS: Keys = Keys {
    title: "sequence",
    doc: "",
    keys: &[
        key("start", Form::Integer, "The first number.", "1000"),
        key(
            "increment",
            Form::Integer,
            "The step; negative to count down.",
            "10",
        ),
        key("min", Form::Integer, "The least number.", "1"),
        key("max", Form::Integer, "The greatest number.", "9999"),
        key(
            "cache",
            Form::Integer,
            "How many numbers a session takes at a time.",
            "20",
        ),
        key("cycle", Form::Boolean, "Starts again at the end.", "true"),
    ],
    shared: &[],
    instead: &[],
};

/// Reads a sequence's file.
pub fn read<'t>(reader: &mut Reader<'t>, name: &QName, value: Value<'t>) {
    let data_type = value.text("type").unwrap_or_else(|| "bigint".to_owned());
    let sequence = Sequence {
        options: numbers(value, &data_type),
        data_type,
        owned_by: owned_by(reader, value),
        unlogged: value.flag("unlogged"),
    };
    let object = common::object(reader, value, sequence);
    let id = Id::new(Kind::Sequence, &name.schema, &name.name);
    reader.renamed(&id, None, value);
    reader.declare(id, value.file().whole(), value, object);
}

/// The numbers, with PostgreSQL's defaults for the type where nothing is said.
pub fn numbers(value: Value<'_>, data_type: &str) -> SequenceOptions {
    let increment = value.integer("increment").unwrap_or(1);
    let usual = SequenceOptions::default_for(data_type, increment);
    let min = value.integer("min").unwrap_or(usual.min);
    let max = value.integer("max").unwrap_or(usual.max);
    SequenceOptions {
        start: value
            .integer("start")
            .unwrap_or(if increment > 0 { min } else { max }),
        increment,
        min,
        max,
        cache: value.integer("cache").unwrap_or(usual.cache),
        cycle: value.flag("cycle"),
    }
}

fn owned_by(reader: &mut Reader<'_>, value: Value<'_>) -> Option<OwnedBy> {
    let said = value.get("owned_by")?;
    let mut parts = names::parts(said.as_text()?);
    let column = parts.pop()?;
    match <[String; 2]>::try_from(parts) {
        Ok([schema, table]) => Some(OwnedBy {
            table: QName::new(schema, table),
            column,
        }),
        Err(mut parts) if parts.len() == 1 => Some(OwnedBy {
            table: QName::new(reader.default_schema(), parts.remove(0)),
            column,
        }),
        Err(_) => {
            let message = "a sequence is owned by a column: `table.column`";
            reader.report(Diagnostic::error("wrong-form", said.place(), message));
            None
        }
    }
}
