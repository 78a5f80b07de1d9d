//! Tables that nothing declares, and what is said of one.

use super::facts::Facts;
use crate::catalog::{Id, QName};
use crate::diagnostics::{Diagnostic, Place};
use crate::kinds::Kind;
use crate::kinds::publication::Publication;
use crate::kinds::sequence::Sequence;
use crate::kinds::table::constraint::{Constraint, ConstraintRule};
use crate::kinds::table::{ReplicaIdentity, Table};
use crate::kinds::trigger::Trigger;
use crate::spec::names;

/// Checks every name of a table.
pub fn check(facts: &Facts<'_, '_>, found: &mut Vec<Diagnostic>) {
    for (id, table, _) in facts.catalog.of::<Table>() {
        for parent in &table.inherits {
            found.extend(missing_table(facts, parent, || {
                facts.item_place(id, &["inherits"], &facts.short(parent))
            }));
        }
        if let Some(of) = &table.of_type {
            found.extend(missing_type(facts, id, of));
        }
        named_indexes(facts, id, table, found);
    }
    for (id, constraint, _) in facts
        .catalog
        .of::<Constraint>()
        .filter(|(id, _, _)| facts.is_written(id))
    {
        if let ConstraintRule::ForeignKey(key) = &constraint.rule {
            found.extend(missing_table(facts, &key.references, || {
                facts.place(id, &["references"])
            }));
        }
    }
    for (id, trigger, _) in facts.catalog.of::<Trigger>() {
        if let Some(from) = &trigger.from_table {
            found.extend(missing_table(facts, from, || {
                facts.place(id, &["from_table"])
            }));
        }
    }
    sequences(facts, found);
    publications(facts, found);
}

fn missing_table(
    facts: &Facts<'_, '_>,
    name: &QName,
    place: impl Fn() -> Place,
) -> Option<Diagnostic> {
    if facts.has_table(name) || facts.is_foreign_schema(&name.schema) {
        return None;
    }
    if let Some((kind, _)) = facts.relation(name) {
        let message = format!("`{}` is a {}, not a table", facts.short(name), kind.word());
        return Some(Diagnostic::error("unknown-table", place(), message));
    }
    let tables: Vec<QName> = facts
        .catalog
        .of::<Table>()
        .map(|(id, _, _)| id.qname())
        .collect();
    Some(facts.unknown("table", name, place(), tables.iter()))
}

fn missing_type(facts: &Facts<'_, '_>, id: &Id, of: &QName) -> Option<Diagnostic> {
    let composite = Id::new(Kind::Composite, &of.schema, &of.name);
    if facts.catalog.get(&composite).is_some() || facts.is_foreign_schema(&of.schema) {
        return None;
    }
    let composites: Vec<QName> = facts
        .catalog
        .objects
        .keys()
        .filter(|id| id.kind == Kind::Composite)
        .map(Id::qname)
        .collect();
    Some(
        facts
            .unknown("type", of, facts.place(id, &["of_type"]), composites.iter())
            .label("no composite type"),
    )
}

/// `clustered_on`, `replica_identity`: an index of the table, or one of its keys.
fn named_indexes(facts: &Facts<'_, '_>, id: &Id, table: &Table, found: &mut Vec<Diagnostic>) {
    let replica = match &table.replica_identity {
        ReplicaIdentity::Index(name) => Some((name, vec!["replica_identity", "index"])),
        _ => None,
    };
    let clustered = table
        .clustered_on
        .as_ref()
        .map(|name| (name, vec!["clustered_on"]));
    for (name, path) in replica.into_iter().chain(clustered) {
        if !has_index(facts, id, name) {
            let message = format!("`{}` has no index `{name}`", facts.short(&id.qname()));
            found.push(Diagnostic::error(
                "unknown-index",
                facts.place(id, &path),
                message,
            ));
        }
    }
}

fn has_index(facts: &Facts<'_, '_>, table: &Id, name: &str) -> bool {
    let relation = table.qname();
    let own = facts.indexes.get(&relation).into_iter().flatten();
    own.into_iter().any(|(id, _)| id.name == name)
        || facts
            .catalog
            .get(&Id::part(Kind::Constraint, &relation, name))
            .is_some()
}

fn sequences(facts: &Facts<'_, '_>, found: &mut Vec<Diagnostic>) {
    for (id, sequence, _) in facts.catalog.of::<Sequence>() {
        let Some(owner) = &sequence.owned_by else {
            continue;
        };
        match facts.table(&owner.table) {
            None => found.extend(missing_table(facts, &owner.table, || {
                facts.place(id, &["owned_by"])
            })),
            Some(table) if table.column(&owner.column).is_none() => {
                let place = facts.place(id, &["owned_by"]);
                found.push(facts.unknown_column(&owner.table, &owner.column, table, place));
            }
            Some(_) => {}
        }
    }
}

fn publications(facts: &Facts<'_, '_>, found: &mut Vec<Diagnostic>) {
    for (id, publication, _) in facts.catalog.of::<Publication>() {
        for (name, published) in &publication.tables {
            let table = names::resolve(name, &facts.catalog.default_schema);
            let key = facts.short(&table);
            let Some(known) = facts.table(&table) else {
                found.extend(missing_table(facts, &table, || {
                    facts.place(id, &["tables", &key])
                }));
                continue;
            };
            for column in published
                .columns
                .iter()
                .filter(|column| known.column(column).is_none())
            {
                let place = facts.item_place(id, &["tables", &key, "columns"], column);
                found.push(facts.unknown_column(&table, column, known, place));
            }
        }
    }
    for (id, publication, _) in facts.catalog.of::<Publication>() {
        for schema in publication
            .schemas
            .iter()
            .filter(|schema| facts.is_foreign_schema(schema))
        {
            let place = facts.item_place(id, &["schemas"], schema);
            found.push(Diagnostic::error(
                "unknown-schema",
                place,
                format!("schema `{schema}` is not declared"),
            ));
        }
    }
}

/// The relation that a constraint, trigger or policy belongs to.
pub fn owner<'r>(facts: &Facts<'r, '_>, id: &Id) -> Option<(QName, &'r Table)> {
    let relation = id.relation()?;
    let table = facts.table(&relation)?;
    Some((relation, table))
}
