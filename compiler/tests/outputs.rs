//! Generated files on a real file system.

use std::fs;
use std::path::{Path, PathBuf};

use tablec::outputs::{Change, OutputError, compare, write};
use tablec::render::{File, MARK};

fn generated(path: &str, text: &str) -> File {
    File::new(path, format!("// {MARK}\n{text}\n"))
}

fn files() -> Vec<File> {
    vec![
        generated("out/src/a.rs", "a"),
        generated("out/src/b.rs", "b"),
    ]
}

fn owned() -> Vec<PathBuf> {
    vec![PathBuf::from("out")]
}

fn generate(root: &Path, files: Vec<File>) -> Vec<(&'static str, String)> {
    let changes = compare(root, files, &owned()).unwrap();
    write(root, &changes).unwrap();
    changes
        .iter()
        .map(|change| (change.word(), change.path().display().to_string()))
        .collect()
}

#[test]
fn unchanged_files_keep_their_modification_time() {
    let root = tempfile::tempdir().unwrap();
    let added = [
        ("add", "out/src/a.rs".to_owned()),
        ("add", "out/src/b.rs".to_owned()),
    ];
    assert_eq!(generate(root.path(), files()), added);
    let modified = |name| {
        fs::metadata(root.path().join(name))
            .unwrap()
            .modified()
            .unwrap()
    };
    let before = modified("out/src/a.rs");
    fs::write(
        root.path().join("out/src/b.rs"),
        format!("// {MARK}\nold\n"),
    )
    .unwrap();
    assert_eq!(
        generate(root.path(), files()),
        [("replace", "out/src/b.rs".to_owned())]
    );
    assert_eq!(generate(root.path(), files()), []);
    assert_eq!(modified("out/src/a.rs"), before);
}

#[test]
fn files_that_nothing_makes_any_more_go_and_so_do_their_folders() {
    let root = tempfile::tempdir().unwrap();
    let mut more = files();
    more.push(generated("out/src/deep/er/c.rs", "c"));
    generate(root.path(), more);
    assert_eq!(
        generate(root.path(), files()),
        [("remove", "out/src/deep/er/c.rs".to_owned())]
    );
    assert!(!root.path().join("out/src/deep").exists());
}

#[test]
fn what_somebody_wrote_is_left_alone() {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("out/src")).unwrap();
    fs::write(root.path().join("out/src/mine.rs"), "mine").unwrap();
    generate(root.path(), files());
    assert_eq!(
        fs::read_to_string(root.path().join("out/src/mine.rs")).unwrap(),
        "mine"
    );
    assert_eq!(generate(root.path(), files()), []);

    fs::write(root.path().join("out/src/a.rs"), "mine too").unwrap();
    let error = compare(root.path(), files(), &owned()).unwrap_err();
    assert!(matches!(error, OutputError::NotGenerated(path) if path == Path::new("out/src/a.rs")));
}

#[test]
fn a_scaffold_is_written_once() {
    let root = tempfile::tempdir().unwrap();
    let scaffold = || vec![File::scaffold("pgtap/tasks.sql", "-- fill in\n")];
    assert_eq!(
        generate(root.path(), scaffold()),
        [("add", "pgtap/tasks.sql".to_owned())]
    );
    fs::write(root.path().join("pgtap/tasks.sql"), "-- filled in\n").unwrap();
    assert_eq!(generate(root.path(), scaffold()), []);
}

#[test]
fn caches_and_hidden_folders_are_not_looked_into() {
    let root = tempfile::tempdir().unwrap();
    for folder in ["out/target", "out/.git"] {
        fs::create_dir_all(root.path().join(folder)).unwrap();
        fs::write(
            root.path().join(folder).join("x.rs"),
            format!("// {MARK}\n"),
        )
        .unwrap();
    }
    fs::write(root.path().join("out/target/CACHEDIR.TAG"), "").unwrap();
    generate(root.path(), files());
    assert!(root.path().join("out/target/x.rs").exists());
    assert!(root.path().join("out/.git/x.rs").exists());
}

#[test]
fn nothing_temporary_is_left() {
    let root = tempfile::tempdir().unwrap();
    generate(root.path(), files());
    let names: Vec<_> = fs::read_dir(root.path().join("out/src"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn a_change_is_shown_as_a_unified_diff() {
    let change = Change::Replace {
        new: File::new("a.rs", "one\ntwo\n"),
        old: "one\nzwei\n".to_owned(),
    };
    let expected = "--- a.rs\n+++ a.rs\n@@ -1,2 +1,2 @@\n one\n-zwei\n+two\n";
    assert_eq!(change.unified_diff(), expected);
}
