use std::thread::sleep;
use std::time::Duration;

use super::retry::Patience;
use super::script::ScriptError;
use crate::database::{QueryError, Session};
use crate::plan::{Plan, Step};

/// What happens while a plan runs.
#[derive(Debug)]
pub enum Progress<'a> {
    /// A statement has been done; within a transaction, as long as that holds.
    Done(&'a Step),
    /// The statements since the last commit did not get their locks, and are tried again after this time.
    Retry(Duration),
}

/// A statement of a plan failed.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("{}", what_happened(*.committed, *.rolled_back))]
#[diagnostic(help(
    "put right what failed, then run `tablec diff` to see what is left to do, and `tablec apply` to go on"
))]
pub struct ApplyError {
    /// How many statements are done and stay so.
    pub committed: usize,
    /// How many statements were done and have been rolled back.
    pub rolled_back: usize,
    /// What failed.
    #[source]
    #[diagnostic_source]
    pub error: ScriptError,
}

fn what_happened(committed: usize, rolled_back: usize) -> String {
    match (committed, rolled_back) {
        (0, _) => "a statement failed; nothing has been changed".to_owned(),
        (_, 0) => format!("a statement failed; the {committed} before it are done"),
        (_, _) => format!(
            "a statement failed; the first {committed} are done, {rolled_back} after them have been rolled back"
        ),
    }
}

/// Runs a plan: its statements in order, those that can in one transaction, the others each on its own.
///
/// What does not get its locks within the time is rolled back, and tried again after a pause that grows.
///
/// # Errors
/// A statement fails. What was done is in the error.
pub fn apply(
    session: &Session,
    plan: &Plan,
    patience: Patience,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<(), ApplyError> {
    let mut committed = 0;
    let settings = plan
        .settings
        .iter()
        .chain([&patience.statement()])
        .cloned()
        .collect::<Vec<_>>();
    for statement in &settings {
        run(session, statement).map_err(|error| ApplyError {
            committed,
            rolled_back: 0,
            error,
        })?;
    }
    for steps in plan
        .steps
        .chunk_by(|a, b| a.transactional && b.transactional)
    {
        patiently(session, steps, patience, progress).map_err(|(rolled_back, error)| {
            ApplyError {
                committed,
                rolled_back,
                error,
            }
        })?;
        committed += steps.len();
    }
    Ok(())
}

fn patiently(
    session: &Session,
    steps: &[Step],
    patience: Patience,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<(), (usize, ScriptError)> {
    let mut attempt = 1;
    while let Err((done, error)) = once(session, steps, progress) {
        let Some(wait) = patience.wait(attempt, &error.error) else {
            return Err((done, error));
        };
        progress(Progress::Retry(wait));
        sleep(wait);
        attempt += 1;
    }
    Ok(())
}

fn once(
    session: &Session,
    steps: &[Step],
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<(), (usize, ScriptError)> {
    let transaction = steps.iter().all(|step| step.transactional);
    let mut done = 0;
    let mut statements = || {
        if transaction {
            run(session, "begin")?;
        }
        for step in steps {
            run(session, &step.sql)?;
            progress(Progress::Done(step));
            done += 1;
        }
        if transaction {
            run(session, "commit")
        } else {
            Ok(())
        }
    };
    statements().map_err(|error| {
        if transaction {
            // Where even this fails the connection is gone, and the transaction with it.
            let _: Result<(), QueryError> = session.batch_execute("rollback");
        }
        (done, error)
    })
}

fn run(session: &Session, sql: &str) -> Result<(), ScriptError> {
    session
        .batch_execute(sql)
        .map_err(|error| ScriptError::of_statement("the plan", sql, error))
}
