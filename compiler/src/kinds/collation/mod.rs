//! Collations: `CREATE COLLATION`.

mod catalog;
mod diff;
pub mod read;
pub mod write;

use serde::{Deserialize, Serialize};

/// A collation (`pg_collation`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Collation {
    /// `libc`, `icu` or `builtin`.
    pub provider: String,
    /// `LOCALE`, where `LC_COLLATE` and `LC_CTYPE` are the same or the provider has one.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub locale: Option<String>,
    /// `LC_COLLATE`, where it differs from `LC_CTYPE`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub lc_collate: Option<String>,
    /// `LC_CTYPE`, where it differs from `LC_COLLATE`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub lc_ctype: Option<String>,
    /// ICU tailoring rules.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub rules: Option<String>,
    /// `DETERMINISTIC = false`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub nondeterministic: bool,
}
