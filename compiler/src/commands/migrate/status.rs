use serde_json::json;

use super::super::{Database, Global, Outcome, Output, Result};
use crate::runner::{Journal, State, Status, status};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: Database,
}

pub fn run(args: &Args, global: &Global, output: &mut Output) -> Result {
    let (session, files) = super::open(&args.database, global)?;
    let all = status(&files, &Journal::new(&session).entries()?);
    if output.is_json() {
        output.json(&json!({ "migrations": all }))?;
    } else {
        show(&all, output)?;
    }
    Ok(Outcome::found(
        all.iter().any(|status| status.state != State::Applied),
    ))
}

/// How the files and the journal stand to each other: for people.
pub fn show(all: &[Status], output: &mut Output) -> std::result::Result<(), super::Failure> {
    let width = all
        .iter()
        .map(|status| status.name.chars().count())
        .max()
        .unwrap_or(0);
    for status in all {
        output.line(format_args!("{:width$}  {}", status.name, words(status)))?;
    }
    Ok(())
}

fn words(status: &Status) -> String {
    let entry = status.entry.as_ref();
    let when = entry.map_or(String::new(), |entry| format!("{} UTC", entry.applied_at));
    match (status.state, entry) {
        (State::Applied, Some(entry)) if entry.baseline => {
            format!("applied  {when}, as the baseline")
        }
        (State::Applied, Some(entry)) => format!("applied  {when}, {} ms", entry.milliseconds),
        (State::Applied | State::Pending, _) => "pending".to_owned(),
        (State::Begun, Some(entry)) => {
            format!(
                "begun    {when}, {} statement(s) done",
                entry.statements.unwrap_or(0)
            )
        }
        (State::Begun, None) => "begun".to_owned(),
        (State::Edited, _) => format!("edited after it ran at {when}"),
        (State::Missing, _) => format!("missing: it ran at {when}, and is not in the folder"),
        (State::OutOfOrder, _) => "out of order: it has not run, and one after it has".to_owned(),
    }
}
