use serde_json::json;

use super::super::diff::{Comparison, Scope, Source, plan_as_json, show_plan, show_unsupported};
use super::super::{Database, Failure, Global, Outcome, Output, Result};
use super::status::show;
use crate::migrations::Migration;
use crate::runner::{Journal, State, Status, status};

/// Check that what ran is what the folder has, and that the database is still what that builds; exit code 1 when not
///
/// Edited, missing and out-of-order files are named first. Where there are none, the migrations that ran are built in the
/// shadow database, and compared with this one: what somebody changed by hand is drift. The statements shown would take
/// it back.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    scope: Scope,
    /// Compare only the files with what the journal says: do not read the schema, and start no server
    #[arg(long)]
    journal: bool,
}

pub fn run(args: &Args, global: &Global, output: &mut Output) -> Result {
    let (mut found, drift) = {
        let (session, files) = super::open(&args.database, global)?;
        let journal = Journal::new(&session);
        let all = status(&files, &journal.entries()?);
        let applied = applied(&files, &all);
        let drift = !args.journal && !applied.is_empty();
        (all, drift.then_some((applied, journal.owner()?)))
    };
    found.retain(|status| !matches!(status.state, State::Applied | State::Pending));
    let comparison = match drift.filter(|_| found.is_empty()) {
        Some((scripts, owner)) => Some(compare(args, scripts, owner, global, output)?),
        None => None,
    };
    report(&found, comparison.as_ref(), global, output)?;
    let drifted = comparison.as_ref().is_some_and(Comparison::differs);
    Ok(Outcome::found(drifted || !found.is_empty()))
}

/// What ran as it is: names and texts.
fn applied(files: &[Migration], all: &[Status]) -> Vec<(String, String)> {
    let ran = |name: &str| {
        let mut states = all.iter().filter(|status| status.name == name);
        states.any(|status| status.state == State::Applied)
    };
    let named = files.iter().map(|file| (file.name.to_string(), &file.text));
    named
        .filter(|(name, _)| ran(name))
        .map(|(name, text)| (name, text.clone()))
        .collect()
}

/// What would take the database back to what its migrations build.
fn compare(
    args: &Args,
    scripts: Vec<(String, String)>,
    owner: String,
    global: &Global,
    output: &mut Output,
) -> std::result::Result<Comparison, Failure> {
    let database = Source::Database(args.database.url()?.to_owned());
    let built = Source::Applied { scripts, owner };
    Comparison::of(&database, &built, &args.scope, global, output)
}

fn report(
    found: &[Status],
    comparison: Option<&Comparison>,
    global: &Global,
    output: &mut Output,
) -> std::result::Result<(), Failure> {
    if output.is_json() {
        let drift = comparison.map(plan_as_json);
        return output.json(&json!({ "migrations": found, "drift": drift }));
    }
    show(found, output)?;
    if found.is_empty() {
        output.note("what ran is what the folder has");
    }
    if let Some(comparison) = comparison {
        show_unsupported(comparison, output);
        show_plan(comparison, global, output)?;
    }
    Ok(())
}
