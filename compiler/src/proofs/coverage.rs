//! Level 2, counted: what fired, on what, in which suite.

use std::collections::{BTreeMap, BTreeSet};

use super::bodies::Bodies;
use super::facts::{Event, Facts};
use super::probes::{Counted, Probes};
use super::run::SuiteRun;

/// What the suites set off. Suites are known by their place among the runs.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// By trigger.
    pub triggers: Vec<Firing>,
    /// By event trigger and occasion: how often it fired in each suite.
    pub event_triggers: Vec<Vec<BTreeMap<usize, i64>>>,
    /// By policy.
    pub policies: Vec<Ruling>,
    /// By function: how often each suite called it.
    pub functions: Vec<BTreeMap<usize, i64>>,
}

/// How a trigger fired.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Firing {
    /// How often, by event and suite.
    pub fired: BTreeMap<Event, BTreeMap<usize, i64>>,
    /// How often its condition was not true, by event and suite.
    pub passed: BTreeMap<Event, BTreeMap<usize, i64>>,
}

/// What a policy said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ruling {
    /// How many rows it let through, by suite.
    pub allowed: BTreeMap<usize, i64>,
    /// How many rows it held back, by suite.
    pub refused: BTreeMap<usize, i64>,
}

impl Coverage {
    /// Adds up what the runs moved.
    pub fn of(facts: &Facts, probes: &Probes, runs: &[SuiteRun]) -> Self {
        let mut coverage = Self {
            triggers: vec![Firing::default(); facts.triggers.len()],
            event_triggers: facts
                .event_triggers
                .iter()
                .map(|trigger| vec![BTreeMap::new(); trigger.occasions().len()])
                .collect(),
            policies: vec![Ruling::default(); facts.policies.len()],
            functions: facts
                .functions
                .iter()
                .map(|function| calls(function.oid, runs))
                .collect(),
        };
        for (suite, run) in runs.iter().enumerate() {
            for (oid, count) in &run.moved {
                if let Some(counted) = probes.counted(*oid) {
                    coverage.add(counted, suite, *count);
                }
            }
        }
        coverage
    }

    fn add(&mut self, counted: Counted, suite: usize, count: i64) {
        let counts = match counted {
            Counted::Fired(at, event) => self.triggers[at].fired.entry(event).or_default(),
            Counted::Passed(at, event) => self.triggers[at].passed.entry(event).or_default(),
            Counted::Ran(at, occasion) => &mut self.event_triggers[at][occasion],
            Counted::Allowed(at) => &mut self.policies[at].allowed,
            Counted::Refused(at) => &mut self.policies[at].refused,
        };
        *counts.entry(suite).or_default() += count;
    }
}

impl Firing {
    /// The suites in which it fired, or would have but for its condition.
    pub fn suites(&self) -> BTreeSet<usize> {
        self.fired
            .values()
            .chain(self.passed.values())
            .flat_map(BTreeMap::keys)
            .copied()
            .collect()
    }

    /// Whether it fired at all.
    pub fn happened(&self) -> bool {
        !self.fired.is_empty()
    }
}

impl Ruling {
    /// The suites in which it was asked.
    pub fn suites(&self) -> BTreeSet<usize> {
        self.allowed
            .keys()
            .chain(self.refused.keys())
            .copied()
            .collect()
    }
}

fn calls(oid: u32, runs: &[SuiteRun]) -> BTreeMap<usize, i64> {
    // A call that ends with an exception is none for PostgreSQL's statistics.
    let calls = |run: &SuiteRun| {
        let entered = Bodies::entered(oid, &run.statements);
        let calls = run.calls.get(&oid).copied().unwrap_or(0).max(entered);
        (calls > 0).then_some(calls)
    };
    runs.iter()
        .enumerate()
        .filter_map(|(at, run)| Some((at, calls(run)?)))
        .collect()
}
