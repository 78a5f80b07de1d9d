//! How to reach the database.

use std::collections::HashMap;
use std::env::VarError;
use std::sync::{Arc, Mutex, PoisonError};

use postgres_types::Type;
use tokio_postgres::Config;

use crate::Error;

/// How to reach the database.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Host, user, database and so on.
    pub config: Config,
    /// How many connections a pool keeps at most.
    pub pool_size: usize,
    /// How statements are sent.
    pub statements: Statements,
    /// The types, beyond PostgreSQL's own, of the columns; a connection that has no named statements asks for
    /// them once, at its start.
    pub types: &'static [&'static str],
}

/// How statements are sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Statements {
    /// Prepared once a connection and then executed by name.
    #[default]
    Named,
    /// Never by name, for poolers that give each transaction another connection (pgbouncer's transaction mode).
    Unnamed,
}

impl Settings {
    /// A database that a URL or a key-value string names, with ten connections and named statements.
    ///
    /// # Errors
    /// When the URL cannot be read.
    pub fn new(url: &str, types: &'static [&'static str]) -> Result<Self, Error> {
        let config = url.parse::<Config>().map_err(|error| {
            let reason = std::error::Error::source(&error)
                .map_or_else(|| error.to_string(), ToString::to_string);
            Error::Settings(format!("the database URL cannot be read: {reason}"))
        })?;
        Ok(Self {
            config,
            pool_size: 10,
            statements: Statements::Named,
            types,
        })
    }

    /// From `DATABASE_URL`, and where they are set `DATABASE_POOL_SIZE` and `DATABASE_STATEMENTS` (`named` or
    /// `unnamed`).
    ///
    /// # Errors
    /// When `DATABASE_URL` is not set, or one of them cannot be read.
    pub fn from_env(types: &'static [&'static str]) -> Result<Self, Error> {
        let url = variable("DATABASE_URL")?
            .ok_or_else(|| Error::Settings("DATABASE_URL is not set".to_owned()))?;
        let mut settings = Self::new(&url, types)?;
        if let Some(size) = variable("DATABASE_POOL_SIZE")? {
            let positive = size.parse().ok().filter(|size| *size > 0);
            settings.pool_size = positive.ok_or_else(|| {
                Error::Settings(format!(
                    "DATABASE_POOL_SIZE is {size:?}, not a positive number"
                ))
            })?;
        }
        settings.statements = match variable("DATABASE_STATEMENTS")?.as_deref() {
            None | Some("named") => Statements::Named,
            Some("unnamed") => Statements::Unnamed,
            Some(other) => {
                let message =
                    format!("DATABASE_STATEMENTS is {other:?}, neither \"named\" nor \"unnamed\"");
                return Err(Error::Settings(message));
            }
        };
        Ok(settings)
    }
}

fn variable(name: &str) -> Result<Option<String>, Error> {
    match std::env::var(name) {
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(Error::Settings(format!("{name} is not UTF-8"))),
    }
}

/// What PostgreSQL said of the parameters of statements that are sent without a name. The same in all
/// connections to one database.
#[derive(Clone, Debug, Default)]
pub(crate) struct ParameterTypes(Arc<Mutex<HashMap<String, Arc<[Type]>>>>);

impl ParameterTypes {
    pub(crate) fn get(&self, sql: &str) -> Option<Arc<[Type]>> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(sql)
            .cloned()
    }

    pub(crate) fn insert(&self, sql: &str, types: &[Type]) -> Arc<[Type]> {
        let types: Arc<[Type]> = types.into();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(sql.to_owned(), Arc::clone(&types));
        types
    }
}

/// A statement whose columns have all of the types, so that preparing it makes the driver ask what they are.
pub(crate) fn types_query(types: &[&str]) -> String {
    let columns: Vec<_> = types.iter().map(|name| format!("null::{name}")).collect();
    format!("select {}", columns.join(", "))
}
