//! A project brought up to date with a catalog: files whose objects are the same stay as they are.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::write_spec;
use crate::catalog::{Catalog, Id};
use crate::diagnostics::SourceFile;
use crate::spec::{Spec, read};

/// What is to be done to the files of a project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Update {
    /// To be written: new ones, and those that say something else now.
    pub write: Vec<SourceFile>,
    /// To be removed: all that they said is gone.
    pub remove: Vec<PathBuf>,
    /// The number of files that stay.
    pub unchanged: usize,
}

/// What makes a project say a catalog. `files` are its spec, which `old` was read from.
///
/// A file that is written keeps its place and what the spec says beside the catalog (roles, examples, queries); comments
/// in TOML are lost.
pub fn update(old: &Spec, files: &[SourceFile], catalog: &Catalog) -> Update {
    let new = Spec {
        catalog: catalog.clone(),
        sources: BTreeMap::new(),
        ..old.clone()
    };
    let new_files = write_spec(&new);
    let (new, _) = read(&new_files);
    let written = Beside::new(&new_files);
    let old_ids = by_file(old);
    let new_ids = by_file(&new);
    let mut update = Update::default();
    let mut kept = BTreeSet::new();
    for (path, ids) in &new_ids {
        let home = ids
            .iter()
            .find_map(|id| old.sources.get(id))
            .map_or(*path, |place| &place.file);
        kept.insert(home);
        let same = old_ids.get(home) == Some(ids)
            && ids
                .iter()
                .all(|id| old.catalog.get(id) == new.catalog.get(id));
        if same {
            update.unchanged += 1;
        } else {
            update.write.extend(moved(&written, path, home));
        }
    }
    let gone = old_ids.keys().filter(|path| !kept.contains(*path));
    let there = Beside::new(files);
    update.remove = gone
        .flat_map(|path| there.of(path))
        .map(|file| file.path.clone())
        .collect();
    update
}

fn by_file(spec: &Spec) -> BTreeMap<&Path, BTreeSet<&Id>> {
    let mut files: BTreeMap<&Path, BTreeSet<&Id>> = BTreeMap::new();
    for (id, place) in &spec.sources {
        files.entry(&place.file).or_default().insert(id);
    }
    files
}

/// A file and the SQL that belongs to it, where the old one was.
fn moved(files: &Beside, path: &Path, home: &Path) -> Vec<SourceFile> {
    let folder = home.parent().unwrap_or(Path::new(""));
    let place = |file: &SourceFile| folder.join(file.path.file_name().unwrap_or_default());
    let files = files.of(path).iter();
    files
        .map(|file| SourceFile::new(place(file), file.text.clone()))
        .collect()
}

/// Files by what they belong to: `tasks.toml` with `tasks.sql` and `tasks.2.sql`.
struct Beside<'f>(HashMap<PathBuf, Vec<&'f SourceFile>>);

impl<'f> Beside<'f> {
    fn new(files: &'f [SourceFile]) -> Self {
        let mut all: HashMap<PathBuf, Vec<&SourceFile>> = HashMap::new();
        for file in files {
            let stem = file.path.with_extension("");
            let is_sql = file
                .path
                .extension()
                .is_some_and(|extension| extension == "sql");
            let shorter = stem.with_extension("");
            if is_sql && shorter != stem {
                all.entry(shorter).or_default().push(file);
            }
            all.entry(stem).or_default().push(file);
        }
        Self(all)
    }

    fn of(&self, path: &Path) -> &[&'f SourceFile] {
        let found = self.0.get(&path.with_extension(""));
        found.map_or(&[][..], Vec::as_slice)
    }
}
