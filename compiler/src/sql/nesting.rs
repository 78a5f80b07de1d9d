//! `AND` within `AND`, `OR` within `OR`.
//!
//! `a BETWEEN 1 AND 9 AND b` is printed as `((a >= 1) AND (a <= 9)) AND b`. Read back, that is one list of three (`makeAndExpr` of
//! `src/backend/parser/gram.y` adds to the list on its left): another tree, and another text when it is printed again. So are
//! the comparisons of rows and of `IN` lists, each of which is a list of its own.

use std::borrow::Cow;

use super::tokens::{Token, TokenKind, significant};

/// The text with every list that stands first in a list of its own kind in a form that makes the same tree: `BETWEEN`, else
/// with a cast that leaves nothing behind, as it is to the type that is there.
pub(super) fn exact(text: Cow<'_, str>) -> Cow<'_, str> {
    if !(text.contains(") AND ") || text.contains(") OR ")) {
        return text;
    }
    let all: Vec<Token<'_>> = significant(&text).collect();
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for group in nested(&all) {
        let end = group.last().map_or(copied, Token::end);
        let start = group.first().map_or(end, |open| open.start);
        if let Some(between) = between(&text, group).filter(|_| start >= copied) {
            out.push_str(text.get(copied..start).unwrap_or_default());
            out.push_str(&between);
        } else {
            out.push_str(text.get(copied..end).unwrap_or_default());
            out.push_str("::boolean");
        }
        copied = end;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(out)
}

/// The groups, with their parentheses, that stand first in a list of the kind that they are; by their ends.
fn nested<'t, 'a>(all: &'t [Token<'a>]) -> Vec<&'t [Token<'a>]> {
    // Of each open group: where it begins, and what joins its members.
    let mut open: Vec<(usize, Option<&str>)> = Vec::new();
    let mut found = Vec::new();
    for (at, token) in all.iter().enumerate() {
        match token.kind {
            TokenKind::OpenParen => open.push((at, None)),
            TokenKind::CloseParen => {
                let Some((start, joined)) = open.pop() else {
                    continue;
                };
                let before = start.checked_sub(1).and_then(|before| all.get(before));
                let is_first = before.is_none_or(|before| before.kind == TokenKind::OpenParen);
                let next = all.get(at + 1).and_then(joint);
                if is_first && joined.is_some() && joined == next {
                    found.extend(all.get(start..=at));
                }
            }
            _ => {
                if let (Some((_, joined)), Some(word)) = (open.last_mut(), joint(token)) {
                    joined.get_or_insert(word);
                }
            }
        }
    }
    found
}

fn joint(token: &Token<'_>) -> Option<&'static str> {
    ["and", "or"].into_iter().find(|word| token.is_word(word))
}

/// `((a >= 1) AND (a <= 9))` as `(a BETWEEN 1 AND 9)`.
fn between(text: &str, group: &[Token<'_>]) -> Option<String> {
    let inner = text.get(group.first()?.end()..group.last()?.start)?;
    let (from, to) = inner.split_once(") AND (")?;
    let (value, low) = from.strip_prefix('(')?.split_once(" >= ")?;
    let (same, high) = to.strip_suffix(')')?.split_once(" <= ")?;
    let plain = |text: &str| {
        let is_plain =
            |token: Token<'_>| !matches!(token.kind, TokenKind::OpenParen | TokenKind::CloseParen);
        !text.is_empty() && significant(text).all(is_plain)
    };
    let all = [value, low, high];
    (value == same && all.into_iter().all(plain))
        .then(|| format!("({value} BETWEEN {low} AND {high})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(printed: &str, expected: &str) {
        assert_eq!(exact(Cow::Borrowed(printed)), expected);
    }

    #[test]
    fn what_stands_first_in_its_like_stays_a_list_of_its_own() {
        check(
            "((b >= 0) AND (b <= 10)) AND (a >= 0)",
            "(b BETWEEN 0 AND 10) AND (a >= 0)",
        );
        check(
            "WHERE (((x = 1) OR (y = 2)) OR (z IS NULL))",
            "WHERE (((x = 1) OR (y = 2))::boolean OR (z IS NULL))",
        );
        check(
            "((((a >= 1) AND (a <= 2)) AND b) AND c)",
            "(((a BETWEEN 1 AND 2) AND b)::boolean AND c)",
        );
        check(
            "((f(a) >= 1) AND b) AND (f(a) <= 2)",
            "((f(a) >= 1) AND b)::boolean AND (f(a) <= 2)",
        );
    }

    #[test]
    fn what_is_read_as_it_is_printed_is_left_alone() {
        for text in [
            "(a AND b)",
            "((a OR b) AND c)",
            "(a AND ((b) AND (c)))",
            "f((a) AND (b)) AND c",
            "((a = ') AND (') OR (b)) AND c",
        ] {
            check(text, text);
        }
    }
}
