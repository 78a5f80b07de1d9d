//! What is built on a table that the same plan creates finds no rows and nobody who waits.

use super::Change;
use super::Hazard;
use super::diff::Diff;
use super::fate::Fates;
use crate::catalog::{Catalog, Id, QName};
use crate::kinds::{Kind, with_model};

const OF_ROWS: [Hazard; 5] = [
    Hazard::RewritesTable,
    Hazard::ScansTable,
    Hazard::BlocksWrites,
    Hazard::BlocksReads,
    Hazard::IndexBuild,
];

/// Takes the hazards of tables with rows from those that the plan creates.
pub(super) fn spare(changes: &mut [Change], to: &Catalog, fates: &Fates) {
    for change in changes {
        // A partition that is attached can make the parent's default one be scanned.
        let old_parent = change.needs.iter().any(|id| !is_new(&id.qname(), fates));
        let joins = change.action == "attach_partition" && old_parent;
        let object = to.get(&change.id);
        let relation = object.and_then(
            |object| with_model!(&object.body, model => Diff::stands_with(model, &change.id)),
        );
        if !joins && relation.is_some_and(|relation| is_new(&relation, fates)) {
            change.hazards.retain(|hazard| !OF_ROWS.contains(hazard));
        }
    }
}

fn is_new(relation: &QName, fates: &Fates) -> bool {
    fates.comes(&Id::new(Kind::Table, &relation.schema, &relation.name))
}
