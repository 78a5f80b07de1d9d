//! Real applications' schemas, read from a server and built again from nothing: `pg_dump -s` is the same. Once with the
//! dependencies that the server tells, once with those that the definitions tell.
//!
//! The schemas are not part of the project: `TABLEC_CORPUS` names their folder. `TABLEC_SCHEMAS=name` picks one.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use tablec::catalog::Catalog;
use tablec::plan;
use tablec::templates::Templates;
use tablec_testing::{Database, apply, corpus, read};

#[test]
fn schemas_of_the_corpus_are_built_again() {
    let Some(corpus) = corpus() else {
        eprintln!("no schemas ran: TABLEC_CORPUS is not set");
        return;
    };
    let folder = corpus.join("schemas");
    Database::new()
        .load(&folder.join("roles.sql"))
        .unwrap_or_else(|error| panic!("{error}"));
    let schemas = schemas(&folder);
    let results: Vec<_> = schemas.par_iter().map(|schema| run(schema)).collect();
    let mut failed = Vec::new();
    for (schema, result) in schemas.iter().zip(results) {
        let name = schema
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        match result {
            Ok(said) => println!("{name:20} built again{said}"),
            Err(error) => {
                println!("{name:20} {error}");
                failed.push(name);
            }
        }
    }
    assert!(failed.is_empty(), "not built again: {failed:?}");
}

fn schemas(folder: &Path) -> Vec<PathBuf> {
    let picked = env::var("TABLEC_SCHEMAS").unwrap_or_default();
    let all = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let wanted = |path: &PathBuf| {
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        path.extension().is_some_and(|extension| extension == "sql")
            && name != "roles"
            && name.contains(&picked)
    };
    let mut all: Vec<PathBuf> = all.filter(wanted).collect();
    all.sort();
    all
}

fn run(schema: &Path) -> Result<String, String> {
    let original = Database::new();
    original.load(schema)?;
    let mut catalog = read(&original.connect())?;
    let unsupported = catalog
        .unsupported
        .iter()
        .map(|object| format!("\n    unsupported: {} {}", object.kind, object.identity));
    let said: String = unsupported.collect();
    build(&catalog, &original).map_err(|error| format!("by pg_depend: {error}{said}"))?;
    catalog.depends.clear();
    plan::dependencies::fill(&mut catalog);
    build(&catalog, &original).map_err(|error| format!("by definitions: {error}{said}"))?;
    Ok(said)
}

fn build(catalog: &Catalog, original: &Database) -> Result<(), String> {
    let templates = Templates::embedded("public");
    let started = std::time::Instant::now();
    let plan = plan::plan(&plan::empty("public"), catalog, &templates)
        .map_err(|error| format!("{error:?}"))?;
    eprintln!(
        "    {} statements planned in {:?}",
        plan.steps.len(),
        started.elapsed()
    );
    let copy = Database::new();
    apply(&copy.connect(), &plan)?;
    let (should, is) = (original.dump(), copy.dump());
    if should == is {
        return Ok(());
    }
    let diff = similar::TextDiff::from_lines(&should, &is);
    Err(diff
        .unified_diff()
        .context_radius(1)
        .header("should be", "is")
        .to_string())
}
