//! From a spec to files, as text: nothing here opens one.

use std::path::PathBuf;

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path, relative to the project's folder.
    pub path: PathBuf,
    /// The whole content.
    pub text: String,
}

impl File {
    /// A file with that content.
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
        }
    }
}
