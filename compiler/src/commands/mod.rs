//! The command line: reads files, calls the rest, prints. One file for each command.

mod allow;
mod apply;
mod cache;
mod check;
mod completions;
mod database;
mod diff;
mod failure;
mod generate;
mod git;
mod global;
mod import;
mod init;
mod migrate;
mod outcome;
mod output;
mod patience;
mod project;
mod remembered;
mod schema;
mod spinner;
mod style;
mod templates;
mod test;
mod triggers;

pub use allow::Allow;
pub use database::Database;
pub use failure::Failure;
pub use global::{Color, Format, Global, PROJECT_FILE};
pub use outcome::Outcome;
pub use output::Output;
pub use patience::Locks;
pub use project::Project;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

/// What every command returns.
pub type Result = std::result::Result<Outcome, Failure>;

const EXIT_CODES: &str = "\
Exit codes, as in diff(1):
  0    nothing found: all is well
  1    found what the command looks for: stale files, differences, findings, failing tests
  2    could not do its work: bad usage, errors in the spec, no connection
  130  interrupted (Ctrl-C); nothing is left half-written";

/// Say what your PostgreSQL tables are once, in TOML: tablec generates the Rust data layer and the migrations, compares
/// with live databases, and proves that your triggers are tested.
#[derive(Debug, Parser)]
#[command(name = "tablec", version, propagate_version = true, max_term_width = 100, after_help = EXIT_CODES)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Args),
    Generate(generate::Args),
    Check(check::Args),
    Diff(diff::Args),
    Apply(apply::Args),
    Import(import::Args),
    Migrate(migrate::Args),
    Test(test::Args),
    Templates(templates::Args),
    Schema(schema::Args),
    Completions(completions::Args),
}

/// Runs the command that the process's arguments name.
pub fn main() -> ExitCode {
    crate::interrupt::cancel_on_interrupt();
    let cli = Cli::parse();
    let mut output = Output::new(&cli.global);
    let result = cli.command.run(&cli.global, &mut output);
    output.finish(result)
}

/// The description of the command line, for completions and the reference page.
pub fn command_line() -> clap::Command {
    Cli::command()
}

impl Command {
    fn run(&self, global: &Global, output: &mut Output) -> Result {
        if matches!(global.format, Format::Tap | Format::Junit) && !matches!(self, Self::Test(_)) {
            return Err(Failure::new(
                "only `tablec test` writes `--format tap` and `--format junit`",
            ));
        }
        match self {
            Self::Init(args) => init::run(args, global, output),
            Self::Generate(args) => generate::run(args, global, output),
            Self::Check(args) => check::run(args, global, output),
            Self::Diff(args) => diff::run(args, global, output),
            Self::Apply(args) => apply::run(args, global, output),
            Self::Import(args) => import::run(args, global, output),
            Self::Migrate(args) => migrate::run(args, global, output),
            Self::Test(args) => test::run(args, global, output),
            Self::Templates(args) => templates::run(args, global, output),
            Self::Schema(args) => schema::run(args, global, output),
            Self::Completions(args) => completions::run(args, global, output),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        command_line().debug_assert();
    }
}
