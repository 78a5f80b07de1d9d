//! Columns.

use serde::{Deserialize, Serialize};

use crate::catalog::Privileges;
use crate::kinds::sequence::SequenceOptions;
use crate::kinds::{Options, Sql};

/// A column of a table (`pg_attribute`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// The column's name.
    pub name: String,
    /// The type, as `format_type` prints it with the default schema first in the search path.
    #[serde(rename = "type")]
    pub data_type: String,
    /// Whether null is allowed.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub nullable: bool,
    /// The default expression.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub default: Option<Sql>,
    /// `GENERATED ALWAYS AS (…)`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub generated: Option<Generated>,
    /// `GENERATED … AS IDENTITY`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub identity: Option<Identity>,
    /// The collation, where it is not the type's, as `regcollation` prints it: `"C"`, `"de-x-icu"`, `my.german`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub collation: Option<String>,
    /// `STORAGE` (`plain`, `external`, `extended`, `main`), where it is not the type's.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub storage: Option<String>,
    /// `COMPRESSION` (`pglz`, `lz4`), where it is said.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub compression: Option<String>,
    /// `SET STATISTICS`, where it is said.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub statistics: Option<i32>,
    /// `SET (n_distinct = …)` and its like.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub options: Options,
    /// `OPTIONS (…)` of a foreign table's column.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub foreign_options: Options,
    /// Whether it exists only because a parent has it (`not attislocal`).
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub inherited: bool,
    /// `COMMENT ON COLUMN`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub comment: Option<String>,
    /// Column privileges.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub privileges: Privileges,
}

/// A generated column's expression.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Generated {
    /// The expression.
    pub expression: Sql,
    /// Computed when it is read and not stored (PostgreSQL 18).
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub is_virtual: bool,
}

/// An identity column's sequence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Identity {
    /// `ALWAYS`; otherwise `BY DEFAULT`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub always: bool,
    /// The sequence's name, where it is not the one PostgreSQL would choose.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub sequence: Option<String>,
    /// The numbers it gives.
    #[serde(flatten)]
    pub options: SequenceOptions,
    /// The sequence's privileges.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub privileges: Privileges,
}
