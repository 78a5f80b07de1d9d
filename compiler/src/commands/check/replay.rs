use std::path::Path;

use super::super::diff::{Comparison, Scope, Source};
use super::super::{Failure, Global, Output, Project};
use crate::diagnostics::{Diagnostic, Place};
use crate::migrations::FOLDER;

/// Whether the migrations build what the spec says: they are run on an empty database, and what they made is compared.
///
/// Where `found` says already that a migration is missing, this would only say it again.
pub fn findings(
    project: &Project,
    found: &[Diagnostic],
    global: &Global,
    output: &mut Output,
) -> Result<Vec<Diagnostic>, Failure> {
    let folder = Path::new(FOLDER);
    if found
        .iter()
        .any(|diagnostic| diagnostic.place.file.starts_with(folder))
        || !project.migrations().is_dir()
    {
        return Ok(Vec::new());
    }
    let comparison = Comparison::of(
        &Source::Migrations,
        &Source::Spec,
        &Scope::default(),
        global,
        output,
    )?;
    let differences = comparison.plan.steps.iter().map(|step| {
        let place = project.spec.sources.get(&step.change.id).cloned();
        let place = place.unwrap_or_else(|| Place {
            file: folder.to_owned(),
            range: 0..0,
        });
        Diagnostic::error(
            "replay",
            place,
            format!(
                "the migrations do not build this as the spec says: {}",
                step.change.id
            ),
        )
        .help(format!("what they lack: {}", step.sql))
    });
    Ok(differences.collect())
}
