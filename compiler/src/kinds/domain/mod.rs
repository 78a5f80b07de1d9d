//! Domains: `CREATE DOMAIN`.

mod catalog;
mod diff;
mod not_null;
pub mod read;
pub mod write;

use serde::{Deserialize, Serialize};

use super::{Kind, Model, Sql};
use crate::catalog::{Catalog, Id};
use crate::sql::TypeName;

/// A domain (`pg_type.typtype = 'd'`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Domain {
    /// The underlying type, as `format_type` prints it.
    #[serde(rename = "type")]
    pub data_type: String,
    /// The collation, where it is not the underlying type's.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub collation: Option<String>,
    /// The default expression.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub default: Option<Sql>,
    /// `NOT NULL`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub not_null: bool,
    /// The name of the not-null constraint, where it is not the one PostgreSQL would choose (PostgreSQL 17).
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub not_null_name: Option<String>,
    /// The comment on the not-null constraint (PostgreSQL 17).
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub not_null_comment: Option<String>,
    /// The check constraints, by name.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub checks: Vec<DomainCheck>,
}

impl Domain {
    /// The domain that a type's name means, if it is one and no array of one.
    pub(crate) fn named<'a>(data_type: &str, catalog: &'a Catalog) -> Option<&'a Self> {
        let name = TypeName::parse(data_type).ok().filter(|name| !name.array)?;
        let meant = catalog.qualified(&name);
        let object = catalog.get(&Id::new(Kind::Domain, meant.schema, meant.name))?;
        Self::from_body(&object.body)
    }
}

/// A check constraint of a domain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DomainCheck {
    /// The constraint's name.
    pub name: String,
    /// The expression over `VALUE`.
    pub expression: Sql,
    /// `NOT VALID`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub not_valid: bool,
    /// `COMMENT ON CONSTRAINT … ON DOMAIN`.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub comment: Option<String>,
}
