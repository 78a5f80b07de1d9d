//! Statements whose text depends on the values at hand: which columns are given, how many rows there are.
//!
//! The text that a repository holds has a mark in it, `{rows}` or `{assignments}`; all else is as it is sent.

use std::borrow::Cow;
use std::collections::BTreeMap;

use bytes::BytesMut;
use postgres_types::{IsNull, Kind, ToSql, Type};

use crate::codec::base;
use crate::{BoxError, Patch};

/// A value of a column.
pub type Param<'a> = &'a (dyn ToSql + Sync);

/// A column, and the value that a row gives it.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// The column's name, quoted where SQL needs it.
    pub name: &'static str,
    /// The type, for many values at once; empty where arrays of it cannot be sent. `text::xml` is sent as text.
    pub cast: &'static str,
    /// The value. Without one an insert uses the default, and an update leaves the column alone.
    pub given: Option<Param<'a>>,
}

/// A statement and its parameters.
#[derive(Debug)]
pub struct Statement<'a> {
    pub(crate) sql: Cow<'a, str>,
    pub(crate) binds: Vec<Bind<'a>>,
    /// Whether the text will come again, so that it is worth preparing.
    pub(crate) reusable: bool,
    /// For each row that comes back, the place of the row given; empty when they are the same.
    pub(crate) order: Vec<usize>,
}

/// A parameter as it is sent. It is encoded for the type under a domain: PostgreSQL takes that as well.
#[derive(Debug)]
pub(crate) enum Bind<'a> {
    One(Param<'a>),
    Many(Vec<Option<Param<'a>>>),
}

#[derive(Debug)]
struct Null;

/// A column that has a value.
pub fn set<'a, T: ToSql + Sync>(name: &'static str, cast: &'static str, value: &'a T) -> Given<'a> {
    Given {
        name,
        cast,
        given: Some(value),
    }
}

/// A column with a value or else its default.
pub fn given<'a, T: ToSql + Sync>(
    name: &'static str,
    cast: &'static str,
    value: &'a Option<T>,
) -> Given<'a> {
    Given {
        name,
        cast,
        given: value.as_ref().map(|value| value as Param<'_>),
    }
}

/// A column with what a patch sets it to, where it sets it.
pub fn patched<'a, T: ToSql + Sync>(
    name: &'static str,
    cast: &'static str,
    patch: &'a Patch<T>,
) -> Given<'a> {
    let given: Option<Param<'_>> = match patch {
        Patch::Keep => None,
        Patch::Null => Some(&Null),
        Patch::Set(value) => Some(value),
    };
    Given { name, cast, given }
}

/// A statement as it stands.
pub fn plain<'a>(sql: &'a str, params: &[Param<'a>]) -> Statement<'a> {
    Statement {
        sql: Cow::Borrowed(sql),
        binds: params.iter().map(|param| Bind::One(*param)).collect(),
        reusable: true,
        order: Vec::new(),
    }
}

/// An insert of one or more rows. `{rows}` becomes the columns that are given and their values: `VALUES` for one
/// row; `unnest` of one array a column for many, so that the text does not depend on their number. Rows that
/// give different columns become one statement all the same.
pub fn insert<'a>(sql: &str, rows: &[Vec<Given<'a>>]) -> Statement<'a> {
    let given: Vec<_> = given_anywhere(rows);
    let sendable = given.iter().all(|(_, value)| is_sendable(value));
    let groups = by_given_columns(rows);
    let nothing_given = given.is_empty();
    if rows.len() > 1 && sendable && !nothing_given {
        insert_arrays(sql, rows, &groups)
    } else {
        insert_values(sql, rows, &given)
    }
}

/// An update. Its key is `$1` and so on; `{assignments}` becomes what the patch sets, and `{, assignments}` the same
/// after a comma. `None` when there is nothing to set.
pub fn update<'a>(sql: &str, values: &[Given<'a>], key: &[Param<'a>]) -> Option<Statement<'a>> {
    let mut binds: Vec<_> = key.iter().map(|param| Bind::One(*param)).collect();
    let mut assignments = Vec::new();
    for value in values {
        if let Some(given) = value.given {
            binds.push(Bind::One(given));
            assignments.push(format!("{} = {}", value.name, value.parameter(binds.len())));
        }
    }
    let sql = sql.replacen("{, assignments}", &further(&assignments), 1);
    if assignments.is_empty() && sql.contains("{assignments}") {
        return None;
    }
    let sql = sql
        .replacen("{assignments}", &assignments.join(", "), 1)
        .into();
    Some(Statement {
        sql,
        binds,
        reusable: true,
        order: Vec::new(),
    })
}

/// An insert that updates the row that has the same key. `{assignments}` becomes the given columns except `keep`,
/// the first of which is part of the key.
pub fn upsert<'a>(sql: &str, row: Vec<Given<'a>>, keep: &[&str]) -> Statement<'a> {
    let names = row
        .iter()
        .filter(|value| value.given.is_some())
        .map(|value| value.name);
    let mut changed: Vec<_> = names.filter(|name| !keep.contains(name)).collect();
    if changed.is_empty() && sql.contains(" {assignments}") {
        // Only an update, be it of nothing, returns the row that is there.
        changed.extend(keep.first());
    }
    let assignments: Vec<_> = changed
        .iter()
        .map(|name| format!("{name} = excluded.{name}"))
        .collect();
    let sql = sql.replacen("{, assignments}", &further(&assignments), 1);
    let sql = sql.replacen("{assignments}", &assignments.join(", "), 1);
    insert(&sql, &[row])
}

/// The assignments after one that is there anyway.
fn further(assignments: &[String]) -> String {
    let comma = if assignments.is_empty() { "" } else { ", " };
    format!("{comma}{}", assignments.join(", "))
}

impl Given<'_> {
    /// The n-th parameter as a value of the column.
    fn parameter(&self, n: usize) -> String {
        if self.cast.contains("::") {
            format!("${n}::{}", self.cast)
        } else {
            format!("${n}")
        }
    }
}

/// Whether many values can be sent as an array; arrays of arrays are none.
fn is_sendable(value: &Given<'_>) -> bool {
    !value.cast.is_empty() && !value.cast.ends_with("[]")
}

impl Statement<'_> {
    pub(crate) fn params(&self) -> Vec<Param<'_>> {
        self.binds.iter().map(|bind| bind as Param<'_>).collect()
    }

    /// The rows in the order in which they were given.
    pub(crate) fn in_order<R>(&self, rows: Vec<R>) -> Vec<R> {
        if self.order.len() != rows.len() {
            return rows;
        }
        let mut rows: Vec<_> = self.order.iter().zip(rows).collect();
        rows.sort_by_key(|(place, _)| **place);
        rows.into_iter().map(|(_, row)| row).collect()
    }
}

/// The places of the rows, by which columns they give.
fn by_given_columns(rows: &[Vec<Given<'_>>]) -> BTreeMap<Vec<bool>, Vec<usize>> {
    let mut groups: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (place, row) in rows.iter().enumerate() {
        let given: Vec<_> = row.iter().map(|value| value.given.is_some()).collect();
        groups.entry(given).or_default().push(place);
    }
    groups
}

/// The columns that at least one row gives, by their place.
fn given_anywhere<'r, 'a>(rows: &'r [Vec<Given<'a>>]) -> Vec<(usize, &'r Given<'a>)> {
    let columns = rows
        .first()
        .map(Vec::as_slice)
        .unwrap_or_default()
        .iter()
        .enumerate();
    columns
        .filter(|(n, _)| rows.iter().any(|row| value_at(row, *n).is_some()))
        .collect()
}

fn value_at<'a>(row: &[Given<'a>], n: usize) -> Option<Param<'a>> {
    row.get(n)?.given
}

fn insert_values<'a>(
    sql: &str,
    rows: &[Vec<Given<'a>>],
    columns: &[(usize, &Given<'a>)],
) -> Statement<'a> {
    let mut binds = Vec::new();
    let mut tuples = Vec::new();
    for row in rows {
        let mut value = |(n, column): &(usize, &Given<'a>)| match value_at(row, *n) {
            Some(value) => {
                binds.push(Bind::One(value));
                column.parameter(binds.len())
            }
            None => "default".to_owned(),
        };
        tuples.push(format!(
            "({})",
            columns
                .iter()
                .map(&mut value)
                .collect::<Vec<_>>()
                .join(", ")
        ));
    }
    let names: Vec<_> = columns.iter().map(|(_, column)| column.name).collect();
    let text = match (names.is_empty(), rows) {
        (true, [_]) => "default values".to_owned(),
        (true, _) => every_default(rows, rows.len()),
        (false, _) => format!("({}) values {}", names.join(", "), tuples.join(", ")),
    };
    let sql = sql.replacen("{rows}", &text, 1).into();
    Statement {
        sql,
        binds,
        reusable: rows.len() == 1,
        order: Vec::new(),
    }
}

/// Rows that give nothing: `DEFAULT VALUES` makes one row only.
fn every_default(rows: &[Vec<Given<'_>>], count: usize) -> String {
    match rows.first().and_then(|row| row.first()) {
        Some(value) => format!(
            "({}) values {}",
            value.name,
            vec!["(default)"; count].join(", ")
        ),
        None => format!("select from generate_series(1, {count})"),
    }
}

fn insert_arrays<'a>(
    sql: &str,
    rows: &[Vec<Given<'a>>],
    groups: &BTreeMap<Vec<bool>, Vec<usize>>,
) -> Statement<'a> {
    let mut binds = Vec::new();
    let mut inserts: Vec<String> = Vec::new();
    for (given, places) in groups {
        let columns = rows.first().into_iter().flatten().enumerate();
        let used: Vec<_> = columns
            .filter(|(n, _)| given.get(*n) == Some(&true))
            .collect();
        let text = if used.is_empty() {
            every_default(rows, places.len())
        } else {
            arrays_text(&used, binds.len())
        };
        for (n, _) in &used {
            let value = |place: &usize| value_at(rows.get(*place)?, *n);
            binds.push(Bind::Many(places.iter().map(value).collect()));
        }
        inserts.push(sql.replacen("{rows}", &text, 1));
    }
    Statement {
        sql: together(&inserts).into(),
        binds,
        reusable: true,
        order: groups.values().flatten().copied().collect(),
    }
}

/// `(a, b) select v0, v1::xml from unnest($1::int4[], $2::text[]) as given (v0, v1)`.
fn arrays_text(columns: &[(usize, &Given<'_>)], before: usize) -> String {
    let (mut names, mut values, mut arrays, mut aliases) = (vec![], vec![], vec![], vec![]);
    for (n, (_, column)) in columns.iter().enumerate() {
        let (sent, conversion) = column.cast.split_once("::").unwrap_or((column.cast, ""));
        let conversion = if conversion.is_empty() {
            String::new()
        } else {
            format!("::{conversion}")
        };
        names.push(column.name);
        values.push(format!("v{n}{conversion}"));
        arrays.push(format!("${}::{sent}[]", before + n + 1));
        aliases.push(format!("v{n}"));
    }
    format!(
        "({}) select {} from unnest({}) as given ({})",
        names.join(", "),
        values.join(", "),
        arrays.join(", "),
        aliases.join(", ")
    )
}

fn together(inserts: &[String]) -> String {
    if let [insert] = inserts {
        return insert.clone();
    }
    let parts: Vec<_> = inserts
        .iter()
        .enumerate()
        .map(|(n, insert)| format!("g{n} as ({insert})"))
        .collect();
    let rows: Vec<_> = (0..inserts.len())
        .map(|n| format!("select * from g{n}"))
        .collect();
    format!("with {} {}", parts.join(", "), rows.join(" union all "))
}

impl ToSql for Bind<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
        match self {
            Self::One(value) => to_sql(*value, ty, out),
            Self::Many(values) => {
                let Kind::Array(element) = base(ty).kind() else {
                    return Err(format!("{ty} is no array type").into());
                };
                write_array(element, values, out)?;
                Ok(IsNull::No)
            }
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn to_sql_checked(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
        self.to_sql(ty, out)
    }
}

/// A newtype over a domain knows the domain; any other Rust type only what is under it.
fn to_sql(value: Param<'_>, ty: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
    value.to_sql_checked(base(ty), out)
}

fn write_array(
    element: &Type,
    values: &[Option<Param<'_>>],
    out: &mut BytesMut,
) -> Result<(), BoxError> {
    let dimension = postgres_protocol::types::ArrayDimension {
        len: i32::try_from(values.len())?,
        lower_bound: 1,
    };
    let null = |is_null| match is_null {
        IsNull::Yes => postgres_protocol::IsNull::Yes,
        IsNull::No => postgres_protocol::IsNull::No,
    };
    let write = |value: &Option<Param<'_>>, out: &mut BytesMut| match value {
        Some(value) => to_sql(*value, element, out).map(null),
        None => Ok(postgres_protocol::IsNull::Yes),
    };
    postgres_protocol::types::array_to_sql([dimension], element.oid(), values, write, out)
}

impl ToSql for Null {
    fn to_sql(&self, _: &Type, _: &mut BytesMut) -> Result<IsNull, BoxError> {
        Ok(IsNull::Yes)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    postgres_types::to_sql_checked!();
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQL: &str = "insert into t {rows} returning a";

    #[expect(
        clippy::ref_option,
        clippy::ref_option_ref,
        reason = "rows are given by reference to their fields"
    )]
    fn row<'a>(a: &'a Option<i32>, b: &'a Option<&'a str>) -> Vec<Given<'a>> {
        vec![
            given("a", "int4", a),
            given("b", "text::xml", b),
            given("c", "", &None::<i32>),
        ]
    }

    #[test]
    fn one_row_is_values_with_the_columns_it_gives() {
        let statement = insert(SQL, &[row(&Some(1), &Some("x"))]);
        assert_eq!(
            statement.sql,
            "insert into t (a, b) values ($1, $2::text::xml) returning a"
        );
        assert_eq!(
            insert(SQL, &[row(&None, &None)]).sql,
            "insert into t default values returning a"
        );
    }

    #[test]
    fn many_rows_are_arrays() {
        let statement = insert(SQL, &[row(&Some(1), &Some("x")), row(&Some(2), &Some("y"))]);
        let arrays =
            "(a, b) select v0, v1::xml from unnest($1::int4[], $2::text[]) as given (v0, v1)";
        assert_eq!(statement.sql, format!("insert into t {arrays} returning a"));
        assert_eq!(statement.binds.len(), 2);
    }

    #[test]
    fn arrays_of_arrays_are_not_sent() {
        const ONE: &[i32] = &[1];
        let rows = [vec![set("c", "", &ONE)], vec![set("c", "", &ONE)]];
        assert_eq!(
            insert(SQL, &rows).sql,
            "insert into t (c) values ($1), ($2) returning a"
        );
    }

    #[test]
    fn rows_that_give_different_columns_are_one_statement_and_keep_their_order() {
        let statement = insert(
            SQL,
            &[
                row(&Some(1), &None),
                row(&None, &None),
                row(&Some(3), &None),
            ],
        );
        assert_eq!(
            statement.sql,
            "with g0 as (insert into t (a) values (default) returning a), \
             g1 as (insert into t (a) select v0 from unnest($1::int4[]) as given (v0) returning a) \
             select * from g0 union all select * from g1"
        );
        assert_eq!(
            statement.in_order(vec!["second", "first", "third"]),
            ["first", "second", "third"]
        );
    }

    #[test]
    fn an_update_numbers_its_values_after_the_key() {
        let values = [
            patched("b", "text::xml", &Patch::<&str>::Null),
            set("c", "int4", &3),
        ];
        let statement = update("update t set {assignments} where id = $1", &values, &[&7]);
        assert_eq!(
            statement.unwrap().sql,
            "update t set b = $2::text::xml, c = $3 where id = $1"
        );
        assert!(update("update t set {assignments} where id = $1", &[], &[&7]).is_none());
        let statement = update(
            "update t set v = v + 1{, assignments} where id = $1",
            &[],
            &[&7],
        );
        assert_eq!(
            statement.unwrap().sql,
            "update t set v = v + 1 where id = $1"
        );
    }

    #[test]
    fn an_upsert_leaves_the_key_alone() {
        let sql = "insert into t {rows} on conflict (a) do update set {assignments}";
        let statement = upsert(sql, row(&Some(1), &Some("x")), &["a"]);
        assert_eq!(
            statement.sql,
            "insert into t (a, b) values ($1, $2::text::xml) on conflict (a) do update set b = excluded.b"
        );
        let statement = upsert(sql, row(&Some(1), &None), &["a"]);
        assert_eq!(
            statement.sql,
            "insert into t (a) values ($1) on conflict (a) do update set a = excluded.a"
        );
    }
}
