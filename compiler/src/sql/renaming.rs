//! Names replaced inside of texts.

use super::tokens::{Token, TokenKind, significant};
use super::{quote_ident, quote_literal};

/// A text in which every identifier `old` is `new`: where it stands alone, after `schema.`, or before a dot.
///
/// What is called the same and is something else is renamed too; so this serves to see what a rename leaves equal, not to make
/// statements.
pub fn rename_identifier(text: &str, schema: Option<&str>, old: &str, new: &str) -> String {
    let mut before: [Option<Token<'_>>; 2] = [None, None];
    replace(text, |token| {
        let after_dot = before[1].is_some_and(|dot| dot.kind == TokenKind::Dot);
        let by = before[0].and_then(|token| token.name());
        before = [before[1], Some(token)];
        let fits = !after_dot || schema.is_none() || by.as_deref() == schema;
        let name = token.name().filter(|name| *name == old && fits);
        name.map(|_| quote_ident(new).into_owned())
            .or_else(|| in_string(token, schema, old, new))
    })
}

/// A text in which every string constant `old` is `new`.
pub fn rename_constant(text: &str, old: &str, new: &str) -> String {
    replace(text, |token| {
        token
            .string()
            .filter(|string| *string == old)
            .map(|_| quote_literal(new))
    })
}

/// `'tasks_id_seq'::regclass`.
fn in_string(token: Token<'_>, schema: Option<&str>, old: &str, new: &str) -> Option<String> {
    let string = token.string()?;
    let qualified = |name: &str| schema.map(|_| super::quote_qualified(schema, name));
    if *string == *quote_ident(old) {
        return Some(quote_literal(&quote_ident(new)));
    }
    (Some(&*string) == qualified(old).as_deref())
        .then(|| quote_literal(&qualified(new).unwrap_or_default()))
}

fn replace<'a>(text: &'a str, mut by: impl FnMut(Token<'a>) -> Option<String>) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut copied = 0;
    for token in significant(text) {
        if let Some(other) = by(token) {
            replaced.push_str(&text[copied..token.start]);
            replaced.push_str(&other);
            copied = token.end();
        }
    }
    replaced + &text[copied..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_renamed_where_they_can_be_meant() {
        let renamed = |text| rename_identifier(text, Some("s"), "a", "B");
        assert_eq!(
            renamed("select a.x, s.a, other.a, 'a' from a"),
            "select \"B\".x, s.\"B\", other.a, '\"B\"' from \"B\""
        );
        assert_eq!(
            renamed("nextval('s.a'::regclass)"),
            "nextval('s.\"B\"'::regclass)"
        );
        assert_eq!(rename_identifier("t.a + a", None, "a", "b"), "t.b + b");
    }

    #[test]
    fn constants_are_renamed() {
        assert_eq!(
            rename_constant("x = 'it''s'::e", "it's", "new"),
            "x = 'new'::e"
        );
    }
}
