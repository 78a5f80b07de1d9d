//! Objects that are too rare for a form of their own: kept as the SQL that makes and unmakes them.

mod catalog;
mod diff;
pub mod read;
pub mod write;

use serde::{Deserialize, Serialize};

use super::{Kind, Sql};
use crate::catalog::Id;
use crate::plan::Use;
use crate::sql::quote_ident;

/// An object known by its statements alone: a cast, an operator, a text search configuration, a foreign server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Raw {
    /// PostgreSQL's word for the kind, e.g. `operator class`.
    pub kind: String,
    /// The identity as PostgreSQL prints it (`pg_identify_object`), for `COMMENT ON` and `DROP`.
    pub identity: String,
    /// The statements that make it, separated by semicolons.
    pub create: Sql,
    /// The statement that drops it.
    pub drop: Sql,
}

/// The use of an object of that kind, if it is not PostgreSQL's own.
pub(super) fn named(kind: &str, name: &str) -> Use<'static> {
    Use::Object(Id::global(
        Kind::Raw,
        format!("{kind} {}", quote_ident(name)),
    ))
}

/// The use of an access method.
pub(super) fn access_method(name: &str) -> Use<'static> {
    named("access method", name)
}
