use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::diagnostics::{Diagnostic, Place};
use crate::render::rust::Context;
use crate::render::rust::context::Table;

/// The folders with a file for each table.
const FOLDERS: [&str; 4] = ["rows", "ports", "repositories", "factories"];

/// Whether each table has one row type, port, repository and factory, and each of these a table.
///
/// `files` are the Rust files below `out`, by path relative to the project's folder; templates of a project's own can make
/// something else than the built-in ones do, and somebody can put a file there by hand.
pub fn parity(context: &Context, out: &Path, files: &BTreeMap<PathBuf, String>) -> Vec<Diagnostic> {
    let src = out.join("src");
    let mut found = Vec::new();
    let mut expected: BTreeSet<_> = FOLDERS
        .iter()
        .map(|folder| src.join(folder).join("mod.rs"))
        .collect();
    for table in &context.tables {
        for folder in FOLDERS {
            let path = src.join(folder).join(format!("{}.rs", table.file));
            found.extend(lacks(table, folder, &path, files.get(&path)));
            expected.insert(path);
        }
    }
    let per_table = |path: &&PathBuf| {
        FOLDERS
            .iter()
            .any(|folder| path.starts_with(src.join(folder)))
    };
    let orphans = files
        .keys()
        .filter(per_table)
        .filter(|path| !expected.contains(*path));
    found.extend(orphans.map(|path| orphan(path)));
    found
}

fn lacks(table: &Table, folder: &str, path: &Path, text: Option<&String>) -> Option<Diagnostic> {
    let Some(text) = text else {
        let message = format!("the table {} has no {}", table.label, path.display());
        return Some(finding(table.source.as_ref(), message).help("run `tablec generate`"));
    };
    let declared = declarations(table, folder);
    let missing = !declared
        .iter()
        .any(|declaration| declares(text, declaration));
    missing.then(|| {
        let message = format!(
            "the table {} has no `{}` here",
            table.label,
            declared.join("` or `")
        );
        finding(path, message)
            .help("a template of your own lacks it: compare it with `tablec templates dump`")
    })
}

/// About a file as a whole.
fn finding(file: &Path, message: String) -> Diagnostic {
    let place = Place {
        file: file.to_owned(),
        range: 0..0,
    };
    Diagnostic::error("parity", place, message)
}

/// What a table's file in that folder declares, at least one of it.
fn declarations(table: &Table, folder: &str) -> Vec<String> {
    let names = &table.names;
    match folder {
        "rows" => vec![format!("struct {}", names.row)],
        "ports" => vec![
            format!("trait {}", names.port),
            format!("trait {}", names.async_port),
        ],
        "repositories" => vec![format!("struct {}", names.repository)],
        _ => vec![format!("struct {}", names.factory)],
    }
}

/// Whether the text has the declaration as whole words.
fn declares(text: &str, declaration: &str) -> bool {
    let ends = |after: &str| !after.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    text.match_indices(declaration)
        .any(|(at, _)| text.get(at + declaration.len()..).is_some_and(ends))
}

fn orphan(path: &Path) -> Diagnostic {
    let message = format!("no table of the spec belongs to {}", path.display());
    finding(path, message).help(
        "move it out of the folders with a file for each table, or say the table in spec/tables/",
    )
}
