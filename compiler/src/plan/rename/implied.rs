//! Renames that follow from stated ones: a key, check or index that is named after a column or table, a column's own sequence.
//!
//! None of these is a guess. A constraint or index under another name is what dropping it and making it again gives; a
//! column's sequence is known by its column.

use super::super::diff::Diff;
use super::super::node::set_aside;
use super::Renamed;
use crate::catalog::{Catalog, Id, Object, QName};
use crate::kinds::{Kind, with_model};
use crate::plan::Change;

impl Renamed<'_> {
    /// Renames what is in `to` under a name that follows from those that have been renamed.
    pub(super) fn follow(&mut self, to: &Catalog) {
        self.follow_constraint_names(to);
        // The last first: what has a number at its end makes way for the one before it.
        for (id, new) in to.objects.iter().rev() {
            let concerned = |relation: &QName| self.concerned.contains(relation);
            if let Some(old) = forerunner(&self.catalog, to, id, new)
                && (relation(id, new).as_ref().is_some_and(concerned) || is_part_of_parents(new))
            {
                self.make_way(id);
                self.rename(&old, id);
            }
        }
    }

    /// Renames the constraints that are no objects after their table, column or domain.
    fn follow_constraint_names(&mut self, to: &Catalog) {
        for id in std::mem::take(&mut self.named) {
            let Some(mut object) = self.catalog.get(&id).cloned() else {
                continue;
            };
            let changes = with_model!(&mut object.body, model => Diff::follow_names(model, &id, &self.catalog, to));
            let changes = changes.into_iter();
            let changes: Vec<Change> = changes.map(|change| self.addressed(change, &id)).collect();
            self.changes.extend(changes);
            self.catalog.to_mut().objects.insert(id, object);
        }
    }

    /// Gives what has a name that another is to have a name of its own, until it gets its new one or goes.
    fn make_way(&mut self, id: &Id) {
        if self.catalog.get(id).is_some() {
            let name = set_aside(&id.name);
            let aside = Id { name, ..id.clone() };
            self.rename(id, &aside);
        }
    }
}

/// An object as its forerunner says it, where a server says that they are the same.
pub(in super::super) fn in_the_words_of_its_forerunner(
    live: &Catalog,
    target: &Catalog,
    id: &Id,
    built: &Object,
) -> Option<Object> {
    let old = forerunner(live, target, id, built)?;
    live.get(&old).cloned()
}

/// What is there under another name, is not to be under that, and is otherwise the same: the only one.
fn forerunner(from: &Catalog, to: &Catalog, id: &Id, new: &Object) -> Option<Id> {
    let taken = |now: &Object| !is_part_of_parents(now) || now.body == new.body;
    if !matches!(id.kind, Kind::Constraint | Kind::Index | Kind::Sequence)
        || from.get(id).is_some_and(taken)
        || to.get(id).is_none()
    {
        return None;
    }
    let first = Id {
        name: String::new(),
        ..id.clone()
    };
    let near = from.objects.range(first..).take_while(|(other, _)| {
        (other.kind, &other.schema, &other.parent) == (id.kind, &id.schema, &id.parent)
    });
    // A partition's index has the first name that is free when it is made; another may have it afterwards.
    let makes_way = |other: &Id, old: &Object| match to.get(other) {
        Some(now) => is_part_of_parents(old) && now.body != old.body,
        None => true,
    };
    let mut found = near.filter(|(other, old)| makes_way(other, old) && is_same(old, new));
    let (old, _) = found.next()?;
    found.next().is_none().then(|| old.clone())
}

fn is_same(old: &Object, new: &Object) -> bool {
    let owner = |object: &Object| with_model!(&object.body, model => Diff::owned_by(model).map(|(table, column)| (table.clone(), column.to_owned())));
    match (owner(old), owner(new)) {
        (Some(old), Some(new)) => old == new,
        (None, None) => old.body.kind() != Kind::Sequence && old.body == new.body,
        _ => false,
    }
}

fn relation(id: &Id, object: &Object) -> Option<QName> {
    with_model!(&object.body, model => Diff::stands_with(model, id))
}

/// What a partition has from its parent can't be dropped and made again.
fn is_part_of_parents(object: &Object) -> bool {
    !with_model!(&object.body, model => Diff::stands_alone(model))
}
