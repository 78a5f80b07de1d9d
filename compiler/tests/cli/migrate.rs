//! `tablec migrate` on a real server.

use std::thread;

use tablec_testing::Database;

use crate::tool::{Project, Run};

const FIRST: &str =
    "create table a (id int);\ncreate function f() returns int begin atomic; select 1; end;\n";
const SECOND: &str = "insert into a values (1);\n";

fn project() -> Project {
    let project = Project::new();
    project.write("migrations/0001_first.sql", FIRST);
    project.write("migrations/0002_second.sql", SECOND);
    project
}

fn migrate(project: &Project, database: &Database<'_>, arguments: &[&str]) -> Run {
    let url = database.url();
    project.run(&[&["migrate"], arguments, &["--database-url", &url]].concat())
}

fn count(database: &Database<'_>) -> i64 {
    database.connect().query("select count(*) from a").unwrap()[0].get(0)
}

#[test]
fn up_runs_each_migration_once() {
    let (project, database) = (project(), Database::new());
    let run = migrate(&project, &database, &["status", "--format", "json"]).ends_with(1);
    assert_eq!(run.json()["migrations"][1]["state"], "pending");
    let run = migrate(&project, &database, &["up", "--format", "json"]).ends_with(0);
    assert_eq!(
        run.json()["applied"],
        serde_json::json!(["0001_first.sql", "0002_second.sql"])
    );
    migrate(&project, &database, &["up"]).ends_with(0);
    migrate(&project, &database, &["status"]).ends_with(0);
    migrate(&project, &database, &["verify"]).ends_with(0);
    assert_eq!(count(&database), 1);
}

#[test]
fn any_number_of_runners_at_once_apply_each_migration_once() {
    let (project, database) = (project(), Database::new());
    thread::scope(|scope| {
        for _ in 0..5 {
            scope.spawn(|| migrate(&project, &database, &["up"]).ends_with(0));
        }
    });
    assert_eq!(count(&database), 1);
}

#[test]
fn a_migration_that_fails_is_rolled_back_and_named() {
    let (project, database) = (project(), Database::new());
    project.write(
        "migrations/0003_bad.sql",
        "insert into a values (2);\n\nalter table a\n  add column id int;\n",
    );
    let run = migrate(&project, &database, &["up"]).ends_with(2);
    assert!(
        run.stderr
            .contains("0001_first.sql to 0002_second.sql before it are applied"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr
            .contains("0003_bad.sql, line 3: column \"id\" of relation \"a\" already exists"),
        "{}",
        run.stderr
    );
    assert_eq!(count(&database), 1);
}

#[test]
fn what_does_not_fit_is_named_before_anything_runs() {
    let (project, database) = (project(), Database::new());
    migrate(&project, &database, &["up", "--to", "0001_first.sql"]).ends_with(0);
    project.write("migrations/0001_first.sql", "create table b ();\n");
    project.write("migrations/0003_third.sql", "commit;\n");
    let run = migrate(&project, &database, &["up"]).ends_with(2);
    assert!(
        run.stderr.contains("0001_first.sql has been edited"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("0003_third.sql, line 1: `commit`"),
        "{}",
        run.stderr
    );
    assert_eq!(count(&database), 0);
    let run = migrate(&project, &database, &["verify", "--format", "json"]).ends_with(1);
    assert_eq!(run.json()["migrations"][0]["state"], "edited");

    std::fs::remove_file(project.path().join("migrations/0001_first.sql")).unwrap();
    let run = migrate(&project, &database, &["up"]).ends_with(2);
    assert!(
        run.stderr
            .contains("0001_first.sql ran on this database, and is not in the folder"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_migration_that_comes_too_late_is_named() {
    let (project, database) = (project(), Database::new());
    migrate(&project, &database, &["up"]).ends_with(0);
    project.write("migrations/0001_another.sql", "select 1;\n");
    let run = migrate(&project, &database, &["up"]).ends_with(2);
    assert!(
        run.stderr
            .contains("0001_another.sql has not run on this database"),
        "{}",
        run.stderr
    );
}

#[test]
fn without_a_transaction_it_goes_on_after_the_last_statement_done() {
    let (project, database) = (project(), Database::new());
    let head = "-- tablec: no transaction\ncreate index concurrently a_id on a (id);\ninsert into a values (2);\n";
    project.write(
        "migrations/0003_index.sql",
        &format!("{head}insert into b values (1);\n"),
    );
    let run = migrate(&project, &database, &["up"]).ends_with(2);
    assert!(
        run.stderr
            .contains("failed after 2 of its statements, which stay done"),
        "{}",
        run.stderr
    );
    let run = migrate(&project, &database, &["status", "--format", "json"]).ends_with(1);
    assert_eq!(run.json()["migrations"][2]["state"], "begun");

    project.write(
        "migrations/0003_index.sql",
        &format!("{head}insert into a values (3);\n"),
    );
    migrate(&project, &database, &["up"]).ends_with(0);
    migrate(&project, &database, &["status"]).ends_with(0);
    assert_eq!(count(&database), 3);
}

#[test]
fn a_lock_that_is_not_granted_is_waited_for_again() {
    let (project, database) = (project(), Database::new());
    migrate(&project, &database, &["up"]).ends_with(0);
    project.write(
        "migrations/0003_third.sql",
        "alter table a add column x int;\n",
    );
    let other = database.connect();
    other.batch_execute("begin; lock table a").unwrap();
    let run = migrate(
        &project,
        &database,
        &["up", "--lock-timeout", "0.1", "--lock-retries", "1"],
    )
    .ends_with(2);
    assert!(
        run.stderr
            .contains("did not get its locks and was rolled back; again in 0.5 s"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr
            .contains("canceling statement due to lock timeout"),
        "{}",
        run.stderr
    );
    other.batch_execute("commit").unwrap();
    migrate(&project, &database, &["up"]).ends_with(0);
}

#[test]
fn a_baseline_runs_nothing() {
    let (project, database) = (project(), Database::with(FIRST));
    migrate(&project, &database, &["baseline", "--to", "0001_first.sql"]).ends_with(0);
    let run = migrate(&project, &database, &["baseline"]).ends_with(2);
    assert!(
        run.stderr
            .contains("the journal of this database is not empty"),
        "{}",
        run.stderr
    );
    migrate(&project, &database, &["up"]).ends_with(0);
    assert_eq!(count(&database), 1);
}

#[test]
fn psql_runs_the_same_files() {
    let (project, database) = (project(), Database::new());
    let psql = tablec_testing::cluster().binaries().tool("psql").unwrap();
    for file in ["0001_first.sql", "0002_second.sql"] {
        let path = project.path().join("migrations").join(file);
        let mut command = std::process::Command::new(&psql);
        Run::of(
            command
                .args(["-qXv", "ON_ERROR_STOP=1", "-d", &database.url(), "-f"])
                .arg(path),
        )
        .ends_with(0);
    }
    assert_eq!(count(&database), 1);
}

#[test]
fn without_a_database_it_says_how_to_name_one() {
    let project = project();
    let run = project.run(&["migrate", "up"]).ends_with(2);
    assert!(
        run.stderr.contains("no database is named"),
        "{}",
        run.stderr
    );
    let run = project
        .run(&[
            "migrate",
            "up",
            "--database-url",
            "postgres://nobody@127.0.0.1:1/x",
        ])
        .ends_with(2);
    assert!(
        run.stderr.contains("no server answers at"),
        "{}",
        run.stderr
    );
    let run = project
        .run(&[
            "migrate",
            "up",
            "--format",
            "json",
            "--database-url",
            "nonsense",
        ])
        .ends_with(2);
    assert!(
        run.json()["error"]["message"]
            .as_str()
            .unwrap()
            .contains("not a connection"),
        "{}",
        run.stdout
    );
}

#[test]
fn what_was_changed_by_hand_is_drift() {
    let (project, database) = (project(), Database::new());
    database.run("create role drift_owner login");
    let name = database.name();
    database.run(&format!("alter database {name} owner to drift_owner"));
    let third = "create table b (id int primary key, t text check (t in ('x', 'y')));
        alter default privileges grant select on tables to public;
        alter default privileges revoke select on tables from public;\n";
    project.write("migrations/0003_third.sql", third);
    let url = database.url().replace("postgres@", "drift_owner@");
    let run = |arguments: &[&str]| {
        project.run(&[&["migrate"], arguments, &["--database-url", &url]].concat())
    };
    run(&["up", "--to", "0001_first.sql"]).ends_with(0);
    run(&["verify"]).ends_with(0);
    run(&["up"]).ends_with(0);
    let verified = run(&["verify"]).ends_with(0);
    assert_eq!(verified.stdout, "");
    database.run("alter table b add column by_hand int; drop function f()");
    let drifted = run(&["verify"]).ends_with(1);
    let statements = ["alter table b drop column by_hand;", "create function f()"];
    for statement in statements {
        assert!(drifted.stdout.contains(statement), "{}", drifted.stdout);
    }
    assert!(
        drifted
            .stderr
            .contains("from the database to what its migrations build"),
        "{}",
        drifted.stderr
    );
    let steps = run(&["verify", "--format", "json"]).ends_with(1).json();
    assert_eq!(steps["drift"]["steps"].as_array().unwrap().len(), 2);
    run(&["verify", "--journal"]).ends_with(0);
    project.write("migrations/0002_second.sql", "select 1;\n");
    let edited = run(&["verify"]).ends_with(1);
    assert!(
        edited.stdout.contains("edited after it ran"),
        "{}",
        edited.stdout
    );
}
