//! `[columns]` of a table.

use super::shorthand::{Shorthand, sequence, serial, serial_type};
use crate::catalog::Id;
use crate::kinds::table::column::{Generated, Identity};
use crate::kinds::table::{Column, Table as Model};
use crate::kinds::{Kind, Sql, sequence as sequences};
use crate::spec::hints::Role;
use crate::spec::resolve::parents::{fresh, taken};
use crate::spec::write::{Node, Table, Writer, options, plain_name, privileges, scalar};

/// The columns that a table has to say: all but those that it has from a parent as they are there. Where their order is
/// not the parent's, all.
pub(super) fn said<'c>(writer: &Writer<'_>, table: &'c Model) -> Vec<&'c Column> {
    let of_type = table.of_type.is_some();
    let taken: Vec<Column> = taken(writer.catalog, table)
        .iter()
        .map(|column| fresh(column, !of_type))
        .collect();
    let local = table
        .columns
        .iter()
        .filter(|column| !taken.iter().any(|other| other.name == column.name));
    let usual = taken
        .iter()
        .map(|column| &column.name)
        .chain(local.map(|column| &column.name));
    let in_order = usual.eq(table.columns.iter().map(|column| &column.name));
    table
        .columns
        .iter()
        .filter(|column| !in_order || !taken.contains(column))
        .collect()
}

/// `[columns]`.
pub(super) fn write(
    writer: &Writer<'_>,
    id: &Id,
    table: &Model,
    columns: &[&Column],
    short: &Shorthand<'_>,
) -> Table {
    let taken = taken(writer.catalog, table);
    let mut all = Table::in_order();
    for column in columns {
        let parent = taken.iter().find(|other| other.name == column.name);
        all.set(
            &column.name,
            self::column(writer, id, table, column, parent, short),
        );
    }
    all
}

fn column(
    writer: &Writer<'_>,
    id: &Id,
    table: &Model,
    column: &Column,
    parent: Option<&Column>,
    short: &Shorthand<'_>,
) -> Table {
    let mut said = Table::default();
    type_and_default(writer, &mut said, id, column, parent);
    said.table("not_null_constraint", not_null(writer, column));
    said.some("generated", column.generated.as_ref().map(generated));
    said.some(
        "identity",
        column
            .identity
            .as_ref()
            .map(|identity| self::identity(writer, identity, &column.data_type)),
    );
    if let Some(key) = short.references.get(column.name.as_str()) {
        said.set("references", writer.name(&key.references));
        super::constraint::actions(&mut said, key);
    }
    said.flag("unique", short.unique.contains(column.name.as_str()));
    said.some(
        "check",
        short.checks.get(column.name.as_str()).map(|sql| &sql.0),
    );
    said.some(
        "collation",
        column.collation.as_ref().map(|sql| plain_name(sql)),
    );
    said.some("storage", column.storage.as_ref());
    match parent.filter(|parent| parent.compression.is_some() && column.compression.is_none()) {
        Some(_) => said.set("compression", "default"),
        None => said.some("compression", column.compression.as_ref()),
    }
    said.some("statistics", column.statistics);
    said.table("options", options(&column.options));
    said.table("foreign_options", options(&column.foreign_options));
    // A partition's columns are its parent's in any case.
    said.flag(
        "inherited",
        column.inherited && parent.is_some() && table.partition_of.is_none(),
    );
    hints(writer, &mut said, id, column);
    said.some("comment", column.comment.as_ref());
    said
}

fn type_and_default(
    writer: &Writer<'_>,
    said: &mut Table,
    id: &Id,
    column: &Column,
    parent: Option<&Column>,
) {
    if let Some((sequence_id, model, object)) = serial(writer.catalog, id, column) {
        said.some("type", serial_type(&column.data_type));
        said.flag("nullable", column.nullable);
        said.table(
            "sequence",
            sequence(writer, &id.qname(), column, sequence_id, model, object),
        );
        return;
    }
    said.set("type", writer.type_text(&column.data_type));
    match parent {
        Some(parent) if !column.nullable && (parent.nullable || is_own_too(parent, column)) => {
            said.set("nullable", false);
        }
        _ => said.flag("nullable", column.nullable),
    }
    match (
        &column.default,
        parent.and_then(|parent| parent.default.as_ref()),
    ) {
        // The reader takes it for no default, as PostgreSQL does.
        (None, Some(_)) => said.dotted(["default", "sql"], "null"),
        (default, _) => writer.default(said, default.as_ref(), &column.data_type),
    }
}

/// Whether an heir's not-null constraint is not only its parent's.
fn is_own_too(parent: &Column, column: &Column) -> bool {
    parent.not_null.inherited && !column.not_null.inherited
}

fn not_null(writer: &Writer<'_>, column: &Column) -> Table {
    let (mut table, said) = (Table::default(), &column.not_null);
    if writer.project.postgresql >= 18 && !column.nullable {
        table.some("name", said.name.as_ref());
        table.flag("no_inherit", said.no_inherit);
        table.flag("not_valid", said.not_valid);
        table.some("comment", said.comment.as_ref());
    }
    table
}

fn hints(writer: &Writer<'_>, said: &mut Table, id: &Id, column: &Column) {
    let hints = writer
        .hints(id)
        .and_then(|hints| hints.columns.get(&column.name));
    if let Some(hints) = hints {
        let role = hints.role.map(|role| match role {
            Role::Version => "version",
            Role::SoftDelete => "soft_delete",
        });
        said.some("role", role);
        said.some("rust_type", hints.rust_type.as_ref());
        said.some("example", hints.example.as_deref().map(scalar));
    }
}

fn generated(generated: &Generated) -> Node {
    let Sql(expression) = &generated.expression;
    if !generated.is_virtual {
        return Node::from(expression);
    }
    let mut table = Table::default();
    table.set("expression", expression);
    table.set("virtual", true);
    table.into()
}

fn identity(writer: &Writer<'_>, identity: &Identity, data_type: &str) -> Node {
    let word = if identity.always {
        "always"
    } else {
        "by default"
    };
    let mut table = Table::default();
    table.set("generated", word);
    table.some("sequence", identity.sequence.as_ref());
    sequences::write::numbers(&mut table, &identity.options, data_type);
    privileges(writer, &mut table, Kind::Sequence, &identity.privileges, []);
    if table.len() == 1 {
        Node::from(word)
    } else {
        table.into()
    }
}
