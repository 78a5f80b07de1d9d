//! What a column says in short: its constraints and its sequence, with the names that PostgreSQL would choose.

use crate::catalog::{Id, Object, QName};
use crate::kinds::sequence::{self, OwnedBy, Sequence};
use crate::kinds::table::Column;
use crate::kinds::table::constraint::{Check, Constraint, ConstraintRule, ForeignKey, Key};
use crate::kinds::{Kind, Sql};
use crate::spec::common;
use crate::spec::names;
use crate::spec::reader::Reader;
use crate::spec::value::{Name, Value};
use crate::sql;
use crate::sql::object_name::{self, IndexPurpose};

/// The constraints that the columns of a table say in short.
pub fn constraints<'t>(reader: &mut Reader<'t>, table: &QName, value: Value<'t>) {
    let columns: Vec<_> = value.entries_of("columns").collect();
    let all: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    for (name, column) in &columns {
        if column.flag("unique") {
            unique(reader, table, *name, *column);
        }
        if let Some(expression) = column.text("check") {
            check(reader, table, *column, &expression, &all);
        }
        if let Some(target) = reader.qname(*column, "references") {
            foreign_key(reader, table, *name, *column, target);
        }
    }
}

fn unique<'t>(reader: &mut Reader<'t>, table: &QName, name: Name<'t>, column: Value<'t>) {
    let columns = vec![name.to_string()];
    let chosen = object_name::choose_index_name(&table.name, &columns, IndexPurpose::Unique, |n| {
        taken(reader, table, n)
    });
    let rule = ConstraintRule::Unique(Key {
        columns,
        ..Key::default()
    });
    declare(reader, table, chosen, column, "unique", rule);
}

fn check<'t>(
    reader: &mut Reader<'t>,
    table: &QName,
    column: Value<'t>,
    expression: &str,
    all: &[&str],
) {
    let only = only_column(expression, all);
    let chosen = object_name::choose_check_name(&table.name, only, |n| taken(reader, table, n));
    let rule = ConstraintRule::Check(Check {
        expression: Sql(expression.to_owned()),
        no_inherit: false,
    });
    declare(reader, table, chosen, column, "check", rule);
}

fn foreign_key<'t>(
    reader: &mut Reader<'t>,
    table: &QName,
    name: Name<'t>,
    column: Value<'t>,
    target: QName,
) {
    let columns = vec![name.to_string()];
    let chosen =
        object_name::choose_foreign_key_name(&table.name, &columns, |n| taken(reader, table, n));
    let (on_delete, on_delete_columns) = super::constraint::action(column, "on_delete");
    let (on_update, _) = super::constraint::action(column, "on_update");
    let rule = ConstraintRule::ForeignKey(ForeignKey {
        columns,
        references: target,
        referenced_columns: Vec::new(),
        match_full: false,
        on_update,
        on_delete,
        on_delete_columns,
        period: false,
    });
    declare(reader, table, chosen, column, "references", rule);
}

fn declare<'t>(
    reader: &mut Reader<'t>,
    table: &QName,
    name: String,
    column: Value<'t>,
    key: &str,
    rule: ConstraintRule,
) {
    let place = column.key(key).map_or_else(|| column.place(), Name::place);
    let id = Id::part(Kind::Constraint, table, name);
    reader.declare(id, place, column, Object::new(Constraint::new(rule)));
}

/// The only column of the table that an expression uses.
pub fn only_column<'a>(expression: &str, columns: &[&'a str]) -> Option<&'a str> {
    let used = sql::column_refs(expression);
    let mut known = columns
        .iter()
        .filter(|c| used.iter().any(|u| u.name == **c));
    match (known.next(), known.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

/// Whether a constraint or index of the table has that name.
pub fn taken(reader: &Reader<'_>, table: &QName, name: &str) -> bool {
    let has = |id: Id| reader.declared(&id).is_some();
    has(Id::part(Kind::Constraint, table, name)) || has(Id::new(Kind::Index, &table.schema, name))
}

/// The sequence and default of a `serial` column (`transformColumnDefinition` of `parse_utilcmd.c`).
pub fn serial<'t>(reader: &mut Reader<'t>, id: &Id, column: &mut Column, value: Value<'t>) {
    let said = value.get("sequence").unwrap_or(value);
    let named = value.get("sequence").and_then(|s| s.text("name"));
    let name = named.unwrap_or_else(|| {
        object_name::choose_sequence_name(&id.name, &column.name, |n| {
            reader
                .declared(&Id::new(Kind::Sequence, &id.schema, n))
                .is_some()
        })
    });
    let own_type = value.get("sequence").and_then(|s| s.text("type"));
    let data_type = own_type.unwrap_or_else(|| column.data_type.clone());
    let sequence = Sequence {
        options: match value.get("sequence") {
            Some(said) => sequence::read::numbers(said, &data_type),
            None => crate::kinds::sequence::SequenceOptions::default_for(&data_type, 1),
        },
        data_type,
        owned_by: Some(OwnedBy {
            table: id.qname(),
            column: column.name.clone(),
        }),
        unlogged: said.flag("unlogged"),
    };
    let object = match value.get("sequence") {
        Some(said) => common::object(reader, said, sequence),
        None => Object::new(sequence),
    };
    let qname = QName::new(&id.schema, &name);
    column.default = Some(Sql(nextval(&qname, reader.default_schema())));
    let place = value.key("type").map_or_else(|| value.place(), Name::place);
    reader.declare(
        Id::new(Kind::Sequence, &id.schema, name),
        place,
        said,
        object,
    );
}

/// The default of a serial column, as PostgreSQL prints it.
pub fn nextval(sequence: &QName, default_schema: &str) -> String {
    let name = names::sql(sequence, default_schema);
    format!("nextval({}::regclass)", sql::quote_literal(&name))
}
