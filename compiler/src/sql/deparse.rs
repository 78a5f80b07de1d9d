//! What PostgreSQL prints, in the form a person would write it and from which PostgreSQL makes the same again.

use crate::kinds::Sql;

use super::array_casts;
use super::nesting;
use super::quote_literal;
use super::tokens::{TokenKind, significant, tokens};

/// Brings an expression into one line, without outer parentheses, and into a form that is parsed to the same again.
pub fn tidy(sql: &mut Sql) {
    let text = nesting::exact(array_casts::exact(without_parentheses(sql.0.trim())));
    sql.0 = if text.contains('\n') {
        one_line(&text)
    } else {
        text.into_owned()
    };
}

/// [`tidy`], where there is an expression.
pub fn tidy_all(sql: &mut Option<Sql>) {
    if let Some(sql) = sql {
        tidy(sql);
    }
}

/// Brings a query or a statement into a form that is parsed to the same again. Its lines stay.
pub fn tidy_query(sql: &mut Sql) {
    sql.0 = nesting::exact(array_casts::exact(sql.0.trim())).into_owned();
}

/// The text with single spaces where it has any; constants and quoted names as they are.
fn one_line(text: &str) -> String {
    let pieces = tokens(text).map(|token| if token.is_trivia() { " " } else { token.text });
    pieces.collect()
}

/// The parts of a list that is separated by commas: `a, f(b, c)` has two.
pub fn list(sql: &str) -> Vec<Sql> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for token in significant(sql) {
        match token.kind {
            TokenKind::OpenParen | TokenKind::OpenBracket => depth += 1,
            TokenKind::CloseParen | TokenKind::CloseBracket => depth = depth.saturating_sub(1),
            TokenKind::Comma if depth == 0 => {
                parts.push(sql.get(start..token.start).unwrap_or_default());
                start = token.end();
            }
            _ => {}
        }
    }
    parts.push(sql.get(start..).unwrap_or_default());
    parts
        .into_iter()
        .map(|part| Sql::from(part.trim()))
        .collect()
}

/// The value of a constant, with or without a cast: `'open'::task_status`.
pub fn constant(expression: &str) -> Option<String> {
    let mut tokens = significant(expression);
    let value = tokens.next()?.string()?.into_owned();
    match (tokens.next(), tokens.next()) {
        (None, _) => Some(value),
        (Some(colon), Some(second)) if colon.text == ":" && second.text == ":" => Some(value),
        _ => None,
    }
}

/// The parts of a qualified name: `my."German"` has two.
pub fn names(sql: &str) -> Vec<String> {
    significant(sql)
        .filter_map(|token| Some(token.name()?.into_owned()))
        .collect()
}

/// The settings whose value is a list of names, each quoted on its own: `GUC_LIST_QUOTE` in
/// `src/backend/utils/misc/guc_tables.c`. `pg_dump` has the same list (`variable_is_guc_list_quote`).
const LISTS: &[&str] = &[
    "local_preload_libraries",
    "search_path",
    "session_preload_libraries",
    "shared_preload_libraries",
    "temp_tablespaces",
    "unix_socket_directories",
];

/// A value of `pg_proc.proconfig` as `SET name TO` takes it: `'public', 'pg_temp'`.
pub fn setting(name: &str, value: &str) -> String {
    if !LISTS.contains(&name.to_lowercase().as_str()) {
        return quote_literal(value);
    }
    let names = list(value).into_iter().map(|part| {
        let quoted = part
            .0
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'));
        quote_literal(&quoted.map_or(part.0.clone(), |inner| inner.replace("\"\"", "\"")))
    });
    names.collect::<Vec<_>>().join(", ")
}

fn without_parentheses(text: &str) -> &str {
    let mut text = text;
    while let Some(inner) = text
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    {
        if !is_balanced(inner) {
            break;
        }
        text = inner.trim();
    }
    text
}

/// Whether every parenthesis that closes was opened inside the text, and none is left open; a list or a query
/// needs the parentheses around it.
fn is_balanced(inner: &str) -> bool {
    let mut depth = 0_usize;
    for (index, token) in significant(inner).enumerate() {
        match token.kind {
            TokenKind::OpenParen => depth += 1,
            TokenKind::CloseParen | TokenKind::Comma if depth == 0 => return false,
            TokenKind::CloseParen => depth -= 1,
            _ if index == 0
                && ["select", "with", "values"]
                    .iter()
                    .any(|word| token.is_word(word)) =>
            {
                return false;
            }
            _ => {}
        }
    }
    depth == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tidied(text: &str) -> String {
        let mut sql = Sql::from(text);
        tidy(&mut sql);
        sql.0
    }

    #[test]
    fn outer_parentheses_go() {
        assert_eq!(tidied("((a > 0) AND (b > 0))"), "(a > 0) AND (b > 0)");
        assert_eq!(tidied("(a > 0) AND (b > 0)"), "(a > 0) AND (b > 0)");
        assert_eq!(tidied("(a = ')')"), "a = ')'");
        assert_eq!(tidied("(SELECT 1)"), "(SELECT 1)");
        assert_eq!(tidied("(a, b)"), "(a, b)");
        assert_eq!(
            tidied("\nCASE\n    WHEN a THEN 'x\n'\nEND"),
            "CASE WHEN a THEN 'x\n' END"
        );
    }

    #[test]
    fn a_list_has_parts() {
        let parts: Vec<_> = list("a, f(b, 'c,'), \"d,e\"")
            .into_iter()
            .map(|part| part.0)
            .collect();
        assert_eq!(parts, ["a", "f(b, 'c,')", "\"d,e\""]);
    }

    #[test]
    fn settings_are_quoted() {
        assert_eq!(
            setting("search_path", "public, \"My\"\"s\", pg_temp"),
            "'public', 'My\"s', 'pg_temp'"
        );
        assert_eq!(setting("work_mem", "1MB"), "'1MB'");
    }
}
