//! The keys and indexes that partitions have because their parent has them.

use std::collections::BTreeMap;

use crate::catalog::{Id, Object, QName};
use crate::kinds::table::Table;
use crate::kinds::table::constraint::{Constraint, ConstraintRule, KeyIndex};
use crate::kinds::table::index::{Index, IndexKey, KeyValue};
use crate::kinds::table::read::shorthand::taken;
use crate::kinds::{Kind, Model};
use crate::spec::reader::Reader;
use crate::sql::object_name::{self, IndexPurpose};
use crate::sql::{self};

/// Gives every partition the parts of its parent's keys and indexes, parents before their partitions' own partitions.
pub fn keys_and_indexes(reader: &mut Reader<'_>) {
    let mut by_parent: BTreeMap<QName, Vec<QName>> = BTreeMap::new();
    for (id, table, _) in reader.spec.catalog.of::<Table>() {
        // A foreign table has none.
        if let (Some(of), None) = (&table.partition_of, &table.foreign) {
            by_parent
                .entry(of.parent.clone())
                .or_default()
                .push(id.qname());
        }
    }
    let is_partition = |name: &QName| by_parent.values().flatten().any(|child| child == name);
    let mut next: Vec<QName> = by_parent
        .keys()
        .filter(|name| !is_partition(name))
        .cloned()
        .collect();
    let mut indexes = by_table(reader);
    while let Some(parent) = next.pop() {
        for child in by_parent.get(&parent).into_iter().flatten() {
            attach_keys(reader, &parent, child);
            attach_indexes(reader, &parent, child, &mut indexes);
            next.push(child.clone());
        }
    }
}

fn attach_keys(reader: &mut Reader<'_>, parent: &QName, child: &QName) {
    let keys: Vec<(Id, Constraint)> =
        super::foreign_keys::constraints(&reader.spec.catalog, parent)
            .filter(|(_, constraint)| key_index(&constraint.rule).is_some())
            .map(|(id, constraint)| (id.clone(), constraint.clone()))
            .collect();
    for (id, constraint) in keys {
        let index = QName::new(&parent.schema, &id.name);
        match said_key(reader, child, &constraint, &index) {
            Some(said) => complete_key(reader, &said, &constraint, &index),
            None => add_key(reader, child, &id, constraint, index),
        }
    }
}

/// The child's own constraint that is the part of the parent's: it says so, or it is the primary key.
fn said_key(reader: &Reader<'_>, child: &QName, parent: &Constraint, index: &QName) -> Option<Id> {
    let primary = matches!(parent.rule, ConstraintRule::PrimaryKey(_));
    let mut own = super::foreign_keys::constraints(&reader.spec.catalog, child);
    let found = own.find(|(_, constraint)| {
        let attached = key_index(&constraint.rule).and_then(|key| key.attached_to.as_ref());
        attached == Some(index)
            || primary && matches!(constraint.rule, ConstraintRule::PrimaryKey(_))
    });
    found.map(|(id, _)| id.clone())
}

/// Fills in what the child's own form leaves to the parent: the columns.
fn complete_key(reader: &mut Reader<'_>, id: &Id, parent: &Constraint, index: &QName) {
    let object = reader.spec.catalog.objects.get_mut(id);
    let Some(own) = object.and_then(|object| Constraint::from_body_mut(&mut object.body)) else {
        return;
    };
    let unsaid = key_columns(&own.rule).is_empty();
    let said = key_index(&own.rule).cloned().unwrap_or_default();
    if unsaid {
        own.rule = parent.rule.clone();
    }
    own.deferrable = parent.deferrable;
    own.initially_deferred = parent.initially_deferred;
    own.inherited = true;
    if let Some(key) = key_index_mut(&mut own.rule) {
        key.options = said.options;
        key.tablespace = said.tablespace;
        key.comment = said.comment;
        key.attached_to = Some(index.clone());
    }
}

fn add_key(reader: &mut Reader<'_>, child: &QName, of: &Id, constraint: Constraint, index: QName) {
    let mut own = constraint;
    let purpose = match own.rule {
        ConstraintRule::PrimaryKey(_) => IndexPurpose::PrimaryKey,
        ConstraintRule::Unique(_) => IndexPurpose::Unique,
        _ => IndexPurpose::Exclusion,
    };
    let columns = index_columns(&own.rule);
    let name = object_name::choose_index_name(&child.name, &columns, purpose, |name| {
        taken(reader, child, name)
    });
    own.inherited = true;
    if let Some(key) = key_index_mut(&mut own.rule) {
        key.attached_to = Some(index);
        key.comment = None;
    }
    let id = Id::part(Kind::Constraint, child, name);
    reader.derive(of, &id, Object::new(own));
}

/// The indexes of each table.
type Indexes = BTreeMap<QName, Vec<Id>>;

fn by_table(reader: &Reader<'_>) -> Indexes {
    let mut indexes = Indexes::new();
    for (id, index, _) in reader.spec.catalog.of::<Index>() {
        indexes
            .entry(index.table.clone())
            .or_default()
            .push(id.clone());
    }
    indexes
}

fn attach_indexes(reader: &mut Reader<'_>, parent: &QName, child: &QName, indexes: &mut Indexes) {
    let own = of_table(reader, child, indexes);
    for (id, index) in of_table(reader, parent, indexes) {
        if has_key_behind(reader, child, &id.qname()) {
            continue;
        }
        let attached = own
            .iter()
            .find(|(_, own)| own.attached_to.as_ref() == Some(&id.qname()));
        match attached {
            Some((own, said)) if said.keys.is_empty() => complete_index(reader, own, &index),
            Some(_) => {}
            None => {
                let added = add_index(reader, child, &id, index);
                indexes.entry(child.clone()).or_default().push(added);
            }
        }
    }
}

/// Whether a key of the partition's own serves as the part of the parent's index.
fn has_key_behind(reader: &Reader<'_>, child: &QName, index: &QName) -> bool {
    let mut keys = super::foreign_keys::constraints(&reader.spec.catalog, child);
    keys.any(|(_, key)| {
        key_index(&key.rule).and_then(|key| key.attached_to.as_ref()) == Some(index)
    })
}

fn of_table(reader: &Reader<'_>, table: &QName, indexes: &Indexes) -> Vec<(Id, Index)> {
    let all = indexes.get(table).into_iter().flatten();
    all.filter_map(|id| {
        let index = Index::from_body(&reader.spec.catalog.get(id)?.body)?;
        Some((id.clone(), index.clone()))
    })
    .collect()
}

fn complete_index(reader: &mut Reader<'_>, id: &Id, parent: &Index) {
    let object = reader.spec.catalog.objects.get_mut(id);
    if let Some(own) = object.and_then(|object| Index::from_body_mut(&mut object.body)) {
        *own = Index {
            table: own.table.clone(),
            attached_to: own.attached_to.clone(),
            options: own.options.clone(),
            tablespace: own.tablespace.clone(),
            statistics: own.statistics.clone(),
            ..parent.clone()
        };
    }
}

fn add_index(reader: &mut Reader<'_>, child: &QName, of: &Id, index: Index) -> Id {
    let columns = names_of(&index.keys, &index.include);
    let name = object_name::choose_index_name(&child.name, &columns, IndexPurpose::Plain, |n| {
        taken(reader, child, n)
    });
    let own = Index {
        table: child.clone(),
        attached_to: Some(of.qname()),
        statistics: BTreeMap::new(),
        ..index
    };
    let id = Id::new(Kind::Index, &child.schema, name);
    reader.derive(of, &id, Object::new(own));
    id
}

/// The names that the attributes of an index have.
pub fn names_of(keys: &[IndexKey], include: &[String]) -> Vec<String> {
    let expressions: Vec<Option<String>> = keys
        .iter()
        .map(|key| match &key.value {
            KeyValue::Column(name) => Some(name.clone()),
            KeyValue::Expression(expression) => sql::expression_name(&expression.0),
        })
        .chain(include.iter().cloned().map(Some))
        .collect();
    object_name::index_column_names(expressions.iter().map(Option::as_deref))
}

/// The names that the attributes of a key's index have.
pub fn index_columns(rule: &ConstraintRule) -> Vec<String> {
    match rule {
        ConstraintRule::Unique(key) => [key.columns.clone(), key.index.include.clone()].concat(),
        ConstraintRule::Exclusion(exclusion) => {
            let keys: Vec<IndexKey> = exclusion
                .elements
                .iter()
                .map(|element| element.key.clone())
                .collect();
            names_of(&keys, &exclusion.index.include)
        }
        _ => Vec::new(),
    }
}

fn key_columns(rule: &ConstraintRule) -> &[String] {
    match rule {
        ConstraintRule::PrimaryKey(key) | ConstraintRule::Unique(key) => &key.columns,
        _ => &[],
    }
}

/// What is said of the index behind a constraint.
pub fn key_index(rule: &ConstraintRule) -> Option<&KeyIndex> {
    match rule {
        ConstraintRule::PrimaryKey(key) | ConstraintRule::Unique(key) => Some(&key.index),
        ConstraintRule::Exclusion(exclusion) => Some(&exclusion.index),
        _ => None,
    }
}

/// The same, to be changed.
pub fn key_index_mut(rule: &mut ConstraintRule) -> Option<&mut KeyIndex> {
    match rule {
        ConstraintRule::PrimaryKey(key) | ConstraintRule::Unique(key) => Some(&mut key.index),
        ConstraintRule::Exclusion(exclusion) => Some(&mut exclusion.index),
        _ => None,
    }
}
