//! Views and materialized views as files of `spec/views/`. The query is placed by the caller.

use super::materialized::MaterializedView;
use super::{View, ViewColumn};
use crate::catalog::{Id, Object, QName};
use crate::kinds::{Body, Kind, rule, statistics, table, trigger};
use crate::spec::write::{Table, Writer, attributes, options, privileges, scalar};

/// What is said of a view, and its query.
pub fn view(writer: &Writer<'_>, id: &Id, object: &Object, view: &View) -> (Table, String) {
    let mut table = Table::default();
    attributes(&mut table, object);
    for (name, value) in &view.options {
        table.set(name, scalar(value));
    }
    table.table("columns", columns(&view.columns));
    parts(writer, &mut table, &id.qname());
    writer.queries(&mut table, id);
    grants(writer, &mut table, Kind::View, object, &view.columns);
    (table, view.query.0.clone())
}

/// What is said of a materialized view, and its query.
pub fn materialized(
    writer: &Writer<'_>,
    id: &Id,
    object: &Object,
    view: &MaterializedView,
) -> (Table, String) {
    let mut table = Table::default();
    attributes(&mut table, object);
    table.set("materialized", true);
    table.flag("with_no_data", view.with_no_data);
    table.some("tablespace", view.tablespace.as_ref());
    table.some("access_method", view.access_method.as_ref());
    table.some("clustered_on", view.clustered_on.as_ref());
    table.table("options", options(&view.options));
    table.table("columns", columns(&view.columns));
    parts(writer, &mut table, &id.qname());
    writer.queries(&mut table, id);
    grants(
        writer,
        &mut table,
        Kind::MaterializedView,
        object,
        &view.columns,
    );
    (table, view.query.0.clone())
}

/// All columns, where more than the query is to be said of one.
fn columns(columns: &[ViewColumn]) -> Table {
    let mut all = Table::in_order();
    if columns.iter().all(says_nothing) {
        return all;
    }
    for column in columns {
        let mut said = Table::default();
        said.some("default", column.default.as_ref().map(|sql| &sql.0));
        said.some("statistics", column.statistics);
        said.some("storage", column.storage.as_ref());
        said.some("comment", column.comment.as_ref());
        all.set(&column.name, said);
    }
    all
}

/// Whether the query says all there is to a column.
pub fn says_nothing(column: &ViewColumn) -> bool {
    *column
        == ViewColumn {
            name: column.name.clone(),
            data_type: column.data_type.clone(),
            ..ViewColumn::default()
        }
}

fn grants(
    writer: &Writer<'_>,
    table: &mut Table,
    kind: Kind,
    object: &Object,
    columns: &[ViewColumn],
) {
    let columns = columns
        .iter()
        .map(|column| (column.name.as_str(), &column.privileges));
    privileges(writer, table, kind, &object.privileges, columns);
}

fn parts(writer: &Writer<'_>, table: &mut Table, view: &QName) {
    let (mut indexes, mut triggers, mut rules) =
        (Table::default(), Table::default(), Table::default());
    let mut all_statistics = Table::default();
    for (id, object) in writer.parts(view) {
        match &object.body {
            Body::Index(index) => {
                indexes.set(&id.name, table::write::index::write(object, index, &[]));
            }
            Body::Trigger(trigger) => {
                triggers.set(&id.name, trigger::write::write(writer, id, object, trigger));
            }
            Body::Rule(rule) => rules.set(&id.name, rule::write::write(object, rule)),
            Body::Statistics(statistics) => {
                let said = statistics::write::write(object, statistics);
                all_statistics.set(&Writer::name_near(id, &view.schema), said);
            }
            _ => {}
        }
    }
    table.table("indexes", indexes);
    table.table("triggers", triggers);
    table.table("rules", rules);
    table.table("statistics", all_statistics);
}
