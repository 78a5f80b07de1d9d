use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::Place;

/// A file and its contents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceFile {
    /// Relative to the project's folder.
    pub path: PathBuf,
    /// All of it.
    pub text: String,
}

/// The files that diagnostics point into.
#[derive(Clone, Debug, Default)]
pub struct Sources<'a>(BTreeMap<&'a Path, &'a str>);

/// A position for people: both numbers start at 1, columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl SourceFile {
    /// A file with that text.
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
        }
    }

    /// A range of bytes in it.
    pub fn place(&self, range: Range<usize>) -> Place {
        Place {
            file: self.path.clone(),
            range,
        }
    }

    /// The file as a whole.
    pub fn whole(&self) -> Place {
        self.place(0..0)
    }
}

impl<'a> Sources<'a> {
    /// Over these files.
    pub fn new(files: &'a [SourceFile]) -> Self {
        let pairs = files.iter().map(|f| (f.path.as_path(), f.text.as_str()));
        Self(pairs.collect())
    }

    /// The text of a file; empty when it could not be read.
    pub fn text(&self, file: &Path) -> &'a str {
        self.0.get(file).copied().unwrap_or_default()
    }

    /// Where a byte of a file stands.
    pub fn position(&self, file: &Path, offset: usize) -> Position {
        let text = self.text(file);
        let before = &text[..text.floor_char_boundary(offset)];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Position {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}
