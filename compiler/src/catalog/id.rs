use std::fmt;

use serde::{Deserialize, Serialize};

use crate::kinds::Kind;

/// The identity of an object: what stays when everything else about it changes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Id {
    /// The kind.
    pub kind: Kind,
    /// The schema; empty for kinds that live outside schemas.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub schema: String,
    /// The relation (or, for default privileges, the role) that the object belongs to and within which its
    /// name is unique: constraints, triggers, policies, rules. Empty for all other kinds.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub parent: String,
    /// The name. Functions and aggregates carry their input types, as `regprocedure` prints them:
    /// `touch(integer, text)`.
    pub name: String,
}

/// A name with its schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct QName {
    /// The schema; never empty.
    pub schema: String,
    /// The name within it.
    pub name: String,
}

impl Id {
    /// An object in a schema.
    pub fn new(kind: Kind, schema: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            kind,
            schema: schema.into(),
            parent: String::new(),
            name: name.into(),
        }
    }

    /// An object outside all schemas.
    pub fn global(kind: Kind, name: impl Into<String>) -> Self {
        Self::new(kind, "", name)
    }

    /// An object that belongs to a relation.
    pub fn part(kind: Kind, relation: &QName, name: impl Into<String>) -> Self {
        Self {
            kind,
            schema: relation.schema.clone(),
            parent: relation.name.clone(),
            name: name.into(),
        }
    }

    /// Whether it is the schema `public`, which is there before anybody builds anything, and often somebody else's.
    pub fn is_public(&self) -> bool {
        self.kind == Kind::Schema && self.name == "public"
    }

    /// The object's own qualified name.
    pub fn qname(&self) -> QName {
        QName::new(&self.schema, &self.name)
    }

    /// The relation it belongs to, for the kinds that have one.
    pub fn relation(&self) -> Option<QName> {
        (!self.parent.is_empty()).then(|| QName::new(&self.schema, &self.parent))
    }
}

impl QName {
    /// A name in a schema.
    pub fn new(schema: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            schema: schema.into(),
            name: name.into(),
        }
    }
}

/// For people, unquoted: `trigger public.tasks.tasks_touch`.
impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.kind.word())?;
        for part in [&self.schema, &self.parent] {
            if !part.is_empty() {
                write!(f, "{part}.")?;
            }
        }
        f.write_str(&self.name)
    }
}

impl fmt::Display for QName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.schema, self.name)
    }
}
