//! The runner against `pg_prove`, over the same suites: the example's, the weak ones, and those that fail in every way.
//!
//! Needs `pg_prove` (Debian: `libtap-parser-sourcehandler-pgtap-perl`) and `psql`; the test says so where they are missing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tablec::proofs::{Crew, Script, Server, Stage, SuiteRun, run_suites};
use tablec_testing::{Database, cluster};

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// What `pg_prove` says of one suite in a database of its own: its exit status, and `Failed: n` and so on of its summary.
fn pg_prove(database: &Database<'_>, path: &Path) -> (bool, String) {
    let output = Command::new("pg_prove")
        .args([
            "--host",
            &cluster().folder().to_string_lossy(),
            "--username",
            "postgres",
            "--dbname",
            database.name(),
        ])
        .args(["--quiet", "--nocolor"])
        .arg(path)
        .env("PATH", path_with_psql())
        .output()
        .expect("pg_prove starts: install libtap-parser-sourcehandler-pgtap-perl");
    let text = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    (output.status.success(), text)
}

fn path_with_psql() -> std::ffi::OsString {
    let known = std::env::var_os("PATH").unwrap_or_default();
    let all =
        std::iter::once(cluster().binaries().dir().to_owned()).chain(std::env::split_paths(&known));
    std::env::join_paths(all).expect("a path")
}

fn run(schema: &str, suite: &Script) -> SuiteRun {
    let schema = Script {
        path: "schema.sql".into(),
        text: schema.to_owned(),
    };
    let stage = Stage::build(Server::Given(cluster().url("postgres")), &[schema])
        .expect("the schema builds");
    let crew = Crew {
        jobs: 1,
        files: &|path| fs::read_to_string(path),
        heard: &|_| (),
    };
    run_suites(&stage, &stage.template(), std::slice::from_ref(suite), crew)
        .expect("the suite runs")
        .remove(0)
}

fn compare(schema: &str, path: &Path) {
    let database = Database::with(schema);
    database.run("create extension if not exists pgtap");
    let suite = Script {
        path: path.to_owned(),
        text: fs::read_to_string(path).expect("a suite"),
    };
    let (good, said) = pg_prove(&database, path);
    let run = run(schema, &suite);
    assert_eq!(
        run.passed(),
        good,
        "{}\n{said}\n{:#?}",
        path.display(),
        run.played
    );
    let failed = run.played.verdict.failures().count();
    let figures = format!(
        "Tests: {} Failed: {failed})",
        run.played.verdict.cases.len()
    );
    assert!(
        good || said.contains(&figures) || said.contains("Bailout called"),
        "{}: {figures}\n{said}",
        path.display()
    );
    for error in &run.played.verdict.errors {
        assert!(
            said.contains(error) || good,
            "{}: {error}\n{said}",
            path.display()
        );
    }
}

fn sql_files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "sql"));
    files.sort();
    files
}

#[test]
fn outcomes_are_those_of_pg_prove() {
    let files = sql_files(&here().join("pg_prove"));
    assert!(files.len() >= 20, "{} suites", files.len());
    for path in &files {
        compare("create table t (id int primary key, name text)", path);
    }
    println!("{} suites judged alike", files.len());
}

#[test]
fn weak_suites_are_judged_alike() {
    let mut count = 0;
    for entry in fs::read_dir(here().join("proofs")).expect("the cases") {
        let dir = entry.expect("an entry").path();
        let schema = fs::read_to_string(dir.join("schema.sql")).expect("a schema");
        for path in sql_files(&dir.join("pgtap")) {
            compare(&schema, &path);
            count += 1;
        }
    }
    assert!(count >= 19, "{count} suites");
}
