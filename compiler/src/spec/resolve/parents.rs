//! Columns and constraints that children take from their parents: partitions, `inherits`, `of_type`.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Id, QName};
use crate::diagnostics::Diagnostic;
use crate::kinds::composite::Composite;
use crate::kinds::table::column::NotNull;
use crate::kinds::table::constraint::{Check, Constraint, ConstraintRule};
use crate::kinds::table::read::column::default;
use crate::kinds::table::{Column, Table, given_not_null};
use crate::kinds::{Kind, Model, Sql};
use crate::spec::reader::Reader;
use crate::spec::value::Value;
use crate::sql::TypeName;

/// Gives every child the columns of its parents.
pub fn columns(reader: &mut Reader<'_>) {
    let children: Vec<Id> = reader
        .spec
        .catalog
        .of::<Table>()
        .filter(|(_, table, _)| has_parent(table))
        .map(|(id, _, _)| id.clone())
        .collect();
    let mut done = BTreeSet::new();
    for child in &children {
        complete(reader, child, &mut done);
    }
}

fn has_parent(table: &Table) -> bool {
    table.partition_of.is_some() || !table.inherits.is_empty() || table.of_type.is_some()
}

/// The tables whose columns a table has.
pub fn parents(table: &Table) -> Vec<&QName> {
    let partitioned = table.partition_of.as_ref().map(|of| &of.parent);
    partitioned.into_iter().chain(&table.inherits).collect()
}

/// Completes a table after its parents; in a cycle of parents, which is told elsewhere, some go without.
fn complete(reader: &mut Reader<'_>, id: &Id, done: &mut BTreeSet<Id>) {
    if !done.insert(id.clone()) {
        return;
    }
    let Some(table) = table(&reader.spec.catalog, id) else {
        return;
    };
    let parents: Vec<QName> = parents(table).into_iter().cloned().collect();
    let partition = table.partition_of.is_some();
    let own = table.columns.clone();
    for parent in parents {
        complete(
            reader,
            &Id::new(Kind::Table, &parent.schema, &parent.name),
            done,
        );
    }
    let taken = self::table(&reader.spec.catalog, id)
        .map(|table| taken(&reader.spec.catalog, table))
        .unwrap_or_default();
    let columns = merge(reader, id, &taken, &own, partition);
    let object = reader.spec.catalog.objects.get_mut(id);
    if let Some(table) = object.and_then(|object| Table::from_body_mut(&mut object.body)) {
        table.columns = columns;
    }
}

/// The columns that a table has from its parents or its type.
pub fn taken(catalog: &Catalog, table: &Table) -> Vec<Column> {
    if let Some(of) = &table.of_type {
        return type_columns(catalog, of);
    }
    let mut taken = Vec::new();
    for parent in parents(table) {
        let parent = Id::new(Kind::Table, &parent.schema, &parent.name);
        let columns = self::table(catalog, &parent).map(|table| table.columns.clone());
        let columns = columns.unwrap_or_default().into_iter();
        let columns = columns.map(|column| handed_down(catalog, column)).collect();
        merge_parent(&mut taken, columns);
    }
    taken
}

fn table<'c>(catalog: &'c Catalog, id: &Id) -> Option<&'c Table> {
    Table::from_body(&catalog.get(id)?.body)
}

/// A column as an heir has it, as to null.
fn handed_down(catalog: &Catalog, mut column: Column) -> Column {
    column.nullable = !column.hands_down_not_null();
    let postgresql = catalog.postgresql.unwrap_or_default();
    column.not_null = given_not_null(!column.nullable, postgresql);
    column
}

/// A column of several parents is one column (`MergeAttributes` of `tablecmds.c`).
fn merge_parent(taken: &mut Vec<Column>, columns: Vec<Column>) {
    for column in columns {
        match taken.iter_mut().find(|known| known.name == column.name) {
            Some(known) if known.nullable => {
                known.nullable = column.nullable;
                known.not_null = column.not_null;
            }
            Some(_) => {}
            None => taken.push(column),
        }
    }
}

fn type_columns(catalog: &Catalog, of: &QName) -> Vec<Column> {
    let id = Id::new(Kind::Composite, &of.schema, &of.name);
    let composite = catalog
        .get(&id)
        .and_then(|object| Composite::from_body(&object.body));
    let attributes = composite
        .map(|composite| composite.attributes.clone())
        .unwrap_or_default();
    attributes
        .into_iter()
        .map(|attribute| Column {
            name: attribute.name,
            data_type: attribute.data_type,
            collation: attribute.collation,
            nullable: true,
            ..Column::default()
        })
        .collect()
}

/// The parents' columns with what the child says of them, then the child's own. A child that says all of them says
/// their order too.
fn merge(
    reader: &mut Reader<'_>,
    id: &Id,
    taken: &[Column],
    own: &[Column],
    partition: bool,
) -> Vec<Column> {
    let of_type = table(&reader.spec.catalog, id).is_some_and(|table| table.of_type.is_some());
    let complete = taken
        .iter()
        .all(|column| own.iter().any(|o| o.name == column.name));
    let mut inherited: Vec<Column> = taken
        .iter()
        .map(|column| match own.iter().find(|o| o.name == column.name) {
            Some(said) => overridden(reader, id, column, said, partition || of_type),
            None => fresh(column, !of_type),
        })
        .collect();
    let local = own
        .iter()
        .filter(|o| !taken.iter().any(|column| column.name == o.name));
    local
        .clone()
        .for_each(|column| must_have_type(reader, id, column));
    inherited.extend(local.cloned());
    if complete {
        inherited.sort_by_key(|column| own.iter().position(|o| o.name == column.name));
    }
    inherited
}

/// What a child has of a parent's column: not its comment, privileges, identity and statistics target.
pub fn fresh(column: &Column, inherited: bool) -> Column {
    Column {
        inherited,
        comment: None,
        privileges: crate::catalog::Privileges::default(),
        identity: None,
        statistics: None,
        options: crate::kinds::Options::default(),
        ..column.clone()
    }
}

fn overridden(
    reader: &mut Reader<'_>,
    id: &Id,
    parent: &Column,
    said: &Column,
    never_local: bool,
) -> Column {
    let value = reader.value_at(id, &["columns", &said.name]);
    let says = |key: &str| value.is_some_and(|value: Value<'_>| value.get(key).is_some());
    let base = fresh(parent, said.inherited || never_local);
    let data_type = if says("type") {
        said.data_type.clone()
    } else {
        base.data_type.clone()
    };
    let sql = match (says("default"), &said.default) {
        (true, Some(sql)) => Some(sql.clone()),
        (true, None) => late_default(reader, value, &data_type),
        (false, _) => base.default.clone(),
    };
    Column {
        not_null: if says("nullable") || says("not_null_constraint") {
            // A partition's is always its parent's too.
            NotNull {
                inherited: base.not_null.inherited && never_local,
                ..said.not_null.clone()
            }
        } else {
            base.not_null
        },
        nullable: if says("nullable") {
            said.nullable
        } else {
            base.nullable
        },
        default: sql,
        generated: said.generated.clone().or(base.generated),
        identity: said.identity.clone(),
        collation: said.collation.clone().or(base.collation),
        storage: said.storage.clone().or(base.storage),
        compression: if says("compression") {
            said.compression.clone()
        } else {
            base.compression
        },
        statistics: said.statistics,
        options: said.options.clone(),
        foreign_options: said.foreign_options.clone(),
        comment: said.comment.clone(),
        privileges: said.privileges.clone(),
        name: base.name,
        inherited: base.inherited,
        data_type,
    }
}

/// The default of a column whose type only the parent says.
fn late_default(reader: &mut Reader<'_>, value: Option<Value<'_>>, data_type: &str) -> Option<Sql> {
    let data_type = TypeName::parse(data_type).ok()?;
    default(reader, value?, Some(&data_type))
}

fn must_have_type(reader: &mut Reader<'_>, id: &Id, column: &Column) {
    let said = reader.value_at(id, &["columns", &column.name, "type"]);
    if said.is_none() {
        report_missing_type(reader, id, column);
    }
}

/// A column without a type that no parent has.
pub fn report_missing_type(reader: &mut Reader<'_>, id: &Id, column: &Column) {
    let place = reader.place(id, &["columns", &column.name]);
    let message = format!("column `{}` has no type", column.name);
    reader.report(Diagnostic::error("missing-key", place, message).help("add `type = \"text\"`"));
}

/// Marks the checks that a child has from its parents too (`MergeConstraintsIntoExisting`).
pub fn constraints(reader: &mut Reader<'_>) {
    let catalog = &reader.spec.catalog;
    let inherited: Vec<Id> = catalog
        .of::<Constraint>()
        .filter(|(id, constraint, _)| is_inherited(catalog, id, constraint))
        .map(|(id, _, _)| id.clone())
        .collect();
    for id in inherited {
        let object = reader.spec.catalog.objects.get_mut(&id);
        if let Some(constraint) =
            object.and_then(|object| Constraint::from_body_mut(&mut object.body))
        {
            constraint.inherited = true;
        }
    }
}

fn is_inherited(catalog: &Catalog, id: &Id, constraint: &Constraint) -> bool {
    if !matches!(constraint.rule, ConstraintRule::Check(_)) {
        return false;
    }
    let Some(relation) = id.relation() else {
        return false;
    };
    let child = Id::new(Kind::Table, &relation.schema, &relation.name);
    table(catalog, &child).is_some_and(|table| {
        parents(table)
            .into_iter()
            .any(|parent| has_check(catalog, parent, &id.name))
    })
}

fn has_check(catalog: &Catalog, table: &QName, name: &str) -> bool {
    let id = Id::part(Kind::Constraint, table, name);
    let constraint = catalog
        .get(&id)
        .and_then(|object| Constraint::from_body(&object.body));
    matches!(
        constraint.map(|constraint| &constraint.rule),
        Some(ConstraintRule::Check(Check {
            no_inherit: false,
            ..
        }))
    )
}
