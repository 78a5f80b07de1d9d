//! All levels: from a stage and suites to the evidence for each subject.

use std::collections::BTreeMap;
use std::time::Instant;

use super::bodies::{Bodies, Ran};
use super::cache::Cache;
use super::coverage::Coverage;
use super::facts::Facts;
use super::mutants::Mutant;
use super::player::Files;
use super::probes::Probes;
use super::proof::{Level, Subject, Tried};
use super::prove::{Court, Reasons, Trial, Verdict, try_all};
use super::run::{Crew, SuiteRun, run_counted};
use super::stage::{Script, Stage, StageError};
use super::subjects::subjects;
use super::trials::trials;

/// How to examine.
#[derive(Clone, Copy)]
pub struct Examination<'a> {
    /// How far to go: mutants are tried for `proved` only.
    pub level: Level,
    /// How many at once.
    pub jobs: usize,
    /// Reads included files.
    pub files: Files<'a>,
    /// When to stop trying mutants.
    pub deadline: Option<Instant>,
    /// What is known from before.
    pub cache: &'a Cache,
    /// Why mutants are equivalent.
    pub reasons: &'a Reasons,
    /// Hears of the work ahead, and of each piece done.
    pub heard: &'a (dyn Fn(Progress<'_>) + Sync),
}

/// What an examination says while it runs.
#[derive(Clone, Copy, Debug)]
pub enum Progress<'a> {
    /// So many pieces of this work begin.
    Begin(&'static str, usize),
    /// A piece is done.
    Done(&'a str),
}

/// What was found.
#[derive(Debug)]
pub struct Evidence {
    /// Triggers, policies and functions.
    pub subjects: Vec<Subject>,
    /// The suites, played with probes.
    pub runs: Vec<SuiteRun>,
    /// What ran of the functions' bodies.
    pub ran: Ran,
    /// What to remember.
    pub cache: Cache,
}

/// Examines everything in the stage's database.
pub fn examine(
    stage: &Stage,
    suites: &[Script],
    how: Examination<'_>,
) -> Result<Evidence, StageError> {
    let Probed {
        facts,
        probes,
        bodies,
        template,
    } = probe(stage)?;
    (how.heard)(Progress::Begin("suites", suites.len()));
    let heard = |run: &SuiteRun| (how.heard)(Progress::Done(&run.suite.path.display().to_string()));
    let runs = run_counted(
        stage,
        &template,
        suites,
        Crew {
            jobs: how.jobs,
            files: how.files,
            heard: &heard,
        },
        &bodies,
    )?;
    let coverage = Coverage::of(&facts, &probes, &runs);
    let mut subjects = subjects(&facts, &coverage, &runs, suites);
    let mut cache = Cache::default();
    if how.level == Level::Proved {
        cache = prove(stage, &facts, &coverage, &runs, &mut subjects, how)?;
    }
    Ok(Evidence {
        subjects,
        ran: bodies.ran(runs.iter().map(|run| &run.statements)),
        runs,
        cache,
    })
}

/// A template with probes.
#[derive(Debug)]
pub struct Probed {
    /// What is there to prove.
    pub facts: Facts,
    /// The probes.
    pub probes: Probes,
    /// The bodies that are watched.
    pub bodies: Bodies,
    /// The name of the database.
    pub template: String,
}

/// Reads the facts, and makes a template with probes.
pub fn probe(stage: &Stage) -> Result<Probed, StageError> {
    let mut probed = Probed {
        facts: Facts::default(),
        probes: Probes::default(),
        bodies: Bodies::default(),
        template: String::new(),
    };
    probed.template = stage.vary("probed", |session| {
        probed.facts = Facts::read(session)?;
        probed.probes = Probes::install(session, &probed.facts)?;
        probed.bodies = Bodies::prepare(session, probed.facts.bodies())?;
        Ok(())
    })?;
    Ok(probed)
}

fn prove(
    stage: &Stage,
    facts: &Facts,
    coverage: &Coverage,
    runs: &[SuiteRun],
    subjects: &mut [Subject],
    how: Examination<'_>,
) -> Result<Cache, StageError> {
    let objects = stage.objects()?;
    let trials = trials(facts, coverage, runs, &objects);
    let open = trials
        .iter()
        .filter(|trial| how.cache.get(&trial.key).is_none());
    (how.heard)(Progress::Begin("mutants", open.count()));
    let heard =
        |trial: &Trial, _: &Verdict| (how.heard)(Progress::Done(&subjects[trial.subject].label));
    let court = Court {
        jobs: how.jobs,
        files: how.files,
        deadline: how.deadline,
        heard: &heard,
        cache: how.cache,
    };
    let verdicts = try_all(stage, runs, &trials, court)?;
    let cache = Cache::remember(
        trials
            .iter()
            .map(|trial| trial.key.clone())
            .zip(verdicts.iter().cloned()),
    );
    for (trial, verdict) in trials.into_iter().zip(verdicts) {
        judge(
            &mut subjects[trial.subject],
            trial.mutant,
            verdict,
            how.reasons,
        );
    }
    for subject in subjects {
        subject.idle = idle(subject, how.reasons);
    }
    Ok(cache)
}

fn judge(subject: &mut Subject, mutant: Mutant, verdict: Verdict, reasons: &Reasons) {
    let reason = reasons
        .get(&subject.label)
        .and_then(|reasons| reasons.get(&mutant.kind));
    let tried = Tried {
        verdict: excuse(verdict, reason),
        kind: mutant.kind,
        change: mutant.change,
        missing: mutant.missing,
    };
    subject.mutants.get_or_insert_default().push(tried);
}

/// The reasons that excuse nothing.
fn idle(subject: &Subject, reasons: &Reasons) -> Vec<String> {
    let Some(mutants) = &subject.mutants else {
        return Vec::new();
    };
    let stated = reasons
        .get(&subject.label)
        .into_iter()
        .flat_map(BTreeMap::keys);
    stated
        .filter_map(|kind| match mutants.iter().find(|tried| tried.kind == *kind) {
            None => {
                let kinds: Vec<&str> = mutants.iter().map(|tried| tried.kind.as_str()).collect();
                Some(format!(
                    "`equivalent` of {} has a reason for `{kind}`, and there is no such mutant; there are {}",
                    subject.label,
                    kinds.join(", ")
                ))
            }
            Some(Tried { verdict: Verdict::Killed { by, line }, .. }) => Some(format!(
                "`equivalent` of {} needs no reason for `{kind}`: {}:{line} fails with it",
                subject.label,
                by.display()
            )),
            Some(_) => None,
        })
        .collect()
}

/// A reason counts only where it is needed.
fn excuse(verdict: Verdict, reason: Option<&String>) -> Verdict {
    match (verdict, reason) {
        (Verdict::Survived, Some(reason)) => Verdict::Equivalent {
            reason: reason.clone(),
        },
        (verdict, _) => verdict,
    }
}
