use std::fmt;

use tokio_postgres::error::{DbError, ErrorPosition, SqlState};

/// Why there is no connection. No message contains the password.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum ConnectError {
    /// The text is not a connection URL or string.
    #[error("this is not a connection that can be understood: {0}")]
    #[diagnostic(help(
        "write `postgres://user@host:5432/database`, `postgres://user@%2Frun%2Fpostgresql/database` for a Unix socket, or `host=… user=… dbname=…`"
    ))]
    Invalid(String),
    /// Nobody answers at that address.
    #[error("no server answers at {address}: {reason}")]
    #[diagnostic(help("is the server running, and are host and port right?"))]
    Unreachable {
        /// Host and port, or socket.
        address: String,
        /// What the operating system says.
        reason: String,
    },
    /// The server does not let this user in.
    #[error("the server at {address} refuses user `{user}`: {reason}")]
    #[diagnostic(help(
        "check user and password (the URL, `PGPASSWORD` or ~/.pgpass), and the server's pg_hba.conf"
    ))]
    Refused {
        /// Host and port, or socket.
        address: String,
        /// The user's name.
        user: String,
        /// What the server says.
        reason: String,
    },
    /// The database is not there.
    #[error("the server at {address} has no database `{database}`")]
    #[diagnostic(help("create it (`createdb {database}`), or name another one in the URL"))]
    NoDatabase {
        /// Host and port, or socket.
        address: String,
        /// The database's name.
        database: String,
    },
    /// The server is older than what is supported.
    #[error("the server at {address} is PostgreSQL {version}, which is too old")]
    #[diagnostic(help("PostgreSQL {} and later are supported", super::OLDEST_MAJOR))]
    TooOld {
        /// Host and port, or socket.
        address: String,
        /// The server's version.
        version: String,
    },
    /// No secure connection could be made.
    #[error("no TLS connection to {address}: {reason}")]
    #[diagnostic(help(
        "`sslmode` may be disable, prefer, require, verify-ca or verify-full; `sslrootcert` names the authority's certificate"
    ))]
    Tls {
        /// Host and port, or socket.
        address: String,
        /// What went wrong.
        reason: String,
    },
    /// The server is there, and says no for another reason: too many connections, starting up, shutting down.
    #[error("the server at {address} takes no connection: {reason}")]
    Rejected {
        /// Host and port, or socket.
        address: String,
        /// What the server says.
        reason: String,
    },
}

/// Why a statement failed.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum QueryError {
    /// The server refused it.
    #[error("{}", Report(.0))]
    Server(Box<DbError>),
    /// The user interrupted it (Ctrl-C), and the server cancelled it.
    #[error("interrupted: the running statement was cancelled")]
    Interrupted,
    /// The connection broke: what became of the running statement is not known.
    #[error("the connection to the server is lost: {0}")]
    Lost(String),
    /// The answer could not be read: a wrong type or number of columns.
    #[error("the server's answer could not be read: {0}")]
    Client(String),
}

impl QueryError {
    /// The server's error, with its position, detail, hint, context and object names.
    pub fn server(&self) -> Option<&DbError> {
        match self {
            Self::Server(error) => Some(error),
            _ => None,
        }
    }

    /// The server's error code.
    pub fn code(&self) -> Option<&SqlState> {
        self.server().map(DbError::code)
    }

    /// Where in the statement the error is: a count of characters from 1.
    pub fn position(&self) -> Option<u32> {
        match self.server()?.position()? {
            ErrorPosition::Original(position) => Some(*position),
            ErrorPosition::Internal { .. } => None,
        }
    }
}

impl From<tokio_postgres::Error> for QueryError {
    fn from(error: tokio_postgres::Error) -> Self {
        if let Some(server) = error.as_db_error() {
            return Self::Server(Box::new(server.clone()));
        }
        let text = chain(&error);
        let io = std::error::Error::source(&error)
            .is_some_and(<dyn std::error::Error>::is::<std::io::Error>);
        if io || error.is_closed() {
            Self::Lost(text)
        } else {
            Self::Client(text)
        }
    }
}

/// An error and its causes on one line: the driver's own texts say the kind only.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let inner = error.to_string();
        if !text.contains(&inner) {
            text = format!("{text}: {inner}");
        }
        cause = error.source();
    }
    text
}

/// What to do about refusals of which the server does not say it.
fn hint(error: &DbError) -> Option<&'static str> {
    let code = error.code();
    if *code == SqlState::QUERY_CANCELED && error.message().contains("statement timeout") {
        return Some(
            "the limit is `statement_timeout`, of this role, database or server; `?options=-c%20statement_timeout%3D0` at the end of the URL lifts it for one run",
        );
    }
    (*code == SqlState::READ_ONLY_SQL_TRANSACTION).then_some(
        "this is a standby, or `default_transaction_read_only` is on; connect to the primary, or as a role that may write",
    )
}

/// A server error the way psql shows it, without the position.
struct Report<'a>(&'a DbError);

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(error) = self;
        write!(f, "{} ({})", error.message(), error.code().code())?;
        let lines = [
            ("DETAIL", error.detail()),
            ("HINT", error.hint().or(hint(error))),
            ("CONTEXT", error.where_()),
        ];
        for (name, text) in lines {
            if let Some(text) = text {
                write!(f, "\n{name}: {text}")?;
            }
        }
        Ok(())
    }
}
