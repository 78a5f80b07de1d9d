//! What the catalog of the test database says is there to prove.

mod function;
mod policy;
mod trigger;

pub use function::Function;
pub use policy::Policy;
pub use trigger::{Event, Timing, Trigger};

use crate::database::{QueryError, Session};

/// A name with its schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Qualified {
    /// The schema.
    pub schema: String,
    /// The name in it.
    pub name: String,
}

impl Qualified {
    /// As SQL writes it.
    pub fn sql(&self) -> String {
        crate::sql::quote_qualified(Some(&self.schema), &self.name)
    }

    /// As people say it: without the schema where that is `public`.
    pub fn short(&self) -> String {
        if self.schema == "public" {
            self.name.clone()
        } else {
            format!("{}.{}", self.schema, self.name)
        }
    }
}

/// All that is there to prove.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Triggers, by table and name.
    pub triggers: Vec<Trigger>,
    /// Policies, by table and name.
    pub policies: Vec<Policy>,
    /// Functions that are no trigger's, by name.
    pub functions: Vec<Function>,
    /// A checksum of everything in the database.
    pub schema: String,
}

impl Facts {
    /// A checksum of all that suites may depend on.
    pub fn fingerprint(&self) -> String {
        self.schema.clone()
    }

    /// Reads them; one round trip.
    pub fn read(session: &Session) -> Result<Self, QueryError> {
        // Names print with their schema wherever they are read back.
        let queries = [
            "set search_path = pg_catalog",
            include_str!("triggers.sql"),
            include_str!("policies.sql"),
            include_str!("functions.sql"),
            include_str!("fingerprint.sql"),
            "reset search_path",
        ];
        let mut answers = session.query_all(&queries)?.into_iter().skip(1);
        let mut next = || answers.next().unwrap_or_default();
        Ok(Self {
            triggers: next().iter().map(Trigger::from_row).collect(),
            policies: next().iter().map(Policy::from_row).collect(),
            functions: next().iter().map(Function::from_row).collect(),
            schema: next().first().map(|row| row.get(0)).unwrap_or_default(),
        })
    }
}
