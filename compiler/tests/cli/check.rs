//! `tablec check`: each finding with its file and line.

use crate::tool::{Project, Run};

const NOTES: &str =
    "primary_key = [\"id\"]\n\n[columns]\nid = { type = \"int8\" }\ntitle = { type = \"text\" }\n";

fn project() -> Project {
    let project = Project::new();
    project.write("spec/tables/notes.toml", NOTES);
    project.run(&["generate"]).ends_with(0);
    project
}

/// The findings as `code file:line`.
fn findings(run: &Run) -> Vec<String> {
    let findings = run.json()["findings"].as_array().unwrap().clone();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    findings
        .iter()
        .map(|finding| {
            let place = &finding["place"];
            format!(
                "{} {}:{}",
                text(&finding["code"]),
                text(&place["file"]),
                place["line"]
            )
        })
        .collect()
}

fn check(project: &Project, arguments: &[&str], code: i32) -> Vec<String> {
    findings(
        &project
            .run(&[&["check", "--format", "json"], arguments].concat())
            .ends_with(code),
    )
}

#[test]
fn all_is_well_after_generate() {
    let project = project();
    assert_eq!(check(&project, &[], 0), [""; 0]);
    let run = project.run(&["check"]).ends_with(0);
    assert_eq!(
        (run.stdout.as_str(), run.stderr.as_str()),
        ("", "all is well\n")
    );
}

#[test]
fn an_owner_that_is_said_no_longer_is_the_role_that_builds() {
    let project = project();
    project.write("spec/database.toml", "[roles]\napp = {}\n");
    for owner in ["owner = \"app\"\n", ""] {
        let table = format!("{owner}{NOTES}\n[grants]\napp = [\"select\"]\n");
        project.write("spec/tables/notes.toml", &table);
        project.run(&["generate", "--name", "owner"]).ends_with(0);
        assert_eq!(check(&project, &[], 0), [""; 0]);
    }
    let migration = project.read("migrations/0003_owner.sql");
    assert!(migration.contains("alter table notes owner to current_user;"));
}

#[test]
fn a_changed_spec_is_not_yet_generated() {
    let project = project();
    project.write(
        "spec/tables/notes.toml",
        &format!("{NOTES}body = {{ type = \"text\" }}\n"),
    );
    let found = check(&project, &["--offline"], 1);
    let migrations = [
        "stale migrations/0002_notes_add_column_body.sql:1",
        "stale migrations/tablec.lock:10",
    ];
    assert_eq!(found[..2], migrations);
    assert!(
        found.contains(&"stale out/src/rows/notes.rs:16".to_owned()),
        "{found:?}"
    );
}

#[test]
fn migrations_that_build_another_schema_are_found_by_replaying_them() {
    let project = project();
    project.write(
        "migrations/0002_by_hand.sql",
        "alter table notes add column surprise int;\n",
    );
    project.run(&["generate"]).ends_with(0);
    assert_eq!(check(&project, &["--offline"], 0), [""; 0]);
    assert_eq!(check(&project, &[], 1), ["replay spec/tables/notes.toml:1"]);
    let run = project.run(&["check"]).ends_with(1);
    assert!(
        run.stdout
            .contains("alter table notes drop column surprise;"),
        "{}",
        run.stdout
    );
}

#[test]
fn migrations_that_fail_are_named_with_their_line() {
    let project = project();
    project.write("migrations/0002_by_hand.sql", "\nselect nonsense;\n");
    project.run(&["generate"]).ends_with(0);
    let run = project.run(&["check"]).ends_with(2);
    assert!(
        run.stderr
            .contains("0002_by_hand.sql, line 2: column \"nonsense\" does not exist"),
        "{}",
        run.stderr
    );
}

#[test]
fn an_edited_migration_is_a_finding() {
    let project = project();
    project.write("migrations/0001_initial.sql", "select 1;\n");
    assert_eq!(
        check(&project, &[], 1),
        ["migration migrations/0001_initial.sql:1"]
    );
}

#[test]
fn a_package_with_a_driver_is_named_with_its_line() {
    let project = project();
    project.write("Cargo.toml", "[workspace]\nmembers = [\"web\"]\n");
    project.write(
        "web/Cargo.toml",
        "[package]\nname = \"web\"\n\n[dependencies]\nserde = \"1\"\ntokio-postgres = \"0.7\"\n",
    );
    assert_eq!(
        check(&project, &["--offline"], 1),
        ["driver-dependency web/Cargo.toml:6"]
    );
    let settings = project.read("tablec.toml");
    project.write(
        "tablec.toml",
        &format!("{settings}\n[rust]\ndriver_packages = [\"web\"]\n"),
    );
    assert_eq!(check(&project, &["--offline"], 0), [""; 0]);
}

#[test]
fn a_table_has_its_four_files_and_each_of_them_a_table() {
    let project = project();
    project.write("out/src/rows/ghosts.rs", "//! By hand.\n");
    assert_eq!(
        check(&project, &["--offline"], 1),
        ["parity out/src/rows/ghosts.rs:1"]
    );
    std::fs::remove_file(project.path().join("out/src/rows/ghosts.rs")).unwrap();
    std::fs::remove_file(project.path().join("out/src/ports/notes.rs")).unwrap();
    assert_eq!(
        check(&project, &["--offline"], 1),
        ["stale out/src/ports/notes.rs:1"]
    );

    project.write(
        "templates/rust/factory.rs",
        "// @generated by tablec: nothing\n",
    );
    project.run(&["generate"]).ends_with(0);
    assert_eq!(
        check(&project, &["--offline"], 1),
        ["parity out/src/factories/notes.rs:1"]
    );
}
