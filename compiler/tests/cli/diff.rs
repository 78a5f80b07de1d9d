//! `tablec diff` and `tablec apply` on a real server.

use std::fs;
use std::process::Command;

use tablec_testing::Database;

use crate::tool::{Project, Run};

const NOTES: &str = "primary_key = [\"id\"]\n\n[columns]\nid = { type = \"int8\" }\ntitle = { type = \"text\", check = \"title in ('a', 'b')\" }\n";

fn project() -> Project {
    let project = Project::new();
    project.write("spec/tables/notes.toml", NOTES);
    project
}

fn with_column(project: &Project, column: &str) {
    project.write("spec/tables/notes.toml", &format!("{NOTES}{column}\n"));
}

fn on(project: &Project, database: &Database<'_>, arguments: &[&str]) -> Run {
    let url = database.url();
    Run::of(project.command(arguments).env("DATABASE_URL", url))
}

#[test]
fn a_database_is_brought_to_the_spec() {
    let (project, database) = (project(), Database::new());
    on(&project, &database, &["diff"]).ends_with(1);
    on(&project, &database, &["apply", "--allow", "notes"]).ends_with(0);
    let run = on(&project, &database, &["diff"]).ends_with(0);
    assert_eq!(run.stdout, "");
    assert_eq!(
        run.stderr,
        "no differences between the database and the spec\n"
    );
}

#[test]
fn nothing_but_sql_is_printed_as_sql() {
    let (project, database) = (project(), Database::new());
    let run = on(&project, &database, &["diff", "--format", "sql"]).ends_with(1);
    let psql = tablec_testing::cluster().binaries().tool("psql").unwrap();
    let script = project.path().join("change.sql");
    fs::write(&script, &run.stdout).unwrap();
    let mut command = Command::new(psql);
    Run::of(
        command
            .args(["-qXv", "ON_ERROR_STOP=1", "-d", &database.url(), "-f"])
            .arg(script),
    )
    .ends_with(0);
    let run = on(&project, &database, &["diff", "--format", "sql"]).ends_with(0);
    assert_eq!(run.stdout, "");
}

#[test]
fn what_is_not_allowed_is_not_done() {
    let (project, database) = (project(), Database::new());
    on(&project, &database, &["apply", "--allow", "notes"]).ends_with(0);
    database.run("alter table notes add column secret text");
    let run = on(&project, &database, &["apply"]).ends_with(2);
    assert!(
        run.stderr.contains("--allow deletes-data"),
        "{}",
        run.stderr
    );
    let run = on(&project, &database, &["apply", "--allow", "index-build"]).ends_with(2);
    assert!(
        run.stderr
            .contains("alter table notes drop column secret; (deletes data"),
        "{}",
        run.stderr
    );
    on(&project, &database, &["apply", "--allow", "notes.secret"]).ends_with(0);
    on(&project, &database, &["diff"]).ends_with(0);
}

#[test]
fn a_statement_that_fails_changes_nothing() {
    let (project, database) = (project(), Database::new());
    on(&project, &database, &["apply", "--allow", "notes"]).ends_with(0);
    database.run("insert into notes values (1, 'a')");
    with_column(&project, "body = { type = \"text\" }");
    let before = database.dump();
    let run = on(&project, &database, &["apply", "--allow", "notes"]).ends_with(2);
    assert!(
        run.stderr
            .contains("a statement failed; nothing has been changed"),
        "{}",
        run.stderr
    );
    assert_eq!(database.dump(), before);
}

#[test]
fn a_lock_that_is_not_granted_ends_with_what_was_done() {
    let (project, database) = (project(), Database::new());
    on(&project, &database, &["apply", "--allow", "notes"]).ends_with(0);
    with_column(&project, "body = { type = \"text\", nullable = true }");
    let other = database.connect();
    other
        .batch_execute("begin; lock table notes in access share mode")
        .unwrap();
    let arguments = ["apply", "--lock-timeout", "0.1", "--lock-retries", "1"];
    let run = on(&project, &database, &arguments).ends_with(2);
    assert!(run.stderr.contains("again in 0.5 s"), "{}", run.stderr);
    assert!(
        run.stderr
            .contains("a statement failed; nothing has been changed"),
        "{}",
        run.stderr
    );
    other.batch_execute("commit").unwrap();
    on(&project, &database, &arguments).ends_with(0);
}

#[test]
fn two_databases_are_compared_without_a_project() {
    let (old, new) = (
        Database::with("create table a (id int)"),
        Database::with("create table a (id bigint)"),
    );
    let folder = tempfile::tempdir().unwrap();
    let project = Project::new();
    let (from, to) = (old.url(), new.url());
    let mut command = project.command(&["diff", "--from", &from, "--to", &to, "--format", "json"]);
    let run = Run::of(command.current_dir(folder.path())).ends_with(1);
    assert!(
        run.json()["steps"][0]["sql"]
            .as_str()
            .unwrap()
            .contains("bigint"),
        "{}",
        run.stdout
    );
}

#[test]
fn every_kind_of_source_is_read() {
    let (project, database) = (project(), Database::new());
    let identity = [
        "-c",
        "user.name=tablec",
        "-c",
        "user.email=tablec@example.org",
        "-c",
        "commit.gpgsign=false",
    ];
    for arguments in [
        ["init", "-q"].as_slice(),
        &["add", "-A"],
        &["commit", "-qm", "one"],
    ] {
        let mut git = Command::new("git");
        Run::of(
            git.current_dir(project.path())
                .args(identity)
                .args(arguments),
        )
        .ends_with(0);
    }
    project.run(&["generate"]).ends_with(0);
    on(&project, &database, &["migrate", "up"]).ends_with(0);
    project.write("dump.sql", &database.dump());
    let url = database.url();
    for source in [
        "spec",
        ".",
        "migrations",
        "./migrations",
        "git:HEAD",
        "dump.sql",
        &url,
    ] {
        project.run(&["diff", "--from", source]).ends_with(0);
        project
            .run(&["diff", "--from", source, "--to", "migrations"])
            .ends_with(0);
    }
    with_column(&project, "body = { type = \"text\", nullable = true }");
    let run = project
        .run(&["diff", "--from", "git:HEAD", "--format", "sql"])
        .ends_with(1);
    assert!(
        run.stdout
            .contains("alter table notes add column body text;"),
        "{}",
        run.stdout
    );
    let run = project.run(&["diff", "--from", "git:nowhere"]).ends_with(2);
    assert!(run.stderr.contains("nowhere"), "{}", run.stderr);
}

#[test]
fn what_others_manage_is_left_out() {
    let (project, database) = (project(), Database::new());
    on(&project, &database, &["apply", "--allow", "notes"]).ends_with(0);
    database.run("create schema cron; create table cron.job (id int primary key); create table public.pgmq_q (id int)");
    on(&project, &database, &["diff"]).ends_with(1);
    on(
        &project,
        &database,
        &["diff", "--exclude", "cron,cron.*,public.pgmq_*"],
    )
    .ends_with(0);
    on(&project, &database, &["diff", "--include", "public.notes"]).ends_with(0);
    let settings = project.read("tablec.toml");
    project.write(
        "tablec.toml",
        &format!("{settings}exclude = [\"cron\", \"cron.*\", \"public.pgmq_*\"]\n"),
    );
    on(&project, &database, &["diff"]).ends_with(0);
}

#[test]
fn no_connection_is_said_clearly() {
    let project = project();
    let run = project.run(&["diff"]).ends_with(2);
    assert!(
        run.stderr.contains("no database is named"),
        "{}",
        run.stderr
    );
    let run = project
        .run(&["diff", "--database-url", "postgres://nobody@127.0.0.1:1/x"])
        .ends_with(2);
    assert!(
        run.stderr.contains("no server answers at"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_likely_rename_is_told_and_not_done() {
    let (project, database) = (project(), Database::new());
    on(&project, &database, &["apply", "--allow", "notes"]).ends_with(0);
    project.write("spec/tables/notes.toml", &NOTES.replace("title", "heading"));
    let run = on(&project, &database, &["diff", "--format", "json"]).ends_with(1);
    let notes = run.json()["notes"].clone();
    assert_eq!(notes[0]["note"], "likely_rename", "{notes}");
    assert_eq!(notes[0]["part"], "heading", "{notes}");
    assert_eq!(notes[0]["from"], "title", "{notes}");
    let run = on(&project, &database, &["diff", "--format", "sql"]).ends_with(1);
    let hint = "heading of table public.notes looks like `title` renamed; if it is, say so: renamed_from = \"title\"";
    assert!(run.stderr.contains(hint), "{}", run.stderr);
    assert!(!run.stdout.contains("hint"), "{}", run.stdout);
}

/// Databases other than ours on the server that was given.
fn others(server: &tablec::cluster::Cluster) -> Vec<String> {
    let session = server.connect("postgres").unwrap();
    let rows = session
        .query("select datname::text from pg_database order by 1")
        .unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

#[test]
fn the_shadow_can_be_a_given_server() {
    let (project, database) = (project(), Database::new());
    on(&project, &database, &["apply", "--allow", "notes"]).ends_with(0);
    let server = tablec_testing::server(None).unwrap();
    let before = others(&server);
    std::fs::remove_dir_all(project.path().join(".tablec")).unwrap();
    let shadow = server.url("postgres");
    let url = database.url();
    let diff = |shadow: &str| {
        let mut command = project.command(&["diff", "--database-url", &url]);
        // No server can be started.
        command
            .env("TABLEC_SHADOW_URL", shadow)
            .env("TABLEC_PG_BINDIR", "/nowhere");
        Run::of(&mut command)
    };
    diff(&shadow).ends_with(0);
    assert_eq!(others(&server), before);
    let run = diff("postgres://nobody@127.0.0.1:1/x").ends_with(2);
    assert!(
        run.stderr.contains("the shadow server can't be used"),
        "{}",
        run.stderr
    );
    let connection = server.connect("postgres").unwrap();
    connection.batch_execute("create role plain login").unwrap();
    let run = diff(&shadow.replace("postgres@", "plain@")).ends_with(2);
    assert!(
        run.stderr.contains("permission denied to create database"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("alter role … createdb"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_migrations_build_is_remembered_by_their_content() {
    let (project, database) = (project(), Database::new());
    project.write("migrations/0001_first.sql", "create table a (id int);\n");
    let diff = |bindir: Option<&str>| {
        let mut command =
            project.command(&["diff", "--from", "migrations", "--to", &database.url()]);
        command.envs(bindir.map(|dir| ("TABLEC_PG_BINDIR", dir)));
        Run::of(&mut command)
    };
    diff(None).ends_with(1);
    diff(Some("/nowhere")).ends_with(1);
    project.write("migrations/0002_second.sql", "create table b (id int);\n");
    let run = diff(Some("/nowhere")).ends_with(2);
    assert!(run.stderr.contains("/nowhere"), "{}", run.stderr);
}

/// A known agreement is no excuse: every change of either side is seen, and what is back as it was agrees again.
#[test]
fn what_agrees_is_known_again_by_its_content() {
    let (project, database) = (project(), Database::new());
    on(&project, &database, &["apply", "--allow", "notes"]).ends_with(0);
    let session = database.connect();
    let changes = [
        (
            "comment on column notes.title is 'x'",
            "comment on column notes.title is null",
        ),
        (
            "grant select on notes to public",
            "revoke select on notes from public",
        ),
        (
            "alter table notes alter title set statistics 5",
            "alter table notes alter title set statistics -1",
        ),
        ("create view seen as select 1", "drop view seen"),
    ];
    for (there, back) in changes {
        on(&project, &database, &["diff"]).ends_with(0);
        let known = fs::read_dir(project.path().join(".tablec/cache")).unwrap();
        assert_eq!(known.flatten().filter(is_agreement).count(), 1);
        session.batch_execute(there).unwrap();
        on(&project, &database, &["diff"]).ends_with(1);
        session.batch_execute(back).unwrap();
        on(&project, &database, &["diff"]).ends_with(0);
    }
    with_column(&project, "done = { type = \"bool\" }");
    on(&project, &database, &["diff"]).ends_with(1);
    project.write("spec/tables/notes.toml", NOTES);
    on(&project, &database, &["diff", "--exclude", "public.*"]).ends_with(0);
    on(&project, &database, &["diff"]).ends_with(0);
    let other = Database::new();
    on(&project, &other, &["diff"]).ends_with(1);
}

fn is_agreement(file: &fs::DirEntry) -> bool {
    file.file_name().to_string_lossy().starts_with("agreed-")
}

/// A note is given each time.
#[test]
fn what_there_is_to_say_is_not_taken_as_known() {
    let (project, database) = (project(), Database::new());
    project.write("spec/tables/notes.toml", NOTES);
    database
        .connect()
        .batch_execute("select lo_create(4711)")
        .unwrap();
    on(&project, &database, &["apply", "--allow", "notes"]);
    let runs = [(); 2].map(|()| on(&project, &database, &["diff"]));
    assert!(
        runs[0].stderr.contains("large object 4711"),
        "{}",
        runs[0].stderr
    );
    assert_eq!(runs[0].stderr, runs[1].stderr);
}

/// Nobody has to say what becomes of rows that are not there.
#[test]
fn a_label_that_no_row_has_goes_without_a_word() {
    let (project, database) = (Project::new(), Database::new());
    let labels =
        |labels: &str| project.write("spec/types/stage.toml", &format!("enum = {labels}\n"));
    project.write(
        "spec/tables/cards.toml",
        "primary_key = [\"id\"]\n\n[columns]\nid = { type = \"int8\" }\nstage = { type = \"stage\" }\nall = { type = \"stage[]\" }\n",
    );
    labels("[\"idea\", \"draft\", \"done\", \"gone\"]");
    on(&project, &database, &["apply", "--allow", "cards"]).ends_with(0);
    let session = database.connect();
    session
        .batch_execute("insert into cards values (1, 'idea', '{idea,done}')")
        .unwrap();
    labels("[\"idea\", \"done\", \"gone\"]");
    let run = on(&project, &database, &["apply", "--allow", "cards,stage"]).ends_with(0);
    assert!(run.stdout.contains("drop type"), "{}", run.stdout);
    for (held, left) in [("idea", "[\"done\"]"), ("done", "[\"idea\"]")] {
        labels(left);
        let run = on(&project, &database, &["apply"]).ends_with(1);
        let expected = format!("the label `{held}` goes and columns can hold it");
        assert!(run.stderr.contains(&expected), "{}", run.stderr);
    }
    let row = session
        .query("select stage::text || \"all\"::text from cards")
        .unwrap();
    assert_eq!(row[0].get::<_, String>(0), "idea{idea,done}");
}

#[test]
fn what_has_no_owner_is_the_role_s_that_builds() {
    let (project, database) = (project(), Database::new());
    for table in ["tags", "colours"] {
        project.write(&format!("spec/tables/{table}.toml"), NOTES);
    }
    on(&project, &database, &["apply", "--allow", "notes"]).ends_with(0);
    let run = |sql: &str| database.connect().batch_execute(sql).unwrap();
    run("create role by_hand login; alter table tags owner to by_hand");
    let difference = on(&project, &database, &["diff", "--format", "sql"]).ends_with(1);
    assert!(
        difference
            .stdout
            .contains("alter table tags owner to postgres;")
    );
    on(
        &project,
        &database,
        &["apply", "--allow", "changes-authorization"],
    )
    .ends_with(0);
    run("alter table tags owner to by_hand; alter table colours owner to by_hand");
    // Who compares is not who builds.
    on(&project, &database, &["diff"]).ends_with(0);
    run("drop owned by by_hand; drop role by_hand");
}
