use std::path::{Path, PathBuf};

use super::super::Failure;
use super::super::git::git_text;
use crate::files::migrations::read_lock_text;
use crate::migrations::{FOLDER, FileName, LOCK_FILE, Lock, Migration, problems};
use crate::outputs::Change;

/// How far back in the history a lock is looked for.
const VERSIONS: &str = "--max-count=200";

/// Takes one migration out of the folder: the state without it, and the file that goes.
///
/// The state without it is what a lock file says that knows all other migrations and not this one: one side of a merge
/// conflict, or a version in git's history.
pub fn rebase(
    folder: &Path,
    files: &mut Vec<Migration>,
    name: &FileName,
) -> Result<(Lock, Vec<Change>), Failure> {
    let Some(index) = files.iter().position(|file| file.name == *name) else {
        return Err(Failure::new(format!("there is no migration {name}")));
    };
    let taken = files.remove(index);
    let lock = candidates(folder)?
        .into_iter()
        .filter_map(|text| Lock::parse(&text).ok())
        .find(|lock| suits(lock, files));
    let Some(lock) = lock else {
        return Err(Failure::with_help(
            format!(
                "no lock file is to be found, in the folder or in git's history, that knows all migrations but {name}"
            ),
            format!(
                "check out migrations/{LOCK_FILE} as it is on the other branch, then run this again"
            ),
        ));
    };
    let path = PathBuf::from(FOLDER).join(name.to_string());
    Ok((
        lock,
        vec![Change::Remove {
            path,
            old: taken.text,
        }],
    ))
}

fn suits(lock: &Lock, files: &[Migration]) -> bool {
    problems(files, lock).is_empty() && files.iter().all(|file| lock.lists(&file.name))
}

/// The lock files there are, the nearest first. One with a merge conflict is none of them, nor are its two sides: what git
/// could merge is in both already.
fn candidates(folder: &Path) -> Result<Vec<String>, Failure> {
    let mut found: Vec<_> = read_lock_text(folder)?.into_iter().collect();
    // Without git there is no history to look into.
    let revisions =
        git_text(folder, &["rev-list", "--all", VERSIONS, "--", LOCK_FILE]).unwrap_or_default();
    for revision in revisions.lines() {
        found.extend(git_text(folder, &["show", &format!("{revision}:./{LOCK_FILE}")]).ok());
    }
    Ok(found)
}
