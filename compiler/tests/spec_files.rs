//! Files that can't be read: each is told with its path, and the others are read.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use tablec::diagnostics::Severity;
use tablec::files::{MAX_BYTES, load};
use tempfile::TempDir;

fn project() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("tablec.toml"), "name = \"case\"\n").unwrap();
    fs::create_dir_all(folder.path().join("spec/tables")).unwrap();
    fs::write(folder.path().join("spec/tables/good.toml"), "[columns]\n").unwrap();
    folder
}

/// What is said of the project: each message with its severity. The good table is read in any case.
fn said(folder: &Path) -> Vec<(Severity, String)> {
    let (files, found) = load(folder);
    assert!(files.iter().any(|file| file.path.ends_with("good.toml")));
    found
        .into_iter()
        .map(|found| (found.severity, found.message))
        .collect()
}

#[track_caller]
fn only_says(folder: &Path, severity: Severity, text: &str) {
    assert_eq!(said(folder), [(severity, text.to_owned())]);
}

#[test]
fn text_that_is_no_text() {
    let folder = project();
    fs::write(
        folder.path().join("spec/tables/a.toml"),
        b"comment = \"\xff\"",
    )
    .unwrap();
    only_says(
        folder.path(),
        Severity::Error,
        "spec/tables/a.toml is not UTF-8: byte 12 is no part of a character",
    );
}

#[test]
fn a_file_of_100_megabytes() {
    let folder = project();
    let file = fs::File::create(folder.path().join("spec/tables/a.toml")).unwrap();
    file.set_len(100 << 20).unwrap();
    let limit = MAX_BYTES >> 20;
    only_says(
        folder.path(),
        Severity::Error,
        &format!("spec/tables/a.toml has 100 MB; a spec file has at most {limit}"),
    );
}

#[test]
fn a_folder_that_is_named_like_a_file() {
    let folder = project();
    fs::create_dir(folder.path().join("spec/tables/a.toml")).unwrap();
    only_says(
        folder.path(),
        Severity::Error,
        "spec/tables/a.toml is a folder; a file is expected under this name",
    );
}

#[test]
fn links_to_nothing_and_in_circles() {
    let folder = project();
    symlink("nowhere.toml", folder.path().join("spec/tables/a.toml")).unwrap();
    only_says(
        folder.path(),
        Severity::Error,
        "spec/tables/a.toml is a link to nothing",
    );
    let folder = project();
    symlink("..", folder.path().join("spec/tables/again")).unwrap();
    only_says(
        folder.path(),
        Severity::Error,
        "spec/tables/again is a link to spec, which contains it",
    );
    let folder = project();
    symlink("b.toml", folder.path().join("spec/tables/a.toml")).unwrap();
    symlink("a.toml", folder.path().join("spec/tables/b.toml")).unwrap();
    let said = said(folder.path());
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(
        said.iter()
            .all(|(_, text)| text.contains("toml is a link to nothing")),
        "{said:?}"
    );
}

#[test]
fn a_pipe_is_not_waited_for() {
    let folder = project();
    let pipe = folder.path().join("spec/tables/a.toml");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    only_says(
        folder.path(),
        Severity::Error,
        "spec/tables/a.toml is no file",
    );
}

#[test]
fn files_that_are_no_spec() {
    let folder = project();
    fs::write(folder.path().join("spec/tables/.good.toml.swp"), "hidden").unwrap();
    assert_eq!(said(folder.path()), []);
    fs::write(folder.path().join("spec/tables/notes.md"), "notes").unwrap();
    only_says(
        folder.path(),
        Severity::Warning,
        "spec/tables/notes.md is neither TOML nor SQL",
    );
}

#[test]
fn no_project_at_all() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("spec"), "").unwrap();
    let (files, found) = load(folder.path());
    let said: Vec<_> = found.iter().map(|found| found.message.as_str()).collect();
    assert!(files.is_empty());
    assert_eq!(
        said,
        [
            "tablec.toml is not there",
            "spec is a file; it has to be a folder"
        ]
    );
}

/// As an unprivileged user, since root may read everything.
#[test]
fn a_folder_without_permission() {
    let folder = project();
    let own = folder.path();
    let program = own.join("tablec");
    fs::copy(env!("CARGO_BIN_EXE_tablec"), &program).unwrap();
    fs::set_permissions(own, fs::Permissions::from_mode(0o755)).unwrap();
    fs::create_dir(own.join("spec/tables/closed")).unwrap();
    fs::set_permissions(
        own.join("spec/tables/closed"),
        fs::Permissions::from_mode(0o000),
    )
    .unwrap();
    let mut command = Command::new(program);
    command
        .args(["generate", "--check", "--color", "never", "--project"])
        .arg(own)
        .current_dir("/");
    if rustix::process::geteuid().is_root() {
        command.uid(65534).gid(65534);
    }
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    fs::set_permissions(
        own.join("spec/tables/closed"),
        fs::Permissions::from_mode(0o755),
    )
    .unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("spec/tables/closed can't be read"), "{said}");
}
