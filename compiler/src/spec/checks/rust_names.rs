//! Names that PostgreSQL tells apart and Rust does not.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::facts::{Facts, RELATIONS};
use crate::catalog::{Id, QName};
use crate::diagnostics::{Diagnostic, Place};
use crate::kinds::Kind;
use crate::kinds::enumeration::Enum;
use crate::kinds::table::Table;
use crate::templates::names::{camel, snake};

/// Tables, columns of one table, labels of one enum.
pub fn check(facts: &Facts<'_, '_>, found: &mut Vec<Diagnostic>) {
    let mut by_schema: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for id in facts
        .catalog
        .objects
        .keys()
        .filter(|id| RELATIONS.contains(&id.kind))
    {
        by_schema.entry(&id.schema).or_default().push(&id.name);
    }
    for (schema, relations) in by_schema {
        let place = |name: &str| {
            let found = facts.relation(&QName::new(schema, name));
            let kind = found.map_or(Kind::Table, |(kind, _)| kind);
            facts.place(&Id::new(kind, schema, name), &[])
        };
        collisions(relations.into_iter(), camel, place, found);
    }
    for (id, table, _) in facts
        .catalog
        .of::<Table>()
        .filter(|(_, table, _)| table.partition_of.is_none())
    {
        let columns = table.columns.iter().map(|column| column.name.as_str());
        collisions(columns, snake, |name| facts.part_place(id, name), found);
    }
    for (id, of, _) in facts.catalog.of::<Enum>() {
        let labels = of.labels.iter().map(String::as_str);
        let place = |label: &str| facts.item_place(id, &["enum"], label);
        collisions(labels, camel, place, found);
    }
}

/// `place` is where a name stands.
fn collisions<'n>(
    names: impl Iterator<Item = &'n str>,
    convert: fn(&str) -> String,
    place: impl Fn(&str) -> Place,
    found: &mut Vec<Diagnostic>,
) {
    let mut first: BTreeMap<String, &str> = BTreeMap::new();
    for name in names {
        match first.entry(convert(name)) {
            Entry::Occupied(other) if *other.get() == name => {}
            Entry::Occupied(other) => {
                let there = place(other.get());
                found.push(collision(
                    name,
                    place(name),
                    other.get(),
                    &there,
                    other.key(),
                ));
            }
            Entry::Vacant(free) => drop(free.insert(name)),
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
