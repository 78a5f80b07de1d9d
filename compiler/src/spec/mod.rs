//! The spec: `tablec.toml` and `spec/`, read into a [`Catalog`](crate::catalog::Catalog) and what only the spec knows.

pub mod checks;
pub mod common;
pub mod escapes;
pub mod folders;
pub mod grammar;
pub mod hints;
pub mod layout;
pub mod literal;
pub mod names;
pub mod privileges;
pub mod project;
pub mod reader;
pub mod resolve;
pub mod suggest;
mod syntax;
pub mod value;
pub mod write;

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;

use crate::catalog::{Catalog, Id};
use crate::diagnostics::{Diagnostic, Place, SourceFile};
use crate::kinds::Options;
pub use hints::{ColumnHints, TableHints};
pub use project::Project;

/// All that a project says.
#[derive(Clone, Debug, Default)]
pub struct Spec {
    /// `tablec.toml`.
    pub project: Project,
    /// The objects.
    pub catalog: Catalog,
    /// What the generated code needs to know beyond the objects, by table or view.
    pub hints: BTreeMap<Id, TableHints>,
    /// Changes of a trigger or policy that no test could notice, each with the reason.
    pub equivalent: BTreeMap<Id, Options>,
    /// Where each object is declared: the name or key that declares it.
    pub sources: BTreeMap<Id, Place>,
}

/// Reads a project from the contents of its files: `tablec.toml`, and all files in `spec/`. Paths are relative to the
/// project's folder.
///
/// What is wrong comes back beside what could be read; the spec is complete when there is no error among it.
pub fn read(files: &[SourceFile]) -> (Spec, Vec<Diagnostic>) {
    let (parsed, found): (Vec<syntax::Parsed<'_>>, Vec<_>) = files
        .par_iter()
        .filter(|file| {
            file.path
                .extension()
                .is_some_and(|extension| extension == "toml")
        })
        .map(syntax::parse)
        .unzip();
    let mut found: Vec<Diagnostic> = found.into_iter().flatten().collect();
    let project = match parsed
        .iter()
        .find(|file| file.path() == Path::new("tablec.toml"))
    {
        Some(file) => project::read(file.value(), &mut found),
        None => Project::default(),
    };
    let texts = files.iter().filter(|file| {
        file.path
            .extension()
            .is_some_and(|extension| extension == "sql")
    });
    let mut reader = reader::Reader::new(project, texts);
    reader.found = found;
    folders::read(&mut reader, &parsed);
    resolve::all(&mut reader);
    let more = checks::all(&reader);
    reader.found.extend(more);
    reader.finish()
}
