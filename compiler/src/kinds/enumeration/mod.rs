//! Enums: `CREATE TYPE … AS ENUM`.

mod catalog;
mod diff;
pub mod read;
pub mod write;

pub use diff::unplaced_labels;

use serde::{Deserialize, Serialize};

/// An enum type (`pg_enum`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Enum {
    /// The labels, in sort order.
    pub labels: Vec<String>,
}
