//! Event triggers: `CREATE EVENT TRIGGER`.

mod catalog;
mod diff;
pub mod read;
pub mod write;

use indexmap::IndexSet;
use serde::{Deserialize, Serialize};

use super::trigger::Enabled;
use crate::catalog::QName;

/// An event trigger (`pg_event_trigger`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventTrigger {
    /// `ddl_command_start`, `ddl_command_end`, `sql_drop`, `table_rewrite`, `login`.
    pub event: String,
    /// `WHEN TAG IN (…)`, in whatever order.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub tags: IndexSet<String>,
    /// The function.
    pub function: QName,
    /// Whether and in which sessions it fires.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub enabled: Enabled,
}
