//! A catalog as the files of a project, the way a person would write them: short forms where they suffice, nothing said
//! that follows from something else, one object in one file. Reading them gives the catalog back.

mod common;
mod context;
mod database;
pub mod document;
mod project;
mod update;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::layout::file_stem;
use super::{Project, Spec};
use crate::catalog::{Catalog, Id, Object, QName};
use crate::diagnostics::SourceFile;
use crate::kinds::{
    Body, composite, domain, enumeration, function, range, raw, sequence, table, view,
};

pub use common::{attributes, options, privileges, scalar};
pub(crate) use context::{Writer, constants, plain_name};
pub use document::{Node, Table};
pub use update::{Update, update};

/// The files of a project that says a catalog: `tablec.toml` and `spec/`, in the order of their paths.
pub fn write(catalog: &Catalog, project: &Project) -> Vec<SourceFile> {
    write_spec(&Spec {
        project: project.clone(),
        catalog: catalog.clone(),
        ..Spec::default()
    })
}

/// The same, with what a spec knows beside the catalog.
pub fn write_spec(spec: &Spec) -> Vec<SourceFile> {
    let (catalog, project) = (&spec.catalog, &spec.project);
    let writer = Writer::new(spec);
    let mut files = vec![
        project_file(project),
        file("spec/database.toml", &database::write(&writer)),
    ];
    files.retain(|file| !file.text.is_empty());
    let mut names = BTreeSet::new();
    for (id, object) in &catalog.objects {
        files.extend(object_files(&writer, id, object, &mut names));
    }
    files.extend(routines(&writer));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// `tablec.toml`.
pub fn project_file(project: &Project) -> SourceFile {
    file("tablec.toml", &project::write(project))
}

/// The file of an object that has one of its own, and the SQL beside it.
fn object_files(
    writer: &Writer<'_>,
    id: &Id,
    object: &Object,
    names: &mut BTreeSet<String>,
) -> Vec<SourceFile> {
    let schema = &writer.project.default_schema;
    let path = |folder: &str| format!("spec/{folder}/{}", file_stem(&id.qname(), schema));
    let (path, table) = match &object.body {
        Body::Enum(model) => (
            path("types"),
            enumeration::write::write(writer, object, model),
        ),
        Body::Domain(model) => (path("types"), domain::write::write(writer, object, model)),
        Body::Composite(model) => (
            path("types"),
            composite::write::write(writer, object, model),
        ),
        Body::Range(model) => (
            path("types"),
            range::write::write(writer, id, object, model),
        ),
        Body::Sequence(model) if !writer.is_serial(id) => (
            path("sequences"),
            sequence::write::write(writer, object, model),
        ),
        Body::Table(model) if model.partition_of.is_none() => (
            path("tables"),
            table::write::write(writer, id, object, model),
        ),
        Body::View(model) => {
            return with_text(
                &path("views"),
                "query",
                view::write::view(writer, id, object, model),
            );
        }
        Body::MaterializedView(model) => {
            return with_text(
                &path("views"),
                "query",
                view::write::materialized(writer, id, object, model),
            );
        }
        Body::Raw(model) => (
            raw::write::path(model, names),
            raw::write::write(writer, object, model),
        ),
        _ => return Vec::new(),
    };
    vec![file(&format!("{path}.toml"), &table)]
}

/// Functions and aggregates of the same name share a file.
fn routines(writer: &Writer<'_>) -> Vec<SourceFile> {
    let mut by_name: BTreeMap<QName, Vec<(&Id, &Object)>> = BTreeMap::new();
    for (id, object) in &writer.catalog.objects {
        let name = match &object.body {
            Body::Function(function) => &function.name,
            Body::Aggregate(aggregate) => &aggregate.name,
            _ => continue,
        };
        by_name
            .entry(QName::new(&id.schema, name))
            .or_default()
            .push((id, object));
    }
    let all = by_name.into_iter().flat_map(|(name, objects)| {
        let path = format!(
            "spec/functions/{}",
            file_stem(&name, &writer.project.default_schema)
        );
        function::write::file(writer, &path, &objects)
    });
    all.collect()
}

/// A file, and where the text behind the key can't stand in TOML as it is: that text in a file beside it.
fn with_text(path: &str, key: &str, (mut table, text): (Table, String)) -> Vec<SourceFile> {
    if !text.contains('\n') {
        table.set(key, text);
    } else if document::is_literal(&text) {
        table.set(key, text + "\n");
    } else {
        return vec![
            file(&format!("{path}.toml"), &table),
            SourceFile::new(format!("{path}.sql"), text + "\n"),
        ];
    }
    vec![file(&format!("{path}.toml"), &table)]
}

fn file(path: &str, table: &Table) -> SourceFile {
    SourceFile::new(PathBuf::from(path), table.document())
}
