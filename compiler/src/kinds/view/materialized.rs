//! Materialized views: `CREATE MATERIALIZED VIEW`. Their indexes are objects of their own.

use serde::{Deserialize, Serialize};

use super::ViewColumn;
use crate::kinds::{Options, Sql};

/// A materialized view (`pg_class.relkind = 'm'`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MaterializedView {
    /// The query, without a semicolon.
    pub query: Sql,
    /// The columns in order; from a spec that does not name them: empty.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub columns: Vec<ViewColumn>,
    /// Storage parameters.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub options: Options,
    /// The tablespace, where it is not the database's.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub tablespace: Option<String>,
    /// The access method, where it is not `heap`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub access_method: Option<String>,
    /// `WITH NO DATA`: not populated (`not relispopulated`).
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub with_no_data: bool,
    /// The index of `CLUSTER ON`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub clustered_on: Option<String>,
}
