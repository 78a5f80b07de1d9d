//! Weak suites and what is to be said of each: `proofs/<case>/{schema.sql, pgtap/*.sql, expected.toml}`.
//!
//! In each case every suite's outcome is the same with and without probes, and the counts are exact.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use tablec::proofs::report::json;
use tablec::proofs::{
    Cache, Crew, Evidence, Examination, Kind, Level, Reasons, Script, Server, Share, Stage,
    Subject, SuiteRun, Verdict, examine, run_suites,
};

#[derive(Debug, Deserialize)]
struct Expected {
    #[serde(default)]
    reasons: Reasons,
    /// What of the bodies ran; not compared when left out.
    bodies: Option<BTreeMap<String, Body>>,
    #[serde(flatten)]
    triggers: BTreeMap<String, Trigger>,
}

/// `[ran, of]` each, and what never ran, with its line.
#[derive(Debug, PartialEq, Deserialize)]
struct Body {
    statements: [usize; 2],
    branches: [usize; 2],
    #[serde(default)]
    unreached: Vec<(i32, String)>,
}

#[derive(Debug, Deserialize)]
struct Trigger {
    level: Level,
    #[serde(default)]
    fired: BTreeMap<String, i64>,
    #[serde(default)]
    passed: BTreeMap<String, i64>,
    #[serde(default)]
    survivors: BTreeSet<String>,
    /// What the report says; not compared when left out.
    says: Option<Vec<String>>,
    notes: Option<Vec<String>>,
    /// The survivors are not what the case is about.
    #[serde(default)]
    loose: bool,
}

macro_rules! cases {
    ($($name:ident)*) => {
        $(#[test] fn $name() { check(stringify!($name)); })*

        #[test]
        fn every_folder_is_a_case() {
            let named: BTreeSet<String> = [$(stringify!($name).to_owned()),*].into();
            let folders = fs::read_dir(folder()).expect("the folder of the cases").map(|entry| {
                entry.expect("an entry").file_name().to_string_lossy().into_owned()
            });
            assert_eq!(folders.collect::<BTreeSet<_>>(), named);
        }
    };
}

cases! {
    asserts_nothing bodies comment_only deferred deferred_never_committed event_triggers has_trigger_only hidden hostile_names idle_reasons never_named
    nothing_but_null own_transaction partitions proved raises raises_with_reason shared_function survives switched_off transition_tables view when_never_false
}

/// The one thing of the probes that a suite can see: the twins of event triggers stand among the others.
#[test]
fn twins_of_event_triggers_can_be_told_apart() {
    let schema = "create function f() returns event_trigger language plpgsql as 'begin end';
        create event trigger mine on ddl_command_end when tag in ('CREATE VIEW') execute function f();";
    let suite = |name: &str, query: &str| Script {
        path: name.into(),
        text: format!(
            "-- mine\nbegin; select plan(1); create view v as select 1; {query}; rollback;"
        ),
    };
    let suites = [
        suite(
            "all.sql",
            "select is(count(*), 1::bigint) from pg_event_trigger",
        ),
        suite(
            "named.sql",
            "select is(evtenabled, 'O') from pg_event_trigger where evtname = 'mine'",
        ),
        suite(
            "own.sql",
            "select is(count(*), 1::bigint) from pg_event_trigger where evtfoid::regproc::text !~ '^pg_tablec'",
        ),
    ];
    let schema = Script {
        path: "schema.sql".into(),
        text: schema.to_owned(),
    };
    let server = Server::Given(tablec_testing::cluster().url("postgres"));
    let stage = Stage::build(server, &[schema]).expect("the schema builds");
    let crew = Crew {
        jobs: 1,
        files: &|path| fs::read_to_string(path),
        heard: &|_| (),
    };
    let passed = |runs: &[SuiteRun]| runs.iter().map(SuiteRun::passed).collect::<Vec<_>>();
    let plain = run_suites(&stage, &stage.template(), &suites, crew).expect("the suites run");
    assert_eq!(passed(&plain), [true, true, true]);
    let probed = examine_all(&stage, &suites, &Reasons::new());
    assert_eq!(passed(&probed.runs), [false, true, true]);
    let fired: i64 = probed.subjects[0].fired_in.values().sum();
    assert_eq!(fired, 3);
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/proofs")
}

fn check(case: &str) {
    let dir = folder().join(case);
    let expected: Expected =
        toml::from_str(&read(&dir.join("expected.toml")).text).expect("expected.toml");
    let server = Server::Given(tablec_testing::cluster().url("postgres"));
    check_on(server, &dir, &expected);
    if expected.bodies.is_some() {
        // A server that loaded the profiler when it started counts the same.
        let preloaded = Server::throwaway().expect("a server");
        check_on(preloaded, &dir, &expected);
    }
}

fn check_on(server: Server, dir: &Path, expected: &Expected) {
    let suites = suites(&dir.join("pgtap"));
    let stage = Stage::build(server, &[read(&dir.join("schema.sql"))]).expect("the schema builds");
    let evidence = examine_all(&stage, &suites, &expected.reasons);
    same_without_probes(&stage, &suites, &evidence);
    let found: BTreeMap<&str, &Subject> = evidence
        .subjects
        .iter()
        .filter(|subject| matches!(subject.kind, Kind::Trigger | Kind::EventTrigger))
        .map(|subject| (subject.label.as_str(), subject))
        .collect();
    assert_eq!(
        found.keys().copied().collect::<Vec<_>>(),
        expected
            .triggers
            .keys()
            .map(String::as_str)
            .collect::<Vec<_>>()
    );
    assert_eq!(evidence.ran.missing, None, "plpgsql_check is installed");
    if let Some(bodies) = &expected.bodies {
        assert_eq!(&ran(&evidence), bodies);
    }
    for (label, wanted) in &expected.triggers {
        compare(found[label.as_str()], wanted);
    }
}

fn examine_all(stage: &Stage, suites: &[Script], reasons: &Reasons) -> Evidence {
    let how = Examination {
        level: Level::Proved,
        jobs: 2,
        files: &|path| fs::read_to_string(path),
        deadline: None,
        cache: &Cache::default(),
        reasons,
        heard: &|_| (),
    };
    examine(stage, suites, how).expect("the examination ends")
}

fn same_without_probes(stage: &Stage, suites: &[Script], evidence: &Evidence) {
    let crew = Crew {
        jobs: 2,
        files: &|path| fs::read_to_string(path),
        heard: &|_| (),
    };
    let plain = run_suites(stage, &stage.template(), suites, crew).expect("the suites run");
    assert_eq!(
        json(&plain),
        json(&evidence.runs),
        "probes change no result"
    );
    for run in &plain {
        assert!(
            run.passed(),
            "{}: {:#?}",
            run.suite.path.display(),
            run.played
        );
    }
}

fn ran(evidence: &Evidence) -> BTreeMap<String, Body> {
    let share = |share: Share| [share.ran, share.of];
    let body = |body: &tablec::proofs::Body| Body {
        statements: share(body.statements),
        branches: share(body.branches),
        unreached: body
            .unreached
            .iter()
            .map(|unreached| (unreached.line, unreached.what.clone()))
            .collect(),
    };
    let functions = &evidence.ran.functions;
    functions
        .iter()
        .map(|(function, ran)| (function.clone(), body(ran)))
        .collect()
}

fn compare(subject: &Subject, wanted: &Trigger) {
    let label = &subject.label;
    assert_eq!(subject.level(), wanted.level, "{label}: {subject:#?}");
    for (event, count) in &subject.events {
        let wanted_of = |counts: &BTreeMap<String, i64>| counts.get(event).copied().unwrap_or(0);
        assert_eq!(
            count.fired,
            wanted_of(&wanted.fired),
            "{label} fired on {event}"
        );
        assert_eq!(
            count.passed,
            wanted_of(&wanted.passed),
            "{label} passed on {event}"
        );
    }
    let survivors = subject
        .mutants
        .iter()
        .flatten()
        .filter(|tried| tried.verdict == Verdict::Survived);
    let survivors: BTreeSet<String> = survivors.map(|tried| tried.kind.clone()).collect();
    if !wanted.loose {
        assert_eq!(survivors, wanted.survivors, "{label}: {subject:#?}");
    }
    if let Some(says) = &wanted.says {
        assert_eq!(&subject.shortcomings(Level::Proved), says, "{label}");
    }
    if let Some(notes) = &wanted.notes {
        assert_eq!(&subject.notes(), notes, "{label}");
    }
}

fn suites(folder: &Path) -> Vec<Script> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("suites")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

fn read(path: &Path) -> Script {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Script {
        path: path.strip_prefix(folder()).unwrap_or(path).to_owned(),
        text,
    }
}
