//! The shadow: a throwaway server in which SQL is built, to see what PostgreSQL makes of it.

use std::cell::Cell;

use crate::catalog::Catalog;
use crate::cluster::{Binaries, Cluster, ClusterError};
use crate::database::{IntrospectError, Options, QueryError, Session, introspect};
use crate::runner::{ScriptError, run_tolerantly};
use crate::sql::quote_ident;

/// A throwaway server with any number of databases. It goes with this value.
#[derive(Debug)]
pub struct Shadow {
    cluster: Cluster,
    databases: Cell<u32>,
}

/// Why something could not be built in the shadow.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum ShadowError {
    /// There is no server.
    #[error("the shadow database can't be had: {0}")]
    #[diagnostic(transparent)]
    Cluster(#[from] ClusterError),
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
    /// Starts a server of that major version, or of the one that is installed where that one is not.
    pub fn start(major: u32) -> Result<Self, ShadowError> {
        let binaries = Binaries::find(Some(major)).or_else(|_| Binaries::find(None))?;
        Ok(Self {
            cluster: Cluster::start(&binaries)?,
            databases: Cell::new(0),
        })
    }

    /// The server's major version.
    pub fn major(&self) -> u32 {
        self.cluster.major()
    }

    /// Builds scripts, by name and text, one after the other in an empty database, and reads what they made.
    pub fn build<'t>(
        &self,
        scripts: impl IntoIterator<Item = (&'t str, &'t str)>,
        default_schema: &str,
    ) -> Result<Catalog, ShadowError> {
        let session = self.built(scripts)?;
        let options = Options {
            default_schema: default_schema.to_owned(),
        };
        Ok(introspect(&session, &options)?)
    }

    /// A connection to a new database in which the scripts have run.
    pub fn built<'t>(
        &self,
        scripts: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Result<Session, ShadowError> {
        let session = self.database()?;
        for (name, text) in scripts {
            run_tolerantly(&session, name, text, &mut |error| self.supply(error))?;
        }
        // What a script set is not for those who read.
        session
            .batch_execute("reset all")
            .map_err(ClusterError::from)?;
        Ok(session)
    }

    fn database(&self) -> Result<Session, ShadowError> {
        let number = self.databases.get() + 1;
        self.databases.set(number);
        let name = format!("shadow_{number}");
        self.cluster.create_database(&name)?;
        Ok(self.cluster.connect(&name)?)
    }

    /// Makes a role that a statement missed. Whether it did.
    fn supply(&self, error: &QueryError) -> bool {
        let role = error
            .server()
            .filter(|error| error.code().code() == "42704")
            .and_then(|error| {
                error
                    .message()
                    .strip_prefix("role \"")?
                    .strip_suffix("\" does not exist")
            });
        role.is_some_and(|role| {
            let create = format!("create role {}", quote_ident(role));
            self.cluster
                .connect("postgres")
                .is_ok_and(|session| session.batch_execute(&create).is_ok())
        })
    }
}
