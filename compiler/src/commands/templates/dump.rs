use std::path::PathBuf;

use serde_json::json;

use super::super::{Failure, Global, Outcome, Output};
use super::unknown;
use crate::outputs;
use crate::render::File;
use crate::templates::Templates;

/// Print a built-in template, or write several into a folder
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The templates; without `--to` exactly one [default: all]
    names: Vec<String>,
    /// Write them into this folder; files that are there already stay as they are
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
}

pub(super) fn run(args: &Args, _: &Global, output: &mut Output) -> super::super::Result {
    let templates = Templates::embedded("public");
    let mut files = Vec::new();
    for name in &args.names {
        files.push((
            name.as_str(),
            templates
                .source(name)
                .ok_or_else(|| unknown(name, &templates))?,
        ));
    }
    match (&args.to, files.as_slice()) {
        (Some(_), []) => {
            let all = templates
                .names()
                .filter_map(|name| Some((name, templates.source(name)?)));
            write(all.collect(), args, output)
        }
        (Some(_), _) => write(files, args, output),
        (None, [(name, text)]) if output.is_json() => {
            output.json(&json!({ "name": name, "text": text }))?;
            Ok(Outcome::Clean)
        }
        (None, [(_, text)]) => {
            output.print(text)?;
            Ok(Outcome::Clean)
        }
        (None, _) => Err(Failure::with_help(
            "one template can be printed at a time",
            "name it, or the folder for several: `--to templates`",
        )),
    }
}

fn write(files: Vec<(&str, &str)>, args: &Args, output: &mut Output) -> super::super::Result {
    let folder = args.to.clone().unwrap_or_default();
    let total = files.len();
    let files = files
        .into_iter()
        .map(|(name, text)| File::scaffold(name, text))
        .collect();
    let changes = outputs::compare(&folder, files, &[])?;
    outputs::write(&folder, &changes)?;
    if output.is_json() {
        let written: Vec<_> = changes.iter().map(outputs::Change::path).collect();
        output.json(&json!({ "written": written }))?;
    }
    output.note(format_args!(
        "wrote {} of {total} templates to {}; those that were there stay as they are",
        changes.len(),
        folder.display()
    ));
    Ok(Outcome::Clean)
}
