//! How a factory makes rows of one table: its values, and the parents they need.

use std::collections::BTreeSet;

use super::access::param;
use super::context::{Factory, FactoryValue, Fill, LabelMethod, Link, Make, Param, Parent, Table};
use super::distinct::{Distinct, distinct, unique_keys};
use super::fills::{self, parent};
use super::names::Taken;
use super::samples;
use super::schema::{Relation, Schema};
use super::tables::insert;
use super::type_files::variants;
use super::types::Shape;
use crate::catalog::QName;
use crate::kinds::Model;
use crate::kinds::enumeration::Enum;
use crate::kinds::table;
use crate::kinds::table::constraint::ForeignKey;
use crate::templates::names::snake;

/// The factory of a table.
pub(super) fn factory(schema: &Schema<'_>, relation: &Relation<'_>) -> Factory {
    let arguments = arguments(schema, relation, &mut BTreeSet::new());
    let keys = needed_keys(schema, relation, &arguments);
    let distinct = distinct(schema, relation, &keys, &arguments);
    let links: BTreeSet<_> = keys
        .iter()
        .flat_map(|key| key.columns.iter().cloned())
        .collect();
    let values: Vec<_> = relation
        .table
        .columns
        .iter()
        .filter_map(|column| value(schema, relation, column, &links, &arguments, &distinct))
        .collect();
    let is_own = |key: &&ForeignKey| distinct.own.contains(key);
    let mut shared: Vec<_> = keys.iter().copied().filter(|key| !is_own(key)).collect();
    // The widest first: what it fills, the narrower ones find filled.
    shared.sort_by_key(|key| std::cmp::Reverse(key.columns.len()));
    let links = relation
        .table
        .columns
        .iter()
        .filter(|column| links.contains(&column.name))
        .map(|column| column.name.as_str());
    let labels = label_methods(schema, relation, &values);
    let parents: Vec<_> = shared
        .into_iter()
        .filter_map(|key| parent(schema, relation, key, is_link))
        .collect();
    let own_parents: Vec<_> = distinct
        .own
        .iter()
        .filter_map(|key| parent(schema, relation, key, is_link))
        .collect();
    let filled = |fill: &&Fill| {
        parents
            .iter()
            .any(|parent| parent.fills.iter().any(|other| other.field == fill.field))
    };
    let own_fills = own_parents
        .iter()
        .flat_map(|parent| &parent.fills)
        .filter(|fill| !filled(fill))
        .cloned()
        .collect();
    Factory {
        arguments: arguments
            .iter()
            .map(|column| param(schema, relation, column))
            .collect(),
        links: self::links(schema, relation, links, &labels),
        parents,
        own_parents,
        own_fills,
        most: distinct.most,
        is_shared: false,
        is_parent: false,
        numbered: values.iter().any(is_numbered),
        labels,
        values,
    }
}

fn is_numbered(value: &FactoryValue) -> bool {
    let made = value
        .make
        .as_ref()
        .is_some_and(|make| !["path", "vec", "literal"].contains(&make.call));
    value.kind == "link" || (value.kind == "value" && made)
}

/// What the factory's file imports.
pub(super) fn imports(schema: &Schema<'_>, relation: &Relation<'_>, table: &Table) -> Vec<String> {
    let mut imports: BTreeSet<String> = [&table.names.row, &table.names.new]
        .map(|name| format!("crate::rows::{name}"))
        .into();
    imports.insert(format!("crate::repositories::{}", table.names.repository));
    let wanted = |column: &&table::Column| {
        let argument = table
            .factory
            .arguments
            .iter()
            .any(|param| param.column == column.name);
        argument
            || table
                .factory
                .links
                .iter()
                .any(|link| link.column == column.name)
    };
    for column in relation.table.columns.iter().filter(wanted) {
        imports.extend(schema.column_type(relation, column).imports);
    }
    let makes = table
        .factory
        .values
        .iter()
        .filter_map(|value| value.make.as_ref());
    let of_parents = parents(&table.factory).flat_map(|parent| &parent.fills);
    let mut wrapped: BTreeSet<_> = of_parents.flat_map(|fill| &fill.wrap).cloned().collect();
    for make in makes {
        let path =
            (["path", "label"].contains(&make.call) && make.text != "true" && make.text != "false")
                .then(|| make.text.split("::").next().unwrap_or_default().to_owned());
        wrapped.extend(make.newtypes.iter().cloned().chain(path));
    }
    for name in wrapped {
        let module = if table.id.as_ref().is_some_and(|id| id.name == name) {
            "rows"
        } else {
            "types"
        };
        // Those of other tables' keys are imported with their columns.
        if !imports.contains(&format!("crate::rows::{name}")) {
            imports.insert(format!("crate::{module}::{name}"));
        }
    }
    for label in &table.factory.labels {
        imports.insert(format!(
            "crate::types::{}",
            label.value.split("::").next().unwrap_or_default()
        ));
    }
    for parent in parents(&table.factory) {
        imports.insert(format!("super::{}", parent.create_factory));
    }
    imports.into_iter().collect()
}

fn parents(factory: &Factory) -> impl Iterator<Item = &Parent> {
    factory.parents.iter().chain(&factory.own_parents)
}

/// The columns for which no value can be made: their type is unknown, or they belong to a cycle of foreign keys or
/// to a foreign key to a table that itself needs an argument.
fn arguments(
    schema: &Schema<'_>,
    relation: &Relation<'_>,
    open: &mut BTreeSet<QName>,
) -> Vec<String> {
    let name = relation.id.qname();
    open.insert(name.clone());
    let mut found: Vec<String> = Vec::new();
    for key in required_keys(relation) {
        let makeable = schema.relation(&key.references).is_some_and(|parent| {
            !open.contains(&key.references)
                && !reaches(schema, parent, &name)
                && fills::parent(schema, relation, key, is_link).is_some()
                && arguments(schema, parent, open).is_empty()
        });
        if !makeable {
            found.extend(key.columns.iter().cloned());
        }
    }
    for column in relation
        .table
        .columns
        .iter()
        .filter(|column| insert(relation, column) == Some("required"))
    {
        let linked = required_keys(relation).any(|key| key.columns.contains(&column.name));
        if !linked && samples::make(schema, relation, column, false).is_none() {
            found.push(column.name.clone());
        }
    }
    open.remove(&name);
    found.sort();
    found.dedup();
    found
}

/// Whether making a row of `from` needs a row of the table.
fn reaches(schema: &Schema<'_>, from: &Relation<'_>, table: &QName) -> bool {
    let mut seen = BTreeSet::new();
    let mut next = vec![from.id.qname()];
    while let Some(name) = next.pop() {
        if name == *table {
            return true;
        }
        if let Some(relation) = schema.relation(&name).filter(|_| seen.insert(name)) {
            next.extend(required_keys(relation).map(|key| key.references.clone()));
        }
    }
    false
}

/// The foreign keys that every row has to satisfy: none of their columns can be null.
pub(super) fn required_keys<'a>(relation: &Relation<'a>) -> impl Iterator<Item = &'a ForeignKey> {
    let keys = relation.foreign_keys().map(|(_, key)| key);
    keys.filter(|key| {
        key.columns
            .iter()
            .all(|column| relation.is_not_null(column))
    })
}

fn needed_keys<'a>(
    schema: &Schema<'_>,
    relation: &Relation<'a>,
    arguments: &[String],
) -> Vec<&'a ForeignKey> {
    let mut keys: Vec<_> = required_keys(relation)
        .filter(|key| !key.columns.iter().any(|column| arguments.contains(column)))
        .collect();
    keys.retain(|key| schema.relation(&key.references).is_some());
    keys
}

/// A uuid that the database would make is made here, so that it can be repeated.
fn given_anyway(column: &table::Column) -> bool {
    column.data_type == "uuid" && column.default.is_some()
}

fn value(
    schema: &Schema<'_>,
    relation: &Relation<'_>,
    column: &table::Column,
    links: &BTreeSet<String>,
    arguments: &[String],
    distinct: &Distinct<'_>,
) -> Option<FactoryValue> {
    let how = insert(relation, column)?;
    let in_key = unique_keys(relation)
        .iter()
        .any(|key| key.columns.contains(&column.name));
    let cycled = distinct.cycled.contains(&column.name);
    let example = relation
        .hints(&column.name)
        .is_some_and(|hints| hints.example.is_some());
    let primary = relation
        .primary_key()
        .is_some_and(|key| key.columns == [column.name.as_str()]);
    let (kind, make) = match how {
        _ if arguments.contains(&column.name) => ("argument", None),
        _ if links.contains(&column.name) => ("link", None),
        "required" => ("value", samples::make(schema, relation, column, in_key)),
        "default" if cycled || primary && given_anyway(column) => {
            ("value", samples::make(schema, relation, column, true))
        }
        "nullable" | "default" | "nullable_default" if example => {
            ("value", samples::make(schema, relation, column, in_key))
        }
        "nullable_default" => ("keep", None),
        _ => ("none", None),
    };
    let make = make.map(|make| with_id(schema, relation, column, make));
    let kind = if kind == "value" && make.is_none() {
        "none"
    } else {
        kind
    };
    let wrap = match how {
        "required" => None,
        "nullable_default" => Some("Patch::Set"),
        _ => Some("Some"),
    };
    let copy = schema.column_type(relation, column).traits.copy;
    Some(FactoryValue {
        field: relation.field(&column.name).to_owned(),
        column: column.name.clone(),
        kind,
        make,
        copy,
        wrap,
    })
}

/// In the newtype of the table's own key.
fn with_id(
    schema: &Schema<'_>,
    relation: &Relation<'_>,
    column: &table::Column,
    mut make: Make,
) -> Make {
    let outer = schema.column_type(relation, column).name;
    if relation.id_type.as_ref() == Some(&outer) {
        make.newtypes.insert(0, outer);
    }
    make
}

/// Whether the parent's factory can be told the value: the column is one of a foreign key of its own.
fn is_link(parent: &Relation<'_>, column: &str) -> bool {
    required_keys(parent).any(|key| key.columns.iter().any(|own| own == column))
}

fn links<'c>(
    schema: &Schema<'_>,
    relation: &Relation<'_>,
    columns: impl Iterator<Item = &'c str>,
    labels: &[LabelMethod],
) -> Vec<Link> {
    let mut taken = Taken::reserved(METHODS);
    for label in labels {
        taken.give(&label.name);
    }
    let link = |column: &str| {
        let Param {
            column,
            field,
            rust,
            ..
        } = param(schema, relation, column);
        Link {
            setter: taken.give(&field),
            column,
            field,
            rust,
        }
    };
    columns.map(link).collect()
}

/// The methods that every factory has.
const METHODS: &[&str] = &[
    "build",
    "create",
    "create_many",
    "create_async",
    "create_many_async",
    "with",
    "shared",
    "shared_async",
];

fn label_methods(
    schema: &Schema<'_>,
    relation: &Relation<'_>,
    values: &[FactoryValue],
) -> Vec<LabelMethod> {
    let mut taken = Taken::reserved(METHODS);
    let mut methods = Vec::new();
    for column in &relation.table.columns {
        let Shape::Enum(id) = schema.types.resolve(&column.data_type).shape else {
            continue;
        };
        let Some(value) = values.iter().find(|value| {
            value.column == column.name && !["link", "argument"].contains(&value.kind)
        }) else {
            continue;
        };
        // Not a newtype of the key, nor a type of the author's choice.
        if schema.column_type(relation, column).name != schema.types.name_of(&id) {
            continue;
        }
        let model = schema
            .spec
            .catalog
            .get(&id)
            .and_then(|object| Enum::from_body(&object.body));
        for variant in model.map(variants).unwrap_or_default() {
            let plain = snake(&variant.label);
            let full = snake(&format!("{}_{}", column.name, variant.label));
            let name = taken.give_first(&[plain, full]);
            methods.push(LabelMethod {
                name,
                field: value.field.clone(),
                value: format!("{}::{}", schema.types.name_of(&id), variant.name),
                label: variant.label,
                wrap: value.wrap,
            });
        }
    }
    methods
}
