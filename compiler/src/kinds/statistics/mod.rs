//! Extended statistics: `CREATE STATISTICS`.

mod catalog;
mod diff;
pub mod read;
pub mod write;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Sql;
use crate::catalog::QName;

/// An extended statistics object (`pg_statistic_ext`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statistics {
    /// The table or materialized view.
    pub table: QName,
    /// `ndistinct`, `dependencies`, `mcv`; empty for all.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub kinds: BTreeSet<String>,
    /// The columns and expressions, as they are written.
    pub keys: Vec<Sql>,
    /// `ALTER STATISTICS … SET STATISTICS`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub target: Option<i32>,
}
