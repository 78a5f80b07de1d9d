use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::{Change, HEAD, OutputError, is_marked};
use crate::render::{File, Keep};

/// What differs between the files that ought to be in the folder `root` and those that are there, in order of their paths.
/// `owned` are the folders in which a generated file that is not among `files` is one that nothing makes any more.
///
/// # Errors
/// A file that somebody wrote stands where a generated one belongs, or the file system says no.
pub fn compare(
    root: &Path,
    files: Vec<File>,
    owned: &[PathBuf],
) -> Result<Vec<Change>, OutputError> {
    let expected: BTreeSet<PathBuf> = files.iter().map(|file| file.path.clone()).collect();
    let mut changes: Vec<Change> = files
        .into_par_iter()
        .filter_map(|file| change(root, file).transpose())
        .collect::<Result<_, _>>()?;
    for folder in owned {
        changes.extend(stale(root, folder, &expected)?);
    }
    changes.sort_by(|a, b| a.path().cmp(b.path()));
    Ok(changes)
}

fn change(root: &Path, file: File) -> Result<Option<Change>, OutputError> {
    let path = root.join(&file.path);
    let old = match fs::read(&path) {
        Ok(old) => old,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(Some(Change::Add(file)));
        }
        Err(error) => return Err(OutputError::file("read", &path)(error)),
    };
    if file.keep == Keep::Authors || old == file.text.as_bytes() {
        return Ok(None);
    }
    if !is_marked(&old) {
        return Err(OutputError::NotGenerated(file.path));
    }
    let old = String::from_utf8_lossy(&old).into_owned();
    Ok(Some(Change::Replace { new: file, old }))
}

/// The generated files in a folder that are not expected there.
fn stale(
    root: &Path,
    folder: &Path,
    expected: &BTreeSet<PathBuf>,
) -> Result<Vec<Change>, OutputError> {
    let start = root.join(folder);
    if !start.exists() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in WalkDir::new(&start)
        .into_iter()
        .filter_entry(|entry| !is_foreign(entry))
    {
        let entry = entry.map_err(|error| OutputError::file("read", &start)(error.into()))?;
        let Ok(path) = entry.path().strip_prefix(root) else {
            continue;
        };
        if entry.file_type().is_file() && !expected.contains(path) && starts_marked(entry.path())? {
            let old = fs::read(entry.path()).map_err(OutputError::file("read", entry.path()))?;
            let old = String::from_utf8_lossy(&old).into_owned();
            found.push(Change::Remove {
                path: path.to_owned(),
                old,
            });
        }
    }
    Ok(found)
}

/// Folders in which nothing is generated: hidden ones, and caches such as cargo's `target`
/// (which carry the tag of <https://bford.info/cachedir/>).
pub(super) fn is_foreign(entry: &DirEntry) -> bool {
    let hidden = entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
    entry.file_type().is_dir() && (hidden || entry.path().join("CACHEDIR.TAG").exists())
}

fn starts_marked(path: &Path) -> Result<bool, OutputError> {
    let mut head = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(HEAD as u64).read_to_end(&mut head))
        .map_err(OutputError::file("read", path))?;
    Ok(is_marked(&head))
}
