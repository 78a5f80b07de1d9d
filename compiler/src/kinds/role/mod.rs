//! Roles: `CREATE ROLE`.
//!
//! Roles belong to the cluster and other databases use them too. So a spec can only ask for one to be there:
//! a missing role is created (inside a `DO` block that looks first), none is ever altered or dropped, and two databases
//! never differ in their roles. The shadow database creates every role that is mentioned anywhere.

mod catalog;
mod diff;
pub mod read;
pub mod write;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// A role that the schema needs (`pg_roles`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Role {
    /// `LOGIN`, when it is created.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub login: bool,
    /// `BYPASSRLS`, when it is created.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub bypass_row_security: bool,
    /// The roles it is a member of, when it is created.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub member_of: BTreeSet<String>,
}
