//! The example project at the top of the repository is what the compiler makes of its spec.

use std::path::Path;
use std::process::Command;

fn tablec(arguments: &[&str]) -> (Option<i32>, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let output = Command::new(env!("CARGO_BIN_EXE_tablec"))
        .current_dir(root)
        .args(arguments)
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(text).unwrap())
}

#[test]
fn generated_files_are_fresh() {
    let (code, text) = tablec(&["generate", "--check"]);
    assert_eq!(code, Some(0), "run `cargo run -- generate`\n{text}");
}

#[test]
fn all_is_well() {
    let (code, text) = tablec(&["check"]);
    assert_eq!(code, Some(0), "{text}");
}

/// The generated repositories and factories, blocking and asynchronous, on a database that the migrations built; and
/// what they say when an index has gone or is another.
#[test]
fn the_generated_crate_runs_on_what_the_migrations_build() {
    let database = tablec_testing::Database::new();
    let (code, text) = tablec(&["migrate", "up", "--database-url", &database.url()]);
    assert_eq!(code, Some(0), "{text}");
    let (passed, text) = generated_tests(&database, &["--include-ignored"]);
    assert!(passed, "{text}");

    database.run(
        "drop index tasks_due_at_idx, tasks_parent_idx;
         create index tasks_parent_idx on tasks (workspace_id) where parent_id is not null",
    );
    let (passed, text) = generated_tests(&database, &["--ignored", "every_access_path"]);
    assert!(!passed, "{text}");
    for words in [
        "there is no valid index tasks_due_at_idx",
        "by tasks_parent_idx:",
        "Filter: (parent_id = $2)",
    ] {
        assert!(text.contains(words), "{words}:\n{text}");
    }
    assert_eq!(text.matches("by tasks_").count(), 1, "{text}");
}

fn generated_tests(database: &tablec_testing::Database, arguments: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO"))
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../out"))
        .args(["test", "--quiet", "--"])
        .args(arguments)
        .env("DATABASE_URL", database.url())
        .output()
        .unwrap();
    let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (output.status.success(), text)
}
