//! `references = "tasks"`: the primary key of the table is meant.

use crate::catalog::{Catalog, Id, QName};
use crate::kinds::table::constraint::{Constraint, ConstraintRule};
use crate::kinds::{Kind, Model};
use crate::spec::reader::Reader;

/// Fills in the referenced columns that are not said.
pub fn targets(reader: &mut Reader<'_>) {
    let catalog = &mut reader.spec.catalog;
    let missing: Vec<(Id, QName)> = catalog
        .of::<Constraint>()
        .filter_map(|(id, constraint, _)| match &constraint.rule {
            ConstraintRule::ForeignKey(key) if key.referenced_columns.is_empty() => {
                Some((id.clone(), key.references.clone()))
            }
            _ => None,
        })
        .collect();
    for (id, target) in missing {
        let columns = primary_key(catalog, &target).unwrap_or_default();
        let object = catalog.objects.get_mut(&id);
        if let Some(Constraint {
            rule: ConstraintRule::ForeignKey(key),
            ..
        }) = object.and_then(|object| Constraint::from_body_mut(&mut object.body))
        {
            key.referenced_columns = columns;
        }
    }
}

/// The columns of a table's primary key.
pub fn primary_key(catalog: &Catalog, table: &QName) -> Option<Vec<String>> {
    constraints(catalog, table).find_map(|(_, constraint)| match &constraint.rule {
        ConstraintRule::PrimaryKey(key) => Some(key.columns.clone()),
        _ => None,
    })
}

/// The constraints of a table.
pub fn constraints<'c>(
    catalog: &'c Catalog,
    table: &QName,
) -> impl Iterator<Item = (&'c Id, &'c Constraint)> {
    let first = Id::part(Kind::Constraint, table, "");
    let relation = table.clone();
    catalog
        .objects
        .range(first..)
        .take_while(move |(id, _)| {
            id.kind == Kind::Constraint
                && id.schema == relation.schema
                && id.parent == relation.name
        })
        .filter_map(|(id, object)| Some((id, Constraint::from_body(&object.body)?)))
}
