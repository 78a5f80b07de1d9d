//! Types that nothing declares.

use super::facts::Facts;
use super::known_types;
use crate::catalog::{Id, QName};
use crate::diagnostics::{Diagnostic, Place};
use crate::kinds::Kind;
use crate::kinds::composite::Composite;
use crate::kinds::domain::Domain;
use crate::kinds::extension::Extension;
use crate::kinds::function::Function;
use crate::kinds::function::aggregate::Aggregate;
use crate::kinds::range::Range;
use crate::kinds::table::Table;
use crate::spec::value::Value;
use crate::sql::TypeName;
use crate::sql::types::BuiltinType;

/// Checks every type that is said.
pub fn check(facts: &Facts<'_, '_>, found: &mut Vec<Diagnostic>) {
    let unknown = facts.has_unknown_extension(known_types::is_known);
    let mut check = |text: &str, place: &dyn Fn() -> Place| {
        found.extend(problem(facts, text, unknown).map(|problem| Diagnostic {
            place: place(),
            ..problem
        }));
    };
    for (id, table, _) in facts.catalog.of::<Table>() {
        for column in table
            .columns
            .iter()
            .filter(|column| says_type(facts, id, &column.name))
        {
            check(&column.data_type, &|| {
                facts.place(id, &["columns", &column.name, "type"])
            });
        }
    }
    for (id, composite, _) in facts.catalog.of::<Composite>() {
        for attribute in &composite.attributes {
            check(&attribute.data_type, &|| {
                facts.place(id, &["attributes", &attribute.name, "type"])
            });
        }
    }
    for (id, domain, _) in facts.catalog.of::<Domain>() {
        check(&domain.data_type, &|| facts.place(id, &["domain"]));
    }
    for (id, range, _) in facts.catalog.of::<Range>() {
        check(&range.subtype, &|| facts.place(id, &["range"]));
    }
    routines(facts, &mut check);
}

fn routines(facts: &Facts<'_, '_>, check: &mut dyn FnMut(&str, &dyn Fn() -> Place)) {
    for (id, function, _) in facts.catalog.of::<Function>() {
        for (at, argument) in function.arguments.iter().enumerate() {
            check(&argument.data_type, &|| {
                argument_place(facts, id, "arguments", at)
            });
        }
        let returns = function.returns.as_deref().unwrap_or_default();
        let result = returns.strip_prefix("SETOF ").unwrap_or(returns);
        if !result.starts_with("TABLE(") {
            check(result, &|| facts.place(id, &["returns"]));
        }
    }
    for (id, aggregate, _) in facts.catalog.of::<Aggregate>() {
        for (at, argument) in aggregate.arguments.iter().enumerate() {
            check(&argument.data_type, &|| {
                argument_place(facts, id, "arguments", at)
            });
        }
    }
}

fn argument_place(facts: &Facts<'_, '_>, id: &Id, key: &str, at: usize) -> Place {
    let item = facts
        .value(id, &[key])
        .and_then(|list| list.items().nth(at));
    let said = item.and_then(|item| item.get("type"));
    said.map_or_else(|| facts.place(id, &[key]), Value::place)
}

/// A child's column has its parent's type, which is told there.
fn says_type(facts: &Facts<'_, '_>, id: &Id, column: &str) -> bool {
    facts.value(id, &["columns", column, "type"]).is_some()
}

fn problem(facts: &Facts<'_, '_>, text: &str, unknown_extension: bool) -> Option<Diagnostic> {
    let data_type = TypeName::parse(text).ok()?.element();
    if data_type.builtin().is_some() {
        return None;
    }
    let schema = data_type
        .schema
        .clone()
        .unwrap_or_else(|| facts.catalog.default_schema.clone());
    let name = QName::new(schema, &data_type.name);
    if facts.types.contains(&name) || has_extension_type(facts, &data_type.name) {
        return None;
    }
    if let Some(extension) = known_types::extension_of(&data_type.name) {
        let message = format!(
            "type `{}` comes with the extension `{extension}`, which is not declared",
            data_type.name
        );
        let help = format!("add `[extensions.{extension}]` to spec/database.toml");
        return Some(Diagnostic::error("unknown-type", Place::default(), message).help(help));
    }
    let elsewhere = facts.is_foreign_schema(&name.schema);
    if unknown_extension || elsewhere || has_raw_type(facts) {
        return None;
    }
    let builtin: Vec<QName> = BuiltinType::all()
        .flat_map(BuiltinType::words)
        .map(|word| QName::new(&facts.catalog.default_schema, word))
        .collect();
    Some(facts.unknown(
        "type",
        &name,
        Place::default(),
        facts.types.iter().chain(&builtin),
    ))
}

fn has_extension_type(facts: &Facts<'_, '_>, name: &str) -> bool {
    let extension = known_types::extension_of(name);
    extension.is_some_and(|extension| {
        facts
            .catalog
            .of::<Extension>()
            .any(|(id, _, _)| id.name == extension)
    })
}

/// A base or shell type can only be said as raw SQL.
fn has_raw_type(facts: &Facts<'_, '_>) -> bool {
    facts
        .catalog
        .objects
        .keys()
        .any(|id| id.kind == Kind::Raw && id.name.contains("type"))
}
