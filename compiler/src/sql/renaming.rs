//! Names replaced inside of texts.

use super::tokens::{Token, TokenKind, significant};
use super::{quote_ident, quote_literal};

/// A text in which every identifier `old` is `new`: where it stands alone, after `schema.`, or before a dot.
///
/// What is called the same and is something else is renamed too; so this serves to see what a rename leaves equal, not to make
/// statements.
pub fn rename_identifier(text: &str, schema: Option<&str>, old: &str, new: &str) -> String {
    rename_where(text, schema, old, new, |_| true)
}

/// The same for a type: a name that a value is cast to.
pub fn rename_type(text: &str, schema: &str, old: &str, new: &str) -> String {
    let casts = |token: Token<'_>| token.text == ":" || token.text == "::" || token.is_word("as");
    rename_where(text, Some(schema), old, new, |before| {
        before.is_some_and(casts)
    })
}

/// Where what stands before the name, and before its schema, fits.
fn rename_where(
    text: &str,
    schema: Option<&str>,
    old: &str,
    new: &str,
    follows: impl Fn(Option<Token<'_>>) -> bool,
) -> String {
    let mut before: [Option<Token<'_>>; 3] = [None, None, None];
    replace(text, |token| {
        let [leader, qualifier, last] = before;
        let after_dot = last.is_some_and(|dot| dot.kind == TokenKind::Dot);
        let by = qualifier.and_then(|token| token.name());
        before = [qualifier, last, Some(token)];
        let fits = (!after_dot || schema.is_none() || by.as_deref() == schema)
            && follows(if after_dot { leader } else { last });
        let name = token.name().filter(|name| *name == old && fits);
        name.map(|_| quote_ident(new).into_owned())
            .or_else(|| in_string(token, schema, old, new))
    })
}

/// A text in which the name of what moves to another schema is qualified by that. Unqualified names mean `default`; before a
/// dot a name is an alias and stays.
///
/// As with [`rename_identifier`], this serves to see what a move leaves equal.
pub fn move_identifier(text: &str, default: &str, name: &str, from: &str, to: &str) -> String {
    let qualified = |schema: &str| {
        super::quote_qualified(Some(schema).filter(|schema| *schema != default), name)
    };
    let tokens: Vec<Token<'_>> = significant(text).collect();
    let is_dot = |at: Option<usize>| {
        let token = at.and_then(|at| tokens.get(at));
        token.is_some_and(|token| token.kind == TokenKind::Dot)
    };
    let (mut moved, mut copied) = (String::with_capacity(text.len()), 0);
    for (at, token) in tokens.iter().enumerate() {
        let schema = at.checked_sub(2).and_then(|at| tokens[at].name());
        let start = match token.name() {
            Some(found) if found == name && is_dot(at.checked_sub(1)) => {
                (schema.as_deref() == Some(from)).then(|| tokens[at - 2].start)
            }
            Some(found) if found == name => {
                (from == default && !is_dot(Some(at + 1))).then_some(token.start)
            }
            _ => None,
        };
        let string = token.string().filter(|string| *string == qualified(from));
        let (start, new) = match (start, string) {
            (Some(start), _) => (start, qualified(to)),
            (None, Some(_)) => (token.start, quote_literal(&qualified(to))),
            (None, None) => continue,
        };
        moved.push_str(&text[copied..start]);
        moved.push_str(&new);
        copied = token.end();
    }
    moved + &text[copied..]
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
    fn names_are_qualified_by_the_schema_that_they_move_to() {
        let moved = |text| move_identifier(text, "public", "a", "public", "s");
        assert_eq!(moved("select a.x from a, t.a"), "select a.x from s.a, t.a");
        assert_eq!(moved("nextval('a'::regclass)"), "nextval('s.a'::regclass)");
        assert_eq!(
            move_identifier("from s.a, a", "public", "a", "s", "public"),
            "from a, a"
        );
    }

    #[test]
    fn types_are_told_from_columns() {
        assert_eq!(
            rename_type("a = 'x'::a or b = 'y'::s.a and cast(a as a)", "s", "a", "b"),
            "a = 'x'::b or b = 'y'::s.b and cast(a as b)"
        );
    }

    #[test]
    fn constants_are_renamed() {
        assert_eq!(
            rename_constant("x = 'it''s'::e", "it's", "new"),
            "x = 'new'::e"
        );
    }
}
