use std::collections::{BTreeSet, HashMap, HashSet};

use crate::catalog::{Certainty, Dependency, Depends, Id};

use super::Address;

/// A row of `pg_depend`.
#[derive(Clone, Debug)]
pub struct Edge {
    /// What depends.
    pub from: Address,
    /// What it depends on.
    pub on: Address,
    /// The column it depends on.
    pub column: Option<String>,
    /// `deptype`; `r` for a role (`pg_shdepend`).
    pub kind: char,
}

/// What belongs to extensions, and what is a part of something else.
pub(super) struct Members {
    extensions: HashMap<Address, Address>,
    wholes: HashMap<Address, Address>,
    /// Constraints and triggers that partitions have from their whole.
    copies: HashSet<Address>,
}

/// The catalogs whose rows can be a part of an object and no object themselves: columns' defaults, row types and array
/// types, indexes of constraints, cloned constraints and triggers, a view's rule, a range's functions, what is published, …
const PARTS: &[u32] = &[
    PG_TYPE,
    PG_PROC,
    PG_CLASS,
    PG_ATTRDEF,
    PG_CONSTRAINT,
    PG_AMOP,
    PG_AMPROC,
    PG_REWRITE,
    PG_TRIGGER,
    PG_PUBLICATION_REL,
    PG_PUBLICATION_NAMESPACE,
];
// The catalogs' oids, which never change (`src/include/catalog/pg_*.h`).
const PG_TYPE: u32 = 1247;
const PG_PROC: u32 = 1255;
const PG_CLASS: u32 = 1259;
const PG_AMOP: u32 = 2602;
const PG_AMPROC: u32 = 2603;
const PG_ATTRDEF: u32 = 2604;
const PG_CONSTRAINT: u32 = 2606;
const PG_REWRITE: u32 = 2618;
const PG_TRIGGER: u32 = 2620;
const PG_PUBLICATION_REL: u32 = 6106;
const PG_PUBLICATION_NAMESPACE: u32 = 6237;

/// No chain of parts is longer: array type, row type, table.
const DEPTH: usize = 8;

impl Members {
    pub(super) fn new(edges: &[Edge]) -> Self {
        let mut members = Self {
            extensions: HashMap::new(),
            wholes: HashMap::new(),
            copies: HashSet::new(),
        };
        for edge in edges {
            if edge.kind == 'P' && matches!(edge.from.class, PG_CONSTRAINT | PG_TRIGGER) {
                members.copies.insert(edge.from);
            }
            match edge.kind {
                'e' => drop(members.extensions.insert(edge.from, edge.on)),
                // What is internal decides; an automatic dependency is that of a part only where there is nothing else.
                'i' => drop(members.wholes.insert(edge.from, edge.on)),
                'a' | 'P' | 'S' if PARTS.contains(&edge.from.class) => {
                    members.wholes.entry(edge.from).or_insert(edge.on);
                }
                _ => {}
            }
        }
        members
    }

    /// Whether it is an extension's, or belongs to something that is.
    pub(super) fn contains(&self, address: Address) -> bool {
        self.extension(address).is_some()
    }

    /// Whether it is a part of a type.
    pub(super) fn is_of_type(&self, address: Address) -> bool {
        self.wholes
            .get(&address)
            .is_some_and(|whole| whole.class == PG_TYPE)
    }

    fn extension(&self, address: Address) -> Option<Address> {
        self.chain(address)
            .find_map(|whole| self.extensions.get(&whole))
            .copied()
    }

    /// The thing itself, what it is a part of, what that is a part of, …
    fn chain(&self, address: Address) -> impl Iterator<Item = Address> {
        std::iter::successors(Some(address), |part| self.wholes.get(part).copied()).take(DEPTH)
    }
}

/// What objects depend on, and what depends on something and is neither an object nor a part of one.
pub(super) fn of(
    ids: &HashMap<Address, Id>,
    members: &Members,
    edges: &[Edge],
) -> (Depends, BTreeSet<Address>) {
    let find = |address| {
        let object = members.chain(address).find_map(|whole| ids.get(&whole));
        object.or_else(|| ids.get(&members.extension(address)?))
    };
    let mut unknown = BTreeSet::new();
    let mut depends: HashMap<&Id, BTreeSet<Dependency>> = HashMap::new();
    for edge in edges.iter().filter(|edge| !matches!(edge.kind, 'e' | 'x')) {
        let Some(from) = find(edge.from) else {
            if !members.contains(edge.from) && !members.wholes.contains_key(&edge.from) {
                unknown.insert(edge.from);
            }
            continue;
        };
        // What a copy depends on says nothing of its partition, nor of the original.
        if members.copies.contains(&edge.from) && !ids.contains_key(&edge.from) {
            continue;
        }
        let Some(on) = find(edge.on) else { continue };
        if from != on {
            let dependency = Dependency {
                on: on.clone(),
                column: edge.column.clone(),
                certainty: Certainty::Certain,
            };
            depends.entry(from).or_default().insert(dependency);
        }
    }
    let depends = depends.into_iter().map(|(id, on)| (id.clone(), on));
    (depends.collect(), unknown)
}
