//! Indexes and keys of partitions that belong to one of the partitioned table.

use super::constraint::{Constraint, ConstraintRule};
use super::index::{Index, IndexKey, KeyValue};
use super::inheritance::model;
use crate::catalog::{Id, Object, QName};
use crate::plan::Site;
use crate::sql::expression_name;
use crate::sql::object_name::{IndexPurpose, choose_index_name, index_column_names};

/// Whether PostgreSQL, making the index or key of a new partition by itself, would give it another name; so that it has to be
/// made first.
pub(super) fn is_named_apart(id: &Id, object: &Object, partition: &Id, at: &Site) -> bool {
    let _ = at;
    if let Some(index) = model::<Index>(object) {
        return index.attached_to.is_some()
            && index.table == partition.qname()
            && !index_is_named_automatically(&id.name, index);
    }
    model::<Constraint>(object).is_some_and(|constraint| {
        constraint.attached_to().is_some()
            && !key_is_named_automatically(&id.name, &partition.qname(), constraint)
    })
}

/// Whether it is the name that PostgreSQL gives the index when it makes it for a partition.
pub(super) fn index_is_named_automatically(name: &str, index: &Index) -> bool {
    let keys = index.keys.iter().map(column_of);
    let columns = index_column_names(
        keys.chain(index.include.iter().cloned().map(Some))
            .collect::<Vec<_>>()
            .iter()
            .map(Option::as_deref),
    );
    let chosen = choose_index_name(&index.table.name, &columns, IndexPurpose::Plain, |_| false);
    chosen == name
}

/// The same for a primary key, unique or exclusion constraint.
pub(super) fn key_is_named_automatically(
    name: &str,
    table: &QName,
    constraint: &Constraint,
) -> bool {
    let (columns, purpose) = match &constraint.rule {
        ConstraintRule::PrimaryKey(_) => (Vec::new(), IndexPurpose::PrimaryKey),
        ConstraintRule::Unique(key) => {
            let all = key.columns.iter().chain(&key.index.include);
            (
                index_column_names(all.map(|column| Some(column.as_str()))),
                IndexPurpose::Unique,
            )
        }
        ConstraintRule::Exclusion(exclusion) => {
            let keys = exclusion
                .elements
                .iter()
                .map(|element| column_of(&element.key));
            (
                index_column_names(keys.collect::<Vec<_>>().iter().map(Option::as_deref)),
                IndexPurpose::Exclusion,
            )
        }
        _ => return true,
    };
    choose_index_name(&table.name, &columns, purpose, |_| false) == name
}

fn column_of(key: &IndexKey) -> Option<String> {
    match &key.value {
        KeyValue::Column(column) => Some(column.clone()),
        KeyValue::Expression(expression) => expression_name(&expression.0),
    }
}
