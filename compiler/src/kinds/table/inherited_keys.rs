//! Foreign keys that partitions have from their whole. A partition that leaves keeps a copy of each.

use super::Table;
use super::constraint::{Constraint, ConstraintRule, ForeignKey};
use super::index_diff::joins_by_attaching;
use super::inheritance::{self, model};
use crate::catalog::{Catalog, Id, QName};
use crate::kinds::Kind;
use crate::plan::{Change, Name, Site, Stage, Turn};

/// Drops the copies that nobody wants, once the partition has left its whole.
pub(super) fn drop_left(old: &Table, new: &Table, at: &Site) -> Vec<Change> {
    let copy = |name: &str| Id::part(Kind::Constraint, &at.id.qname(), name);
    let unwanted = left(old, at).filter(|(id, key)| {
        let own = at.to.get(&copy(&id.name)).and_then(model::<Constraint>);
        let mut wanted = handed_down(new, at.to).map(|(_, key)| key).chain(own);
        !wanted.any(|wanted| wanted.rule == key.rule)
    });
    unwanted
        .map(|(id, _)| Change::new(&copy(&id.name), "drop_left").stage(Stage::Releases))
        .collect()
}

/// Whether a foreign key that a table has for itself is the copy that it keeps when it leaves its whole.
pub(super) fn is_left(key: &Constraint, at: &Site) -> bool {
    let table = QName::new(&at.id.schema, &at.id.parent);
    let old = Table::find(at.from, &table).filter(|_| joins_by_attaching(&table, at));
    old.is_some_and(|old| {
        left(old, at).any(|(id, copy)| id.name == at.id.name && copy.rule == key.rule)
    })
}

/// The whole's keys of which a partition keeps copies.
fn left<'a>(old: &Table, at: &'a Site<'a>) -> impl Iterator<Item = (&'a Id, &'a Constraint)> {
    handed_down(old, at.from).filter(|(id, key)| stays_after(id, key, at))
}

/// What a foreign key of the whole that goes by its own statement frees, and a partition that leaves takes.
pub(super) fn copies_of(whole: &QName) -> Name {
    Name::Turn(Turn::Copies, whole.clone())
}

/// The tables whose partitions have copies of the foreign keys of one.
pub(super) fn hands_down(table: &QName, catalog: &Catalog) -> Vec<QName> {
    let is_whole = |table: &Table| table.partition_by.is_some();
    if !Table::find(catalog, table).is_some_and(is_whole) {
        return Vec::new();
    }
    let below = catalog.of::<Table>().filter(|(_, part, _)| {
        is_whole(part) && inheritance::ancestors(part, catalog).contains(&table)
    });
    below
        .map(|(id, ..)| id.qname())
        .chain([table.clone()])
        .collect()
}

fn handed_down<'a>(
    part: &Table,
    catalog: &'a Catalog,
) -> impl Iterator<Item = (&'a Id, &'a Constraint)> {
    let whole = part.partition_of.as_ref().map(|part| &part.parent);
    let mut wholes: Vec<QName> = whole.cloned().into_iter().collect();
    let above = wholes.first().and_then(|whole| Table::find(catalog, whole));
    let above = above.map(|table| inheritance::ancestors(table, catalog));
    wholes.extend(above.into_iter().flatten().cloned());
    let keys = wholes
        .into_iter()
        .flat_map(|whole| catalog.parts_of::<Constraint>(&whole));
    keys.filter(|(_, constraint, _)| foreign_key(constraint).is_some())
        .map(|(id, constraint, _)| (id, constraint))
}

fn foreign_key(constraint: &Constraint) -> Option<&ForeignKey> {
    match &constraint.rule {
        ConstraintRule::ForeignKey(key) => Some(key),
        _ => None,
    }
}

/// Whether no statement drops the whole's key while the partition is one.
fn stays_after(id: &Id, key: &Constraint, at: &Site) -> bool {
    let Some(whole) = Table::find(at.to, &QName::new(&id.schema, &id.parent)) else {
        return true;
    };
    let columns = foreign_key(key).map_or(&[][..], |key| &key.columns);
    let falls = columns.iter().any(|column| whole.column(column).is_none());
    let stays = at.to.get(id).and_then(model::<Constraint>);
    falls || stays.is_some_and(|stays| stays.rule == key.rule)
}
