//! Connections to PostgreSQL. No other module opens one.
//!
//! [`connect`] gives a [`Session`]: blocking calls over an asynchronous client, so that many queries
//! can share one round trip ([`Session::query_all`]).

mod connection_string;
mod error;
mod introspect;
mod labels;
mod password_file;
mod session;
mod target;
mod tls;

pub use connection_string::{socket_url, with_database};
pub use error::{ConnectError, QueryError};
pub use introspect::{IntrospectError, Options, Reading, introspect};
pub use labels::unused_labels;
pub use session::{Notice, Session};
pub use tokio_postgres::types::{ToSql, Type};
pub use tokio_postgres::{Client, Row, SimpleColumn, SimpleQueryMessage, error::SqlState};

use target::Target;

/// The application name that servers show for our connections.
pub const APPLICATION_NAME: &str = "tablec";

/// The oldest major version that is supported; the newest one known is 18, and a newer one is taken on trust.
pub const OLDEST_MAJOR: u32 = 14;

/// Connects to a database.
///
/// The text is a `postgres://` URL, Unix sockets percent-encoded as the host included, or libpq's `key=value` form.
/// What it leaves out comes from where libpq takes it: `PGHOST`, `PGPORT`, `PGUSER`, `PGPASSWORD`,
/// `PGDATABASE`, `PGSSLMODE`, the password file, the usual socket folders.
/// [Manual, chapter 34.1.1](https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING).
pub fn connect(target: &str) -> Result<Session, ConnectError> {
    Session::open(&Target::parse(target)?)
}
