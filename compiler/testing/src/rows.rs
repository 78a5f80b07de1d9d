use std::collections::BTreeMap;

use tablec::catalog::{Catalog, Id};
use tablec::database::Row;
use tablec::kinds::composite::{Attribute, Composite};
use tablec::kinds::table::{Column, Table};
use tablec::kinds::{Kind, Model};
use tablec::sql::{TypeName, quote_ident, quote_literal, quote_qualified};

use crate::Database;

impl Database<'_> {
    /// A checksum of each column that both schemas have alike, by table and column: the values that a change between them must
    /// keep.
    ///
    /// # Errors
    /// In words, where they can't be read.
    pub fn values(&self, from: &Catalog, to: &Catalog) -> Result<BTreeMap<String, String>, String> {
        let queries = queries(from, to);
        if queries.is_empty() {
            return Ok(BTreeMap::new());
        }
        let rows = self.connect().query(&queries.join(" union all "));
        let rows = rows.map_err(|error| error.to_string())?;
        let checksum = |row: &Row| row.get::<_, Option<String>>(1);
        Ok(rows
            .iter()
            .map(|row| (row.get(0), checksum(row).unwrap_or_default()))
            .collect())
    }
}

fn queries(from: &Catalog, to: &Catalog) -> Vec<String> {
    let mut queries = Vec::new();
    for (id, old, _) in from.of::<Table>() {
        let Some((_, new, _)) = to.of::<Table>().find(|(other, ..)| *other == id) else {
            continue;
        };
        let whole = old.partition_by == new.partition_by && old.foreign.is_none();
        for column in old.columns.iter().filter(|_| whole) {
            let kept = new.column(&column.name).is_some_and(|now| {
                now.data_type == column.data_type && now.generated == column.generated
            });
            if !kept || column.generated.is_some() {
                continue;
            }
            let table = quote_qualified(Some(&id.schema), &id.name);
            for value in kept_values(column, from, to) {
                let label = quote_literal(&format!("{}.{value}", id.qname()));
                queries.push(format!(
                    "select {label}, md5(string_agg({value}::text, ',' order by {value}::text)) || count(*) from only {table}"
                ));
            }
        }
    }
    queries
}

/// The column, or those attributes of its composite type that both schemas have alike.
fn kept_values(column: &Column, from: &Catalog, to: &Catalog) -> Vec<String> {
    let name = quote_ident(&column.name);
    let types = [from, to].map(|catalog| composite(&column.data_type, catalog));
    let [Some(old), Some(new)] = types else {
        return vec![name.into_owned()];
    };
    let same = |old: &Attribute, new: &Attribute| {
        (&old.name, &old.data_type) == (&new.name, &new.data_type)
    };
    let attributes = old.attributes.iter();
    attributes
        .filter(|old| new.attributes.iter().any(|new| same(old, new)))
        .map(|attribute| format!("({name}).{}", quote_ident(&attribute.name)))
        .collect()
}

fn composite<'a>(data_type: &str, catalog: &'a Catalog) -> Option<&'a Composite> {
    let name = TypeName::parse(data_type).ok().filter(|name| !name.array)?;
    let schema = name.schema.as_ref().unwrap_or(&catalog.default_schema);
    let id = Id::new(Kind::Composite, schema, &name.name);
    Composite::from_body(&catalog.get(&id)?.body)
}
