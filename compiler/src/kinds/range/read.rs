//! A range type in TOML: `spec/types/<name>.toml` with `range`.

use super::Range;
use crate::catalog::{Id, QName};
use crate::kinds::Kind;
use crate::spec::common;
use crate::spec::grammar::{Form, Keys, key, required};
use crate::spec::reader::Reader;
use crate::spec::value::Value;
use crate::sql::object_name;

/// A range type.
pub static RANGE: Keys = Keys {
    title: "range type",
    doc: "One file in `spec/types/` for each.",
    keys: &[
        required("range", Form::Type, "The type of its bounds.", "\"float8\""),
        key(
            "multirange",
            Form::Name,
            "The name of its multirange type, where it is not the one PostgreSQL would choose.",
            "\"price_spans\"",
        ),
        key(
            "operator_class",
            Form::QName,
            "How bounds are ordered, where it is not the type's way.",
            "\"float8_ops\"",
        ),
        key(
            "collation",
            Form::QName,
            "The collation of its bounds.",
            "\"C\"",
        ),
        key(
            "canonical",
            Form::QName,
            "The function that makes values canonical.",
            "\"price_canonical\"",
        ),
        key(
            "subtype_diff",
            Form::QName,
            "The function that gives the distance of two bounds.",
            "\"float8mi\"",
        ),
    ],
    shared: &[
        &common::COMMENT,
        &common::OWNER,
        &common::PRIVILEGES,
        &common::RENAMED,
    ],
    instead: &[("subtype", "write `range = \"float8\"`")],
};

/// Reads a range type's file.
pub fn read<'t>(reader: &mut Reader<'t>, name: &QName, value: Value<'t>) {
    let range = Range {
        subtype: reader.type_text(value, "range"),
        operator_class: reader.qname(value, "operator_class"),
        collation: reader.collation(value, "collation"),
        canonical: reader.qname(value, "canonical"),
        subtype_diff: reader.qname(value, "subtype_diff"),
        multirange: value
            .text("multirange")
            .unwrap_or_else(|| object_name::multirange_name(&name.name)),
    };
    let object = common::object(reader, value, range);
    let id = Id::new(Kind::Range, &name.schema, &name.name);
    reader.renamed(&id, None, value);
    reader.declare(id, value.file().whole(), value, object);
}
