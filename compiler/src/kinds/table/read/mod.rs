//! A table in TOML: `spec/tables/<name>.toml`.

pub mod column;
pub mod constraint;
pub mod index;
pub mod partition;
pub mod shorthand;

use super::{Foreign, PartitionBy, PartitionOf, ReplicaIdentity, Table};
use crate::catalog::{Id, QName};
use crate::diagnostics::{Diagnostic, Place};
use crate::kinds::{Kind, Sql, policy, rule, statistics, trigger};
use crate::spec::common;
use crate::spec::grammar::{Form, Key, Keys, SqlForm, key, required};
use crate::spec::hints::Query;
use crate::spec::reader::Reader;
use crate::spec::value::Value;

/// A table.
pub static TABLE: Keys = Keys {
    title: "table",
    doc: "One file in `spec/tables/` for each table, with everything that belongs to it. Folders inside are free.",
    keys: &[
        key(
            "inherits",
            Form::List(&Form::QName),
            "`INHERITS`: the parents. Their columns need not be said again.",
            "[\"events\"]",
        ),
        key(
            "of_type",
            Form::QName,
            "`OF`: a composite type that gives the columns.",
            "\"address\"",
        ),
        FOREIGN_TABLE,
    ],
    shared: &[&RELATION, &common::RENAMED],
    instead: &[
        ("name", "the file's name is the table's name"),
        ("row_security", "write `row_level_security = true`"),
        ("rls", "write `row_level_security = true`"),
        ("primary_keys", "write `primary_key = [\"id\"]`"),
        (
            "foreign_key",
            "write `[foreign_keys]`, or `references` on the column",
        ),
        (
            "unique",
            "write `[uniques]`, or `unique = true` on the column",
        ),
        (
            "schema",
            "a table outside the default schema is named by its file: `billing.invoices.toml`",
        ),
    ],
};

/// What tables and partitions have in common.
pub static RELATION: Keys = Keys {
    title: "table",
    doc: "",
    keys: &[
        key(
            "columns",
            Form::Map(&Form::Object(&column::COLUMN)),
            "The columns, in order.",
            "{ id = { type = \"uuid\" } }",
        ),
        key(
            "primary_key",
            Form::Either(&Form::NAMES, &Form::Object(&constraint::PRIMARY_KEY)),
            "The columns of the primary key, or its long form.",
            "[\"id\"]",
        ),
        key(
            "uniques",
            Form::Map(&Form::Object(&constraint::UNIQUE)),
            "Unique constraints.",
            "{ labels_name_key = { columns = [\"workspace_id\", \"name\"] } }",
        ),
        key(
            "foreign_keys",
            Form::Map(&Form::Object(&constraint::FOREIGN_KEY)),
            "Foreign keys.",
            "{ tasks_parent_fkey = { columns = [\"parent_id\"], references = \"tasks\" } }",
        ),
        key(
            "checks",
            Form::Map(&Form::Either(
                &Form::EXPRESSION,
                &Form::Object(&constraint::CHECK),
            )),
            "Checks over the row.",
            "{ tasks_order_check = \"starts_at < ends_at\" }",
        ),
        key(
            "exclusions",
            Form::Map(&Form::Object(&constraint::EXCLUSION)),
            "Exclusion constraints.",
            "{ no_overlap = { elements = [{ column = \"during\", with = \"&&\" }] } }",
        ),
        key(
            "indexes",
            Form::Map(&Form::Object(&index::INDEX)),
            "Indexes that belong to no constraint.",
            "{ tasks_open = { columns = [\"created_at desc\"] } }",
        ),
        key(
            "triggers",
            Form::Map(&Form::Object(&trigger::read::TRIGGER)),
            "Triggers.",
            "{ tasks_touch = { fires = \"before update\", for_each = \"row\", execute = \"touch\" } }",
        ),
        key(
            "policies",
            Form::Map(&Form::Object(&policy::read::POLICY)),
            "Row-level security policies.",
            "{ own_rows = { to = \"app\", using = \"owner = current_user\" } }",
        ),
        key(
            "rules",
            Form::Map(&Form::Object(&rule::read::RULE)),
            "Rewrite rules.",
            "{ no_delete = { definition = \"create rule no_delete as on delete to tasks do instead nothing\" } }",
        ),
        key(
            "statistics",
            Form::Map(&Form::Object(&statistics::read::STATISTICS)),
            "Extended statistics.",
            "{ tasks_stats = { keys = [\"status\", \"due_at\"] } }",
        ),
        key(
            "partition_by",
            Form::Sql(SqlForm::Fragment),
            "How the table is partitioned: `range`, `list` or `hash` with the keys in parentheses.",
            "\"range (occurred_at)\"",
        ),
        key(
            "partitions",
            Form::Map(&Form::Object(&partition::PARTITION)),
            "Its partitions.",
            "{ log_2026 = { values = \"from ('2026-01-01') to ('2027-01-01')\" } }",
        ),
        key(
            "options",
            Form::SETTINGS,
            "Storage parameters.",
            "{ fillfactor = 70 }",
        ),
        key(
            "tablespace",
            Form::Name,
            "The tablespace, where it is not the database's.",
            "\"fast\"",
        ),
        key(
            "access_method",
            Form::Name,
            "The access method, where it is not `heap`.",
            "\"columnar\"",
        ),
        key(
            "unlogged",
            Form::Boolean,
            "`UNLOGGED`: faster, and empty after a crash.",
            "true",
        ),
        key(
            "replica_identity",
            Form::Either(
                &Form::Choice(&["nothing", "full"]),
                &Form::Object(&REPLICA_IDENTITY),
            ),
            "What logical replication knows a row by, where it is not the primary key.",
            "\"full\"",
        ),
        key(
            "clustered_on",
            Form::Name,
            "The index of `CLUSTER ON`.",
            "\"tasks_pkey\"",
        ),
        key(
            "row_level_security",
            Form::Boolean,
            "Only rows that a policy allows are seen and written.",
            "true",
        ),
        key(
            "force_row_level_security",
            Form::Boolean,
            "The table's owner is no exception.",
            "true",
        ),
        key(
            "queries",
            Form::Map(&Form::Object(&QUERY)),
            "Queries that the repository offers.",
            "{ overdue = { sql = \"select * from tasks where due_at < :now\", returns = \"many\" } }",
        ),
    ],
    shared: &[&common::COMMENT, &common::OWNER, &common::PRIVILEGES],
    instead: &[],
};

const FOREIGN_TABLE: Key = key(
    "foreign",
    Form::Object(&FOREIGN),
    "Makes it a foreign table.",
    "{ server = \"archive\" }",
);

static FOREIGN: Keys = Keys {
    title: "foreign table",
    doc: "",
    keys: &[
        required("server", Form::Name, "The foreign server.", "\"archive\""),
        key(
            "options",
            Form::SETTINGS,
            "`OPTIONS (…)`.",
            "{ table_name = \"tasks\" }",
        ),
    ],
    shared: &[],
    instead: &[],
};

static REPLICA_IDENTITY: Keys = Keys {
    title: "replica identity",
    doc: "",
    keys: &[required(
        "index",
        Form::Name,
        "A unique index over columns that are not null.",
        "\"tasks_number_key\"",
    )],
    shared: &[],
    instead: &[],
};

/// A query that belongs to a table or view.
pub static QUERY: Keys = Keys {
    title: "query",
    doc: "A repository is the only place where SQL runs, so the queries of a table are declared with it.",
    keys: &[
        required(
            "sql",
            Form::Sql(SqlForm::Query),
            "The statement, with `:name` parameters.",
            "\"select * from tasks where due_at < :now\"",
        ),
        required(
            "returns",
            Form::Choice(&["one", "optional", "many", "exec", "stream"]),
            "How many rows come back.",
            "\"many\"",
        ),
    ],
    shared: &[],
    instead: &[],
};

/// Reads a table's file.
pub fn read<'t>(reader: &mut Reader<'t>, name: &QName, value: Value<'t>) {
    let id = Id::new(Kind::Table, &name.schema, &name.name);
    reader.renamed(&id, None, value);
    relation(reader, &id, value.file().whole(), value, None);
}

/// Reads a table or partition with everything that belongs to it.
pub fn relation<'t>(
    reader: &mut Reader<'t>,
    id: &Id,
    place: Place,
    value: Value<'t>,
    partition_of: Option<PartitionOf>,
) {
    let name = id.qname();
    let table = table(reader, id, value, partition_of);
    let object = common::object(reader, value, table);
    reader.declare(id.clone(), place, value, object);
    queries(reader, id, value);
    constraint::read(reader, &name, value);
    index::read(reader, &name, value);
    shorthand::constraints(reader, &name, value);
    trigger::read::read(reader, &name, value);
    policy::read::read(reader, &name, value);
    rule::read::read(reader, &name, value);
    statistics::read::read(reader, &name, value);
    partition::read(reader, id, value);
}

fn table<'t>(
    reader: &mut Reader<'t>,
    id: &Id,
    value: Value<'t>,
    partition_of: Option<PartitionOf>,
) -> Table {
    Table {
        columns: column::read(reader, id, value),
        unlogged: value.flag("unlogged"),
        partition_by: partition_by(reader, value),
        partition_of,
        validated_checks: value.texts("validated_checks"),
        inherits: reader.qnames(value, "inherits"),
        of_type: reader.qname(value, "of_type"),
        options: value.settings("options"),
        tablespace: value.text("tablespace"),
        access_method: value.text("access_method"),
        replica_identity: replica_identity(value),
        row_security: value.flag("row_level_security"),
        force_row_security: value.flag("force_row_level_security"),
        clustered_on: value.text("clustered_on"),
        foreign: value.get("foreign").and_then(foreign),
    }
}

fn foreign(said: Value<'_>) -> Option<Foreign> {
    Some(Foreign {
        server: said.text("server")?,
        options: said.settings("options"),
    })
}

fn replica_identity(value: Value<'_>) -> ReplicaIdentity {
    let Some(said) = value.get("replica_identity") else {
        return ReplicaIdentity::Default;
    };
    match said.as_text() {
        Some("full") => ReplicaIdentity::Full,
        Some("nothing") => ReplicaIdentity::Nothing,
        _ => said
            .text("index")
            .map_or(ReplicaIdentity::Default, ReplicaIdentity::Index),
    }
}

fn partition_by(reader: &mut Reader<'_>, value: Value<'_>) -> Option<PartitionBy> {
    let said = value.get("partition_by")?;
    let parsed = partition::parse_by(said.as_text()?);
    if parsed.is_none() {
        let message = "this does not say how the table is partitioned";
        let found = Diagnostic::error("partition-by", said.place(), message);
        reader.report(found.help("write `range (created_at)`, `list (region)` or `hash (id)`"));
    }
    parsed
}

/// Notes the queries of a table or view.
pub fn queries<'t>(reader: &mut Reader<'t>, id: &Id, value: Value<'t>) {
    for (name, said) in value.entries_of("queries") {
        if let (Some(sql), Some(returns)) = (said.text("sql"), said.text("returns")) {
            let table = reader.spec.hints.entry(id.clone()).or_default();
            table
                .queries
                .insert(name.to_string(), Query { sql, returns });
        }
    }
}

/// SQL behind a key.
pub fn sql_of(value: Value<'_>, key: &str) -> Option<Sql> {
    value.text(key).map(Sql)
}
