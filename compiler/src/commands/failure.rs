use std::io;

use miette::{Diagnostic, MietteDiagnostic, Report, SourceSpan};

use crate::templates::TemplateError;

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

/// A template that can't be used, with the line that says why.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[error("{message}")]
#[diagnostic(
    code(template),
    help("`tablec templates dump {name}` shows the built-in one")
)]
struct BadTemplate {
    name: String,
    message: String,
    #[source_code]
    excerpt: String,
    #[label("here")]
    line: SourceSpan,
}

impl From<TemplateError> for Failure {
    fn from(error: TemplateError) -> Self {
        Self::Report(Report::new(BadTemplate {
            message: error.to_string(),
            line: (0..error.excerpt.len()).into(),
            name: error.template,
            excerpt: error.excerpt,
        }))
    }
}

impl<E: Diagnostic + Send + Sync + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Report(Report::new(error))
    }
}
