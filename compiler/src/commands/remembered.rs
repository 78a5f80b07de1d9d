//! What commands remember in a project, in `.tablec/`: all of it can be worked out again, and none of it is for git.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use std::{fs, io};

use crate::outputs::replace;

const FOLDER: &str = ".tablec";

/// Where something is remembered.
pub fn path(project: &Path, name: &str) -> PathBuf {
    project.join(FOLDER).join(name)
}

/// Remembers it: a file that is written as a whole or not at all.
///
/// # Errors
/// The file system says no.
pub fn write(project: &Path, name: &str, content: &[u8]) -> io::Result<()> {
    let path = path(project, name);
    fs::create_dir_all(path.parent().unwrap_or(project))?;
    let ignored = project.join(FOLDER).join(".gitignore");
    if !ignored.exists() {
        replace(&ignored, b"*\n")?;
    }
    replace(&path, content)
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
