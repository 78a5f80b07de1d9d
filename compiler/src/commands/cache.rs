use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::catalog::Catalog;
use crate::migrations::checksum;

/// What a server made of a script, kept by the script's content in `.tablec/cache/` of the project: the second time nobody
/// has to be asked. Everything in it can be made again, so that no error about it is one.
pub struct Cache {
    folder: Option<PathBuf>,
}

impl Cache {
    /// The cache of a project; one that keeps nothing where there is none.
    pub fn of(project: Option<&Path>) -> Self {
        Self {
            folder: project.map(|project| project.join(".tablec/cache")),
        }
    }

    /// What is kept under a key.
    pub fn get(&self, key: &str) -> Option<Catalog> {
        let text = fs::read(self.path(key)?).ok()?;
        serde_json::from_slice(&text).ok()
    }

    /// Keeps it.
    pub fn put(&self, key: &str, catalog: &Catalog) {
        if let Some(path) = self.path(key) {
            let _ = serde_json::to_vec(catalog).map(|text| write(&path, &text));
        }
    }

    /// The model is part of the key: another version of this program may have another.
    fn path(&self, key: &str) -> Option<PathBuf> {
        let key = format!("{}\n{key}", env!("CARGO_PKG_VERSION"));
        Some(
            self.folder
                .as_ref()?
                .join(format!("{}.json", checksum(key.as_bytes()))),
        )
    }
}

/// Replaces a file in `.tablec/cache/`.
pub fn write(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    // Nothing in here is for git.
    fs::write(folder.join("../.gitignore"), "*\n")?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(content)?;
    file.persist(path)?;
    Ok(())
}

/// This program: another one may make something else of the same.
pub fn program() -> Option<String> {
    let file = fs::metadata(std::env::current_exe().ok()?).ok()?;
    let modified = file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!(
        "{} {} {}",
        env!("CARGO_PKG_VERSION"),
        file.len(),
        modified.as_nanos()
    ))
}
