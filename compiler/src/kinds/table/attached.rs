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

/// Whether PostgreSQL, making the index or key of a new partition by itself, would make another of it; so that it has to be made
/// first.
pub(super) fn is_named_apart(id: &Id, object: &Object, partition: &Id, at: &Site) -> bool {
    if let Some(index) = model::<Index>(object) {
        return index.table == partition.qname() && index_is_made_first(id, index, at.to);
    }
    model::<Constraint>(object).is_some_and(|constraint| key_is_made_first(id, constraint, at.to))
}

/// Whether a partition's index has to be there before that of the whole, with which one of another name or otherwise stored
/// would come.
pub(super) fn index_is_made_first(id: &Id, index: &Index, catalog: &Catalog) -> bool {
    index.attached_to.as_ref().is_some_and(|whole| {
        let whole = catalog.get(&Id::new(Kind::Index, &whole.schema, &whole.name));
        let whole = whole.and_then(model::<Index>);
        let otherwise = |whole: &Index| {
            (&whole.options, &whole.tablespace) != (&index.options, &index.tablespace)
        };
        whole.is_some_and(otherwise) || !index_is_named_automatically(&id.name, index)
    })
}

/// The same for a partition's key; a plain index of the whole would give it no key.
pub(super) fn key_is_made_first(id: &Id, key: &Constraint, catalog: &Catalog) -> bool {
    let table = QName::new(&id.schema, &id.parent);
    let stored = |key: &Constraint| {
        let index = key.key_index()?;
        Some((index.options.clone(), index.tablespace.clone()))
    };
    let key_of_whole = |index: &QName| {
        let part = Table::find(catalog, &table)?.partition_of.as_ref()?;
        let whole = Id::part(Kind::Constraint, &part.parent, &index.name);
        catalog.get(&whole).and_then(model::<Constraint>)
    };
    key.attached_to().is_some_and(|index| {
        key_of_whole(index).is_none_or(|whole| stored(whole) != stored(key))
            || !key_is_named_automatically(&id.name, &table, key)
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

/// Whether PostgreSQL takes an index or key of a partition for that one of its whole, of which a key wants a key: it takes the
/// first that is alike (`DefineIndex` of `indexcmds.c`, `CompareIndexInfo` of `index.c`).
fn is_alike(one: &Object, other: &Object) -> bool {
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
    match (key_of(one), key_of(other), model::<Index>(other)) {
        (Some(one), Some(other), _) => one == other,
        (Some(key), None, Some(index)) => is_plain(index, key),
        _ => false,
    }
}

/// The columns of a primary key or unique constraint, its `INCLUDE` and its `NULLS NOT DISTINCT`.
type KeyOf<'a> = (&'a [String], &'a [String], bool);

fn key_of(object: &Object) -> Option<KeyOf<'_>> {
    match &model::<Constraint>(object)?.rule {
        ConstraintRule::PrimaryKey(key) | ConstraintRule::Unique(key) => {
            Some((&key.columns, &key.index.include, key.nulls_not_distinct))
        }
        _ => None,
    }
}

/// Whether an index is as that behind a key would be.
fn is_plain(index: &Index, (columns, include, nulls_not_distinct): KeyOf<'_>) -> bool {
    let plain = |key: &IndexKey, column: &String| {
        matches!(&key.value, KeyValue::Column(name) if name == column)
            && (&key.collation, &key.operator_class) == (&None, &None)
    };
    index.unique
        && index.method == "btree"
        && index.predicate.is_none()
        && index.nulls_not_distinct == nulls_not_distinct
        && index.include == include
        && index.keys.len() == columns.len()
        && index
            .keys
            .iter()
            .zip(columns)
            .all(|(key, column)| plain(key, column))
}

/// What would take up this own index or key of a partition: what comes to one of the wholes that it belongs to, and all that
/// they have when it is attached.
pub(super) fn takers<'a>(
    object: &'a Object,
    table: &QName,
    at: &'a Site,
) -> impl Iterator<Item = &'a Id> {
    let wholes = Table::find(at.to, table)
        .map(|table| inheritance::ancestors(table, at.to))
        .unwrap_or_default();
    let attached = !wholes.is_empty() && is_being_attached(table, at);
    let comes = move |id: &Id, new: &Object| {
        attached || at.from.get(id).is_none_or(|old| old.body != new.body)
    };
    let all = (!wholes.is_empty()).then(|| at.to.objects.iter());
    let of_whole = move |id: &Id, object: &Object| {
        let table = table_of(id, object);
        wholes.iter().any(|whole| **whole == table)
    };
    all.into_iter()
        .flatten()
        .filter(move |(id, new)| {
            matches!(id.kind, Kind::Index | Kind::Constraint)
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
    let all = at.to.objects.iter();
    let others =
        all.filter(|(other, own)| *other != id && stands_alone(own) && is_alike(own, object));
    let taken = others
        .filter(|(other, own)| takers(own, &table_of(other, own), at).any(|taker| taker == id));
    taken.map(|(other, _)| other.clone()).collect()
}

/// The own indexes and keys of a partition that would be taken up for its whole's when it is attached
/// (`AttachPartitionEnsureIndexes` of `tablecmds.c`): what goes has gone by then, and what stays or comes is made later.
pub(super) fn taken_by_attaching(at: &Site) -> Vec<Id> {
    let table = at.id.qname();
    if !is_being_attached(&table, at) {
        return Vec::new();
    }
    let own = |(id, object): &(&Id, &Object)| {
        matches!(id.kind, Kind::Index | Kind::Constraint)
            && table_of(id, object) == table
            && stands_alone(object)
            && at.to.get(id).is_none_or(stands_alone)
            && takers(object, &table, at).next().is_some()
    };
    let all = at.from.objects.iter().chain(&at.to.objects);
    all.filter(own).map(|(id, _)| id.clone()).collect()
}

/// Whether a table becomes a partition by `ATTACH PARTITION`.
fn is_being_attached(table: &QName, at: &Site) -> bool {
    let id = inheritance::table_id(table);
    let found = at.to.get(&id).filter(|_| joins_by_attaching(table, at));
    let joins = |object: &Object| {
        let new = model::<Table>(object)?;
        let part = new.partition_of.as_ref()?;
        let site = Site {
            id: &id,
            object,
            ..*at
        };
        Some(at.from.get(&id).is_some() || inheritance::is_attached(new, part, &site))
    };
    found.and_then(joins).unwrap_or_default()
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
