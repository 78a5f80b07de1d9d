//! The example's own suites: each assertion is needed, and probes change no result, of these suites nor of those that fail in
//! every way.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tablec::files::migrations::read_migrations;
use tablec::proofs::report::{Report, Required, json};
use tablec::proofs::{
    Cache, Crew, Evidence, Examination, Files, Kind, Level, Reasons, Script, Server, Stage,
    SuiteRun, examine, probe, run_counted, run_suites,
};
use tablec::script::{Piece, Scanner, Variables};
use tablec::{files, spec};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn stage(migrations: &[Script]) -> Stage {
    let server = Server::Given(tablec_testing::cluster().url("postgres"));
    Stage::build(server, migrations).expect("the schema builds")
}

fn migrations() -> Vec<Script> {
    let read = read_migrations(&root().join("migrations")).expect("the example's migrations");
    read.into_iter()
        .map(|migration| Script {
            path: migration.name.to_string().into(),
            text: migration.text,
        })
        .collect()
}

fn suites(folder: &Path) -> Vec<Script> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("suites")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "sql"))
        .collect();
    paths.sort();
    let read = |path: PathBuf| Script {
        text: fs::read_to_string(&path).expect("a suite"),
        path,
    };
    paths.into_iter().map(read).collect()
}

const FROM_DISK: Files<'_> = &|path| fs::read_to_string(path);

const CREW: Crew<'_> = Crew {
    jobs: 2,
    files: FROM_DISK,
    heard: &|_| (),
};

fn plain(stage: &Stage, suites: &[Script]) -> Vec<SuiteRun> {
    run_suites(stage, &stage.template(), suites, CREW).expect("the suites run")
}

#[test]
fn probes_change_no_result_of_the_example() {
    let suites = suites(&root().join("pgtap"));
    assert!(suites.len() >= 9, "{} suites", suites.len());
    same_with_probes(&migrations(), &suites);
}

#[test]
fn probes_change_no_result_of_suites_that_fail() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pg_prove");
    let schema = Script {
        path: "schema.sql".into(),
        text: "create table t (id int primary key, name text);
               create function seen() returns trigger language plpgsql as $$ begin return new; end $$;
               create trigger t_seen before insert or update on t for each row when (new.id > 1) execute function seen();
               create function logged() returns event_trigger language plpgsql as $$ begin end $$;
               create event trigger all_logged on ddl_command_end execute function logged();"
            .to_owned(),
    };
    for suite in suites(&folder) {
        same_with_probes(std::slice::from_ref(&schema), &[suite]);
    }
}

fn same_with_probes(migrations: &[Script], suites: &[Script]) {
    let stage = stage(migrations);
    let probed = probe(&stage).expect("the probes are set up");
    let watched = run_counted(&stage, &probed.template, suites, CREW, &probed.bodies)
        .expect("the suites run with probes");
    assert_eq!(json(&plain(&stage, suites)), json(&watched));
}

/// Without any one of its assertions, and its plan that much shorter, the example is not proved any more, and the message names
/// what is not and which kind of assertion is missing.
#[test]
fn each_assertion_of_the_example_is_needed() {
    let (spec, found) = spec::read(&files::load(&root()).0);
    assert!(found.is_empty(), "{found:#?}");
    let reasons = spec.equivalent.iter().map(|(id, stated)| {
        let stated = stated.iter();
        let stated = stated.map(|(kind, reason)| (kind.clone(), reason.clone()));
        (format!("{}.{}", id.parent, id.name), stated.collect())
    });
    let (reasons, migrations): (Reasons, _) = (reasons.collect(), migrations());
    let suites = suites(&root().join("pgtap"));
    let stage = stage(&migrations);
    let whole = examined(&stage, &suites, &reasons, &Cache::default());
    assert!(report(&whole).passed, "{}", report(&whole).human());
    let (mut count, mut idle) = (0, Vec::new());
    for (at, run) in whole.runs.iter().enumerate() {
        for case in &run.played.verdict.cases {
            let mut fewer = suites.clone();
            fewer[at].text = without(&run.suite.text, case.line);
            let evidence = examined(&stage, &fewer, &reasons, &whole.cache);
            assert!(
                evidence.runs[at].passed(),
                "{:#?}",
                evidence.runs[at].played
            );
            let report = report(&evidence);
            let said = report.human();
            count += 1;
            if report.passed {
                idle.push(format!(
                    "{}:{} {}",
                    run.suite.path.display(),
                    case.line,
                    case.description
                ));
            } else {
                assert!(
                    (said.contains("no test fails when") || said.contains("no suite "))
                        && said.contains("missing: "),
                    "{said}"
                );
            }
        }
    }
    assert!(count >= 28, "{count} assertions");
    assert!(idle.is_empty(), "nobody misses {idle:#?}");
    println!("{count} assertions, each needed");
}

fn examined(stage: &Stage, suites: &[Script], reasons: &Reasons, cache: &Cache) -> Evidence {
    let how = Examination {
        level: Level::Proved,
        jobs: 2,
        files: FROM_DISK,
        deadline: None,
        cache,
        reasons,
        heard: &|_| (),
    };
    examine(stage, suites, how).expect("the examination ends")
}

fn report(evidence: &Evidence) -> Report<'_> {
    let kinds = [
        Kind::Trigger,
        Kind::EventTrigger,
        Kind::Policy,
        Kind::Function,
    ];
    let required: Required = BTreeMap::from(kinds.map(|kind| (kind, Level::Proved)));
    Report::new(evidence, &required)
}

/// The suite without the statement of a line, which is one assertion.
fn without(text: &str, wanted: usize) -> String {
    let mut scanner = Scanner::new(text);
    let statement = loop {
        match scanner.next_piece(&Variables::default()) {
            Some(Piece::Statement { sql, line }) if line == wanted => break sql,
            Some(_) => {}
            None => panic!("no statement begins in line {wanted}"),
        }
    };
    assert_eq!(text.matches(&statement).count(), 1, "{statement}");
    let plan = text.find("plan(").expect("a plan") + "plan(".len();
    let end = plan + text[plan..].find(')').expect("a number");
    let planned: usize = text[plan..end].parse().expect("a number");
    let shorter = format!("{}{}{}", &text[..plan], planned - 1, &text[end..]);
    if planned > 1 {
        shorter.replace(&statement, "")
    } else {
        // A suite without tests fails; one that says nothing does not.
        shorter
            .replace(&statement, "")
            .replace("plan(0)", "plan(1)")
            .replace(
                "select * from finish()",
                "select pass(''); select * from finish()",
            )
    }
}
