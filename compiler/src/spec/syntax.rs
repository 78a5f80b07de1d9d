//! From text to TOML values, with every syntax error.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

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

/// Parses a file; what could be read in spite of errors is kept.
pub fn parse<'t>(file: &'t SourceFile, found: &mut Vec<Diagnostic>) -> Parsed<'t> {
    let (table, errors) = DeTable::parse_recoverable(&file.text);
    let sound = errors.is_empty();
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        found.push(Diagnostic::error(
            "toml-syntax",
            file.place(range),
            error.message(),
        ));
    }
    // An error about the file as a whole points at its start.
    let root = Spanned::new(0..0, DeValue::Table(table.into_inner()));
    Parsed { file, root, sound }
}
