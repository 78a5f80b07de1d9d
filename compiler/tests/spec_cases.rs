//! What a spec can say: `cases/spec/ok/<case>/`. Each case reads without a finding; where it has an `expected.sql`, written
//! by hand, the spec builds the same schema as that, as `pg_dump -s` prints it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tablec::catalog::Catalog;
use tablec::diagnostics::SourceFile;
use tablec::spec::folders::{DATABASE, FOLDERS};
use tablec::spec::grammar::{Form, Keys};
use tablec::spec::project::PROJECT;
use tablec::templates::Templates;
use tablec::{files, plan, spec};
use tablec_testing::{Database, apply};
use toml::{Table, Value};

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/spec/ok");
    let mut cases: Vec<_> = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    cases
}

fn read(case: &Path) -> Catalog {
    let (files, unread) = files::load(case);
    let (spec, found) = spec::read(&files);
    assert!(
        unread.is_empty() && found.is_empty(),
        "{}: {unread:#?} {found:#?}",
        case.display()
    );
    spec.catalog
}

#[test]
fn each_case_builds_what_its_sql_builds() {
    let mut failed = Vec::new();
    for case in cases() {
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        let catalog = read(&case);
        let sql = case.join("expected.sql");
        if !sql.exists() {
            println!("{name}: reads");
            continue;
        }
        match built(catalog, &sql) {
            Ok(()) => println!("{name}: builds"),
            Err(error) => failed.push(format!("{name}: {error}")),
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

fn built(mut catalog: Catalog, sql: &Path) -> Result<(), String> {
    let expected = Database::new();
    expected.load(sql)?;
    let database = Database::new();
    plan::dependencies::fill(&mut catalog);
    let templates = Templates::embedded("public");
    let plan = plan::plan(&Catalog::new("public"), &catalog, &templates)
        .map_err(|error| format!("{error:?}"))?;
    apply(&database.connect(), &plan).map_err(|error| format!("{error}\n{}", plan.to_sql()))?;
    let (is, should) = (database.dump(), expected.dump());
    if is == should {
        return Ok(());
    }
    let diff = similar::TextDiff::from_lines(&should, &is);
    Err(diff
        .unified_diff()
        .context_radius(1)
        .header("expected.sql", "spec")
        .to_string())
}

/// A path of titles and keys: `column.default`.
type Seen = BTreeSet<(&'static str, &'static str)>;

#[test]
fn each_key_is_said_in_some_case() {
    let mut seen = Seen::new();
    for case in cases() {
        for file in files::load(&case).0 {
            let Some(form) = form_of(&file.path) else {
                continue;
            };
            if let Ok(table) = file.text.parse::<Table>() {
                visit(&Value::Table(table), form, &mut seen);
            }
        }
    }
    let all = all_keys();
    let unsaid: Vec<_> = all
        .difference(&seen)
        .map(|(title, key)| format!("{title}: {key}"))
        .collect();
    assert!(
        unsaid.is_empty(),
        "keys that no case in cases/spec/ok says:\n{}",
        unsaid.join("\n")
    );
}

fn form_of(path: &Path) -> Option<&'static Form> {
    static ROOTS: [Form; 2] = [Form::Object(&PROJECT), Form::Object(&DATABASE)];
    if path.extension()? != "toml" {
        return None;
    }
    if path == Path::new("tablec.toml") {
        return Some(&ROOTS[0]);
    }
    if path == Path::new("spec/database.toml") {
        return Some(&ROOTS[1]);
    }
    let folder = spec::layout::folder(path)?;
    FOLDERS
        .iter()
        .find(|known| known.name == folder)
        .map(|known| &known.form)
}

fn visit(value: &Value, form: &'static Form, seen: &mut Seen) {
    match (form, value) {
        (Form::Object(keys), Value::Table(table)) => visit_keys(table, keys, seen),
        (Form::Variants(variants), Value::Table(table)) => {
            let fitting = variants
                .iter()
                .find(|(marker, _)| marker.is_empty() || table.contains_key(*marker));
            visit_keys(table, fitting.unwrap().1, seen);
        }
        (Form::Map(item), Value::Table(table)) => {
            for value in table.values() {
                visit(value, item, seen);
            }
        }
        (Form::List(item), Value::Array(list)) => {
            for value in list {
                visit(value, item, seen);
            }
        }
        (Form::Either(short, long), _) => {
            visit(value, short, seen);
            visit(value, long, seen);
        }
        _ => {}
    }
}

fn visit_keys(table: &Table, keys: &'static Keys, seen: &mut Seen) {
    for (name, value) in table {
        let (owner, key) = find(keys, name).unwrap();
        seen.insert((owner, key.name));
        visit(value, &key.form, seen);
    }
}

/// A key, and the table of keys that declares it: a shared key counts once.
fn find(keys: &'static Keys, name: &str) -> Option<(&'static str, &'static spec::grammar::Key)> {
    let own = keys
        .keys
        .iter()
        .find(|key| key.name == name)
        .map(|key| (keys.title, key));
    own.or_else(|| keys.shared.iter().find_map(|shared| find(shared, name)))
}

fn all_keys() -> Seen {
    let mut all = Seen::new();
    let mut known = Vec::new();
    collect_keys(&PROJECT, &mut known, &mut all);
    collect_keys(&DATABASE, &mut known, &mut all);
    for folder in FOLDERS {
        collect(&folder.form, &mut known, &mut all);
    }
    all
}

fn collect(form: &'static Form, known: &mut Vec<*const Keys>, all: &mut Seen) {
    match form {
        Form::Object(keys) => collect_keys(keys, known, all),
        Form::Variants(variants) => variants
            .iter()
            .for_each(|(_, keys)| collect_keys(keys, known, all)),
        Form::List(item) | Form::Map(item) => collect(item, known, all),
        Form::Either(short, long) => [short, long]
            .into_iter()
            .for_each(|form| collect(form, known, all)),
        _ => {}
    }
}

fn collect_keys(keys: &'static Keys, known: &mut Vec<*const Keys>, all: &mut Seen) {
    if known.contains(&std::ptr::from_ref(keys)) {
        return;
    }
    known.push(keys);
    for key in keys.keys {
        all.insert((keys.title, key.name));
        collect(&key.form, known, all);
    }
    keys.shared
        .iter()
        .for_each(|shared| collect_keys(shared, known, all));
}

/// `using` says how the rows get to the new type; without it PostgreSQL would refuse.
#[test]
fn a_stated_conversion_converts_the_rows() {
    let table = |column: &str| {
        let text = format!("[columns]\nduration = {{ {column} }}\n");
        let file = SourceFile::new("spec/tables/tasks.toml", text);
        let (spec, found) = spec::read(&[file]);
        assert_eq!(found, []);
        spec.catalog
    };
    let old = table("type = \"int4\"");
    let new = table("type = \"interval\", using = \"duration * interval '1 second'\"");
    let database = Database::with(
        "create table tasks (duration integer not null); insert into tasks values (90)",
    );
    let templates = Templates::embedded("public");
    let plan = plan::plan(&old, &new, &templates).unwrap();
    let session = database.connect();
    apply(&session, &plan).unwrap();
    let rows = session.query("select duration::text from tasks").unwrap();
    let texts: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    assert_eq!(texts, ["00:01:30"]);
}
