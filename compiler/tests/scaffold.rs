//! The suites that `generate` begins: they run, and every assertion in them waits for its author.

use std::path::Path;

use tablec::files::{self, migrations::read_migrations};
use tablec::proofs::{Crew, Script, Server, Stage, run_suites, scaffolds};
use tablec::spec;
use tablec::templates::Templates;

#[test]
fn a_begun_suite_runs_and_fails_clearly() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (sources, _) = files::load(&root);
    let (spec, found) = spec::read(&sources);
    assert!(found.is_empty(), "{found:#?}");
    let templates = Templates::embedded("public");
    let begun = scaffolds(&spec, &[], &templates).expect("the templates render");
    let named: Vec<String> = begun
        .iter()
        .map(|file| file.path.display().to_string())
        .collect();
    assert_eq!(
        named,
        [
            "pgtap/audit_log.sql",
            "pgtap/comments.sql",
            "pgtap/memberships.sql",
            "pgtap/overdue_tasks.sql",
            "pgtap/tasks.sql",
            "pgtap/users.sql",
            "pgtap/workspaces.sql",
            "pgtap/_frozen_time.sql",
        ]
    );
    let migrations = read_migrations(&root.join("migrations")).expect("the example's migrations");
    let migrations: Vec<Script> = migrations
        .into_iter()
        .map(|migration| Script {
            path: migration.name.to_string().into(),
            text: migration.text,
        })
        .collect();
    let stage = Stage::build(
        Server::Given(tablec_testing::cluster().url("postgres")),
        &migrations,
    )
    .expect("the schema builds");
    let text_of = |path: &Path| {
        begun
            .iter()
            .find(|file| path.ends_with(&file.path))
            .map(|file| file.text.clone())
    };
    let files: tablec::proofs::Files<'_> =
        &|path| text_of(path).ok_or_else(|| std::io::Error::other("not begun"));
    let tasks = Script {
        path: "pgtap/tasks.sql".into(),
        text: text_of(Path::new("pgtap/tasks.sql")).expect("begun"),
    };
    let crew = Crew {
        jobs: 1,
        files,
        heard: &|_| (),
    };
    let run = run_suites(
        &stage,
        &stage.template(),
        std::slice::from_ref(&tasks),
        crew,
    )
    .expect("the suite runs")
    .remove(0);
    let verdict = &run.played.verdict;
    assert_eq!(
        (
            verdict.cases.len(),
            verdict.failures().count(),
            verdict.errors.len()
        ),
        (10, 10, 0),
        "{:#?}",
        run.played
    );
    assert!(
        !run.played
            .messages
            .iter()
            .any(tablec::proofs::Message::is_error),
        "{:#?}",
        run.played.messages
    );
}

#[test]
fn what_is_named_is_not_begun() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (spec, _) = spec::read(&files::load(&root).0);
    let suite = Script {
        path: "pgtap/all.sql".into(),
        text: "-- tasks_touch users_touch".to_owned(),
    };
    let begun =
        scaffolds(&spec, &[suite], &Templates::embedded("public")).expect("the templates render");
    let has = |path: &str| begun.iter().any(|file| file.path == Path::new(path));
    assert!(!has("pgtap/tasks.sql") && !has("pgtap/users.sql") && has("pgtap/comments.sql"));
}
