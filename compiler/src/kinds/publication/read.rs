//! `[publications]` of `spec/database.toml`.

use super::{Publication, PublishedTable};
use crate::catalog::Id;
use crate::kinds::{Kind, Sql};
use crate::spec::grammar::{Form, Keys, key};
use crate::spec::reader::Reader;
use crate::spec::value::Value;
use crate::spec::{common, names};

/// A publication.
pub static PUBLICATION: Keys = Keys {
    title: "publication",
    doc: "What logical replication sends.",
    keys: &[
        key("all_tables", Form::Boolean, "`FOR ALL TABLES`.", "true"),
        key(
            "tables",
            Form::Map(&Form::Object(&PUBLISHED)),
            "`FOR TABLE`, by the table's name.",
            "{ tasks = { where = \"status <> 'done'\" } }",
        ),
        key(
            "schemas",
            Form::NAMES,
            "`FOR TABLES IN SCHEMA`.",
            "[\"billing\"]",
        )
        .since(15),
        key(
            "options",
            Form::SETTINGS,
            "`publish`, `publish_via_partition_root`.",
            "{ publish = \"insert, update\" }",
        ),
    ],
    shared: &[&common::COMMENT, &common::OWNER, &common::RENAMED],
    instead: &[],
};

static PUBLISHED: Keys = Keys {
    title: "published table",
    doc: "",
    keys: &[
        key(
            "columns",
            Form::NAMES,
            "Only these columns.",
            "[\"id\", \"title\"]",
        )
        .since(15),
        key(
            "where",
            Form::EXPRESSION,
            "Only the rows for which it holds.",
            "\"status <> 'done'\"",
        )
        .since(15),
    ],
    shared: &[],
    instead: &[],
};

/// Reads the publications.
pub fn read<'t>(reader: &mut Reader<'t>, database: Value<'t>) {
    for (name, said) in database.entries_of("publications") {
        let tables = said.entries_of("tables").map(|(table, said)| {
            let table = reader.resolve(table.as_str());
            (names::sql_qualified(&table), published(said))
        });
        let publication = Publication {
            all_tables: said.flag("all_tables"),
            tables: tables.collect(),
            schemas: said.texts("schemas").into_iter().collect(),
            options: said.settings("options"),
        };
        let object = common::object(reader, said, publication);
        reader.declare_named(
            Id::global(Kind::Publication, name.as_str()),
            name,
            said,
            object,
        );
    }
}

fn published(said: Value<'_>) -> PublishedTable {
    PublishedTable {
        columns: said.texts("columns").into_iter().collect(),
        predicate: said.text("where").map(Sql),
    }
}
