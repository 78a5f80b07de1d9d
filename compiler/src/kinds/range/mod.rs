//! Range types: `CREATE TYPE … AS RANGE`.

mod catalog;
mod diff;
pub mod read;
pub mod write;

use serde::{Deserialize, Serialize};

use crate::catalog::QName;

/// A range type (`pg_range`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Range {
    /// The subtype, as `format_type` prints it.
    pub subtype: String,
    /// The subtype's operator class, where it is not the default one.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub operator_class: Option<QName>,
    /// The collation, where it is not the subtype's.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub collation: Option<String>,
    /// The function that makes values canonical.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub canonical: Option<QName>,
    /// The function that gives the difference of two subtype values.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub subtype_diff: Option<QName>,
    /// The multirange type's name (in the same schema).
    pub multirange: String,
}
