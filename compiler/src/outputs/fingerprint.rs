use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use super::compare::is_foreign;
use crate::migrations::checksum;

/// A file's content, as SHA-256.
pub type Digested = [u8; 32];

/// The digest of a file's content.
pub fn digest(content: impl AsRef<[u8]>) -> Digested {
    Sha256::digest(content).into()
}

/// What these parts of the folder `root` hold, in one checksum: every file's path and content, and `seed`. A part that is
/// not there is empty; in `owned` folders, other programs' caches are left out.
///
/// `known` is what a file was found to hold, or was given, a moment ago: who changes it in between changes nothing here.
/// `None` where one of these is missing, a part can't be read, or a link is in it, which may lead anywhere.
pub fn fingerprint(
    root: &Path,
    parts: &[PathBuf],
    owned: &[PathBuf],
    known: &BTreeMap<PathBuf, Digested>,
    seed: &str,
) -> Option<String> {
    let mut paths = Vec::new();
    for part in parts {
        paths.extend(files(root, part, owned.contains(part))?);
    }
    paths.sort_unstable();
    if !known.keys().all(|path| paths.binary_search(path).is_ok()) {
        return None;
    }
    let digests: Vec<_> = paths
        .par_iter()
        .map(|path| match known.get(path) {
            Some(digested) => Some(*digested),
            None => fs::read(root.join(path)).ok().map(digest),
        })
        .collect();
    let mut whole = seed.as_bytes().to_vec();
    for (path, digest) in paths.iter().zip(digests) {
        whole.push(0);
        whole.extend(path.as_os_str().as_encoded_bytes());
        whole.push(0);
        whole.extend(digest?);
    }
    Some(checksum(&whole))
}

/// The files of one part, relative to `root`.
fn files(root: &Path, part: &Path, owned: bool) -> Option<Vec<PathBuf>> {
    let start = root.join(part);
    if !start.exists() {
        return Some(Vec::new());
    }
    let entries = WalkDir::new(start)
        .into_iter()
        .filter_entry(|entry| !(owned && is_foreign(entry)));
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry.ok()?;
        if entry.path_is_symlink() {
            return None;
        }
        if entry.file_type().is_file() {
            found.push(entry.path().strip_prefix(root).ok()?.to_owned());
        }
    }
    Some(found)
}
