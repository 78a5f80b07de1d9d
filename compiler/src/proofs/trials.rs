//! What is to be tried: the mutants of each subject, the suites that may notice them, and what the verdict depends on.

use std::collections::{BTreeMap, BTreeSet};

use super::cache::{Key, key};
use super::coverage::{Coverage, Firing, Ruling};
use super::facts::{Facts, Objects};
use super::mutants::{self, Mutant};
use super::prove::{Trial, witnesses};
use super::run::SuiteRun;

/// In the order of the subjects: triggers, event triggers, policies, functions.
pub fn trials(
    facts: &Facts,
    coverage: &Coverage,
    runs: &[SuiteRun],
    objects: &Objects,
) -> Vec<Trial> {
    mutants_of_all(facts, coverage)
        .enumerate()
        .flat_map(|(subject, (mutants, suites))| {
            trials_of(subject, mutants, &suites, runs, objects)
        })
        .collect()
}

/// Each subject's mutants, and the suites that set it off.
fn mutants_of_all(
    facts: &Facts,
    coverage: &Coverage,
) -> impl Iterator<Item = (Vec<Mutant>, BTreeSet<usize>)> {
    let triggers = (facts.triggers.iter())
        .map(mutants::of_trigger)
        .zip(coverage.triggers.iter().map(Firing::suites));
    let event_triggers = (facts.event_triggers.iter())
        .map(mutants::of_event_trigger)
        .zip(coverage.event_triggers.iter().map(keys));
    let policies = (facts.policies.iter())
        .map(mutants::of_policy)
        .zip(coverage.policies.iter().map(Ruling::suites));
    let functions = (facts.functions.iter())
        .map(mutants::of_function)
        .zip(coverage.functions.iter().map(|calls| keys([calls])));
    triggers
        .chain(event_triggers)
        .chain(policies)
        .chain(functions)
}

fn keys<'a>(counts: impl IntoIterator<Item = &'a BTreeMap<usize, i64>>) -> BTreeSet<usize> {
    counts
        .into_iter()
        .flat_map(BTreeMap::keys)
        .copied()
        .collect()
}

fn trials_of(
    subject: usize,
    mutants: Vec<Mutant>,
    suites: &BTreeSet<usize>,
    runs: &[SuiteRun],
    objects: &Objects,
) -> Vec<Trial> {
    let suites = witnesses(runs, suites);
    let Some(first) = mutants.first().filter(|_| !suites.is_empty()) else {
        return Vec::new();
    };
    let known = ground(&suites, &first.undo, runs, objects);
    mutants
        .into_iter()
        .map(|mutant| Trial {
            subject,
            key: key([known.as_str(), mutant.apply.as_str()]),
            mutant,
            suites: suites.clone(),
        })
        .collect()
}

/// What the verdicts on a subject's mutants depend on, as a checksum: this program, the suites with what they include, and
/// all that they or the subject can reach.
fn ground(suites: &[usize], subject: &str, runs: &[SuiteRun], objects: &Objects) -> Key {
    let runs = || suites.iter().filter_map(|at| runs.get(*at));
    // The quickest suite comes first, and that is another each time.
    let mut files: Vec<(String, &str)> = runs()
        .flat_map(|run| {
            let own = (&run.suite.path, run.suite.text.as_str());
            let included = run.played.included.iter();
            std::iter::once(own).chain(included.map(|(path, text)| (path, text.as_str())))
        })
        .map(|(path, text)| (path.display().to_string(), text))
        .collect();
    files.sort_unstable();
    files.dedup();
    let touched = runs().try_fold(BTreeSet::new(), |mut all, run| {
        all.extend(run.touched.as_ref()?);
        Some(all)
    });
    let texts = files.iter().map(|(_, text)| *text).chain([subject]);
    let reached = objects.reached(texts, touched.as_ref());
    let own = [env!("CARGO_PKG_VERSION"), mutants::SETUP, subject, &reached];
    let files = files.iter().flat_map(|(path, text)| [path.as_str(), *text]);
    key(own.into_iter().chain(files))
}
