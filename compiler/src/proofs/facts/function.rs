use super::Qualified;
use crate::database::Row;

/// A function or procedure of the test database that no trigger runs.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its identity.
    pub oid: u32,
    /// Its name.
    pub name: Qualified,
    /// Its arguments as `alter function` takes them.
    pub identity_arguments: String,
    /// Its name with the types of its arguments, as a spec's object is called.
    pub signature: String,
    /// Its arguments, as PostgreSQL prints them.
    pub arguments: String,
    /// What it returns, as PostgreSQL prints it; empty for a procedure.
    pub result: String,
    /// Whether it is a procedure.
    pub is_procedure: bool,
    /// Whether it returns a set.
    pub returns_set: bool,
    /// Whether it returns a boolean.
    pub is_boolean: bool,
    /// Whether it returns nothing.
    pub is_void: bool,
    /// `immutable`, `stable` or `volatile`.
    pub volatility: String,
    /// Its language.
    pub language: String,
    /// `create or replace function …`, as PostgreSQL prints it.
    pub definition: String,
}

impl Function {
    pub(super) fn from_row(row: &Row) -> Self {
        Self {
            oid: row.get("oid"),
            name: Qualified {
                schema: row.get("nspname"),
                name: row.get("proname"),
            },
            identity_arguments: row.get("identity_arguments"),
            signature: row.get("signature"),
            arguments: row.get("arguments"),
            result: row.get("result"),
            is_procedure: row.get::<_, &str>("prokind") == "p",
            returns_set: row.get("proretset"),
            is_boolean: row.get("is_boolean"),
            is_void: row.get("is_void"),
            volatility: row.get("volatility"),
            language: row.get("lanname"),
            definition: row.get("definition"),
        }
    }

    /// How people find it.
    pub fn label(&self) -> String {
        let signature = Qualified {
            schema: self.name.schema.clone(),
            name: self.signature.clone(),
        };
        signature.short()
    }
}
