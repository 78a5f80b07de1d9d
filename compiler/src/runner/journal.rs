use std::time::Duration;

use crate::database::{QueryError, Session, Type};
use crate::migrations::Migration;

/// The schema of tablec's own objects in a database; no spec and no comparison has part in it.
pub const JOURNAL_SCHEMA: &str = "tablec";

/// The key of the advisory lock that a runner holds: the first 8 bytes of SHA-256 of `tablec.migrations`.
const LOCK_KEY: i64 = 0x0c6f_2ac5_9b1d_47e1;

const CREATE: &str = "
create schema if not exists tablec;
create table if not exists tablec.migrations (
    number     integer     primary key,
    name       text        not null,
    checksum   text        not null,
    applied_at timestamptz not null default clock_timestamp(),
    applied_by text        not null default session_user,
    duration   interval    not null,
    baseline   boolean     not null default false,
    statements integer
);
comment on schema tablec is 'Kept by `tablec migrate`.';
comment on column tablec.migrations.baseline is 'Taken as applied, not run.';
comment on column tablec.migrations.statements is 'Of a migration without a transaction that did not come to its end: how many of its statements were done.';
";

/// The table in a database that says which migrations have run.
#[derive(Debug)]
pub struct Journal<'a> {
    session: &'a Session,
}

/// A migration as the journal knows it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Entry {
    /// The file's name.
    pub name: String,
    /// The checksum of the text that ran.
    pub checksum: String,
    /// When it ended, as the server prints it in UTC.
    pub applied_at: String,
    /// How long it took.
    pub milliseconds: i64,
    /// Whether it was taken as applied, and not run.
    pub baseline: bool,
    /// How many of its statements were done, where it did not come to its end.
    pub statements: Option<i32>,
}

/// What is written of a migration that ran.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Record {
    pub duration: Duration,
    pub baseline: bool,
    pub statements: Option<i32>,
}

impl<'a> Journal<'a> {
    /// The journal of the session's database.
    pub fn new(session: &'a Session) -> Self {
        Self { session }
    }

    /// The role that made it, and so ran the first migration.
    pub fn owner(&self) -> Result<String, QueryError> {
        let rows = self.session.query(
            "select coalesce((select pg_get_userbyid(relowner)::text from pg_class where oid = to_regclass('tablec.migrations')), current_user::text)",
        )?;
        Ok(rows.first().map(|row| row.get(0)).unwrap_or_default())
    }

    /// What it says, in order; nothing where there is none yet.
    pub fn entries(&self) -> Result<Vec<Entry>, QueryError> {
        if self
            .session
            .query("select 1 where to_regclass('tablec.migrations') is not null")?
            .is_empty()
        {
            return Ok(Vec::new());
        }
        let rows = self.session.query(
            "select name, checksum, to_char(applied_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS'), \
             (extract(epoch from duration) * 1000)::int8, baseline, statements from tablec.migrations order by number",
        )?;
        rows.iter()
            .map(|row| {
                Ok(Entry {
                    name: row.try_get(0)?,
                    checksum: row.try_get(1)?,
                    applied_at: row.try_get(2)?,
                    milliseconds: row.try_get(3)?,
                    baseline: row.try_get(4)?,
                    statements: row.try_get(5)?,
                })
            })
            .collect()
    }

    /// Makes the table where there is none.
    pub(super) fn create(&self) -> Result<(), QueryError> {
        self.session
            .batch_execute("set client_min_messages = warning")?;
        self.session.batch_execute(CREATE)?;
        self.session.batch_execute("reset client_min_messages")
    }

    /// Writes that a migration ran; over what was known of it, if it was begun before.
    pub(super) fn record(&self, migration: &Migration, record: Record) -> Result<(), QueryError> {
        let number = i32::try_from(migration.name.number).unwrap_or(i32::MAX);
        self.session.execute(
            "insert into tablec.migrations (number, name, checksum, duration, baseline, statements) \
             values ($1, $2, $3, make_interval(secs => $4), $5, $6) \
             on conflict (number) do update set name = excluded.name, checksum = excluded.checksum, \
             applied_at = clock_timestamp(), duration = excluded.duration, statements = excluded.statements",
            &[
                (&number, Type::INT4),
                (&migration.name.to_string(), Type::TEXT),
                (&migration.checksum(), Type::TEXT),
                (&record.duration.as_secs_f64(), Type::FLOAT8),
                (&record.baseline, Type::BOOL),
                (&record.statements, Type::INT4),
            ],
        )?;
        Ok(())
    }

    /// Whether this session now is the only runner. The lock goes with the session.
    pub(super) fn try_lock(&self) -> Result<bool, QueryError> {
        let rows = self.session.query_with(
            "select pg_try_advisory_lock($1)",
            &[(&LOCK_KEY, Type::INT8)],
        )?;
        Ok(rows.first().is_some_and(|row| row.get(0)))
    }
}
