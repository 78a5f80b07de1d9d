//! Names that PostgreSQL tells apart and Rust does not.

use std::collections::BTreeMap;

use super::facts::{Facts, RELATIONS};
use crate::catalog::Id;
use crate::diagnostics::{Diagnostic, Place};
use crate::kinds::enumeration::Enum;
use crate::kinds::table::Table;
use crate::templates::names::{camel, snake};

/// Tables, columns of one table, labels of one enum.
pub fn check(facts: &Facts<'_, '_>, found: &mut Vec<Diagnostic>) {
    let mut by_schema: BTreeMap<&str, Vec<(&str, &Id)>> = BTreeMap::new();
    for id in facts
        .catalog
        .objects
        .keys()
        .filter(|id| RELATIONS.contains(&id.kind))
    {
        by_schema
            .entry(&id.schema)
            .or_default()
            .push((&id.name, id));
    }
    for relations in by_schema.into_values() {
        let names = relations
            .into_iter()
            .map(|(name, id)| (name, facts.place(id, &[])));
        collisions(names, camel, found);
    }
    for (id, table, _) in facts
        .catalog
        .of::<Table>()
        .filter(|(_, table, _)| table.partition_of.is_none())
    {
        let columns = table.columns.iter().map(|column| column.name.as_str());
        collisions(
            columns.map(|name| (name, facts.part_place(id, name))),
            snake,
            found,
        );
    }
    for (id, of, _) in facts.catalog.of::<Enum>() {
        let labels = of.labels.iter().map(String::as_str);
        collisions(
            labels.map(|label| (label, facts.item_place(id, &["enum"], label))),
            camel,
            found,
        );
    }
}

fn collisions<'n>(
    names: impl Iterator<Item = (&'n str, Place)>,
    convert: fn(&str) -> String,
    found: &mut Vec<Diagnostic>,
) {
    let mut first: BTreeMap<String, (&str, Place)> = BTreeMap::new();
    for (name, place) in names {
        let identifier = convert(name);
        match first.get(&identifier) {
            Some((other, _)) if *other == name => {}
            Some((other, there)) => found.push(collision(name, place, other, there, &identifier)),
            None => drop(first.insert(identifier, (name, place))),
        }
    }
}

fn collision(name: &str, place: Place, other: &str, there: &Place, identifier: &str) -> Diagnostic {
    let message = format!("`{name}` and `{other}` are both `{identifier}` in Rust");
    Diagnostic::error("rust-collision", place, message)
        .warning()
        .label(format!("also `{identifier}`"))
        .related(there.clone(), format!("`{other}` is here"))
        .help("the generated code tells them apart by a number; a name of its own reads better")
}
