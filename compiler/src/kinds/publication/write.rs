//! A publication of `[publications]`.

use super::Publication;
use crate::catalog::{Object, QName};
use crate::spec::write::{Table, Writer, attributes, options};
use crate::sql::deparse::names;

/// What is said of a publication.
pub fn write(writer: &Writer<'_>, object: &Object, publication: &Publication) -> Table {
    let mut table = Table::default();
    attributes(&mut table, object);
    table.flag("all_tables", publication.all_tables);
    table.texts("schemas", &publication.schemas);
    table.table("options", options(&publication.options));
    let mut tables = Table::default();
    for (name, published) in &publication.tables {
        let mut said = Table::default();
        said.texts("columns", &published.columns);
        said.some("where", published.predicate.as_ref().map(|sql| &sql.0));
        tables.set(&plain(writer, name), said);
    }
    table.table("tables", tables);
    table
}

/// `public."Tasks"` as a spec writes it.
fn plain(writer: &Writer<'_>, sql: &str) -> String {
    match names(sql).as_slice() {
        [schema, name] => writer.name(&QName::new(schema, name)),
        _ => sql.to_owned(),
    }
}
