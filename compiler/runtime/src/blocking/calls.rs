//! What repositories call: a statement's text, its parameters, and the rows decoded. Errors are turned into the
//! table's own.

use postgres_types::FromSqlOwned;

use super::Session;
use crate::statement::{self, Given, Param, Statement};
use crate::{Columns, Decode, Error, Page, RowIter};

/// All rows.
pub fn many<R: Decode, E: From<Error>>(
    db: &mut impl Session,
    sql: &str,
    params: &[Param<'_>],
) -> Result<Vec<R>, E> {
    rows(db, &statement::plain(sql, params))
}

/// The first row, if there is one.
pub fn optional<R: Decode, E: From<Error>>(
    db: &mut impl Session,
    sql: &str,
    params: &[Param<'_>],
) -> Result<Option<R>, E> {
    Ok(many(db, sql, params)?.into_iter().next())
}

/// One page of a list. The statement for the first page has the limit as its last parameter; the one for the
/// following pages has after it the key of the last row seen.
pub fn page<R: Decode, E: From<Error>, K>(
    db: &mut impl Session,
    [first, following]: [&str; 2],
    params: &[Param<'_>],
    key: fn(&K) -> Vec<Param<'_>>,
    page: &Page<K>,
) -> Result<Vec<R>, E> {
    let limit = i64::from(page.limit);
    let mut params = [params, &[&limit]].concat();
    let Some(after) = &page.after else {
        return many(db, first, &params);
    };
    params.extend(key(after));
    many(db, following, &params)
}

/// The one value of the one row.
pub fn value<T: FromSqlOwned, E: From<Error>>(
    db: &mut impl Session,
    sql: &str,
    params: &[Param<'_>],
) -> Result<T, E> {
    let rows = db.query(&statement::plain(sql, params))?;
    let row = rows.first().ok_or_else(Error::no_row)?;
    Ok(row.try_get(0).map_err(Error::from)?)
}

/// The rows as they arrive.
pub fn stream<'s, R: Decode + 's, E: From<Error> + 's>(
    db: &'s mut impl Session,
    sql: &str,
    params: &[Param<'_>],
) -> Result<RowIter<'s, R, E>, E> {
    let rows = db.query_stream(&statement::plain(sql, params))?;
    Ok(Box::new(rows.map(|row| Ok(Columns::decode(&row?)?))))
}

/// [`statement::insert`] of one row.
pub fn insert<R: Decode, E: From<Error>>(
    db: &mut impl Session,
    sql: &str,
    row: Vec<Given<'_>>,
) -> Result<R, E> {
    one(rows(db, &statement::insert(sql, &[row]))?)
}

/// [`statement::insert`] of any number of rows.
pub fn insert_many<R: Decode, E: From<Error>>(
    db: &mut impl Session,
    sql: &str,
    given: &[Vec<Given<'_>>],
) -> Result<Vec<R>, E> {
    if given.is_empty() {
        return Ok(Vec::new());
    }
    let statement = statement::insert(sql, given);
    Ok(statement.in_order(rows::<R, E>(db, &statement)?))
}

/// [`statement::update`]; when the patch sets nothing, the row as `get` finds it by the key.
pub fn update<R: Decode, E: From<Error>>(
    db: &mut impl Session,
    [sql, get]: [&str; 2],
    values: &[Given<'_>],
    key: &[Param<'_>],
) -> Result<Option<R>, E> {
    match statement::update(sql, values, key) {
        Some(statement) => Ok(rows(db, &statement)?.into_iter().next()),
        None => optional(db, get, key),
    }
}

/// [`statement::upsert`].
pub fn upsert<R: Decode, E: From<Error>>(
    db: &mut impl Session,
    sql: &str,
    row: Vec<Given<'_>>,
    keep: &[&str],
) -> Result<R, E> {
    one(rows(db, &statement::upsert(sql, row, keep))?)
}

/// [`statement::update`] of a row that must have a version. When it has another one, or is not there, `exists` tells
/// which: the first is the error `stale`.
pub fn update_version<R: Decode, E: From<Error>>(
    db: &mut impl Session,
    [sql, exists]: [&str; 2],
    values: &[Given<'_>],
    key: &[Param<'_>],
    version: Param<'_>,
    stale: E,
) -> Result<Option<R>, E> {
    let row = update(db, [sql, exists], values, &[key, &[version]].concat())?;
    if row.is_none() && value(db, exists, key)? {
        return Err(stale);
    }
    Ok(row)
}

/// Whether the statement deleted a row.
pub fn delete<E: From<Error>>(
    db: &mut impl Session,
    sql: &str,
    key: &[Param<'_>],
) -> Result<bool, E> {
    Ok(db.run(&statement::plain(sql, key))? > 0)
}

/// The same for a row that must have a version, as [`update_version`].
pub fn delete_version<E: From<Error>>(
    db: &mut impl Session,
    [sql, exists]: [&str; 2],
    key: &[Param<'_>],
    version: Param<'_>,
    stale: E,
) -> Result<bool, E> {
    let deleted = delete(db, sql, &[key, &[version]].concat())?;
    if !deleted && value(db, exists, key)? {
        return Err(stale);
    }
    Ok(deleted)
}

fn rows<R: Decode, E: From<Error>>(
    db: &mut impl Session,
    statement: &Statement<'_>,
) -> Result<Vec<R>, E> {
    let rows = db.query(statement)?;
    let decoded: Result<Vec<R>, Error> = rows.iter().map(Columns::decode).collect();
    Ok(decoded?)
}

fn one<R, E: From<Error>>(rows: Vec<R>) -> Result<R, E> {
    Ok(rows.into_iter().next().ok_or_else(Error::no_row)?)
}
