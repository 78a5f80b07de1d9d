//! Real applications' schemas, imported: read from a server, written as a project, read back. The spec says the same as the
//! server; built from it, a database has the same `pg_dump -s`; and there is no difference between it and the original.
//!
//! The schemas are not part of the project: `TABLEC_CORPUS` names their folder. `TABLEC_SCHEMAS=name` picks some.
//! The results are in `docs/imported-schemas.md`; `TABLEC_WRITE=1` writes it anew.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use rayon::prelude::*;
use tablec::catalog::{Catalog, Id, Object};
use tablec::diagnostics::Severity;
use tablec::kinds::view::write::says_nothing;
use tablec::kinds::{Body, Kind};
use tablec::plan;
use tablec::spec::{self, Project};
use tablec::templates::Templates;
use tablec_testing::{Database, apply, assert_written, corpus, read};

#[test]
fn schemas_of_the_corpus_are_imported() {
    let Some(corpus) = corpus() else {
        eprintln!("no schemas ran: TABLEC_CORPUS is not set");
        return;
    };
    let folder = corpus.join("schemas");
    let roles = Database::new().load(&folder.join("roles.sql"));
    roles.unwrap_or_else(|error| panic!("{error}"));
    let picked = env::var("TABLEC_SCHEMAS").unwrap_or_default();
    let row = |(name, path): (String, PathBuf)| {
        let row = Row::of(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, row)
    };
    let schemas = schemas(&folder, &picked).into_par_iter();
    let rows: Vec<_> = schemas.map(row).collect();
    let mut failed = Vec::new();
    for (name, row) in &rows {
        println!("{name:20} {row:?}");
        if !row.is_good() {
            failed.push(name);
        }
    }
    println!("{} schemas ran, {} failed", rows.len(), failed.len());
    assert!(
        !rows.is_empty(),
        "there is no schema in {}",
        folder.display()
    );
    if picked.is_empty() {
        assert_written("docs/imported-schemas.md", &page(&rows));
    }
    assert!(failed.is_empty(), "not the same: {failed:?}");
}

/// What came of one schema.
#[derive(Debug)]
struct Row {
    tables: usize,
    objects: usize,
    files: usize,
    raw: usize,
    unsupported: usize,
    /// The objects that the spec says otherwise than the server.
    misread: Vec<String>,
    /// What is wrong with a database built from the spec.
    built: Result<(), String>,
    /// The statements that would make the original what the spec says.
    differences: Vec<String>,
}

impl Row {
    fn of(path: &Path) -> Result<Self, String> {
        let original = Database::new();
        original.load(path)?;
        let live = read(&original.connect())?;
        let catalog = live.clone().built_by("postgres");
        let files = spec::write::write(&catalog, &Project::default());
        let (said, found) = spec::read(&files);
        if let Some(found) = found.iter().find(|found| found.severity == Severity::Error) {
            return Err(format!(
                "{} in {}",
                found.message,
                found.place.file.display()
            ));
        }
        let mut said = said.catalog;
        plan::dependencies::fill(&mut said);
        let built = build(&said);
        let rebuilt = match &built {
            Ok(copy) => read(&copy.connect())?,
            Err(_) => said.clone(),
        };
        let number = |kind| catalog.objects.keys().filter(|id| id.kind == kind).count();
        Ok(Self {
            tables: number(Kind::Table),
            objects: catalog.objects.len(),
            files: files.len(),
            raw: number(Kind::Raw),
            unsupported: catalog.unsupported.len(),
            misread: misread(&catalog, &said),
            built: built.and_then(|copy| same_dump(&original, &copy)),
            differences: plan(&live, &rebuilt)?,
        })
    }

    fn is_good(&self) -> bool {
        self.misread.is_empty() && self.built.is_ok() && self.differences.is_empty()
    }
}

fn schemas(folder: &Path, picked: &str) -> BTreeMap<String, PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.unwrap().path());
    let named = paths.filter_map(|path| {
        let name = path.file_stem()?.to_str()?.to_owned();
        let is_sql = path.extension().is_some_and(|extension| extension == "sql");
        (is_sql && name != "roles" && name.contains(picked)).then_some((name, path))
    });
    named.collect()
}

fn misread(catalog: &Catalog, said: &Catalog) -> Vec<String> {
    let (catalog, said) = (comparable(catalog), comparable(said));
    let ids = catalog
        .keys()
        .chain(said.keys().filter(|id| !catalog.contains_key(id)));
    ids.filter(|id| catalog.get(id) != said.get(id))
        .map(ToString::to_string)
        .collect()
}

/// A spec does not tell the types of a view's columns, and leaves out columns and the schema `public` where there is nothing to say.
fn comparable(catalog: &Catalog) -> BTreeMap<Id, Object> {
    let mut objects = catalog.objects.clone();
    for object in objects.values_mut() {
        let columns = match &mut object.body {
            Body::View(view) => &mut view.columns,
            Body::MaterializedView(view) => &mut view.columns,
            _ => continue,
        };
        for column in columns.iter_mut() {
            column.data_type = None;
        }
        if columns.iter().all(says_nothing) {
            columns.clear();
        }
    }
    let public = Id::global(Kind::Schema, "public");
    let says_something = |object: &Object| {
        object.comment.is_some() || object.owner.is_some() || !object.privileges.is_empty()
    };
    objects.retain(|id, object| *id != public || says_something(object));
    objects
}

/// A database made of what the spec says.
fn build(said: &Catalog) -> Result<Database<'static>, String> {
    let copy = Database::new();
    let session = copy.connect();
    let templates = Templates::embedded("public");
    let plan = plan::plan(&plan::empty("public"), said, &templates)
        .map_err(|error| format!("{error:?}"))?;
    apply(&session, &plan)?;
    Ok(copy)
}

fn same_dump(original: &Database, copy: &Database) -> Result<(), String> {
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

fn plan(from: &Catalog, to: &Catalog) -> Result<Vec<String>, String> {
    let templates = Templates::embedded("public");
    let plan = plan::plan(from, to, &templates).map_err(|error| format!("{error:?}"))?;
    Ok(plan.steps.into_iter().map(|step| step.sql).collect())
}

fn page(rows: &[(String, Row)]) -> String {
    let mut text = "\
<!-- @generated by tablec from real schemas. -->

# Real schemas, imported

Each schema was built on PostgreSQL 15, imported into a project, and read back. *Read back* is the number of objects of
which the spec says the same as the server. *Built again* tells whether a database that is built from the spec has the
same `pg_dump -s`, line for line, and *differences* is the number of statements that would make the original what was built.

That the generated crates compile, and what they create, is in [generated-crates](generated-crates.md).

Written by `compiler/tests/corpus_schemas.rs`.

| schema | tables | objects | read back | kept as SQL | not in the spec | files | built again | differences |
|---|--:|--:|--:|--:|--:|--:|---|--:|
"
    .to_owned();
    for (name, row) in rows {
        let cells = [
            name.clone(),
            row.tables.to_string(),
            row.objects.to_string(),
            (row.objects - row.misread.len()).to_string(),
            row.raw.to_string(),
            row.unsupported.to_string(),
            row.files.to_string(),
            if row.built.is_ok() {
                "the same"
            } else {
                "**not the same**"
            }
            .to_owned(),
            row.differences.len().to_string(),
        ];
        text.extend(["| ", &cells.join(" | "), " |\n"]);
    }
    text
}
