use std::collections::{BTreeMap, BTreeSet};

use proptest::array::uniform24;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// What decides how an object looks: choices, used up one by one. Zero is the simplest.
pub type Gene = [u8; 24];

/// The parts of a schema: each is there or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "PostgreSQL's words")]
pub enum Part {
    Schema,
    Extension,
    Collation,
    Enum,
    Domain,
    Composite,
    Range,
    Sequence,
    Function,
    TriggerFunction,
    Aggregate,
    Operator,
    OperatorClass,
    Cast,
    TextSearch,
    Foreign,
    Table,
    Column,
    Partition,
    Check,
    Unique,
    Exclusion,
    ForeignKey,
    Index,
    Statistics,
    View,
    Materialized,
    Trigger,
    Policy,
    Rule,
    Publication,
    EventTrigger,
    Grant,
    DefaultPrivileges,
    Owner,
    Comment,
}

/// How many of each part there can be, and how likely one is, in percent.
const PARTS: &[(Part, usize, u32)] = &[
    (Part::Schema, 1, 40),
    (Part::Extension, 1, 60),
    (Part::Collation, 1, 25),
    (Part::Enum, 2, 45),
    (Part::Domain, 3, 40),
    (Part::Composite, 2, 35),
    (Part::Range, 1, 25),
    (Part::Sequence, 2, 40),
    (Part::Function, 7, 35),
    (Part::TriggerFunction, 2, 60),
    (Part::Aggregate, 1, 20),
    (Part::Operator, 1, 15),
    (Part::OperatorClass, 1, 10),
    (Part::Cast, 1, 15),
    (Part::TextSearch, 1, 15),
    (Part::Foreign, 2, 15),
    (Part::Table, 6, 60),
    (Part::Column, 6 * super::table::COLUMNS.len(), 50),
    (Part::Partition, 3, 60),
    (Part::Check, 3, 35),
    (Part::Unique, 2, 35),
    (Part::Exclusion, 1, 20),
    (Part::ForeignKey, 4, 40),
    (Part::Index, 6, 35),
    (Part::Statistics, 1, 20),
    (Part::View, 5, 40),
    (Part::Materialized, 2, 25),
    (Part::Trigger, 5, 30),
    (Part::Policy, 3, 20),
    (Part::Rule, 2, 15),
    (Part::Publication, 1, 15),
    (Part::EventTrigger, 1, 10),
    (Part::Grant, 5, 35),
    (Part::DefaultPrivileges, 1, 15),
    (Part::Owner, 3, 20),
    (Part::Comment, 6, 35),
];

/// A schema's parts by number: what a schema is made of.
pub type Genome = BTreeMap<(Part, usize), Gene>;

/// Two schemas: before and after.
#[derive(Clone, Debug)]
pub struct Pair {
    /// Before.
    pub old: Genome,
    /// After.
    pub new: Genome,
}

/// How a pair is made simpler.
#[derive(Clone, Copy, Debug)]
pub enum Simpler {
    /// So many parts are in neither schema.
    Without(usize),
    /// A part is the same in both.
    Unchanged,
    /// One choice of a part is the simplest one in both.
    Plainer,
}

/// What becomes of a part.
#[derive(Clone, Debug)]
enum Fate {
    Kept,
    Tweaked(Vec<(usize, u8)>),
    Replaced(Option<Gene>),
}

impl Pair {
    /// Any pair: the second is the first with many small changes or, one time in six, has nothing to do with it.
    pub fn any() -> impl Strategy<Value = Self> {
        let parts: Vec<_> = PARTS
            .iter()
            .flat_map(|(part, count, percent)| {
                (0..*count).map(move |number| ((*part, number), f64::from(*percent) / 100.0))
            })
            .collect();
        let parts: Vec<_> = parts
            .into_iter()
            .map(|(key, weight)| (Just(key), there(weight), fate(weight), there(weight)))
            .collect();
        (proptest::bool::weighted(0.16), parts).prop_map(|(unrelated, parts)| {
            let mut pair = Self {
                old: Genome::new(),
                new: Genome::new(),
            };
            for (key, old, fate, other) in parts {
                let new = if unrelated { other } else { fate.of(old) };
                pair.old.extend(old.map(|gene| (key, gene)));
                pair.new.extend(new.map(|gene| (key, gene)));
            }
            pair
        })
    }

    /// The pairs that are simpler in one place.
    pub fn simpler(&self, how: Simpler) -> impl Iterator<Item = Self> + '_ {
        let keys: BTreeSet<_> = self.old.keys().chain(self.new.keys()).copied().collect();
        let keys: Vec<_> = keys.into_iter().collect();
        let places: Vec<(Vec<(Part, usize)>, usize)> = match how {
            Simpler::Without(many) => keys.chunks(many).map(|keys| (keys.to_vec(), 0)).collect(),
            Simpler::Unchanged => keys.iter().map(|key| (vec![*key], 0)).collect(),
            Simpler::Plainer => {
                let choices = |key| (0..Gene::default().len()).map(move |at| (vec![key], at));
                keys.into_iter().flat_map(choices).collect()
            }
        };
        places.into_iter().filter_map(move |(keys, at)| {
            let mut pair = self.clone();
            let changed = keys.iter().filter(|key| pair.simplify(how, **key, at));
            (changed.count() > 0).then_some(pair)
        })
    }

    /// Whether there was anything to make simpler.
    fn simplify(&mut self, how: Simpler, key: (Part, usize), at: usize) -> bool {
        match how {
            Simpler::Without(_) => {
                self.old.remove(&key).is_some() | self.new.remove(&key).is_some()
            }
            Simpler::Unchanged => {
                let (Some(old), Some(new)) = (self.old.get_mut(&key), self.new.get(&key)) else {
                    return false;
                };
                std::mem::replace(old, *new) != *new
            }
            Simpler::Plainer => {
                let genes = [self.old.get_mut(&key), self.new.get_mut(&key)];
                let mut plainer = false;
                for gene in genes.into_iter().flatten() {
                    plainer |= std::mem::take(&mut gene[at]) != 0;
                }
                plainer
            }
        }
    }
}

impl Fate {
    fn of(self, gene: Option<Gene>) -> Option<Gene> {
        match self {
            Fate::Kept => gene,
            Fate::Replaced(other) => other,
            Fate::Tweaked(changes) => gene.map(|mut gene| {
                for (at, byte) in changes {
                    gene[at] = byte;
                }
                gene
            }),
        }
    }
}

fn there(weight: f64) -> impl Strategy<Value = Option<Gene>> {
    option::weighted(weight, uniform24(any::<u8>()))
}

/// The first choices of a part are the ones that matter most.
fn fate(weight: f64) -> impl Strategy<Value = Fate> {
    prop_oneof![
        14 => Just(Fate::Kept),
        4 => vec((0..12_usize, any::<u8>()), 1..3).prop_map(Fate::Tweaked),
        2 => there(weight).prop_map(Fate::Replaced),
    ]
}

/// A gene, read from its start.
pub struct Choices {
    gene: Gene,
    at: usize,
}

impl Choices {
    /// The choices of a part.
    pub fn new(gene: Gene) -> Self {
        Self { gene, at: 0 }
    }

    /// A number below `count`.
    pub fn below(&mut self, count: usize) -> usize {
        usize::from(self.byte()) % count.max(1)
    }

    /// One of several.
    pub fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// Something that is so in so many of a hundred cases.
    pub fn chance(&mut self, percent: u32) -> bool {
        u32::from(self.byte()) * 100 / 256 >= 100 - percent
    }

    /// A text that is there in so many of a hundred cases.
    pub fn maybe<'t>(&mut self, percent: u32, text: &'t str) -> &'t str {
        if self.chance(percent) { text } else { "" }
    }

    fn byte(&mut self) -> u8 {
        let byte = self.gene.get(self.at).copied().unwrap_or_default();
        self.at += 1;
        byte
    }
}
