//! The order of a plan's statements: what must, then what reads well.

use std::collections::{BTreeMap, BTreeSet};

use super::diff::Diff;
use super::fate::{Fate, Fates};
use super::graph::{Firmness, Graph};
use super::node::{Node, Nodes, Role};
use super::{Change, Note};
use crate::catalog::{Catalog, Id};
use crate::kinds::Kind;
use crate::kinds::with_model;

/// The changes in the order in which they run, and the cycles that no order satisfies.
///
/// Where objects need each other, the loosest edge is cut first; then what can stand apart (a foreign key) gets a statement of
/// its own.
///
/// # Errors
/// Objects that are replaced where they stand, and have to go before something and come after something else; none of the
/// `forced`, which do so already.
pub(super) fn order(
    from: &Catalog,
    to: &Catalog,
    fates: &Fates,
    forced: &BTreeSet<Id>,
) -> Result<(Vec<Change>, Vec<Note>), BTreeSet<Id>> {
    let mut apart = BTreeSet::new();
    loop {
        let nodes = Nodes::new(from, to, fates, &apart);
        let mut graph = Graph::new(from, to, fates, &nodes);
        cut(&mut graph, Firmness::InBody);
        let cycles = cycles(&graph);
        let separable: BTreeSet<Id> = cycles
            .iter()
            .filter_map(|cycle| separable(cycle, &nodes, from, to))
            .collect();
        if !separable.is_subset(&apart) {
            apart.extend(separable);
            continue;
        }
        let mut replaced = replaced_in_place(&cycles, &nodes);
        replaced.retain(|id| !forced.contains(id));
        if !replaced.is_empty() {
            return Err(replaced);
        }
        cut(&mut graph, Firmness::Mentioned);
        let left = self::cycles(&graph).into_iter().map(|cycle| {
            let ids: BTreeSet<Id> = cycle
                .iter()
                .map(|&node| nodes.all[node].id.clone())
                .collect();
            Note::Cycle {
                ids: ids.into_iter().collect(),
            }
        });
        let left = left.collect();
        return Ok((emit(nodes, &graph, from, to, fates), left));
    }
}

/// The objects in cycles that `CREATE OR REPLACE` or `ALTER POLICY` is to change.
fn replaced_in_place(cycles: &[Vec<usize>], nodes: &Nodes) -> BTreeSet<Id> {
    let members = cycles.iter().flatten().map(|&node| &nodes.all[node]);
    let replaced = members.filter(|node| {
        let mut actions = node.changes.iter().map(|change| change.action);
        actions
            .any(|action| action == "replace" || node.id.kind == Kind::Policy && action == "alter")
    });
    replaced.map(|node| node.id.clone()).collect()
}

/// Cuts the edges inside cycles that are at least as loose as that, the loosest first.
fn cut(graph: &mut Graph, firmest: Firmness) {
    for firmness in [Firmness::Reads, Firmness::InBody, Firmness::Mentioned] {
        if firmness < firmest {
            return;
        }
        for cycle in cycles(graph) {
            let members: BTreeSet<usize> = cycle.iter().copied().collect();
            for node in cycle {
                graph.before[node]
                    .retain(|other, edge| *edge < firmness || !members.contains(other));
            }
        }
    }
}

/// An object of a cycle that is made (or dropped) along with another and need not be: the first whose own needs are part
/// of the cycle.
fn separable(cycle: &[usize], nodes: &Nodes, from: &Catalog, to: &Catalog) -> Option<Id> {
    let members: BTreeSet<usize> = cycle.iter().copied().collect();
    let inside = |node: usize, catalog: &Catalog| {
        let own = nodes.representative(node);
        let on = catalog
            .depends
            .get(&nodes.all[node].id)
            .into_iter()
            .flatten();
        on.flat_map(|dependency| nodes.of.get(&dependency.on).into_iter().flatten())
            .map(|&other| nodes.representative(other))
            .any(|other| other != own && members.contains(&other))
    };
    let separable = |&node: &usize| {
        let catalog = if nodes.all[node].role == Role::Drop {
            from
        } else {
            to
        };
        let alone = catalog
            .get(&nodes.all[node].id)
            .is_some_and(|object| with_model!(&object.body, model => Diff::stands_alone(model)));
        alone && members.contains(&nodes.representative(node)) && inside(node, catalog)
    };
    let joined = (0..nodes.all.len()).filter(|&node| nodes.all[node].within.is_some());
    joined
        .filter(separable)
        .map(|node| nodes.all[node].id.clone())
        .next_back()
}

/// The strongly connected components with more than one node (Tarjan's algorithm, without recursion).
fn cycles(graph: &Graph) -> Vec<Vec<usize>> {
    let count = graph.before.len();
    let (mut index, mut low) = (vec![usize::MAX; count], vec![0; count]);
    let (mut stack, mut on_stack, mut next, mut found) =
        (Vec::new(), vec![false; count], 0, Vec::new());
    for root in 0..count {
        let mut work: Vec<(usize, Vec<usize>)> = Vec::new();
        if index[root] == usize::MAX {
            work.push((root, graph.before[root].keys().copied().collect()));
        }
        while let Some((node, rest)) = work.last_mut() {
            let node = *node;
            if index[node] == usize::MAX {
                (index[node], low[node]) = (next, next);
                next += 1;
                stack.push(node);
                on_stack[node] = true;
            }
            match rest.pop() {
                Some(other) if index[other] == usize::MAX => {
                    work.push((other, graph.before[other].keys().copied().collect()));
                }
                Some(other) if on_stack[other] => low[node] = low[node].min(index[other]),
                Some(_) => {}
                None => {
                    work.pop();
                    if let Some((parent, _)) = work.last() {
                        low[*parent] = low[*parent].min(low[node]);
                    }
                    if low[node] == index[node] {
                        let component = unwind(&mut stack, &mut on_stack, node);
                        if component.len() > 1 {
                            found.push(component);
                        }
                    }
                }
            }
        }
    }
    found
}

fn unwind(stack: &mut Vec<usize>, on_stack: &mut [bool], root: usize) -> Vec<usize> {
    let start = stack
        .iter()
        .rposition(|&node| node == root)
        .unwrap_or_default();
    let component = stack.split_off(start);
    for &node in &component {
        on_stack[node] = false;
    }
    component
}

/// Each node after those before it; otherwise in the order of [`Places::key`].
fn emit(nodes: Nodes, graph: &Graph, from: &Catalog, to: &Catalog, fates: &Fates) -> Vec<Change> {
    let places = Places::new(from, to, fates);
    let mut roots: Vec<usize> = (0..nodes.all.len()).collect();
    roots.sort_by_cached_key(|&node| places.key(&nodes.all[node], node));
    let rank: BTreeMap<usize, usize> = roots
        .iter()
        .enumerate()
        .map(|(rank, &node)| (node, rank))
        .collect();
    let own: Vec<usize> = roots
        .iter()
        .copied()
        .filter(|&node| nodes.all[node].within.is_none())
        .collect();
    let sequence = depth_first(&own, graph, &rank);
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &node in &roots {
        members
            .entry(nodes.representative(node))
            .or_default()
            .push(node);
    }
    let mut changes: Vec<Vec<Change>> = Vec::new();
    let mut all: Vec<Vec<Change>> = nodes.all.into_iter().map(|node| node.changes).collect();
    for representative in sequence {
        // What is done within another node's work (a comment on a serial's sequence) comes after that.
        let Some(own) = members.get(&representative) else {
            continue;
        };
        changes.push(std::mem::take(&mut all[representative]));
        for &member in own {
            changes.push(std::mem::take(&mut all[member]));
        }
    }
    let all = changes.into_iter().flatten();
    all.filter(|change| change.done_by.is_none()).collect()
}

fn depth_first(roots: &[usize], graph: &Graph, rank: &BTreeMap<usize, usize>) -> Vec<usize> {
    let (mut seen, mut sequence) = (vec![false; graph.before.len()], Vec::new());
    let needs = |node: usize| {
        let mut needs: Vec<usize> = graph.before[node].keys().copied().collect();
        needs.sort_by_key(|other| std::cmp::Reverse(rank.get(other)));
        needs
    };
    for &root in roots {
        let mut work = Vec::new();
        if !std::mem::replace(&mut seen[root], true) {
            work.push((root, needs(root)));
        }
        while let Some((node, rest)) = work.last_mut() {
            match rest.pop() {
                Some(other) if seen[other] => {}
                Some(other) => {
                    seen[other] = true;
                    work.push((other, needs(other)));
                }
                None => {
                    sequence.push(*node);
                    work.pop();
                }
            }
        }
    }
    sequence
}

/// What decides where a node stands.
struct Places<'a> {
    from: &'a Catalog,
    to: &'a Catalog,
    fates: &'a Fates,
    relations: BTreeMap<(&'a str, &'a str), Kind>,
}

type Key = (u8, Kind, String, String, Kind, String, Role, usize);

impl<'a> Places<'a> {
    fn new(from: &'a Catalog, to: &'a Catalog, fates: &'a Fates) -> Self {
        let relations = fates.by_id.keys().filter(|id| id.kind.is_relation());
        let relations = relations
            .map(|id| ((id.schema.as_str(), id.name.as_str()), id.kind))
            .collect();
        Self {
            from,
            to,
            fates,
            relations,
        }
    }

    /// Drops of what goes for good, then object by object, then what speaks of all the others.
    fn key(&self, node: &Node, at: usize) -> Key {
        let id = &node.id;
        let for_good = node.role == Role::Drop && self.fates.of(id) == Some(&Fate::Drop);
        let phase = match (for_good, id.kind.speaks_of_others()) {
            (true, false) => 0,
            (false, false) if node.role != Role::Drop => 1,
            (_, true) if node.role != Role::Drop => 2,
            _ => 3,
        };
        let object = self.to.get(id).or_else(|| self.from.get(id));
        let with = object
            .and_then(|object| with_model!(&object.body, model => Diff::stands_with(model, id)));
        let owner = with.map_or_else(|| id.name.clone(), |relation| relation.name);
        let kind = self
            .relations
            .get(&(id.schema.as_str(), owner.as_str()))
            .copied()
            .unwrap_or(id.kind);
        (
            phase,
            kind,
            id.schema.clone(),
            owner,
            id.kind,
            id.name.clone(),
            node.role,
            at,
        )
    }
}
