use std::fs;
use std::path::{Path, PathBuf};

use super::remembered;
use crate::catalog::Catalog;
use crate::migrations::checksum;

/// What a server made of a script, kept by the script's content in `.tablec/cache/` of the project: the second time nobody
/// has to be asked. Everything in it can be made again, so that no error about it is one.
pub struct Cache {
    project: Option<PathBuf>,
}

impl Cache {
    /// The cache of a project; one that keeps nothing where there is none.
    pub fn of(project: Option<&Path>) -> Self {
        Self {
            project: project.map(Path::to_owned),
        }
    }

    /// What is kept under a key.
    pub fn get(&self, key: &str) -> Option<Catalog> {
        let text = fs::read(remembered::path(self.project.as_ref()?, &name(key))).ok()?;
        serde_json::from_slice(&text).ok()
    }

    /// Keeps it.
    pub fn put(&self, key: &str, catalog: &Catalog) {
        if let (Some(project), Ok(text)) = (&self.project, serde_json::to_vec(catalog)) {
            let _ = remembered::write(project, &name(key), &text);
        }
    }
}

/// The model is part of the key: another version of this program may have another.
fn name(key: &str) -> String {
    let key = format!("{}\n{key}", env!("CARGO_PKG_VERSION"));
    format!("cache/{}.json", checksum(key.as_bytes()))
}
