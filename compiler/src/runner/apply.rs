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
#[error("{}", what_happened(.committed, *.rolled_back, *.in_doubt))]
#[diagnostic(help(
    "put right what failed, then run `tablec diff` to see what is left to do, and `tablec apply` to go on"
))]
pub struct ApplyError {
    /// The statements that are done and stay so.
    pub committed: Box<[String]>,
    /// How many statements were done and have been rolled back.
    pub rolled_back: usize,
    /// Whether the connection broke in a moment in which the last of it may have been done.
    pub in_doubt: bool,
    /// What failed.
    #[source]
    #[diagnostic_source]
    pub error: ScriptError,
}

fn what_happened(committed: &[String], rolled_back: usize, in_doubt: bool) -> String {
    let nothing = if in_doubt {
        ""
    } else {
        "nothing has been changed"
    };
    let mut text = match (committed.len(), rolled_back) {
        (0, _) => format!("a statement failed; {nothing}"),
        (done, 0) => format!("a statement failed; the {done} before it are done and stay so"),
        (done, _) => format!(
            "a statement failed; the first {done} are done and stay so, {rolled_back} after them have been rolled back"
        ),
    };
    if in_doubt {
        text.push_str(
            " whether the last of it was done before the connection broke is not known: `tablec diff` tells",
        );
    }
    committed
        .iter()
        .fold(text, |text, sql| text + "\n  done: " + first_line(sql))
}

fn first_line(sql: &str) -> &str {
    sql.lines().next().unwrap_or_default()
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
    let mut committed = Vec::new();
    let settings = plan
        .settings
        .iter()
        .chain([&patience.statement()])
        .cloned()
        .collect::<Vec<_>>();
    for statement in &settings {
        run(session, statement).map_err(|error| Failed::before(error).after(Vec::new()))?;
    }
    for steps in plan
        .steps
        .chunk_by(|a, b| a.transactional && b.transactional)
    {
        if let Err(failed) = patiently(session, steps, patience, progress) {
            return Err(failed.after(committed));
        }
        committed.extend(steps.iter().map(|step| step.sql.clone()));
    }
    Ok(())
}

/// What came of statements that belong together.
struct Failed {
    done: usize,
    in_doubt: bool,
    error: ScriptError,
}

impl Failed {
    fn before(error: ScriptError) -> Self {
        Self {
            done: 0,
            in_doubt: false,
            error,
        }
    }

    fn after(self, committed: Vec<String>) -> ApplyError {
        ApplyError {
            committed: committed.into(),
            rolled_back: if self.in_doubt { 0 } else { self.done },
            in_doubt: self.in_doubt,
            error: self.error,
        }
    }
}

fn patiently(
    session: &Session,
    steps: &[Step],
    patience: Patience,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<(), Failed> {
    let mut attempt = 1;
    while let Err(failed) = once(session, steps, progress) {
        let Some(wait) = patience.wait(attempt, &failed.error.error) else {
            return Err(failed);
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
) -> Result<(), Failed> {
    let transaction = steps.iter().all(|step| step.transactional);
    let (mut done, mut ending) = (0, !transaction);
    let mut statements = || {
        if transaction {
            run(session, "begin")?;
        }
        for step in steps {
            run(session, &step.sql)?;
            progress(Progress::Done(step));
            done += 1;
        }
        ending = true;
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
        let in_doubt = ending && matches!(error.error, QueryError::Lost(_));
        Failed {
            done,
            in_doubt,
            error,
        }
    })
}

fn run(session: &Session, sql: &str) -> Result<(), ScriptError> {
    session
        .batch_execute(sql)
        .map_err(|error| ScriptError::of_statement("the plan", sql, error))
}
