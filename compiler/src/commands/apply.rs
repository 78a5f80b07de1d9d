use std::io::{IsTerminal, Write};

use serde_json::json;

use super::diff::{Comparison, Scope, Source, plan_as_json, show_plan, show_unsupported};
use super::{Allow, Database, Failure, Global, Locks, Outcome, Output};
use crate::database::{Options, connect, introspect};
use crate::plan::Hazard;
use crate::runner::{self, Progress};

/// Bring a database to the spec: shows the plan, runs it, and looks again
///
/// Nothing runs when the plan has hazards that are not allowed by name, or when the database is no longer what was planned
/// against. Statements that can are one transaction.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  tablec apply --database-url postgres://localhost/app
  tablec apply --allow index-build,scans-table --yes
  tablec apply --allow tasks.due_at             whatever it takes for this column

Hazards: deletes-data, rewrites-table, scans-table, blocks-writes, blocks-reads, index-build, changes-authorization,
breaks-running-code.

Exit codes: 0 the database is as the spec says, 1 differences are left, 2 could not do its work.")]
pub struct Args {
    #[command(flatten)]
    database: Database,
    /// What the database ought to be
    #[arg(long, value_name = "SOURCE", default_value = "spec")]
    to: Source,
    #[command(flatten)]
    scope: Scope,
    #[command(flatten)]
    allow: Allow,
    /// Do not ask; without a terminal nothing is ever asked
    #[arg(long, short)]
    yes: bool,
    #[command(flatten)]
    locks: Locks,
}

pub(super) fn run(args: &Args, global: &Global, output: &mut Output) -> super::Result {
    let comparison = compare(args, global, output)?;
    show_unsupported(&comparison, output);
    if !output.is_json() {
        show_plan(&comparison, global, output)?;
    }
    if !comparison.plan.is_empty() {
        let gated: Vec<_> = Hazard::ALL
            .iter()
            .copied()
            .filter(|hazard| *hazard != Hazard::CannotRunInTransaction)
            .collect();
        args.allow.check(&comparison.plan, &gated)?;
        if !args.yes && !confirmed(output)? {
            return Err(Failure::new("nothing has been done"));
        }
        execute(args, &comparison, output)?;
    }
    let left = if comparison.plan.is_empty() {
        comparison.differs()
    } else {
        look_again(args, global, output)?
    };
    if output.is_json() {
        output.json(&json!({ "applied": plan_as_json(&comparison), "left": left }))?;
    }
    Ok(Outcome::found(left))
}

fn compare(args: &Args, global: &Global, output: &mut Output) -> Result<Comparison, Failure> {
    let from = Source::Database(args.database.url()?.to_owned());
    Comparison::of(&from, &args.to, &args.scope, global, output)
}

fn confirmed(output: &mut Output) -> Result<bool, Failure> {
    if output.is_json() || !std::io::stdin().is_terminal() {
        return Ok(true);
    }
    output.flush()?;
    // Standard error, so that the question is seen when the plan goes elsewhere.
    let _ = write!(std::io::stderr(), "run these statements? [y/N] ");
    let mut answer = String::new();
    std::io::stdin()
        .read_line(&mut answer)
        .map_err(|error| Failure::new(format!("could not read the answer: {error}")))?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

fn execute(args: &Args, comparison: &Comparison, output: &mut Output) -> Result<(), Failure> {
    let session = connect(args.database.url()?)?;
    if session.is_standby() {
        return Err(Failure::with_help(
            "the server is a read-only standby; nothing has been done",
            "connect to the primary",
        ));
    }
    let options = Options {
        default_schema: comparison.default_schema().to_owned(),
    };
    if !comparison.holds_for(introspect(&session, &options)?) {
        return Err(Failure::with_help(
            "the database has changed since it was compared; nothing has been done",
            "somebody else is at work on it; run `tablec apply` again",
        ));
    }
    let mut show = |progress: Progress<'_>| match progress {
        Progress::Done(_) => {}
        Progress::Retry(wait) => {
            output.note(format_args!(
                "did not get the locks and rolled back; again in {} s",
                wait.as_secs_f32()
            ));
        }
    };
    Ok(runner::apply(
        &session,
        &comparison.plan,
        args.locks.patience(),
        &mut show,
    )?)
}

/// Whether anything is left to do.
fn look_again(args: &Args, global: &Global, output: &mut Output) -> Result<bool, Failure> {
    let comparison = compare(args, global, output)?;
    if !comparison.differs() {
        output.note("done: the database is as it ought to be");
        return Ok(false);
    }
    output.note("done, and this is left:");
    if !output.is_json() {
        show_plan(&comparison, global, output)?;
    }
    Ok(true)
}
