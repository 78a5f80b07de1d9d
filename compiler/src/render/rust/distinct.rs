//! How a factory keeps its rows apart: what differs from row to row in each unique key.

use std::collections::BTreeSet;

use super::samples;
use super::schema::{Relation, Schema};
use super::tables::insert;
use crate::kinds::table;
use crate::kinds::table::constraint::ForeignKey;
use crate::kinds::table::index::KeyValue;
use crate::sql::TypeName;

/// What makes each row another one.
#[derive(Default)]
pub(super) struct Distinct<'a> {
    /// The foreign keys that point at another row each time: their unique keys have nothing else that varies.
    pub own: Vec<&'a ForeignKey>,
    /// The columns that go through their few values, for the same reason.
    pub cycled: BTreeSet<String>,
    /// How many rows there can be; none where there is no such limit.
    pub most: Option<u64>,
}

/// A key that no two rows can share.
pub(super) struct UniqueKey {
    pub columns: Vec<String>,
    nulls_not_distinct: bool,
}

/// Finds what varies in each unique key of a table whose rows have these parents and arguments.
pub(super) fn distinct<'a>(
    schema: &Schema<'_>,
    relation: &Relation<'a>,
    keys: &[&'a ForeignKey],
    arguments: &[String],
) -> Distinct<'a> {
    let mut found = Distinct::default();
    let linked = |column: &String| keys.iter().any(|key| key.columns.contains(column));
    for unique in unique_keys(relation) {
        let made: Vec<_> = unique
            .columns
            .iter()
            .filter(|column| !linked(column) && !arguments.contains(column))
            .collect();
        let varies = |column: &&String| {
            let how = relation
                .table
                .column(column)
                .map(|column| insert(relation, column));
            let by_itself = how != Some(Some("default")) || is_numbered(relation, column);
            by_itself && count(schema, relation, &unique, column).is_none()
        };
        let holds_own = |key: &&ForeignKey| key.columns.iter().any(|c| unique.columns.contains(c));
        if made.iter().any(varies) || found.own.iter().any(holds_own) {
            continue;
        }
        if let Some(key) = own_parent(&unique, keys, &found.own) {
            found.own.push(key);
            continue;
        }
        // What has a default is given a value after all.
        let counts = made
            .iter()
            .map(|column| count(schema, relation, &unique, column));
        if let Some(counts) = counts.collect::<Option<Vec<_>>>() {
            let most = counts.into_iter().max().unwrap_or(1);
            found.most = Some(found.most.map_or(most, |least| least.min(most)));
        }
        found.cycled.extend(made.into_iter().cloned());
    }
    found
}

/// The foreign key that ends last in the unique key, the narrowest of several; none that shares a column with another
/// parent of which each row has its own, since both would have to agree.
fn own_parent<'a>(
    unique: &UniqueKey,
    keys: &[&'a ForeignKey],
    taken: &[&'a ForeignKey],
) -> Option<&'a ForeignKey> {
    let last = |key: &ForeignKey| unique.columns.iter().rposition(|c| key.columns.contains(c));
    let is_free = |key: &ForeignKey| {
        let mut others = taken.iter().flat_map(|other| &other.columns);
        !others.any(|column| key.columns.contains(column))
    };
    keys.iter()
        .filter(|key| last(key).is_some() && is_free(key))
        .max_by_key(|key| (last(key), std::cmp::Reverse(key.columns.len())))
        .copied()
}

/// The keys that no two rows can share.
pub(super) fn unique_keys(relation: &Relation<'_>) -> Vec<UniqueKey> {
    let constraints = relation.keys().map(|(_, key, _)| UniqueKey {
        columns: key.columns.clone(),
        nulls_not_distinct: key.nulls_not_distinct,
    });
    let whole = relation
        .indexes
        .iter()
        .filter(|(_, index)| index.unique && index.predicate.is_none());
    let indexes = whole.map(|(_, index)| UniqueKey {
        columns: index
            .keys
            .iter()
            .filter_map(|key| column_of(relation, &key.value))
            .collect(),
        nulls_not_distinct: index.nulls_not_distinct,
    });
    constraints.chain(indexes).collect()
}

/// The column, or the first that an expression is about.
fn column_of(relation: &Relation<'_>, key: &KeyValue) -> Option<String> {
    let sql = match key {
        KeyValue::Column(column) => return Some(column.clone()),
        KeyValue::Expression(sql) => sql,
    };
    let columns = crate::sql::column_refs(&sql.0);
    let named = |column: &&table::Column| {
        columns
            .iter()
            .any(|found| found.name == column.name.as_str())
    };
    let column = relation.table.columns.iter().find(named)?;
    Some(column.name.clone())
}

/// How many values a factory has for a column of a key; none where there are more than any test needs.
fn count(
    schema: &Schema<'_>,
    relation: &Relation<'_>,
    unique: &UniqueKey,
    name: &str,
) -> Option<u64> {
    let Some(column) = relation.table.column(name) else {
        return Some(1);
    };
    match insert(relation, column) {
        Some("default") if numbered_by_the_database(column) => None,
        Some("required" | "default") => count_made(schema, relation, column),
        // Null is never equal to null.
        Some("nullable") if !unique.nulls_not_distinct => None,
        None if column.identity.is_some() => None,
        _ => Some(1),
    }
}

fn count_made(schema: &Schema<'_>, relation: &Relation<'_>, column: &table::Column) -> Option<u64> {
    let Some(make) = samples::make(schema, relation, column, true) else {
        return Some(1);
    };
    let number = |at: usize| make.numbers.get(at).copied().unwrap_or_default();
    let count = match make.call {
        "label" | "one_of" => u64::try_from(make.items.len()).unwrap_or(u64::MAX),
        "pattern" if make.text.contains('{') => u64::MAX,
        "integer" => number(1).abs_diff(number(0)).saturating_add(1),
        "numeric" => u64::pow(10, u32::try_from(number(0).clamp(0, 18)).unwrap_or(0)),
        "text" => u64::pow(36, u32::try_from(number(1).clamp(0, 11)).unwrap_or(0)),
        "make" => count_of_type(&column.data_type),
        _ => 1,
    };
    (count < MANY).then_some(count)
}

fn count_of_type(data_type: &str) -> u64 {
    let name = TypeName::parse(data_type)
        .map(|ty| ty.name)
        .unwrap_or_default();
    match name.as_str() {
        "bool" => 2,
        "char" => 127,
        "json" | "jsonb" | "hstore" | "varbit" => 1,
        _ => u64::MAX,
    }
}

fn is_numbered(relation: &Relation<'_>, name: &str) -> bool {
    let column = relation.table.column(name);
    column.is_some_and(numbered_by_the_database)
}

/// More rows than a test makes.
const MANY: u64 = 1000;

/// Whether the default is another one for each row.
fn numbered_by_the_database(column: &table::Column) -> bool {
    let varies = |sql: &str| {
        ["nextval", "uuid", "random"]
            .iter()
            .any(|word| sql.contains(word))
    };
    column.identity.is_some() || column.default.as_ref().is_some_and(|sql| varies(&sql.0))
}
