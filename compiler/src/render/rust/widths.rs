//! Integer keys that narrower ones refer to: PostgreSQL lets an `int2` refer to an `int8`, and then only what the narrowest
//! holds is of use in both.

use std::collections::BTreeMap;

use super::schema::{Relation, Schema};
use super::types::Shape;
use crate::catalog::QName;
use crate::kinds::Model;
use crate::kinds::domain::Domain;

/// The greatest value that all that refer to a column can hold, by table and column; only where that is less than its own.
pub(super) type Widths = BTreeMap<(QName, String), i64>;

/// Walks the foreign keys until nothing changes: what refers may be referred to itself.
pub(super) fn widths(schema: &Schema<'_>) -> Widths {
    let mut widths = Widths::new();
    while narrow(schema, &mut widths) {}
    widths
}

fn narrow(schema: &Schema<'_>, widths: &mut Widths) -> bool {
    let mut changed = false;
    for relation in schema.relations() {
        for (_, key) in relation.foreign_keys() {
            let Some(parent) = schema.relation(&key.references) else {
                continue;
            };
            for (column, referenced) in key.columns.iter().zip(&key.referenced_columns) {
                let child = most(schema, relation, column, widths);
                let own = most(schema, parent, referenced, widths);
                if let (Some(child), Some(own)) = (child, own)
                    && child < own
                {
                    widths.insert((key.references.clone(), referenced.clone()), child);
                    changed = true;
                }
            }
        }
    }
    changed
}

/// None for what is no integer.
fn most(schema: &Schema<'_>, relation: &Relation<'_>, name: &str, widths: &Widths) -> Option<i64> {
    let known = widths.get(&(relation.id.qname(), name.to_owned()));
    known
        .copied()
        .or_else(|| most_of_type(schema, &relation.table.column(name)?.data_type))
}

fn most_of_type(schema: &Schema<'_>, data_type: &str) -> Option<i64> {
    let ty = schema.types.resolve(data_type);
    if let Shape::Domain(id) = &ty.shape {
        let domain = Domain::from_body(&schema.spec.catalog.get(id)?.body)?;
        return most_of_type(schema, &domain.data_type);
    }
    match ty.name.as_str() {
        "i16" => Some(i16::MAX.into()),
        "i32" => Some(i32::MAX.into()),
        "i64" => Some(i64::MAX),
        _ => None,
    }
}
