//! The suites that `generate` begins: they run, and every assertion in them waits for its author.

use std::path::Path;

use tablec::files::{self, migrations::read_migrations};
use tablec::proofs::{Crew, Message, Script, Server, Stage, run_suites, scaffolds};
use tablec::spec;
use tablec::templates::Templates;

#[test]
fn a_begun_suite_runs_and_fails_clearly() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (sources, _) = files::load(&root);
    let (spec, found) = spec::read(&sources);
    assert!(found.is_empty(), "{found:#?}");
    let templates = Templates::embedded("public");
    let begun = scaffolds(&spec, &[], &templates).expect("the templates render");
    let named: Vec<String> = begun
        .iter()
        .map(|file| file.path.display().to_string())
        .collect();
    assert_eq!(
        named,
        [
            "pgtap/audit_log.sql",
            "pgtap/comments.sql",
            "pgtap/memberships.sql",
            "pgtap/overdue_tasks.sql",
            "pgtap/tasks.sql",
            "pgtap/users.sql",
            "pgtap/workspaces.sql",
            "pgtap/_frozen_time.sql",
        ]
    );
    let migrations = read_migrations(&root.join("migrations")).expect("the example's migrations");
    let migrations: Vec<Script> = migrations
        .into_iter()
        .map(|migration| Script {
            path: migration.name.to_string().into(),
            text: migration.text,
        })
        .collect();
    let stage = Stage::build(
        Server::Given(tablec_testing::cluster().url("postgres")),
        &migrations,
    )
    .expect("the schema builds");
    let text_of = |path: &Path| {
        begun
            .iter()
            .find(|file| path.ends_with(&file.path))
            .map(|file| file.text.clone())
    };
    let files: tablec::proofs::Files<'_> =
        &|path| text_of(path).ok_or_else(|| std::io::Error::other("not begun"));
    let suites: Vec<Script> = begun
        .iter()
        .filter(|file| file.path != Path::new("pgtap/_frozen_time.sql"))
        .map(|file| Script {
            path: file.path.clone(),
            text: file.text.clone(),
        })
        .collect();
    let crew = Crew {
        jobs: 2,
        files,
        heard: &|_| (),
    };
    let runs = run_suites(&stage, &stage.template(), &suites, crew).expect("the suites run");
    let outcome = |run: &tablec::proofs::SuiteRun| {
        let verdict = &run.played.verdict;
        assert!(
            !run.played.messages.iter().any(Message::is_error) && verdict.errors.is_empty(),
            "{}\n{:#?}",
            run.suite.text,
            run.played
        );
        assert_eq!(verdict.cases.len(), verdict.failures().count());
        let name = run.suite.path.file_stem().unwrap_or_default();
        (name.to_string_lossy().into_owned(), verdict.cases.len())
    };
    let outcomes: Vec<(String, usize)> = runs.iter().map(outcome).collect();
    let wanted = [
        ("audit_log", 3),
        ("comments", 5),
        ("memberships", 3),
        ("overdue_tasks", 1),
        ("tasks", 10),
        ("users", 2),
        ("workspaces", 2),
    ];
    assert_eq!(
        outcomes,
        wanted.map(|(name, count)| (name.to_owned(), count))
    );
}

/// Values that the factories make where names and types say nothing: checks, enums behind domains, views with all events.
#[test]
fn rows_satisfy_checks_and_go_through_views() {
    let folder = tempfile::tempdir().expect("a folder");
    let files_of = [
        ("tablec.toml", "name = \"app\"\npostgresql = 15\n"),
        ("spec/types/mood.toml", "enum = [\"good\", \"bad\"]\n"),
        ("spec/types/feeling.toml", "domain = \"mood\"\n"),
        (
            "spec/types/code.toml",
            "domain = \"text\"\n[checks]\ncode_check = \"value ~ '^[A-Z]{2}$'\"\n",
        ),
        (
            "spec/tables/owners.toml",
            "primary_key = [\"id\"]\n[columns]\nid = { type = \"uuid\", default.sql = \"gen_random_uuid()\" }\nemail = { type = \"text\", check = \"email ~ '^[^@ ]+@[^@ ]+$'\", unique = true }\n",
        ),
        (
            "spec/tables/things.toml",
            "primary_key = [\"id\"]\n[columns]\nid = { type = \"int4\" }\nowner_id = { type = \"uuid\", references = \"owners\" }\ncode = { type = \"code\" }\nfeeling = { type = \"feeling\" }\namount = { type = \"numeric(6,2)\", check = \"amount >= 0\" }\nshare = { type = \"int2\", check = \"share between 40 and 60\" }\nsince = { type = \"date\" }\n[triggers]\nthings_keep = { fires = \"before insert or update or delete\", for_each = \"row\", execute = \"keep\" }\n",
        ),
        (
            "spec/views/big_things.toml",
            "query = \"select * from things\"\n[triggers]\nbig_things_write = { fires = \"instead of insert or update or delete\", for_each = \"row\", execute = \"keep\" }\n",
        ),
        (
            "spec/functions/keep.toml",
            "returns = \"trigger\"\nlanguage = \"plpgsql\"\nbody = \"begin if tg_op = 'DELETE' then return old; end if; return new; end\"\n",
        ),
    ];
    for (path, text) in files_of {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
        std::fs::write(path, text).expect("a file is written");
    }
    let (spec, found) = spec::read(&files::load(folder.path()).0);
    assert!(found.is_empty(), "{found:#?}");
    let begun = scaffolds(&spec, &[], &Templates::embedded("public")).expect("they render");
    let schema = Script {
        path: "schema.sql".into(),
        text: "create type mood as enum ('good', 'bad'); create domain feeling as mood; create domain code as text check (value ~ '^[A-Z]{2}$');
               create table owners (id uuid primary key default gen_random_uuid(), email text not null unique check (email ~ '^[^@ ]+@[^@ ]+$'));
               create table things (id int primary key, owner_id uuid not null references owners, code code not null, feeling feeling not null,
                 amount numeric(6,2) not null check (amount >= 0), share int2 not null check (share between 40 and 60), since date not null);
               create view big_things as select * from things;
               create function keep() returns trigger language plpgsql as 'begin if tg_op = ''DELETE'' then return old; end if; return new; end';
               create trigger things_keep before insert or update or delete on things for each row execute function keep();
               create trigger big_things_write instead of insert or update or delete on big_things for each row execute function keep();"
            .to_owned(),
    };
    let stage = Stage::build(
        Server::Given(tablec_testing::cluster().url("postgres")),
        &[schema],
    )
    .expect("the schema builds");
    let suites: Vec<Script> = begun
        .into_iter()
        .map(|file| Script {
            path: file.path,
            text: file.text,
        })
        .collect();
    let crew = Crew {
        jobs: 2,
        files: &|_| Err(std::io::Error::other("nothing is included")),
        heard: &|_| (),
    };
    let place = tablec::proofs::probe(&stage).expect("the probes are set up");
    let runs = tablec::proofs::run_counted(&stage, &place.template, &suites, crew, &place.bodies)
        .expect("the suites run");
    assert_eq!(runs.len(), 2);
    for run in &runs {
        let verdict = &run.played.verdict;
        let counts = (
            verdict.cases.len(),
            verdict.failures().count(),
            verdict.errors.len(),
        );
        assert_eq!(counts, (3, 3, 0), "{}\n{:#?}", run.suite.text, run.played);
    }
    let fired = tablec::proofs::Coverage::of(&place.facts, &place.probes, &runs);
    for firing in &fired.triggers {
        assert_eq!(firing.fired.len(), 3, "each event fires: {firing:#?}");
    }
}

#[test]
fn what_is_named_is_not_begun() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (spec, _) = spec::read(&files::load(&root).0);
    let suite = Script {
        path: "pgtap/all.sql".into(),
        text: "-- tasks_touch users_touch".to_owned(),
    };
    let begun =
        scaffolds(&spec, &[suite], &Templates::embedded("public")).expect("the templates render");
    let has = |path: &str| begun.iter().any(|file| file.path == Path::new(path));
    assert!(!has("pgtap/tasks.sql") && !has("pgtap/users.sql") && has("pgtap/comments.sql"));
}
