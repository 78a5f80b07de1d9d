//! Puts the templates into the binary: a table of names and texts, for `src/templates/embedded.rs`.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

fn main() -> io::Result<()> {
    // In the repository a link to the folder at its root; in a packaged crate a folder of its own.
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("templates");
    let mut files = Vec::new();
    collect(&root.canonicalize()?, &mut files)?;
    files.sort();
    let mut table = String::from("&[\n");
    for (name, path) in files {
        // Writing to a string can't fail.
        let _ = writeln!(
            table,
            "    ({name:?}, include_str!({:?})),",
            path.to_string_lossy()
        );
    }
    table.push_str("]\n");
    let out = PathBuf::from(env::var("OUT_DIR").unwrap_or_default());
    fs::write(out.join("templates.rs"), table)
}

/// Names relative to `folder`, with `/`; what starts with a dot and `README.md` are no templates.
fn collect(folder: &Path, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    let mut open = vec![(String::new(), folder.to_owned())];
    while let Some((prefix, folder)) = open.pop() {
        println!("cargo::rerun-if-changed={}", folder.display());
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') || name == "README.md" {
                continue;
            }
            let name = format!("{prefix}{name}");
            if entry.file_type()?.is_dir() {
                open.push((format!("{name}/"), entry.path()));
            } else {
                files.push((name, entry.path()));
            }
        }
    }
    Ok(())
}
