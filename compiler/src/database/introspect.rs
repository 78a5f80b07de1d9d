use std::collections::BTreeSet;
use std::error::Error;

use sha2::{Digest, Sha256};
use tokio_postgres::Row;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{FromSql, FromSqlOwned, Type};

use super::{QueryError, Session};
use crate::catalog::{Catalog, Grant, Unsupported};
use crate::introspect::{
    self, Address, Answers, Comment, DecodeError, Edge, Found, Privilege, Understood,
};
use crate::sql::quote_ident;

/// Why a database could not be read.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum IntrospectError {
    /// A query failed.
    #[error("the system catalogs could not be read: {0}")]
    Query(#[from] QueryError),
    /// A query failed for want of rights.
    #[error("the system catalogs could not be read: {0}")]
    #[diagnostic(help(
        "by default every role may read all that is needed; somebody has taken that away: `grant select on … to …` gives it back"
    ))]
    NoRight(QueryError),
    /// Something went while it was read, each time.
    #[error("the schema changed each of the {ATTEMPTS} times that it was read: {0}")]
    #[diagnostic(help(
        "somebody creates and drops objects all the time; try again when that is over"
    ))]
    Changing(QueryError),
    /// An answer was not understood.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Decode(#[from] DecodeError),
}

/// How a database is read.
#[derive(Clone, Debug)]
pub struct Options {
    /// The schema that unqualified names mean: names in it are read without it.
    pub default_schema: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            default_schema: "public".to_owned(),
        }
    }
}

/// Reads all objects of a database, in one snapshot and one round trip; in a second one where there is something that
/// the model has no word for.
///
/// No lock is held meanwhile. What somebody drops under the reader's hands makes PostgreSQL's own functions fail that print
/// definitions, as they look at what is there now: then all is read anew.
pub fn introspect(session: &Session, options: &Options) -> Result<Catalog, IntrospectError> {
    persist(|| Reading::of(session, options)?.decode(session))
}

/// Does it until nothing passes away meanwhile.
fn persist<T>(read: impl Fn() -> Result<T, IntrospectError>) -> Result<T, IntrospectError> {
    for _ in 1..ATTEMPTS {
        match read() {
            Err(error) if error.is_passing() => {}
            result => return result.map_err(IntrospectError::explained),
        }
    }
    read().map_err(IntrospectError::explained)
}

/// What a server answered.
#[derive(Debug)]
pub struct Reading {
    options: Options,
    digest: [u8; 32],
    answers: Answers,
}

impl Reading {
    /// Asks, as [`introspect`] does.
    pub fn new(session: &Session, options: &Options) -> Result<Self, IntrospectError> {
        persist(|| Self::of(session, options))
    }

    fn of(session: &Session, options: &Options) -> Result<Self, IntrospectError> {
        let begin = begin(&options.default_schema);
        let queries = queries(session.major());
        let all: Vec<&str> = begin
            .iter()
            .chain(&queries)
            .map(String::as_str)
            .chain(["commit"])
            .collect();
        let first = begin.len();
        let looked = session.query_each(&all, move |at, rows| {
            at.checked_sub(first).map(|query| look(query, &rows))
        })?;
        let mut whole = Sha256::new_with_prefix(session.version_number().to_be_bytes());
        let mut answers = Answers::default();
        for one in looked.into_iter().flatten() {
            let (digest, found) = one?;
            whole.update(digest);
            answers.append(found);
        }
        Ok(Self {
            options: options.clone(),
            digest: whole.finalize().into(),
            answers,
        })
    }

    /// A digest of all that was answered, in whatever order: where it is the same, the catalog is.
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// The catalog.
    pub fn catalog(self, session: &Session) -> Result<Catalog, IntrospectError> {
        let options = self.options.clone();
        match self.decode(session) {
            Err(error) if error.is_passing() => introspect(session, &options),
            result => result.map_err(IntrospectError::explained),
        }
    }

    fn decode(self, session: &Session) -> Result<Catalog, IntrospectError> {
        let mut answers = self.answers;
        let named = std::mem::take(&mut answers.unsupported);
        let decoded = introspect::decode(&self.options.default_schema, answers)?;
        let mut catalog = decoded.catalog;
        catalog.postgresql = Some(session.major());
        catalog.unsupported.extend(
            named
                .into_iter()
                .map(|(kind, identity)| Unsupported { kind, identity }),
        );
        catalog
            .unsupported
            .extend(identify(session, &decoded.unknown, "")?);
        catalog
            .unsupported
            .extend(identify(session, &decoded.commented, "comment on ")?);
        Ok(catalog)
    }
}

/// The digest of one query's answer, and what it found.
fn look(query: usize, rows: &[Row]) -> Result<([u8; 32], Answers), QueryError> {
    let mut digests: Vec<_> = rows.iter().map(digest).collect::<Result<_, _>>()?;
    digests.sort_unstable();
    Ok((
        Sha256::digest(digests.concat()).into(),
        answer(query, rows)?,
    ))
}

fn digest(row: &Row) -> Result<[u8; 32], QueryError> {
    let mut whole = Sha256::new();
    for column in 0..row.len() {
        let value: Option<Bytes> = row.try_get(column)?;
        // No value is as long as none is said to be.
        let length = value.map_or(usize::MAX, |value| value.0.len());
        whole.update(length.to_be_bytes());
        whole.update(value.map_or(&[][..], |value| value.0));
    }
    Ok(whole.finalize().into())
}

/// A value as it was sent.
#[derive(Clone, Copy)]
struct Bytes<'a>(&'a [u8]);

impl<'a> FromSql<'a> for Bytes<'a> {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(raw))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// How often a database is read at most that changes meanwhile.
const ATTEMPTS: u32 = 10;

impl IntrospectError {
    /// Whether something may have gone between the query that found it and the function that looked at it: that fails, or a
    /// definition is null.
    fn is_passing(&self) -> bool {
        match self {
            Self::Query(error) => is_gone(error) || matches!(error, QueryError::Client(_)),
            Self::Decode(_) => true,
            Self::NoRight(_) | Self::Changing(_) => false,
        }
    }

    fn explained(self) -> Self {
        match self {
            Self::Query(error) if error.code() == Some(&SqlState::INSUFFICIENT_PRIVILEGE) => {
                Self::NoRight(error)
            }
            Self::Query(error) if is_gone(&error) => Self::Changing(error),
            other => other,
        }
    }
}

/// PostgreSQL's `elog(ERROR, "cache lookup failed for …")`, `could not open relation with OID …`.
fn is_gone(error: &QueryError) -> bool {
    let gone = [
        "cache lookup failed",
        "could not open relation",
        "could not find",
    ];
    error.server().is_some_and(|error| {
        *error.code() == SqlState::INTERNAL_ERROR
            && gone.iter().any(|start| error.message().starts_with(start))
    })
}

/// What is asked: the kinds' queries first.
fn queries(major: u32) -> Vec<String> {
    let mut queries = introspect::queries(major);
    queries.extend([
        ROLES.to_owned(),
        introspect::COMMENTS.to_owned(),
        introspect::privileges_query(major),
        introspect::DEPENDS.to_owned(),
        introspect::unsupported_query(major),
    ]);
    queries
}

const ROLES: &str = "select oid, rolname::text, rolname = current_user from pg_roles";

/// What the texts of the answers depend on is set, for this transaction only.
fn begin(default_schema: &str) -> Vec<String> {
    let mut statements =
        vec!["begin transaction isolation level repeatable read read only".to_owned()];
    let settings = [
        ("search_path", quote_ident(default_schema).into_owned()),
        ("datestyle", "'ISO'".to_owned()),
        ("intervalstyle", "postgres".to_owned()),
        ("timezone", "'UTC'".to_owned()),
        ("extra_float_digits", "3".to_owned()),
        ("bytea_output", "hex".to_owned()),
        ("quote_all_identifiers", "off".to_owned()),
        ("jit", "off".to_owned()),
    ];
    statements.extend(settings.map(|(name, value)| format!("set local {name} = {value}")));
    statements
}

/// What the query of that place among the [`queries`] found.
fn answer(query: usize, rows: &[Row]) -> Result<Answers, QueryError> {
    let mut answers = Answers::default();
    match query.checked_sub(introspect::KINDS) {
        None => answers.objects = objects(query, rows)?,
        Some(0) => {
            for row in rows {
                let name: String = get(row, 1)?;
                if get(row, 2)? {
                    answers.role = Some(name.clone());
                }
                answers.roles.insert(get(row, 0)?, name);
            }
        }
        Some(1) => answers.comments = all(rows, comment)?,
        Some(2) => answers.privileges = all(rows, privilege)?,
        Some(3) => answers.edges = all(rows, edge)?,
        Some(4) => answers.unsupported = all(rows, |row| Ok((get(row, 0)?, get(row, 1)?)))?,
        // The end of the transaction.
        Some(_) => {}
    }
    Ok(answers)
}

fn objects(query: usize, rows: &[Row]) -> Result<Vec<Understood>, QueryError> {
    let understood = |row| Ok(introspect::understand(query, &found(row)?));
    let rows = rows.iter().map(understood);
    rows.filter_map(Result::transpose).collect()
}

fn found(row: &Row) -> Result<Found, QueryError> {
    Ok(Found {
        address: address(row, 0)?,
        schema: get(row, 2)?,
        parent: get(row, 3)?,
        name: get(row, 4)?,
        owner: get(row, 5)?,
        body: get(row, 6)?,
    })
}

fn comment(row: &Row) -> Result<Comment, QueryError> {
    Ok(Comment {
        on: address(row, 0)?,
        text: get(row, 2)?,
    })
}

fn privilege(row: &Row) -> Result<Privilege, QueryError> {
    let grant = Grant {
        grantee: get(row, 3)?,
        privilege: get(row, 4)?,
        grantable: get(row, 5)?,
    };
    Ok(Privilege {
        on: address(row, 0)?,
        by_default: get(row, 2)?,
        grant,
    })
}

fn edge(row: &Row) -> Result<Edge, QueryError> {
    Ok(Edge {
        from: address(row, 0)?,
        on: address(row, 2)?,
        kind: char::from(get::<i8>(row, 4)?.cast_unsigned()),
        column: get(row, 5)?,
    })
}

fn address(row: &Row, at: usize) -> Result<Address, QueryError> {
    Ok(Address {
        class: get(row, at)?,
        oid: get(row, at + 1)?,
    })
}

fn get<T: FromSqlOwned>(row: &Row, at: usize) -> Result<T, QueryError> {
    Ok(row.try_get(at)?)
}

fn all<T, All: FromIterator<T>>(
    rows: &[Row],
    read: impl Fn(&Row) -> Result<T, QueryError>,
) -> Result<All, QueryError> {
    rows.iter().map(read).collect()
}

/// The kinds and names of things that only their addresses are known of; temporary ones are left out.
fn identify(
    session: &Session,
    unknown: &BTreeSet<Address>,
    prefix: &str,
) -> Result<Vec<Unsupported>, QueryError> {
    if unknown.is_empty() {
        return Ok(Vec::new());
    }
    let list = |part: fn(&Address) -> u32| {
        let numbers: Vec<_> = unknown
            .iter()
            .map(|address| part(address).to_string())
            .collect();
        format!("array[{}]::oid[]", numbers.join(","))
    };
    let query = format!(
        "select o.type, o.identity from rows from (pg_catalog.unnest({}), pg_catalog.unnest({})) as u(class, id) \
         cross join lateral pg_identify_object(u.class, u.id, 0) o \
         where o.type is not null and coalesce(o.schema, '') not like 'pg\\_%' and o.identity not like 'pg\\_%'",
        list(|address| address.class),
        list(|address| address.oid),
    );
    all(&session.query(&query)?, |row| {
        Ok(Unsupported {
            kind: format!("{prefix}{}", get::<String>(row, 0)?),
            identity: get(row, 1)?,
        })
    })
}
