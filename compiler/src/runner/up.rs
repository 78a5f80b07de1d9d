use std::thread::sleep;
use std::time::{Duration, Instant};

use super::journal::{Journal, Record};
use super::retry::Patience;
use super::script::{ScriptError, run_script};
use super::status::{Status, StatusProblem, problems, status};
use crate::database::{QueryError, Session};
use crate::migrations::Migration;

/// What happens while migrations run.
#[derive(Debug)]
pub enum Event<'a> {
    /// Another runner is at work.
    Waiting,
    /// A migration begins.
    Begin(&'a Migration),
    /// It did not get a lock, and is tried again after this time.
    Retry(&'a Migration, Duration),
    /// It has run.
    Done(&'a Migration, Duration),
}

/// Why not all migrations have run.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum UpError {
    /// Found before anything ran.
    #[error("the migrations can't be run on this database; nothing has been done")]
    Problems {
        /// All of them.
        #[related]
        problems: Vec<StatusProblem>,
    },
    /// The server takes no changes.
    #[error("the server is a read-only standby; nothing has been done")]
    #[diagnostic(help("connect to the primary"))]
    Standby,
    /// The database has been migrated before.
    #[error("the journal of this database is not empty; nothing has been done")]
    #[diagnostic(help("`tablec migrate status` shows it"))]
    NotEmpty,
    /// Another runner did not come to its end.
    #[error("another `tablec migrate` has been at work on this database for {} seconds; nothing has been done", .0.as_secs())]
    Busy(Duration),
    /// A migration failed, and its transaction was rolled back.
    #[error("{} failed and has been rolled back; {}", .error.name(), before(.applied))]
    RolledBack {
        /// The migrations that this run applied.
        applied: Vec<String>,
        /// What failed.
        #[source]
        #[diagnostic_source]
        error: ScriptError,
    },
    /// A migration without a transaction failed.
    #[error("{} failed after {} of its statements, which stay done; {}", .error.name(), .error.done, before(.applied))]
    #[diagnostic(help(
        "put right what failed, in the database or in the rest of the file; `tablec migrate up` goes on after the last statement done"
    ))]
    Halfway {
        /// The migrations that this run applied.
        applied: Vec<String>,
        /// What failed.
        #[source]
        #[diagnostic_source]
        error: ScriptError,
    },
    /// The journal can't be read or written.
    #[error(transparent)]
    Query(#[from] QueryError),
}

fn before(applied: &[String]) -> String {
    match applied {
        [] => "nothing else has been done".to_owned(),
        [one] => format!("{one} before it is applied"),
        [first, .., last] => format!("{first} to {last} before it are applied"),
    }
}

/// How long a runner waits for another one.
const LONGEST_WAIT: Duration = Duration::from_mins(10);
const POLL: Duration = Duration::from_millis(200);

/// Runs the migrations that have not run, in order, each once whatever the number of runners.
/// Each is one transaction, its line in the journal included, unless it says otherwise.
pub fn up(
    session: &Session,
    files: &[Migration],
    patience: Patience,
    event: &mut dyn FnMut(Event<'_>),
) -> Result<Vec<String>, UpError> {
    let journal = lock(session, event)?;
    let all = status(files, &journal.entries()?);
    let problems = problems(files, &all);
    if !problems.is_empty() {
        return Err(UpError::Problems { problems });
    }
    if all.iter().any(Status::is_pending) {
        journal.create()?;
    }
    session.batch_execute(&patience.statement())?;
    let mut run = Run {
        session,
        journal,
        patience,
        event,
        applied: Vec::new(),
    };
    for (file, status) in files
        .iter()
        .zip(&all)
        .filter(|(_, status)| status.is_pending())
    {
        run.migrate(file, status)?;
    }
    Ok(run.applied)
}

/// Writes into the journal that these migrations have run, without running them.
pub fn baseline(session: &Session, files: &[Migration]) -> Result<(), UpError> {
    let journal = lock(session, &mut |_| {})?;
    if !journal.entries()?.is_empty() {
        return Err(UpError::NotEmpty);
    }
    journal.create()?;
    session.batch_execute("begin")?;
    for file in files {
        journal.record(
            file,
            Record {
                baseline: true,
                ..Record::default()
            },
        )?;
    }
    Ok(session.batch_execute("commit")?)
}

fn lock<'a>(
    session: &'a Session,
    event: &mut dyn FnMut(Event<'_>),
) -> Result<Journal<'a>, UpError> {
    if session.is_standby() {
        return Err(UpError::Standby);
    }
    let journal = Journal::new(session);
    let start = Instant::now();
    while !journal.try_lock()? {
        if start.elapsed() > LONGEST_WAIT {
            return Err(UpError::Busy(LONGEST_WAIT));
        }
        if start.elapsed() < POLL {
            event(Event::Waiting);
        }
        sleep(POLL);
    }
    Ok(journal)
}

struct Run<'a, 'e> {
    session: &'a Session,
    journal: Journal<'a>,
    patience: Patience,
    event: &'e mut dyn FnMut(Event<'_>),
    applied: Vec<String>,
}

impl Run<'_, '_> {
    fn migrate(&mut self, file: &Migration, status: &Status) -> Result<(), UpError> {
        (self.event)(Event::Begin(file));
        let start = Instant::now();
        let mut attempt = 1;
        while let Err(error) = self.attempt(file, status, start) {
            let Some(wait) = self.patience.wait(attempt, &error.error) else {
                return Err(self.failed(file, error));
            };
            (self.event)(Event::Retry(file, wait));
            sleep(wait);
            attempt += 1;
        }
        (self.event)(Event::Done(file, start.elapsed()));
        self.applied.push(file.name.to_string());
        Ok(())
    }

    fn attempt(
        &self,
        file: &Migration,
        status: &Status,
        start: Instant,
    ) -> Result<(), ScriptError> {
        if file.without_transaction() {
            self.singly(file, status, start)
        } else {
            self.as_a_whole(file, start)
        }
    }

    fn as_a_whole(&self, file: &Migration, start: Instant) -> Result<(), ScriptError> {
        let name = file.name.to_string();
        let run = || {
            run_script(self.session, &name, "begin", 0, |_| Ok(()))?;
            run_script(self.session, &name, &file.text, 0, |_| Ok(()))?;
            let record = Record {
                duration: start.elapsed(),
                ..Record::default()
            };
            self.journal
                .record(file, record)
                .map_err(|error| ScriptError::of_statement(&name, "", error))?;
            run_script(self.session, &name, "commit", 0, |_| Ok(()))
        };
        run().map(|_| ()).inspect_err(|_| {
            // Where even this fails the connection is gone, and the transaction with it.
            let _ = self.session.batch_execute("rollback");
        })
    }

    /// Each statement on its own, and the journal after each: what was done is known whatever happens.
    fn singly(&self, file: &Migration, status: &Status, start: Instant) -> Result<(), ScriptError> {
        let done = status
            .entry
            .as_ref()
            .and_then(|entry| entry.statements)
            .unwrap_or(0);
        let all = crate::sql::split(&file.text).len();
        let note = |done: usize| {
            let statements = (done < all).then(|| i32::try_from(done).unwrap_or(i32::MAX));
            self.journal.record(
                file,
                Record {
                    duration: start.elapsed(),
                    statements,
                    baseline: false,
                },
            )
        };
        let skip = usize::try_from(done).unwrap_or(0);
        run_script(self.session, &file.name.to_string(), &file.text, skip, note).map(|_| ())
    }

    fn failed(&mut self, file: &Migration, error: ScriptError) -> UpError {
        let applied = std::mem::take(&mut self.applied);
        if file.without_transaction() {
            UpError::Halfway { applied, error }
        } else {
            UpError::RolledBack { applied, error }
        }
    }
}
