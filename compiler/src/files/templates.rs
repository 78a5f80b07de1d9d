//! A project's own templates.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use walkdir::WalkDir;

/// The templates in a folder, by name: the path below it, with `/`. None where there is no folder.
pub fn read_templates(folder: &Path) -> io::Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    if !folder.is_dir() {
        return Ok(found);
    }
    for entry in WalkDir::new(folder).min_depth(1) {
        let entry = entry?;
        let name = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let name = name.to_string_lossy().replace('\\', "/");
        if entry.file_type().is_file() && !name.starts_with('.') && name != "README.md" {
            let text = fs::read_to_string(entry.path()).map_err(|error| {
                io::Error::new(error.kind(), format!("{}: {error}", entry.path().display()))
            })?;
            found.insert(name, text);
        }
    }
    Ok(found)
}
