use super::Failure;
use crate::database::{Session, connect};

/// The option that names a database.
#[derive(Clone, Debug, clap::Args)]
pub struct Database {
    /// The database, as libpq takes it: `postgres://user@host/name`, `postgres://user@%2Frun%2Fpostgresql/name`, `host=… dbname=…`
    #[arg(long, value_name = "URL", env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
}

impl Database {
    /// The URL.
    pub fn url(&self) -> Result<&str, Failure> {
        self.database_url
            .as_deref()
            .filter(|url| !url.is_empty())
            .ok_or_else(|| {
                Failure::with_help(
                    "no database is named",
                    "give `--database-url postgres://user@host/name`, or set DATABASE_URL",
                )
            })
    }

    /// A connection to it.
    pub fn connect(&self) -> Result<Session, Failure> {
        Ok(connect(self.url()?)?)
    }
}
