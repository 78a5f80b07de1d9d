//! The folder of the migrations.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::migrations::{LOCK_FILE, Lock, LockError, Migration};

/// Why the folder of the migrations can't be read.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum MigrationsError {
    /// The file system said no.
    #[error("could not read {}: {error}", .path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// The reason.
        error: io::Error,
    },
    /// A file that ends in `.sql` is not named like a migration.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Name(#[from] crate::migrations::BadFileName),
    /// The lock file.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Lock(#[from] LockError),
}

/// The migrations in a folder, in the order of their names; none where there is no folder.
pub fn read_migrations(folder: &Path) -> Result<Vec<Migration>, MigrationsError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| MigrationsError::File { path, error }
    };
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failed(folder))?,
    };
    let mut migrations = Vec::new();
    for entry in entries {
        let path = entry.map_err(failed(folder))?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.extension().is_some_and(|extension| extension == "sql") && !name.starts_with('.') {
            let text = fs::read_to_string(&path).map_err(failed(&path))?;
            migrations.push(Migration {
                name: name.parse()?,
                text,
            });
        }
    }
    migrations.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(migrations)
}

/// The lock file in a folder of migrations, as text; `None` where there is none.
pub fn read_lock_text(folder: &Path) -> Result<Option<String>, MigrationsError> {
    let path = folder.join(LOCK_FILE);
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(MigrationsError::File { path, error }),
    }
}

/// The lock in a folder of migrations; an empty one where there is none.
pub fn read_lock(folder: &Path) -> Result<Lock, MigrationsError> {
    match read_lock_text(folder)? {
        Some(text) => Ok(Lock::parse(&text)?),
        None => Ok(Lock::default()),
    }
}
