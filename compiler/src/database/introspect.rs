use std::collections::BTreeSet;

use tokio_postgres::Row;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::FromSqlOwned;

use super::{QueryError, Session};
use crate::catalog::{Catalog, Grant, Unsupported};
use crate::introspect::{self, Address, Answers, Comment, DecodeError, Edge, Found, Privilege};
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
    for _ in 1..ATTEMPTS {
        match read(session, options) {
            Err(error) if error.is_passing() => {}
            result => return result.map_err(IntrospectError::explained),
        }
    }
    read(session, options).map_err(IntrospectError::explained)
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

fn read(session: &Session, options: &Options) -> Result<Catalog, IntrospectError> {
    let major = session.major();
    let begin = begin(&options.default_schema);
    let kinds = introspect::queries(major);
    let privileges = introspect::privileges_query(major);
    let unsupported = introspect::unsupported_query(major);
    let mut queries: Vec<&str> = begin.iter().map(String::as_str).collect();
    queries.extend(kinds.iter().map(String::as_str));
    queries.extend([
        ROLES,
        introspect::COMMENTS,
        &privileges,
        introspect::DEPENDS,
        &unsupported,
        "commit",
    ]);
    let mut results = session.query_all(&queries)?.into_iter().skip(begin.len());
    let answers = answers(kinds.len(), &mut results)?;
    let named = answers.unsupported.clone();
    let decoded = introspect::decode(&options.default_schema, answers)?;
    let mut catalog = decoded.catalog;
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

const ROLES: &str = "select oid, rolname::text from pg_roles";

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

fn answers(
    kinds: usize,
    results: &mut impl Iterator<Item = Vec<Row>>,
) -> Result<Answers, QueryError> {
    let objects = results
        .by_ref()
        .take(kinds)
        .map(|rows| all(&rows, found))
        .collect::<Result<_, _>>()?;
    let mut next = || results.next().unwrap_or_default();
    Ok(Answers {
        objects,
        roles: all(&next(), |row| Ok((get(row, 0)?, get(row, 1)?)))?
            .into_iter()
            .collect(),
        comments: all(&next(), |row| {
            Ok(Comment {
                on: address(row, 0)?,
                text: get(row, 2)?,
            })
        })?,
        privileges: all(&next(), privilege)?,
        edges: all(&next(), edge)?,
        unsupported: all(&next(), |row| Ok((get(row, 0)?, get(row, 1)?)))?,
    })
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
        kind: get::<String>(row, 4)?.chars().next().unwrap_or('n'),
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

fn all<T>(
    rows: &[Row],
    read: impl Fn(&Row) -> Result<T, QueryError>,
) -> Result<Vec<T>, QueryError> {
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
