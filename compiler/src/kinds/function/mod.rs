//! Functions and procedures: `CREATE FUNCTION`, `CREATE PROCEDURE`. Aggregates are in [`aggregate`].

pub mod aggregate;
mod aggregate_diff;
mod catalog;
mod diff;
pub mod read;
pub mod write;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::Sql;
use crate::catalog::QName;

/// A function or procedure (`pg_proc`, `prokind` f, p and w).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Function {
    /// The name without the argument types (which are part of the identity).
    pub name: String,
    /// Whether it is a procedure.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub procedure: bool,
    /// `WINDOW`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub window: bool,
    /// All arguments, in order, `TABLE` columns included.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub arguments: Vec<Argument>,
    /// The result type as `format_type` prints it (`SETOF integer`, `"bit"`); `None` for procedures.
    /// Where there are `TABLE` columns: `TABLE(…)`, derived from [`Self::arguments`].
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub returns: Option<String>,
    /// The language.
    pub language: String,
    /// The body.
    pub body: RoutineBody,
    /// How far its result depends on its arguments alone.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub volatility: Volatility,
    /// `STRICT`: null in, null out.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub strict: bool,
    /// `SECURITY DEFINER`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub security_definer: bool,
    /// `LEAKPROOF`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub leakproof: bool,
    /// `PARALLEL`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub parallel: Parallel,
    /// `COST`; `None` is the language's default (1 for C and internal, 100 for others).
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub cost: Option<f32>,
    /// `ROWS`; `None` is the default of 1000 for functions that return sets.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub rows: Option<f32>,
    /// `SUPPORT`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub support: Option<QName>,
    /// `SET name = value`, the value as `pg_get_functiondef` prints it. They keep their order, and are equal in any order.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub set: IndexMap<String, String>,
    /// `TRANSFORM FOR TYPE`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub transforms: Vec<String>,
}

/// An argument of a routine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Argument {
    /// The name; empty where it has none.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub name: String,
    /// The direction.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub mode: ArgumentMode,
    /// The type, as `format_type` prints it.
    #[serde(rename = "type")]
    pub data_type: String,
    /// The default expression.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub default: Option<Sql>,
}

/// The direction of an argument (`pg_proc.proargmodes`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "PostgreSQL's words")]
pub enum ArgumentMode {
    #[default]
    In,
    Out,
    Inout,
    Variadic,
    Table,
}

/// What a routine does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoutineBody {
    /// `AS '…'`: text that the language reads.
    Source(String),
    /// `RETURN …` or `BEGIN ATOMIC … END`: SQL that is parsed when the routine is created (PostgreSQL 14).
    Atomic(Sql),
    /// `AS 'library', 'symbol'`.
    Library {
        /// The shared library.
        library: String,
        /// The symbol in it.
        symbol: String,
    },
}

/// `IMMUTABLE`, `STABLE` or `VOLATILE`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "PostgreSQL's words")]
pub enum Volatility {
    #[default]
    Volatile,
    Stable,
    Immutable,
}

/// `PARALLEL SAFE`, `RESTRICTED` or `UNSAFE`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "PostgreSQL's words")]
pub enum Parallel {
    #[default]
    Unsafe,
    Restricted,
    Safe,
}
