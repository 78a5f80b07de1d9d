//! Indexes and keys of partitions that belong to one of the partitioned table.

use super::Table;
use super::constraint::{Constraint, ConstraintRule};
use super::index::{Index, IndexKey, KeyValue};
use super::index_diff::joins_by_attaching;
use super::inheritance::{self, model};
use crate::catalog::{Catalog, Id, Object, QName};
use crate::kinds::Kind;
use crate::plan::{Alteration, Diff, Name, Site, Turn};
use crate::sql::expression_name;
use crate::sql::object_name::{IndexPurpose, choose_index_name, index_column_names};

/// Whether PostgreSQL, making the index or key of a new partition by itself, would give it another name, or none of a key; so
/// that it has to be made first.
pub(super) fn is_named_apart(id: &Id, object: &Object, partition: &Id, at: &Site) -> bool {
    if let Some(index) = model::<Index>(object) {
        return index.attached_to.is_some()
            && index.table == partition.qname()
            && !index_is_named_automatically(&id.name, index);
    }
    model::<Constraint>(object).is_some_and(|constraint| key_is_made_first(id, constraint, at.to))
}

/// Whether a partition's key has to be there before that of the whole: a plain index would give it no key.
pub(super) fn key_is_made_first(id: &Id, key: &Constraint, catalog: &Catalog) -> bool {
    let table = QName::new(&id.schema, &id.parent);
    key.attached_to().is_some_and(|whole| {
        let plain = Id::new(Kind::Index, &whole.schema, &whole.name);
        catalog.get(&plain).is_some() || !key_is_named_automatically(&id.name, &table, key)
    })
}

/// Whether partitions, which stay such, have keys behind a plain index of the whole: they go when that goes, and no other way.
pub(super) fn has_keys_behind(index: &QName, at: &Site) -> bool {
    let mut keys = at.from.of::<Constraint>();
    keys.any(|(id, key, _)| {
        key.attached_to() == Some(index)
            && !joins_by_attaching(&QName::new(&id.schema, &id.parent), at)
    })
}

/// Whether a partition, which stays one, loses what stands behind that index of the whole: PostgreSQL drops both or none.
pub(super) fn loses_a_part(index: &QName, at: &Site) -> bool {
    let indexes = at.from.of::<Index>();
    let mut indexes = indexes.filter(|(_, part, _)| part.attached_to.as_ref() == Some(index));
    let keys = at.from.of::<Constraint>();
    let mut keys = keys.filter(|(_, key, _)| key.attached_to() == Some(index));
    indexes.any(|(id, part, _)| is_lost(id, part, &part.table, at))
        || keys.any(|(id, key, _)| is_lost(id, key, &QName::new(&id.schema, &id.parent), at))
}

fn is_lost<M: Diff>(id: &Id, part: &M, table: &QName, at: &Site) -> bool {
    let replaced = |object: &Object| {
        let at = Site { id, object, ..*at };
        model::<M>(object).is_none_or(|new| part.alter(new, &at) == Alteration::Replace)
    };
    !joins_by_attaching(table, at) && at.to.get(id).is_none_or(replaced)
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

/// Keys and indexes of a table that PostgreSQL takes for one of its whole when that is made: it takes the first that is alike
/// (`DefineIndex` of `indexcmds.c`, `CompareIndexInfo` of `index.c`).
pub(super) fn is_alike(one: &Object, other: &Object) -> bool {
    if let (Some(one), Some(other)) = (model::<Index>(one), model::<Index>(other)) {
        let key = |key: &IndexKey| {
            (
                key.value.clone(),
                key.collation.clone(),
                key.operator_class.clone(),
            )
        };
        return one.method == other.method
            && (one.unique, one.nulls_not_distinct) == (other.unique, other.nulls_not_distinct)
            && one.keys.iter().map(key).eq(other.keys.iter().map(key))
            && (&one.include, &one.predicate) == (&other.include, &other.predicate);
    }
    let key = |object| match &model::<Constraint>(object)?.rule {
        ConstraintRule::PrimaryKey(key) | ConstraintRule::Unique(key) => {
            Some((&key.columns, &key.index.include, key.nulls_not_distinct))
        }
        _ => None,
    };
    key(one).is_some() && key(one) == key(other)
}

/// What comes to one of the wholes that a partition belongs to, and would take up this own index or key of it.
pub(super) fn takers<'a>(
    object: &'a Object,
    table: &QName,
    at: &'a Site,
) -> impl Iterator<Item = &'a Id> {
    let wholes = Table::find(at.to, table)
        .map(|table| inheritance::ancestors(table, at.to))
        .unwrap_or_default();
    let comes = |id: &Id, new: &Object| at.from.get(id).is_none_or(|old| old.body != new.body);
    let all = (!wholes.is_empty()).then(|| at.to.objects.iter());
    let of_whole = move |id: &Id, object: &Object| {
        let table = table_of(id, object);
        wholes.iter().any(|whole| **whole == table)
    };
    all.into_iter()
        .flatten()
        .filter(move |(id, new)| {
            id.kind == object.body.kind()
                && of_whole(id, new)
                && is_alike(object, new)
                && comes(id, new)
        })
        .map(|(id, _)| id)
}

/// What is taken up frees it when it goes, and the taker takes it when it comes.
pub(super) fn alike(taker: &Id) -> Name {
    Name::Turn(Turn::Alike, taker.qname())
}

/// The partitions' own indexes or keys that it would take up: they are made later.
pub(super) fn taken(id: &Id, object: &Object, table: &QName, at: &Site) -> Vec<Id> {
    if Table::find(at.to, table).is_none_or(|table| table.partition_by.is_none()) {
        return Vec::new();
    }
    let others = at.to.objects.iter().filter(|(other, own)| {
        other.kind == id.kind && *other != id && stands_alone(own) && is_alike(own, object)
    });
    let taken = others
        .filter(|(other, own)| takers(own, &table_of(other, own), at).any(|taker| taker == id));
    taken.map(|(other, _)| other.clone()).collect()
}

fn table_of(id: &Id, object: &Object) -> QName {
    match model::<Index>(object) {
        Some(index) => index.table.clone(),
        None => QName::new(&id.schema, &id.parent),
    }
}

fn stands_alone(object: &Object) -> bool {
    attached_to(object).is_none()
}

/// The index of the whole that an index, or that of a key, is attached to.
pub(super) fn attached_to(object: &Object) -> Option<QName> {
    let index = model::<Index>(object).and_then(|index| index.attached_to.as_ref());
    let key = model::<Constraint>(object).and_then(Constraint::attached_to);
    index.or(key).cloned()
}
