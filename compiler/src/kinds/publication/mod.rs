//! Publications: `CREATE PUBLICATION`.

mod catalog;
mod diff;
pub mod read;
pub mod write;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Options, Sql};

/// A publication (`pg_publication`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Publication {
    /// `FOR ALL TABLES`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub all_tables: bool,
    /// `FOR TABLE`, by the table's name as it is written: `public.tasks`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub tables: BTreeMap<String, PublishedTable>,
    /// `FOR TABLES IN SCHEMA` (PostgreSQL 15).
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub schemas: BTreeSet<String>,
    /// `WITH (publish = 'insert, update', …)`, where it is not the default.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub options: Options,
}

/// What of a table is published.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PublishedTable {
    /// The columns; empty for all.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub columns: BTreeSet<String>,
    /// `WHERE (…)`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub predicate: Option<Sql>,
}
