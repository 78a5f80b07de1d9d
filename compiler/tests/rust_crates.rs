//! The generated Rust: built, linted, formatted as `cargo fmt` wants it, and run against a real server, for each
//! folder in `cases/rust/`.
//!
//! `schema.sql` is the schema, `hints.toml` what a spec says beyond it, `tests.rs` tests of the generated code.

mod crates;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tablec::catalog::Id;
use tablec::kinds::Kind;
use tablec::spec::{Spec, TableHints};
use tablec_testing::Database;

/// What the tests of the generated code need beyond it.
const ALONE: &str = "
[workspace]

[dev-dependencies.futures-util]
version = \"0.3\"
default-features = false

[dev-dependencies.postgres]
version = \"0.19\"
";

#[test]
fn tracker() {
    check("tracker");
}

#[test]
fn types() {
    check("types");
}

#[test]
fn names() {
    check("names");
}

/// Every type, with the other crates for dates and times.
#[test]
fn chrono_and_time() {
    let source = folder_of("types");
    let schema = fs::read_to_string(source.join("schema.sql")).unwrap();
    let database = Database::with(&schema);
    for datetime in ["chrono", "time"] {
        let mut spec = spec("types", &source, &database);
        spec.project.rust.datetime = datetime.to_owned();
        let folder = crates::folder().join(datetime);
        crates::write(&spec, &folder, ALONE);
        crates::lock(&folder);
        let said = crates::cargo(&folder, &["check", "--all-targets"], "");
        assert!(!said.contains("warning"), "{said}");
    }
}

fn folder_of(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases/rust")
        .join(case)
}

fn check(case: &str) {
    let source = folder_of(case);
    let schema = fs::read_to_string(source.join("schema.sql")).unwrap();
    let database = Database::with(&schema);
    let folder = crates::folder().join(case);
    crates::write(&spec(case, &source, &database), &folder, ALONE);
    crates::lock(&folder);
    let cargo = |arguments: &[&str]| crates::cargo(&folder, arguments, &database.url());
    cargo(&["check", "--no-default-features"]);
    cargo(&["fmt", "--check"]);
    let lints = "clippy --lib --test generated -- -D warnings";
    cargo(&lints.split(' ').collect::<Vec<_>>());
    if let Ok(tests) = fs::read_to_string(source.join("tests.rs")) {
        fs::write(folder.join("tests/own.rs"), tests).unwrap();
    }
    cargo(&["test", "--", "--include-ignored"]);
}

fn spec(case: &str, source: &Path, database: &Database) -> Spec {
    let mut spec = Spec {
        catalog: tablec_testing::read(&database.connect()).unwrap(),
        ..Spec::default()
    };
    spec.project.rust.crate_name = format!("{case}-db");
    spec.project.rust.runtime = Some(crates::runtime());
    let hints = fs::read_to_string(source.join("hints.toml")).unwrap_or_default();
    let hints: BTreeMap<String, TableHints> = toml::from_str(&hints).unwrap();
    spec.hints = hints
        .into_iter()
        .map(|(name, hints)| (Id::new(Kind::Table, "public", name), hints))
        .collect();
    spec
}
