//! The generated crates of real applications' schemas: imported, generated, compiled for both drivers without a warning,
//! and run: one row and many rows of each table.
//!
//! The schemas are not part of the project: `TABLEC_CORPUS` names their folder. `TABLEC_SCHEMAS=name` picks some.
//! Running the crates takes minutes, so it is done when it is asked for:
//! `TABLEC_WRITE=1 cargo test -p tablec --test corpus_crates -- --include-ignored`. The results are in
//! `docs/generated-crates.md`.

mod crates;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use tablec::diagnostics::Severity;
use tablec::kinds::table::Table;
use tablec::spec::{self, Project, Spec};
use tablec_testing::{Database, assert_written, corpus, read};

/// The tests of a crate of more tables are compiled only when the schema is picked.
const MANY: usize = 100;

#[test]
fn crates_of_the_corpus_compile() {
    let Some(schemas) = schemas() else { return };
    let workspace = workspace(&schemas);
    check(&workspace, "--lib", &[]);
    let is_large = |schema: &&Schema| picked().is_empty() && schema.tables > MANY;
    let large: Vec<_> = schemas.iter().filter(is_large).collect();
    check(&workspace, "--test generated", &large);
    let tables: usize = schemas.iter().map(|schema| schema.tables).sum();
    println!("{} crates of {tables} tables compiled", schemas.len());
}

/// With the blocking driver; that both do the same is shown by the crates in `cases/rust/`.
#[test]
#[ignore = "compiles for minutes"]
fn crates_of_the_corpus_create_rows() {
    let Some(schemas) = schemas() else { return };
    let workspace = workspace(&schemas);
    let mut page = PAGE.to_owned();
    let mut failures = String::new();
    for schema in &schemas {
        let arguments = format!(
            "test -p {}-db --test generated --no-default-features --features blocking,factories --no-fail-fast -- \
             --include-ignored",
            schema.name
        );
        let said = crates::run(&workspace, &words(&arguments), &schema.database.url()).1;
        let results = Results::of(&said);
        assert!(results.passed > 0, "{}:\n{said}", schema.name);
        println!("{}: {results:?}", schema.name);
        let lines = lines(&workspace.join(&schema.name).join("src"));
        let made = results.passed + results.failed.len();
        let _ = writeln!(
            page,
            "| {} | {} | {lines} | {} | {made} | {} |",
            schema.name,
            schema.rows,
            lines / schema.rows,
            results.passed
        );
        for (reason, tests) in results.by_reason() {
            let _ = writeln!(failures, "| {} | {tests} | {reason} |", schema.name);
        }
    }
    if picked().is_empty() {
        assert_written(
            "docs/generated-crates.md",
            &format!("{page}{FAILURES}{failures}"),
        );
    }
}

const PAGE: &str = "\
# The crates of real schemas

Each of the schemas of [imported-schemas](imported-schemas.md) was imported and generated, and its crate compiled with both
drivers and its tests, without a warning. Then the crate's own tests ran on PostgreSQL 15 against a database of that schema:
each creates one row of a table and then many, with the parents that they need, and finds the first one again.

*Tests* is fewer than *tables* where a factory needs an argument, as for a cycle of foreign keys; partitions have no row type of
their own; one test more asks for the index of each access path. Functions of musicbrainz and evergreen mean a `search_path`, and Perl
modules, that the tests do not have. Written by `compiler/tests/corpus_crates.rs`.

| schema | tables | lines | a table | tests | passed |
|---|--:|--:|--:|--:|--:|
";

const FAILURES: &str = "
What did not pass, and why. A check, a trigger or a domain demands what nothing but an `example` in the spec can tell a factory.

| schema | tests | they say |
|---|--:|---|
";

struct Schema {
    name: String,
    database: Database<'static>,
    spec: Spec,
    tables: usize,
    /// The tables that have a row type.
    rows: usize,
}

/// What the tests of a crate said.
#[derive(Debug, Default)]
struct Results {
    passed: usize,
    failed: BTreeMap<String, String>,
}

impl Results {
    /// How many tests failed for each reason, which is cut to a line's length.
    fn by_reason(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for reason in self.failed.values() {
            let short: String = reason.chars().take(80).collect();
            *counts.entry(short).or_default() += 1;
        }
        counts
    }

    fn of(said: &str) -> Self {
        let mut results = Self::default();
        let mut about = None;
        for line in said.lines() {
            let test = line
                .strip_prefix("test with_blocking::")
                .and_then(|line| line.split_once(" ... "));
            match test {
                Some((_, "ok")) => results.passed += 1,
                Some((name, "FAILED")) => {
                    results.failed.insert(name.to_owned(), String::new());
                }
                _ => {}
            }
            if let Some(heading) = line.strip_prefix("---- with_blocking::") {
                about = heading.strip_suffix(" stdout ----").map(str::to_owned);
            }
            let reason = about.as_ref().and_then(|name| results.failed.get_mut(name));
            if let Some(reason) = reason.filter(|reason| reason.is_empty()) {
                *reason = reason_in(line).unwrap_or_default();
            }
        }
        results
    }
}

/// The error, or the first line of a panic, without what differs from run to run.
fn reason_in(line: &str) -> Option<String> {
    let error = line.strip_prefix("Error: ");
    let text = error.or_else(|| {
        line.strip_prefix("  left: ")
            .or(line.strip_prefix("the example "))
    })?;
    let message = |text: &str| {
        let (_, rest) = text.split_once("message: \"")?;
        rest.split_once("\", ")
            .map(|(message, _)| message.to_owned())
    };
    let text = message(text).unwrap_or_else(|| text.to_owned());
    Some(text.replace('|', "\\|").chars().take(200).collect())
}

fn schemas() -> Option<Vec<Schema>> {
    let Some(corpus) = corpus() else {
        eprintln!("no crates were compiled: TABLEC_CORPUS is not set");
        return None;
    };
    let folder = corpus.join("schemas");
    let _ = Database::new().load(&folder.join("roles.sql"));
    let schemas = paths(&folder)
        .into_iter()
        .map(|(name, path)| imported(name, &path));
    Some(schemas.collect())
}

/// What `tablec import` writes, as `tablec generate` reads it.
fn imported(name: String, path: &Path) -> Schema {
    let database = Database::new();
    database
        .load(path)
        .unwrap_or_else(|error| panic!("{error}"));
    let live = read(&database.connect()).unwrap_or_else(|error| panic!("{error}"));
    let files = spec::write::write(&live.built_by("postgres"), &Project::default());
    let (mut spec, found) = spec::read(&files);
    let error = found.iter().find(|found| found.severity == Severity::Error);
    assert!(error.is_none(), "{name}: {error:?}");
    spec.project.rust.crate_name = format!("{name}-db");
    spec.project.rust.runtime = Some(crates::runtime());
    let tables = || spec.catalog.of::<Table>();
    let rows = tables()
        .filter(|(_, table, _)| table.partition_of.is_none())
        .count();
    let tables = tables().count();
    assert!(tables > 0, "{name} has no tables");
    Schema {
        name,
        database,
        spec,
        tables,
        rows,
    }
}

/// Writes all crates as members of one workspace.
fn workspace(schemas: &[Schema]) -> PathBuf {
    let workspace = crates::folder().join("corpus");
    for schema in schemas {
        crates::write(&schema.spec, &workspace.join(&schema.name), "");
    }
    let members: Vec<_> = schemas
        .iter()
        .map(|schema| format!("{:?}", schema.name))
        .collect();
    let members = members.join(", ");
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n");
    fs::write(workspace.join("Cargo.toml"), manifest).unwrap();
    crates::lock(&workspace);
    workspace
}

fn check(workspace: &Path, target: &str, except: &[&Schema]) {
    let except: Vec<_> = except
        .iter()
        .map(|schema| format!("--exclude={}-db", schema.name))
        .collect();
    let mut arguments = words("check --workspace --keep-going");
    arguments.extend(words(target));
    arguments.extend(except.iter().map(String::as_str));
    let said = crates::cargo(workspace, &arguments, "");
    assert!(!said.contains("warning"), "{said}");
}

fn words(text: &str) -> Vec<&str> {
    text.split(' ').collect()
}

fn lines(folder: &Path) -> usize {
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let count = |path: PathBuf| {
        if path.is_dir() {
            lines(&path)
        } else {
            fs::read_to_string(path).unwrap().lines().count()
        }
    };
    files.map(count).sum()
}

fn picked() -> String {
    env::var("TABLEC_SCHEMAS").unwrap_or_default()
}

fn paths(folder: &Path) -> BTreeMap<String, PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let named = entries.filter_map(|path| {
        let name = path.file_stem()?.to_str()?.to_owned();
        let is_sql = path.extension().is_some_and(|extension| extension == "sql");
        let is_picked = picked().split(',').any(|picked| name.contains(picked));
        (is_sql && name != "roles" && is_picked).then_some((name, path))
    });
    named.collect()
}
