use std::collections::BTreeSet;
use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use tempfile::Builder;

use super::{Change, OutputError};
use crate::interrupt;
use crate::render::File;

/// Makes the changes in the folder `root`. Each file is replaced as a whole or not at all, and Ctrl-C waits until all are.
///
/// # Errors
/// The file system says no; other files have been changed.
pub fn write(root: &Path, changes: &[Change]) -> Result<(), OutputError> {
    let _whole = interrupt::hold();
    create_folders(root, changes)?;
    changes.par_iter().try_for_each(|change| match change {
        Change::Add(file) | Change::Replace { new: file, .. } => put(root, file),
        Change::Remove { .. } => Ok(()),
    })?;
    changes.iter().try_for_each(|change| match change {
        Change::Remove { path, .. } => remove(root, path),
        Change::Add(_) | Change::Replace { .. } => Ok(()),
    })
}

fn create_folders(root: &Path, changes: &[Change]) -> Result<(), OutputError> {
    let folders: BTreeSet<PathBuf> = changes
        .iter()
        .filter(|change| matches!(change, Change::Add(_)))
        .filter_map(|change| Some(root.join(change.path()).parent()?.to_owned()))
        .collect();
    folders.iter().try_for_each(|folder| {
        fs::create_dir_all(folder).map_err(OutputError::file("create the folder", folder))
    })
}

fn put(root: &Path, file: &File) -> Result<(), OutputError> {
    let path = root.join(&file.path);
    replace(&path, file.text.as_bytes()).map_err(OutputError::file("write", &path))
}

/// Writes a file as a whole or not at all; its folder is there.
///
/// # Errors
/// The file system says no; what was there is there still.
pub fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    // What a new file may be at most; the process's umask takes from it, as with any file.
    let mode = fs::metadata(path).map_or(Permissions::from_mode(0o666), |old| old.permissions());
    let mut temporary = Builder::new()
        .prefix(".tablec-")
        .permissions(mode)
        .tempfile_in(folder)?;
    temporary.write_all(content)?;
    temporary.persist(path)?;
    Ok(())
}

/// Removes a file, and the folders that are empty without it.
fn remove(root: &Path, path: &Path) -> Result<(), OutputError> {
    let path = root.join(path);
    fs::remove_file(&path).map_err(OutputError::file("remove", &path))?;
    for folder in path
        .ancestors()
        .skip(1)
        .take_while(|folder| *folder != root)
    {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}
