use std::path::{Path, PathBuf};
use std::{fmt, fs};

use tablec::diagnostics::SourceFile;
use walkdir::WalkDir;

use super::needs::Need;

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
            .filter(|case| case.to_string().contains(&picked))
            .collect();
        assert!(!cases.is_empty());
        cases
    }

    /// The schema before or after, for servers of that major version.
    pub fn side(&self, name: &str, major: u32) -> Side {
        let folder = self.folder().join(name);
        match self.text(&format!("{name}.sql")) {
            Some(sql) => Side::Sql(sql),
            None => Side::Spec(spec(&folder, major)),
        }
    }

    /// What it needs of its server.
    pub fn needs(&self) -> Vec<Need> {
        self.text("needs")
            .as_deref()
            .map_or_else(Vec::new, Need::read)
    }

    /// One of the case's files, where it has it.
    pub fn text(&self, file: &str) -> Option<String> {
        fs::read_to_string(self.folder().join(file)).ok()
    }

    fn folder(&self) -> PathBuf {
        root().join(&self.kind).join(&self.what)
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind, self.what)
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

/// The files of a case's folder, which stands for `spec/`, and `tablec.toml`.
fn spec(folder: &Path, major: u32) -> Vec<SourceFile> {
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter();
    let files = entries.map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    let files = files.map(|entry| {
        let path = entry.path().strip_prefix(folder).unwrap();
        let text = fs::read_to_string(entry.path()).unwrap();
        SourceFile::new(Path::new("spec").join(path), text)
    });
    let project = format!("name = \"case\"\npostgresql = {major}\n");
    let project = SourceFile::new("tablec.toml", project);
    std::iter::once(project).chain(files).collect()
}
