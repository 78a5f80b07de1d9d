//! Type names: what users write, what `format_type` prints, which constants fit.

mod builtin;
mod parse;
mod postgis;
mod print;

use serde::{Deserialize, Serialize};

pub use builtin::{BuiltinType, TypeCategory};

use super::SqlError;

/// The type of a column, argument, or domain, as one unambiguous value: two spellings of one type are equal.
///
/// Printed ([`Display`](std::fmt::Display)), it is what `format_type(oid, typmod)` prints when its schema is on the
/// search path. Serialized, it is that text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct TypeName {
    /// `None` for a built-in type and for one that was written without a schema.
    pub schema: Option<String>,
    /// `pg_type.typname`: `int4`, `bpchar`, `timestamptz`, `char` for `"char"`.
    pub name: String,
    /// What stands in parentheses, without spaces: `["10", "2"]`, `["Point", "4326"]`.
    pub modifiers: Vec<String>,
    /// `day to second` of an interval.
    pub interval_fields: Option<String>,
    /// PostgreSQL keeps neither the number of dimensions nor their sizes.
    pub array: bool,
}

impl TypeName {
    /// Reads a type in any spelling that PostgreSQL accepts for a column.
    pub fn parse(text: &str) -> Result<Self, SqlError> {
        parse::parse(text)
    }

    /// A type without modifiers, by the name it has in `pg_type`.
    pub fn named(schema: Option<&str>, name: &str) -> Self {
        Self {
            schema: schema.map(str::to_owned),
            name: name.to_owned(),
            modifiers: Vec::new(),
            interval_fields: None,
            array: false,
        }
    }

    /// What is known of it when it (or its element) is built in; `None` for types of users and extensions.
    pub fn builtin(&self) -> Option<&'static BuiltinType> {
        match self.schema {
            None => BuiltinType::find(&self.name),
            Some(_) => None,
        }
    }

    /// The integer type behind `serial`, `bigserial`, `smallserial` (and `serial2`, `serial4`, `serial8`), which are no
    /// types but a way to write one with a sequence; `transformColumnDefinition` of `src/backend/parser/parse_utilcmd.c`.
    pub fn serial(&self) -> Option<Self> {
        if self.schema.is_some() || !self.modifiers.is_empty() || self.array {
            return None;
        }
        let name = match self.name.as_str() {
            "smallserial" | "serial2" => "int2",
            "serial" | "serial4" => "int4",
            "bigserial" | "serial8" => "int8",
            _ => return None,
        };
        Some(Self::named(None, name))
    }

    /// The type of an array's elements; itself when it is no array.
    #[must_use]
    pub fn element(&self) -> Self {
        Self {
            array: false,
            ..self.clone()
        }
    }

    /// The array of it.
    #[must_use]
    pub fn array_of(&self) -> Self {
        Self {
            array: true,
            ..self.clone()
        }
    }

    /// Without the schema when it is this one, as `format_type` prints it with that schema on the search path; a type
    /// that a built-in one of the same name would hide keeps it.
    #[must_use]
    pub fn relative_to(&self, schema: &str) -> Self {
        let hidden = BuiltinType::find(&self.name).is_some();
        match &self.schema {
            Some(own) if own == schema && !hidden => Self {
                schema: None,
                ..self.clone()
            },
            _ => self.clone(),
        }
    }

    /// With this schema when it has none and is not built in.
    #[must_use]
    pub fn in_schema(&self, schema: &str) -> Self {
        if self.schema.is_some() || self.builtin().is_some() || self.serial().is_some() {
            return self.clone();
        }
        Self {
            schema: Some(schema.to_owned()),
            ..self.clone()
        }
    }
}

impl std::str::FromStr for TypeName {
    type Err = SqlError;

    fn from_str(text: &str) -> Result<Self, SqlError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for TypeName {
    type Error = SqlError;

    fn try_from(text: String) -> Result<Self, SqlError> {
        Self::parse(&text)
    }
}

impl From<TypeName> for String {
    fn from(type_name: TypeName) -> Self {
        type_name.to_string()
    }
}
