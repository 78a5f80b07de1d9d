//! What a column can say in short: its constraints and its sequence, where they have the names that PostgreSQL would choose.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, Id, Object, QName};
use crate::kinds::sequence::{OwnedBy, Sequence};
use crate::kinds::table::constraint::{Check, Constraint, ConstraintRule, ForeignKey, Key};
use crate::kinds::table::read::shorthand::{nextval, only_column};
use crate::kinds::table::{Column, Table};
use crate::kinds::{Body, Kind, Model, Sql, sequence};
use crate::spec::write::{self, Writer, attributes, privileges};
use crate::sql::object_name::{
    IndexPurpose, choose_check_name, choose_foreign_key_name, choose_index_name,
    choose_sequence_name,
};

/// The constraints of a table that its columns say.
#[derive(Debug, Default)]
pub(super) struct Shorthand<'c> {
    pub unique: BTreeSet<&'c str>,
    pub checks: BTreeMap<&'c str, &'c Sql>,
    pub references: BTreeMap<&'c str, &'c ForeignKey>,
    constraints: BTreeSet<&'c Id>,
}

impl<'c> Shorthand<'c> {
    /// Of the constraints of a table, those that one of these columns can say.
    pub fn new(writer: &Writer<'c>, table: &QName, columns: &[&'c str]) -> Self {
        let mut short = Self::default();
        for (id, object) in writer.parts(table) {
            if let Body::Constraint(constraint) = &object.body
                && !is_index(writer, id)
                && object.comment.is_none()
                && *constraint == Constraint::new(constraint.rule.clone())
                && short.take(writer, id, &constraint.rule, columns)
            {
                short.constraints.insert(id);
            }
        }
        short
    }

    pub fn has(&self, id: &Id) -> bool {
        self.constraints.contains(id)
    }

    fn take(
        &mut self,
        writer: &Writer<'_>,
        id: &Id,
        rule: &'c ConstraintRule,
        columns: &[&'c str],
    ) -> bool {
        match rule {
            ConstraintRule::Unique(key) => {
                unique(id, key, columns).is_some_and(|column| self.unique.insert(column))
            }
            ConstraintRule::Check(check) => {
                let column = self::check(id, check, columns);
                column.is_some_and(|column| self.checks.insert(column, &check.expression).is_none())
            }
            ConstraintRule::ForeignKey(key) => {
                let column = foreign_key(writer, id, key, columns);
                column.is_some_and(|column| self.references.insert(column, key).is_none())
            }
            _ => false,
        }
    }
}

/// An index of that name would move the name that is chosen.
fn is_index(writer: &Writer<'_>, id: &Id) -> bool {
    writer
        .catalog
        .get(&Id::new(Kind::Index, &id.schema, &id.name))
        .is_some()
}

fn unique<'c>(id: &Id, key: &'c Key, columns: &[&str]) -> Option<&'c str> {
    let [column] = key.columns.as_slice() else {
        return None;
    };
    let plain = Key {
        columns: key.columns.clone(),
        ..Key::default()
    };
    let name = choose_index_name(&id.parent, &key.columns, IndexPurpose::Unique, |_| false);
    (*key == plain && name == id.name && columns.contains(&column.as_str())).then_some(column)
}

fn check<'c>(id: &Id, check: &Check, columns: &[&'c str]) -> Option<&'c str> {
    let column = only_column(&check.expression.0, columns)?;
    let name = choose_check_name(&id.parent, Some(column), |_| false);
    (name == id.name && !check.no_inherit).then_some(column)
}

fn foreign_key<'c>(
    writer: &Writer<'_>,
    id: &Id,
    key: &'c ForeignKey,
    columns: &[&str],
) -> Option<&'c str> {
    let [column] = key.columns.as_slice() else {
        return None;
    };
    let name = choose_foreign_key_name(&id.parent, &key.columns, |_| false);
    let plain =
        !key.match_full && !key.period && super::constraint::points_at_primary_key(writer, key);
    (plain && name == id.name && columns.contains(&column.as_str())).then_some(column)
}

/// The sequences that `serial` columns have.
pub fn serial_sequences(catalog: &Catalog) -> BTreeSet<Id> {
    let tables = catalog.of::<Table>();
    let all =
        tables.flat_map(|(id, table, _)| table.columns.iter().map(move |column| (id, column)));
    all.filter_map(|(id, column)| {
        serial(catalog, id, column).map(|(sequence, _, _)| sequence.clone())
    })
    .collect()
}

/// The sequence of a column that can be said to be `serial`.
pub(super) fn serial<'c>(
    catalog: &'c Catalog,
    table: &Id,
    column: &Column,
) -> Option<(&'c Id, &'c Sequence, &'c Object)> {
    serial_type(&column.data_type)?;
    let default = column.default.as_ref()?;
    let name =
        crate::sql::deparse::constant(default.0.strip_prefix("nextval(")?.strip_suffix(")")?)?;
    let name = crate::sql::deparse::names(&name).pop()?;
    let (id, object) =
        catalog
            .objects
            .get_key_value(&Id::new(Kind::Sequence, &table.schema, name))?;
    let sequence = Sequence::from_body(&object.body)?;
    let owner = OwnedBy {
        table: table.qname(),
        column: column.name.clone(),
    };
    let same = default.0 == nextval(&id.qname(), &catalog.default_schema)
        && sequence.owned_by.as_ref() == Some(&owner);
    same.then_some((id, sequence, object))
}

/// The `serial` that makes a column of that type.
pub(super) fn serial_type(data_type: &str) -> Option<&'static str> {
    match data_type {
        "smallint" => Some("smallserial"),
        "integer" => Some("serial"),
        "bigint" => Some("bigserial"),
        _ => None,
    }
}

/// What is special about the sequence of a `serial` column.
pub(super) fn sequence(
    writer: &Writer<'_>,
    table: &QName,
    column: &Column,
    id: &Id,
    sequence: &Sequence,
    object: &Object,
) -> write::Table {
    let mut said = write::Table::default();
    attributes(&mut said, object);
    let usual = choose_sequence_name(&table.name, &column.name, |_| false);
    said.some("name", (id.name != usual).then_some(&id.name));
    said.some(
        "type",
        (sequence.data_type != column.data_type).then_some(&sequence.data_type),
    );
    sequence::write::numbers(&mut said, &sequence.options, &sequence.data_type);
    said.flag("unlogged", sequence.unlogged);
    privileges(writer, &mut said, Kind::Sequence, &object.privileges, []);
    said
}
