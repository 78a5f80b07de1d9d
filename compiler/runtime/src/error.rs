use std::fmt;

/// Any error that can be sent to another thread.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// What can go wrong between a repository and the database. Tables' own errors say more about their constraints.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A value that PostgreSQL sent is not of the Rust type that the column has.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// A constraint does not hold.
    #[error(transparent)]
    Violation(#[from] Violation),
    /// PostgreSQL refused a statement for another reason.
    #[error("{message} (SQLSTATE {code})")]
    Database {
        /// The five characters of `SQLSTATE`.
        code: String,
        /// What PostgreSQL says.
        message: String,
        /// The driver's error.
        source: BoxError,
    },
    /// There is no connection, or it was lost.
    #[error("no connection to the database: {0}")]
    Connection(#[source] BoxError),
    /// The settings in the environment cannot be used.
    #[error("{0}")]
    Settings(String),
    /// A table's own error, where errors of several tables meet.
    #[error(transparent)]
    Table(BoxError),
}

/// A value that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {table}.{column}: {source}")]
pub struct DecodeError {
    /// The table or view.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// Why.
    pub source: BoxError,
}

/// A constraint that does not hold (`SQLSTATE` class 23).
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Violation {
    /// What kind of constraint.
    pub kind: ViolationKind,
    /// `schema.table.constraint`; for a not-null violation `schema.table.column`.
    pub place: String,
    /// What PostgreSQL says.
    pub message: String,
    /// The driver's error.
    pub source: BoxError,
}

/// The kinds of constraints, by `SQLSTATE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "PostgreSQL's words")]
pub enum ViolationKind {
    NotNull,
    ForeignKey,
    Unique,
    Check,
    Exclusion,
    Other,
}

impl Error {
    /// The violated constraint as `schema.table.constraint`; empty for every other error.
    pub fn constraint(&self) -> &str {
        match self {
            Self::Violation(violation) if violation.kind != ViolationKind::NotNull => {
                &violation.place
            }
            _ => "",
        }
    }

    /// The five characters of `SQLSTATE`, where PostgreSQL sent one.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Database { code, .. } => Some(code),
            Self::Violation(violation) => Some(violation.kind.code()),
            _ => None,
        }
    }
}

impl ViolationKind {
    /// The kind that a `SQLSTATE` of class 23 stands for.
    /// Source: <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
    pub fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "23502" => Self::NotNull,
            "23503" => Self::ForeignKey,
            "23505" => Self::Unique,
            "23514" => Self::Check,
            "23P01" => Self::Exclusion,
            _ if code.starts_with("23") => Self::Other,
            _ => return None,
        })
    }

    fn code(self) -> &'static str {
        match self {
            Self::NotNull => "23502",
            Self::ForeignKey => "23503",
            Self::Unique => "23505",
            Self::Check => "23514",
            Self::Exclusion => "23P01",
            Self::Other => "23000",
        }
    }
}

impl fmt::Display for ViolationKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotNull => "not null",
            Self::ForeignKey => "foreign key",
            Self::Unique => "unique",
            Self::Check => "check",
            Self::Exclusion => "exclusion",
            Self::Other => "constraint",
        })
    }
}

#[cfg(any(feature = "blocking", feature = "async"))]
impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Self {
        let Some(database) = error.as_db_error() else {
            return Self::from_driver(error);
        };
        let (code, message) = (
            database.code().code().to_owned(),
            database.message().to_owned(),
        );
        let Some(kind) = ViolationKind::from_code(&code) else {
            let source = error.into();
            return Self::Database {
                code,
                message,
                source,
            };
        };
        let place = place(database, kind);
        let source = error.into();
        Self::Violation(Violation {
            kind,
            place,
            message,
            source,
        })
    }
}

#[cfg(any(feature = "blocking", feature = "async"))]
impl Error {
    /// An insert always returns its row, unless something in the database sees to it that there is none.
    pub(crate) fn no_row() -> Self {
        Self::Database {
            code: "P0002".to_owned(),
            message: "the statement returned no row: a trigger, a rule or a policy kept it"
                .to_owned(),
            source: "no row".into(),
        }
    }

    fn from_driver(error: tokio_postgres::Error) -> Self {
        // The driver says `error serializing parameter 3`; a value that cannot be sent is no lost connection.
        if error.to_string().contains("serializing") {
            let (code, message) = ("22000".to_owned(), error.to_string());
            let source = error.into();
            return Self::Database {
                code,
                message,
                source,
            };
        }
        Self::Connection(error.into())
    }
}

#[cfg(any(feature = "blocking", feature = "async"))]
fn place(error: &tokio_postgres::error::DbError, kind: ViolationKind) -> String {
    let last = if kind == ViolationKind::NotNull {
        error.column()
    } else {
        error.constraint()
    };
    let parts = [error.schema(), error.table(), last];
    parts.into_iter().flatten().collect::<Vec<_>>().join(".")
}
