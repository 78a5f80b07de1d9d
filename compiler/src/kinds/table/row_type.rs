//! A table's row type as the type of other tables' columns.

use super::diff::is_named;
use super::{Column, Table};
use crate::catalog::Id;
use crate::plan::{Change, Effect, Site};
use crate::sql::quote_qualified;

/// The column of another table that holds rows of this one, where the changes would have to look into each of them: that,
/// PostgreSQL does not (`find_composite_type_dependencies` of `tablecmds.c`).
pub(super) fn held_fast(changes: &[Change], new: &Table, at: &Site) -> Option<String> {
    let mut own = changes.iter().filter(|change| change.done_by.is_none());
    own.any(|change| looks_into_rows(change, new))
        .then(|| holder(at))?
}

fn looks_into_rows(change: &Change, new: &Table) -> bool {
    let column = change.part.as_deref().and_then(|part| new.column(part));
    let is_filled = column.is_some_and(|column| {
        column.default.is_some() || column.identity.is_some() || column.generated.is_some()
    });
    change.effect == Effect::Retypes || change.effect == Effect::Adds && is_filled
}

/// Columns that go, or are of another type afterwards, are left to the plan's order.
fn holder(at: &Site) -> Option<String> {
    let row = at.id.qname();
    // Reading every column's type costs more than most plans.
    let mentions = |text: &str| row.name.contains('"') || text.contains(&row.name);
    let stays = |table: &Id, column: &Column| {
        let now = Table::find(at.to, &table.qname()).and_then(|table| table.column(&column.name));
        now.is_some_and(|now| now.data_type == column.data_type)
    };
    let mut columns = at.from.of::<Table>().flat_map(|(id, table, _)| {
        let columns = table.columns.iter();
        columns.map(move |column| (id, column))
    });
    let (id, column) = columns.find(|(id, column)| {
        let data_type = &column.data_type;
        mentions(data_type) && is_named(data_type, &row) && stays(id, column)
    })?;
    let table = quote_qualified(Some(&id.schema), &id.name);
    Some(format!("{table}.{}", column.name))
}
