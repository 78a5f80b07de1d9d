use std::time::Instant;

use serde_json::json;

use super::super::{Database, Failure, Global, Locks, Outcome, Output, Result};
use crate::migrations::{FileName, Migration};
use crate::runner::{self, Event};

/// Run the migrations that have not run
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    locks: Locks,
    /// The last migration to run [default: all]
    #[arg(long, value_name = "FILE")]
    to: Option<FileName>,
}

pub fn run(args: &Args, global: &Global, output: &mut Output) -> Result {
    let (session, mut files) = super::open(&args.database, global)?;
    if let Some(last) = &args.to {
        up_to(&mut files, last)?;
    }
    let start = Instant::now();
    let mut show = |event: Event<'_>| match event {
        Event::Waiting => {
            output.note("another `tablec migrate` is at work on this database; waiting");
        }
        Event::Begin(_) => {}
        Event::Retry(file, wait) => output.note(format_args!(
            "{} did not get its locks and was rolled back; again in {} s",
            file.name,
            wait.as_secs_f32()
        )),
        Event::Done(file, time) => {
            output.note(format_args!("{}  {} ms", file.name, time.as_millis()));
        }
    };
    let applied = runner::up(&session, &files, args.locks.patience(), &mut show)?;
    if output.is_json() {
        output.json(&json!({ "applied": applied, "milliseconds": start.elapsed().as_millis() }))?;
    } else if applied.is_empty() {
        output.note("nothing to run: the database is up to date");
    } else {
        output.note(format_args!("applied {} migration(s)", applied.len()));
    }
    Ok(Outcome::Clean)
}

/// Leaves out the migrations after `last`.
pub fn up_to(files: &mut Vec<Migration>, last: &FileName) -> std::result::Result<(), Failure> {
    if !files.iter().any(|file| file.name == *last) {
        return Err(Failure::new(format!("there is no migration {last}")));
    }
    files.retain(|file| file.name <= *last);
    Ok(())
}
