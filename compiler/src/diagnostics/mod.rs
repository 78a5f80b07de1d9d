//! What is wrong with the input, as values: all of it in one run.

mod render;
mod source;

pub use render::{render_human, summary, to_json};
pub use source::{Position, SourceFile, Sources};

use std::ops::Range;
use std::path::PathBuf;

use serde::Serialize;

/// One finding, with the place that caused it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// A stable name for the kind of finding, e.g. `unknown-key`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What the excerpt's underline says; empty for nothing.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// What to write instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Other places that matter, e.g. where a duplicate was first declared.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<(Place, String)>,
}

/// A range of bytes in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file, relative to the project's folder.
    pub file: PathBuf,
    /// The bytes; empty at 0 when the file as a whole is meant.
    pub range: Range<usize>,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Nothing can be made of this input.
    Error,
    /// It works, and is probably not what was meant.
    Warning,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            place,
            label: String::new(),
            help: None,
            related: Vec::new(),
        }
    }

    /// The same, with what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, with a text at the underline.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The same, pointing at another place too.
    #[must_use]
    pub fn related(mut self, place: Place, text: impl Into<String>) -> Self {
        self.related.push((place, text.into()));
        self
    }

    /// The same as a warning.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }
}

impl Place {
    /// Whether the file as a whole is meant.
    pub fn is_whole(&self) -> bool {
        self.range == (0..0)
    }
}
