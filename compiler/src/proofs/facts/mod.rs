//! What the catalog of the test database says is there to prove.

mod event_trigger;
mod function;
mod objects;
mod policy;
mod trigger;

pub use event_trigger::EventTrigger;
pub use function::Function;
pub use objects::Objects;
pub use policy::Policy;
pub use trigger::{Event, Timing, Trigger};

use std::collections::BTreeMap;

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
    /// Event triggers, by name.
    pub event_triggers: Vec<EventTrigger>,
    /// Policies, by table and name.
    pub policies: Vec<Policy>,
    /// Functions that are no trigger's, by name.
    pub functions: Vec<Function>,
}

impl Facts {
    /// The functions in PL/pgSQL that triggers run or that stand for themselves: by oid, how people find them.
    pub fn bodies(&self) -> BTreeMap<u32, String> {
        let triggers = self
            .triggers
            .iter()
            .map(|trigger| (&trigger.language, trigger.function_oid, &trigger.function));
        let event_triggers = self
            .event_triggers
            .iter()
            .map(|trigger| (&trigger.language, trigger.function_oid, &trigger.function));
        let without_arguments = triggers
            .chain(event_triggers)
            .map(|(language, oid, name)| (language, oid, format!("{}()", name.short())));
        let functions = self
            .functions
            .iter()
            .map(|function| (&function.language, function.oid, function.label()));
        without_arguments
            .chain(functions)
            .filter(|(language, ..)| *language == "plpgsql")
            .map(|(_, oid, label)| (oid, label))
            .collect()
    }

    /// Reads them; one round trip.
    pub fn read(session: &Session) -> Result<Self, QueryError> {
        // Names print with their schema wherever they are read back.
        let queries = [
            "set search_path = pg_catalog",
            include_str!("triggers.sql"),
            include_str!("event_triggers.sql"),
            include_str!("policies.sql"),
            include_str!("functions.sql"),
            "reset search_path",
        ];
        let mut answers = session.query_all(&queries)?.into_iter().skip(1);
        let mut next = || answers.next().unwrap_or_default();
        Ok(Self {
            triggers: next().iter().map(Trigger::from_row).collect(),
            event_triggers: next().iter().map(EventTrigger::from_row).collect(),
            policies: next().iter().map(Policy::from_row).collect(),
            functions: next().iter().map(Function::from_row).collect(),
        })
    }
}
