//! Constraints: those that a column says in short, the others under their names.

use crate::catalog::{Object, QName};
use crate::kinds::table::constraint::{
    Action, Constraint, ConstraintRule, Exclusion, ForeignKey, Key, KeyIndex,
};
use crate::spec::names;
use crate::spec::resolve::foreign_keys::primary_key;
use crate::spec::write::{Node, Table, Writer, options};

/// The section for constraints of that kind; the primary key is no section.
pub(super) fn section(rule: &ConstraintRule) -> &'static str {
    match rule {
        ConstraintRule::PrimaryKey(_) => "primary_key",
        ConstraintRule::Unique(_) => "uniques",
        ConstraintRule::ForeignKey(_) => "foreign_keys",
        ConstraintRule::Check(_) => "checks",
        ConstraintRule::Exclusion(_) => "exclusions",
    }
}

/// What is said of a constraint under its name.
pub(super) fn write(
    writer: &Writer<'_>,
    schema: &str,
    object: &Object,
    constraint: &Constraint,
) -> Node {
    let mut table = Table::default();
    table.some("comment", object.comment.as_ref());
    match &constraint.rule {
        ConstraintRule::PrimaryKey(key) | ConstraintRule::Unique(key) => {
            self::key(&mut table, key, schema);
        }
        ConstraintRule::ForeignKey(key) => foreign_key(writer, &mut table, key),
        ConstraintRule::Check(check) => {
            table.set("expression", &check.expression.0);
            table.flag("no_inherit", check.no_inherit);
        }
        ConstraintRule::Exclusion(exclusion) => self::exclusion(&mut table, exclusion, schema),
    }
    table.flag(
        "deferrable",
        constraint.deferrable && !constraint.initially_deferred,
    );
    table.flag("initially_deferred", constraint.initially_deferred);
    table.flag("not_valid", constraint.not_valid);
    table.flag("not_enforced", constraint.not_enforced);
    match &constraint.rule {
        ConstraintRule::Check(check) if table.len() == 1 => Node::from(&check.expression.0),
        _ => table.into(),
    }
}

/// The primary key: its columns alone where there is nothing else to say.
pub(super) fn primary(
    writer: &Writer<'_>,
    table: &QName,
    name: &str,
    object: &Object,
    constraint: &Constraint,
) -> Node {
    let Node::Table(mut said) = write(writer, &table.schema, object, constraint) else {
        return Node::List(Vec::new());
    };
    let usual = crate::sql::object_name::choose_index_name(
        &table.name,
        &[],
        crate::sql::object_name::IndexPurpose::PrimaryKey,
        |_| false,
    );
    said.some("name", (name != usual).then_some(name));
    match &constraint.rule {
        ConstraintRule::PrimaryKey(key) if said.len() == 1 => {
            Node::List(key.columns.iter().map(Node::from).collect())
        }
        _ => said.into(),
    }
}

fn key(table: &mut Table, key: &Key, schema: &str) {
    table.texts("columns", &key.columns);
    table.flag("nulls_not_distinct", key.nulls_not_distinct);
    table.flag("without_overlaps", key.without_overlaps);
    key_index(table, &key.index, schema);
}

fn key_index(table: &mut Table, index: &KeyIndex, schema: &str) {
    table.texts("include", &index.include);
    table.table("options", options(&index.options));
    table.some("tablespace", index.tablespace.as_ref());
    let parent = index.attached_to.as_ref();
    let parent = parent.map(|name| names::write(name, schema));
    table.some("attached_to", parent.as_ref());
    table.some("index_comment", index.comment.as_ref());
}

fn foreign_key(writer: &Writer<'_>, table: &mut Table, key: &ForeignKey) {
    table.texts("columns", &key.columns);
    table.set("references", writer.name(&key.references));
    if !points_at_primary_key(writer, key) {
        table.texts("to", &key.referenced_columns);
    }
    table.some("match", key.match_full.then_some("full"));
    actions(table, key);
    table.flag("period", key.period);
}

/// `on_delete` and `on_update`, where they are not `no action`.
pub(super) fn actions(table: &mut Table, key: &ForeignKey) {
    let delete = action(key.on_delete).map(|word| match key.on_delete_columns.as_slice() {
        [] => word.to_owned(),
        columns => format!("{word} ({})", columns.join(", ")),
    });
    table.some("on_delete", delete);
    table.some("on_update", action(key.on_update));
}

/// Whether the referenced columns need not be said.
pub(super) fn points_at_primary_key(writer: &Writer<'_>, key: &ForeignKey) -> bool {
    primary_key(writer.catalog, &key.references)
        .is_some_and(|columns| columns == key.referenced_columns)
}

fn action(action: Action) -> Option<&'static str> {
    match action {
        Action::NoAction => None,
        Action::Restrict => Some("restrict"),
        Action::Cascade => Some("cascade"),
        Action::SetNull => Some("set null"),
        Action::SetDefault => Some("set default"),
    }
}

fn exclusion(table: &mut Table, exclusion: &Exclusion, schema: &str) {
    table.some(
        "using",
        (exclusion.method != "gist").then_some(&exclusion.method),
    );
    let elements = exclusion.elements.iter().map(|element| {
        let mut said = super::index::long_key(&element.key);
        said.set("with", &element.operator.0);
        Node::from(said)
    });
    table.list("elements", elements.collect());
    table.some("where", exclusion.predicate.as_ref().map(|sql| &sql.0));
    key_index(table, &exclusion.index, schema);
}
