use std::path::Path;

use super::super::generate;
use super::super::{Failure, Project};
use crate::diagnostics::{Diagnostic, Place};
use crate::migrations::{FOLDER, Problem};
use crate::outputs::Change;

/// Generated files that are not as `generate` would write them, and migrations that are not as they were written.
pub fn findings(project: &Project) -> Result<Vec<Diagnostic>, Failure> {
    let problems = generate::problems(project)?;
    if !problems.is_empty() {
        return Ok(problems.iter().map(migration).collect());
    }
    Ok(generate::stale(project)?.iter().map(stale).collect())
}

fn migration(problem: &Problem) -> Diagnostic {
    let file = Path::new(FOLDER).join(problem.file().to_string());
    let diagnostic = Diagnostic::error(
        "migration",
        Place { file, range: 0..0 },
        problem.to_string(),
    );
    match miette::Diagnostic::help(problem) {
        Some(help) => diagnostic.help(help.to_string()),
        None => diagnostic,
    }
}

fn stale(change: &Change) -> Diagnostic {
    let (message, range) = match change {
        Change::Add(_) => ("is to be generated, and is not there", 0..0),
        Change::Remove { .. } => ("was generated, and nothing makes it any more", 0..0),
        Change::Replace { new, old } => (
            "is not as it would be generated",
            first_difference(old, &new.text),
        ),
    };
    let place = Place {
        file: change.path().to_owned(),
        range,
    };
    Diagnostic::error(
        "stale",
        place,
        format!("{} {message}", change.path().display()),
    )
    .help("run `tablec generate`; `tablec generate --check` shows what is different")
}

/// The first line of `old` that is another one in `new`.
fn first_difference(old: &str, new: &str) -> std::ops::Range<usize> {
    let mut start = 0;
    let mut wanted = new.split_inclusive('\n');
    for line in old.split_inclusive('\n') {
        if wanted.next() != Some(line) {
            return start..start + line.trim_end().len();
        }
        start += line.len();
    }
    start..start
}
