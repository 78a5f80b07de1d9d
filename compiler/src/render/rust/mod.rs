//! The generated crate: rows, ports, repositories and factories.

mod access;
pub mod context;
mod demands;
mod distinct;
mod errors;
mod factory;
mod fills;
pub mod layout;
mod methods;
mod names;
mod partitions;
mod samples;
mod schema;
mod sql_rows;
mod tables;
mod type_files;
pub mod types;
mod widths;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use minijinja::Value;
use rayon::prelude::*;
use serde::Serialize;

pub use context::Context;
pub use sql_rows::SqlRows;

use super::File;
use crate::spec::Spec;
use crate::templates::{TemplateError, Templates};
use schema::Schema;

/// Renders the crate: for each table its own files, so that a changed table changes these.
///
/// # Errors
/// When a template cannot be rendered.
pub fn render(spec: &Spec, templates: &Templates) -> Result<Vec<File>, TemplateError> {
    let context = context(spec);
    let renderer = Renderer {
        folder: PathBuf::from(&spec.project.rust.out),
        templates,
        project: as_value(&context.project),
    };
    let tables: Vec<_> = context.tables.par_iter().map(as_value).collect();
    let of_tables: Vec<_> = context
        .tables
        .par_iter()
        .zip(&tables)
        .map(|(table, value)| renderer.table(&table.file, value))
        .collect();
    let of_types: Vec<_> = context.types.par_iter().map(|ty| renderer.ty(ty)).collect();
    let mut files = Vec::new();
    for rendered in of_tables {
        files.extend(rendered?);
    }
    for rendered in of_types {
        files.push(rendered?);
    }
    let whole = renderer.whole(&context, &tables, &files)?;
    files.extend(whole);
    Ok(files)
}

/// What the templates see.
pub fn context(spec: &Spec) -> Context {
    let schema = Schema::new(spec);
    let relations: Vec<_> = schema.relations().collect();
    let mut tables: Vec<_> = relations
        .into_par_iter()
        .map(|relation| tables::table(&schema, relation))
        .collect();
    tables.sort_by(|a, b| a.file.cmp(&b.file));
    mark_parents(&mut tables);
    limit_by_parents(&mut tables);
    let mut types = type_files::types(&schema);
    types.sort_by(|a, b| a.file.cmp(&b.file));
    let project = project(spec, &tables, &types);
    Context {
        project,
        tables,
        views: Vec::new(),
        types,
    }
}

/// Tells factories which others build upon them.
fn mark_parents(tables: &mut [context::Table]) {
    let names = |parents: Vec<&context::Parent>| {
        parents
            .iter()
            .map(|parent| parent.row.clone())
            .collect::<BTreeSet<_>>()
    };
    let shared = names(
        tables
            .iter()
            .flat_map(|table| &table.factory.parents)
            .collect(),
    );
    let own = names(
        tables
            .iter()
            .flat_map(|table| &table.factory.own_parents)
            .collect(),
    );
    for table in tables {
        table.factory.is_shared = shared.contains(&table.names.row);
        table.factory.is_parent = table.factory.is_shared || own.contains(&table.names.row);
    }
}

/// A table has no more rows than each of them can have a parent of its own.
fn limit_by_parents(tables: &mut [context::Table]) {
    loop {
        let limits: BTreeMap<_, _> = tables
            .iter()
            .filter_map(|table| Some((table.names.row.clone(), table.factory.most?)))
            .collect();
        let mut changed = false;
        for factory in tables.iter_mut().map(|table| &mut table.factory) {
            let parents = factory.own_parents.iter();
            let limit = parents.filter_map(|parent| limits.get(&parent.row)).min();
            let limited = factory.most.into_iter().chain(limit.copied()).min();
            changed |= limited != factory.most;
            factory.most = limited;
        }
        if !changed {
            break;
        }
    }
}

/// A module's name: keywords become raw identifiers.
pub(super) fn module_name(file: &str) -> String {
    crate::templates::names::snake(file)
}

struct Renderer<'a> {
    folder: PathBuf,
    templates: &'a Templates,
    project: Value,
}

impl Renderer<'_> {
    fn file(&self, path: &str, template: &str, context: Value) -> Result<File, TemplateError> {
        let project = &self.project;
        let text = self
            .templates
            .render(template, minijinja::context! { project, ..context })?;
        let is_rust = Path::new(template)
            .extension()
            .is_some_and(|end| end == "rs");
        let text = if is_rust { tidy(&text) } else { text };
        Ok(File::new(self.folder.join(path), text))
    }

    fn table(&self, file: &str, table: &Value) -> Result<Vec<File>, TemplateError> {
        let files = [
            ("rows", "rust/row.rs"),
            ("ports", "rust/port.rs"),
            ("repositories", "rust/repository.rs"),
            ("factories", "rust/factory.rs"),
        ];
        files
            .into_iter()
            .map(|(folder, template)| {
                let path = format!("src/{folder}/{file}.rs");
                self.file(&path, template, minijinja::context! { table })
            })
            .collect()
    }

    fn ty(&self, ty: &context::Type) -> Result<File, TemplateError> {
        self.file(
            &format!("src/types/{}.rs", ty.file),
            &format!("rust/{}.rs", ty.kind),
            minijinja::context! { type => as_value(ty) },
        )
    }

    /// The files that speak of all tables; `own` are those of each.
    fn whole(
        &self,
        context: &Context,
        tables: &[Value],
        own: &[File],
    ) -> Result<Vec<File>, TemplateError> {
        let mut files = self.modules(context, own)?;
        let types = context.types.len();
        let crate_ = context.project.crate_name.replace('-', "_");
        let mode_of_paths = if context.project.blocking {
            "blocking"
        } else {
            "async"
        };
        // Longer ones may need more lines than the template has.
        let odd = |table: &context::Table| table.file.len() > 36 || !table.file.is_ascii();
        let skip = context.tables.iter().any(odd);
        let whole = minijinja::context! { tables, types, crate => crate_, mode_of_paths, skip };
        for (path, template) in [
            ("src/lib.rs", "rust/lib.rs"),
            ("src/provider.rs", "rust/provider.rs"),
            ("tests/generated.rs", "rust/tests.rs"),
            ("Cargo.toml", "rust/Cargo.toml"),
        ] {
            files.push(self.file(path, template, whole.clone())?);
        }
        Ok(files)
    }

    /// The `mod.rs` of each folder. A file with lines that nothing can break is skipped by rustfmt.
    fn modules(&self, context: &Context, own: &[File]) -> Result<Vec<File>, TemplateError> {
        let tables: Vec<_> = context
            .tables
            .iter()
            .map(|table| (table.file.as_str(), table.module.as_str()))
            .collect();
        let types: Vec<_> = context
            .types
            .iter()
            .map(|ty| (ty.file.as_str(), ty.module.as_str()))
            .collect();
        let wide: BTreeSet<&Path> = own
            .par_iter()
            .filter(|file| file.text.lines().any(layout::is_odd))
            .map(|file| file.path.as_path())
            .collect();
        let mut files = Vec::new();
        for (folder, what, modules) in [
            (
                "rows",
                "The rows of each table, and what inserts and updates give.",
                &tables,
            ),
            (
                "ports",
                "What the domain asks of each table; no driver is mentioned.",
                &tables,
            ),
            (
                "repositories",
                "The ports over PostgreSQL: the only place where SQL runs.",
                &tables,
            ),
            ("factories", "Rows for tests.", &tables),
            ("types", "The database's own types.", &types),
        ] {
            if modules.is_empty() {
                continue;
            }
            let path = |file: &str| self.folder.join(format!("src/{folder}/{file}.rs"));
            let entry = |(file, module): &(&str, &'_ str)| Entry {
                module: (*module).to_owned(),
                path: (!file.is_ascii()).then(|| format!("{file}.rs")),
                skip: wide.contains(path(file).as_path()),
            };
            let modules = as_value(modules.iter().map(entry).collect::<Vec<_>>());
            let context = minijinja::context! { what, modules };
            files.push(self.file(&format!("src/{folder}/mod.rs"), "rust/mod.rs", context)?);
        }
        Ok(files)
    }
}

#[derive(Serialize)]
struct Entry {
    module: String,
    /// The file, where Rust does not find it by the module's name.
    path: Option<String>,
    skip: bool,
}

fn project(spec: &Spec, tables: &[context::Table], types: &[context::Type]) -> context::Project {
    let target = &spec.project.rust;
    let has = |driver: &str| target.drivers.iter().any(|name| name == driver);
    let imports = tables
        .iter()
        .flat_map(|table| &table.imports.row)
        .chain(types.iter().flat_map(|ty| &ty.imports));
    let roots: BTreeSet<_> = imports.filter_map(|path| path.split("::").next()).collect();
    let known = |name: &&str| ["jiff", "chrono", "time", "uuid", "serde_json"].contains(name);
    context::Project {
        version: context::VERSION,
        crate_name: target.crate_name.clone(),
        blocking: has("blocking"),
        asynchronous: has("async"),
        datetime: target.datetime.clone(),
        runtime: target
            .runtime
            .as_ref()
            .map(|folder| from_crate(&target.out, folder)),
        dependencies: target.dependencies.clone(),
        runtime_version: env!("CARGO_PKG_VERSION"),
        crates: roots.into_iter().filter(known).map(str::to_owned).collect(),
        custom_types: type_files::custom_types(spec),
    }
}

/// A folder of the project as the generated crate's folder sees it.
fn from_crate(out: &str, folder: &str) -> String {
    if folder.starts_with('/') {
        return folder.to_owned();
    }
    let up = out
        .split('/')
        .filter(|part| !part.is_empty() && *part != ".")
        .map(|_| "../");
    up.collect::<String>() + folder
}

/// No blank lines after an opening bracket, before a closing one, at the start, or beside one another: templates need
/// not care.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    let mut opened = false;
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() {
            blank = !out.is_empty();
            continue;
        }
        let closes = line.trim_start().starts_with(['}', ')', ']']);
        if blank && !closes && !opened {
            out.push('\n');
        }
        blank = false;
        opened = line.ends_with(['{', '(', '[']);
        out.push_str(line);
        out.push('\n');
    }
    out
}

fn as_value(data: impl Serialize) -> Value {
    Value::from(minijinja::value::Serde(data))
}
