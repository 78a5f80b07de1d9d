use std::io;
use std::path::PathBuf;

/// Why generated files could not be read or written.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum OutputError {
    /// Somebody's own file is where a generated one belongs.
    #[error("{} is not a generated file, and one of that name is to be generated", .0.display())]
    #[diagnostic(help("move it to another name; a generated file says so in its first lines"))]
    NotGenerated(PathBuf),
    /// The file system said no.
    #[error("could not {what} {}: {error}", .path.display())]
    File {
        /// What was tried.
        what: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The reason.
        error: io::Error,
    },
}

impl OutputError {
    pub(super) fn file(
        what: &'static str,
        path: &std::path::Path,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self::File { what, path, error }
    }
}
