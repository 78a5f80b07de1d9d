//! The files of a spec.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::diagnostics::{Diagnostic, Place, SourceFile};

/// A spec file is written by people: one above this size is a mistake, and reading it would only hide which.
pub const MAX_BYTES: u64 = 8 << 20;

/// The project's folder for a folder inside it: the nearest one upwards that holds a `tablec.toml`.
pub fn project_folder(from: &Path) -> Option<PathBuf> {
    from.ancestors()
        .find(|folder| folder.join("tablec.toml").is_file())
        .map(Path::to_path_buf)
}

/// The files of a project: `tablec.toml`, and all `.toml` and `.sql` files below `spec/`, in the order of their paths.
///
/// What can't be read is told and left out. Hidden files are nobody's spec and are left out too.
pub fn load(folder: &Path) -> (Vec<SourceFile>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut files = Vec::new();
    read(folder, Path::new("tablec.toml"), &mut files, &mut found);
    let spec = folder.join("spec");
    match fs::metadata(&spec) {
        Ok(kind) if kind.is_dir() => walk(folder, &spec, &mut files, &mut found),
        Ok(_) => found.push(unreadable(
            Path::new("spec"),
            "is a file; it has to be a folder",
        )),
        Err(error) => found.push(
            io_error(Path::new("spec"), &error)
                .help("`tablec init` makes a project with one table"),
        ),
    }
    (files, found)
}

fn walk(folder: &Path, spec: &Path, files: &mut Vec<SourceFile>, found: &mut Vec<Diagnostic>) {
    let entries = WalkDir::new(spec)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| !is_hidden(entry));
    for entry in entries {
        match entry {
            Ok(entry) => visit(folder, &entry, files, found),
            Err(error) => found.push(walk_error(folder, &error)),
        }
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn visit(
    folder: &Path,
    entry: &DirEntry,
    files: &mut Vec<SourceFile>,
    found: &mut Vec<Diagnostic>,
) {
    let path = entry.path();
    let relative = path.strip_prefix(folder).unwrap_or(path);
    let is_spec = path
        .extension()
        .is_some_and(|extension| extension == "toml" || extension == "sql");
    match (entry.file_type().is_dir(), is_spec) {
        (true, true) => found.push(unreadable(
            relative,
            "is a folder; a file is expected under this name",
        )),
        (true, false) => {}
        (false, true) => read(folder, relative, files, found),
        (false, false) => found.push(
            Diagnostic::error(
                "stray-file",
                whole(relative),
                format!("{} is neither TOML nor SQL", relative.display()),
            )
            .warning()
            .help("move it out of spec/, or give it the extension .toml or .sql"),
        ),
    }
}

fn read(folder: &Path, relative: &Path, files: &mut Vec<SourceFile>, found: &mut Vec<Diagnostic>) {
    match contents(&folder.join(relative)) {
        Ok(text) => files.push(SourceFile::new(relative, text)),
        Err(Unread::Io(error)) => found.push(io_error(relative, &error)),
        Err(Unread::TooLong(bytes)) => found.push(
            unreadable(
                relative,
                &format!(
                    "has {} MB; a spec file has at most {}",
                    bytes >> 20,
                    MAX_BYTES >> 20
                ),
            )
            .help("one object, one file: is this a dump or a data file?"),
        ),
        Err(Unread::NotText(at)) => found.push(
            unreadable(
                relative,
                &format!("is not UTF-8: byte {} is no part of a character", at + 1),
            )
            .help("save it as UTF-8"),
        ),
        Err(Unread::NoFile) => found.push(unreadable(relative, "is no file")),
    }
}

enum Unread {
    Io(io::Error),
    TooLong(u64),
    NotText(usize),
    NoFile,
}

/// A device or a pipe would never end.
fn contents(path: &Path) -> Result<String, Unread> {
    let metadata = fs::metadata(path).map_err(Unread::Io)?;
    if !metadata.is_file() {
        return Err(Unread::NoFile);
    }
    if metadata.len() > MAX_BYTES {
        return Err(Unread::TooLong(metadata.len()));
    }
    let bytes = fs::read(path).map_err(Unread::Io)?;
    String::from_utf8(bytes).map_err(|error| Unread::NotText(error.utf8_error().valid_up_to()))
}

fn whole(path: &Path) -> Place {
    SourceFile::new(path, "").whole()
}

fn unreadable(path: &Path, problem: &str) -> Diagnostic {
    Diagnostic::error(
        "unreadable",
        whole(path),
        format!("{} {problem}", path.display()),
    )
}

fn io_error(path: &Path, error: &io::Error) -> Diagnostic {
    let link = path.is_symlink() && error.kind() == io::ErrorKind::NotFound;
    let problem = match error.kind() {
        _ if link => "is a link to nothing".to_owned(),
        io::ErrorKind::NotFound => "is not there".to_owned(),
        _ => format!("can't be read: {error}"),
    };
    unreadable(path, &problem)
}

fn walk_error(folder: &Path, error: &walkdir::Error) -> Diagnostic {
    let path = error.path().unwrap_or(folder);
    let relative = path.strip_prefix(folder).unwrap_or(path);
    if let Some(ancestor) = error.loop_ancestor() {
        let to = ancestor.strip_prefix(folder).unwrap_or(ancestor);
        return unreadable(
            relative,
            &format!("is a link to {}, which contains it", to.display()),
        );
    }
    let dangling = path.is_symlink() && !path.exists();
    match error.io_error() {
        _ if dangling => unreadable(relative, "is a link to nothing"),
        Some(error) => io_error(relative, error),
        None => unreadable(relative, &error.to_string()),
    }
}
