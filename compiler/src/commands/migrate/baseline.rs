use serde_json::json;

use super::super::{Database, Global, Outcome, Output, Result};
use crate::migrations::FileName;
use crate::runner;

/// Take migrations as applied without running them, on a database that already has what they build
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: Database,
    /// The last migration to take as applied [default: all]
    #[arg(long, value_name = "FILE")]
    to: Option<FileName>,
}

pub fn run(args: &Args, global: &Global, output: &mut Output) -> Result {
    let (session, mut files) = super::open(&args.database, global)?;
    if let Some(last) = &args.to {
        super::up::up_to(&mut files, last)?;
    }
    runner::baseline(&session, &files)?;
    let names: Vec<_> = files.iter().map(|file| file.name.to_string()).collect();
    if output.is_json() {
        output.json(&json!({ "baseline": names }))?;
    } else {
        output.note(format_args!("took {} migration(s) as applied", names.len()));
    }
    Ok(Outcome::Clean)
}
