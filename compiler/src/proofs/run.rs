//! All suites.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::crew::share;
use super::lane::{Lane, Manner};
use super::player::{Files, Played};
use super::stage::{Script, Stage, StageError};

/// How many suites play at once, what they may read, and who hears of each.
#[derive(Clone, Copy)]
pub struct Crew<'a> {
    /// How many suites play at the same time.
    pub jobs: usize,
    /// Reads included files.
    pub files: Files<'a>,
    /// Hears of each suite when it is over.
    pub heard: &'a (dyn Fn(&SuiteRun) + Sync),
}

/// What became of a suite.
#[derive(Debug)]
pub struct SuiteRun {
    /// The suite.
    pub suite: Script,
    /// What became of it.
    pub played: Played,
    /// The sequences that it moved, by oid, and to which value.
    pub moved: BTreeMap<u32, i64>,
    /// How long it took.
    pub took: Duration,
}

impl SuiteRun {
    /// Whether `pg_prove` would call it good.
    pub fn passed(&self) -> bool {
        self.played.verdict.passed()
    }
}

/// Plays all suites in clones of a template; one that bails out is the last.
pub fn run_suites(
    stage: &Stage,
    template: &str,
    suites: &[Script],
    crew: Crew<'_>,
) -> Result<Vec<SuiteRun>, StageError> {
    let step = |lane: &mut Lane<'_>, suite: &Script| {
        let start = Instant::now();
        let (round, ()) = lane.play(suite, crew.files, Manner::default(), |_| Ok(()))?;
        let run = SuiteRun {
            suite: suite.clone(),
            played: round.played,
            moved: round.moved,
            took: start.elapsed(),
        };
        (crew.heard)(&run);
        Ok(run)
    };
    let bailed = |run: &SuiteRun| run.played.verdict.bail_out.is_some();
    let runs = share(
        suites,
        crew.jobs,
        || Lane::new(stage, template),
        step,
        bailed,
    )?;
    Ok(runs.into_iter().flatten().collect())
}
