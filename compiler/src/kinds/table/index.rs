//! Indexes that belong to no constraint: `CREATE INDEX`.

use serde::{Deserialize, Serialize};

use crate::catalog::QName;
use crate::kinds::{Options, Sql};

/// An index (`pg_index`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Index {
    /// The table or materialized view (in the same schema as the index).
    pub table: QName,
    /// The access method: `btree`, `gin`, `gist`, …
    pub method: String,
    /// `UNIQUE`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub unique: bool,
    /// `NULLS NOT DISTINCT` (PostgreSQL 15).
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub nulls_not_distinct: bool,
    /// The key columns and expressions, in order.
    pub keys: Vec<IndexKey>,
    /// `INCLUDE`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub include: Vec<String>,
    /// `WHERE`: only the rows for which it holds are in the index.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub predicate: Option<Sql>,
    /// Storage parameters.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub options: Options,
    /// The tablespace, where it is not the database's.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub tablespace: Option<String>,
    /// The index of the partitioned parent that it is attached to.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub attached_to: Option<QName>,
    /// `ALTER INDEX … ALTER COLUMN n SET STATISTICS`: by the number of the key, from 1.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub statistics: std::collections::BTreeMap<u16, i32>,
}

/// A key of an index.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndexKey {
    /// A column's name or an expression.
    pub value: KeyValue,
    /// The collation, where it is not the column's.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub collation: Option<String>,
    /// The operator class as it is written, where it is not the default: `text_pattern_ops`, `gist_trgm_ops(siglen='32')`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub operator_class: Option<Sql>,
    /// `DESC`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub descending: bool,
    /// `NULLS FIRST` (true) or `NULLS LAST` (false), where it is not the order's default.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub nulls_first: Option<bool>,
}

/// What an index key indexes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyValue {
    /// A column.
    Column(String),
    /// An expression, without outer parentheses.
    Expression(Sql),
}
