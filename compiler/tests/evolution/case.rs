use std::fs;
use std::path::{Path, PathBuf};

use tablec::diagnostics::SourceFile;
use walkdir::WalkDir;

/// One folder: a change of one kind of object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Case {
    /// The kind's folder.
    pub kind: String,
    /// The case's own.
    pub what: String,
}

/// A schema as SQL, or as a spec.
pub enum Side {
    Sql(String),
    Spec(Vec<SourceFile>),
}

impl Case {
    /// All of them, or those whose path contains what `TABLEC_CASES` says.
    pub fn all() -> Vec<Self> {
        let picked = std::env::var("TABLEC_CASES").unwrap_or_default();
        let cases = folders(&root()).into_iter().flat_map(|kind| {
            let cases = folders(&root().join(&kind)).into_iter();
            cases.map(move |what| Self {
                kind: kind.clone(),
                what,
            })
        });
        let cases: Vec<_> = cases
            .filter(|case| format!("{}/{}", case.kind, case.what).contains(&picked))
            .collect();
        assert!(!cases.is_empty());
        cases
    }

    /// The schema before or after.
    pub fn side(&self, name: &str) -> Side {
        let folder = self.folder().join(name);
        match self.text(&format!("{name}.sql")) {
            Some(sql) => Side::Sql(sql),
            None => Side::Spec(spec(&folder)),
        }
    }

    /// One of the case's files, where it has it.
    pub fn text(&self, file: &str) -> Option<String> {
        fs::read_to_string(self.folder().join(file)).ok()
    }

    fn folder(&self) -> PathBuf {
        root().join(&self.kind).join(&self.what)
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/evolution")
}

fn folders(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).unwrap().map(Result::unwrap);
    let folders = entries.filter(|entry| entry.path().is_dir());
    let mut names: Vec<String> = folders
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The files of a case's folder, which stands for `spec/`.
fn spec(folder: &Path) -> Vec<SourceFile> {
    let entries = WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap);
    let files = entries
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap();
            let text = fs::read_to_string(entry.path()).unwrap();
            if path == Path::new("tablec.toml") {
                SourceFile::new(path, text)
            } else {
                SourceFile::new(Path::new("spec").join(path), text)
            }
        });
    files.collect()
}
