//! From text to TOML values, with every syntax error.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use super::value::Value;
use crate::diagnostics::{Diagnostic, SourceFile};

/// A file's contents as TOML.
#[derive(Debug)]
pub struct Parsed<'t> {
    file: &'t SourceFile,
    root: Spanned<DeValue<'t>>,
    /// Whether it is TOML throughout.
    pub sound: bool,
}

impl<'t> Parsed<'t> {
    /// The file's path.
    pub fn path(&self) -> &'t Path {
        &self.file.path
    }

    /// All of it, as a table.
    pub fn value<'p>(&'p self) -> Value<'p>
    where
        't: 'p,
    {
        Value::new(self.file, &self.root)
    }
}

/// Parses a file; what could be read in spite of errors is kept, and the errors stand beside it.
pub fn parse(file: &SourceFile) -> (Parsed<'_>, Vec<Diagnostic>) {
    let (table, errors) = DeTable::parse_recoverable(&file.text);
    let sound = errors.is_empty();
    let found = errors.first().map(|first| independent(file, first));
    // An error about the file as a whole points at its start.
    let root = Spanned::new(0..0, DeValue::Table(table.into_inner()));
    (Parsed { file, root, sound }, found.unwrap_or_default())
}

/// The errors that do not follow from each other. The parser goes on after an error, but what it sees then is mostly the
/// same error again; so each section is parsed on its own, and goes on after the line of an error.
fn independent(file: &SourceFile, first: &Error) -> Vec<Diagnostic> {
    let text = &file.text;
    if text.contains("\"\"\"") || text.contains("'''") {
        // A line of a long text may look like the start of a section.
        return vec![diagnostic(file, first, 0)];
    }
    let mut found = Vec::new();
    for (start, section) in sections(text) {
        let mut at = 0;
        while let Some(error) = section.get(at..).and_then(first_error) {
            found.push(diagnostic(file, &error, start + at));
            let end = at + error.span().map_or(0, |span| span.start);
            let line = section[end..]
                .find('\n')
                .map_or(section.len(), |newline| end + newline + 1);
            at = line.max(at + 1);
        }
    }
    if found.is_empty() {
        // A key or section that is there twice is seen only over the whole file.
        found.push(diagnostic(file, first, 0));
    }
    found
}

fn first_error(text: &str) -> Option<Error> {
    let (_, errors) = DeTable::parse_recoverable(text);
    errors
        .into_iter()
        .min_by_key(|error| error.span().map_or(0, |span| span.start))
}

/// The text cut before each line that starts a section, with where each part starts.
fn sections(text: &str) -> Vec<(usize, &str)> {
    let mut starts = vec![0];
    starts.extend(text.match_indices("\n[").map(|(at, _)| at + 1));
    starts.dedup();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| (*start, &text[*start..end]))
        .collect()
}

fn diagnostic(file: &SourceFile, error: &Error, shift: usize) -> Diagnostic {
    let span = error.span().unwrap_or(0..0);
    // At the end of a section, the end of its last line says more than the start of the next one.
    let end = shift + span.end;
    let start = match file.text.get(..shift + span.start) {
        Some(before) if span.is_empty() && before.ends_with('\n') => before.trim_end().len(),
        _ => shift + span.start,
    };
    Diagnostic::error(
        "toml-syntax",
        file.place(start..end.max(start)),
        error.message(),
    )
}
