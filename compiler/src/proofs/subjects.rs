//! What the suites set off, said of each trigger, policy and function.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::coverage::{Coverage, Firing, Ruling};
use super::facts::{EventTrigger, Facts, Function, Policy, Trigger};
use super::mutants;
use super::named::named_in;
use super::proof::{Count, Kind, Seen, Subject};
use super::run::SuiteRun;
use super::stage::Script;

/// All subjects: triggers, event triggers, policies, functions.
pub fn subjects(
    facts: &Facts,
    coverage: &Coverage,
    runs: &[SuiteRun],
    suites: &[Script],
) -> Vec<Subject> {
    let world = World {
        facts,
        runs,
        suites,
    };
    let triggers = facts.triggers.iter().zip(&coverage.triggers);
    let event_triggers = facts.event_triggers.iter().zip(&coverage.event_triggers);
    let policies = facts.policies.iter().zip(&coverage.policies);
    let functions = facts.functions.iter().zip(&coverage.functions);
    triggers
        .map(|(trigger, firing)| world.trigger(trigger, firing))
        .chain(event_triggers.map(|(trigger, fired)| world.event_trigger(trigger, fired)))
        .chain(policies.map(|(policy, ruling)| world.policy(policy, ruling)))
        .chain(functions.map(|(function, calls)| world.function(function, calls)))
        .collect()
}

/// What there is, and what was played.
#[derive(Clone, Copy)]
struct World<'a> {
    facts: &'a Facts,
    runs: &'a [SuiteRun],
    suites: &'a [Script],
}

impl World<'_> {
    fn trigger(&self, trigger: &Trigger, firing: &Firing) -> Subject {
        let others = self.facts.triggers.iter().map(|other| &other.name);
        let table = ambiguous(others, &trigger.name).then_some(trigger.table.name.as_str());
        Subject {
            kind: Kind::Trigger,
            label: trigger.label(),
            name: trigger.name.clone(),
            table: Some(trigger.table.short()),
            definition: trigger.definition.clone(),
            wanted: mutants::wanted(&mutants::of_trigger(trigger)),
            function: Some(format!("{}()", trigger.function.short())),
            named_in: named_in(self.suites, &trigger.name, table),
            fired_in: by_path(firing.fired.values(), self.runs),
            events: events(trigger, firing),
            condition: trigger.when.as_ref().map(|_| Seen {
                met: firing.happened(),
                unmet: !firing.passed.is_empty(),
            }),
            mutants: None,
            idle: Vec::new(),
        }
    }

    fn event_trigger(&self, trigger: &EventTrigger, fired: &[BTreeMap<usize, i64>]) -> Subject {
        Subject {
            kind: Kind::EventTrigger,
            label: trigger.name.clone(),
            name: trigger.name.clone(),
            table: None,
            definition: trigger.definition(),
            wanted: mutants::wanted(&mutants::of_event_trigger(trigger)),
            function: Some(format!("{}()", trigger.function.short())),
            named_in: named_in(self.suites, &trigger.name, None),
            fired_in: by_path(fired, self.runs),
            events: occasions(trigger, fired),
            condition: None,
            mutants: None,
            idle: Vec::new(),
        }
    }

    fn policy(&self, policy: &Policy, ruling: &Ruling) -> Subject {
        let others = self.facts.policies.iter().map(|other| &other.name);
        let table = ambiguous(others, &policy.name).then_some(policy.table.name.as_str());
        Subject {
            kind: Kind::Policy,
            label: policy.label(),
            name: policy.name.clone(),
            table: Some(policy.table.short()),
            definition: policy.definition(),
            wanted: mutants::wanted(&mutants::of_policy(policy)),
            function: None,
            named_in: named_in(self.suites, &policy.name, table),
            fired_in: by_path([&ruling.allowed, &ruling.refused], self.runs),
            events: BTreeMap::new(),
            condition: Some(Seen {
                met: !ruling.allowed.is_empty(),
                unmet: !ruling.refused.is_empty(),
            }),
            mutants: None,
            idle: Vec::new(),
        }
    }

    fn function(&self, function: &Function, calls: &BTreeMap<usize, i64>) -> Subject {
        Subject {
            kind: Kind::Function,
            label: function.label(),
            name: function.name.name.clone(),
            table: None,
            definition: function.definition.clone(),
            wanted: mutants::wanted(&mutants::of_function(function)),
            function: Some(function.label()),
            named_in: named_in(self.suites, &function.name.name, None),
            fired_in: by_path([calls], self.runs),
            events: BTreeMap::new(),
            condition: None,
            mutants: None,
            idle: Vec::new(),
        }
    }
}

fn ambiguous<'a>(names: impl Iterator<Item = &'a String>, name: &str) -> bool {
    names.filter(|other| *other == name).count() > 1
}

fn by_path<'a>(
    counts: impl IntoIterator<Item = &'a BTreeMap<usize, i64>>,
    runs: &[SuiteRun],
) -> BTreeMap<PathBuf, i64> {
    let mut by_path = BTreeMap::new();
    for (suite, count) in counts.into_iter().flatten() {
        if let Some(run) = runs.get(*suite) {
            *by_path.entry(run.suite.path.clone()).or_default() += count;
        }
    }
    by_path
}

fn occasions(trigger: &EventTrigger, fired: &[BTreeMap<usize, i64>]) -> BTreeMap<String, Count> {
    let count = |counts: &BTreeMap<usize, i64>| Count {
        fired: counts.values().sum(),
        passed: 0,
    };
    trigger
        .occasions()
        .into_iter()
        .zip(fired)
        .map(|(occasion, counts)| (occasion.to_lowercase(), count(counts)))
        .collect()
}

fn events(trigger: &Trigger, firing: &Firing) -> BTreeMap<String, Count> {
    let sum =
        |counts: Option<&BTreeMap<usize, i64>>| counts.map_or(0, |counts| counts.values().sum());
    let count = |event| Count {
        fired: sum(firing.fired.get(event)),
        passed: sum(firing.passed.get(event)),
    };
    trigger
        .events
        .iter()
        .map(|event| (event.word().to_owned(), count(event)))
        .collect()
}
