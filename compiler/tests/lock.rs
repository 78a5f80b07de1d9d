//! The lock file of the migrations, as text that branches merge.

use std::fs;
use std::path::Path;
use std::process::Command;

use tablec::catalog::{Catalog, Id, Object};
use tablec::kinds::Kind;
use tablec::kinds::table::{Column, Table};
use tablec::migrations::{FileName, Lock, LockError, Migration, Problem, problems};

fn catalog(tables: &[&str]) -> Catalog {
    let mut catalog = Catalog::new("public");
    for name in tables {
        let column = |name: &str| Column {
            name: name.to_owned(),
            data_type: "integer".to_owned(),
            ..Column::default()
        };
        let table = Table {
            columns: vec![column("id"), column("x")],
            ..Table::default()
        };
        catalog
            .objects
            .insert(Id::new(Kind::Table, "public", *name), Object::new(table));
    }
    catalog
}

fn migration(name: &str) -> Migration {
    Migration {
        name: name.parse().unwrap(),
        text: format!("-- {name}\n"),
    }
}

fn name(name: &str) -> FileName {
    name.parse().unwrap()
}

fn initial() -> Lock {
    Lock::default().after(&migration("0001_initial.sql"), catalog(&["a", "m", "z"]))
}

#[test]
fn what_is_written_is_read() {
    let lock = initial().after(
        &migration("0002_more.sql"),
        catalog(&["a", "m", "q\"\n", "z"]),
    );
    let text = lock.to_text().unwrap();
    assert_eq!(Lock::parse(&text).unwrap(), lock);
    assert_eq!(lock.broken_link(), None);
    insta::with_settings!({ snapshot_path => "../../snapshots/lock", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("lock", initial().to_text().unwrap());
    });
}

#[test]
fn a_damaged_lock_is_named_by_its_line() {
    let text = initial().to_text().unwrap();
    let parse = |text: &str| Lock::parse(text).unwrap_err();
    assert!(matches!(parse(""), LockError::Damaged { line: 1, .. }));
    assert!(matches!(
        parse("hello\n"),
        LockError::Damaged { line: 1, .. }
    ));
    assert_eq!(
        parse(&text.replace("lock 1", "lock 2")),
        LockError::Newer(2)
    );
    assert!(matches!(
        parse(&text.replace("chain ", "chian ")),
        LockError::Damaged { line: 6, .. }
    ));
    assert!(matches!(
        parse(&text.replace("\"columns\"", "columns")),
        LockError::Damaged { line: 10, .. }
    ));
}

#[test]
fn problems_between_files_and_lock_are_named() {
    let lock = initial().after(&migration("0002_b.sql"), catalog(&["a"]));
    let files = [migration("0001_initial.sql"), migration("0002_b.sql")];
    assert_eq!(problems(&files, &lock), []);
    assert_eq!(
        problems(
            &[files.to_vec(), vec![migration("0003_hand.sql")]].concat(),
            &lock
        ),
        []
    );

    let mut edited = files.clone();
    edited[0].text.push_str("drop table a;\n");
    assert_eq!(
        problems(&edited, &lock),
        [Problem::Edited(name("0001_initial.sql"))]
    );
    assert_eq!(
        problems(&files[1..], &lock),
        [Problem::Missing(name("0001_initial.sql"))]
    );

    let doubled = [files.to_vec(), vec![migration("0002_a.sql")]].concat();
    let same = Problem::SameNumber {
        first: name("0002_a.sql"),
        second: name("0002_b.sql"),
    };
    assert_eq!(problems(&doubled, &lock), [same]);

    let late = [
        vec![migration("0001_initial.sql"), migration("0003_c.sql")],
        vec![migration("0002_b.sql")],
    ]
    .concat();
    let lock = initial().after(&migration("0003_c.sql"), catalog(&["a"]));
    assert_eq!(
        problems(&late, &lock),
        [Problem::OutOfOrder(name("0002_b.sql"), name("0003_c.sql"))]
    );
}

#[test]
fn a_line_changed_in_the_lock_breaks_the_chain() {
    let lock = initial().after(&migration("0002_b.sql"), catalog(&["a"]));
    let mut changed = lock.clone();
    changed.migrations[0].checksum.replace_range(..1, "x");
    assert_eq!(
        changed.broken_link().map(|listed| &listed.name),
        Some(&name("0001_initial.sql"))
    );
    changed.migrations = vec![lock.migrations[1].clone()];
    assert_eq!(
        changed.broken_link().map(|listed| &listed.name),
        Some(&name("0002_b.sql"))
    );
}

/// Git merges what two branches did to independent objects, and conflicts where both added a migration.
#[test]
fn two_branches_that_both_add_a_migration_conflict() {
    let repository = tempfile::tempdir().unwrap();
    let git = |arguments: &[&str]| run_git(repository.path(), arguments);
    let path = repository.path().join("tablec.lock");
    let commit = |lock: &Lock| {
        fs::write(&path, lock.to_text().unwrap()).unwrap();
        git(&["add", "-A"]) && git(&["commit", "-qm", "lock"])
    };
    assert!(
        git(&["init", "-qb", "main"]) && commit(&initial()) && git(&["checkout", "-qb", "other"])
    );
    let ours = initial().after(&migration("0002_b.sql"), catalog(&["a", "b", "m", "z"]));
    let theirs = initial().after(&migration("0002_n.sql"), catalog(&["a", "m", "n", "z"]));
    assert!(
        commit(&ours)
            && git(&["checkout", "-q", "main"])
            && commit(&theirs)
            && git(&["checkout", "-q", "other"])
    );
    assert!(!git(&["merge", "main"]));

    let text = fs::read_to_string(&path).unwrap();
    assert!(matches!(
        Lock::parse(&text),
        Err(LockError::Conflict { .. })
    ));
}

fn run_git(folder: &Path, arguments: &[&str]) -> bool {
    let identity = [
        "-c",
        "user.name=tablec",
        "-c",
        "user.email=tablec@example.org",
        "-c",
        "commit.gpgsign=false",
    ];
    let output = Command::new("git")
        .current_dir(folder)
        .args(identity)
        .args(arguments)
        .output()
        .unwrap();
    output.status.success()
}
