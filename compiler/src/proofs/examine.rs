//! All levels: from a stage and suites to the evidence for each subject.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Instant;

use super::bodies::{Bodies, Ran};
use super::cache::{Cache, Key, key};
use super::coverage::{Coverage, Firing, Ruling};
use super::facts::{EventTrigger, Facts, Objects, Trigger};
use super::mutants::{self, Mutant};
use super::named::named_in;
use super::player::Files;
use super::probes::Probes;
use super::proof::{Count, Kind, Level, Seen, Subject, Tried};
use super::prove::{Court, Reasons, Trial, Verdict, try_all, witnesses};
use super::run::{Crew, SuiteRun, run_counted};
use super::stage::{Script, Stage, StageError};

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

fn subjects(
    facts: &Facts,
    coverage: &Coverage,
    runs: &[SuiteRun],
    suites: &[Script],
) -> Vec<Subject> {
    let triggers = facts
        .triggers
        .iter()
        .zip(&coverage.triggers)
        .map(|(trigger, firing)| {
            let table = ambiguous(
                facts.triggers.iter().map(|other| &other.name),
                &trigger.name,
            )
            .then_some(trigger.table.name.as_str());
            Subject {
                kind: Kind::Trigger,
                label: trigger.label(),
                name: trigger.name.clone(),
                table: Some(trigger.table.short()),
                definition: trigger.definition.clone(),
                wanted: mutants::wanted(&mutants::of_trigger(trigger)),
                function: Some(format!("{}()", trigger.function.short())),
                named_in: named_in(suites, &trigger.name, table),
                fired_in: by_path(firing.fired.values(), runs),
                events: events(trigger, firing),
                condition: trigger.when.as_ref().map(|_| Seen {
                    met: firing.happened(),
                    unmet: !firing.passed.is_empty(),
                }),
                mutants: None,
                idle: Vec::new(),
            }
        });
    let event_triggers = facts
        .event_triggers
        .iter()
        .zip(&coverage.event_triggers)
        .map(|(trigger, fired)| Subject {
            kind: Kind::EventTrigger,
            label: trigger.name.clone(),
            name: trigger.name.clone(),
            table: None,
            definition: trigger.definition(),
            wanted: mutants::wanted(&mutants::of_event_trigger(trigger)),
            function: Some(format!("{}()", trigger.function.short())),
            named_in: named_in(suites, &trigger.name, None),
            fired_in: by_path(fired, runs),
            events: occasions(trigger, fired),
            condition: None,
            mutants: None,
            idle: Vec::new(),
        });
    let policies = facts
        .policies
        .iter()
        .zip(&coverage.policies)
        .map(|(policy, ruling)| {
            let table = ambiguous(facts.policies.iter().map(|other| &other.name), &policy.name)
                .then_some(policy.table.name.as_str());
            Subject {
                kind: Kind::Policy,
                label: policy.label(),
                name: policy.name.clone(),
                table: Some(policy.table.short()),
                definition: policy.definition(),
                wanted: mutants::wanted(&mutants::of_policy(policy)),
                function: None,
                named_in: named_in(suites, &policy.name, table),
                fired_in: by_path([&ruling.allowed, &ruling.refused], runs),
                events: BTreeMap::new(),
                condition: Some(Seen {
                    met: !ruling.allowed.is_empty(),
                    unmet: !ruling.refused.is_empty(),
                }),
                mutants: None,
                idle: Vec::new(),
            }
        });
    let functions = facts
        .functions
        .iter()
        .zip(&coverage.functions)
        .map(|(function, calls)| Subject {
            kind: Kind::Function,
            label: function.label(),
            name: function.name.name.clone(),
            table: None,
            definition: function.definition.clone(),
            wanted: mutants::wanted(&mutants::of_function(function)),
            function: Some(function.label()),
            named_in: named_in(suites, &function.name.name, None),
            fired_in: by_path([calls], runs),
            events: BTreeMap::new(),
            condition: None,
            mutants: None,
            idle: Vec::new(),
        });
    triggers
        .chain(event_triggers)
        .chain(policies)
        .chain(functions)
        .collect()
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

/// In the order of the subjects: triggers, event triggers, policies, functions.
fn trials(facts: &Facts, coverage: &Coverage, runs: &[SuiteRun], objects: &Objects) -> Vec<Trial> {
    let triggers = facts
        .triggers
        .iter()
        .zip(&coverage.triggers)
        .map(|(trigger, firing)| (mutants::of_trigger(trigger), firing.suites()));
    let event_triggers = facts
        .event_triggers
        .iter()
        .zip(&coverage.event_triggers)
        .map(|(trigger, fired)| {
            let suites = fired.iter().flat_map(BTreeMap::keys).copied().collect();
            (mutants::of_event_trigger(trigger), suites)
        });
    let policies = facts
        .policies
        .iter()
        .zip(&coverage.policies)
        .map(|(policy, ruling)| (mutants::of_policy(policy), Ruling::suites(ruling)));
    let functions = facts
        .functions
        .iter()
        .zip(&coverage.functions)
        .map(|(function, calls)| {
            (
                mutants::of_function(function),
                calls.keys().copied().collect::<BTreeSet<_>>(),
            )
        });
    let all = triggers
        .chain(event_triggers)
        .chain(policies)
        .chain(functions);
    all.enumerate()
        .flat_map(|(subject, (mutants, suites))| {
            trials_of(subject, mutants, &suites, runs, objects)
        })
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
