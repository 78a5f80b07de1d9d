//! A unique index that becomes a primary key or unique constraint of its name: `ADD CONSTRAINT … USING INDEX`.

use super::Table;
use super::constraint::{Constraint, ConstraintRule};
use super::index::{Index, IndexKey, KeyValue};
use super::inheritance::model;
use crate::catalog::{Id, Object};
use crate::kinds::Kind;
use crate::plan::Site;

/// Whether the constraint comes where such an index is.
pub(super) fn takes_index(constraint: &Constraint, at: &Site) -> bool {
    let index = at
        .from
        .get(&Id::new(Kind::Index, &at.id.schema, &at.id.name));
    index.is_some_and(|index| fits(index, at.id, constraint, at))
}

/// Whether such a constraint comes for the index.
pub(super) fn becomes_constraint(index: &Index, at: &Site) -> bool {
    let id = Id::part(Kind::Constraint, &index.table, &at.id.name);
    let comes = at.to.get(&id).filter(|_| at.from.get(&id).is_none());
    let constraint = comes.and_then(model::<Constraint>);
    constraint.is_some_and(|constraint| fits(at.object, &id, constraint, at))
}

/// What the constraint would build is the index: its columns, in the usual order, in a table that stays as it is.
fn fits(object: &Object, id: &Id, constraint: &Constraint, at: &Site) -> bool {
    let (ConstraintRule::PrimaryKey(key) | ConstraintRule::Unique(key)) = &constraint.rule else {
        return false;
    };
    let Some(index) = model::<Index>(object) else {
        return false;
    };
    let keys = key.columns.iter().map(|column| IndexKey {
        value: KeyValue::Column(column.clone()),
        collation: None,
        operator_class: None,
        descending: false,
        nulls_first: None,
    });
    let built = Index {
        method: "btree".to_owned(),
        unique: true,
        nulls_not_distinct: key.nulls_not_distinct,
        keys: keys.collect(),
        include: key.index.include.clone(),
        predicate: None,
        options: key.index.options.clone(),
        tablespace: key.index.tablespace.clone(),
        attached_to: None,
        statistics: std::collections::BTreeMap::new(),
        table: id.relation().unwrap_or_else(|| index.table.clone()),
    };
    let plain = !key.without_overlaps && key.index.attached_to.is_none();
    plain && *index == built && object.comment.is_none() && stays(index, at)
}

/// Whether nothing is done to the table that would make the index again: it stands alone, and its columns are as they were.
fn stays(index: &Index, at: &Site) -> bool {
    let [old, new] = [at.from, at.to].map(|catalog| Table::find(catalog, &index.table));
    let (Some(old), Some(new)) = (old, new) else {
        return false;
    };
    let keys = index.keys.iter().filter_map(|key| match &key.value {
        KeyValue::Column(column) => Some(column),
        KeyValue::Expression(_) => None,
    });
    let same = |name: &String| {
        let [was, is] = [old, new].map(|table| {
            let column = table.column(name);
            column.map(|column| (&column.data_type, &column.collation, &column.generated))
        });
        was == is
    };
    let alone = |table: &Table| {
        table.inherits.is_empty()
            && table.partition_of.is_none()
            && table.partition_by.is_none()
            && table.of_type.is_none()
            && table.foreign.is_none()
    };
    alone(old) && alone(new) && keys.chain(&index.include).all(same)
}
