//! What `generate` left in order, known again by its content: while all that it reads and writes is the same, byte for
//! byte, there is nothing to work out.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::super::PROJECT_FILE;
use super::super::remembered::{self, program};
use super::super::{Project, test::SUITES};
use crate::migrations::FOLDER;
use crate::outputs::{Digested, digest, fingerprint};
use crate::render::{File, Keep};

const FILE: &str = "generated.json";

/// A state of a project from which nothing is to be done.
#[derive(Serialize, Deserialize)]
pub struct Settled {
    parts: Vec<PathBuf>,
    owned: Vec<PathBuf>,
    fingerprint: String,
    /// How many files are generated.
    pub files: usize,
}

/// The state that the project in this folder is in, if it is one that needs nothing.
pub fn settled(dir: &Path) -> Option<Settled> {
    let text = fs::read(remembered::path(dir, FILE)).ok()?;
    let known: Settled = serde_json::from_slice(&text).ok()?;
    let now = fingerprint(
        dir,
        &known.parts,
        &known.owned,
        &BTreeMap::new(),
        &program()?,
    )?;
    (now == known.fingerprint).then_some(known)
}

/// A state of a project that may turn out to need nothing: what was read, and what is to be written.
pub struct Reached {
    /// How many files are generated anew each time.
    pub files: usize,
    known: BTreeMap<PathBuf, Digested>,
}

impl Reached {
    /// The state in which these files of the project are as they ought to be.
    pub fn new(project: &Project, files: &[File]) -> Self {
        let generated: Vec<_> = files
            .iter()
            .filter(|file| file.keep == Keep::Generated)
            .map(|file| (&file.path, &file.text))
            .collect();
        let sources = project
            .sources
            .par_iter()
            .map(|source| (&source.path, &source.text));
        Self {
            files: generated.len(),
            known: sources
                .chain(generated)
                .map(|(path, text)| (path.clone(), digest(text)))
                .collect(),
        }
    }

    /// Remembers it. It can always be worked out again, so that failing to is no error.
    pub fn keep(self, project: &Project) {
        if let Some(Ok(state)) = self.state(project).map(|state| serde_json::to_vec(&state)) {
            let _ = remembered::write(&project.dir, FILE, &state);
        }
    }

    fn state(self, project: &Project) -> Option<Settled> {
        let settings = &project.spec.project;
        let owned = super::owned(project);
        let parts: Vec<PathBuf> = [PROJECT_FILE, "spec", &settings.templates, FOLDER, SUITES]
            .into_iter()
            .map(PathBuf::from)
            .chain(owned.clone())
            .collect();
        let fingerprint = fingerprint(&project.dir, &parts, &owned, &self.known, &program()?)?;
        Some(Settled {
            parts,
            owned,
            fingerprint,
            files: self.files,
        })
    }
}
