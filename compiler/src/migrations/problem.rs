use std::collections::BTreeMap;

use super::{FileName, Lock, Migration};

/// What is wrong between the files of a folder of migrations and its lock.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, miette::Diagnostic)]
pub enum Problem {
    /// Two files with one number.
    #[error("{first} and {second} have the same number")]
    #[diagnostic(help(
        "two branches each added a migration. Name the one that is not released yet, it will be written anew after the other: `tablec generate --rebase {second}`"
    ))]
    SameNumber {
        /// One file.
        first: FileName,
        /// The other.
        second: FileName,
    },
    /// The text is not what it was.
    #[error("{0} has been edited since it was written")]
    #[diagnostic(help(
        "a migration that has run somewhere must stay as it is: take it back with `git checkout`. If it has not run anywhere, accept the edit: `tablec generate --accept-edits`"
    ))]
    Edited(FileName),
    /// The file is gone.
    #[error("{0} is in the lock file, but not in the folder")]
    #[diagnostic(help(
        "take it back with `git checkout`; if it has not run anywhere, it can be written anew: `tablec generate --rebase {0}`"
    ))]
    Missing(FileName),
    /// A file that the lock does not know, before one that it does.
    #[error("{0} is not in the lock file, and comes before {1}, which is")]
    #[diagnostic(help("a new migration comes last: give it a higher number"))]
    OutOfOrder(FileName, FileName),
    /// The lock's own chain does not hold.
    #[error("{0} does not follow from the migration before it in the lock file")]
    #[diagnostic(help(
        "the lock file was merged or edited by hand. Name the migration that is not released yet: `tablec generate --rebase {0}`"
    ))]
    BrokenLink(FileName),
}

impl Problem {
    /// The file it is about.
    pub fn file(&self) -> &FileName {
        match self {
            Self::SameNumber { second: name, .. }
            | Self::Edited(name)
            | Self::Missing(name)
            | Self::OutOfOrder(name, _)
            | Self::BrokenLink(name) => name,
        }
    }
}

/// All that is wrong between the files and the lock. Files after the last one that the lock knows are no problem:
/// somebody wrote them by hand.
pub fn problems(files: &[Migration], lock: &Lock) -> Vec<Problem> {
    let mut found = same_numbers(files);
    let by_name: BTreeMap<_, _> = files.iter().map(|file| (&file.name, file)).collect();
    for listed in &lock.migrations {
        match by_name.get(&listed.name) {
            None => found.push(Problem::Missing(listed.name.clone())),
            Some(file) if file.checksum() != listed.checksum => {
                found.push(Problem::Edited(listed.name.clone()));
            }
            Some(_) => {}
        }
    }
    found.extend(out_of_order(files, lock));
    found.extend(
        lock.broken_link()
            .map(|listed| Problem::BrokenLink(listed.name.clone())),
    );
    found
}

fn same_numbers(files: &[Migration]) -> Vec<Problem> {
    let mut names: Vec<_> = files.iter().map(|file| &file.name).collect();
    names.sort();
    names
        .windows(2)
        .filter(|pair| pair[0].number == pair[1].number)
        .map(|pair| Problem::SameNumber {
            first: pair[0].clone(),
            second: pair[1].clone(),
        })
        .collect()
}

fn out_of_order(files: &[Migration], lock: &Lock) -> Vec<Problem> {
    let Some(last) = lock.migrations.iter().map(|listed| &listed.name).max() else {
        return Vec::new();
    };
    files
        .iter()
        .filter(|file| file.name.number < last.number && !lock.lists(&file.name))
        .map(|file| Problem::OutOfOrder(file.name.clone(), last.clone()))
        .collect()
}
