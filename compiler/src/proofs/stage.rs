//! Where suites play: a template database that the migrations built, and clones of it.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::facts::Objects;
use super::player::{Files, Message, Played, play};
use crate::cluster::{Binaries, Cluster, ClusterError};
use crate::database::{self, ConnectError, QueryError, Session};
use crate::interrupt::{self, Ear};
use crate::sql::quote_ident;

/// No two stages of a process share databases.
static STAGES: AtomicU32 = AtomicU32::new(0);

/// What is done to a test database itself sets off no event trigger of its.
pub(super) const QUIET: &str = "select case when current_setting('server_version_num')::int >= 170000 then set_config('event_triggers', 'off', false) \
     else set_config('session_replication_role', 'replica', false) end from pg_event_trigger limit 1";

/// A server with a template.
#[derive(Debug)]
pub struct Stage {
    server: Server,
    prefix: String,
    next: AtomicU32,
    /// As long as there is a stage, Ctrl-C does not end the process at once: its databases have to go first.
    _ear: Ear,
}

/// Where the databases are made.
#[derive(Debug)]
pub enum Server {
    /// A throwaway server: roles that are missing are made.
    Throwaway(Cluster),
    /// A server that somebody gave, by URL: only databases of our own name are touched.
    Given(String),
}

impl Server {
    /// Starts a throwaway server. Where `plpgsql_check` is installed, the server loads it once, not each session again.
    pub fn throwaway() -> Result<Self, ClusterError> {
        let binaries = Binaries::find(None)?;
        let settings: &[&str] = if binaries.has_library("plpgsql_check") {
            &["shared_preload_libraries=plpgsql_check"]
        } else {
            &[]
        };
        Cluster::start_with(&binaries, settings).map(Self::Throwaway)
    }
}

/// A file of SQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// Its path, relative to the project.
    pub path: PathBuf,
    /// What it says.
    pub text: String,
}

/// Why there is no stage.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum StageError {
    /// No connection.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Connect(#[from] ConnectError),
    /// A statement of our own failed.
    #[error("{what}: {error}")]
    Query {
        /// What was being done.
        what: String,
        /// What the server says.
        error: QueryError,
    },
    /// A migration failed.
    #[error("{}:{}: the migration fails: {}", .0.file.display(), .0.line, .0.text)]
    #[diagnostic(help("the suites run in a database that the migrations build; {}", more(.0)))]
    Migration(Box<Message>),
    /// The user interrupted it (Ctrl-C).
    #[error("interrupted; the test databases are gone")]
    Interrupted,
    /// pgTAP is not installed on the server.
    #[error("the extension pgtap is not installed on the PostgreSQL {0} server")]
    #[diagnostic(help(
        "install it (Debian, Ubuntu: `apt-get install postgresql-{0}-pgtap`; elsewhere: https://pgtap.org)"
    ))]
    NoPgtap(u32),
}

fn more(message: &Message) -> String {
    if message.more.is_empty() {
        "psql runs the file too".to_owned()
    } else {
        message.more.join("; ")
    }
}

impl Stage {
    /// Builds the template: every migration in order, then pgTAP.
    pub fn build(server: Server, migrations: &[Script]) -> Result<Self, StageError> {
        let number = STAGES.fetch_add(1, Ordering::Relaxed);
        let prefix = format!("tablec_test_{}_{number}", std::process::id());
        let stage = Self {
            server,
            prefix,
            next: AtomicU32::new(0),
            _ear: interrupt::listen(),
        };
        let template = stage.template();
        stage.fill(&template, migrations)?;
        Ok(stage)
    }

    /// The name of the template database.
    pub fn template(&self) -> String {
        format!("{}_template", self.prefix)
    }

    /// A second template: a copy of the first, to which `change` is done.
    pub fn vary(
        &self,
        name: &str,
        change: impl FnOnce(&Session) -> Result<(), QueryError>,
    ) -> Result<String, StageError> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let name = format!("{}_{name}_{number}", self.prefix);
        self.copy(&self.template(), &name)?;
        let session = self.connect(&name)?;
        session
            .batch_execute(QUIET)
            .and_then(|()| change(&session))
            .map_err(|error| failed("could not prepare a database", error))?;
        Ok(name)
    }

    /// All objects that the migrations made.
    pub fn objects(&self) -> Result<Objects, StageError> {
        let session = self.connect(&self.template())?;
        Objects::read(&session)
            .map_err(|error| failed("could not read what suites depend on", error))
    }

    /// A fresh database like the template; its name.
    pub fn clone_of(&self, template: &str) -> Result<String, StageError> {
        let name = format!(
            "{}_{}",
            self.prefix,
            self.next.fetch_add(1, Ordering::Relaxed)
        );
        self.copy(template, &name)?;
        Ok(name)
    }

    /// Drops a database.
    pub fn remove(&self, name: &str) -> Result<(), StageError> {
        self.administrate(&format!(
            "drop database if exists {} with (force)",
            quote_ident(name)
        ))
    }

    /// Connects to a database.
    pub fn connect(&self, database: &str) -> Result<Session, StageError> {
        Ok(match &self.server {
            Server::Throwaway(cluster) => database::connect(&cluster.url(database))?,
            Server::Given(url) => database::connect(&database::with_database(url, database))?,
        })
    }

    fn copy(&self, template: &str, name: &str) -> Result<(), StageError> {
        let (template, name) = (quote_ident(template), quote_ident(name));
        self.administrate(&format!("create database {name} template {template}"))
    }

    fn administrate(&self, sql: &str) -> Result<(), StageError> {
        let session = match &self.server {
            Server::Throwaway(cluster) => database::connect(&cluster.url("postgres"))?,
            Server::Given(url) => database::connect(url)?,
        };
        session
            .batch_execute(sql)
            .map_err(|error| failed(&format!("could not {}", verb(sql)), error))
    }

    /// A missing role is made and all begun again: which statements stand before it does not matter then.
    fn fill(&self, template: &str, migrations: &[Script]) -> Result<(), StageError> {
        loop {
            self.remove(template)?;
            self.administrate(&format!(
                "create database {} template template0",
                quote_ident(template)
            ))?;
            let session = self.connect(template)?;
            match replay(&session, migrations) {
                Ok(()) => return install_pgtap(&session),
                Err(message) => match self.missing_role(&message) {
                    Some(role) => {
                        self.administrate(&format!("create role {}", quote_ident(&role)))?;
                    }
                    None => return Err(StageError::Migration(message)),
                },
            }
        }
    }

    fn missing_role(&self, message: &Message) -> Option<String> {
        let ours =
            matches!(self.server, Server::Throwaway(_)) && message.code.as_deref() == Some("42704");
        let role = message
            .text
            .strip_prefix("role \"")?
            .strip_suffix("\" does not exist")?;
        ours.then(|| role.to_owned())
    }
}

impl Drop for Stage {
    /// A throwaway server goes as a whole; on a given one the databases are dropped.
    fn drop(&mut self) {
        if let Server::Given(url) = &self.server {
            let made = format!(
                "select datname::text from pg_database where starts_with(datname, '{}_')",
                self.prefix
            );
            let rows = database::connect(url)
                .ok()
                .and_then(|session| session.query(&made).ok());
            for row in rows.unwrap_or_default() {
                // What cannot be dropped now has a name that says whose it is.
                let _ = self.remove(row.get::<_, &str>(0));
            }
        }
    }
}

fn replay(session: &Session, migrations: &[Script]) -> Result<(), Box<Message>> {
    let none: Files<'_> =
        &|_: &Path| Err(std::io::Error::other("a migration includes no other file"));
    for migration in migrations {
        let Played { messages, .. } = play(session, &migration.path, &migration.text, none, false);
        if let Some(error) = messages.into_iter().find(Message::is_error) {
            return Err(Box::new(error));
        }
    }
    Ok(())
}

fn install_pgtap(session: &Session) -> Result<(), StageError> {
    session
        .batch_execute(QUIET)
        .and_then(|()| session.batch_execute("create extension if not exists pgtap"))
        .map_err(|error| {
            let missing = error
                .code()
                .is_some_and(|code| matches!(code.code(), "58P01" | "0A000"));
            if missing {
                StageError::NoPgtap(session.major())
            } else {
                failed("could not install pgtap", error)
            }
        })
}

fn verb(sql: &str) -> &str {
    sql.split(" template ").next().unwrap_or(sql)
}

fn failed(what: &str, error: QueryError) -> StageError {
    StageError::Query {
        what: what.to_owned(),
        error,
    }
}
