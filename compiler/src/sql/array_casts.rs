//! A cast of an array constructor.
//!
//! `status in ('a', 'b')` over a `varchar` is printed as `(status)::text = ANY ((ARRAY['a'::character varying, …])::text[])`. Read
//! back, that casts each element and not the array (`transformTypeCast` of `src/backend/parser/parse_expr.c`): another tree, and
//! another text when it is printed again.

use std::borrow::Cow;

use super::deparse::list;
use super::tokens::{Token, TokenKind, significant};

/// The text with every `(ARRAY[…])::type[]` in a form that makes the same tree: without the cast where an operator
/// brings it by itself (`= ANY (…)`), else with the array's own type before it.
pub(super) fn exact(text: &str) -> Cow<'_, str> {
    if !text.contains("])::") {
        return Cow::Borrowed(text);
    }
    let all: Vec<Token<'_>> = significant(text).collect();
    let mut out = String::with_capacity(text.len());
    let (mut copied, mut at) = (0, 0);
    while at < all.len() {
        if let Some(cast) = Cast::at(text, &all, at) {
            let (start, end, replacement) = cast.exact();
            out.push_str(text.get(copied..start).unwrap_or_default());
            out.push_str(&replacement);
            copied = end;
            at = cast.last;
        }
        at += 1;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(out)
}

/// `(ARRAY[elements])::target`, in bytes and (`last`) in tokens.
struct Cast<'a> {
    start: usize,
    end: usize,
    last: usize,
    elements: &'a str,
    target: &'a str,
    /// It is all that stands in the parentheses of `ANY (…)` or `ALL (…)`.
    operand: bool,
}

impl<'a> Cast<'a> {
    fn at(text: &'a str, all: &[Token<'a>], at: usize) -> Option<Self> {
        let [open, array, bracket, ..] = all.get(at..)? else {
            return None;
        };
        if open.kind != TokenKind::OpenParen
            || !array.is_word("array")
            || bracket.kind != TokenKind::OpenBracket
        {
            return None;
        }
        let close = at + 2 + closing_bracket(all.get(at + 2..)?)?;
        let [paren, colon, second, ..] = all.get(close + 1..)? else {
            return None;
        };
        if paren.kind != TokenKind::CloseParen || colon.text != ":" || second.text != ":" {
            return None;
        }
        let first = close + 4;
        let last = first + array_type(all.get(first..)?)?;
        let quantified = at >= 2
            && matches!(all.get(at - 2..at), Some([word, open]) if open.kind == TokenKind::OpenParen && (word.is_word("any") || word.is_word("all")))
            && all
                .get(last + 1)
                .is_some_and(|token| token.kind == TokenKind::CloseParen);
        let (first, last_token) = (all.get(first)?, all.get(last)?);
        Some(Self {
            start: open.start,
            end: last_token.end(),
            last,
            elements: text.get(bracket.end()..all.get(close)?.start)?,
            target: text.get(first.start..last_token.end())?,
            operand: quantified,
        })
    }

    fn exact(&self) -> (usize, usize, String) {
        let elements = exact(self.elements);
        let own = if self.operand {
            None
        } else {
            element_type(&elements)
        };
        let text = match own {
            _ if self.operand => format!("ARRAY[{elements}]"),
            Some(own) => format!("ARRAY[{elements}]::{own}[]::{}", self.target),
            None => format!("(ARRAY[{elements}])::{}", self.target),
        };
        (self.start, self.end, text)
    }
}

/// The number of tokens to the bracket that closes the first one.
fn closing_bracket(tokens: &[Token<'_>]) -> Option<usize> {
    let mut depth = 0_usize;
    tokens.iter().position(|token| {
        match token.kind {
            TokenKind::OpenBracket => depth += 1,
            TokenKind::CloseBracket => depth -= 1,
            _ => {}
        }
        depth == 0
    })
}

/// The number of tokens to the last bracket of `character varying[]`.
fn array_type(tokens: &[Token<'_>]) -> Option<usize> {
    let bracket = tokens
        .iter()
        .position(|token| token.kind == TokenKind::OpenBracket)?;
    let named = tokens
        .get(..bracket)?
        .iter()
        .all(|token| token.name().is_some() || token.kind == TokenKind::Dot);
    let closed = tokens.get(bracket + 1)?.kind == TokenKind::CloseBracket;
    (bracket > 0 && named && closed).then_some(bracket + 1)
}

/// The type that all elements of an array are cast to, without a length.
fn element_type(elements: &str) -> Option<String> {
    let mut types = list(elements).into_iter().map(|element| {
        let (_, name) = element.0.rsplit_once("::")?;
        let bare = name.split_once('(').map_or(name, |(bare, _)| bare);
        (!bare.is_empty() && !bare.contains(['\'', ')', ' ']) || bare == "character varying")
            .then(|| bare.to_owned())
    });
    let first = types.next()??;
    types
        .all(|other| other.as_ref() == Some(&first))
        .then_some(first)
}

#[cfg(test)]
mod tests {
    use super::exact;

    #[test]
    fn an_operators_cast_goes() {
        let printed = "(status)::text = ANY ((ARRAY['a'::character varying, 'b]'::character varying])::text[])";
        let written =
            "(status)::text = ANY (ARRAY['a'::character varying, 'b]'::character varying])";
        assert_eq!(exact(printed), written);
    }

    #[test]
    fn any_other_cast_gets_the_arrays_type_before_it() {
        let printed = "f((ARRAY['a'::character varying(3), 'b'::character varying(3)])::text[], 1)";
        let written = "f(ARRAY['a'::character varying(3), 'b'::character varying(3)]::character varying[]::text[], 1)";
        assert_eq!(exact(printed), written);
    }

    #[test]
    fn what_is_cast_already_stays() {
        for text in [
            "ARRAY[('a'::character varying)::text]",
            "(ARRAY[a, b])::text[]",
            "x = ANY (ARRAY[1, 2])",
        ] {
            assert_eq!(exact(text), text);
        }
    }
}
