//! The shadow: a server in which SQL is built, to see what PostgreSQL makes of it.

mod given;

use std::cell::Cell;

use crate::catalog::Catalog;
use crate::cluster::{Binaries, Cluster, ClusterError, SUPERUSER};
use crate::database::{ConnectError, IntrospectError, Options, QueryError, Session, introspect};
use crate::runner::{ScriptError, run_tolerantly};
use crate::sql::quote_ident;
use given::Given;

/// A server with any number of databases that are ours. They go with this value, and so does a throwaway server.
#[derive(Debug)]
pub struct Shadow {
    server: Server,
    databases: Cell<u32>,
}

#[derive(Debug)]
enum Server {
    Throwaway(Box<Cluster>),
    Given(Given),
}

/// Why something could not be built in the shadow.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum ShadowError {
    /// There is no server.
    #[error("the shadow database can't be had: {0}")]
    #[diagnostic(transparent)]
    Cluster(#[from] ClusterError),
    /// The server that was given can't be reached.
    #[error("the shadow server can't be used")]
    Connect(
        #[from]
        #[source]
        #[diagnostic_source]
        ConnectError,
    ),
    /// The server that was given makes no database for us.
    #[error("no database can be made on the shadow server: {0}")]
    #[diagnostic(help(
        "give the role the right (`alter role … createdb`), or name another server with `--shadow-url`; without one a throwaway server is started"
    ))]
    Create(QueryError),
    /// A role is missing on the server that was given, and roles are all its databases'.
    #[error("the shadow server has no role `{0}`, and none is made on a server that was given")]
    #[diagnostic(help(
        "create it there, or do without `--shadow-url`: in a throwaway server missing roles are made"
    ))]
    NoRole(String),
    /// The SQL does not run on an empty database.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Script(#[from] ScriptError),
    /// What was built can't be read.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Introspect(#[from] IntrospectError),
}

impl Shadow {
    /// The server that a URL names, or else a throwaway server of that major version, or of the one that is installed where
    /// that one is not.
    pub fn start(url: Option<&str>, major: u32) -> Result<Self, ShadowError> {
        let server = if let Some(url) = url {
            Server::Given(Given::connect(url)?)
        } else {
            let binaries = Binaries::find(Some(major)).or_else(|_| Binaries::find(None))?;
            Server::Throwaway(Box::new(Cluster::start(&binaries)?))
        };
        Ok(Self {
            server,
            databases: Cell::new(0),
        })
    }

    /// The server's major version.
    pub fn major(&self) -> u32 {
        match &self.server {
            Server::Throwaway(cluster) => cluster.major(),
            Server::Given(given) => given.major(),
        }
    }

    /// Builds scripts, by name and text, one after the other in an empty database, and reads what they made: what is owned by
    /// the role that builds is [`SUPERUSER`]'s, whatever its name on this server.
    pub fn build<'t>(
        &self,
        scripts: impl IntoIterator<Item = (&'t str, &'t str)>,
        default_schema: &str,
    ) -> Result<Catalog, ShadowError> {
        let session = self.built(scripts)?;
        let options = Options {
            default_schema: default_schema.to_owned(),
        };
        let built = introspect(&session, &options)?;
        Ok(match &self.server {
            Server::Throwaway(_) => built,
            Server::Given(given) => built.handed_over(given.user(), SUPERUSER),
        })
    }

    /// A connection to a new database in which the scripts have run.
    pub fn built<'t>(
        &self,
        scripts: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Result<Session, ShadowError> {
        let session = self.database()?;
        for (name, text) in scripts {
            run_tolerantly(&session, name, text, &mut |error| self.supply(error))
                .map_err(|error| self.explain(error))?;
        }
        // What a script set is not for those who read.
        session
            .batch_execute("reset all")
            .map_err(ClusterError::from)?;
        Ok(session)
    }

    fn database(&self) -> Result<Session, ShadowError> {
        let cluster = match &self.server {
            Server::Throwaway(cluster) => cluster,
            Server::Given(given) => return given.database(),
        };
        let number = self.databases.get() + 1;
        self.databases.set(number);
        let name = format!("shadow_{number}");
        cluster.create_database(&name)?;
        Ok(cluster.connect(&name)?)
    }

    /// Makes a role that a statement missed. Whether it did.
    fn supply(&self, error: &QueryError) -> bool {
        let Server::Throwaway(cluster) = &self.server else {
            return false;
        };
        missing_role(error).is_some_and(|role| {
            let create = format!("create role {}", quote_ident(role));
            cluster
                .connect("postgres")
                .is_ok_and(|session| session.batch_execute(&create).is_ok())
        })
    }

    fn explain(&self, error: ScriptError) -> ShadowError {
        match (&self.server, missing_role(&error.error)) {
            (Server::Given(_), Some(role)) => ShadowError::NoRole(role.to_owned()),
            _ => error.into(),
        }
    }
}

fn missing_role(error: &QueryError) -> Option<&str> {
    let error = error.server()?;
    (error.code().code() == "42704")
        .then_some(error.message())?
        .strip_prefix("role \"")?
        .strip_suffix("\" does not exist")
}
