//! A key of an index as `CREATE INDEX` writes it: `created_at desc`, `lower(email) text_pattern_ops`, `(a + b) nulls first`.

use std::borrow::Cow;

use super::tokens::{Token, TokenKind, significant};
use super::{SqlError, quote_ident};

/// `index_elem` of PostgreSQL's grammar, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IndexElement {
    /// The column's name; `None` for an expression.
    pub column: Option<String>,
    /// The expression without outer parentheses; empty for a column.
    pub expression: String,
    /// The collation as it is written.
    pub collation: Option<String>,
    /// The operator class with its parameters, as it is written.
    pub operator_class: Option<String>,
    /// `DESC`.
    pub descending: bool,
    /// `NULLS FIRST`, `NULLS LAST`.
    pub nulls_first: Option<bool>,
}

/// Reads one element.
pub fn parse_index_element(text: &str) -> Result<IndexElement, SqlError> {
    let tokens: Vec<Token<'_>> = significant(text).collect();
    let Some(length) = value_length(&tokens) else {
        let range = 0..text.len();
        return Err(SqlError::new(
            range,
            "expected a column, a function call or an expression in parentheses",
        ));
    };
    let (value, rest) = tokens.split_at(length);
    let mut element = options(text, rest)?;
    let written = slice(text, value);
    match value {
        [only] => element.column = only.name().map(std::borrow::Cow::into_owned),
        [first, ..] if first.text == "(" => written[1..written.len() - 1]
            .trim()
            .clone_into(&mut element.expression),
        _ => written.clone_into(&mut element.expression),
    }
    Ok(element)
}

/// An expression as it is written where a key of an index is expected: a plain function call as it is, everything else in
/// parentheses. Source: `func_expr_windowless` in `src/backend/parser/gram.y`.
pub fn as_key(expression: &str) -> Cow<'_, str> {
    let tokens: Vec<Token<'_>> = significant(expression).collect();
    let name = tokens.first().and_then(Token::name);
    let called = name.is_some_and(|name| *name == *quote_ident(&name));
    if called && tokens.len() > 1 && value_length(&tokens) == Some(tokens.len()) {
        Cow::Borrowed(expression)
    } else {
        Cow::Owned(format!("({expression})"))
    }
}

/// How many tokens the column, call or parenthesised expression takes.
fn value_length(tokens: &[Token<'_>]) -> Option<usize> {
    let first = tokens.first()?;
    if first.text == "(" {
        return group_length(tokens);
    }
    first.name()?;
    let mut length = 1;
    while tokens.get(length).is_some_and(|t| t.text == ".")
        && tokens.get(length + 1)?.name().is_some()
    {
        length += 2;
    }
    match tokens.get(length) {
        Some(open) if open.text == "(" => Some(length + group_length(&tokens[length..])?),
        _ => (length == 1).then_some(1),
    }
}

/// The tokens from an opening parenthesis to the one that closes it.
fn group_length(tokens: &[Token<'_>]) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match token.text {
            "(" if token.kind == TokenKind::OpenParen => depth += 1,
            ")" => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// `COLLATE … opclass(…) DESC NULLS LAST`, each left out or not, in this order.
fn options(text: &str, mut rest: &[Token<'_>]) -> Result<IndexElement, SqlError> {
    let mut element = IndexElement::default();
    if let [before @ .., nulls, which] = rest
        && nulls.is_word("nulls")
        && (which.is_word("first") || which.is_word("last"))
    {
        element.nulls_first = Some(which.is_word("first"));
        rest = before;
    }
    if let [before @ .., order] = rest
        && (order.is_word("asc") || order.is_word("desc"))
    {
        element.descending = order.is_word("desc");
        rest = before;
    }
    if let [collate, after @ ..] = rest
        && collate.is_word("collate")
    {
        let (name, after) = after.split_at(name_length(after));
        element.collation = Some(slice(text, name).to_owned());
        rest = after;
    }
    let class = name_length(rest);
    let arguments =
        group_length(&rest[class..]).filter(|_| rest.get(class).is_some_and(|t| t.text == "("));
    let length = class + arguments.unwrap_or(0);
    if let Some(extra) = rest.get(length) {
        return Err(SqlError::new(
            extra.range(),
            format!("did not expect `{}` here", extra.text),
        ));
    }
    element.operator_class = (length > 0).then(|| slice(text, rest).to_owned());
    Ok(element)
}

/// The tokens of a dotted name at the start.
fn name_length(tokens: &[Token<'_>]) -> usize {
    let mut length = 0;
    while tokens.get(length).is_some_and(|t| t.name().is_some()) {
        length += 1;
        if tokens.get(length).is_none_or(|t| t.text != ".") {
            break;
        }
        length += 1;
    }
    length
}

fn slice<'a>(text: &'a str, tokens: &[Token<'_>]) -> &'a str {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => text.get(first.start..last.end()).unwrap_or_default(),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> IndexElement {
        parse_index_element(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn calls_need_no_parentheses() {
        for call in ["lower(x)", "s.f(a, (b))", "f ( )", "LOWER(x)"] {
            assert_eq!(as_key(call), call);
        }
        for other in [
            "a + f(x)",
            "f(x) + g(y)",
            "coalesce(a, b)",
            "(a)",
            "x",
            "array[1]",
        ] {
            assert_eq!(as_key(other), format!("({other})"));
        }
    }

    #[test]
    fn columns_with_options() {
        let key = parse("created_at desc nulls last");
        assert_eq!(key.column.as_deref(), Some("created_at"));
        assert!(key.descending);
        assert_eq!(key.nulls_first, Some(false));
        let key = parse("\"Na\"\"me\" collate pg_catalog.\"C\" public.gin_trgm_ops(siglen='32')");
        assert_eq!(key.column.as_deref(), Some("Na\"me"));
        assert_eq!(key.collation.as_deref(), Some("pg_catalog.\"C\""));
        assert_eq!(
            key.operator_class.as_deref(),
            Some("public.gin_trgm_ops(siglen='32')")
        );
    }

    #[test]
    fn expressions() {
        assert_eq!(
            parse("lower(email) text_pattern_ops").expression,
            "lower(email)"
        );
        assert_eq!(
            parse("my.lower(a, (b)) desc").expression,
            "my.lower(a, (b))"
        );
        assert_eq!(parse("( a || ')' )").expression, "a || ')'");
    }

    #[test]
    fn what_is_no_key_is_told() {
        for text in ["", "a b c", "(a", "a + b", "lower(a", "a.b", "'x'"] {
            assert!(parse_index_element(text).is_err(), "{text}");
        }
    }
}
