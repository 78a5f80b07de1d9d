//! `tablec generate`: files, the lock, and how migrations grow.

use std::process::Command;

use tablec_testing::Database;

use crate::tool::Project;

const NOTES: &str =
    "primary_key = [\"id\"]\n\n[columns]\nid = { type = \"int8\" }\ntitle = { type = \"text\" }\n";

fn project() -> Project {
    let project = Project::new();
    project.write("spec/tables/notes.toml", NOTES);
    project
}

fn migrations(project: &Project) -> Vec<String> {
    let mut names: Vec<_> = std::fs::read_dir(project.path().join("migrations"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "tablec.lock")
        .collect();
    names.sort();
    names
}

fn with_column(project: &Project, column: &str) {
    let text = project.read("spec/tables/notes.toml");
    project.write("spec/tables/notes.toml", &format!("{text}{column}\n"));
}

fn git(project: &Project, arguments: &[&str]) -> bool {
    let identity = [
        "-c",
        "user.name=tablec",
        "-c",
        "user.email=tablec@example.org",
        "-c",
        "commit.gpgsign=false",
    ];
    let mut command = Command::new("git");
    command
        .current_dir(project.path())
        .args(identity)
        .args(arguments)
        .output()
        .unwrap()
        .status
        .success()
}

#[test]
fn the_first_migration_builds_the_schema_from_nothing() {
    let project = project();
    project.run(&["generate"]).ends_with(0);
    assert_eq!(migrations(&project), ["0001_initial.sql"]);
    let database = Database::with(&project.read("migrations/0001_initial.sql"));
    database.run("insert into notes values (1, 'x')");
    let url = database.url();
    project.run(&["diff", "--database-url", &url]).ends_with(0);
}

#[test]
fn what_is_fresh_is_left_alone() {
    let project = project();
    project.run(&["generate", "--check"]).ends_with(1);
    assert!(!project.path().join("migrations").exists());
    project.run(&["generate"]).ends_with(0);
    let lock = project.path().join("migrations/tablec.lock");
    let modified = || lock.metadata().unwrap().modified().unwrap();
    let before = modified();
    let run = project.run(&["generate", "--format", "json"]).ends_with(0);
    assert_eq!(run.json()["added"], serde_json::json!([]));
    assert_eq!(modified(), before);
    project.run(&["generate", "--check"]).ends_with(0);
}

#[test]
fn stale_files_are_shown_as_a_diff() {
    let project = project();
    project.run(&["generate"]).ends_with(0);
    with_column(&project, "body = { type = \"text\", nullable = true }");
    let run = project.run(&["generate", "--check"]).ends_with(1);
    assert!(
        run.stdout
            .contains("+alter table notes add column body text;"),
        "{}",
        run.stdout
    );
    let run = project
        .run(&["generate", "--check", "--format", "json"])
        .ends_with(1);
    assert_eq!(run.json()["stale"][0]["change"], "add");
    assert_eq!(migrations(&project), ["0001_initial.sql"]);
}

#[test]
fn a_change_of_the_spec_is_the_next_migration() {
    let project = project();
    project.run(&["generate"]).ends_with(0);
    with_column(&project, "body = { type = \"text\", nullable = true }");
    project
        .run(&["generate", "--name", "Notes have a body"])
        .ends_with(0);
    assert_eq!(
        migrations(&project),
        ["0001_initial.sql", "0002_notes_have_a_body.sql"]
    );
    let database = Database::new();
    let url = database.url();
    project
        .run(&["migrate", "up", "--database-url", &url])
        .ends_with(0);
    project.run(&["diff", "--database-url", &url]).ends_with(0);
}

#[test]
fn with_errors_in_the_spec_nothing_is_written() {
    let project = project();
    project.write(
        "spec/tables/bad.toml",
        "primary_key = [\"id\"]\n[columns]\nid = { typ = \"int8\" }\n",
    );
    let run = project.run(&["generate"]).ends_with(2);
    assert!(
        run.stderr.contains("spec/tables/bad.toml:3:8"),
        "{}",
        run.stderr
    );
    assert!(!project.path().join("migrations").exists());
    let run = project.run(&["generate", "--format", "json"]).ends_with(2);
    let found = &run.json()["diagnostics"][0];
    assert_eq!(
        (&found["place"]["file"], &found["place"]["line"]),
        (&"spec/tables/bad.toml".into(), &3.into())
    );
}

#[test]
fn data_is_deleted_only_where_it_is_allowed() {
    let project = project();
    project.run(&["generate"]).ends_with(0);
    project.write(
        "spec/tables/notes.toml",
        &NOTES.replace("title = { type = \"text\" }\n", ""),
    );
    let run = project.run(&["generate"]).ends_with(2);
    assert!(run.stderr.contains("--allow notes.title"), "{}", run.stderr);
    assert_eq!(migrations(&project).len(), 1);
    project
        .run(&["generate", "--allow", "notes.title"])
        .ends_with(0);
    assert!(
        project
            .read("migrations/0002_notes_drop_column_title.sql")
            .contains("-- deletes data")
    );
}

#[test]
fn a_rename_is_consumed_by_its_migration() {
    let project = project();
    project.run(&["generate"]).ends_with(0);
    project.write(
        "spec/tables/notes.toml",
        &NOTES.replace("title = { ", "name = { renamed_from = \"title\", "),
    );
    project.run(&["generate", "--name", "rename"]).ends_with(0);
    assert!(
        project
            .read("migrations/0002_rename.sql")
            .contains("rename column title to name")
    );
    let run = project.run(&["generate"]).ends_with(0);
    assert!(
        run.stderr
            .contains("take `renamed_from = \"title\"` out of table public.notes"),
        "{}",
        run.stderr
    );
    assert_eq!(migrations(&project).len(), 2);
}

#[test]
fn an_edited_or_missing_migration_is_named() {
    let project = project();
    project.run(&["generate"]).ends_with(0);
    project.write("migrations/0001_initial.sql", "create table notes ();\n");
    let run = project.run(&["generate"]).ends_with(2);
    assert!(
        run.stderr
            .contains("0001_initial.sql has been edited since it was written"),
        "{}",
        run.stderr
    );
    project.run(&["generate", "--accept-edits"]).ends_with(0);
    project.run(&["generate", "--check"]).ends_with(0);
    std::fs::remove_file(project.path().join("migrations/0001_initial.sql")).unwrap();
    let run = project.run(&["generate"]).ends_with(2);
    assert!(
        run.stderr
            .contains("0001_initial.sql is in the lock file, but not in the folder"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_migration_written_by_hand_takes_its_place() {
    let project = project();
    project.run(&["generate"]).ends_with(0);
    project.write(
        "migrations/0002_backfill.sql",
        "update notes set title = 'x';\n",
    );
    project.run(&["generate"]).ends_with(0);
    assert!(
        project
            .read("migrations/tablec.lock")
            .contains("migration 0002_backfill.sql")
    );
    with_column(&project, "body = { type = \"text\", nullable = true }");
    project.run(&["generate", "--name", "body"]).ends_with(0);
    assert_eq!(migrations(&project)[2], "0003_body.sql");
}

#[test]
fn two_branches_with_a_migration_each_are_brought_in_order() {
    let project = project();
    project.write("spec/tables/tags.toml", &NOTES.replace("title", "name"));
    let step = |arguments: &[&str]| project.run(arguments).ends_with(0);
    let commit =
        |message| git(&project, &["add", "-A"]) && git(&project, &["commit", "-qm", message]);
    step(&["generate"]);
    assert!(
        git(&project, &["init", "-qb", "main"])
            && commit("initial")
            && git(&project, &["checkout", "-qb", "other"])
    );
    with_column(&project, "mine = { type = \"text\", nullable = true }");
    step(&["generate", "--name", "mine"]);
    assert!(commit("mine") && git(&project, &["checkout", "-q", "main"]));
    let tags = project.read("spec/tables/tags.toml");
    project.write(
        "spec/tables/tags.toml",
        &format!("{tags}theirs = {{ type = \"text\", nullable = true }}\n"),
    );
    step(&["generate", "--name", "theirs"]);
    assert!(commit("theirs") && git(&project, &["checkout", "-q", "other"]));
    assert!(!git(&project, &["merge", "main"]));

    let run = project.run(&["generate"]).ends_with(2);
    assert!(
        run.stderr.contains("tablec generate --rebase"),
        "{}",
        run.stderr
    );
    step(&["generate", "--rebase", "0002_mine.sql", "--name", "mine"]);
    assert_eq!(
        migrations(&project),
        ["0001_initial.sql", "0002_theirs.sql", "0003_mine.sql"]
    );
    step(&["generate", "--check"]);
    let database = Database::new();
    let url = database.url();
    step(&["migrate", "up", "--database-url", &url]);
    step(&["diff", "--database-url", &url]);
}
