//! Partitions and heirs: what they have from their parents.

use super::column::Column;
use super::constraint::{Constraint, ConstraintRule};
use super::constraint_diff::Named;
use super::diff::attach_partition;
use super::index::Index;
use super::{PartitionOf, Table, alter_column};
use crate::catalog::{Catalog, Id, QName};
use crate::kinds::composite::Composite;
use crate::kinds::{Kind, Model};
use crate::plan::{Change, Hazard, Site, Stage};

/// The parents' columns of that name.
fn parents_columns<'a>(
    table: &'a Table,
    catalog: &'a Catalog,
    column: &'a str,
) -> impl Iterator<Item = &'a Column> {
    let parents = table
        .inherits
        .iter()
        .chain(table.partition_of.iter().map(|part| &part.parent));
    parents.filter_map(|parent| Table::find(catalog, parent)?.column(column))
}

/// Whether a new partition is made as a table and attached, because `PARTITION OF` would give it its columns in another
/// order or its indexes other names.
pub(super) fn is_attached(table: &Table, part: &PartitionOf, at: &Site) -> bool {
    let Some(parent) = Table::find(at.to, &part.parent) else {
        return true;
    };
    let names = |table: &Table| {
        table
            .columns
            .iter()
            .map(|column| column.name.clone())
            .collect::<Vec<_>>()
    };
    let types = |table: &Table| {
        table
            .columns
            .iter()
            .map(|column| column.generated.clone())
            .collect::<Vec<_>>()
    };
    names(parent) != names(table)
        || types(parent) != types(table)
        || attached_parts(at).next().is_some()
}

/// The checks of its parents that a table must have before it is attached (`MergeConstraintsIntoExisting` of
/// `tablecmds.c`).
pub(super) fn parents_checks<'a>(part: Option<&'a PartitionOf>, at: &'a Site) -> Vec<Named<'a>> {
    let mut checks: Vec<Named<'a>> = Vec::new();
    let mut next = part;
    while let Some(PartitionOf { parent, .. }) = next {
        let own = at.to.parts_of::<Constraint>(parent);
        let inheritable = own.filter_map(|(id, new, _)| {
            let is_check = matches!(&new.rule, ConstraintRule::Check(check) if !check.no_inherit);
            is_check.then_some(Named {
                name: &id.name,
                new,
            })
        });
        checks.extend(inheritable);
        next = Table::find(at.to, parent).and_then(|table| table.partition_of.as_ref());
    }
    let said = |name: &str| {
        at.to
            .get(&Id::part(Kind::Constraint, &at.id.qname(), name))
            .is_some()
    };
    checks.retain(|check| !said(check.name));
    checks
}

/// The partition's constraints and indexes that exist under names of their own before it is attached.
pub(super) fn attached_parts<'a>(at: &'a Site) -> impl Iterator<Item = Id> + 'a {
    let constraints = at.to.parts_of::<Constraint>(&at.id.qname());
    let indexes = at.to.of::<Index>();
    constraints
        .map(|(id, _, object)| (id, object))
        .chain(indexes.map(|(id, _, object)| (id, object)))
        .filter(|(id, object)| {
            id.schema == at.id.schema && super::attached::is_named_apart(id, object, at.id, at)
        })
        .map(|(id, _)| id.clone())
}

/// What an inherited column has otherwise than its parents give it.
pub(super) fn overrides(table: &Table, column: &Column, at: &Site) -> Vec<Change> {
    let Some(given) = given(table, column, at.to) else {
        return Vec::new();
    };
    let mut changes = Vec::new();
    if given.default != column.default && column.generated.is_none() {
        changes.push(match &column.default {
            Some(default) => {
                alter_column::set_default(at.id, &column.name, default).stage(Stage::With)
            }
            None => alter_column::drop_default(at.id, &column.name).stage(Stage::With),
        });
    }
    if given.nullable && !column.nullable {
        let mut change = alter_column::nullability(at.id, column);
        change.hazards.clear();
        changes.push(change);
    }
    changes
}

fn given(table: &Table, column: &Column, catalog: &Catalog) -> Option<Column> {
    let mut parents = parents_columns(table, catalog, &column.name);
    let mut given = match (parents.next(), &table.of_type) {
        (Some(first), _) => first.clone(),
        (None, Some(_)) => Column {
            nullable: true,
            ..Column::default()
        },
        (None, None) => return None,
    };
    given.nullable &= parents.all(|parent| parent.nullable);
    Some(given)
}

/// The table after its parents have been changed: what is done to a parent's column is done to its heirs'.
pub(super) fn as_parents_leave_it(old: &Table, new: &Table, at: &Site) -> Table {
    let mut table = old.clone();
    let (kept, left) = kept_and_left(old, new);
    for column in &mut table.columns {
        let name = column.name.clone();
        let before = parents_columns(&kept, at.from, &name).next();
        let after = parents_columns(&kept, at.to, &name).next();
        if let (Some(before), Some(after)) = (before, after) {
            follow(column, before, after);
        }
    }
    let has = |parents: &Table, catalog, column: &Column| {
        parents_columns(parents, catalog, &column.name)
            .next()
            .is_some()
    };
    table.columns.retain(|column| {
        let falls = has(&kept, at.from, column) && !has(&kept, at.to, column);
        !column.inherited || !falls || has(&left, at.from, column)
    });
    follow_type(&mut table, new, at);
    for column in new
        .columns
        .iter()
        .filter(|column| old.column(&column.name).is_none())
    {
        let from_parents = parents_columns(&kept, at.to, &column.name).next();
        if let Some(given) = from_parents.and_then(|_| given(&kept, column, at.to)) {
            table.columns.push(Column {
                inherited: column.inherited,
                comment: None,
                ..given
            });
        }
    }
    table
}

/// A table that is of a type has its attributes, before and after.
fn follow_type(table: &mut Table, new: &Table, at: &Site) {
    let name = table
        .of_type
        .as_ref()
        .filter(|_| table.of_type == new.of_type);
    let id = name.map(|name| Id::new(Kind::Composite, &name.schema, &name.name));
    let object = id.and_then(|id| at.to.get(&id));
    let Some(given) = object.and_then(|object| Composite::from_body(&object.body)) else {
        return;
    };
    let find = |name: &str| given.attributes.iter().find(|given| given.name == name);
    table.columns.retain(|column| find(&column.name).is_some());
    for column in &mut table.columns {
        if let Some(given) = find(&column.name) {
            column.data_type.clone_from(&given.data_type);
            column.collation.clone_from(&given.collation);
        }
    }
    for given in &given.attributes {
        if table.column(&given.name).is_none() {
            table.columns.push(Column {
                name: given.name.clone(),
                data_type: given.data_type.clone(),
                collation: given.collation.clone(),
                nullable: true,
                ..Column::default()
            });
        }
    }
}

/// The parents that a table keeps, and those that it leaves: their columns become its own.
fn kept_and_left(old: &Table, new: &Table) -> (Table, Table) {
    let whole = |table: &Table| table.partition_of.as_ref().map(|part| part.parent.clone());
    let of = |kept: bool| Table {
        inherits: old
            .inherits
            .iter()
            .filter(|parent| new.inherits.contains(parent) == kept)
            .cloned()
            .collect(),
        partition_of: old
            .partition_of
            .clone()
            .filter(|_| (whole(old) == whole(new)) == kept),
        ..Table::default()
    };
    (of(true), of(false))
}

fn follow(column: &mut Column, before: &Column, after: &Column) {
    if before.data_type != after.data_type || before.collation != after.collation {
        column.data_type.clone_from(&after.data_type);
        column.collation.clone_from(&after.collation);
    }
    if before.default != after.default {
        column.default.clone_from(&after.default);
    }
    if before.nullable != after.nullable {
        column.nullable = after.nullable;
    }
    if before.generated != after.generated {
        column.generated.clone_from(&after.generated);
    }
    if before.storage != after.storage {
        column.storage.clone_from(&after.storage);
    }
    if before.compression != after.compression {
        column.compression.clone_from(&after.compression);
    }
    if before.statistics != after.statistics {
        column.statistics = after.statistics;
    }
}

/// What lets go of parents.
pub(super) fn leave(old: &Table, new: &Table, at: &Site) -> Vec<Change> {
    let mut changes = Vec::new();
    if let Some(part) = old
        .partition_of
        .as_ref()
        .filter(|_| old.partition_of != new.partition_of)
    {
        let mut detach = Change::new(at.id, "detach_partition").with("parent", &part.parent);
        detach.frees = Some(rows_of_parent(part));
        // What comes back with other bounds is changed with its parent before it leaves.
        let comes_back = |now: &PartitionOf| now.parent == part.parent;
        if new.partition_of.as_ref().is_some_and(comes_back) {
            detach = detach.needs(table_id(&part.parent));
        }
        changes.push(
            detach
                .stage(Stage::Releases)
                .hazards(&[Hazard::BreaksRunningCode]),
        );
    }
    for parent in old
        .inherits
        .iter()
        .filter(|parent| !new.inherits.contains(parent))
    {
        let leave = Change::new(at.id, "no_inherit").with("parent", parent);
        changes.push(
            leave
                .stage(Stage::Releases)
                .hazards(&[Hazard::BreaksRunningCode]),
        );
    }
    changes
}

/// What takes hold of parents.
pub(super) fn join(old: &Table, new: &Table, at: &Site) -> Vec<Change> {
    let mut changes = Vec::new();
    if let Some(part) = new
        .partition_of
        .as_ref()
        .filter(|_| old.partition_of != new.partition_of)
    {
        changes.push(attach_partition(at, part));
    }
    for parent in new
        .inherits
        .iter()
        .filter(|parent| !old.inherits.contains(parent))
    {
        changes.push(
            Change::new(at.id, "inherit")
                .with("parent", parent)
                .stage(Stage::Claims)
                .needs(table_id(parent)),
        );
    }
    changes
}

/// Whether a check is the partitioned parent's in one catalog, and the table's own in the other: a partition that is attached
/// gives it up, one that is detached keeps it.
pub(super) fn is_check_of_parents(
    constraint: &Constraint,
    id: &Id,
    attached: &Catalog,
    apart: &Catalog,
) -> bool {
    let table = QName::new(&id.schema, &id.parent);
    let parent = |catalog| Table::find(catalog, &table)?.partition_of.as_ref();
    let Some(part) = parent(attached).filter(|part| parent(apart) != Some(*part)) else {
        return false;
    };
    let object = attached.get(&Id::part(Kind::Constraint, &part.parent, &id.name));
    let parents = object.and_then(|object| Constraint::from_body(&object.body));
    let is_check = matches!(constraint.rule, ConstraintRule::Check(_));
    is_check && parents.is_some_and(|parents| parents.rule == constraint.rule)
}

/// What the partitions of a table share out, as a name that nothing has: who leaves frees it, who joins takes it.
pub(super) fn rows_of_parent(part: &PartitionOf) -> QName {
    QName::new(&part.parent.schema, format!("{}\0rows", part.parent.name))
}

/// Whether a foreign key points at a table.
pub(super) fn is_referenced(table: &QName, catalog: &Catalog) -> bool {
    use super::constraint::{Constraint, ConstraintRule};
    let points = |rule: &ConstraintRule| matches!(rule, ConstraintRule::ForeignKey(key) if key.references == *table);
    catalog
        .of::<Constraint>()
        .any(|(_, constraint, _)| points(&constraint.rule))
}

pub(super) fn table_id(name: &QName) -> Id {
    Id::new(Kind::Table, &name.schema, &name.name)
}

/// The model of an object of that kind.
pub(super) fn model<M: Model>(object: &crate::catalog::Object) -> Option<&M> {
    M::from_body(&object.body)
}
