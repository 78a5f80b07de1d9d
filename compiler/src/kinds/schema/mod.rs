//! Schemas: `CREATE SCHEMA`.

mod catalog;
mod diff;
pub mod read;
pub mod write;

use serde::{Deserialize, Serialize};

/// A schema. Its name, owner, comment and privileges are all there is to it (`pg_namespace`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Schema {}
