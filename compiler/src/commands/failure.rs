use std::io;

use miette::{Diagnostic, MietteDiagnostic, Report};

/// Why a command could not do its work: exit code 2.
#[derive(Debug)]
pub enum Failure {
    /// What is wrong, not yet shown.
    Report(Report),
    /// The diagnostics have been shown.
    Shown,
    /// Standard output cannot be written to.
    Output(io::Error),
}

impl Failure {
    /// A failure in one sentence.
    pub fn new(message: impl Into<String>) -> Self {
        MietteDiagnostic::new(message).into()
    }

    /// The same, with what to do about it.
    pub fn with_help(message: impl Into<String>, help: impl Into<String>) -> Self {
        MietteDiagnostic::new(message).with_help(help).into()
    }

    /// A file or folder with which `what` could not be done.
    pub fn file(what: &str, path: &std::path::Path, error: &io::Error) -> Self {
        Self::new(format!("could not {what} {}: {error}", path.display()))
    }
}

impl<E: Diagnostic + Send + Sync + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Report(Report::new(error))
    }
}
