//! Rewrite rules: `CREATE RULE`. A view's `_RETURN` rule is the view.

mod catalog;
mod diff;
pub mod read;
pub mod write;

use serde::{Deserialize, Serialize};

use super::Sql;
use super::trigger::Enabled;

/// A rule of a table or view (`pg_rewrite`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// The statement from `CREATE RULE` on, as `pg_get_ruledef` prints it, without a semicolon.
    pub definition: Sql,
    /// Whether and in which sessions it applies.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub enabled: Enabled,
}
