//! Extensions: `CREATE EXTENSION`. The objects inside one are the extension's own and in no catalog.

mod catalog;
mod diff;
pub mod read;
pub mod write;

use serde::{Deserialize, Serialize};

/// An extension (`pg_extension`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Extension {
    /// The schema that holds its objects; `None` leaves the choice to its control file.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub schema: Option<String>,
    /// The version; `None` is whatever the server installs by default.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub version: Option<String>,
}
