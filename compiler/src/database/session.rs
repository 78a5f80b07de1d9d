use std::cell::{Cell, RefCell};
use std::fmt;
use std::future::{Future, poll_fn};
use std::panic::resume_unwind;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::future::join_all;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::timeout;
use tokio_postgres::error::DbError;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{AsyncMessage, Client, Connection, Row, SimpleQueryMessage, Socket};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::target::Target;
use super::{ConnectError, OLDEST_MAJOR, QueryError};
use crate::interrupt;

/// What the server said besides results: `notice`, `warning` and so on.
pub type Notice = DbError;

/// An open connection. Calls block; dropping it ends it, and an open transaction rolls back.
pub struct Session {
    client: Client,
    /// After the client, so that dropping sees the connection's orderly end.
    link: Link,
    tls: MakeRustlsConnect,
    version: Version,
    standby: bool,
    interrupts: RefCell<watch::Receiver<()>>,
    round_trips: Cell<u64>,
}

/// The connection's task, which only runs while a call blocks.
struct Link {
    runtime: Runtime,
    task: Option<JoinHandle<()>>,
    notices: Arc<Mutex<Vec<Notice>>>,
}

#[derive(Debug)]
struct Version {
    text: String,
    number: u32,
}

impl Session {
    pub(super) fn open(target: &Target) -> Result<Self, ConnectError> {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| target.unreachable(&error))?;
        let tls = super::tls::connector(target)?;
        let (client, connection) = runtime
            .block_on(async {
                timeout(target.timeout(), target.config().connect(tls.clone())).await
            })
            .map_err(|_| target.silent())?
            .map_err(|error| target.explain(&error))?;
        let version = supported(connection.parameter("server_version"), target)?;
        let standby = connection.parameter("in_hot_standby") == Some("on");
        Ok(Self {
            client,
            link: Link::run(runtime, connection),
            tls,
            version,
            standby,
            interrupts: RefCell::new(interrupt::listen()),
            round_trips: Cell::new(0),
        })
    }

    /// The server's version as a number, such as `150_020`, the form of `server_version_num`.
    pub fn version_number(&self) -> u32 {
        self.version.number
    }

    /// The server's major version, such as 15.
    pub fn major(&self) -> u32 {
        self.version.number / 10_000
    }

    /// The server's version as it says it, such as `15.20 (Debian 15.20-0+deb12u1)`.
    pub fn version(&self) -> &str {
        &self.version.text
    }

    /// Whether the server was a read-only standby when the session was opened.
    pub fn is_standby(&self) -> bool {
        self.standby
    }

    /// Runs several queries, sent together: one round trip whatever their number, answers in their order.
    ///
    /// Results are binary: a type without binary form, such as `aclitem`, wants `::text` in the query.
    /// `begin …` and `commit` may be among them. Each runs even if one before it fails; the first failure is returned.
    pub fn query_all(&self, queries: &[&str]) -> Result<Vec<Vec<Row>>, QueryError> {
        self.wait(async {
            let answers =
                join_all(queries.iter().map(|sql| self.client.query_typed(sql, &[]))).await;
            answers.into_iter().collect()
        })
    }

    /// As [`Session::query_all`], and each answer is looked at as soon as it is there, beside the server's work on the next.
    pub fn query_each<T: Send + 'static>(
        &self,
        queries: &[&str],
        look: impl Fn(usize, Vec<Row>) -> T + Copy + Send + 'static,
    ) -> Result<Vec<T>, QueryError> {
        let queries = queries.iter().enumerate();
        self.wait(async {
            let answers = queries.map(async |(at, sql)| {
                let rows = self.client.query_typed(sql, &[]).await?;
                let looked = spawn_blocking(move || look(at, rows)).await;
                Ok(looked.unwrap_or_else(|error| resume_unwind(error.into_panic())))
            });
            join_all(answers).await.into_iter().collect()
        })
    }

    /// Runs one query; one round trip.
    pub fn query(&self, sql: &str) -> Result<Vec<Row>, QueryError> {
        self.wait(self.client.query_typed(sql, &[]))
    }

    /// Runs one query with parameters and their types; one round trip.
    pub fn query_with(
        &self,
        sql: &str,
        parameters: &[(&(dyn ToSql + Sync), Type)],
    ) -> Result<Vec<Row>, QueryError> {
        self.wait(self.client.query_typed(sql, parameters))
    }

    /// Runs one statement with parameters and their types; the number of rows it touched.
    pub fn execute(
        &self,
        sql: &str,
        parameters: &[(&(dyn ToSql + Sync), Type)],
    ) -> Result<u64, QueryError> {
        self.wait(self.client.execute_typed(sql, parameters))
    }

    /// Runs any number of statements, separated by `;`. Without `begin` among them they are one transaction.
    pub fn batch_execute(&self, sql: &str) -> Result<(), QueryError> {
        self.wait(self.client.batch_execute(sql))
    }

    /// Runs any number of statements and gives their rows as text.
    pub fn simple_query(&self, sql: &str) -> Result<Vec<SimpleQueryMessage>, QueryError> {
        self.wait(self.client.simple_query(sql))
    }

    /// Runs what the asynchronous client can do and this type has no method for.
    pub fn run<T>(
        &self,
        work: impl AsyncFnOnce(&Client) -> Result<T, tokio_postgres::Error>,
    ) -> Result<T, QueryError> {
        self.wait(work(&self.client))
    }

    /// Takes the notices that came since the last call.
    pub fn take_notices(&self) -> Vec<Notice> {
        std::mem::take(
            &mut *self
                .link
                .notices
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }

    /// How often this session has waited for the server.
    pub fn round_trips(&self) -> u64 {
        self.round_trips.get()
    }

    fn wait<T>(
        &self,
        work: impl Future<Output = Result<T, tokio_postgres::Error>>,
    ) -> Result<T, QueryError> {
        self.round_trips.set(self.round_trips.get() + 1);
        self.link.runtime.block_on(self.unless_interrupted(work))
    }

    /// After an interrupt the statement is cancelled and its end awaited: it may still have been done.
    #[expect(
        clippy::await_holding_refcell_ref,
        reason = "one call at a time blocks on the runtime"
    )]
    async fn unless_interrupted<T>(
        &self,
        work: impl Future<Output = Result<T, tokio_postgres::Error>>,
    ) -> Result<T, QueryError> {
        let mut work = std::pin::pin!(work);
        let mut interrupts = self.interrupts.borrow_mut();
        tokio::select! {
            biased;
            done = &mut work => return Ok(done?),
            _ = interrupts.changed() => {}
        }
        let _ = self
            .client
            .cancel_token()
            .cancel_query(self.tls.clone())
            .await;
        work.await.map_err(|_| QueryError::Interrupted)
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("version", &self.version.text)
            .finish_non_exhaustive()
    }
}

impl Link {
    fn run<T>(runtime: Runtime, mut connection: Connection<Socket, T>) -> Self
    where
        T: tokio_postgres::tls::TlsStream + Unpin + Send + 'static,
    {
        let notices = Arc::new(Mutex::new(Vec::new()));
        let inbox = Arc::clone(&notices);
        let task = runtime.spawn(async move {
            while let Some(Ok(message)) = poll_fn(|context| connection.poll_message(context)).await
            {
                if let AsyncMessage::Notice(notice) = message {
                    inbox
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push(notice);
                }
            }
        });
        Self {
            runtime,
            task: Some(task),
            notices,
        }
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        if let Some(task) = self.task.take() {
            let _ = self
                .runtime
                .block_on(async { timeout(Duration::from_secs(1), task).await });
        }
    }
}

fn supported(version: Option<&str>, target: &Target) -> Result<Version, ConnectError> {
    let text = version.unwrap_or("of an unknown version").to_owned();
    let number = number(&text);
    if number / 10_000 < OLDEST_MAJOR {
        return Err(target.too_old(text));
    }
    Ok(Version { text, number })
}

/// `15.20 (Debian …)` is 150020, `18beta1` is 180000, `9.6.24` is 90006 (older than the rule, but it orders).
fn number(version: &str) -> u32 {
    let mut parts = version.split(|c: char| !c.is_ascii_digit());
    let mut part = || {
        parts
            .next()
            .and_then(|part| part.parse::<u32>().ok())
            .unwrap_or(0)
    };
    let major = part();
    let minor = if version.contains('.') { part() } else { 0 };
    major.saturating_mul(10_000).saturating_add(minor)
}

#[cfg(test)]
mod tests {
    use super::{ConnectError, Target, number, supported};

    #[test]
    fn refuses_what_is_too_old() -> Result<(), ConnectError> {
        let target = Target::parse("postgres://me:secret@old:1/d")?;
        assert_eq!(supported(Some("14.0"), &target)?.number, 140_000);
        for (version, shown) in [
            (Some("13.21 (Debian 13.21-1)"), "13.21 (Debian 13.21-1)"),
            (None, "of an unknown version"),
        ] {
            let error = supported(version, &target)
                .err()
                .map(|error| error.to_string());
            let text = format!("the server at old:1 is PostgreSQL {shown}, which is too old");
            assert_eq!(error, Some(text));
        }
        Ok(())
    }

    #[test]
    fn reads_the_server_version() {
        assert_eq!(number("15.20 (Debian 15.20-0+deb12u1)"), 150_020);
        assert_eq!(number("18beta1"), 180_000);
        assert_eq!(number("9.6.24"), 90_006);
        assert_eq!(number(""), 0);
    }
}
