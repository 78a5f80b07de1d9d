//! Partitions: bounds of the parent's strategy, and keys that hold all partitioning columns.

use std::collections::BTreeMap;

use super::facts::Facts;
use crate::catalog::{Id, QName};
use crate::diagnostics::Diagnostic;
use crate::kinds::Sql;
use crate::kinds::table::constraint::ConstraintRule;
use crate::kinds::table::{PartitionBy, PartitionOf, Table, inheritance};
use crate::spec::resolve::foreign_keys::constraints;
use crate::sql::tokens::significant;

/// Checks every partitioned table and partition.
pub fn check(facts: &Facts<'_, '_>, found: &mut Vec<Diagnostic>) {
    let mut defaults: BTreeMap<&QName, &Id> = BTreeMap::new();
    for (id, table, _) in facts.catalog.of::<Table>() {
        if let Some(by) = &table.partition_by {
            strategy(facts, id, table, by, found);
            unique_keys(facts, id, by, found);
        }
        if let Some(of) = &table.partition_of {
            partition(facts, id, of, found);
            validated(facts, id, table, found);
            let first =
                (of.bound.0 == "DEFAULT").then(|| *defaults.entry(&of.parent).or_insert(id));
            if let Some(first) = first.filter(|first| *first != id) {
                let place = facts.place(id, &["values"]);
                let message = format!(
                    "`{}` has a default partition already",
                    facts.short(&of.parent)
                );
                found.push(
                    Diagnostic::error("partition-bound", place, message)
                        .related(facts.place(first, &["values"]), "this one"),
                );
            }
        }
    }
}

fn strategy(
    facts: &Facts<'_, '_>,
    id: &Id,
    table: &Table,
    by: &PartitionBy,
    found: &mut Vec<Diagnostic>,
) {
    let place = || facts.place(id, &["partition_by"]);
    if by.strategy == "list" && by.keys.len() > 1 {
        found.push(Diagnostic::error(
            "partition-by",
            place(),
            "a list partitions by one key",
        ));
    }
    if !table.inherits.is_empty() {
        found.push(Diagnostic::error(
            "partition-by",
            place(),
            "a partitioned table can't inherit",
        ));
    }
    for column in by.keys.iter().filter_map(column_name) {
        if table.column(&column).is_none() {
            found.push(facts.unknown_column(&id.qname(), &column, table, place()));
        }
    }
}

/// The column of a key, unless it is an expression.
fn column_name(key: &Sql) -> Option<String> {
    let mut tokens = significant(&key.0);
    let first = tokens.next()?.name()?.into_owned();
    let call = tokens
        .next()
        .is_some_and(|next| next.text == "(" || next.text == ".");
    (!call).then_some(first)
}

/// `DefineIndex` of `indexcmds.c`: rows of different partitions are never compared.
fn unique_keys(facts: &Facts<'_, '_>, id: &Id, by: &PartitionBy, found: &mut Vec<Diagnostic>) {
    let columns: Vec<Option<String>> = by.keys.iter().map(column_name).collect();
    for (key_id, constraint) in constraints(facts.catalog, &id.qname()) {
        let (ConstraintRule::PrimaryKey(key) | ConstraintRule::Unique(key)) = &constraint.rule
        else {
            continue;
        };
        let missing = columns.iter().find(|column| {
            column
                .as_ref()
                .is_none_or(|column| !key.columns.contains(column))
        });
        let message = match missing {
            Some(Some(column)) => format!(
                "a unique key of a partitioned table holds all columns it is partitioned by: `{column}` is missing"
            ),
            Some(None) => {
                "a table that is partitioned by an expression has no unique keys".to_owned()
            }
            None => continue,
        };
        // A key that a partition takes over from its parent is told where the partition is partitioned again.
        let partitioned = facts.place(id, &["partition_by"]);
        let place = if facts.is_written(key_id) {
            facts.place(key_id, &["columns"])
        } else {
            partitioned.clone()
        };
        found.push(
            Diagnostic::error("partition-key", place, message)
                .related(partitioned, "it is partitioned by this")
                .help("PostgreSQL checks uniqueness in each partition alone"),
        );
    }
}

fn partition(facts: &Facts<'_, '_>, id: &Id, of: &PartitionOf, found: &mut Vec<Diagnostic>) {
    let place = || facts.place(id, &["values"]);
    let Some(parent) = facts.table(&of.parent) else {
        return;
    };
    let Some(by) = &parent.partition_by else {
        let message = format!(
            "`{}` has partitions and does not say how it is partitioned",
            facts.short(&of.parent)
        );
        let help = "add `partition_by = \"range (created_at)\"`";
        found.push(Diagnostic::error("partition-parent", facts.place(id, &[]), message).help(help));
        return;
    };
    if let Some((message, help)) = bound_problem(&of.bound.0, by) {
        found.push(Diagnostic::error("partition-bound", place(), message).help(help));
    }
}

/// A check that is valid in its parent is valid in every partition, and one of no parent's is none to validate.
fn validated(facts: &Facts<'_, '_>, id: &Id, table: &Table, found: &mut Vec<Diagnostic>) {
    let unchecked = inheritance::unchecked_by_parents(table, facts.catalog);
    for name in &table.validated_checks {
        if !unchecked.iter().any(|check| check.name == *name) {
            let message =
                format!("no parent of the partition has a check `{name}` that is `not_valid`");
            let place = facts.place(id, &["validated_checks"]);
            let help = "leave it out: a check that is valid is valid in all partitions";
            found.push(Diagnostic::error("validated-check", place, message).help(help));
        }
    }
}

fn bound_problem(bound: &str, by: &PartitionBy) -> Option<(String, &'static str)> {
    let bound = bound.strip_prefix("FOR VALUES ").unwrap_or(bound);
    let help = match by.strategy.as_str() {
        "range" => "write `from (…) to (…)`, or `default`",
        "list" => "write `in (…)`, or `default`",
        _ => "write `with (modulus 4, remainder 0)`",
    };
    let fits = match (by.strategy.as_str(), bound) {
        ("hash", "DEFAULT") => {
            return Some((
                "a table that is partitioned by hash has no default partition".to_owned(),
                help,
            ));
        }
        (_, "DEFAULT") => true,
        ("range", _) => bound.starts_with("FROM") && bound.contains(" TO "),
        ("list", _) => bound.starts_with("IN"),
        _ => bound.starts_with("WITH"),
    };
    if !fits {
        return Some((
            format!("this is no bound of a {} partition", by.strategy),
            help,
        ));
    }
    if by.strategy == "range" && bound != "DEFAULT" {
        return range_length(bound, by.keys.len())
            .map(|message| (message, "as many values on each side as there are keys"));
    }
    None
}

fn range_length(bound: &str, keys: usize) -> Option<String> {
    let (from, to) = bound.strip_prefix("FROM")?.split_once(" TO ")?;
    [from, to].into_iter().find_map(|side| {
        let list = side.trim().strip_prefix('(')?.strip_suffix(')')?;
        let given = crate::sql::split_list(list).len();
        (given != keys).then(|| format!("{given} values for {keys} partitioning keys"))
    })
}
