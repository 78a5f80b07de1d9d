//! Level 3, played: each mutant against the suites that set its subject off.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::cache::{Cache, Key};
use super::crew::share;
use super::lane::{Lane, Manner};
use super::mutants::{self, Mutant};
use super::player::Files;
use super::run::SuiteRun;
use super::stage::{Stage, StageError};

/// How long a statement may take under a mutant, at least: one that never ends is noticed too.
const PATIENCE: Duration = Duration::from_secs(20);

/// A mutant, and the suites that may notice it.
#[derive(Clone, Debug)]
pub struct Trial {
    /// Whose mutant: its place among the subjects.
    pub subject: usize,
    /// The mutant.
    pub mutant: Mutant,
    /// The suites by their place among the runs; the quickest first.
    pub suites: Vec<usize>,
    /// What the verdict depends on.
    pub key: Key,
}

/// What became of a mutant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "verdict")]
pub enum Verdict {
    /// A suite fails with it.
    Killed {
        /// The suite.
        by: PathBuf,
        /// The line of its first failure.
        line: usize,
    },
    /// No suite fails with it.
    Survived,
    /// No suite fails with it, and the spec says why none can.
    Equivalent {
        /// The spec's reason.
        reason: String,
    },
    /// PostgreSQL does not take it: there is no such mutant.
    Impossible {
        /// What it says.
        why: String,
    },
    /// The time was up.
    NotRun,
}

/// How the trials are run.
#[derive(Clone, Copy)]
pub struct Court<'a> {
    /// How many trials at once.
    pub jobs: usize,
    /// Reads included files.
    pub files: Files<'a>,
    /// When to stop.
    pub deadline: Option<Instant>,
    /// Hears of each trial when it is over.
    pub heard: &'a (dyn Fn(&Trial, &Verdict) + Sync),
    /// What is known from before.
    pub cache: &'a Cache,
}

/// A database whose mutants have their functions; its name.
pub fn arena(stage: &Stage) -> Result<String, StageError> {
    stage.vary("mutants", |session| session.batch_execute(mutants::SETUP))
}

/// Tries all; the verdicts are in their order.
pub fn try_all(
    stage: &Stage,
    runs: &[SuiteRun],
    trials: &[Trial],
    court: Court<'_>,
) -> Result<Vec<Verdict>, StageError> {
    let open: Vec<&Trial> = trials
        .iter()
        .filter(|trial| court.cache.get(&trial.key).is_none())
        .collect();
    let tried = if open.is_empty() {
        Vec::new()
    } else {
        try_open(stage, runs, &open, court)?
    };
    let mut tried = tried.into_iter();
    Ok(trials
        .iter()
        .map(|trial| match court.cache.get(&trial.key) {
            Some(known) => known.clone(),
            None => tried.next().flatten().unwrap_or(Verdict::NotRun),
        })
        .collect())
}

fn try_open(
    stage: &Stage,
    runs: &[SuiteRun],
    open: &[&Trial],
    court: Court<'_>,
) -> Result<Vec<Option<Verdict>>, StageError> {
    let template = arena(stage)?;
    let step = |lane: &mut Lane<'_>, trial: &&Trial| {
        let late = court
            .deadline
            .is_some_and(|deadline| Instant::now() >= deadline);
        let verdict = if late {
            Verdict::NotRun
        } else {
            try_one(lane, runs, trial, court.files)?
        };
        (court.heard)(trial, &verdict);
        Ok(verdict)
    };
    share(
        open,
        court.jobs,
        || Lane::new(stage, &template),
        step,
        |_| false,
    )
}

fn try_one(
    lane: &mut Lane<'_>,
    runs: &[SuiteRun],
    trial: &Trial,
    files: Files<'_>,
) -> Result<Verdict, StageError> {
    let mut verdict = Verdict::Survived;
    let mut changed = false;
    for run in trial.suites.iter().filter_map(|at| runs.get(*at)) {
        if !changed || !lane.is_open() {
            if let Err(error) = lane.change(&trial.mutant.apply)? {
                lane.discard()?;
                return Ok(Verdict::Impossible {
                    why: error.to_string(),
                });
            }
            changed = true;
        }
        let patience = PATIENCE.max(run.took * 20).as_millis();
        let before = format!("set statement_timeout = {patience}");
        let manner = Manner {
            before: &before,
            until_failure: true,
        };
        let (round, ()) = lane.play(&run.suite, files, manner, |_| Ok(()))?;
        if let Some(line) = round.played.first_failure(run.passed()) {
            verdict = Verdict::Killed {
                by: run.suite.path.clone(),
                line,
            };
            break;
        }
    }
    if changed && lane.is_open() && lane.change(&trial.mutant.undo)?.is_err() {
        lane.discard()?;
    }
    Ok(verdict)
}

/// The suites that can notice anything: those that pass; the quickest first.
pub fn witnesses(runs: &[SuiteRun], suites: &BTreeSet<usize>) -> Vec<usize> {
    let mut good: Vec<(Duration, usize)> = suites
        .iter()
        .filter_map(|at| Some((*at, runs.get(*at)?)))
        .filter(|(_, run)| run.is_witness())
        .map(|(at, run)| (run.took, at))
        .collect();
    good.sort_unstable();
    good.into_iter().map(|(_, at)| at).collect()
}

/// Why no suite can notice a mutant, by subject and kind, as the spec says.
pub type Reasons = BTreeMap<String, BTreeMap<String, String>>;
