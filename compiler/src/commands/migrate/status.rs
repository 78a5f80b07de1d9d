use serde_json::json;

use super::super::{Database, Global, Outcome, Output, Result};
use crate::runner::{Journal, State, Status, status};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: Database,
}

pub fn run(args: &Args, global: &Global, output: &mut Output) -> Result {
    let all = read(args, global)?;
    show(&all, output)?;
    Ok(Outcome::found(
        all.iter().any(|status| status.state != State::Applied),
    ))
}

pub fn verify(args: &Args, global: &Global, output: &mut Output) -> Result {
    let mut all = read(args, global)?;
    all.retain(|status| !matches!(status.state, State::Applied | State::Pending));
    show(&all, output)?;
    if all.is_empty() {
        output.note("what ran is what the folder has");
    }
    Ok(Outcome::found(!all.is_empty()))
}

fn read(args: &Args, global: &Global) -> std::result::Result<Vec<Status>, super::Failure> {
    let (session, files) = super::open(&args.database, global)?;
    Ok(status(&files, &Journal::new(&session).entries()?))
}

fn show(all: &[Status], output: &mut Output) -> std::result::Result<(), super::Failure> {
    if output.is_json() {
        return output.json(&json!({ "migrations": all }));
    }
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
