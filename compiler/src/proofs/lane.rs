//! One suite after the other, each in a database as the template is.
//!
//! A clone costs more than most suites. A suite that rolled back everything leaves its clone as it was, but for
//! sequences, which do not roll back: these are set back, and the clone serves the next suite. After any other suite it is dropped.

mod sequences;

use std::collections::BTreeMap;

use super::player::{Files, Played, play};
use super::stage::{QUIET, Script, Stage, StageError};
use crate::database::{QueryError, Session};
use crate::interrupt::was_interrupted;
use sequences::Sequences;

/// What can write past a rollback: such databases serve one suite only.
const ESCAPES: &str = "select exists (select from pg_extension where extname in ('dblink', 'postgres_fdw', 'pg_background'))";

/// A place where one suite at a time plays.
#[derive(Debug)]
pub struct Lane<'a> {
    stage: &'a Stage,
    template: String,
    open: Option<Clone>,
}

#[derive(Debug)]
struct Clone {
    name: String,
    /// For what is done to the clone between suites.
    keeper: Session,
    sequences: Sequences,
    reusable: bool,
}

/// What a lane does besides playing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Manner<'a> {
    /// SQL before the suite, in its session.
    pub before: &'a str,
    /// Stop at the first failure.
    pub until_failure: bool,
}

/// A suite is over, and nothing of its transaction is left.
#[derive(Clone, Copy, Debug)]
pub struct Over<'a> {
    /// The suite's own session.
    pub session: &'a Session,
    /// Another one to the same database, which has looked at it after each suite: what a new session has to look up in
    /// the catalog, it knows.
    pub keeper: &'a Session,
}

/// A suite played.
#[derive(Debug)]
pub struct Round {
    /// What became of it.
    pub played: Played,
    /// The probes' sequences that it moved, and to which value.
    pub moved: BTreeMap<u32, i64>,
}

impl<'a> Lane<'a> {
    /// A lane over clones of a template.
    pub fn new(stage: &'a Stage, template: &str) -> Self {
        Self {
            stage,
            template: template.to_owned(),
            open: None,
        }
    }

    /// Plays a suite; `after` looks around when the transaction is over. Where the suite lost its session, nothing is seen.
    pub fn play<T: Default>(
        &mut self,
        suite: &Script,
        files: Files<'_>,
        manner: Manner<'_>,
        after: impl FnOnce(Over<'_>) -> Result<T, QueryError>,
    ) -> Result<(Round, T), StageError> {
        let clone = self.take()?;
        let session = self.stage.connect(&clone.name)?;
        // Of an interrupt before this the session does not hear.
        if was_interrupted() {
            drop(session);
            self.give_back(clone, false)?;
            return Err(StageError::Interrupted);
        }
        session
            .batch_execute(manner.before)
            .map_err(|error| failed(suite, error))?;
        let played = play(
            &session,
            &suite.path,
            &suite.text,
            files,
            manner.until_failure,
        );
        let over = Over {
            session: &session,
            keeper: &clone.keeper,
        };
        let rest = settle(over, &clone).and_then(|moved| Ok((moved, after(over)?)));
        drop(session);
        let good = rest.is_ok() && clone.reusable && !played.committed;
        let rest = match rest {
            Err(QueryError::Lost(_)) => Ok((clone.set_back().unwrap_or_default(), T::default())),
            rest => rest,
        };
        self.give_back(clone, good)?;
        let (moved, looked) = rest.map_err(|error| failed(suite, error))?;
        Ok((Round { played, moved }, looked))
    }

    /// Changes the clone that the next suite plays in.
    pub fn change(&mut self, sql: &str) -> Result<Result<(), QueryError>, StageError> {
        let clone = self.take()?;
        let done = clone.keeper.batch_execute(sql);
        self.open = Some(clone);
        Ok(done)
    }

    /// Whether the clone that was changed is still there.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Drops the clone.
    pub fn discard(&mut self) -> Result<(), StageError> {
        match self.open.take() {
            Some(clone) => self.stage.remove(&clone.name),
            None => Ok(()),
        }
    }

    fn take(&mut self) -> Result<Clone, StageError> {
        if let Some(clone) = self.open.take() {
            return Ok(clone);
        }
        let name = self.stage.clone_of(&self.template)?;
        let keeper = self.stage.connect(&name)?;
        let look = || {
            let answers = keeper.query_all(&[ESCAPES, QUIET])?;
            let escapes = answers.first().into_iter().flatten().any(|row| row.get(0));
            Ok((Sequences::look(&keeper)?, !escapes))
        };
        let (sequences, reusable) = look().map_err(|error| StageError::Query {
            what: format!("could not look at {name}"),
            error,
        })?;
        Ok(Clone {
            name,
            keeper,
            sequences,
            reusable,
        })
    }

    fn give_back(&mut self, clone: Clone, good: bool) -> Result<(), StageError> {
        self.open = Some(clone);
        if good { Ok(()) } else { self.discard() }
    }
}

/// Ends what the suite left open and sets the sequences back; what the probes counted.
fn settle(over: Over<'_>, clone: &Clone) -> Result<BTreeMap<u32, i64>, QueryError> {
    over.session.query_all(&["rollback", "discard all"])?;
    clone.set_back()
}

impl Clone {
    fn set_back(&self) -> Result<BTreeMap<u32, i64>, QueryError> {
        self.sequences.set_back(&self.keeper)
    }
}

fn failed(suite: &Script, error: QueryError) -> StageError {
    StageError::Query {
        what: suite.path.display().to_string(),
        error,
    }
}
