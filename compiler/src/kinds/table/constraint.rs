//! Constraints of tables: `ALTER TABLE … ADD CONSTRAINT`. Not-null is a property of the column.

use serde::{Deserialize, Serialize};

use super::index::IndexKey;
use crate::catalog::QName;
use crate::kinds::{Options, Sql};

/// A constraint of a table (`pg_constraint`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Constraint {
    /// What must hold.
    pub rule: ConstraintRule,
    /// `DEFERRABLE`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub deferrable: bool,
    /// `INITIALLY DEFERRED`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub initially_deferred: bool,
    /// `NOT VALID`: existing rows were not checked.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub not_valid: bool,
    /// `NOT ENFORCED` (PostgreSQL 18).
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub not_enforced: bool,
    /// Exists also because a parent table has it (`coninhcount > 0`).
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub inherited: bool,
}

/// What a constraint demands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConstraintRule {
    /// `PRIMARY KEY`.
    PrimaryKey(Key),
    /// `UNIQUE`.
    Unique(Key),
    /// `FOREIGN KEY`.
    ForeignKey(ForeignKey),
    /// `CHECK`.
    Check(Check),
    /// `EXCLUDE`.
    Exclusion(Exclusion),
}

/// The columns of a primary key or unique constraint, and its index.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Key {
    /// The columns, in order.
    pub columns: Vec<String>,
    /// `NULLS NOT DISTINCT` (PostgreSQL 15).
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub nulls_not_distinct: bool,
    /// `WITHOUT OVERLAPS` on the last column (PostgreSQL 18).
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub without_overlaps: bool,
    /// The index behind it.
    #[serde(flatten)]
    pub index: KeyIndex,
}

/// What can be said of the index behind a constraint.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct KeyIndex {
    /// `INCLUDE`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub include: Vec<String>,
    /// Storage parameters.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub options: Options,
    /// The tablespace, where it is not the database's.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub tablespace: Option<String>,
    /// The index of the partitioned parent that the index is attached to.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub attached_to: Option<QName>,
    /// `COMMENT ON INDEX`: not the constraint's own comment.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub comment: Option<String>,
}

/// A foreign key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ForeignKey {
    /// The referencing columns, in order.
    pub columns: Vec<String>,
    /// The referenced table.
    pub references: QName,
    /// The referenced columns, in the same order.
    pub referenced_columns: Vec<String>,
    /// `MATCH FULL`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub match_full: bool,
    /// `ON UPDATE`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub on_update: Action,
    /// `ON DELETE`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub on_delete: Action,
    /// `ON DELETE SET NULL (a, b)`: the columns set; empty for all.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub on_delete_columns: Vec<String>,
    /// `PERIOD` on the last column (PostgreSQL 18).
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub period: bool,
}

/// What happens to referencing rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "PostgreSQL's words")]
pub enum Action {
    #[default]
    NoAction,
    Restrict,
    Cascade,
    SetNull,
    SetDefault,
}

/// A check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// The expression, without `CHECK` and without outer parentheses.
    pub expression: Sql,
    /// `NO INHERIT`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub no_inherit: bool,
}

/// An exclusion constraint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exclusion {
    /// The index's access method.
    pub method: String,
    /// The elements, in order.
    pub elements: Vec<ExclusionElement>,
    /// `WHERE`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub predicate: Option<Sql>,
    /// The index behind it.
    #[serde(flatten)]
    pub index: KeyIndex,
}

/// `expression WITH operator`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExclusionElement {
    /// The expression, as an index key.
    #[serde(flatten)]
    pub key: IndexKey,
    /// The operator, qualified where it must be: `&&`, `OPERATOR(my.&&)`.
    pub operator: Sql,
}

impl Constraint {
    /// A constraint that is checked at once, on all rows.
    pub fn new(rule: ConstraintRule) -> Self {
        Self {
            rule,
            deferrable: false,
            initially_deferred: false,
            not_valid: false,
            not_enforced: false,
            inherited: false,
        }
    }
}
