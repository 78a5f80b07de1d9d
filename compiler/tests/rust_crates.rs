//! The generated Rust: built, linted, formatted as `cargo fmt` wants it, and run against a real server, for each
//! folder in `cases/rust/`.
//!
//! `schema.sql` is the schema, `hints.toml` what a spec says beyond it, `tests.rs` tests of the generated code.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tablec::catalog::Id;
use tablec::kinds::Kind;
use tablec::render::rust::render;
use tablec::spec::{Spec, TableHints};
use tablec::templates::Templates;
use tablec_testing::Database;

const LOCK: &str = include_str!("../../Cargo.lock");

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

fn check(case: &str) {
    let source = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases/rust")
        .join(case);
    let schema = fs::read_to_string(source.join("schema.sql")).unwrap();
    let database = Database::with(&schema);
    let folder = generate(case, &source, &database);
    cargo(&folder, &["check", "--no-default-features"], &database);
    cargo(&folder, &["fmt", "--check"], &database);
    cargo(
        &folder,
        &[
            "clippy",
            "--lib",
            "--test",
            "generated",
            "--",
            "-D",
            "warnings",
        ],
        &database,
    );
    if let Ok(tests) = fs::read_to_string(source.join("tests.rs")) {
        fs::write(folder.join("tests/own.rs"), tests).unwrap();
    }
    cargo(&folder, &["test", "--", "--include-ignored"], &database);
}

/// Writes the generated crate to a folder under `target/`, which keeps what is built of its dependencies.
fn generate(case: &str, source: &Path, database: &Database) -> PathBuf {
    let spec = spec(case, source, database);
    let folder = target().join(case);
    let _ = fs::remove_dir_all(folder.join("src"));
    let _ = fs::remove_dir_all(folder.join("tests"));
    let files = render(&spec, &templates()).unwrap();
    for file in &files {
        let path = folder.join(file.path.strip_prefix(&spec.project.rust.out).unwrap());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let alone = if path.ends_with("Cargo.toml") {
            ALONE
        } else {
            ""
        };
        fs::write(path, format!("{}{alone}", file.text)).unwrap();
    }
    fs::write(folder.join("Cargo.lock"), LOCK).unwrap();
    folder
}

/// Those in the repository as they are now, without building them into a binary first.
fn templates() -> Templates {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../templates/rust");
    let read = |entry: fs::DirEntry| {
        let name = format!("rust/{}", entry.file_name().to_string_lossy());
        (name, fs::read_to_string(entry.path()).unwrap())
    };
    let own = fs::read_dir(folder)
        .unwrap()
        .map(|entry| read(entry.unwrap()))
        .collect();
    Templates::with_own("public", own)
}

fn spec(case: &str, source: &Path, database: &Database) -> Spec {
    let mut spec = Spec {
        catalog: tablec_testing::read(&database.connect()).unwrap(),
        ..Spec::default()
    };
    spec.project.rust.crate_name = format!("{case}-db");
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime");
    spec.project.rust.runtime = Some(runtime.display().to_string());
    let hints = fs::read_to_string(source.join("hints.toml")).unwrap_or_default();
    let hints: BTreeMap<String, TableHints> = toml::from_str(&hints).unwrap();
    spec.hints = hints
        .into_iter()
        .map(|(name, hints)| (Id::new(Kind::Table, "public", name), hints))
        .collect();
    spec
}

fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("rust")
}

fn cargo(folder: &Path, arguments: &[&str], database: &Database) {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target().join("target"));
    let output = command
        .env("DATABASE_URL", database.url())
        .env("CARGO_NET_OFFLINE", "true")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "cargo {} in {}:\n{}",
        arguments.join(" "),
        folder.display(),
        text(&output)
    );
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}
