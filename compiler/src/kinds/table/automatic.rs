//! What PostgreSQL makes by itself on partitions.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Id, QName};
use crate::kinds::table::constraint::{Constraint, ConstraintRule, KeyIndex};
use crate::kinds::table::index::{Index, IndexKey, KeyValue};
use crate::kinds::{Body, Kind};
use crate::sql::expression_name;
use crate::sql::object_name::{IndexPurpose, choose_index_name, index_column_names};

/// Takes the indexes and keys of partitions out of the catalog that an index or key of the partitioned table makes by
/// itself: attached to it, with the name that PostgreSQL chooses, and nothing said beside.
pub(super) fn drop_automatic(catalog: &mut Catalog) {
    let automatic: BTreeSet<Id> = catalog
        .objects
        .iter()
        .filter(|(_, object)| object.comment.is_none())
        .filter(|(id, object)| {
            automatic_name(catalog, id, &object.body).is_some_and(|name| name == id.name)
        })
        .map(|(id, _)| id.clone())
        .collect();
    catalog.objects.retain(|id, _| !automatic.contains(id));
    catalog.depends.retain(|id, _| !automatic.contains(id));
    for dependencies in catalog.depends.values_mut() {
        dependencies.retain(|dependency| !automatic.contains(&dependency.on));
    }
}

fn automatic_name(catalog: &Catalog, id: &Id, body: &Body) -> Option<String> {
    match body {
        Body::Index(index) => index_name(catalog, index),
        Body::Constraint(constraint) => key_name(catalog, id, constraint),
        _ => None,
    }
}

fn index_name(catalog: &Catalog, index: &Index) -> Option<String> {
    let parent = catalog.get(&Id::new(
        Kind::Index,
        &index.attached_to.as_ref()?.schema,
        &index.attached_to.as_ref()?.name,
    ))?;
    let Body::Index(parent) = &parent.body else {
        return None;
    };
    let same = Index {
        table: parent.table.clone(),
        attached_to: parent.attached_to.clone(),
        ..index.clone()
    };
    let purpose = IndexPurpose::Plain;
    let columns = columns(&index.keys, &index.include);
    (same == *parent).then(|| choose_index_name(&index.table.name, &columns, purpose, |_| false))
}

fn key_name(catalog: &Catalog, id: &Id, constraint: &Constraint) -> Option<String> {
    let index = key_index(&constraint.rule)?;
    let parent = parent_key(catalog, id, index.attached_to.as_ref()?)?;
    let mut same = constraint.clone();
    key_index_mut(&mut same.rule)?
        .attached_to
        .clone_from(&key_index(&parent.rule)?.attached_to);
    same.inherited = parent.inherited;
    if same != *parent {
        return None;
    }
    let (purpose, columns) = match &constraint.rule {
        ConstraintRule::PrimaryKey(_) => (IndexPurpose::PrimaryKey, Vec::new()),
        ConstraintRule::Unique(key) => (
            IndexPurpose::Unique,
            [key.columns.clone(), index.include.clone()].concat(),
        ),
        ConstraintRule::Exclusion(exclusion) => {
            let keys: Vec<_> = exclusion
                .elements
                .iter()
                .map(|element| element.key.clone())
                .collect();
            (IndexPurpose::Exclusion, columns(&keys, &index.include))
        }
        _ => return None,
    };
    Some(choose_index_name(&id.parent, &columns, purpose, |_| false))
}

/// The key of the partitioned table whose index has that name.
fn parent_key<'a>(catalog: &'a Catalog, id: &Id, index: &QName) -> Option<&'a Constraint> {
    let table = catalog.get(&Id::new(Kind::Table, &id.schema, &id.parent))?;
    let Body::Table(table) = &table.body else {
        return None;
    };
    let parent = &table.partition_of.as_ref()?.parent;
    let object = catalog.get(&Id::part(Kind::Constraint, parent, &index.name))?;
    match &object.body {
        Body::Constraint(constraint) => Some(constraint),
        _ => None,
    }
}

fn columns(keys: &[IndexKey], include: &[String]) -> Vec<String> {
    let of_keys = keys.iter().map(|key| match &key.value {
        KeyValue::Column(name) => Some(name.clone()),
        KeyValue::Expression(expression) => expression_name(&expression.0),
    });
    let names: Vec<_> = of_keys.chain(include.iter().cloned().map(Some)).collect();
    index_column_names(names.iter().map(Option::as_deref))
}

fn key_index(rule: &ConstraintRule) -> Option<&KeyIndex> {
    match rule {
        ConstraintRule::PrimaryKey(key) | ConstraintRule::Unique(key) => Some(&key.index),
        ConstraintRule::Exclusion(exclusion) => Some(&exclusion.index),
        _ => None,
    }
}

fn key_index_mut(rule: &mut ConstraintRule) -> Option<&mut KeyIndex> {
    match rule {
        ConstraintRule::PrimaryKey(key) | ConstraintRule::Unique(key) => Some(&mut key.index),
        ConstraintRule::Exclusion(exclusion) => Some(&mut exclusion.index),
        _ => None,
    }
}
