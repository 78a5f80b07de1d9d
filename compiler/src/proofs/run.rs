//! All suites.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use super::bodies::{Bodies, Counts};
use super::crew::share;
use super::lane::{Lane, Manner, Over};
use super::player::{Files, Played};
use super::stage::{Script, Stage, StageError};
use crate::database::{QueryError, Row};

/// From here on functions' calls can be read in the session that makes them.
const COUNTS_CALLS: u32 = 15;

const FLUSH: &str = "select pg_stat_force_next_flush()";
/// Functions with their calls, then tables that were read or written: what `pg_stat_user_functions` and `pg_stat_user_tables` say.
/// The views look up the schema of each, and add up what nobody asks for.
const COUNTED: &str = "select oid, pg_stat_get_function_calls(oid) from pg_proc
      where oid >= 16384 and pg_stat_get_function_calls(oid) is not null
    union all select oid, null from pg_class where oid >= 16384 and relkind in ('r', 'p', 'm')
      and pg_stat_get_numscans(oid) + pg_stat_get_tuples_inserted(oid) + pg_stat_get_tuples_updated(oid)
        + pg_stat_get_tuples_deleted(oid) > 0
    union all select indrelid, null from pg_index where indexrelid >= 16384 and pg_stat_get_numscans(indexrelid) > 0";

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
    /// The probes' sequences that it moved, by oid, and to which value.
    pub moved: BTreeMap<u32, i64>,
    /// The functions that it called, by oid, and how often; empty where nobody counts.
    pub calls: BTreeMap<u32, i64>,
    /// The statements of functions that ran in it; empty where nobody counts.
    pub statements: Counts,
    /// The tables that it read or wrote and the functions that it called, by oid; none where that is not known.
    pub touched: Option<BTreeSet<u32>>,
    /// How long it took.
    pub took: Duration,
}

impl SuiteRun {
    /// Whether `pg_prove` would call it good.
    pub fn passed(&self) -> bool {
        self.played.verdict.passed()
    }

    /// Whether it can tell a mutant from the original: nothing in it fails. A plan that promises more does no harm.
    pub fn is_witness(&self) -> bool {
        let verdict = &self.played.verdict;
        let fewer = verdict
            .planned
            .is_some_and(|planned| planned > verdict.cases.len() as u64);
        self.passed() || fewer && self.played.first_failure(false).is_none()
    }
}

/// Plays all suites in clones of a template; one that bails out is the last.
pub fn run_suites(
    stage: &Stage,
    template: &str,
    suites: &[Script],
    crew: Crew<'_>,
) -> Result<Vec<SuiteRun>, StageError> {
    play_all(stage, template, suites, crew, "", |_| Ok(Looked::default()))
}

/// The same, and counts the calls of functions and what runs of their bodies.
pub fn run_counted(
    stage: &Stage,
    template: &str,
    suites: &[Script],
    crew: Crew<'_>,
    bodies: &Bodies,
) -> Result<Vec<SuiteRun>, StageError> {
    let before = format!("set track_functions = 'all'; {}", bodies.begin());
    let after = |over: Over<'_>| Looked::at(over, bodies);
    play_all(stage, template, suites, crew, &before, after)
}

/// What a suite's session knows when the suite is over.
#[derive(Debug, Default)]
struct Looked {
    calls: BTreeMap<u32, i64>,
    statements: Counts,
    touched: Option<BTreeSet<u32>>,
}

fn play_all(
    stage: &Stage,
    template: &str,
    suites: &[Script],
    crew: Crew<'_>,
    before: &str,
    after: impl Fn(Over<'_>) -> Result<Looked, QueryError> + Sync,
) -> Result<Vec<SuiteRun>, StageError> {
    let step = |lane: &mut Lane<'_>, suite: &Script| {
        let start = Instant::now();
        let (round, looked) = lane.play(
            suite,
            crew.files,
            Manner {
                before,
                until_failure: false,
            },
            &after,
        )?;
        let run = SuiteRun {
            suite: suite.clone(),
            played: round.played,
            moved: round.moved,
            calls: looked.calls,
            statements: looked.statements,
            touched: looked.touched,
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

impl Looked {
    /// Calls and what was touched are counted through rollbacks, and for all sessions: after each suite they begin anew.
    fn at(over: Over<'_>, bodies: &Bodies) -> Result<Self, QueryError> {
        let flush = (over.session.major() >= COUNTS_CALLS).then_some(FLUSH);
        let ran = bodies.query();
        let (here, there) = if bodies.are_shared() {
            (None, ran.as_deref())
        } else {
            (ran.as_deref(), None)
        };
        let own: Vec<&str> = flush.into_iter().chain(here).collect();
        let own = over.session.query_all(&own)?;
        let counted = flush.map_or(&[][..], |_| &[COUNTED, "select pg_stat_reset()"]);
        let all: Vec<&str> = counted.iter().copied().chain(there).collect();
        let all = over.keeper.query_all(&all)?;
        let mut looked = Self::default();
        let answers = if there.is_some() { &all } else { &own };
        if let (Some(_), Some(rows)) = (ran, answers.last()) {
            looked.statements = Bodies::counts(rows);
        }
        if flush.is_some() {
            looked.read(&all);
        }
        Ok(looked)
    }

    fn read(&mut self, answers: &[Vec<Row>]) {
        let rows = || answers.first().into_iter().flatten();
        self.touched = Some(rows().map(|row| row.get(0)).collect());
        self.calls = rows()
            .filter_map(|row| Some((row.get(0), row.get::<_, Option<i64>>(1)?)))
            .collect();
    }
}
