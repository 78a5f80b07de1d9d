//! Tables: `CREATE TABLE`. Constraints and indexes belong to the family and are objects of their own.

mod alter_column;
mod attached;
mod casts;
mod catalog;
pub mod column;
pub mod constraint;
mod constraint_diff;
mod diff;
pub mod index;
mod index_diff;
pub(crate) mod inheritance;
mod inherited_keys;
mod not_null;
mod persistence;
mod promoted;
pub mod read;
mod rearranged;
mod replaced;
mod row_type;
pub mod write;

pub use column::Column;

pub(crate) use casts::is_assignment;
pub(crate) use casts::usual_storage;
pub(crate) use not_null::given as given_not_null;
pub(crate) use replaced::columns_of;
use serde::{Deserialize, Serialize};

use super::{Options, Sql};
use crate::catalog::QName;

/// A table (`pg_class.relkind` r, p and f).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// The columns in order, those inherited or taken from a partitioned parent included.
    pub columns: Vec<Column>,
    /// `UNLOGGED`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub unlogged: bool,
    /// `PARTITION BY`: how the table is partitioned.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub partition_by: Option<PartitionBy>,
    /// `PARTITION OF`: which part of which table it is.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub partition_of: Option<PartitionOf>,
    /// Of a partition: the checks of its parents that are not valid there and are valid here.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub validated_checks: Vec<String>,
    /// `INHERITS`, in order.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub inherits: Vec<QName>,
    /// `OF type`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub of_type: Option<QName>,
    /// Storage parameters.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub options: Options,
    /// The tablespace, where it is not the database's.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub tablespace: Option<String>,
    /// The access method, where it is not `heap`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub access_method: Option<String>,
    /// `REPLICA IDENTITY`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub replica_identity: ReplicaIdentity,
    /// `ENABLE ROW LEVEL SECURITY`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub row_security: bool,
    /// `FORCE ROW LEVEL SECURITY`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub force_row_security: bool,
    /// The index of `CLUSTER ON`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub clustered_on: Option<String>,
    /// For a foreign table: its server and options.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub foreign: Option<Foreign>,
}

/// `PARTITION BY strategy (key, …)`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartitionBy {
    /// `range`, `list` or `hash`.
    pub strategy: String,
    /// The keys as they are written: `created_at`, `lower(name)`, with collation and operator class.
    pub keys: Vec<Sql>,
}

/// `PARTITION OF parent FOR VALUES …`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartitionOf {
    /// The partitioned table.
    pub parent: QName,
    /// The bound as `pg_get_expr(relpartbound)` prints it: `FOR VALUES IN (1, 2)`, `DEFAULT`.
    pub bound: Sql,
}

/// `REPLICA IDENTITY`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "PostgreSQL's words")]
pub enum ReplicaIdentity {
    #[default]
    Default,
    Nothing,
    Full,
    Index(String),
}

/// What makes a table a foreign one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Foreign {
    /// The foreign server.
    pub server: String,
    /// `OPTIONS (…)`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub options: Options,
}

impl Table {
    /// The column with that name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}
