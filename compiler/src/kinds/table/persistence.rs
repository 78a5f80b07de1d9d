//! `SET LOGGED` and `SET UNLOGGED`, in an order that foreign keys allow.

use super::constraint::{Constraint, ConstraintRule};
use super::{Table, inheritance};
use crate::catalog::QName;
use crate::kinds::Model;
use crate::plan::{Change, Hazard, Name, Site, Turn};

/// The change of a table's persistence: a logged table's foreign keys point at logged ones (`ATPrepChangePersistence` of
/// `tablecmds.c`).
pub(super) fn change(new: &Table, at: &Site) -> Change {
    let hazards = [
        Hazard::RewritesTable,
        Hazard::BlocksReads,
        Hazard::BlocksWrites,
    ];
    let mut change = Change::new(at.id, "set_logged")
        .with("unlogged", new.unlogged)
        .hazards(&hazards);
    let table = at.id.qname();
    change.takes = Some(turn(&table));
    change.frees = if new.unlogged {
        referenced(&table, at).iter().map(turn).collect()
    } else {
        referencing(&table, at).iter().map(turn).collect()
    };
    change
}

fn turn(table: &QName) -> Name {
    Name::Turn(Turn::Logged, table.clone())
}

/// The tables that its foreign keys, or those of what it is a partition of, point at.
fn referenced(table: &QName, at: &Site) -> Vec<QName> {
    let own = |other: &QName| other == table || is_part_of(table, other, at);
    let keys = keys(at).filter(|(from, _)| own(from));
    keys.map(|(_, to)| to).collect()
}

/// The tables, and their partitions, whose foreign keys point at it.
fn referencing(table: &QName, at: &Site) -> Vec<QName> {
    let wholes: Vec<QName> = keys(at)
        .filter(|(_, to)| to == table)
        .map(|(from, _)| from)
        .collect();
    let all = at.from.of::<Table>().map(|(id, ..)| id.qname());
    all.filter(|one| {
        wholes
            .iter()
            .any(|whole| one == whole || is_part_of(one, whole, at))
    })
    .collect()
}

fn is_part_of(table: &QName, whole: &QName, at: &Site) -> bool {
    Table::find(at.from, table)
        .is_some_and(|table| inheritance::ancestors(table, at.from).contains(&whole))
}

/// From where to where the foreign keys point that stay.
fn keys<'a>(at: &'a Site) -> impl Iterator<Item = (QName, QName)> + 'a {
    let stay = |id| at.to.get(id).is_some();
    let all = at.from.objects.iter().filter(move |(id, _)| stay(id));
    all.filter_map(
        |(id, object)| match &Constraint::from_body(&object.body)?.rule {
            ConstraintRule::ForeignKey(key) => {
                Some((QName::new(&id.schema, &id.parent), key.references.clone()))
            }
            _ => None,
        },
    )
}
