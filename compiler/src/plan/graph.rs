//! What runs before what.

use std::collections::BTreeMap;

use super::diff::{Diff, Name, Part, Site};
use super::fate::{Fate, Fates};
use super::node::{Node, Nodes, Role};
use super::{Change, Effect, Hazard, Stage};
use crate::catalog::{Catalog, Certainty, Dependency, Id};
use crate::kinds::{Kind, with_model};
use crate::sql::{TypeName, mentions};

/// How firm an edge is; the loosest are cut first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Firmness {
    /// Any other order fails.
    Must,
    /// A text mentions it.
    Mentioned,
    /// A routine's body mentions it.
    InBody,
    /// It reads better.
    Reads,
}

/// For each node, those that run before it.
#[derive(Default)]
pub(super) struct Graph {
    pub before: Vec<BTreeMap<usize, Firmness>>,
}

impl Graph {
    pub fn new(from: &Catalog, to: &Catalog, fates: &Fates, nodes: &Nodes) -> Self {
        let mut graph = Self {
            before: vec![BTreeMap::new(); nodes.all.len()],
        };
        // An edge is between two objects that something is done to.
        let moves = |id: &&Id| nodes.of.contains_key(id);
        for (id, on) in from.depends.iter().filter(|(id, _)| moves(id)) {
            for dependency in on.iter().filter(|one| one.on != *id && moves(&&one.on)) {
                graph.dependency_goes(id, dependency, from, fates, nodes);
                graph.after_its_types(id, dependency, fates, nodes);
            }
        }
        for (id, on) in to.depends.iter().filter(|(id, _)| moves(id)) {
            let used = on.iter().filter(|one| one.on != *id && moves(&&one.on));
            // A partition's index that its parent's takes up is there before that.
            let later = precedes(id, from, to);
            for dependency in used.filter(|one| !later.contains(&one.on)) {
                graph.dependency_comes(id, dependency, to, nodes);
            }
        }
        for id in fates.by_id.keys().filter(moves) {
            graph.own_order(id, from, to, nodes);
            graph.leaves_owner(id, from, nodes);
            graph.beside_parents(id, from, to, nodes);
        }
        graph.names(from, to, fates, nodes);
        graph.overloads(to, nodes);
        graph.default_privileges(nodes);
        graph
    }

    /// Runs `first` before `then`.
    fn edge(&mut self, nodes: &Nodes, first: usize, then: usize, firmness: Firmness) {
        let (first, then) = (nodes.representative(first), nodes.representative(then));
        if first != then {
            let known = self.before[then].entry(first).or_insert(firmness);
            *known = (*known).min(firmness);
        }
    }

    /// What uses something lets go of it before it is dropped or changed.
    fn dependency_goes(
        &mut self,
        id: &Id,
        dependency: &Dependency,
        from: &Catalog,
        fates: &Fates,
        nodes: &Nodes,
    ) {
        let firmness = firmness(dependency.certainty);
        let tied = is_tied(from, id, &dependency.on);
        let drops: Vec<usize> = nodes.with_role(id, Role::Drop).collect();
        // What makes way has let go of that before.
        let let_go = fates.of(id) == Some(&Fate::Swap)
            && fates.of(&dependency.on) == Some(&Fate::Replace)
            && nodes.with_role(id, Role::Alter).next().is_some();
        for target in nodes
            .with_role(&dependency.on, Role::Drop)
            .collect::<Vec<_>>()
        {
            if !tied && !let_go {
                for &node in &drops {
                    self.edge(nodes, node, target, firmness);
                }
            }
            for node in nodes.with_role(id, Role::Alter).collect::<Vec<_>>() {
                let change = &nodes.all[node].changes[0];
                let releases = matches!(change.stage, Stage::Releases | Stage::Turns);
                // Another type lets go of the old one, and of nothing that is called.
                let retypes = change.effect == Effect::Retypes;
                // What comes from a parent lets go of what the parent lets go of.
                let own = change.done_by.is_none();
                let on = dependency.on.kind;
                let called = on.is_routine() || on == Kind::Sequence;
                // What leaves its parents keeps what its defaults call.
                let leaves = matches!(change.action, "detach_partition" | "no_inherit");
                let keeps = called && (retypes || leaves) || retypes && on.is_relation();
                // A column that goes leaves alone what only others call.
                let goes = on == Kind::Sequence && change.effect == Effect::Drops;
                let keeps = keeps || goes && !calls(id, change, &dependency.on, from);
                if releases && own && !keeps {
                    self.edge(nodes, node, target, firmness);
                }
            }
        }
        if tied {
            return;
        }
        for target in nodes
            .with_role(&dependency.on, Role::Alter)
            .collect::<Vec<_>>()
        {
            let change = &nodes.all[target].changes[0];
            let hit = change.part.is_some()
                && change.part == dependency.column
                && matches!(change.effect, Effect::Drops | Effect::Retypes);
            // What makes way for its successor does so under a name of its own.
            let moved = change.effect == Effect::Moves && fates.of(id) != Some(&Fate::Swap);
            // What a parent's column becomes, its heirs' become, and what uses those: by then an heir that goes is gone.
            let heirs = dependency.column.is_none()
                && id.kind.takes_columns_of(dependency.on.kind)
                && matches!(change.effect, Effect::Drops | Effect::Retypes);
            // What gets stricter does not look at values that go.
            let looks =
                dependency.on.kind == Kind::Domain && change.hazards.contains(&Hazard::ScansTable);
            let loosely = if looks {
                Firmness::Mentioned
            } else {
                Firmness::Reads
            };
            let at_stake = hit || moved || heirs;
            for &node in &drops {
                let firmness = if at_stake { firmness } else { loosely };
                self.edge(nodes, node, target, firmness);
            }
            // What is published can't become unlogged, what is another's row type can't look into its rows.
            let comes_first = |&node: &usize| {
                let change = &nodes.all[node].changes[0];
                let of_domain = looks && is_of_type(id, change, &dependency.on, from);
                let column = (dependency.on.kind.is_relation() || of_domain)
                    && change.done_by.is_none()
                    && matches!(change.effect, Effect::Drops | Effect::Retypes);
                matches!(change.stage, Stage::Releases | Stage::Turns)
                    && (column || id.kind.speaks_of_others())
            };
            for node in nodes.with_role(id, Role::Alter).filter(comes_first) {
                self.edge(nodes, node, target, loosely);
            }
            self.leaves_before(id, dependency, target, nodes);
        }
    }

    /// A routine goes when the types of its arguments have made way for their successors: by then it is known by their other
    /// names. What says the types' names when it goes does so before.
    fn after_its_types(&mut self, id: &Id, on: &Dependency, fates: &Fates, nodes: &Nodes) {
        let routine = id.kind.is_routine();
        let swapped = fates.of(&on.on) == Some(&Fate::Swap);
        if !swapped || !routine && id.kind != Kind::Raw {
            return;
        }
        let ways: Vec<usize> = nodes.with_role(&on.on, Role::Create).collect();
        for drop in nodes.with_role(id, Role::Drop).collect::<Vec<_>>() {
            for &way in &ways {
                let (first, then) = if routine { (way, drop) } else { (drop, way) };
                self.edge(nodes, first, then, Firmness::Must);
            }
        }
    }

    /// What its owner would take along, and is to stay, is the owner's no longer by then.
    fn leaves_owner(&mut self, id: &Id, from: &Catalog, nodes: &Nodes) {
        let Some(owned) = Owned::of(id, from) else {
            return;
        };
        // A new owner of both takes over what the old one was granted, and what it was granted itself.
        let done = |id: &Id, action: &str| -> Vec<usize> {
            let all = nodes.with_role(id, Role::Alter);
            all.filter(|&node| nodes.all[node].changes[0].action == action)
                .collect()
        };
        for owner in done(&owned.by, "owner") {
            for revoke in done(id, "revoke") {
                self.edge(nodes, revoke, owner, Firmness::Must);
            }
            for grant in done(id, "grant") {
                self.edge(nodes, owner, grant, Firmness::Must);
            }
        }
        let targets = [Role::Drop, Role::Alter]
            .into_iter()
            .flat_map(|role| nodes.with_role(&owned.by, role));
        for target in targets
            .filter(|&node| owned.goes_with(node, nodes))
            .collect::<Vec<_>>()
        {
            for node in nodes.with_role(id, Role::Alter).collect::<Vec<_>>() {
                let stage = nodes.all[node].changes[0].stage;
                if matches!(stage, Stage::Releases | Stage::Turns) {
                    self.edge(nodes, node, target, Firmness::Must);
                }
            }
        }
    }

    /// What is also handed down goes when the parents' is gone, and comes when that is there: it is both then.
    fn beside_parents(&mut self, id: &Id, from: &Catalog, to: &Catalog, nodes: &Nodes) {
        for (role, held) in [(Role::Drop, true), (Role::Create, false)] {
            for own in nodes.with_role(id, role).collect::<Vec<_>>() {
                for parents in handed_down_by(id, from) {
                    self.after_all(nodes, (&parents, Role::Drop), own);
                }
                let precedes = precedes(id, from, to);
                for parents in handed_down_by(id, to) {
                    let held = held || precedes.contains(&parents);
                    for create in nodes.with_role(&parents, Role::Create).collect::<Vec<_>>() {
                        let (first, then) = if held { (own, create) } else { (create, own) };
                        self.edge(nodes, first, then, Firmness::Must);
                    }
                }
            }
        }
    }

    fn after_all(&mut self, nodes: &Nodes, (id, role): (&Id, Role), then: usize) {
        for first in nodes.with_role(id, role).collect::<Vec<_>>() {
            self.edge(nodes, first, then, Firmness::Must);
        }
    }

    /// An heir or partition that leaves does so before its parent is changed.
    fn leaves_before(&mut self, id: &Id, dependency: &Dependency, target: usize, nodes: &Nodes) {
        if !id.kind.takes_columns_of(dependency.on.kind) {
            return;
        }
        for node in nodes.with_role(id, Role::Alter).collect::<Vec<_>>() {
            let change = &nodes.all[node].changes[0];
            let comes_back = change.needs.contains(&dependency.on);
            if change.stage == Stage::Releases && change.part.is_none() && !comes_back {
                self.edge(nodes, node, target, Firmness::Must);
            }
        }
    }

    /// What is used is there before what uses it.
    fn dependency_comes(&mut self, id: &Id, dependency: &Dependency, to: &Catalog, nodes: &Nodes) {
        let firmness = firmness(dependency.certainty);
        let mut users: Vec<usize> = Vec::new();
        if !is_tied(to, id, &dependency.on) {
            users.extend(nodes.with_role(id, Role::Create));
        }
        let claims = |&node: &usize| {
            matches!(
                nodes.all[node].changes[0].stage,
                Stage::Claims | Stage::Turns
            )
        };
        users.extend(nodes.with_role(id, Role::Alter).filter(claims));
        for user in users {
            for maker in nodes
                .with_role(&dependency.on, Role::Create)
                // What comes with a part of the user is that part's.
                .filter(|&maker| nodes.all[nodes.representative(maker)].id != *id)
                .collect::<Vec<_>>()
            {
                self.edge(nodes, maker, user, firmness);
            }
            for changer in nodes
                .with_role(&dependency.on, Role::Alter)
                .collect::<Vec<_>>()
            {
                let change = &nodes.all[changer].changes[0];
                let part = &change.part;
                let whole =
                    dependency.column.is_none() && id.kind.takes_columns_of(dependency.on.kind);
                let hit = whole
                    || change.effect == Effect::Moves
                    || change.action == "add_value"
                    || (part.is_some() && *part == dependency.column);
                // What gets stricter can't look inside the values of what is made of it by then.
                let made = || {
                    let of_type = |change: &Change| is_of_type(id, change, &dependency.on, to);
                    let node = &nodes.all[user];
                    node.role == Role::Create || node.changes.iter().any(of_type)
                };
                let firmness = match dependency.on.kind {
                    _ if hit => firmness,
                    Kind::Domain if made() => Firmness::Mentioned,
                    _ => Firmness::Reads,
                };
                self.edge(nodes, changer, user, firmness);
            }
        }
    }

    /// The order among the statements about one object.
    fn own_order(&mut self, id: &Id, from: &Catalog, to: &Catalog, nodes: &Nodes) {
        let all = nodes.of.get(id).cloned().unwrap_or_default();
        let create = nodes.with_role(id, Role::Create).next();
        let owned = Owned::of(id, from);
        let takers = precedes(id, from, to);
        let is_later = |needed: &Id| id.kind.is_relation() && takers.contains(needed);
        for &node in &all {
            match nodes.all[node].role {
                Role::After => {
                    if let Some(create) = create {
                        self.edge(nodes, create, node, Firmness::Must);
                    }
                }
                Role::Alter => {
                    self.after_earlier_alters(node, &all, nodes);
                    if let Some(create) = create {
                        self.edge(nodes, node, create, Firmness::Must);
                    }
                }
                _ => {}
            }
            for needed in &nodes.all[node]
                .changes
                .iter()
                .flat_map(|change| change.needs.clone())
                .collect::<Vec<_>>()
            {
                // A parent's check that goes does so before others join, as does an own index that would be taken up; one that
                // is not valid comes after that.
                let goes =
                    matches!(needed.kind, Kind::Constraint | Kind::Index).then_some(Role::Drop);
                let comes = (!is_later(needed)).then_some(Role::Create);
                for role in comes.into_iter().chain([Role::Alter]).chain(goes) {
                    for maker in nodes.with_role(needed, role).collect::<Vec<_>>() {
                        if !owned
                            .as_ref()
                            .is_some_and(|owned| owned.goes_with(maker, nodes))
                        {
                            self.edge(nodes, maker, node, Firmness::Must);
                        }
                    }
                }
            }
        }
        let Some(object) = to.get(id) else { return };
        let parents = with_model!(&object.body, model => Diff::parents(model));
        let joins = all.iter().copied().filter(|&node| {
            let joins = |change: &Change| {
                let needs_parent = change.needs.iter().any(|needed| parents.contains(needed));
                change.stage == Stage::Claims && needs_parent
            };
            nodes.all[node].changes.iter().any(joins)
        });
        let made: Vec<usize> = joins.chain(create).collect();
        for taker in &takers {
            for taker in nodes.with_role(taker, Role::Create).collect::<Vec<_>>() {
                for &node in &made {
                    self.edge(nodes, node, taker, Firmness::Must);
                }
            }
        }
    }

    fn after_earlier_alters(&mut self, node: usize, all: &[usize], nodes: &Nodes) {
        let change = &nodes.all[node].changes[0];
        let part = &change.part;
        for &earlier in all
            .iter()
            .filter(|&&other| other < node && nodes.all[other].role == Role::Alter)
        {
            let before = &nodes.all[earlier].changes[0];
            // What is computed goes before what it is computed from has another type.
            let computed = before.frees_computed() && change.effect == Effect::Retypes;
            let leaves = before.part.is_none()
                && before.stage == Stage::Releases
                // What comes back is changed before it leaves.
                && before.needs.is_empty()
                && change.done_by.is_none();
            let same = before.part == *part || part.is_none() || computed || leaves;
            let adds = |change: &Change| change.effect == Effect::Adds;
            let firmness = match same {
                true => Firmness::Must,
                // What is added comes last, for good.
                false if adds(before) && adds(change) => Firmness::Mentioned,
                false => Firmness::Reads,
            };
            self.edge(nodes, earlier, node, firmness);
        }
    }

    /// Routines that go are gone before what calls another of their name takes hold of that: a call has to be of one alone.
    fn overloads(&mut self, to: &Catalog, nodes: &Nodes) {
        let mut gone: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
        for (at, node) in nodes.all.iter().enumerate() {
            if node.role == Role::Drop && node.id.kind.is_routine() {
                gone.entry(routine_name(&node.id)).or_default().push(at);
            }
        }
        let users = nodes.all.iter().enumerate().filter(|(_, node)| {
            let claims = |change: &Change| matches!(change.stage, Stage::Claims | Stage::Turns);
            node.role == Role::Create || node.role == Role::Alter && claims(&node.changes[0])
        });
        let users: Vec<(usize, &Id)> = users.map(|(at, node)| (at, &node.id)).collect();
        for (user, id) in users.iter().filter(|_| !gone.is_empty()) {
            let called = to.depends.get(*id).into_iter().flatten();
            let called = called.filter(|one| one.on.kind.is_routine() && one.on != **id);
            for &drop in called
                .filter_map(|one| gone.get(&routine_name(&one.on)))
                .flatten()
            {
                self.edge(nodes, drop, *user, Firmness::Reads);
            }
        }
    }

    /// What is made gets the default privileges that there are: those that go are gone by then.
    fn default_privileges(&mut self, nodes: &Nodes) {
        let all = || nodes.all.iter().enumerate();
        // Those of a schema that goes go with it.
        let own = |node: &Node| node.id.kind == Kind::DefaultPrivileges && node.within.is_none();
        let revokes = |change: &Change| matches!(change.action, "revoke" | "revoke_grant_option");
        let goes = |node: &Node| match node.role {
            Role::Drop => true,
            Role::Alter => node.changes.iter().any(revokes),
            Role::Create | Role::After => false,
        };
        // A column can come with a sequence.
        let adds = |change: &Change| change.effect == Effect::Adds || change.stage == Stage::Claims;
        let makes = |node: &Node| {
            let makes = node.role == Role::Create || node.changes.iter().any(adds);
            makes && node.id.kind != Kind::DefaultPrivileges
        };
        for (gone, _) in all().filter(|(_, node)| own(node) && goes(node)) {
            for (made, _) in all().filter(|(_, node)| makes(node)) {
                self.edge(nodes, gone, made, Firmness::Must);
            }
        }
    }

    /// A name is free before it is taken.
    fn names(&mut self, from: &Catalog, to: &Catalog, fates: &Fates, nodes: &Nodes) {
        let mut freed: BTreeMap<Name, Vec<usize>> = BTreeMap::new();
        for (at, node) in nodes.all.iter().enumerate() {
            if node.role == Role::Drop && fates.of(&node.id) != Some(&Fate::Swap) {
                for name in names_of(from, &node.id) {
                    freed.entry(name).or_default().push(at);
                }
            }
            let makes_way = node.role == Role::Create && to.get(&node.id).is_none();
            for name in names_of(from, &node.id).into_iter().filter(|_| makes_way) {
                freed.entry(name).or_default().push(at);
            }
            for name in node.changes.iter().flat_map(|change| change.frees.clone()) {
                freed.entry(name).or_default().push(at);
            }
        }
        for (at, node) in nodes.all.iter().enumerate() {
            let mut taken: Vec<Name> = node
                .changes
                .iter()
                .filter_map(|change| change.takes.clone())
                .collect();
            if node.role == Role::Create {
                taken.extend(names_of(to, &node.id));
                nodes
                    .with_role(&node.id, Role::Drop)
                    .filter(|_| fates.of(&node.id) != Some(&Fate::Swap))
                    .for_each(|drop| {
                        self.edge(nodes, drop, at, Firmness::Must);
                    });
                if fates.of(&node.id) == Some(&Fate::Swap) {
                    nodes
                        .with_role(&node.id, Role::Drop)
                        .for_each(|drop| self.edge(nodes, at, drop, Firmness::Must));
                }
            }
            for &other in taken.iter().filter_map(|name| freed.get(name)).flatten() {
                self.edge(nodes, other, at, Firmness::Must);
            }
        }
    }
}

/// What owns an object, and takes it along when it goes.
struct Owned {
    by: Id,
    column: String,
}

impl Owned {
    fn of(id: &Id, from: &Catalog) -> Option<Self> {
        let object = from.get(id)?;
        let (owners, column) = with_model!(&object.body, model => (
            Diff::ties(model, id),
            Diff::owned_by(model).map(|(_, column)| column.to_owned()),
        ));
        Some(Self {
            by: owners.into_iter().next()?,
            column: column?,
        })
    }

    /// Whether a statement takes it along.
    fn goes_with(&self, node: usize, nodes: &Nodes) -> bool {
        let node = &nodes.all[node];
        let drops = |change: &Change| {
            change.effect == Effect::Drops && change.part.as_deref() == Some(&self.column)
        };
        node.id == self.by && (node.role == Role::Drop || node.changes.iter().any(drops))
    }
}

/// Whether the column that a change is about is of a type.
fn is_of_type(id: &Id, change: &Change, data_type: &Id, catalog: &Catalog) -> bool {
    let part = part_of(id, change, catalog);
    let name = part.and_then(|part| TypeName::parse(part.data_type?).ok());
    name.is_some_and(|name| catalog.qualified(&name) == data_type.qname())
}

/// Whether the default of the column that a change is about calls a sequence.
fn calls(id: &Id, change: &Change, sequence: &Id, catalog: &Catalog) -> bool {
    let default = part_of(id, change, catalog).and_then(|part| part.default);
    default.is_some_and(|default| {
        let is_default = sequence.schema == catalog.default_schema;
        mentions(default).object(&sequence.schema, &sequence.name, is_default)
    })
}

fn part_of<'a>(id: &Id, change: &Change, catalog: &'a Catalog) -> Option<Part<'a>> {
    let object = catalog.get(id)?;
    let parts = with_model!(&object.body, model => Diff::parts(model));
    parts
        .into_iter()
        .find(|part| change.part.as_deref() == Some(part.name))
}

/// A routine's name without its arguments' types.
fn routine_name(id: &Id) -> (&str, &str) {
    let name = id.name.split('(').next().unwrap_or_default();
    (&id.schema, name)
}

fn names_of(catalog: &Catalog, id: &Id) -> Vec<Name> {
    catalog.get(id).map_or_else(
        Vec::new,
        |object| with_model!(&object.body, model => Diff::names(model, id)),
    )
}

fn precedes(id: &Id, from: &Catalog, to: &Catalog) -> Vec<Id> {
    let Some(object) = to.get(id) else {
        return Vec::new();
    };
    let at = Site {
        id,
        object,
        from,
        to,
    };
    with_model!(&object.body, model => Diff::precedes(model, &at))
}

fn handed_down_by(id: &Id, catalog: &Catalog) -> Vec<Id> {
    catalog.get(id).map_or_else(
        Vec::new,
        |object| with_model!(&object.body, model => Diff::handed_down_by(model, id, catalog)),
    )
}

fn is_tied(catalog: &Catalog, id: &Id, on: &Id) -> bool {
    catalog.get(id).is_some_and(
        |object| with_model!(&object.body, model => Diff::ties(model, id).contains(on)),
    )
}

fn firmness(certainty: Certainty) -> Firmness {
    match certainty {
        Certainty::Certain => Firmness::Must,
        Certainty::Mentioned => Firmness::Mentioned,
        Certainty::InBody => Firmness::InBody,
    }
}
