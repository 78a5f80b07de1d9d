//! Default privileges: `ALTER DEFAULT PRIVILEGES`.
//!
//! The identity's `parent` is the role whose objects they are for (`FOR ROLE`; `@owner` for the role that builds the schema),
//! its `schema` the one of `IN SCHEMA` (empty for all), its `name` the kind of objects: `tables`, `sequences`, `functions`, `types`, `schemas`.

mod catalog;
pub(crate) mod diff;
pub mod read;
pub mod write;

use serde::{Deserialize, Serialize};

use crate::catalog::Id;

/// Privileges that new objects get (`pg_default_acl`). What they are is in the object's privileges, relative to the built-in
/// default (or, with a schema, to none).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DefaultPrivileges {}

/// The role whose objects they are for; none is the one that builds the schema.
pub(crate) fn for_role(id: &Id) -> Option<&str> {
    Some(id.parent.as_str()).filter(|role| *role != "@owner")
}
