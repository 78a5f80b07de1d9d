//! A table as a file of `spec/tables/`, with everything that belongs to it.

mod automatic;
mod column;
mod constraint;
pub mod index;
mod shorthand;

pub use shorthand::serial_sequences;

use super::{PartitionBy, PartitionOf, ReplicaIdentity, Table as Model};
use crate::catalog::{Id, Object, QName};
use crate::kinds::{Body, Kind, policy, rule, statistics, trigger};
use crate::spec::write::{Table, Writer, attributes, options, privileges};
use shorthand::Shorthand;

/// What is said of a table.
pub fn write(writer: &Writer<'_>, id: &Id, object: &Object, table: &Model) -> Table {
    let mut said = Table::default();
    attributes(&mut said, object);
    let name = id.qname();
    primary_key(writer, &mut said, &name);
    properties(writer, &mut said, table);
    let columns = column::said(writer, table);
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let short = Shorthand::new(writer, &name, &names);
    said.table(
        "columns",
        column::write(writer, id, table, &columns, &short),
    );
    parts(writer, &mut said, &name, &short, &names);
    said.table("partitions", partitions(writer, &name));
    writer.queries(&mut said, id);
    let on_columns = table
        .columns
        .iter()
        .map(|column| (column.name.as_str(), &column.privileges));
    privileges(
        writer,
        &mut said,
        Kind::Table,
        &object.privileges,
        on_columns,
    );
    said
}

fn primary_key(writer: &Writer<'_>, said: &mut Table, table: &QName) {
    for (id, object) in writer.parts(table) {
        if let Body::Constraint(constraint) = &object.body
            && constraint::section(&constraint.rule) == "primary_key"
            && !automatic::is_automatic(writer, id, object)
        {
            said.set(
                "primary_key",
                constraint::primary(writer, table, &id.name, object, constraint),
            );
        }
    }
}

fn properties(writer: &Writer<'_>, said: &mut Table, table: &Model) {
    said.flag("row_level_security", table.row_security);
    said.flag("force_row_level_security", table.force_row_security);
    said.flag("unlogged", table.unlogged);
    said.some(
        "partition_by",
        table.partition_by.as_ref().map(partition_by),
    );
    said.texts("validated_checks", &table.validated_checks);
    said.texts(
        "inherits",
        table.inherits.iter().map(|name| writer.name(name)),
    );
    said.some(
        "of_type",
        table.of_type.as_ref().map(|name| writer.name(name)),
    );
    said.some("tablespace", table.tablespace.as_ref());
    said.some("access_method", table.access_method.as_ref());
    match &table.replica_identity {
        ReplicaIdentity::Default => {}
        ReplicaIdentity::Nothing => said.set("replica_identity", "nothing"),
        ReplicaIdentity::Full => said.set("replica_identity", "full"),
        ReplicaIdentity::Index(index) => {
            let mut identity = Table::default();
            identity.set("index", index);
            said.set("replica_identity", identity);
        }
    }
    said.some("clustered_on", table.clustered_on.as_ref());
    said.table("options", options(&table.options));
    if let Some(foreign) = &table.foreign {
        let mut table = Table::default();
        table.set("server", &foreign.server);
        table.table("options", options(&foreign.options));
        said.set("foreign", table);
    }
}

fn partition_by(by: &PartitionBy) -> String {
    let keys: Vec<&str> = by.keys.iter().map(|key| key.0.as_str()).collect();
    format!("{} ({})", by.strategy, keys.join(", "))
}

const SECTIONS: [&str; 9] = [
    "uniques",
    "foreign_keys",
    "checks",
    "exclusions",
    "indexes",
    "triggers",
    "policies",
    "rules",
    "statistics",
];

fn parts(
    writer: &Writer<'_>,
    said: &mut Table,
    table: &QName,
    short: &Shorthand<'_>,
    columns: &[&str],
) {
    let mut sections = SECTIONS.map(|name| (name, Table::default()));
    for (id, object) in writer.parts(table) {
        if short.has(id) || automatic::is_automatic(writer, id, object) {
            continue;
        }
        let (section, name, node) = match &object.body {
            Body::Constraint(model) => (
                constraint::section(&model.rule),
                id.name.clone(),
                constraint::write(writer, &table.schema, object, model),
            ),
            Body::Index(model) => (
                "indexes",
                id.name.clone(),
                index::write(object, model, columns).into(),
            ),
            Body::Trigger(model) => (
                "triggers",
                id.name.clone(),
                trigger::write::write(writer, id, object, model).into(),
            ),
            Body::Policy(model) => (
                "policies",
                id.name.clone(),
                policy::write::write(writer, id, object, model).into(),
            ),
            Body::Rule(model) => (
                "rules",
                id.name.clone(),
                rule::write::write(object, model).into(),
            ),
            Body::Statistics(model) => (
                "statistics",
                Writer::name_near(id, &table.schema),
                statistics::write::write(object, model).into(),
            ),
            _ => continue,
        };
        if let Some((_, table)) = sections.iter_mut().find(|(name, _)| *name == section) {
            table.set(&name, node);
        }
    }
    for (name, table) in sections {
        said.table(name, table);
    }
}

fn partitions(writer: &Writer<'_>, parent: &QName) -> Table {
    let mut all = Table::default();
    for id in writer.partitions(parent) {
        let Some(object) = writer.catalog.get(id) else {
            continue;
        };
        let Body::Table(
            table @ Model {
                partition_of: Some(of),
                ..
            },
        ) = &object.body
        else {
            continue;
        };
        let mut said = Table::default();
        said.set("values", values(of));
        said.append(write(writer, id, object, table));
        all.set(&Writer::name_near(id, &parent.schema), said);
    }
    all
}

/// `FOR VALUES IN (1)` as `in (1)`.
fn values(of: &PartitionOf) -> String {
    let text = of
        .bound
        .0
        .strip_prefix("FOR VALUES ")
        .unwrap_or(&of.bound.0);
    super::read::partition::lower(text)
}
