mod baseline;
mod status;
mod up;
mod verify;

use clap::Subcommand;

use super::{Database, Failure, Global, Output};
use crate::database::Session;
use crate::files::migrations::read_migrations;
use crate::migrations::{FOLDER, Migration};

/// Run the migrations against a database
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  tablec migrate status --database-url postgres://localhost/app
  DATABASE_URL=postgres://localhost/app tablec migrate up

What has run is written into the table `tablec.migrations` of the database.")]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Up(up::Args),
    /// Show which migrations have run and which have not; exit code 1 when some have not
    Status(status::Args),
    Verify(verify::Args),
    Baseline(baseline::Args),
}

pub(super) fn run(args: &Args, global: &Global, output: &mut Output) -> super::Result {
    match &args.command {
        Command::Up(args) => up::run(args, global, output),
        Command::Status(args) => status::run(args, global, output),
        Command::Verify(args) => verify::run(args, global, output),
        Command::Baseline(args) => baseline::run(args, global, output),
    }
}

/// The migrations of the project, and a connection to the database.
fn open(database: &Database, global: &Global) -> Result<(Session, Vec<Migration>), Failure> {
    let files = read_migrations(&global.project_dir()?.join(FOLDER))?;
    Ok((database.connect()?, files))
}
