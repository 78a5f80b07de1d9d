//! Triggers: `CREATE TRIGGER`.

mod catalog;
mod diff;

use serde::{Deserialize, Serialize};

pub mod read;
pub mod write;

use super::Sql;
use crate::catalog::QName;

/// A trigger of a table or view (`pg_trigger`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trigger {
    /// When it fires relative to the statement or row.
    pub timing: Timing,
    /// What it fires on; at least one.
    pub events: Events,
    /// `FOR EACH ROW`; otherwise for each statement.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub for_each_row: bool,
    /// `WHEN (…)`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub when: Option<Sql>,
    /// The trigger function.
    pub function: QName,
    /// The literal arguments.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub arguments: Vec<String>,
    /// `CREATE CONSTRAINT TRIGGER`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub constraint: bool,
    /// `DEFERRABLE`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub deferrable: bool,
    /// `INITIALLY DEFERRED`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub initially_deferred: bool,
    /// `FROM referenced_table`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub from_table: Option<QName>,
    /// `REFERENCING OLD TABLE AS`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub old_table: Option<String>,
    /// `REFERENCING NEW TABLE AS`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub new_table: Option<String>,
    /// Whether and in which sessions it fires.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub enabled: Enabled,
}

/// `BEFORE`, `AFTER` or `INSTEAD OF`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "PostgreSQL's words")]
pub enum Timing {
    #[default]
    Before,
    After,
    InsteadOf,
}

/// The events a trigger fires on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Events {
    /// `INSERT`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub insert: bool,
    /// `UPDATE`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub update: bool,
    /// `UPDATE OF`: only when one of these columns is assigned; empty for all.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub update_of: Vec<String>,
    /// `DELETE`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub delete: bool,
    /// `TRUNCATE`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub truncate: bool,
}

/// `ALTER TABLE … ENABLE / DISABLE TRIGGER` (`pg_trigger.tgenabled`); rules and event triggers have the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "PostgreSQL's words")]
pub enum Enabled {
    #[default]
    Origin,
    Replica,
    Always,
    Disabled,
}
