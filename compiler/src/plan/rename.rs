//! Stated renames: carried out on the old catalog, so that what is compared afterwards has the new names.
//!
//! PostgreSQL refers to what is renamed by number, so every definition and text that uses it has the new name afterwards. Here
//! that is done to the texts. Where it can't be foreseen what PostgreSQL prints then, the object is changed to what it is to be.

mod implied;
mod rewrite;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::diff::{Diff, common_version};
use super::{Change, Hazard, Note};
use crate::catalog::{Catalog, Id, Object, QName, Rename};
use crate::kinds::with_model;
use rewrite::Renaming;

/// The old catalog after the renames, and the statements that get there.
pub(super) struct Renamed<'a> {
    pub catalog: Cow<'a, Catalog>,
    pub changes: Vec<Change>,
    pub notes: Vec<Note>,
    /// The relations that have another name, or a column that has one.
    concerned: BTreeSet<QName>,
    /// What may have constraints that are named after what has been renamed.
    named: BTreeSet<Id>,
    postgresql: u32,
}

/// Carries out the renames that `to` states.
pub(super) fn apply<'a>(from: &'a Catalog, to: &Catalog) -> Renamed<'a> {
    let mut renamed = Renamed {
        catalog: Cow::Borrowed(from),
        changes: Vec::new(),
        notes: Vec::new(),
        concerned: BTreeSet::new(),
        named: BTreeSet::new(),
        postgresql: common_version(from, to),
    };
    // Whole objects first: parts are stated under their object's new name.
    let (objects, parts): (Vec<&Rename>, Vec<_>) =
        to.renames.iter().partition(|rename| rename.part.is_none());
    for rename in objects {
        renamed.object(rename);
    }
    for rename in parts {
        renamed.part(rename);
    }
    for replaced in &to.replaced {
        renamed.replacement(replaced);
    }
    renamed.follow(to);
    renamed
}

pub(super) use implied::in_the_words_of_its_forerunner;

impl Renamed<'_> {
    fn object(&mut self, rename: &Rename) {
        let old = old_id(rename);
        if self.catalog.get(&old).is_none() || self.catalog.get(&rename.id).is_some() {
            return self.stale(rename);
        }
        let here = Id {
            schema: rename.id.schema.clone(),
            ..old.clone()
        };
        if old != here {
            self.move_to(&old, &here);
        }
        if here != rename.id {
            self.rename(&here, &rename.id);
        }
        self.concerned.insert(rename.id.qname());
    }

    /// Under another name.
    fn rename(&mut self, old: &Id, new: &Id) {
        let change = Change::new(old, "rename").with("to", bare(new));
        self.changes.push(self.addressed(change, old));
        self.keep_names(old);
        self.keep_constraint_names(old);
        self.named.insert(new.clone());
        let mut heirs = self.constraints_of_heirs(old);
        heirs.insert(0, old.clone());
        for old in heirs {
            let new = Id {
                name: new.name.clone(),
                ..if old.kind == new.kind && !old.parent.is_empty() {
                    old.clone()
                } else {
                    new.clone()
                }
            };
            self.rewrite_object(old, new);
        }
    }

    /// In another schema, with what is always in that of its relation.
    fn move_to(&mut self, old: &Id, new: &Id) {
        let change = Change::new(old, "set_schema").with("schema", &new.schema);
        self.changes.push(self.addressed(change, old));
        let follows = |object: &Object| with_model!(&object.body, model => Diff::moves_with(model) == Some(&old.qname()));
        let along = self.catalog.objects.iter();
        let along: Vec<Id> = along
            .filter(|(_, object)| follows(object))
            .map(|(id, _)| id.clone())
            .collect();
        self.rewrite_object(old.clone(), new.clone());
        for id in along {
            let moved = Id {
                schema: new.schema.clone(),
                ..id.clone()
            };
            self.rewrite_object(id, moved);
        }
    }

    /// The constraints that partitions and heirs have from that one: they get its new name.
    fn constraints_of_heirs(&self, id: &Id) -> Vec<Id> {
        let mut all = vec![id.clone()];
        let mut at = 0;
        while let Some(parent) = all.get(at).cloned() {
            let from_parent = |(id, object): &(&Id, &Object)| {
                let origins =
                    with_model!(&object.body, model => Diff::comes_from(model, id, &self.catalog));
                id.name == parent.name && origins.contains(&parent) && !all.contains(id)
            };
            let found = self.catalog.objects.iter().filter(from_parent);
            let found: Vec<Id> = found.map(|(id, _)| id.clone()).collect();
            all.extend(found);
            at += 1;
        }
        all.split_off(1)
    }

    fn keep_names(&mut self, id: &Id) {
        if let Some(object) = self.catalog.to_mut().objects.get_mut(id) {
            with_model!(&mut object.body, model => Diff::keep_names(model, id));
        }
    }

    fn keep_constraint_names(&mut self, id: &Id) {
        let postgresql = self.postgresql;
        if let Some(object) = self.catalog.to_mut().objects.get_mut(id) {
            with_model!(&mut object.body, model => Diff::keep_constraint_names(model, id, postgresql));
        }
    }

    fn rewrite_object(&mut self, old: Id, new: Id) {
        let default = self.catalog.default_schema.clone();
        self.rewrite(&Renaming::Object { old, new, default });
    }

    fn part(&mut self, rename: &Rename) {
        let Some(part) = &rename.part else { return };
        let Some(names) = self.catalog.get(&rename.id).map(rewrite::part_names) else {
            return self.stale(rename);
        };
        if !names.contains(&rename.from) || names.contains(part) {
            return self.stale(rename);
        }
        let change = Change::new(&rename.id, "rename_part")
            .part(&rename.from)
            .with("to", part);
        self.changes.push(self.addressed(change, &rename.id));
        self.keep_names(&rename.id);
        self.concerned.insert(rename.id.qname());
        for of in self.heirs(&rename.id, &rename.from) {
            self.keep_constraint_names(&of);
            self.named.insert(of.clone());
            self.rewrite(&Renaming::Part {
                of,
                old: rename.from.clone(),
                new: part.clone(),
            });
        }
    }

    /// Labels are replaced where their type is; here is only said what has been done already.
    fn replacement(&mut self, replaced: &Rename) {
        let known = self.catalog.get(&replaced.id).map(rewrite::part_names);
        let is_there = known.is_some_and(|labels| labels.contains(&replaced.from));
        if let (false, Some(part)) = (is_there, &replaced.part) {
            self.notes.push(Note::StaleReplacement {
                id: replaced.id.clone(),
                part: part.clone(),
                from: replaced.from.clone(),
            });
        }
    }

    /// The object, its partitions and heirs, theirs, …: all have the column.
    fn heirs(&self, id: &Id, part: &str) -> Vec<Id> {
        let mut all = vec![id.clone()];
        let mut at = 0;
        while let Some(parent) = all.get(at).cloned() {
            let takes = |id: &&Id| id.kind.takes_columns_of(parent.kind) && !all.contains(id);
            let children = self
                .catalog
                .depends
                .iter()
                .filter(|(_, on)| on.iter().any(|dependency| dependency.on == parent));
            let children = children.map(|(id, _)| id).filter(takes);
            let has = |id: &&Id| {
                self.catalog.get(id).is_some_and(|object| {
                    rewrite::part_names(object).iter().any(|name| name == part)
                })
            };
            let found: Vec<Id> = children.filter(has).cloned().collect();
            all.extend(found);
            at += 1;
        }
        all
    }

    fn stale(&mut self, rename: &Rename) {
        self.notes.push(Note::StaleRename {
            id: rename.id.clone(),
            from: rename.from.clone(),
        });
    }

    /// The change with the address of the object as it is before.
    fn addressed(&self, mut change: Change, id: &Id) -> Change {
        if let Some(object) = self.catalog.get(id) {
            let own = with_model!(&object.body, model => Diff::address(model, id));
            change.context.extend(super::diff::address(id, own));
        }
        change.hazards(&[Hazard::BreaksRunningCode])
    }

    fn rewrite(&mut self, renaming: &Renaming) {
        let catalog = self.catalog.to_mut();
        let old = std::mem::take(&mut catalog.objects);
        let depends = std::mem::take(&mut catalog.depends);
        let hit = |id: &Id| {
            depends.get(id).is_some_and(|on| {
                on.iter()
                    .any(|dependency| renaming.concerns(&dependency.on))
            })
        };
        catalog.objects = old
            .into_iter()
            .map(|(id, object)| {
                let object = renaming.object(&id, object, hit(&id) || renaming.concerns(&id));
                (renaming.id(&id), object)
            })
            .collect();
        let rewritten = depends.into_iter().map(|(id, on)| {
            let on = on
                .into_iter()
                .map(|dependency| renaming.dependency(dependency))
                .collect();
            (renaming.id(&id), on)
        });
        catalog.depends = rewritten.collect::<BTreeMap<_, _>>();
    }
}

/// An object after types that it uses have been given other names.
pub(super) fn with_types_renamed(
    id: &Id,
    object: &Object,
    types: &[(Id, Id)],
    default: &str,
) -> Object {
    types.iter().fold(object.clone(), |object, (old, new)| {
        let (old, new, default) = (old.clone(), new.clone(), default.to_owned());
        Renaming::Object { old, new, default }.object(id, object, false)
    })
}

fn old_id(rename: &Rename) -> Id {
    let mut id = rename.id.clone();
    let name = match rename.from.split_once('.') {
        Some((schema, name)) if id.parent.is_empty() && !id.schema.is_empty() => {
            schema.clone_into(&mut id.schema);
            name
        }
        _ => &rename.from,
    };
    id.name = match (id.kind.is_routine(), id.name.find('(')) {
        (true, Some(at)) if !name.contains('(') => format!("{name}{}", &id.name[at..]),
        _ => name.to_owned(),
    };
    id
}

/// The name without argument types.
fn bare(id: &Id) -> &str {
    if id.kind.is_routine() {
        id.name.split('(').next().unwrap_or_default()
    } else {
        &id.name
    }
}
