//! Types as text: PostgreSQL's way and the short way.

use std::fmt::{self, Display, Formatter};

use super::{TypeName, builtin::BuiltinType};
use crate::sql::quote_qualified;

impl Display for TypeName {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.write(f, |builtin| (builtin.sql, builtin.suffix))
    }
}

impl TypeName {
    /// As people write it: `varchar(200)`, `timestamptz`. It is SQL too, and means the same.
    pub fn short(&self) -> String {
        struct Short<'a>(&'a TypeName);
        impl Display for Short<'_> {
            fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                self.0.write(f, |builtin| (builtin.short, ""))
            }
        }
        Short(self).to_string()
    }

    fn write(
        &self,
        f: &mut Formatter<'_>,
        spelling: impl Fn(&'static BuiltinType) -> (&'static str, &'static str),
    ) -> fmt::Result {
        if let Some(builtin) = self.builtin() {
            self.write_builtin(f, spelling(builtin))?;
        } else {
            f.write_str(&quote_qualified(self.schema.as_deref(), &self.name))?;
            self.write_modifiers(f)?;
        }
        f.write_str(if self.array { "[]" } else { "" })
    }

    fn write_builtin(&self, f: &mut Formatter<'_>, (name, suffix): (&str, &str)) -> fmt::Result {
        // `char` and `bit` without a length are not what these words mean in the grammar, which adds `(1)`.
        let name = match (self.name.as_str(), self.modifiers.as_slice()) {
            ("bpchar", []) => "bpchar",
            ("bit", []) => "\"bit\"",
            _ => name,
        };
        f.write_str(name)?;
        if let Some(fields) = &self.interval_fields {
            write!(f, " {fields}")?;
        }
        self.write_modifiers(f)?;
        f.write_str(suffix)
    }

    fn write_modifiers(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.modifiers.is_empty() {
            return Ok(());
        }
        write!(f, "({})", self.modifiers.join(","))
    }
}
