//! What a spec says of a table that PostgreSQL has no word for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What the generated code needs to know of a table beyond its definition.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TableHints {
    /// By column.
    #[serde(default)]
    pub columns: BTreeMap<String, ColumnHints>,
    /// The table's declared queries, by name.
    #[serde(default)]
    pub queries: BTreeMap<String, Query>,
}

/// What the generated code needs to know of a column beyond its definition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnHints {
    /// What the column is for.
    #[serde(default)]
    pub role: Option<Role>,
    /// The Rust type, instead of the one that follows from the column's type.
    #[serde(default)]
    pub rust_type: Option<String>,
    /// A value that satisfies the table's constraints, for factories: SQL literal text or a generator's name.
    #[serde(default)]
    pub example: Option<String>,
}

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Counts the row's updates: an update or delete names the version that it has seen.
    Version,
    /// Not null once the row is deleted; such rows are hidden.
    SoftDelete,
}

/// A query that belongs to a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// The statement, with `:name` parameters.
    pub sql: String,
    /// `one`, `optional`, `many`, `exec` or `stream`.
    pub returns: String,
}
