//! What all commands have in common: exit codes, help, colours, closed pipes.

use std::process::Stdio;

use crate::tool::{Project, Run};

#[test]
fn bad_usage_ends_with_2() {
    let project = Project::new();
    let run = project.run(&["generat"]).ends_with(2);
    assert!(run.stderr.contains("generate"), "{}", run.stderr);
    project.run(&["generate", "--nonsense"]).ends_with(2);
    let run = project.run(&["check", "--require", "none"]).ends_with(2);
    let levels = "`none` is no level; write named, fired or proved";
    assert!(run.stderr.contains(levels), "{}", run.stderr);
    project.run(&[]).ends_with(2);
    project.run(&["--help"]).ends_with(0);
    project.run(&["--version"]).ends_with(0);
}

#[test]
fn without_a_project_it_says_how_to_make_one() {
    let folder = tempfile::tempdir().unwrap();
    let project = Project::new();
    let elsewhere = |arguments: &[&str]| {
        Run::of(project.command(arguments).current_dir(folder.path())).ends_with(2)
    };
    let run = elsewhere(&["migrate", "status", "--database-url", "postgres://x"]);
    assert!(
        run.stderr.contains("there is no tablec.toml in"),
        "{}",
        run.stderr
    );
    let run = elsewhere(&[
        "migrate",
        "status",
        "--project",
        "nowhere",
        "--format",
        "json",
    ]);
    assert_eq!(
        run.json()["error"]["message"],
        "there is no tablec.toml in nowhere"
    );
    assert_eq!(run.stderr, "");
}

#[test]
fn a_closed_pipe_is_no_panic() {
    let project = Project::new();
    let mut command = project.command(&["completions", "bash"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(141));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn colours_are_for_terminals_unless_asked_for() {
    let project = Project::new();
    let plain = project.run(&["migrate", "up"]).ends_with(2);
    assert!(!plain.stderr.contains('\u{1b}'), "{}", plain.stderr);
    let coloured = project
        .run(&["migrate", "up", "--color", "always"])
        .ends_with(2);
    assert!(coloured.stderr.contains('\u{1b}'), "{}", coloured.stderr);
}

#[test]
fn completions_know_the_commands() {
    let project = Project::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = project.run(&["completions", shell]).ends_with(0);
        assert!(run.stdout.contains("generate"), "{shell}");
    }
}

#[test]
fn init_makes_a_project_once() {
    let project = Project::new();
    project.run(&["init", "notes-db"]).ends_with(0);
    assert!(
        project
            .read("notes-db/tablec.toml")
            .contains("name       = \"notes-db\"")
    );
    let before = project.read("notes-db/spec/tables/notes.toml");
    let run = project.run(&["init", "notes-db"]).ends_with(2);
    assert!(
        run.stderr.contains("tablec.toml is there already"),
        "{}",
        run.stderr
    );
    assert_eq!(project.read("notes-db/spec/tables/notes.toml"), before);
    project.run(&["init", "1 2"]).ends_with(2);
}
