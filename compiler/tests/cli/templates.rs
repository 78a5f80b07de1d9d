//! `tablec templates`: what there is, what it looks like, what it is given.

use serde_json::Value;

use crate::tool::Project;

const NOTES: &str = "primary_key = [\"id\"]\n\n[columns]\nid = { type = \"int8\" }\n";

#[test]
fn own_templates_are_listed_and_used() {
    let project = Project::new();
    project.write("spec/tables/notes.toml", NOTES);
    project.write(
        "templates/sql/table/create.sql",
        "-- mine\ncreate table {{ name|qname }} ();\n",
    );
    let listed = project.run(&["templates", "list"]);
    assert_eq!(listed.code, 0, "{listed:?}");
    assert!(
        listed.stdout.contains("sql/table/create.sql *\n"),
        "{listed:?}"
    );
    assert!(
        listed.stdout.contains("sql/index/create.sql\n"),
        "{listed:?}"
    );
}

#[test]
fn a_broken_template_is_shown() {
    let project = Project::new();
    project.write("spec/tables/notes.toml", NOTES);
    project.write(
        "templates/sql/table/create.sql",
        "create table\n{{ name }} ();\n",
    );
    let run = project.run(&["generate"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.stderr.contains("sql/table/create.sql:2"), "{run:?}");
}

#[test]
fn a_template_is_printed_or_written_once() {
    let project = Project::new();
    let printed = project.run(&["templates", "dump", "sql/table/create.sql"]);
    assert_eq!(printed.code, 0, "{printed:?}");
    assert!(printed.stdout.contains("create "), "{printed:?}");
    project.write("templates/sql/table/create.sql", "mine");
    let written = project.run(&["templates", "dump", "--to", "templates"]);
    assert_eq!(written.code, 0, "{written:?}");
    assert_eq!(project.read("templates/sql/table/create.sql"), "mine");
    assert!(!project.read("templates/sql/index/create.sql").is_empty());
    let unknown = project.run(&["templates", "dump", "sql/table/creat.sql"]);
    assert_eq!(unknown.code, 2);
    assert!(
        unknown.stderr.contains("there is `sql/table/create.sql`"),
        "{unknown:?}"
    );
    assert_eq!(project.run(&["templates", "dump"]).code, 2);
}

#[test]
fn what_templates_are_given_is_data() {
    let project = Project::new();
    project.write("spec/tables/notes.toml", NOTES);
    let run = project.run(&["templates", "context", "sql/table/create.sql"]);
    assert_eq!(run.code, 0, "{run:?}");
    let context: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(context["version"], 1);
    assert_eq!(
        context["contexts"]["sql/table/create.sql"][0]["name"]["name"],
        "notes"
    );
    assert!(!project.path().join("migrations").exists());
    let unused = project.run(&["templates", "context", "sql/view/create.sql"]);
    assert_eq!(unused.code, 2);
    assert!(
        unused.stderr.contains("is not used for this project"),
        "{unused:?}"
    );
}
