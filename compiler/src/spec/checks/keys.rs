//! The columns of primary keys, unique and exclusion constraints and indexes.

use super::facts::Facts;
use super::relations::owner;
use crate::catalog::{Id, QName};
use crate::diagnostics::Diagnostic;
use crate::kinds::table::Table;
use crate::kinds::table::constraint::{Constraint, ConstraintRule, Key};
use crate::kinds::table::index::{Index, IndexKey, KeyValue};
use crate::spec::value::Value;

/// Checks every key and index that is said.
pub fn check(facts: &Facts<'_, '_>, found: &mut Vec<Diagnostic>) {
    for (id, constraint, _) in facts
        .catalog
        .of::<Constraint>()
        .filter(|(id, _, _)| facts.is_written(id))
    {
        let Some((relation, table)) = owner(facts, id) else {
            continue;
        };
        let at = At {
            facts,
            id,
            relation: &relation,
            table,
        };
        match &constraint.rule {
            ConstraintRule::PrimaryKey(key) => primary_key(&at, key, found),
            ConstraintRule::Unique(key) => key_columns(&at, key, found),
            ConstraintRule::Exclusion(exclusion) => {
                let keys = exclusion.elements.iter().map(|element| &element.key);
                at.keys(keys, "elements", found);
                at.columns(&exclusion.index.include, "include", found);
            }
            ConstraintRule::ForeignKey(_) | ConstraintRule::Check(_) => {}
        }
    }
    for (id, index, _) in facts
        .catalog
        .of::<Index>()
        .filter(|(id, _, _)| facts.is_written(id))
    {
        if let Some(table) = facts.table(&index.table) {
            let at = At {
                facts,
                id,
                relation: &index.table,
                table,
            };
            at.keys(index.keys.iter(), "columns", found);
            at.columns(&index.include, "include", found);
        }
        form(facts, id, index, found);
    }
}

struct At<'a, 'r, 't> {
    facts: &'a Facts<'r, 't>,
    id: &'a Id,
    relation: &'a QName,
    table: &'a Table,
}

impl At<'_, '_, '_> {
    fn columns(&self, columns: &[String], key: &str, found: &mut Vec<Diagnostic>) {
        for (at, column) in columns.iter().enumerate() {
            let place = || self.facts.item_place(self.id, self.path(key), column);
            if self.table.column(column).is_none() {
                found.push(
                    self.facts
                        .unknown_column(self.relation, column, self.table, place()),
                );
            } else if columns[..at].contains(column) {
                let message = format!("`{column}` is listed twice");
                found.push(Diagnostic::error("duplicate", place(), message));
            }
        }
    }

    fn keys<'k>(
        &self,
        keys: impl Iterator<Item = &'k IndexKey>,
        key: &str,
        found: &mut Vec<Diagnostic>,
    ) {
        for (at, index_key) in keys.enumerate() {
            if let KeyValue::Column(column) = &index_key.value
                && self.table.column(column).is_none()
            {
                let item = self
                    .facts
                    .value(self.id, self.path(key))
                    .and_then(|list| list.items().nth(at));
                let place = item.map_or_else(|| self.facts.place(self.id, &[]), Value::place);
                found.push(
                    self.facts
                        .unknown_column(self.relation, column, self.table, place),
                );
            }
        }
    }

    /// The short form of a primary key is the list itself.
    fn path<'p>(&self, key: &'p str) -> &'p [&'p str] {
        match (self.facts.value(self.id, &["columns"]), key) {
            (None, "columns") => &[],
            (_, "columns") => &["columns"],
            (_, "include") => &["include"],
            _ => &["elements"],
        }
    }
}

fn primary_key(at: &At<'_, '_, '_>, key: &Key, found: &mut Vec<Diagnostic>) {
    key_columns(at, key, found);
    for name in &key.columns {
        if at.table.column(name).is_some_and(|column| column.nullable) {
            let table = Id::new(
                crate::kinds::Kind::Table,
                &at.relation.schema,
                &at.relation.name,
            );
            let place = at.facts.place(&table, &["columns", name, "nullable"]);
            let message = format!("column `{name}` is in the primary key and can't be null");
            found.push(
                Diagnostic::error("nullable-key", place, message)
                    .label("says that it can")
                    .related(
                        at.facts.item_place(at.id, at.path("columns"), name),
                        "the primary key is here",
                    )
                    .help("leave out `nullable`"),
            );
        }
    }
}

fn key_columns(at: &At<'_, '_, '_>, key: &Key, found: &mut Vec<Diagnostic>) {
    let said = at.facts.value(at.id, at.path("columns"));
    let empty = said.is_some_and(|said| said.is_list() && said.items().next().is_none());
    let unsaid = said.is_none_or(|said| said.table().is_some());
    if key.columns.is_empty() && (empty || unsaid) {
        let message = "a key has at least one column";
        let found_here =
            Diagnostic::error("missing-key", at.facts.place(at.id, &["columns"]), message);
        found.push(found_here.help("add `columns = [\"id\"]`"));
    }
    at.columns(&key.columns, "columns", found);
    at.columns(&key.index.include, "include", found);
}

/// Access methods that PostgreSQL brings, and what they refuse (manual, "Indexes").
fn form(facts: &Facts<'_, '_>, id: &Id, index: &Index, found: &mut Vec<Diagnostic>) {
    let place = |key: &str| facts.place(id, &[key]);
    let btree = index.method == "btree";
    let builtin = ["hash", "gin", "gist", "spgist", "brin"].contains(&index.method.as_str());
    if index.unique && builtin {
        let message = format!("a {} index can't be unique", index.method);
        found.push(
            Diagnostic::error("index-form", place("unique"), message)
                .help("only btree indexes can: leave out `using`"),
        );
    }
    if !index.include.is_empty() && ["hash", "gin", "brin"].contains(&index.method.as_str()) {
        let message = format!("a {} index can't include columns", index.method);
        found.push(Diagnostic::error("index-form", place("include"), message));
    }
    if index.method == "hash" && index.keys.len() > 1 {
        found.push(Diagnostic::error(
            "index-form",
            place("columns"),
            "a hash index has one key",
        ));
    }
    let ordered = index
        .keys
        .iter()
        .any(|key| key.descending || key.nulls_first.is_some());
    if ordered && builtin && !btree {
        let message = format!("a {} index has no order", index.method);
        found.push(
            Diagnostic::error("index-form", place("columns"), message)
                .help("leave out `desc` and `nulls`"),
        );
    }
    if index.nulls_not_distinct && !index.unique {
        let message =
            "`nulls_not_distinct` says something about uniqueness, and this index is not unique";
        found.push(
            Diagnostic::error("index-form", place("nulls_not_distinct"), message)
                .help("add `unique = true`"),
        );
    }
}
