//! A real PostgreSQL for tests: one server for each test process, one [`Database`] for each test.
//!
//! Nothing here skips: without PostgreSQL a test fails, and the message says what to install.
//! What can't go on panics, as tests do.

mod dump;
mod plans;
mod rows;
mod written;

pub use dump::{dump, in_any_order, without_noise};
pub use plans::{apply, built_part, read, same_dump};
pub use written::assert_written;

use std::env;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use tablec::cluster::{Binaries, Cluster, ClusterError};
use tablec::database::Session;

/// The major versions that tablec knows.
pub const SUPPORTED: RangeInclusive<u32> = 14..=18;

/// The server of this test process. A static is never dropped: the server goes when the process does.
static CLUSTER: LazyLock<Cluster> = LazyLock::new(|| server(None).unwrap_or_else(give_up));

/// The server of this test process, started by the first test that asks.
///
/// # Panics
/// Where no PostgreSQL is installed.
pub fn cluster() -> &'static Cluster {
    &CLUSTER
}

/// A server of each major version that is installed here, the oldest first.
///
/// `TABLEC_SERVERS="15 16 17 18"` names those that must be there; `compiler/tests/servers.sh` installs them and sets it.
///
/// # Panics
/// Where a version that must be there is missing.
pub fn servers() -> &'static [Cluster] {
    static SERVERS: LazyLock<Vec<Cluster>> = LazyLock::new(|| match env::var("TABLEC_SERVERS") {
        Ok(majors) => majors.split_whitespace().map(required).collect(),
        Err(_) => SUPPORTED
            .filter_map(|major| server(Some(major)).ok())
            .collect(),
    });
    &SERVERS
}

fn required(major: &str) -> Cluster {
    let number = major.parse().ok();
    server(number.or_else(|| panic!("TABLEC_SERVERS: `{major}` is no major version")))
        .unwrap_or_else(give_up)
}

/// A server of its own, of the major version asked for or else the usual one: for tests of what the whole server shares.
pub fn server(major: Option<u32>) -> Result<Cluster, ClusterError> {
    Cluster::start(&Binaries::find(major)?)
}

/// The folder of schemas and of before/after pairs that `TABLEC_CORPUS` names; it is not part of the project.
pub fn corpus() -> Option<PathBuf> {
    let dir = env::var_os("TABLEC_CORPUS").filter(|dir| !dir.is_empty())?;
    Some(PathBuf::from(dir))
}

/// A database of one test: its own, dropped with this value.
#[derive(Debug)]
pub struct Database<'a> {
    cluster: &'a Cluster,
    name: String,
}

impl Database<'static> {
    /// A new, empty database on the server of this test process.
    ///
    /// # Panics
    /// Where no PostgreSQL is installed.
    pub fn new() -> Self {
        Self::on(cluster())
    }

    /// A new database, filled by SQL.
    ///
    /// # Panics
    /// Where the SQL fails.
    pub fn with(sql: &str) -> Self {
        let this = Self::new();
        this.run(sql);
        this
    }
}

impl Default for Database<'static> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'a> Database<'a> {
    /// A new, empty database on the server given.
    ///
    /// # Panics
    /// Where the server refuses.
    pub fn on(cluster: &'a Cluster) -> Self {
        Self::copy(cluster, "template0")
    }

    /// Another database with the same content; nobody may be connected to this one.
    ///
    /// # Panics
    /// Where the server refuses.
    #[must_use]
    pub fn duplicate(&self) -> Self {
        Self::copy(self.cluster, &self.name)
    }

    /// Its name, unique in the server.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its URL.
    pub fn url(&self) -> String {
        self.cluster.url(&self.name)
    }

    /// A connection to it.
    ///
    /// # Panics
    /// Where the server refuses.
    pub fn connect(&self) -> Session {
        self.cluster.connect(&self.name).unwrap_or_else(give_up)
    }

    /// Runs SQL in it, over a connection of its own.
    ///
    /// # Panics
    /// Where the SQL fails.
    pub fn run(&self, sql: &str) {
        if let Err(error) = self.connect().batch_execute(sql) {
            panic!("{error}\nin\n{sql}");
        }
    }

    /// Runs a script as `psql` does.
    ///
    /// # Errors
    /// What `psql` says, where a statement of it fails.
    pub fn load(&self, script: &std::path::Path) -> Result<(), String> {
        let psql = self.cluster.binaries().tool("psql").unwrap_or_else(give_up);
        let output = std::process::Command::new(psql)
            .args(["-Xqb", "-v", "ON_ERROR_STOP=1", "-f"])
            .arg(script)
            .arg(self.url())
            .output();
        let output = output.map_err(|error| error.to_string())?;
        if output.status.success() {
            return Ok(());
        }
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }

    /// Its schema as `pg_dump -s` writes it, without what changes from run to run.
    ///
    /// # Panics
    /// Where `pg_dump` is missing or fails.
    pub fn dump(&self) -> String {
        let pg_dump = self
            .cluster
            .binaries()
            .tool("pg_dump")
            .unwrap_or_else(give_up);
        dump(&pg_dump, &self.url())
    }

    fn copy(cluster: &'a Cluster, template: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(1);
        let name = format!("test_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let created = cluster.create_database_from_template(&name, template);
        created.unwrap_or_else(give_up);
        Self { cluster, name }
    }
}

impl Drop for Database<'_> {
    fn drop(&mut self) {
        let dropped = self.cluster.drop_database(&self.name);
        if !std::thread::panicking() {
            dropped.unwrap_or_else(give_up);
        }
    }
}

/// An error and what to do about it.
fn give_up<T>(error: ClusterError) -> T {
    panic!("{:?}", miette::Report::new(error))
}
