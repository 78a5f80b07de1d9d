//! The statements as nodes of a graph, those that belong together in one.

use std::collections::{BTreeSet, HashMap};

use super::diff::{Diff, Making, Site};
use super::fate::{Fate, Fates};
use super::{Change, Context, attributes, rename};
use crate::catalog::{Catalog, Id, Object, QName};
use crate::kinds::with_model;

/// Statements that run together.
pub(super) struct Node {
    pub id: Id,
    pub role: Role,
    pub changes: Vec<Change>,
    /// The node whose statements do the work of this one.
    pub within: Option<usize>,
}

/// What a node does with its object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Drop,
    Create,
    Alter,
    /// Follows the creation, when something else has been made too.
    After,
}

/// All nodes, and those of each object.
#[derive(Default)]
pub(super) struct Nodes {
    pub all: Vec<Node>,
    pub of: HashMap<Id, Vec<usize>>,
}

impl Nodes {
    /// The nodes of a plan. The objects in `apart` are made and dropped by statements of their own.
    pub fn new(from: &Catalog, to: &Catalog, fates: &Fates, apart: &BTreeSet<Id>) -> Self {
        let mut nodes = Self::default();
        for id in fates.by_id.keys() {
            nodes.add_object(id, from, to, fates);
        }
        for at in 0..nodes.all.len() {
            match nodes.all[at].role {
                Role::Create => nodes.join_creation(at, from, to, apart),
                Role::Drop => nodes.join_drop(at, from, apart),
                Role::Alter => nodes.join_parent(at),
                Role::After => {}
            }
        }
        nodes
    }

    /// The node that does the work of a node.
    pub fn representative(&self, mut node: usize) -> usize {
        while let Some(within) = self.all[node].within {
            node = within;
        }
        node
    }

    pub fn with_role(&self, id: &Id, role: Role) -> impl Iterator<Item = usize> {
        let nodes = self.of.get(id).map_or(&[][..], Vec::as_slice);
        nodes
            .iter()
            .copied()
            .filter(move |&node| self.all[node].role == role)
    }

    fn add(&mut self, id: &Id, role: Role, changes: Vec<Change>) {
        self.of.entry(id.clone()).or_default().push(self.all.len());
        self.all.push(Node {
            id: id.clone(),
            role,
            changes,
            within: None,
        });
    }

    fn add_object(&mut self, id: &Id, from: &Catalog, to: &Catalog, fates: &Fates) {
        let swap = fates.of(id) == Some(&Fate::Swap);
        if let (true, Some(object)) = (fates.goes(id), from.get(id)) {
            let at = Site {
                id,
                object,
                from,
                to,
            };
            let mut drop = with_model!(&object.body, model => Diff::drop(model, &at));
            if let Some(address) = address_when_it_goes(id, object, from, fates) {
                for change in &mut drop {
                    change.context.extend(address.clone());
                }
            }
            let drop_old = vec![Change::new(id, "drop_old").with("old_type", old_name(id))];
            self.add(id, Role::Drop, if swap { drop_old } else { drop });
        }
        if fates.comes(id) {
            let mut changes = attributes::creation(id, from, to);
            if let (true, Some(old)) = (swap, from.get(id)) {
                let away =
                    with_model!(&old.body, model => Diff::rename_away(model, id, &old_name(id)));
                changes.splice(0..0, away);
            }
            let (with, after) = changes
                .into_iter()
                .partition(|change| change.needs.is_empty());
            self.add(id, Role::Create, with);
            for change in after {
                self.add(id, Role::After, vec![change]);
            }
        }
        for change in fates.changes.get(id).into_iter().flatten() {
            self.add(id, Role::Alter, vec![change.clone()]);
        }
    }

    /// Moves the creation of an object into that of the one it belongs to.
    fn join_creation(&mut self, node: usize, from: &Catalog, to: &Catalog, apart: &BTreeSet<Id>) {
        let id = self.all[node].id.clone();
        let Some(object) = to.get(&id) else { return };
        let at = Site {
            id: &id,
            object,
            from,
            to,
        };
        let created = |change: &Change| change.action == "create";
        match with_model!(&object.body, model => Diff::making(model, &at)) {
            Making::Implied => self.all[node].changes.retain(|change| !created(change)),
            Making::Within(inline) if !apart.contains(&id) => {
                let Some(owner) = self.creation_of(&inline.owner, inline.part.as_deref()) else {
                    return;
                };
                if let Some(creation) = self.all[owner]
                    .changes
                    .iter_mut()
                    .find(|change| created(change) || change.part == inline.part)
                {
                    creation.tell(inline.list, inline.value);
                    // It has the owner of what makes it.
                    let given =
                        |change: &Change| change.action == "owner" && object.owner.is_none();
                    let kept = |change: &Change| !created(change) && !given(change);
                    self.all[node].changes.retain(kept);
                    self.all[node].within = Some(owner);
                    for after in self.with_role(&id, Role::After).collect::<Vec<_>>() {
                        self.all[after].changes.clear();
                    }
                }
            }
            Making::Apart | Making::Within(_) => {}
        }
    }

    /// Leaves what comes from a parent's change to that.
    fn join_parent(&mut self, node: usize) {
        let change = &self.all[node].changes[0];
        let Some(parent) = &change.done_by else {
            return;
        };
        let same = |other: &Change| other.effect == change.effect && other.part == change.part;
        let done = |&other: &usize| self.all[other].changes.iter().any(same);
        let within = self.with_role(parent, Role::Alter).find(done);
        self.all[node].within = within;
    }

    fn creation_of(&self, id: &Id, part: Option<&str>) -> Option<usize> {
        let column = |&node: &usize| {
            let adds = |change: &Change| {
                change.done_by.is_none()
                    && change.action == "add_column"
                    && change.part.as_deref() == part
            };
            part.is_some() && self.all[node].changes.iter().any(adds)
        };
        self.with_role(id, Role::Create)
            .next()
            .or_else(|| self.with_role(id, Role::Alter).find(column))
    }

    /// Leaves the drop of an object to that of the one it falls with.
    fn join_drop(&mut self, node: usize, from: &Catalog, apart: &BTreeSet<Id>) {
        let id = self.all[node].id.clone();
        let Some(object) = from.get(&id) else { return };
        if apart.contains(&id) {
            return;
        }
        let owners = with_model!(&object.body, model => Diff::falls_with(model, &id));
        let origins = with_model!(&object.body, model => Diff::comes_from(model, &id, from));
        let owner = owners
            .iter()
            .find_map(|(owner, part)| self.drop_of(owner, part.as_deref()))
            .or_else(|| origins.iter().find_map(|origin| self.drop_of(origin, None)));
        if let Some(owner) = owner {
            self.all[node].changes.clear();
            self.all[node].within = Some(owner);
        }
    }

    fn drop_of(&self, id: &Id, part: Option<&str>) -> Option<usize> {
        let Some(part) = part else {
            return self.with_role(id, Role::Drop).next();
        };
        self.with_role(id, Role::Alter).find(|&node| {
            let drops = |change: &Change| {
                change.effect == super::Effect::Drops && change.part.as_deref() == Some(part)
            };
            self.all[node].changes.iter().any(drops)
        })
    }
}

/// The address of a routine whose arguments' types have made way for their successors when it is dropped.
fn address_when_it_goes(
    id: &Id,
    object: &Object,
    from: &Catalog,
    fates: &Fates,
) -> Option<Context> {
    let on = from.depends.get(id).filter(|_| id.kind.is_routine())?;
    let types: Vec<(Id, Id)> = on
        .iter()
        .filter(|one| fates.of(&one.on) == Some(&Fate::Swap))
        .map(|one| {
            let name = set_aside(&one.on.name);
            (
                one.on.clone(),
                Id {
                    name,
                    ..one.on.clone()
                },
            )
        })
        .collect();
    let then = rename::with_types_renamed(id, object, &types, &from.default_schema);
    (!types.is_empty()).then(|| with_model!(&then.body, model => Diff::address(model, id)))
}

/// The objects whose columns end up in another order than they should: what stays keeps its place, what is added comes last.
pub(super) fn in_another_order(from: &Catalog, to: &Catalog, fates: &Fates) -> Vec<Id> {
    let names = |object: &crate::catalog::Object| -> Vec<String> {
        with_model!(&object.body, model => Diff::parts(model))
            .iter()
            .map(|part| part.name.to_owned())
            .collect()
    };
    let reordered = |id: &&Id| {
        let (Some(old), Some(new)) = (from.get(id), to.get(id)) else {
            return false;
        };
        let dropped = |name: &String| {
            let changes = fates.changes.get(*id).into_iter().flatten();
            changes.into_iter().any(|change| {
                change.effect == super::Effect::Drops && change.part.as_ref() == Some(name)
            })
        };
        let new = names(new);
        let kept: Vec<String> = names(old)
            .into_iter()
            .filter(|name| new.contains(name) && !dropped(name))
            .collect();
        let added = new.iter().filter(|name| !kept.contains(name));
        kept.iter().chain(added).ne(&new)
    };
    let stays = fates
        .by_id
        .iter()
        .filter(|(id, fate)| **fate == Fate::Stay && id.kind.is_relation());
    stays.map(|(id, _)| id).filter(reordered).cloned().collect()
}

/// What a type is called while its successor has its name.
fn old_name(id: &Id) -> QName {
    QName::new(&id.schema, set_aside(&id.name))
}

/// A name for something while its successor has its own.
pub(crate) fn set_aside(name: &str) -> String {
    crate::sql::object_name::make_object_name(name, None, Some("old"))
}
