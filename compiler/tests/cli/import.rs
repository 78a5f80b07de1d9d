//! `tablec import`.

use std::fs;

use tablec_testing::Database;

use crate::tool::Project;

const SCHEMA: &str = "create table authors (id serial primary key, name text not null);
    create table books (
      id serial primary key,
      author_id integer not null references authors on delete cascade,
      state varchar(10) not null default 'new' check (state in ('new', 'read'))
    );
    comment on table books is 'What there is to read.'";

/// A folder with nothing in it.
fn empty() -> Project {
    let project = Project::new();
    fs::remove_file(project.path().join("tablec.toml")).unwrap();
    fs::remove_dir(project.path().join("spec")).unwrap();
    project
}

#[test]
fn a_database_becomes_a_project_and_importing_again_changes_nothing() {
    let database = Database::with(SCHEMA);
    let project = empty();
    let url = database.url();
    let run = project.run(&[
        "import",
        "--project",
        ".",
        "--name",
        "library",
        "--database-url",
        &url,
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("2 table"), "{}", run.stderr);
    let expected = "comment     = \"What there is to read.\"
primary_key = [\"id\"]

[columns]
id        = { type = \"serial\" }
author_id = { type = \"integer\", references = \"authors\", on_delete = \"cascade\" }
state     = { type = \"varchar(10)\", default = \"new\", check = \"(state)::text = ANY (ARRAY['new'::character varying, 'read'::character varying])\" }
";
    assert_eq!(project.read("spec/tables/books.toml"), expected);

    let refused = project.run(&["import", "--project", ".", "--database-url", &url]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("not empty"), "{}", refused.stderr);
    let again = project.run(&[
        "import",
        "--project",
        ".",
        "--force",
        "--format",
        "json",
        "--database-url",
        &url,
    ]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    let said = again.json();
    assert_eq!(
        (&said["added"], &said["replaced"], &said["removed"]),
        (&0.into(), &0.into(), &0.into())
    );
    assert_eq!(said["round_trips"], 1);
}

#[test]
fn an_update_rewrites_only_what_differs() {
    let database = Database::with(SCHEMA);
    let project = empty();
    let url = database.url();
    let import = [
        "import",
        "--project",
        ".",
        "--force",
        "--database-url",
        &url,
    ];
    assert_eq!(project.run(&import).code, 0);
    let authors = "# Kept as it is.\n".to_owned() + &project.read("spec/tables/authors.toml");
    project.write("spec/tables/people/authors.toml", &authors);
    fs::remove_file(project.path().join("spec/tables/authors.toml")).unwrap();
    let books = project.read("spec/tables/books.toml");
    let hinted = books.replace(
        "id        = { type = \"serial\" }",
        "id = { type = \"serial\", example = 7 }",
    );
    assert_ne!(books, hinted);
    project.write("spec/tables/books.toml", &hinted);
    database.run("alter table books add column title text; create table gone (); drop table gone");

    let run = project.run(&import);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(project.read("spec/tables/people/authors.toml"), authors);
    assert!(!project.path().join("spec/tables/authors.toml").exists());
    let books = project.read("spec/tables/books.toml");
    assert!(
        books.contains("title     = { type = \"text\", nullable = true }"),
        "{books}"
    );
    assert!(books.contains("example = 7"), "{books}");

    database.run("drop table books");
    assert_eq!(project.run(&import).code, 0);
    assert!(!project.path().join("spec/tables/books.toml").exists());
}

#[test]
fn a_script_is_built_and_imported() {
    let project = empty();
    project.write(".schema.sql", SCHEMA);
    let run = project.run(&["import", ".schema.sql", "--project", "."]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(project.read("tablec.toml").starts_with("name"));
    assert!(
        project
            .read("spec/tables/authors.toml")
            .contains("[columns]")
    );
}

#[test]
fn what_has_no_form_is_named_and_with_strict_an_error() {
    let database = Database::with("create type shell");
    let url = database.url();
    let project = empty();
    let run = project.run(&[
        "import",
        "--project",
        ".",
        "--strict",
        "--database-url",
        &url,
    ]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("type public.shell"), "{}", run.stderr);
    assert!(
        !project.path().join("tablec.toml").exists(),
        "nothing is written"
    );
    let run = project.run(&["import", "--project", ".", "--database-url", &url]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("type public.shell"), "{}", run.stderr);
}
