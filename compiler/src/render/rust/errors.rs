//! The errors of one table: a variant for each constraint that one of its statements can violate.

use super::context::ErrorVariant;
use super::names::Taken;
use super::schema::{Relation, Schema};
use super::tables::label;
use crate::kinds::table::constraint::{Action, Constraint, ConstraintRule, ForeignKey};
use crate::sql::TypeName;
use crate::templates::names::snake_part;

/// A column, its greatest length, and the variant for a longer value.
pub(super) type Limit = (String, usize, String);

/// The variants, and the lengths that are checked in Rust: PostgreSQL does not say which value is too long.
pub(super) fn errors(
    schema: &Schema<'_>,
    relation: &Relation<'_>,
) -> (Vec<ErrorVariant>, Vec<Limit>) {
    let mut taken = Taken::reserved(&["Other", "Stale"]);
    let mut variants = Vec::new();
    let mut limits = Vec::new();
    for column in &relation.table.columns {
        let is_text = schema.column_type(relation, column).name == "String";
        if let Some(max) = max_length(&column.data_type).filter(|_| is_text) {
            let name = taken.give(&format!("{}TooLong", camel(&column.name)));
            let message = format!("{} is longer than {max} characters", column.name);
            variants.push(ErrorVariant {
                name: name.clone(),
                places: Vec::new(),
                message,
            });
            limits.push((column.name.clone(), max, name));
        }
    }
    for (name, constraint, _) in &relation.constraints {
        let places = relation.places(name);
        let variant = taken.give(&variant(relation, name, constraint));
        variants.push(ErrorVariant {
            name: variant,
            places,
            message: message(relation, name, constraint),
        });
    }
    for (name, index) in relation.indexes.iter().filter(|(_, index)| index.unique) {
        let columns: Vec<_> = index
            .keys
            .iter()
            .map(|key| match &key.value {
                crate::kinds::table::index::KeyValue::Column(column) => column.clone(),
                crate::kinds::table::index::KeyValue::Expression(sql) => sql.0.clone(),
            })
            .collect();
        let places = relation.places(name);
        let variant = taken.give(&format!("{}Taken", camel(&purpose(relation, name))));
        variants.push(ErrorVariant {
            name: variant,
            places,
            message: format!("another row has the same {} ({name})", columns.join(", ")),
        });
    }
    for (child, name, key) in schema
        .references_to(&relation.id.qname())
        .filter(|(child, _, key)| child.id != relation.id && restricts(relation, key))
    {
        let places = child.places(name);
        let variant = taken.give(&format!("ReferredToBy{}", camel(&child.module)));
        variants.push(ErrorVariant {
            name: variant,
            places,
            message: format!(
                "rows of {} refer to it ({name}, {})",
                label(schema, child),
                key.columns.join(", ")
            ),
        });
    }
    (variants, limits)
}

/// The length that a column's own type allows; that of a domain is a matter of the domain.
fn max_length(data_type: &str) -> Option<usize> {
    let ty = TypeName::parse(data_type).ok()?;
    let limited =
        !ty.array && ty.schema.is_none() && ["varchar", "bpchar"].contains(&ty.name.as_str());
    ty.modifiers.first().filter(|_| limited)?.parse().ok()
}

/// Whether the key keeps a row that is referred to from being deleted, or from an update of what is referred to.
fn restricts(relation: &Relation<'_>, key: &ForeignKey) -> bool {
    let stops = |action: Action| matches!(action, Action::NoAction | Action::Restrict);
    let changeable = |name: &String| {
        let column = relation.table.column(name);
        column.is_some_and(|column| super::tables::patch(relation, column).is_some())
    };
    stops(key.on_delete) || (stops(key.on_update) && key.referenced_columns.iter().any(changeable))
}

fn variant(relation: &Relation<'_>, name: &str, constraint: &Constraint) -> String {
    let columns = |columns: &[String]| {
        columns
            .iter()
            .map(|column| camel(column))
            .collect::<String>()
    };
    match &constraint.rule {
        ConstraintRule::PrimaryKey(key) | ConstraintRule::Unique(key) => {
            format!("{}Taken", columns(&key.columns))
        }
        ConstraintRule::ForeignKey(key) => {
            let last = key.columns.last().map_or("", String::as_str);
            let without_id = snake_part(last);
            let referenced = without_id
                .strip_suffix("_id")
                .filter(|rest| !rest.is_empty())
                .unwrap_or(&without_id);
            format!("{}NotFound", camel(referenced))
        }
        ConstraintRule::Check(_) => format!("{}Invalid", camel(&purpose(relation, name))),
        ConstraintRule::Exclusion(_) => format!("{}Conflict", camel(&purpose(relation, name))),
    }
}

/// A constraint's name without the table's and the ending that PostgreSQL adds.
fn purpose(relation: &Relation<'_>, name: &str) -> String {
    let rest = name.strip_prefix(relation.id.name.as_str()).unwrap_or(name);
    let ends = ["_check", "_excl", "_key", "_fkey", "_idx", "_pkey"];
    let rest = ends
        .iter()
        .find_map(|end| rest.strip_suffix(end))
        .unwrap_or(rest)
        .trim_matches('_');
    if rest.is_empty() {
        name.to_owned()
    } else {
        rest.to_owned()
    }
}

fn message(relation: &Relation<'_>, name: &str, constraint: &Constraint) -> String {
    match &constraint.rule {
        ConstraintRule::PrimaryKey(key) | ConstraintRule::Unique(key) => {
            format!(
                "another row has the same {} ({name})",
                key.columns.join(", ")
            )
        }
        ConstraintRule::ForeignKey(key) if key.references == relation.id.qname() => {
            format!(
                "no row has the {} that is referred to, or rows still refer to this one ({name})",
                key.referenced_columns.join(", ")
            )
        }
        ConstraintRule::ForeignKey(key) => {
            format!(
                "no row of {} has this {} ({name})",
                key.references.name,
                key.columns.join(", ")
            )
        }
        ConstraintRule::Check(check) => {
            let condition = check
                .expression
                .0
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            format!("it does not hold that {condition} ({name})")
        }
        ConstraintRule::Exclusion(_) => format!("it conflicts with another row ({name})"),
    }
}

/// A part of a variant's name: `Self_` is one only where it stands alone.
fn camel(name: &str) -> String {
    let camel = crate::templates::names::camel(name);
    camel.trim_end_matches('_').to_owned()
}
