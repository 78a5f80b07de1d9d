//! The generated crate: rows, ports, repositories and factories.

mod access;
pub mod context;
mod errors;
mod factory;
pub mod layout;
mod names;
mod samples;
mod schema;
mod tables;
mod type_files;
pub mod types;

use std::collections::BTreeSet;
use std::path::PathBuf;

use minijinja::Value;
use serde::Serialize;

pub use context::Context;

use super::File;
use crate::spec::Spec;
use crate::templates::{TemplateError, Templates};
use schema::Schema;

/// Renders the crate, one template after the other for each table, so that a changed table changes its own files.
///
/// # Errors
/// When a template cannot be rendered.
pub fn render(spec: &Spec, templates: &Templates) -> Result<Vec<File>, TemplateError> {
    let context = context(spec);
    let project = as_value(&context.project);
    let tables: Vec<_> = context.tables.iter().map(as_value).collect();
    let folder = PathBuf::from(&spec.project.rust.out);
    let mut out = Output {
        folder,
        templates,
        project,
        files: Vec::new(),
        wide: BTreeSet::new(),
    };
    for (table, value) in context.tables.iter().zip(&tables) {
        out.table(&table.file, value)?;
    }
    for ty in &context.types {
        let template = format!("rust/{}.rs", ty.kind);
        out.file(
            &format!("src/types/{}.rs", ty.file),
            &template,
            minijinja::context! { type => as_value(ty) },
        )?;
    }
    out.whole(&context, &tables)?;
    Ok(out.files)
}

/// What the templates see.
pub fn context(spec: &Spec) -> Context {
    let schema = Schema::new(spec);
    let mut tables: Vec<_> = schema
        .relations()
        .map(|relation| tables::table(&schema, relation))
        .collect();
    tables.sort_by(|a, b| a.file.cmp(&b.file));
    mark_parents(&mut tables);
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
            .filter_map(|table| table.factory.own_parent.as_ref())
            .collect(),
    );
    for table in tables {
        table.factory.is_shared = shared.contains(&table.names.row);
        table.factory.is_parent = table.factory.is_shared || own.contains(&table.names.row);
    }
}

/// A module's name: keywords become raw identifiers.
pub(super) fn module_name(file: &str) -> String {
    crate::templates::names::snake(file)
}

struct Output<'a> {
    folder: PathBuf,
    templates: &'a Templates,
    project: Value,
    files: Vec<File>,
    /// The files that have lines which nothing can break.
    wide: BTreeSet<String>,
}

impl Output<'_> {
    fn file(&mut self, path: &str, template: &str, context: Value) -> Result<(), TemplateError> {
        let project = &self.project;
        let text = self
            .templates
            .render(template, minijinja::context! { project, ..context })?;
        let text = if std::path::Path::new(template)
            .extension()
            .is_some_and(|end| end == "rs")
        {
            tidy(&text)
        } else {
            text
        };
        if text.lines().any(layout::is_odd) {
            self.wide.insert(path.to_owned());
        }
        self.files.push(File::new(self.folder.join(path), text));
        Ok(())
    }

    fn table(&mut self, file: &str, table: &Value) -> Result<(), TemplateError> {
        for (folder, template) in [
            ("rows", "rust/row.rs"),
            ("ports", "rust/port.rs"),
            ("repositories", "rust/repository.rs"),
            ("factories", "rust/factory.rs"),
        ] {
            self.file(
                &format!("src/{folder}/{file}.rs"),
                template,
                minijinja::context! { table },
            )?;
        }
        Ok(())
    }

    /// The files that speak of all tables.
    fn whole(&mut self, context: &Context, values: &[Value]) -> Result<(), TemplateError> {
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
            let skip = |file: &str| self.wide.contains(&format!("src/{folder}/{file}.rs"));
            let modules: Vec<_> = modules
                .iter()
                .map(|(file, module)| Entry {
                    module,
                    path: (!file.is_ascii()).then(|| format!("{file}.rs")),
                    skip: skip(file),
                })
                .collect();
            let modules = as_value(modules);
            let context = minijinja::context! { what, modules };
            self.file(&format!("src/{folder}/mod.rs"), "rust/mod.rs", context)?;
        }
        let tables = values;
        let types = types.len();
        self.file(
            "src/lib.rs",
            "rust/lib.rs",
            minijinja::context! { tables, types },
        )?;
        self.file(
            "src/provider.rs",
            "rust/provider.rs",
            minijinja::context! { tables },
        )?;
        let crate_ = context.project.crate_name.replace('-', "_");
        let mode_of_paths = if context.project.blocking {
            "blocking"
        } else {
            "async"
        };
        // Longer ones may need more lines than the template has.
        let odd = |table: &context::Table| table.file.len() > 36 || !table.file.is_ascii();
        let skip = context.tables.iter().any(odd);
        let whole = minijinja::context! { tables, crate => crate_, mode_of_paths, skip };
        self.file("tests/generated.rs", "rust/tests.rs", whole)?;
        self.file(
            "Cargo.toml",
            "rust/Cargo.toml",
            minijinja::context! { tables },
        )
    }
}

#[derive(Serialize)]
struct Entry<'a> {
    module: &'a str,
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
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() {
            blank = !out.is_empty();
            continue;
        }
        let closes = line.trim_start().starts_with(['}', ')', ']']);
        let opened = out.trim_end_matches('\n').ends_with(['{', '(', '[']);
        if blank && !closes && !opened {
            out.push('\n');
        }
        blank = false;
        out.push_str(line);
        out.push('\n');
    }
    out
}

fn as_value(data: impl Serialize) -> Value {
    Value::from(minijinja::value::Serde(data))
}
