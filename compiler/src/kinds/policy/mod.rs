//! Row-level security policies: `CREATE POLICY`.

mod catalog;
mod diff;
pub mod read;
pub mod write;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Sql;

/// A policy of a table (`pg_policy`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Policy {
    /// `AS RESTRICTIVE`; otherwise permissive.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub restrictive: bool,
    /// `all`, `select`, `insert`, `update` or `delete`.
    pub command: String,
    /// The roles; empty is `public`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub roles: BTreeSet<String>,
    /// `USING (…)`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub using: Option<Sql>,
    /// `WITH CHECK (…)`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub check: Option<Sql>,
}
