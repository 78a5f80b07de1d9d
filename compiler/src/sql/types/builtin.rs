//! The types of `pg_catalog`.

use super::super::SqlError;

/// What kind of thing a type's values are; `pg_type.typcategory` (manual, table "typcategory Codes").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are PostgreSQL's")]
pub enum TypeCategory {
    Boolean,
    Numeric,
    String,
    DateTime,
    Timespan,
    NetworkAddress,
    Geometric,
    BitString,
    Range,
    UserDefined,
    Pseudo,
    Internal,
}

/// Which modifiers a type takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Modifiers {
    None,
    /// `varchar(n)`, `char(n)`: 1 to `MaxAttrSize` (`src/include/access/htup_details.h`).
    Length,
    /// `bit(n)`.
    Bits,
    /// `numeric(precision, scale)`.
    Precision,
    /// Fractional digits of seconds.
    Seconds,
}

/// One type that every database has.
#[derive(Debug, PartialEq, Eq)]
pub struct BuiltinType {
    /// `pg_type.typname`.
    pub name: &'static str,
    /// What its values are.
    pub category: TypeCategory,
    pub(super) sql: &'static str,
    pub(super) suffix: &'static str,
    pub(super) short: &'static str,
    pub(super) modifiers: Modifiers,
}

impl BuiltinType {
    /// By `pg_type.typname`; array types (`_int4`) are found by their element.
    pub fn find(name: &str) -> Option<&'static Self> {
        SPECIAL
            .iter()
            .find(|builtin| builtin.name == name)
            .or_else(|| PLAIN.iter().find(|builtin| builtin.name == name))
    }

    /// All of them.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        SPECIAL.iter().chain(PLAIN)
    }

    /// What people call it: the name in the catalog, in SQL and in short.
    pub fn words(&self) -> [&'static str; 3] {
        [self.name, self.sql, self.short]
    }

    pub(super) fn check_modifiers(&self, given: &[String]) -> Result<(), String> {
        match (self.modifiers, given) {
            (_, []) => Ok(()),
            (Modifiers::None, _) => Err(format!(
                "type `{}` takes nothing in parentheses",
                self.short
            )),
            (Modifiers::Length, [n]) => within(n, 1, 10_485_760, "a length"),
            (Modifiers::Bits, [n]) => within(n, 1, 83_886_080, "a length"),
            (Modifiers::Seconds, [n]) => within(n, 0, 6, "a number of fractional digits"),
            (Modifiers::Precision, [p]) => within(p, 1, 1000, "a precision"),
            (Modifiers::Precision, [p, s]) => {
                within(p, 1, 1000, "a precision")?;
                within(s, -1000, 1000, "a scale")
            }
            (Modifiers::Precision, _) => {
                Err("`numeric` takes a precision and a scale: `numeric(10,2)`".to_owned())
            }
            _ => Err(format!(
                "type `{}` takes one number in parentheses",
                self.short
            )),
        }
    }
}

fn within(text: &str, min: i64, max: i64, what: &str) -> Result<(), String> {
    match text.parse::<i64>() {
        Ok(n) if (min..=max).contains(&n) => Ok(()),
        _ => Err(format!("`{text}` is not {what} from {min} to {max}")),
    }
}

pub(super) fn check(
    builtin: &BuiltinType,
    modifiers: &[String],
    at: std::ops::Range<usize>,
) -> Result<(), SqlError> {
    builtin
        .check_modifiers(modifiers)
        .map_err(|message| SqlError::new(at, message))
}

const fn special(
    name: &'static str,
    category: TypeCategory,
    [sql, suffix, short]: [&'static str; 3],
    modifiers: Modifiers,
) -> BuiltinType {
    BuiltinType {
        name,
        category,
        sql,
        suffix,
        short,
        modifiers,
    }
}

const fn plain(name: &'static str, category: TypeCategory) -> BuiltinType {
    special(name, category, [name, "", name], Modifiers::None)
}

use TypeCategory as C;

/// Those with names of their own in the grammar; `format_type_extended` of `src/backend/utils/adt/format_type.c`.
static SPECIAL: &[BuiltinType] = &[
    special(
        "int4",
        C::Numeric,
        ["integer", "", "integer"],
        Modifiers::None,
    ),
    special(
        "int8",
        C::Numeric,
        ["bigint", "", "bigint"],
        Modifiers::None,
    ),
    special(
        "int2",
        C::Numeric,
        ["smallint", "", "smallint"],
        Modifiers::None,
    ),
    special(
        "bool",
        C::Boolean,
        ["boolean", "", "boolean"],
        Modifiers::None,
    ),
    special(
        "varchar",
        C::String,
        ["character varying", "", "varchar"],
        Modifiers::Length,
    ),
    special(
        "bpchar",
        C::String,
        ["character", "", "char"],
        Modifiers::Length,
    ),
    special(
        "numeric",
        C::Numeric,
        ["numeric", "", "numeric"],
        Modifiers::Precision,
    ),
    special(
        "float8",
        C::Numeric,
        ["double precision", "", "double precision"],
        Modifiers::None,
    ),
    special("float4", C::Numeric, ["real", "", "real"], Modifiers::None),
    special(
        "timestamptz",
        C::DateTime,
        ["timestamp", " with time zone", "timestamptz"],
        Modifiers::Seconds,
    ),
    special(
        "timestamp",
        C::DateTime,
        ["timestamp", " without time zone", "timestamp"],
        Modifiers::Seconds,
    ),
    special(
        "timetz",
        C::DateTime,
        ["time", " with time zone", "timetz"],
        Modifiers::Seconds,
    ),
    special(
        "time",
        C::DateTime,
        ["time", " without time zone", "time"],
        Modifiers::Seconds,
    ),
    special(
        "interval",
        C::Timespan,
        ["interval", "", "interval"],
        Modifiers::Seconds,
    ),
    special("bit", C::BitString, ["bit", "", "bit"], Modifiers::Bits),
    special(
        "varbit",
        C::BitString,
        ["bit varying", "", "varbit"],
        Modifiers::Bits,
    ),
    special(
        "char",
        C::Internal,
        ["\"char\"", "", "\"char\""],
        Modifiers::None,
    ),
    special(
        "any",
        C::Pseudo,
        ["\"any\"", "", "\"any\""],
        Modifiers::None,
    ),
];

static PLAIN: &[BuiltinType] = &[
    plain("text", C::String),
    plain("uuid", C::UserDefined),
    plain("jsonb", C::UserDefined),
    plain("json", C::UserDefined),
    plain("bytea", C::UserDefined),
    plain("date", C::DateTime),
    plain("name", C::String),
    plain("oid", C::Numeric),
    plain("money", C::Numeric),
    plain("inet", C::NetworkAddress),
    plain("cidr", C::NetworkAddress),
    plain("macaddr", C::UserDefined),
    plain("macaddr8", C::UserDefined),
    plain("tsvector", C::UserDefined),
    plain("tsquery", C::UserDefined),
    plain("xml", C::UserDefined),
    plain("jsonpath", C::UserDefined),
    plain("box", C::Geometric),
    plain("circle", C::Geometric),
    plain("line", C::Geometric),
    plain("lseg", C::Geometric),
    plain("path", C::Geometric),
    plain("point", C::Geometric),
    plain("polygon", C::Geometric),
    plain("daterange", C::Range),
    plain("int4range", C::Range),
    plain("int8range", C::Range),
    plain("numrange", C::Range),
    plain("tsrange", C::Range),
    plain("tstzrange", C::Range),
    plain("datemultirange", C::Range),
    plain("int4multirange", C::Range),
    plain("int8multirange", C::Range),
    plain("nummultirange", C::Range),
    plain("tsmultirange", C::Range),
    plain("tstzmultirange", C::Range),
    plain("regclass", C::Numeric),
    plain("regcollation", C::Numeric),
    plain("regconfig", C::Numeric),
    plain("regdatabase", C::Numeric),
    plain("regdictionary", C::Numeric),
    plain("regnamespace", C::Numeric),
    plain("regoper", C::Numeric),
    plain("regoperator", C::Numeric),
    plain("regproc", C::Numeric),
    plain("regprocedure", C::Numeric),
    plain("regrole", C::Numeric),
    plain("regtype", C::Numeric),
    plain("aclitem", C::UserDefined),
    plain("cid", C::UserDefined),
    plain("gtsvector", C::UserDefined),
    plain("int2vector", C::UserDefined),
    plain("oidvector", C::UserDefined),
    plain("pg_lsn", C::UserDefined),
    plain("pg_snapshot", C::UserDefined),
    plain("refcursor", C::UserDefined),
    plain("tid", C::UserDefined),
    plain("txid_snapshot", C::UserDefined),
    plain("xid", C::UserDefined),
    plain("xid8", C::UserDefined),
    plain("pg_brin_bloom_summary", C::Internal),
    plain("pg_brin_minmax_multi_summary", C::Internal),
    plain("pg_dependencies", C::Internal),
    plain("pg_mcv_list", C::Internal),
    plain("pg_ndistinct", C::Internal),
    plain("pg_node_tree", C::Internal),
    plain("anyarray", C::Pseudo),
    plain("anycompatible", C::Pseudo),
    plain("anycompatiblearray", C::Pseudo),
    plain("anycompatiblemultirange", C::Pseudo),
    plain("anycompatiblenonarray", C::Pseudo),
    plain("anycompatiblerange", C::Pseudo),
    plain("anyelement", C::Pseudo),
    plain("anyenum", C::Pseudo),
    plain("anymultirange", C::Pseudo),
    plain("anynonarray", C::Pseudo),
    plain("anyrange", C::Pseudo),
    plain("cstring", C::Pseudo),
    plain("event_trigger", C::Pseudo),
    plain("fdw_handler", C::Pseudo),
    plain("index_am_handler", C::Pseudo),
    plain("internal", C::Pseudo),
    plain("language_handler", C::Pseudo),
    plain("pg_ddl_command", C::Pseudo),
    plain("record", C::Pseudo),
    plain("table_am_handler", C::Pseudo),
    plain("trigger", C::Pseudo),
    plain("tsm_handler", C::Pseudo),
    plain("unknown", C::Pseudo),
    plain("void", C::Pseudo),
];
