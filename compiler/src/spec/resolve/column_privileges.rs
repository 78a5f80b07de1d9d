//! `[grants]` on columns, once it is known which columns there are.

use crate::catalog::{Grant, Id};
use crate::diagnostics::Diagnostic;
use crate::kinds::Model;
use crate::kinds::table::Table;
use crate::spec::reader::Reader;
use crate::spec::value::Value;
use crate::spec::{names, privileges, suggest};

/// Gives columns what is granted on them.
pub fn grants(reader: &mut Reader<'_>) {
    let tables: Vec<Id> = reader
        .spec
        .catalog
        .of::<Table>()
        .map(|(id, _, _)| id.clone())
        .collect();
    for id in tables {
        let Some(value) = reader
            .value_at(&id, &[])
            .filter(|value| value.get("grants").is_some())
        else {
            continue;
        };
        for (column, grant) in privileges::columns(reader, value) {
            give(reader, &id, column, grant);
        }
    }
}

fn give(reader: &mut Reader<'_>, id: &Id, column: Value<'_>, grant: Grant) {
    let name = column.as_text().unwrap_or_default();
    let object = reader.spec.catalog.objects.get_mut(id);
    let Some(table) = object.and_then(|object| Table::from_body_mut(&mut object.body)) else {
        return;
    };
    if let Some(known) = table.columns.iter_mut().find(|known| known.name == name) {
        known.privileges.granted.insert(grant);
        return;
    }
    let known: Vec<String> = table
        .columns
        .iter()
        .map(|column| column.name.clone())
        .collect();
    let table = names::write(&id.qname(), reader.default_schema());
    let found = Diagnostic::error(
        "unknown-column",
        column.place(),
        format!("`{table}` has no column `{name}`"),
    );
    let near = suggest::nearest(name, known.iter().map(String::as_str));
    reader.report(match near {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None => found.help(format!(
            "its columns are {}",
            suggest::list(known.iter().map(String::as_str))
        )),
    });
}
