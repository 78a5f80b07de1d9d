//! Aggregates: `CREATE AGGREGATE`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Argument, Parallel};

/// An aggregate (`pg_aggregate`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Aggregate {
    /// The name without the argument types.
    pub name: String,
    /// The arguments before `ORDER BY`; empty for `*`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub arguments: Vec<Argument>,
    /// The arguments after `ORDER BY`, for ordered-set and hypothetical-set aggregates.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub order_by: Option<Vec<Argument>>,
    /// The definition's parameters by PostgreSQL's name in lower case (`sfunc`, `stype`, `initcond`, …), the
    /// values as they are written in `CREATE AGGREGATE`; flags such as `hypothetical` have the value `true`.
    pub parameters: BTreeMap<String, String>,
    /// `PARALLEL`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub parallel: Parallel,
}
