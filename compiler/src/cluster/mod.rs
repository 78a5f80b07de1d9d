//! Throwaway PostgreSQL servers: the shadow database of the product, and the judge in the tests.
//!
//! A [`Cluster`] listens on a Unix socket in its own temporary folder and on nothing else, and nothing is left of
//! it when it is dropped, or when this process ends in whatever way, `SIGKILL` included: a small shell process keeps
//! the server, reads a pipe that only this process holds, and clears up when that closes.
//!
//! The crate `postgresql_embedded` 0.22 was considered. It stops its server in `Drop` only, so a signal leaves
//! server and folder behind; it can't start as another user, which root needs; it always opens a TCP port; and it brings
//! a second database driver (sqlx) and an HTTP client. What is left to write without it is this folder.

mod binaries;
mod error;
mod places;
mod supervisor;
mod template;

pub use binaries::Binaries;
pub use error::ClusterError;
pub use places::BINDIR_VARIABLE;

use std::path::Path;

use crate::database::{self, Session};
use crate::sql::quote_ident;
use supervisor::Supervisor;

/// The superuser of every throwaway cluster; there is no password.
pub const SUPERUSER: &str = "postgres";

/// The port in the socket's name: nothing listens on it.
const DEFAULT_PORT: u16 = 5432;

/// A running throwaway server. Dropping it stops the server and removes its folder.
#[derive(Debug)]
pub struct Cluster {
    supervisor: Supervisor,
    binaries: Binaries,
    port: u16,
}

impl Cluster {
    /// Starts a new, empty cluster: encoding UTF-8, locale C.UTF-8, time zone UTC, nothing synced to disk.
    pub fn start(binaries: &Binaries) -> Result<Self, ClusterError> {
        Self::start_with(binaries, &[])
    }

    /// Starts a new, empty cluster with more of the server's settings, `name=value` each; the last word on a name is
    /// the caller's: `shared_preload_libraries=timescaledb`, `listen_addresses=127.0.0.1`.
    pub fn start_with(binaries: &Binaries, settings: &[&str]) -> Result<Self, ClusterError> {
        let port = settings
            .iter()
            .rev()
            .find_map(|setting| setting.strip_prefix("port=")?.parse().ok());
        let mut supervisor = Supervisor::spawn(binaries, settings)?;
        template::fill(&mut supervisor, binaries)?;
        let started = supervisor.start_server();
        if started.is_err() && settings.is_empty() {
            template::forget(binaries);
        }
        started?;
        Ok(Self {
            supervisor,
            binaries: binaries.clone(),
            port: port.unwrap_or(DEFAULT_PORT),
        })
    }

    /// The URL of a database of this cluster, a form that psql, libpq and tokio-postgres all take.
    pub fn url(&self, database: &str) -> String {
        database::socket_url(self.folder(), self.port, SUPERUSER, database)
    }

    /// The folder of the socket, for `psql -h`, and of the server's files: `data`, `log`.
    pub fn folder(&self) -> &Path {
        self.supervisor.folder()
    }

    /// The server's major version, such as 15.
    pub fn major(&self) -> u32 {
        self.binaries.major()
    }

    /// The programs this server was started from.
    pub fn binaries(&self) -> &Binaries {
        &self.binaries
    }

    /// Creates an empty database.
    pub fn create_database(&self, name: &str) -> Result<(), ClusterError> {
        self.create_database_from_template(name, "template0")
    }

    /// Creates a database as a copy of another, to which nobody may be connected.
    pub fn create_database_from_template(
        &self,
        name: &str,
        template: &str,
    ) -> Result<(), ClusterError> {
        let (name, template) = (quote_ident(name), quote_ident(template));
        // Half the time of writing the copy to the log; before PostgreSQL 15 there is no other way.
        let strategy = if self.major() >= 15 {
            "strategy file_copy"
        } else {
            ""
        };
        self.administrate(&format!(
            "create database {name} template {template} {strategy}"
        ))
    }

    /// Drops a database, ending the connections to it; one that is not there is no error.
    pub fn drop_database(&self, name: &str) -> Result<(), ClusterError> {
        let name = quote_ident(name);
        self.administrate(&format!("drop database if exists {name} with (force)"))
    }

    /// Connects to a database of this cluster.
    pub fn connect(&self, database: &str) -> Result<Session, ClusterError> {
        Ok(database::connect(&self.url(database))?)
    }

    fn administrate(&self, statement: &str) -> Result<(), ClusterError> {
        Ok(self.connect("postgres")?.batch_execute(statement)?)
    }
}
