//! `[columns]` of a table in TOML.

use super::shorthand;
use crate::catalog::{Conversion, Id};
use crate::diagnostics::Diagnostic;
use crate::kinds::table::Column;
use crate::kinds::table::column::{Generated, Identity, NotNull};
use crate::kinds::{Kind, sequence};
use crate::spec::common;
use crate::spec::grammar::{Form, Keys, key};
use crate::spec::hints::Role;
use crate::spec::literal;
use crate::spec::reader::Reader;
use crate::spec::value::{Name, Value};
use crate::sql::TypeName;

/// A column.
pub static COLUMN: Keys = Keys {
    title: "column",
    doc: "Columns stand in the order of the file. They are not null unless it is said. The short forms `references`, \
          `unique` and `check` make constraints with the names that PostgreSQL would choose.",
    keys: &[
        key(
            "type",
            Form::Type,
            "Any type; `serial` and its like make a sequence too. Left out only where a parent or a type has the column.",
            "\"text\"",
        ),
        key(
            "nullable",
            Form::Boolean,
            "Whether null is allowed.",
            "true",
        ),
        key(
            "not_null_constraint",
            Form::Object(&NOT_NULL),
            "What is special about the constraint that null is not allowed.",
            "{ name = \"tasks_need_a_title\" }",
        )
        .since(18),
        key(
            "default",
            Form::Value,
            "A constant that fits the type, or an expression: `default.sql = \"now()\"`.",
            "\"open\"",
        ),
        key(
            "generated",
            Form::Either(&Form::EXPRESSION, &Form::Object(&GENERATED)),
            "Computed from other columns: `GENERATED ALWAYS AS (…) STORED`.",
            "\"price * amount\"",
        ),
        key(
            "identity",
            Form::Either(
                &Form::Choice(&["always", "by default"]),
                &Form::Object(&IDENTITY),
            ),
            "Numbered by PostgreSQL: `GENERATED … AS IDENTITY`.",
            "\"always\"",
        ),
        key(
            "sequence",
            Form::Object(&SERIAL),
            "For a `serial` type: what is special about its sequence.",
            "{ cache = 10 }",
        ),
        key(
            "references",
            Form::QName,
            "A foreign key to the primary key of that table.",
            "\"workspaces\"",
        ),
        key(
            "on_delete",
            super::constraint::ON_DELETE,
            "What happens to the row when the referenced one is deleted.",
            "\"cascade\"",
        ),
        key(
            "on_update",
            super::constraint::ON_UPDATE,
            "What happens to the row when the referenced key changes.",
            "\"cascade\"",
        ),
        key(
            "unique",
            Form::Boolean,
            "No two rows have the same value.",
            "true",
        ),
        key(
            "check",
            Form::EXPRESSION,
            "Holds for every row.",
            "\"length(title) > 0\"",
        ),
        key(
            "collation",
            Form::QName,
            "How texts are ordered, where it is not the type's way.",
            "\"C\"",
        ),
        key(
            "storage",
            Form::Choice(&["plain", "external", "extended", "main"]),
            "`STORAGE`, where it is not the type's.",
            "\"external\"",
        ),
        key(
            "compression",
            Form::Choice(&["pglz", "lz4", "default"]),
            "`COMPRESSION` of long values; `default` where only the parent's has one.",
            "\"lz4\"",
        ),
        key(
            "statistics",
            Form::Integer,
            "`SET STATISTICS`: how much `ANALYZE` collects.",
            "500",
        ),
        key(
            "options",
            Form::SETTINGS,
            "`SET (…)`: `n_distinct`, `n_distinct_inherited`.",
            "{ n_distinct = -0.5 }",
        ),
        key(
            "using",
            Form::EXPRESSION,
            "When the type changes: how the values are converted. Consumed by the migration that it produces.",
            "\"duration * interval '1 second'\"",
        ),
        key(
            "foreign_options",
            Form::SETTINGS,
            "`OPTIONS (…)` of a foreign table's column.",
            "{ column_name = \"id\" }",
        ),
        key(
            "inherited",
            Form::Boolean,
            "In a child: the column is there only because the parent has it, and what is said here differs.",
            "true",
        ),
        key(
            "role",
            Form::Choice(&["version", "soft_delete"]),
            "What the generated code uses it for: optimistic locking, hiding deleted rows.",
            "\"version\"",
        ),
        key(
            "rust_type",
            Form::Text,
            "The Rust type, instead of the one that follows from the column's type.",
            "\"url::Url\"",
        ),
        key(
            "example",
            Form::Scalar,
            "A value that satisfies the constraints, for factories.",
            "\"ada@example.org\"",
        ),
    ],
    shared: &[&common::COMMENT, &common::RENAMED],
    instead: &[
        (
            "not_null",
            "a column is not null unless `nullable = true` is said; what its constraint is called stands in `not_null_constraint`",
        ),
        ("null", "write `nullable = true`"),
        (
            "primary_key",
            "say it on the table: `primary_key = [\"id\"]` above `[columns]`",
        ),
        ("name", "the name is the key: `title = { type = \"text\" }`"),
        (
            "foreign_key",
            "write `references = \"table\"`, or `[foreign_keys]` on the table",
        ),
    ],
};

static NOT_NULL: Keys = Keys {
    title: "not-null constraint",
    doc: "",
    keys: &[
        key(
            "name",
            Form::Name,
            "Its name, where it is not the one PostgreSQL would choose.",
            "\"tasks_need_a_title\"",
        ),
        key(
            "no_inherit",
            Form::Boolean,
            "`NO INHERIT`: tables that inherit from this one may have null.",
            "true",
        ),
        key(
            "not_valid",
            Form::Boolean,
            "`NOT VALID`: existing rows are not checked.",
            "true",
        ),
    ],
    shared: &[&common::COMMENT],
    instead: &[],
};

static GENERATED: Keys = Keys {
    title: "generated column",
    doc: "",
    keys: &[
        crate::spec::grammar::required(
            "expression",
            Form::EXPRESSION,
            "What it is computed from.",
            "\"price * amount\"",
        ),
        key(
            "virtual",
            Form::Boolean,
            "Computed when it is read and not stored.",
            "true",
        )
        .since(18),
    ],
    shared: &[],
    instead: &[],
};

static IDENTITY: Keys = Keys {
    title: "identity",
    doc: "",
    keys: &[
        crate::spec::grammar::required(
            "generated",
            Form::Choice(&["always", "by default"]),
            "Whether a row may bring its own number: `by default`.",
            "\"always\"",
        ),
        key(
            "sequence",
            Form::Name,
            "The sequence's name, where it is not the one PostgreSQL would choose.",
            "\"task_numbers\"",
        ),
    ],
    shared: &[&sequence::read::NUMBERS, &common::PRIVILEGES],
    instead: &[],
};

static SERIAL: Keys = Keys {
    title: "serial column's sequence",
    doc: "",
    keys: &[
        key(
            "name",
            Form::Name,
            "Its name, where it is not the one PostgreSQL would choose.",
            "\"task_numbers\"",
        ),
        key(
            "type",
            Form::Choice(&["smallint", "integer", "bigint"]),
            "Its type, where it is not the column's.",
            "\"bigint\"",
        ),
        key("unlogged", Form::Boolean, "`UNLOGGED`.", "true").since(15),
    ],
    shared: &[
        &sequence::read::NUMBERS,
        &common::COMMENT,
        &common::OWNER,
        &common::PRIVILEGES,
    ],
    instead: &[],
};

/// The columns of a table, without those that only a parent has.
pub fn read<'t>(reader: &mut Reader<'t>, id: &Id, table: Value<'t>) -> Vec<Column> {
    let entries: Vec<_> = table.entries_of("columns").collect();
    entries
        .into_iter()
        .map(|(name, value)| column(reader, id, name, value))
        .collect()
}

fn column<'t>(reader: &mut Reader<'t>, id: &Id, name: Name<'t>, value: Value<'t>) -> Column {
    let said = reader.type_of(value, "type");
    let serial = said.as_ref().and_then(TypeName::serial);
    let data_type = serial.clone().or(said);
    reader.declare_part(id, name.as_str(), name.place());
    reader.renamed(id, Some(name.as_str()), value);
    hints(reader, id, name, value);
    conversion(reader, id, name, value);
    let mut column = Column {
        name: name.to_string(),
        data_type: data_type
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        nullable: value.flag("nullable"),
        not_null: not_null(value),
        default: default(reader, value, data_type.as_ref()),
        generated: generated(value),
        identity: value
            .get("identity")
            .map(|said| identity(reader, said, data_type.as_ref())),
        collation: reader.collation(value, "collation"),
        storage: value.text("storage"),
        compression: value
            .text("compression")
            .filter(|method| method != "default"),
        statistics: value.integer("statistics"),
        options: value.settings("options"),
        foreign_options: value.settings("foreign_options"),
        inherited: value.flag("inherited"),
        comment: value.text("comment"),
        privileges: crate::catalog::Privileges::default(),
    };
    if serial.is_some() {
        shorthand::serial(reader, id, &mut column, value);
    }
    column
}

fn not_null(value: Value<'_>) -> NotNull {
    let Some(said) = value.get("not_null_constraint") else {
        return NotNull::default();
    };
    NotNull {
        name: said.text("name"),
        no_inherit: said.flag("no_inherit"),
        not_valid: said.flag("not_valid"),
        inherited: false,
        comment: said.text("comment"),
    }
}

/// The default, as an expression of the column's type.
pub fn default(
    reader: &mut Reader<'_>,
    value: Value<'_>,
    data_type: Option<&TypeName>,
) -> Option<crate::kinds::Sql> {
    let said = value.get("default")?;
    let data_type = data_type?;
    match literal::expression(said, data_type, &reader.spec.catalog) {
        // A default of null is none, as PostgreSQL has it (`AddRelationNewConstraints`).
        Ok(sql) => Some(sql).filter(|sql| !sql.0.eq_ignore_ascii_case("null")),
        Err(mismatch) => {
            let mut found = Diagnostic::error("default-type", said.place(), mismatch.message);
            found.help = mismatch.help;
            reader.report(found);
            None
        }
    }
}

fn generated(value: Value<'_>) -> Option<Generated> {
    let said = value.get("generated")?;
    Some(Generated {
        expression: said
            .as_text()
            .map(str::to_owned)
            .or_else(|| said.text("expression"))?
            .into(),
        is_virtual: said.flag("virtual"),
    })
}

fn identity(reader: &mut Reader<'_>, said: Value<'_>, data_type: Option<&TypeName>) -> Identity {
    let word = said
        .as_text()
        .map(str::to_owned)
        .or_else(|| said.text("generated"));
    let data_type = data_type.map(ToString::to_string).unwrap_or_default();
    Identity {
        always: word.as_deref() == Some("always"),
        sequence: said.text("sequence"),
        options: sequence::read::numbers(said, &data_type),
        privileges: crate::spec::privileges::read(reader, said, Kind::Sequence),
    }
}

/// Notes how values are converted to a new type.
fn conversion(reader: &mut Reader<'_>, id: &Id, name: Name<'_>, value: Value<'_>) {
    if let Some(using) = value.text("using") {
        let (id, column, using) = (id.clone(), name.to_string(), using.into());
        let conversions = &mut reader.spec.catalog.conversions;
        conversions.push(Conversion { id, column, using });
    }
}

fn hints(reader: &mut Reader<'_>, id: &Id, name: Name<'_>, value: Value<'_>) {
    let role = match value.text("role").as_deref() {
        Some("version") => Some(Role::Version),
        Some("soft_delete") => Some(Role::SoftDelete),
        _ => None,
    };
    let rust_type = value.text("rust_type");
    let example = value.get("example").and_then(Value::as_scalar);
    if role.is_some() || rust_type.is_some() || example.is_some() {
        let table = reader.spec.hints.entry(id.clone()).or_default();
        let hints = crate::spec::ColumnHints {
            role,
            rust_type,
            example,
        };
        table.columns.insert(name.to_string(), hints);
    }
}
