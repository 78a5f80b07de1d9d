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

/// A value that a row gives to a column. Without one an insert uses the default, and an update leaves it alone.
pub type Given<'a> = Option<Param<'a>>;

/// A column that can be written.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// The name, quoted where SQL needs it.
    pub name: &'static str,
    /// The type, for many values at once; empty where arrays of it cannot be sent. `text::xml` is sent as text.
    pub cast: &'static str,
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
    Many(Vec<Given<'a>>),
}

#[derive(Debug)]
struct Null;

/// The value of a column that has one.
pub fn set<T: ToSql + Sync>(value: &T) -> Given<'_> {
    Some(value)
}

/// The value of a column with a default, where it is given.
pub fn given<T: ToSql + Sync>(value: Option<&T>) -> Given<'_> {
    value.map(|value| value as Param<'_>)
}

/// What a patch sets a column to, where it sets it.
pub fn patched<T: ToSql + Sync>(patch: &Patch<T>) -> Given<'_> {
    match patch {
        Patch::Keep => None,
        Patch::Null => Some(&Null),
        Patch::Set(value) => Some(value),
    }
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
pub fn insert<'a>(sql: &str, columns: &[Column], rows: &[Vec<Given<'a>>]) -> Statement<'a> {
    let groups = by_given_columns(rows);
    let sendable = columns
        .iter()
        .zip(given_anywhere(rows))
        .all(|(column, given)| !given || !column.cast.is_empty());
    match (rows.len(), groups.keys().next()) {
        (1, _) | (_, None) => insert_values(sql, columns, rows),
        (_, Some(given)) if sendable && (groups.len() > 1 || given.contains(&true)) => {
            insert_arrays(sql, columns, rows, &groups)
        }
        _ => insert_values(sql, columns, rows),
    }
}

/// An update. Its key is `$1` and so on; `{assignments}` becomes what the patch sets. `None` when it sets nothing.
pub fn update<'a>(
    sql: &str,
    columns: &[Column],
    values: &[Given<'a>],
    key: &[Param<'a>],
) -> Option<Statement<'a>> {
    let mut binds: Vec<_> = key.iter().map(|param| Bind::One(*param)).collect();
    let mut assignments = Vec::new();
    for (column, value) in columns.iter().zip(values) {
        if let Some(value) = value {
            binds.push(Bind::One(*value));
            assignments.push(format!(
                "{} = {}",
                column.name,
                column.parameter(binds.len())
            ));
        }
    }
    (!assignments.is_empty()).then(|| Statement {
        sql: sql
            .replacen("{assignments}", &assignments.join(", "), 1)
            .into(),
        binds,
        reusable: true,
        order: Vec::new(),
    })
}

/// An insert that updates the row that has the same key. `{assignments}` becomes the given columns except `keep`.
pub fn upsert<'a>(
    sql: &str,
    columns: &[Column],
    row: Vec<Given<'a>>,
    keep: &[&str],
) -> Statement<'a> {
    let names = columns
        .iter()
        .zip(&row)
        .filter(|(_, value)| value.is_some())
        .map(|(column, _)| column.name);
    let mut changed: Vec<_> = names.filter(|name| !keep.contains(name)).collect();
    if changed.is_empty() {
        // Only an update, be it of nothing, returns the row that is there.
        changed.extend(keep.first());
    }
    let assignments: Vec<_> = changed
        .iter()
        .map(|name| format!("{name} = excluded.{name}"))
        .collect();
    let sql = sql.replacen("{assignments}", &assignments.join(", "), 1);
    insert_values(&sql, columns, &[row])
}

impl Column {
    /// A column of a type.
    pub const fn new(name: &'static str, cast: &'static str) -> Self {
        Self { name, cast }
    }

    /// The n-th parameter as a value of the column.
    fn parameter(&self, n: usize) -> String {
        if self.cast.contains("::") {
            format!("${n}::{}", self.cast)
        } else {
            format!("${n}")
        }
    }
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
        groups
            .entry(row.iter().map(Option::is_some).collect::<Vec<_>>())
            .or_default()
            .push(place);
    }
    groups
}

fn given_anywhere(rows: &[Vec<Given<'_>>]) -> Vec<bool> {
    let width = rows.first().map_or(0, Vec::len);
    (0..width)
        .map(|n| {
            rows.iter()
                .any(|row| row.get(n).is_some_and(Option::is_some))
        })
        .collect()
}

fn insert_values<'a>(sql: &str, columns: &[Column], rows: &[Vec<Given<'a>>]) -> Statement<'a> {
    let used = given_anywhere(rows);
    let used: Vec<_> = (0..columns.len())
        .filter(|n| used.get(*n) == Some(&true))
        .collect();
    let mut binds = Vec::new();
    let mut tuples = Vec::new();
    for row in rows {
        let mut value = |n: &usize| match (columns.get(*n), row.get(*n)) {
            (Some(column), Some(Some(value))) => {
                binds.push(Bind::One(*value));
                column.parameter(binds.len())
            }
            _ => "default".to_owned(),
        };
        tuples.push(format!(
            "({})",
            used.iter().map(&mut value).collect::<Vec<_>>().join(", ")
        ));
    }
    let names: Vec<_> = used
        .iter()
        .filter_map(|n| columns.get(*n))
        .map(|column| column.name)
        .collect();
    let text = match (names.is_empty(), rows.len()) {
        (true, 1) => "default values".to_owned(),
        (true, count) => every_default(columns, count),
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
fn every_default(columns: &[Column], count: usize) -> String {
    let name = columns.first().map_or("", |column| column.name);
    format!("({name}) values {}", vec!["(default)"; count].join(", "))
}

fn insert_arrays<'a>(
    sql: &str,
    columns: &[Column],
    rows: &[Vec<Given<'a>>],
    groups: &BTreeMap<Vec<bool>, Vec<usize>>,
) -> Statement<'a> {
    let mut binds = Vec::new();
    let mut inserts: Vec<String> = Vec::new();
    for (given, places) in groups {
        let used: Vec<_> = columns
            .iter()
            .enumerate()
            .filter(|(n, _)| given.get(*n) == Some(&true))
            .collect();
        let text = if used.is_empty() {
            every_default(columns, places.len())
        } else {
            arrays_text(&used, binds.len())
        };
        for (n, _) in &used {
            let value = |place: &usize| rows.get(*place)?.get(*n).copied().flatten();
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

/// `(a, b) select v1, v2::xml from unnest($1::int4[], $2::text[]) as given (v1, v2)`.
fn arrays_text(columns: &[(usize, &Column)], before: usize) -> String {
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

fn write_array(element: &Type, values: &[Given<'_>], out: &mut BytesMut) -> Result<(), BoxError> {
    let dimension = postgres_protocol::types::ArrayDimension {
        len: i32::try_from(values.len())?,
        lower_bound: 1,
    };
    let null = |is_null| match is_null {
        IsNull::Yes => postgres_protocol::IsNull::Yes,
        IsNull::No => postgres_protocol::IsNull::No,
    };
    let write = |value: &Given<'_>, out: &mut BytesMut| match value {
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

    const COLUMNS: [Column; 3] = [
        Column::new("a", "int4"),
        Column::new("b", "text::xml"),
        Column::new("c", ""),
    ];
    const SQL: &str = "insert into t {rows} returning a";

    #[test]
    fn one_row_is_values_with_the_columns_it_gives() {
        let statement = insert(SQL, &COLUMNS, &[vec![set(&1), set(&"x"), None]]);
        assert_eq!(
            statement.sql,
            "insert into t (a, b) values ($1, $2::text::xml) returning a"
        );
        let statement = insert(SQL, &COLUMNS, &[vec![None, None, None]]);
        assert_eq!(statement.sql, "insert into t default values returning a");
    }

    #[test]
    fn many_rows_are_arrays() {
        let statement = insert(
            SQL,
            &COLUMNS,
            &[
                vec![set(&1), set(&"x"), None],
                vec![set(&2), set(&"y"), None],
            ],
        );
        let arrays =
            "(a, b) select v0, v1::xml from unnest($1::int4[], $2::text[]) as given (v0, v1)";
        assert_eq!(statement.sql, format!("insert into t {arrays} returning a"));
        assert_eq!(statement.binds.len(), 2);
    }

    #[test]
    fn rows_that_give_different_columns_are_one_statement_and_keep_their_order() {
        let rows = [
            vec![set(&1), None, None],
            vec![None, None, None],
            vec![set(&3), None, None],
        ];
        let statement = insert(SQL, &COLUMNS, &rows);
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
        let sql = "update t set {assignments} where id = $1";
        let statement = update(
            sql,
            &COLUMNS,
            &[None, patched(&Patch::<&str>::Null), set(&3)],
            &[&7],
        );
        assert_eq!(
            statement.unwrap().sql,
            "update t set b = $2::text::xml, c = $3 where id = $1"
        );
        assert!(update(sql, &COLUMNS, &[None, None, None], &[&7]).is_none());
    }
}
