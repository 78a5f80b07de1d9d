//! Things that would have to exist before themselves: parents, types, views.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::Facts;
use crate::catalog::{Id, QName};
use crate::diagnostics::Diagnostic;
use crate::kinds::composite::Composite;
use crate::kinds::domain::Domain;
use crate::kinds::range::Range;
use crate::kinds::table::Table;
use crate::kinds::view::View;
use crate::kinds::view::materialized::MaterializedView;
use crate::sql::{self, TypeName};

/// Reports each cycle once, at its first object.
pub fn check(facts: &Facts<'_, '_>, found: &mut Vec<Diagnostic>) {
    let graph = graph(facts);
    let mut done: BTreeSet<&Id> = BTreeSet::new();
    for start in graph.keys() {
        if let Some(cycle) = cycle_from(start, &graph, &done) {
            found.push(report(facts, &cycle));
            done.extend(cycle);
        }
        done.insert(start);
    }
}

type Graph<'r> = BTreeMap<&'r Id, Vec<&'r Id>>;

fn graph<'r>(facts: &Facts<'r, '_>) -> Graph<'r> {
    let by_name: BTreeMap<QName, &Id> = facts
        .catalog
        .objects
        .keys()
        .filter(|id| facts.types.contains(&id.qname()) && !id.kind.belongs_to_relation())
        .map(|id| (id.qname(), id))
        .collect();
    let mut graph = Graph::new();
    let mut add = |from: &'r Id, names: Vec<QName>| {
        let targets = names.iter().filter_map(|name| by_name.get(name).copied());
        graph.insert(from, targets.collect());
    };
    let default = facts.catalog.default_schema.as_str();
    for (id, table, _) in facts.catalog.of::<Table>() {
        add(
            id,
            table
                .inherits
                .iter()
                .chain(&table.of_type)
                .cloned()
                .collect(),
        );
    }
    for (id, domain, _) in facts.catalog.of::<Domain>() {
        add(
            id,
            type_name(&domain.data_type, default).into_iter().collect(),
        );
    }
    for (id, range, _) in facts.catalog.of::<Range>() {
        add(id, type_name(&range.subtype, default).into_iter().collect());
    }
    for (id, composite, _) in facts.catalog.of::<Composite>() {
        let types = composite
            .attributes
            .iter()
            .filter_map(|attribute| type_name(&attribute.data_type, default));
        add(id, types.collect());
    }
    let views: Vec<(&Id, &str)> = views(facts);
    for (id, query) in &views {
        let mentions = sql::mentions(query);
        let others = views.iter().filter(|(other, _)| other != id);
        let read = others.filter(|(other, _)| {
            mentions.object(&other.schema, &other.name, other.schema == default)
        });
        add(id, read.map(|(other, _)| other.qname()).collect());
    }
    graph
}

fn views<'r>(facts: &Facts<'r, '_>) -> Vec<(&'r Id, &'r str)> {
    let plain = facts
        .catalog
        .of::<View>()
        .map(|(id, view, _)| (id, view.query.0.as_str()));
    let stored = facts
        .catalog
        .of::<MaterializedView>()
        .map(|(id, view, _)| (id, view.query.0.as_str()));
    plain.chain(stored).collect()
}

fn type_name(text: &str, default_schema: &str) -> Option<QName> {
    let data_type = TypeName::parse(text).ok()?;
    let schema = data_type.schema.as_deref().unwrap_or(default_schema);
    data_type
        .builtin()
        .is_none()
        .then(|| QName::new(schema, &data_type.name))
}

/// The way from an object back to itself.
fn cycle_from<'r>(
    start: &'r Id,
    graph: &Graph<'r>,
    done: &BTreeSet<&'r Id>,
) -> Option<Vec<&'r Id>> {
    let mut seen = BTreeSet::new();
    let mut path = Vec::new();
    let mut stack = vec![(start, 0)];
    while let Some((id, depth)) = stack.pop() {
        path.truncate(depth);
        path.push(id);
        for next in graph
            .get(id)
            .into_iter()
            .flatten()
            .filter(|next| !done.contains(*next))
        {
            if *next == start {
                return Some(path);
            }
            if seen.insert(*next) {
                stack.push((next, depth + 1));
            }
        }
    }
    None
}

fn report(facts: &Facts<'_, '_>, cycle: &[&Id]) -> Diagnostic {
    let names: Vec<String> = cycle
        .iter()
        .chain(cycle.first())
        .map(|id| format!("`{}`", facts.short(&id.qname())))
        .collect();
    let message = match cycle {
        [only] => format!("{only} needs itself"),
        _ => format!("these need each other: {}", names.join(" → ")),
    };
    let first = cycle
        .first()
        .map(|id| facts.place(id, &[]))
        .unwrap_or_default();
    let found = Diagnostic::error("cycle", first, message)
        .help("none of them can be made first: break the cycle");
    let next = cycle.iter().cycle().skip(2);
    cycle
        .iter()
        .skip(1)
        .zip(next)
        .fold(found, |found, (id, next)| {
            let text = format!(
                "`{}` needs `{}`",
                facts.short(&id.qname()),
                facts.short(&next.qname())
            );
            found.related(facts.place(id, &[]), text)
        })
}
