use std::error::Error as _;
use std::ops::Range;

use serde::Serialize;

/// What is wrong with a template, or with what it was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{template}:{line}: {message}")]
pub struct TemplateError {
    /// The template's name; that of the included one where the cause is there.
    pub template: String,
    /// The line, from 1.
    pub line: usize,
    /// The bytes of the template; empty at the line's start where only the line is known.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// The line's text.
    pub excerpt: String,
}

impl TemplateError {
    /// From the engine's error, or rather the innermost one that knows its place.
    pub(super) fn new<'a>(
        rendered: &str,
        error: &minijinja::Error,
        source: impl Fn(&str) -> Option<&'a str>,
    ) -> Self {
        let cause = innermost(error);
        let template = cause.name().unwrap_or(rendered).to_owned();
        let text = source(&template).unwrap_or_default();
        let line = cause.line().unwrap_or(1);
        let start: usize = text
            .split_inclusive('\n')
            .take(line - 1)
            .map(str::len)
            .sum();
        let range = cause
            .range()
            .filter(|range| text.get(range.clone()).is_some());
        Self {
            excerpt: text.lines().nth(line - 1).unwrap_or_default().to_owned(),
            range: range.unwrap_or(start..start),
            message: message(cause),
            template,
            line,
        }
    }
}

fn innermost(error: &minijinja::Error) -> &minijinja::Error {
    let mut cause = error;
    while let Some(inner) = cause
        .source()
        .and_then(|source| source.downcast_ref::<minijinja::Error>())
        && inner.line().is_some()
    {
        cause = inner;
    }
    cause
}

fn message(error: &minijinja::Error) -> String {
    use minijinja::ErrorKind;
    match (error.kind(), error.detail()) {
        (
            ErrorKind::InvalidOperation | ErrorKind::TemplateNotFound | ErrorKind::UndefinedError,
            Some(detail),
        ) => detail.to_owned(),
        (kind, Some(detail)) => format!("{kind}: {detail}"),
        (kind, None) => kind.to_string(),
    }
}
