//! Foreign keys: as many columns on both sides, of types that can be compared, and something unique to point at.

use super::facts::Facts;
use super::relations::owner;
use crate::catalog::{Id, QName};
use crate::diagnostics::Diagnostic;
use crate::kinds::Kind;
use crate::kinds::table::constraint::{Action, Constraint, ConstraintRule, ForeignKey};
use crate::kinds::table::index::KeyValue;
use crate::kinds::table::read::constraint::parse_action;
use crate::kinds::table::{Column, Table};
use crate::spec::resolve::foreign_keys::constraints;
use crate::spec::value::Value;
use crate::spec::{literal, suggest};
use crate::sql::{TypeCategory, TypeName};

/// Checks every foreign key that is said.
pub fn check(facts: &Facts<'_, '_>, found: &mut Vec<Diagnostic>) {
    for (id, constraint, _) in facts
        .catalog
        .of::<Constraint>()
        .filter(|(id, _, _)| facts.is_written(id))
    {
        if let (ConstraintRule::ForeignKey(key), Some((relation, table))) =
            (&constraint.rule, owner(facts, id))
        {
            let at = At {
                facts,
                id,
                relation,
                table,
                key,
            };
            at.actions(found);
            if at.own_columns(found) && !at.key.columns.is_empty() {
                at.target(found);
            }
        }
    }
}

struct At<'a, 'r, 't> {
    facts: &'a Facts<'r, 't>,
    id: &'a Id,
    relation: QName,
    table: &'a Table,
    key: &'a ForeignKey,
}

impl At<'_, '_, '_> {
    /// The long form lists its columns; the short form stands on the column.
    fn is_long(&self) -> bool {
        self.facts.value(self.id, &["type"]).is_none()
            && self.facts.value(self.id, &["columns"]).is_some()
    }

    fn own_columns(&self, found: &mut Vec<Diagnostic>) -> bool {
        let before = found.len();
        for column in self
            .key
            .columns
            .iter()
            .filter(|c| self.table.column(c).is_none())
        {
            let place = self.facts.item_place(self.id, &["columns"], column);
            found.push(
                self.facts
                    .unknown_column(&self.relation, column, self.table, place),
            );
        }
        for column in self
            .key
            .on_delete_columns
            .iter()
            .filter(|c| !self.key.columns.contains(c))
        {
            let message = format!("`{column}` is no column of this foreign key");
            found.push(Diagnostic::error(
                "unknown-column",
                self.facts.place(self.id, &["on_delete"]),
                message,
            ));
        }
        found.len() == before
    }

    fn target(&self, found: &mut Vec<Diagnostic>) {
        let Some(target) = self.facts.table(&self.key.references) else {
            return;
        };
        if self.key.referenced_columns.is_empty() {
            let message = format!("`{}` has no primary key to point at", self.name());
            let help = if self.is_long() {
                "say the columns: `to = [\"id\"]`"
            } else {
                "write it in `[foreign_keys]` with `to = [\"…\"]`"
            };
            found.push(
                self.error("foreign-key-target", "references", message)
                    .help(help),
            );
            return;
        }
        let before = found.len();
        for column in self
            .key
            .referenced_columns
            .iter()
            .filter(|c| target.column(c).is_none())
        {
            let place = self.facts.item_place(self.id, &["to"], column);
            found.push(
                self.facts
                    .unknown_column(&self.key.references, column, target, place),
            );
        }
        if found.len() > before {
            return;
        }
        if self.key.columns.len() != self.key.referenced_columns.len() {
            found.push(self.count());
            return;
        }
        self.types(target, found);
        found.extend(self.not_unique());
    }

    fn count(&self) -> Diagnostic {
        let (own, other) = (self.key.columns.len(), self.key.referenced_columns.len());
        let message = format!(
            "{own} column{} can't point at {other}",
            if own == 1 { "" } else { "s" }
        );
        let target = suggest::list(self.key.referenced_columns.iter().map(String::as_str));
        let said = self.facts.value(self.id, &["to"]).is_some();
        let what = if said { "these" } else { "the primary key" };
        let key = if self.is_long() {
            "columns"
        } else {
            "references"
        };
        self.error("foreign-key-columns", key, message)
            .help(format!("{what} of `{}`: {target}", self.name()))
    }

    fn types(&self, target: &Table, found: &mut Vec<Diagnostic>) {
        for (own, other) in self.key.columns.iter().zip(&self.key.referenced_columns) {
            if let (Some(own), Some(other)) = (self.table.column(own), target.column(other))
                && !self.comparable(own, other)
            {
                let message = format!(
                    "`{}` has type `{}`, and `{}.{}` has type `{}`",
                    own.name,
                    own.data_type,
                    self.name(),
                    other.name,
                    other.data_type
                );
                let table = Id::new(Kind::Table, &self.relation.schema, &self.relation.name);
                let there = Id::new(
                    Kind::Table,
                    &self.key.references.schema,
                    &self.key.references.name,
                );
                found.push(
                    Diagnostic::error(
                        "foreign-key-type",
                        self.facts.place(&table, &["columns", &own.name, "type"]),
                        message,
                    )
                    .label("can't be compared")
                    .related(
                        self.facts.place(&there, &["columns", &other.name, "type"]),
                        "with this",
                    )
                    .help(format!("make it `{}`", other.data_type)),
                );
            }
        }
    }

    /// Whether PostgreSQL has an equality over both types for the index, or turns the one into the other by itself
    /// (`ATAddForeignKeyConstraint` of `tablecmds.c`).
    fn comparable(&self, own: &Column, other: &Column) -> bool {
        let base = |column: &Column| {
            let data_type = TypeName::parse(&column.data_type).ok()?;
            Some(literal::base_type(&data_type, self.facts.catalog, 0))
        };
        let (Some(own), Some(other)) = (base(own), base(other)) else {
            return true;
        };
        match (breadth(&own), breadth(&other)) {
            (Some(own), Some(other)) => own <= other,
            _ => family(&own) == family(&other),
        }
    }

    fn not_unique(&self) -> Option<Diagnostic> {
        let columns = &self.key.referenced_columns;
        let keys = constraints(self.facts.catalog, &self.key.references);
        let mut deferrable = false;
        for (_, constraint) in keys {
            if let ConstraintRule::PrimaryKey(key) | ConstraintRule::Unique(key) = &constraint.rule
                && same_columns(&key.columns, columns)
            {
                if !constraint.deferrable {
                    return None;
                }
                deferrable = true;
            }
        }
        if self.has_unique_index(columns) {
            return None;
        }
        let listed = suggest::list(columns.iter().map(String::as_str));
        let key = if self.facts.value(self.id, &["to"]).is_some() {
            "to"
        } else {
            "references"
        };
        let message = if deferrable {
            format!(
                "the key over {listed} of `{}` is deferrable, and a foreign key can't point at such a one",
                self.name()
            )
        } else {
            format!("nothing makes {listed} unique in `{}`", self.name())
        };
        if deferrable {
            return Some(
                self.error("foreign-key-target", key, message)
                    .help("leave out `deferrable` there"),
            );
        }
        let help = format!(
            "add to `{0}`: `[uniques]` `{1}_{2}_key = {{ columns = [{3}] }}`",
            self.name(),
            self.key.references.name,
            columns.join("_"),
            columns
                .iter()
                .map(|c| format!("\"{c}\""))
                .collect::<Vec<_>>()
                .join(", ")
        );
        Some(self.error("foreign-key-target", key, message).help(help))
    }

    fn has_unique_index(&self, columns: &[String]) -> bool {
        let indexes = self.facts.indexes.get(&self.key.references);
        indexes.into_iter().flatten().any(|(_, index)| {
            let keys: Option<Vec<String>> = index
                .keys
                .iter()
                .map(|key| match &key.value {
                    KeyValue::Column(column) => Some(column.clone()),
                    KeyValue::Expression(_) => None,
                })
                .collect();
            index.unique
                && index.predicate.is_none()
                && keys.is_some_and(|keys| same_columns(&keys, columns))
        })
    }

    fn actions(&self, found: &mut Vec<Diagnostic>) {
        let said = self.facts.value(self.id, &["on_delete"]);
        let text = said.and_then(Value::as_text);
        if let Some(text) = text.filter(|text| parse_action(text).is_none()) {
            let known = [
                "no action",
                "restrict",
                "cascade",
                "set null",
                "set default",
            ];
            let message = format!("`{text}` is nothing that can happen on delete");
            let help = suggest::nearest(text, known.into_iter()).map_or_else(
                || format!("it is one of {}", suggest::list(known.into_iter())),
                |near| format!("did you mean \"{near}\"?"),
            );
            found.push(self.error("unknown-word", "on_delete", message).help(help));
        }
        let set = if self.key.on_delete_columns.is_empty() {
            &self.key.columns
        } else {
            &self.key.on_delete_columns
        };
        let strict = set
            .iter()
            .find(|c| self.table.column(c).is_some_and(|column| !column.nullable));
        if let (Action::SetNull, Some(column)) = (self.key.on_delete, strict) {
            let message = format!("on delete, `{column}` would be set to null, which it can't be");
            found.push(
                self.error("set-null", "on_delete", message)
                    .warning()
                    .help("add `nullable = true` to the column, or choose another action"),
            );
        }
    }

    fn error(&self, code: &'static str, key: &str, message: String) -> Diagnostic {
        Diagnostic::error(code, self.facts.place(self.id, &[key]), message)
    }

    fn name(&self) -> String {
        self.facts.short(&self.key.references)
    }
}

/// In any order.
fn same_columns(a: &[String], b: &[String]) -> bool {
    a.len() == b.len() && a.iter().all(|column| b.contains(column))
}

/// Types with an equality between each other are one family; all others compare with themselves.
fn family(data_type: &TypeName) -> String {
    let builtin = data_type.builtin().filter(|_| !data_type.array);
    let Some(builtin) = builtin else {
        let schema = data_type.schema.as_deref().unwrap_or_default();
        return format!(
            "{schema}.{}{}",
            data_type.name,
            if data_type.array { "[]" } else { "" }
        );
    };
    match (builtin.category, builtin.name) {
        (
            TypeCategory::Numeric,
            "oid" | "regclass" | "regproc" | "regtype" | "regrole" | "regnamespace",
        ) => "oid".to_owned(),
        (_, "text" | "varchar" | "bpchar" | "name") => "text".to_owned(),
        (_, "date" | "timestamp" | "timestamptz") => "time".to_owned(),
        (_, name) => name.to_owned(),
    }
}

/// Numbers turn into broader ones by themselves: whole ones into `numeric`, all into floating ones.
fn breadth(data_type: &TypeName) -> Option<u8> {
    if data_type.array || data_type.schema.is_some() {
        return None;
    }
    match data_type.name.as_str() {
        "int2" | "int4" | "int8" => Some(0),
        "numeric" => Some(1),
        "float4" | "float8" => Some(2),
        _ => None,
    }
}
