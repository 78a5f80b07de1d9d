use std::collections::BTreeSet;

use super::{QueryError, Session};
use crate::catalog::{Catalog, Id};
use crate::kinds::table::{Table, columns_of};
use crate::sql::{quote_ident, quote_literal, quote_qualified};

/// Those of the labels of enums that no row has.
///
/// Asked in one query, which reads every row of the tables that could have one. Who may not see all rows knows of none.
pub fn unused_labels(
    session: &Session,
    labels: Vec<(Id, String)>,
    catalog: &Catalog,
) -> Result<BTreeSet<(Id, String)>, QueryError> {
    let held = labels.iter().map(|(id, label)| held(id, label, catalog));
    let query = format!("select {}", held.collect::<Vec<_>>().join(",\n"));
    // With row security off a query fails that would be shown a part of the rows only.
    let begin = "begin transaction read only; set local row_security = off";
    session.batch_execute(begin)?;
    let answer = session.query(&query);
    session.batch_execute("rollback")?;
    let row = match answer {
        Ok(rows) => rows.into_iter().next(),
        Err(error) if error.server().is_some() => None,
        Err(error) => return Err(error),
    };
    let Some(row) = row else {
        return Ok(BTreeSet::new());
    };
    let unused = labels.into_iter().enumerate();
    let unused = unused.filter(|(at, _)| row.try_get(*at).is_ok_and(|held: bool| !held));
    Ok(unused.map(|(_, label)| label).collect())
}

/// Whether a row has it, as SQL.
fn held(id: &Id, label: &str, catalog: &Catalog) -> String {
    let columns = columns_of(id, catalog);
    let held = columns.iter().filter_map(|(table, column)| {
        let found = Table::find(catalog, &table.qname())?;
        // What others hold is theirs: no statement of ours changes it.
        if found.foreign.is_some() {
            return None;
        }
        let column = found.column(column)?;
        let (relation, name) = (
            quote_qualified(Some(&table.schema), &table.name),
            quote_ident(&column.name),
        );
        let (text, label) = (format!("{name}::text"), quote_literal(label));
        let has = if catalog.is_named(&column.data_type, id) {
            format!("{text} = {label}")
        } else {
            format!("pg_catalog.strpos({text}, {label}) > 0")
        };
        Some(format!("exists (select from {relation} where {has})"))
    });
    let held: Vec<_> = held.collect();
    if held.is_empty() {
        "false".to_owned()
    } else {
        held.join(" or ")
    }
}
