mod context;
mod dump;
mod list;

use clap::Subcommand;

use super::{Failure, Global, Output};
use crate::files::{self, templates::read_templates};
use crate::spec::{self, suggest::nearest};
use crate::templates::Templates;

/// List, dump and inspect the templates
///
/// Every piece of generated text comes from a template. A file of the same name in the project's own templates folder
/// (`templates/`, or what `templates` in `tablec.toml` says) takes its place.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  tablec templates list
  tablec templates dump sql/table/create.sql > templates/sql/table/create.sql
  tablec templates context sql/table/create.sql")]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::Args),
    Dump(dump::Args),
    Context(context::Args),
}

pub(super) fn run(args: &Args, global: &Global, output: &mut Output) -> super::Result {
    match &args.command {
        Command::List(args) => list::run(args, global, output),
        Command::Dump(args) => dump::run(args, global, output),
        Command::Context(args) => context::run(args, global, output),
    }
}

/// The project's templates, whatever is wrong with its spec; outside of a project the built-in ones.
fn templates(global: &Global) -> Result<Templates, Failure> {
    let dir = match global.project_dir() {
        Err(error) if global.project.is_some() => return Err(error),
        Err(_) => return Ok(Templates::embedded("public")),
        Ok(dir) => dir,
    };
    let project = spec::read(&files::load(&dir).0).0.project;
    let folder = dir.join(&project.templates);
    let own = read_templates(&folder).map_err(|error| Failure::file("read", &folder, &error))?;
    Ok(Templates::with_own(&project.default_schema, own))
}

fn unknown(name: &str, templates: &Templates) -> Failure {
    let help = match nearest(name, templates.names()) {
        Some(known) => format!("there is `{known}`"),
        None => "`tablec templates list` lists them".to_owned(),
    };
    Failure::with_help(format!("there is no template `{name}`"), help)
}
