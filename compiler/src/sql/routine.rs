//! The signature of a function or procedure.

use std::str::FromStr;

use super::{
    SqlError, TypeName, quote_ident,
    tokens::{Token, TokenKind, significant},
};

/// A routine's name and the types of its input arguments, as `regprocedure` prints them: `touch(integer, text)`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoutineSignature {
    /// The name.
    pub name: String,
    /// The types of the input arguments.
    pub types: Vec<TypeName>,
}

impl RoutineSignature {
    /// The types as SQL: `integer, text`.
    pub fn arguments(&self) -> String {
        let types: Vec<_> = self.types.iter().map(ToString::to_string).collect();
        types.join(", ")
    }

    /// What an identifier, quoted or not, names; `None` when the text is something else.
    pub fn name_of(text: &str) -> Option<String> {
        let mut tokens = significant(text);
        let name = tokens.next()?.name()?.into_owned();
        tokens.next().is_none().then_some(name)
    }
}

impl std::fmt::Display for RoutineSignature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}({})", quote_ident(&self.name), self.arguments())
    }
}

impl FromStr for RoutineSignature {
    type Err = SqlError;

    fn from_str(text: &str) -> Result<Self, SqlError> {
        let wrong = || {
            SqlError::new(
                0..text.len(),
                format!("`{text}` is not a signature such as `touch(integer, text)`"),
            )
        };
        let mut tokens = significant(text);
        let name = tokens
            .next()
            .and_then(|t| t.name())
            .ok_or_else(wrong)?
            .into_owned();
        let open = tokens
            .next()
            .filter(|t| t.kind == TokenKind::OpenParen)
            .ok_or_else(wrong)?;
        let inner = text[open.end()..]
            .trim_end()
            .strip_suffix(')')
            .ok_or_else(wrong)?;
        let types = at_commas(inner)
            .into_iter()
            .map(argument)
            .collect::<Result<_, _>>()?;
        Ok(Self { name, types })
    }
}

/// PostgreSQL keeps no modifiers of an argument's type.
fn argument(text: &str) -> Result<TypeName, SqlError> {
    let type_name = TypeName::parse(text)?;
    Ok(TypeName {
        modifiers: Vec::new(),
        interval_fields: None,
        ..type_name
    })
}

/// Cuts at the commas outside of parentheses; an empty text has no parts.
fn at_commas(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    for token in significant(text) {
        match token.kind {
            TokenKind::OpenParen => depth += 1,
            TokenKind::CloseParen => depth = depth.saturating_sub(1),
            TokenKind::Comma if depth == 0 => {
                parts.push(&text[start..token.start]);
                start = Token::end(&token);
            }
            _ => {}
        }
    }
    if !text.trim().is_empty() {
        parts.push(&text[start..]);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_read_and_printed() {
        for (text, printed) in [
            ("touch()", "touch()"),
            ("Touch( int,numeric(10, 2) )", "touch(integer, numeric)"),
            ("\"A, b\"(text[], s.\"T\")", "\"A, b\"(text[], s.\"T\")"),
        ] {
            let signature = text.parse::<RoutineSignature>();
            assert_eq!(signature.map(|s| s.to_string()), Ok(printed.to_owned()));
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "touch",
            "touch(",
            "touch(int); drop table x",
            "(int)",
            "f(int,)",
            "f() returns int",
        ] {
            assert!(text.parse::<RoutineSignature>().is_err(), "{text}");
        }
    }
}
