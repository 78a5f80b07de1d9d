//! The generated crates of real applications' schemas: imported, generated, and compiled for both drivers, with their
//! tests, without a warning.
//!
//! The schemas are not part of the project: `TABLEC_CORPUS` names their folder. `TABLEC_SCHEMAS=name` picks some.

mod crates;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use tablec::diagnostics::Severity;
use tablec::kinds::Kind;
use tablec::spec::{self, Project, Spec};
use tablec_testing::{Database, corpus, read};

#[test]
fn crates_of_the_corpus_compile() {
    let Some(corpus) = corpus() else {
        eprintln!("no crates were compiled: TABLEC_CORPUS is not set");
        return;
    };
    let schemas = corpus.join("schemas");
    let roles = Database::new().load(&schemas.join("roles.sql"));
    roles.unwrap_or_else(|error| panic!("{error}"));
    let workspace = crates::folder().join("corpus");
    let mut tables = 0;
    let paths = paths(&schemas);
    for (name, path) in &paths {
        let spec = imported(name, path);
        tables += spec.catalog.of::<tablec::kinds::table::Table>().count();
        crates::write(&spec, &workspace.join(name), "");
    }
    let members: Vec<_> = paths.keys().map(|name| format!("{name:?}")).collect();
    let members = members.join(", ");
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n");
    fs::write(workspace.join("Cargo.toml"), manifest).unwrap();
    crates::lock(&workspace);
    let check = "check --workspace --lib --test generated --keep-going";
    let said = crates::cargo(&workspace, &check.split(' ').collect::<Vec<_>>(), "");
    assert!(!said.contains("warning"), "{said}");
    println!("{} crates of {tables} tables compiled", paths.len());
}

/// What `tablec import` writes, as `tablec generate` reads it.
fn imported(name: &str, path: &Path) -> Spec {
    let database = Database::new();
    database
        .load(path)
        .unwrap_or_else(|error| panic!("{error}"));
    let live = read(&database.connect()).unwrap_or_else(|error| panic!("{error}"));
    let files = spec::write::write(&live.built_by("postgres"), &Project::default());
    let (mut spec, found) = spec::read(&files);
    let error = found.iter().find(|found| found.severity == Severity::Error);
    assert!(error.is_none(), "{name}: {error:?}");
    assert!(spec.catalog.objects.keys().any(|id| id.kind == Kind::Table));
    spec.project.rust.crate_name = format!("{name}-db");
    spec.project.rust.runtime = Some(crates::runtime());
    spec
}

fn paths(folder: &Path) -> BTreeMap<String, PathBuf> {
    let picked = env::var("TABLEC_SCHEMAS").unwrap_or_default();
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let named = entries.filter_map(|path| {
        let name = path.file_stem()?.to_str()?.to_owned();
        let is_sql = path.extension().is_some_and(|extension| extension == "sql");
        (is_sql && name != "roles" && name.contains(&picked)).then_some((name, path))
    });
    named.collect()
}
