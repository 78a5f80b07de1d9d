//! Access paths: the methods that an index stands behind, and no others.

use std::collections::BTreeSet;

use super::context::{Find, List, Param, Upsert};
use super::demands::Demands;
use super::names::Taken;
use super::schema::{Relation, Schema};
use crate::kinds::Sql;
use crate::kinds::table::constraint::ForeignKey;
use crate::kinds::table::index::{Index, IndexKey, KeyValue};
use crate::spec::hints::Role;
use crate::sql::{TypeCategory, TypeName, same_text};
use crate::templates::names::{shouty, snake_part};

/// The access paths of one table.
#[derive(Debug, Default)]
pub(super) struct Paths {
    pub finds: Vec<Find>,
    pub lists: Vec<List>,
    pub upserts: Vec<Upsert>,
}

/// An index as far as lookups by equality and order can use it.
#[derive(Clone, Debug)]
struct Path<'a> {
    index: &'a str,
    keys: Vec<PathKey<'a>>,
    unique: bool,
    /// Usable for `on conflict`.
    arbiter: bool,
    predicate: Option<&'a Sql>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct PathKey<'a> {
    column: &'a str,
    /// The index is on `lower(column)`.
    lower: bool,
    descending: bool,
}

impl<'a> Path<'a> {
    /// The keys but those that the index's condition leaves one value, of which there is nothing to ask.
    fn asked(&self) -> Vec<PathKey<'a>> {
        let fixes = |key: &PathKey<'_>| {
            self.predicate
                .is_some_and(|condition| Demands::fix(&condition.0, key.column))
        };
        let keys = self.keys.iter().filter(|key| !fixes(key));
        keys.cloned().collect()
    }
}

/// Finds the access paths of a table.
pub(super) fn paths(schema: &Schema<'_>, relation: &Relation<'_>) -> Paths {
    let mut builder = Builder {
        schema,
        relation,
        methods: Taken::reserved(METHODS),
        found: Paths::default(),
    };
    let paths = index_paths(relation);
    for path in paths.iter().filter(|path| path.unique) {
        builder.unique(path);
    }
    for path in paths.iter().filter(|path| !path.unique) {
        builder.list_of_index(path);
    }
    for (_, key) in relation.foreign_keys() {
        builder.list_of_foreign_key(key, &paths);
    }
    builder.found
}

/// A parameter for a column.
pub(super) fn param(schema: &Schema<'_>, relation: &Relation<'_>, column: &str) -> Param {
    let ty = relation
        .table
        .column(column)
        .map(|column| schema.column_type(relation, column))
        .unwrap_or_default();
    let given = match ty.name.as_str() {
        _ if ty.traits.copy => ty.name.clone(),
        "String" => "&str".to_owned(),
        "Vec<u8>" => "&[u8]".to_owned(),
        name => format!("&{name}"),
    };
    Param {
        column: column.to_owned(),
        field: relation.field(column).to_owned(),
        reference: !ty.traits.copy,
        rust: ty.name,
        given,
        lower: false,
    }
}

/// Methods that every port has, and words that their bodies use.
const METHODS: &[&str] = &[
    "get",
    "insert",
    "insert_many",
    "update",
    "delete",
    "exists",
    "count",
    "stream",
    "new",
];

struct Builder<'s, 'a> {
    schema: &'s Schema<'a>,
    relation: &'s Relation<'a>,
    methods: Taken,
    found: Paths,
}

impl Builder<'_, '_> {
    fn unique(&mut self, path: &Path<'_>) {
        let columns: Vec<_> = path.keys.iter().map(|key| key.column).collect();
        let is_primary = path.predicate.is_none()
            && self
                .relation
                .primary_key()
                .is_some_and(|key| key.columns == columns);
        if self.is_primary_and_more(&columns) {
            return;
        }
        let predicate = self.predicate(path);
        let what = if predicate.is_some() {
            self.purpose(path.index)
        } else {
            format!("by_{}", joined(&columns))
        };
        if !is_primary {
            let name = self.methods.give(&format!("find_{what}"));
            let constant = shouty(&name);
            let index = path.index.to_owned();
            self.found.finds.push(Find {
                name,
                constant,
                params: self.params(&path.asked()),
                predicate: predicate.cloned(),
                condition: condition(predicate),
                index,
            });
        }
        let keep = self.kept_by_upsert(&columns);
        if path.arbiter && columns.iter().all(|column| self.can_be_given(column)) {
            let name = self.methods.give(&format!("upsert_{what}"));
            let constant = shouty(&name);
            self.found.upserts.push(Upsert {
                name,
                constant,
                key: self.params(&path.keys),
                predicate: path.predicate.cloned(),
                keep,
            });
        }
    }

    /// A key that holds the primary key and more is there for foreign keys to point at.
    fn is_primary_and_more(&self, columns: &[&str]) -> bool {
        let primary = self
            .relation
            .primary_key()
            .map_or(&[][..], |key| &key.columns);
        let holds = primary
            .iter()
            .all(|column| columns.contains(&column.as_str()));
        !primary.is_empty() && holds && columns.len() > primary.len()
    }

    /// The key, and the primary key, which other rows may refer to.
    fn kept_by_upsert(&self, columns: &[&str]) -> Vec<String> {
        let primary = self
            .relation
            .primary_key()
            .map_or(&[][..], |key| &key.columns);
        let others = primary
            .iter()
            .filter(|column| !columns.contains(&column.as_str()));
        columns
            .iter()
            .map(|column| (*column).to_owned())
            .chain(others.cloned())
            .collect()
    }

    /// Equality on the leading columns; trailing dates and times that are never null give the order.
    fn list_of_index(&mut self, path: &Path<'_>) {
        let keys = path.asked();
        let trailing = keys.iter().rev().take_while(|key| self.orders(key)).count();
        let (equal, order) = keys.split_at(keys.len() - trailing);
        let order = same_direction(order);
        let predicate = self.predicate(path).cloned();
        let columns: Vec<_> = equal.iter().map(|key| key.column).collect();
        let name = match (&predicate, columns.is_empty(), order.is_empty()) {
            (_, true, true) => return,
            (Some(_), ..) => format!("list_{}", self.purpose(path.index)),
            (None, true, false) => format!(
                "list_in_order_of_{}",
                joined(&order.iter().map(|key| key.column).collect::<Vec<_>>())
            ),
            (None, false, _) => format!("list_by_{}", joined(&columns)),
        };
        self.list(&name, equal, order, predicate, path.index);
    }

    /// A foreign key whose columns lead an index, unless a list by just these columns is there.
    fn list_of_foreign_key(&mut self, key: &ForeignKey, paths: &[Path<'_>]) {
        let wanted: BTreeSet<&str> = key.columns.iter().map(String::as_str).collect();
        let usable = paths
            .iter()
            .filter(|path| path.predicate.is_none() && leads(path, &wanted));
        let Some(path) = usable.min_by_key(|path| path.keys.len()) else {
            return;
        };
        let (equal, rest) = path.keys.split_at(wanted.len());
        if path.unique && rest.is_empty() {
            return;
        }
        let order = if rest.iter().all(|key| self.orders(key)) {
            same_direction(rest)
        } else {
            &[]
        };
        let columns: Vec<_> = key.columns.iter().map(String::as_str).collect();
        self.list(
            &format!("list_by_{}", joined(&columns)),
            equal,
            order,
            None,
            path.index,
        );
    }

    fn list(
        &mut self,
        name: &str,
        equal: &[PathKey<'_>],
        order: &[PathKey<'_>],
        predicate: Option<Sql>,
        index: &str,
    ) {
        let params = self.params(equal);
        let same = |list: &List| {
            let (a, b): (BTreeSet<_>, BTreeSet<_>) =
                (columns_of(&list.params), columns_of(&params));
            a == b && list.predicate == predicate
        };
        if self.found.lists.iter().any(same) {
            return;
        }
        let mut continued = self.params(order);
        let primary = self
            .relation
            .primary_key()
            .map_or(&[][..], |key| &key.columns);
        let rest = primary
            .iter()
            .filter(|column| !columns_of(&params).contains(column.as_str()));
        for column in rest
            .filter(|column| !columns_of(&continued).contains(column.as_str()))
            .cloned()
            .collect::<Vec<_>>()
        {
            continued.push(param(self.schema, self.relation, &column));
        }
        // Without a key there is no place to go on from.
        if primary.is_empty() || continued.is_empty() {
            return;
        }
        let name = self.methods.give(name);
        let constant = shouty(&name);
        let descending = order.first().is_some_and(|key| key.descending);
        let (index, condition) = (index.to_owned(), condition(predicate.as_ref()));
        self.found.lists.push(List {
            name,
            constant,
            params,
            order: continued,
            descending,
            predicate,
            condition,
            index,
        });
    }

    fn params(&self, keys: &[PathKey<'_>]) -> Vec<Param> {
        let one = |key: &PathKey<'_>| Param {
            lower: key.lower,
            ..param(self.schema, self.relation, key.column)
        };
        keys.iter().map(one).collect()
    }

    fn orders(&self, key: &PathKey<'_>) -> bool {
        let column = self.relation.table.column(key.column);
        let ty = column.and_then(|column| TypeName::parse(&column.data_type).ok());
        let temporal = ty.is_some_and(|ty| {
            !ty.array
                && ty
                    .builtin()
                    .is_some_and(|builtin| builtin.category == TypeCategory::DateTime)
        });
        temporal && !key.lower && self.relation.is_not_null(key.column)
    }

    /// The index's condition, unless every method has it anyway.
    fn predicate<'p>(&self, path: &Path<'p>) -> Option<&'p Sql> {
        let hides = |sql: &&Sql| {
            let soft = self.relation.role(Role::SoftDelete);
            !soft.is_some_and(|column| {
                same_text(
                    &sql.0,
                    &format!("{} is null", crate::sql::quote_ident(&column.name)),
                )
            })
        };
        path.predicate.filter(hides)
    }

    /// What a partial index is for, by its name: `tasks_open_idx` of `tasks` → `open`.
    fn purpose(&self, index: &str) -> String {
        let table = self.relation.id.name.as_str();
        let name = index.strip_prefix(table).unwrap_or(index);
        let name = ["_idx", "_index", "_key", "_uniq"]
            .iter()
            .find_map(|end| name.strip_suffix(end))
            .unwrap_or(name);
        let name = name.trim_matches('_');
        snake_part(if name.is_empty() { index } else { name })
    }

    fn can_be_given(&self, column: &str) -> bool {
        self.relation
            .table
            .column(column)
            .is_some_and(super::tables::can_be_given)
    }
}

fn condition(predicate: Option<&Sql>) -> String {
    predicate
        .map(|sql| sql.0.split_whitespace().collect::<Vec<_>>().join(" "))
        .unwrap_or_default()
}

fn columns_of(params: &[Param]) -> BTreeSet<&str> {
    params.iter().map(|param| param.column.as_str()).collect()
}

fn joined(columns: &[&str]) -> String {
    columns
        .iter()
        .map(|column| snake_part(column))
        .collect::<Vec<_>>()
        .join("_and_")
}

fn leads(path: &Path<'_>, columns: &BTreeSet<&str>) -> bool {
    let first = path.keys.get(..columns.len()).unwrap_or_default();
    let first_columns: BTreeSet<_> = first
        .iter()
        .filter(|key| !key.lower)
        .map(|key| key.column)
        .collect();
    !columns.is_empty() && first_columns == *columns
}

/// As many as go in the direction of the first: a row comparison has only one.
fn same_direction<'k, 'a>(keys: &'k [PathKey<'a>]) -> &'k [PathKey<'a>] {
    let first = keys.first().is_some_and(|key| key.descending);
    let count = keys
        .iter()
        .take_while(|key| key.descending == first)
        .count();
    keys.get(..count).unwrap_or_default()
}

fn index_paths<'a>(relation: &Relation<'a>) -> Vec<Path<'a>> {
    let plain = |column: &'a String| PathKey {
        column,
        lower: false,
        descending: false,
    };
    let of_constraint = relation
        .keys()
        .filter(|(_, key, _)| !key.without_overlaps)
        .map(|(name, key, deferrable)| Path {
            index: name,
            keys: key.columns.iter().map(plain).collect(),
            unique: true,
            arbiter: !deferrable,
            predicate: None,
        });
    let of_index = relation
        .indexes
        .iter()
        .filter_map(|(name, index)| index_path(relation, name, index));
    of_constraint.chain(of_index).collect()
}

fn index_path<'a>(relation: &Relation<'a>, name: &'a str, index: &'a Index) -> Option<Path<'a>> {
    let usable = index.method == "btree" || (index.method == "hash" && index.keys.len() == 1);
    let keys: Option<Vec<_>> = index
        .keys
        .iter()
        .map(|key| path_key(relation, key))
        .collect();
    Some(Path {
        index: name,
        keys: keys.filter(|_| usable)?,
        unique: index.unique,
        arbiter: index.unique,
        predicate: index.predicate.as_ref(),
    })
}

/// A column, or `lower(column)`; other expressions, collations and operator classes serve other comparisons.
fn path_key<'a>(relation: &Relation<'a>, key: &'a IndexKey) -> Option<PathKey<'a>> {
    if key.operator_class.is_some() || key.collation.is_some() || key.nulls_first.is_some() {
        return None;
    }
    let (column, lower) = match &key.value {
        KeyValue::Column(column) => (column.as_str(), false),
        KeyValue::Expression(expression) => {
            let lowered = |column: &&crate::kinds::table::Column| {
                let name = crate::sql::quote_ident(&column.name);
                let text = format!("lower({name})");
                same_text(&expression.0, &text)
                    || same_text(&expression.0, &format!("lower({name}::text)"))
                    || same_text(&expression.0, &format!("lower(({name})::text)"))
            };
            (
                relation.table.columns.iter().find(lowered)?.name.as_str(),
                true,
            )
        }
    };
    Some(PathKey {
        column,
        lower,
        descending: key.descending,
    })
}
