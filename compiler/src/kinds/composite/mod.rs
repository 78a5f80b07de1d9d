//! Composite types: `CREATE TYPE … AS (…)`.

mod catalog;
mod diff;
pub mod read;
pub mod write;

use serde::{Deserialize, Serialize};

/// A free-standing composite type (`pg_class.relkind = 'c'`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Composite {
    /// The attributes, in order.
    pub attributes: Vec<Attribute>,
}

/// An attribute of a composite type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribute {
    /// The attribute's name.
    pub name: String,
    /// The type, as `format_type` prints it.
    #[serde(rename = "type")]
    pub data_type: String,
    /// The collation, where it is not the type's.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub collation: Option<String>,
    /// `COMMENT ON COLUMN`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub comment: Option<String>,
}
