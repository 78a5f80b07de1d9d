use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::{Failure, Global, Outcome, Output};
use crate::outputs;
use crate::render::File;
use crate::templates::Templates;

/// Make a new project
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  tablec init app-db && cd app-db && tablec generate

A project from a database that is there already is made by `tablec import`.")]
pub struct Args {
    /// The folder [default: the working directory]
    folder: Option<PathBuf>,
    /// The project's name [default: the folder's]
    #[arg(long)]
    name: Option<String>,
    /// The major version of PostgreSQL
    #[arg(long, value_name = "MAJOR", default_value_t = 15, value_parser = clap::value_parser!(u32).range(14..=18))]
    postgresql: u32,
}

const FILES: [&str; 2] = ["tablec.toml", "spec/tables/notes.toml"];

pub(super) fn run(args: &Args, global: &Global, output: &mut Output) -> super::Result {
    let folder = args
        .folder
        .clone()
        .or_else(|| global.project.clone())
        .unwrap_or_else(|| ".".into());
    let taken = ["tablec.toml", "spec"]
        .into_iter()
        .find(|name| folder.join(name).exists());
    if let Some(taken) = taken {
        let message = format!("{} is there already", folder.join(taken).display());
        return Err(Failure::with_help(
            message,
            "a new project needs a folder that is none yet",
        ));
    }
    fs::create_dir_all(&folder)
        .map_err(|error| Failure::file("create the folder", &folder, &error))?;
    let name = match &args.name {
        Some(name) => checked(name)?,
        None => name_of(&folder)?,
    };
    let files = files(&name, args.postgresql)?;
    outputs::write(&folder, &outputs::compare(&folder, files, &[])?)?;
    if output.is_json() {
        output.json(&json!({ "name": name, "folder": folder, "written": FILES }))?;
    }
    output.note(format_args!(
        "made the project `{name}`: {}\nnext: tablec generate",
        FILES.join(", ")
    ));
    Ok(Outcome::Clean)
}

fn files(name: &str, postgresql: u32) -> Result<Vec<File>, Failure> {
    let templates = Templates::embedded("public");
    let context = json!({ "name": name, "postgresql": postgresql });
    let file = |path: &str| {
        Ok(File::scaffold(
            path,
            templates.render(&format!("init/{path}"), &context)?,
        ))
    };
    FILES.into_iter().map(file).collect()
}

/// A name that is a crate's as well.
pub(super) fn checked(name: &str) -> Result<String, Failure> {
    let good = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(good) {
        return Ok(name.to_owned());
    }
    Err(Failure::with_help(
        format!("`{name}` can't be the name of a project"),
        "a letter, then letters, digits, `-` and `_`: `--name app`",
    ))
}

fn name_of(folder: &Path) -> Result<String, Failure> {
    let folder = folder
        .canonicalize()
        .map_err(|error| Failure::file("read", folder, &error))?;
    checked(&folder.file_name().unwrap_or_default().to_string_lossy())
}
