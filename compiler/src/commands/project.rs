use std::path::PathBuf;

use super::{Failure, Global, Output};
use crate::diagnostics::{Severity, SourceFile};
use crate::files::{self, templates::read_templates};
use crate::spec::{self, Spec};
use crate::templates::Templates;

/// A project whose spec has no errors.
pub struct Project {
    /// The folder of `tablec.toml`.
    pub dir: PathBuf,
    /// What the spec says.
    pub spec: Spec,
    /// Its templates.
    pub templates: Templates,
    /// The files that say so.
    pub sources: Vec<SourceFile>,
    /// Whether nothing at all was to be said of them, not even a warning.
    pub is_clean: bool,
}

impl Project {
    /// Reads the project that the options name, and shows what is wrong with it.
    pub fn load(global: &Global, output: &mut Output) -> Result<Self, Failure> {
        let dir = global.project_dir()?;
        let (sources, mut found) = files::load(&dir);
        let spec = checked(&sources, &mut found, output)?;
        let templates = own_templates(&dir, &spec)?;
        Ok(Self {
            dir,
            spec,
            templates,
            sources,
            is_clean: found.is_empty(),
        })
    }

    /// The folder of the migrations.
    pub fn migrations(&self) -> PathBuf {
        self.dir.join(crate::migrations::FOLDER)
    }
}

/// The spec that these files are, once all that is wrong with it has been shown and no error is among it.
pub fn checked(
    sources: &[SourceFile],
    found: &mut Vec<crate::diagnostics::Diagnostic>,
    output: &mut Output,
) -> Result<Spec, Failure> {
    let (spec, more) = spec::read(sources);
    found.extend(more);
    let failed = found
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error);
    output.diagnostics(found, sources);
    if failed {
        Err(Failure::Shown)
    } else {
        Ok(spec)
    }
}

fn own_templates(dir: &std::path::Path, spec: &Spec) -> Result<Templates, Failure> {
    let folder = dir.join(&spec.project.templates);
    let own = read_templates(&folder).map_err(|error| Failure::file("read", &folder, &error))?;
    let templates = Templates::with_own(&spec.project.default_schema, own);
    match templates.check().into_iter().next() {
        Some(error) => Err(error.into()),
        None => Ok(templates),
    }
}
