//! Views: `CREATE VIEW`. Materialized views are in [`materialized`].

mod catalog;
mod diff;
pub mod materialized;
mod materialized_diff;
pub mod read;
pub mod write;

use serde::{Deserialize, Serialize};

use super::{Options, Sql};
use crate::catalog::Privileges;

/// A view (`pg_class.relkind = 'v'`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// The query, without a semicolon.
    pub query: Sql,
    /// The columns in order; from a spec that does not name them: empty.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub columns: Vec<ViewColumn>,
    /// `WITH (security_invoker = true, check_option = local, …)`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub options: Options,
}

/// A column of a view or materialized view.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ViewColumn {
    /// The column's name.
    pub name: String,
    /// The type as `format_type` prints it; from a spec: not known.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub data_type: Option<String>,
    /// `ALTER VIEW … ALTER COLUMN … SET DEFAULT`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub default: Option<Sql>,
    /// `SET STATISTICS` (materialized views).
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub statistics: Option<i32>,
    /// `SET STORAGE` (materialized views).
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub storage: Option<String>,
    /// `COMMENT ON COLUMN`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub comment: Option<String>,
    /// Column privileges.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub privileges: Privileges,
}
