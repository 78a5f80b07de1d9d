//! Two objects with one name, schemas that are not declared.

use std::collections::BTreeMap;

use super::facts::Facts;
use crate::catalog::{Id, Object};
use crate::diagnostics::Diagnostic;
use crate::kinds::table::constraint::{Constraint, ConstraintRule};
use crate::kinds::{Kind, Model};
use crate::spec::suggest;

/// Checks the names of all objects.
pub fn check(facts: &Facts<'_, '_>, found: &mut Vec<Diagnostic>) {
    clashes(facts, found);
    schemas(facts, found);
}

/// Relations, indexes and the indexes of constraints share one room of names in each schema (`pg_class`), relations and
/// types another (`pg_type`).
fn clashes(facts: &Facts<'_, '_>, found: &mut Vec<Diagnostic>) {
    let mut rooms: BTreeMap<(bool, &str, &str), &Id> = BTreeMap::new();
    for (id, object) in &facts.catalog.objects {
        for room in rooms_of(id, object).into_iter().flatten() {
            let key = (room, id.schema.as_str(), id.name.as_str());
            let first = *rooms.entry(key).or_insert(id);
            if first != id {
                found.push(clash(facts, first, id));
                break;
            }
        }
    }
}

const CLASS: bool = false;
const TYPE: bool = true;

fn rooms_of(id: &Id, object: &Object) -> [Option<bool>; 2] {
    match id.kind {
        Kind::Table | Kind::View | Kind::MaterializedView | Kind::Composite => {
            [Some(CLASS), Some(TYPE)]
        }
        Kind::Sequence | Kind::Index => [Some(CLASS), None],
        Kind::Enum | Kind::Domain | Kind::Range => [Some(TYPE), None],
        Kind::Constraint => [has_index(object).then_some(CLASS), None],
        _ => [None, None],
    }
}

fn has_index(object: &Object) -> bool {
    let constraint = Constraint::from_body(&object.body);
    constraint.is_some_and(|constraint| {
        !matches!(
            constraint.rule,
            ConstraintRule::Check(_) | ConstraintRule::ForeignKey(_)
        )
    })
}

fn clash(facts: &Facts<'_, '_>, first: &Id, second: &Id) -> Diagnostic {
    let message = format!("{second} has the same name as {first}");
    Diagnostic::error("duplicate", facts.place(second, &[]), message)
        .label("the same name")
        .related(facts.place(first, &[]), format!("{first} is here"))
        .help("names of tables, views, sequences, indexes and types are unique in their schema")
}

/// Every schema that holds something is declared, but for the default one and `public`.
fn schemas(facts: &Facts<'_, '_>, found: &mut Vec<Diagnostic>) {
    let declared: Vec<&str> = facts
        .catalog
        .objects
        .keys()
        .filter(|id| id.kind == Kind::Schema)
        .map(|id| id.name.as_str())
        .collect();
    let usual = [facts.catalog.default_schema.as_str(), "public", ""];
    let mut told: Vec<&str> = Vec::new();
    for id in facts
        .catalog
        .objects
        .keys()
        .filter(|id| id.kind != Kind::Schema)
    {
        let schema = id.schema.as_str();
        if usual.contains(&schema) || declared.contains(&schema) || told.contains(&schema) {
            continue;
        }
        told.push(schema);
        let message = format!("schema `{schema}` is not declared");
        let diagnostic = Diagnostic::error("unknown-schema", facts.place(id, &[]), message);
        let known = declared
            .iter()
            .copied()
            .chain(usual)
            .filter(|name| !name.is_empty());
        found.push(match suggest::nearest(schema, known) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help(format!("add `[schemas.{schema}]` to spec/database.toml")),
        });
    }
}
