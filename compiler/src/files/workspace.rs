//! The Cargo workspace that a project is part of.

use std::path::{Path, PathBuf};
use std::{fs, io};

use globset::{Glob, GlobSet, GlobSetBuilder};
use toml_edit::{Document, Item};
use walkdir::WalkDir;

use crate::checks::Manifest;

/// The manifests of a workspace.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    /// The one with `[workspace]`.
    pub root: Option<Manifest>,
    /// Those with `[package]`, in the order of their paths.
    pub packages: Vec<Manifest>,
}

/// How many folders below the workspace's own a package is looked for.
const DEEPEST: usize = 8;

/// Finds the workspace around a project's folder: the nearest `Cargo.toml` upwards that has `[workspace]`, and its members.
/// There is none where there is no such file; then the project's own `Cargo.toml`, if any, stands alone.
pub fn read_workspace(project: &Path) -> io::Result<Workspace> {
    let project = &project.canonicalize()?;
    for folder in project.ancestors() {
        let Some(manifest) = read(&folder.join("Cargo.toml"))? else {
            continue;
        };
        let Ok(document) = Document::parse(manifest.text.as_str()) else {
            continue;
        };
        if let Some(workspace) = document.get("workspace") {
            let packages = members(folder, workspace)?;
            return Ok(Workspace {
                root: Some(named(project, manifest)),
                packages: relative(project, packages),
            });
        }
    }
    let alone = read(&project.join("Cargo.toml"))?.into_iter().collect();
    Ok(Workspace {
        root: None,
        packages: relative(project, alone),
    })
}

fn members(folder: &Path, workspace: &Item) -> io::Result<Vec<Manifest>> {
    let (include, exclude) = (
        globs(workspace.get("members")),
        globs(workspace.get("exclude")),
    );
    let mut found: Vec<Manifest> = read(&folder.join("Cargo.toml"))?.into_iter().collect();
    let visible = |entry: &walkdir::DirEntry| {
        let hidden = entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
        !(hidden || entry.path().join("CACHEDIR.TAG").exists())
    };
    let walk = WalkDir::new(folder)
        .min_depth(1)
        .max_depth(DEEPEST)
        .sort_by_file_name()
        .into_iter();
    for entry in walk.filter_entry(visible) {
        let entry = entry?;
        let Ok(path) = entry.path().strip_prefix(folder) else {
            continue;
        };
        if entry.file_type().is_dir() && include.is_match(path) && !exclude.is_match(path) {
            found.extend(read(&entry.path().join("Cargo.toml"))?);
        }
    }
    Ok(found)
}

/// Patterns as Cargo reads them; one that is wrong is Cargo's to report.
fn globs(list: Option<&Item>) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in list
        .and_then(Item::as_array)
        .into_iter()
        .flatten()
        .filter_map(|value| value.as_str())
    {
        if let Ok(glob) = Glob::new(pattern.trim_end_matches('/')) {
            set.add(glob);
        }
    }
    set.build().unwrap_or_default()
}

fn read(path: &Path) -> io::Result<Option<Manifest>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(Manifest {
            path: path.to_owned(),
            text,
        })),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(io::Error::new(
            error.kind(),
            format!("{}: {error}", path.display()),
        )),
    }
}

fn relative(project: &Path, manifests: Vec<Manifest>) -> Vec<Manifest> {
    manifests
        .into_iter()
        .map(|manifest| named(project, manifest))
        .collect()
}

/// The path as seen from the project's folder: `../web/Cargo.toml`.
fn named(project: &Path, manifest: Manifest) -> Manifest {
    let shared = project
        .ancestors()
        .find(|folder| manifest.path.starts_with(folder))
        .unwrap_or(project);
    let ups = project.components().count() - shared.components().count();
    let rest = manifest.path.strip_prefix(shared).unwrap_or(&manifest.path);
    let path: PathBuf = std::iter::repeat_n(Path::new(".."), ups)
        .chain([rest])
        .collect();
    Manifest { path, ..manifest }
}
