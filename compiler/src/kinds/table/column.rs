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
    /// What is special about the not-null constraint, where null is not allowed.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub not_null: NotNull,
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

/// What a column's not-null constraint is, beside that null is not allowed. Before PostgreSQL 18 nothing
/// (`pg_constraint.contype` n).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NotNull {
    /// The name, where it is not the one PostgreSQL would choose: one after table and column, or the parent's.
    #[serde(
        rename = "constraint",
        default,
        skip_serializing_if = "crate::kinds::is_default"
    )]
    pub name: Option<String>,
    /// `NO INHERIT`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub no_inherit: bool,
    /// `NOT VALID`: existing rows were not checked.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub not_valid: bool,
    /// Whether it exists only because a parent has it. A partition's always does, where the parent has it.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub inherited: bool,
    /// `COMMENT ON CONSTRAINT`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub comment: Option<String>,
}

impl Column {
    /// Whether heirs and partitions must not have null because of it.
    pub fn hands_down_not_null(&self) -> bool {
        !self.nullable && !self.not_null.no_inherit
    }
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
