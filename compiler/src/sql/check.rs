//! Whether SQL in a spec is SQL, and stays in its place.

use std::ops::Range;

use squawk_syntax::{
    SourceFile, SyntaxKind, SyntaxNode,
    ast::{AstNode, Stmt},
};

use super::{
    SqlError, keywords,
    parsing::{errors, unterminated, with_parsed},
    tokens::{LiteralKind, Token, TokenKind, significant, tokens},
};

pub(super) const BEFORE: &str = "select (";
/// The new line ends a comment.
const AFTER: &str = "\n)";

/// What the grammar says against a sequence of statements, bodies of SQL functions included.
pub fn check_statements(sql: &str) -> Vec<SqlError> {
    with_parsed(sql, |parse| errors(sql, parse)).unwrap_or_else(|error| vec![error])
}

/// What is wrong with one expression: a check, a default, a condition.
///
/// It has to be complete in itself, because it is printed between other things: parentheses closed, no `;`, no second
/// expression after a comma, no comment that would swallow what follows.
pub fn check_expression(expression: &str) -> Vec<SqlError> {
    if is_plainly_one(expression) {
        return Vec::new();
    }
    if significant(expression).next().is_none() {
        return vec![SqlError::new(
            0..expression.len(),
            "an expression is missing",
        )];
    }
    let misplaced: Vec<_> = unterminated(expression)
        .chain(misplaced(expression))
        .collect();
    if !misplaced.is_empty() {
        return misplaced;
    }
    let sql = wrapped(expression);
    let found = with_parsed(&sql, |parse| match errors(&sql, parse) {
        errors if errors.is_empty() => not_one_expression(&parse.tree(), expression),
        errors => errors
            .into_iter()
            .map(|e| unwrapped(e, expression))
            .collect(),
    });
    found.unwrap_or_else(|error| vec![unwrapped(error, expression)])
}

/// What is wrong with one query, with `:name` parameters: that of a view, or one declared with a table.
pub fn check_query(query: &str) -> Vec<SqlError> {
    let trailing = trailing_comment(query);
    let found = with_parsed(query, |parse| {
        let tree = parse.tree();
        let parameters: Vec<_> = named_parameters(tree.syntax()).collect();
        let mut errors = errors(query, parse);
        errors.retain(|error| !parameters.contains(&error.range));
        if errors.is_empty() {
            errors.extend(not_one_query(&tree, query));
        }
        errors
    });
    let mut errors = found.unwrap_or_else(|error| vec![error]);
    errors.extend(trailing);
    errors
}

/// A string, a whole number, a call without arguments: half of all expressions, and no parser is needed to see it.
fn is_plainly_one(expression: &str) -> bool {
    let mut kinds = tokens(expression).filter(|token| token.kind != TokenKind::Whitespace);
    let first = kinds.next();
    let rest: Vec<_> = kinds.take(3).map(|token| token.kind).collect();
    first.is_some_and(|token| match token.kind {
        TokenKind::Literal {
            kind: LiteralKind::Str { terminated },
        } => terminated && rest.is_empty(),
        TokenKind::Literal { .. } => {
            rest.is_empty() && token.text.bytes().all(|b| b.is_ascii_digit())
        }
        TokenKind::Ident if is_reserved(token) => false,
        TokenKind::Ident => rest == [TokenKind::OpenParen, TokenKind::CloseParen],
        _ => false,
    })
}

fn is_reserved(token: Token<'_>) -> bool {
    keywords::needs_quotes(&token.text.to_ascii_lowercase())
}

/// The expression where the parser expects one.
pub(super) fn wrapped(expression: &str) -> String {
    format!("{BEFORE}{expression}{AFTER}")
}

fn unwrapped(error: SqlError, expression: &str) -> SqlError {
    let back = |at: usize| at.saturating_sub(BEFORE.len()).min(expression.len());
    let message = match error.message.as_str() {
        "expected an expression, found `)`" if back(error.range.start) == expression.len() => {
            "something is missing at the end".to_owned()
        }
        _ => error.message,
    };
    SqlError::new(back(error.range.start)..back(error.range.end), message)
}

/// Closing what is not open, leaving open, and `;`.
fn misplaced(expression: &str) -> Vec<SqlError> {
    let mut open: Vec<Token<'_>> = Vec::new();
    let mut errors = Vec::new();
    for token in significant(expression) {
        match token.kind {
            TokenKind::OpenParen | TokenKind::OpenBracket => open.push(token),
            TokenKind::CloseParen | TokenKind::CloseBracket => match open.pop() {
                Some(opening) if closes(opening, token) => {}
                _ => errors.push(SqlError::new(
                    token.range(),
                    format!("`{}` closes nothing", token.text),
                )),
            },
            TokenKind::Semi => {
                errors.push(SqlError::new(token.range(), "an expression has no `;`"));
            }
            _ => {}
        }
    }
    errors.extend(
        open.iter()
            .map(|t| SqlError::new(t.range(), format!("`{}` is not closed", t.text))),
    );
    errors.extend(trailing_comment(expression));
    errors
}

fn closes(opening: Token<'_>, closing: Token<'_>) -> bool {
    (opening.kind == TokenKind::OpenParen) == (closing.kind == TokenKind::CloseParen)
}

/// `-- …` without a new line after it.
fn trailing_comment(sql: &str) -> Option<SqlError> {
    let last = tokens(sql).last()?;
    (last.kind == TokenKind::LineComment).then(|| {
        let message = "this comment would hide what is printed after it; write `/* … */`, or put it on a line before";
        SqlError::new(last.range(), message)
    })
}

/// The text is parsed as `select (…)`; that has to be all there is, and the parentheses have to be ours.
fn not_one_expression(tree: &SourceFile, expression: &str) -> Vec<SqlError> {
    let whole = 0..expression.len();
    let message = match between_our_parentheses(tree).as_ref().map(SyntaxNode::kind) {
        Some(SyntaxKind::TUPLE_EXPR) => "these are several expressions; only one can stand here",
        Some(SyntaxKind::PAREN_EXPR) => return subquery(tree, whole).into_iter().collect(),
        _ => "this is not one expression",
    };
    vec![SqlError::new(whole, message)]
}

fn subquery(tree: &SourceFile, whole: Range<usize>) -> Option<SqlError> {
    let inner = between_our_parentheses(tree)?.first_child()?;
    Stmt::can_cast(inner.kind()).then(|| {
        SqlError::new(
            whole,
            "a query inside an expression stands in parentheses: `(select …)`",
        )
    })
}

/// The node of `(…)` in `select (…)`, when nothing else is selected.
pub(super) fn between_our_parentheses(tree: &SourceFile) -> Option<SyntaxNode> {
    let only = |node: &SyntaxNode| {
        let child = node.first_child()?;
        child.next_sibling().is_none().then_some(child)
    };
    let mut node = tree.syntax().clone();
    for kind in [
        SyntaxKind::SELECT,
        SyntaxKind::SELECT_CLAUSE,
        SyntaxKind::TARGET_LIST,
        SyntaxKind::TARGET,
    ] {
        node = only(&node).filter(|child| child.kind() == kind)?;
    }
    only(&node).filter(|node| node.text_range().end() == tree.syntax().text_range().end())
}

fn not_one_query(tree: &SourceFile, query: &str) -> Option<SqlError> {
    let mut statements = tree.syntax().children();
    let Some(first) = statements.next() else {
        return Some(SqlError::new(0..query.len(), "a query is missing"));
    };
    if let Some(second) = statements.next() {
        return Some(SqlError::new(
            bytes(&second),
            "only one statement can stand here",
        ));
    }
    let query_kinds = [
        SyntaxKind::SELECT,
        SyntaxKind::PAREN_SELECT,
        SyntaxKind::COMPOUND_SELECT,
        SyntaxKind::VALUES,
        SyntaxKind::TABLE,
        SyntaxKind::INSERT,
        SyntaxKind::UPDATE,
        SyntaxKind::DELETE,
        SyntaxKind::MERGE,
    ];
    (!query_kinds.contains(&first.kind())).then(|| {
        SqlError::new(
            bytes(&first),
            "this is not a query (`select`, `insert`, `update`, `delete`, …)",
        )
    })
}

fn named_parameters(tree: &SyntaxNode) -> impl Iterator<Item = Range<usize>> {
    tree.descendants()
        .filter(|node| {
            node.kind() == SyntaxKind::NON_STANDARD_PARAM
                && node.text().char_at(0.into()) == Some(':')
        })
        .map(|node| bytes(&node))
}

pub(super) fn bytes(node: &SyntaxNode) -> Range<usize> {
    let range = node.text_range();
    usize::from(range.start())..usize::from(range.end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn says(errors: &[SqlError], sql: &str, at: &str, message: &str) {
        let [error] = errors else {
            panic!("{sql}: {errors:?}")
        };
        assert_eq!(sql.get(error.range.clone()), Some(at), "{sql}: {error}");
        assert_eq!(error.message, message, "{sql}");
    }

    #[test]
    fn good_expressions() {
        for expression in [
            "length(title) > 0",
            "(select max(x) from t)",
            "(a, b) = (1, 2)",
            "status = any(array['a', 'b'])",
            "case when a then 1 else 2 end",
            "-- a comment\n a -- another\n and b /* a third */",
            "$$it's; (fine$$ || ')' || \";\"",
            "now() at time zone 'utc'",
            "now ( )",
            "'it''s'",
            "42",
            "'seq'::regclass",
            "a[1:2]",
            "old.* is distinct from new.*",
        ] {
            assert_eq!(check_expression(expression), [], "{expression}");
        }
    }

    #[test]
    fn an_expression_stays_in_its_place() {
        for (expression, at, message) in [
            (
                "true) not valid; drop table x; --",
                ")",
                "`)` closes nothing",
            ),
            ("1) from (select 1", ")", "`)` closes nothing"),
            (
                "a > 0 -- positive",
                "-- positive",
                "this comment would hide what is printed after it; write `/* … */`, or put it on a line before",
            ),
            ("a[(1]", "]", "`]` closes nothing"),
            ("f(a", "(", "`(` is not closed"),
            ("1;", ";", "an expression has no `;`"),
            (
                "1, 2",
                "1, 2",
                "these are several expressions; only one can stand here",
            ),
            (
                "select 1",
                "select 1",
                "a query inside an expression stands in parentheses: `(select …)`",
            ),
            ("  ", "  ", "an expression is missing"),
            ("'a", "'a", "this string has no end"),
            ("$x$ a", "$x$ a", "this dollar-quoted string has no end"),
            ("1 /* a", "/* a", "this comment has no end"),
            ("a >", "", "something is missing at the end"),
        ] {
            let errors = check_expression(expression);
            says(&errors[..1], expression, at, message);
        }
        assert!(!check_expression("a b").is_empty());
        assert!(!check_expression("select()()").is_empty());
        assert!(!check_expression("now() now()").is_empty());
        assert!(!check_expression("a as b").is_empty());
        assert!(!check_expression("1 primary key").is_empty());
        assert!(!check_expression("*").is_empty());
    }

    #[test]
    fn queries() {
        for query in [
            "select * from tasks where due_at < :now and a[1:2] = $1;",
            "with a as (select 1) select * from a",
            "(select 1) union all (select 2)",
            "values (1), (2)",
            "table tasks",
            "insert into t (a) values (:a) returning *",
        ] {
            assert_eq!(check_query(query), [], "{query}");
        }
        says(
            &check_query("select 1; select 2"),
            "select 1; select 2",
            "select 2",
            "only one statement can stand here",
        );
        let drop = "drop table x";
        says(
            &check_query(drop),
            drop,
            drop,
            "this is not a query (`select`, `insert`, `update`, `delete`, …)",
        );
        says(&check_query(""), "", "", "a query is missing");
    }

    #[test]
    fn statements() {
        assert_eq!(
            check_statements("create table t (a int); drop table t;"),
            []
        );
        assert_eq!(
            check_statements(
                "create table t (a int, exclude boolean, exclude using gist (a with =));"
            ),
            []
        );
        let sql = "create table t (a int; select 1";
        assert!(!check_statements(sql).is_empty());
    }

    #[test]
    fn depth_is_no_danger() {
        let nested = |n: usize| format!("{}1{}", "(".repeat(n), ")".repeat(n));
        assert_eq!(check_expression(&nested(2_000)), []);
        assert_eq!(
            check_expression(&nested(200_000))[0].message,
            "this is nested too deeply"
        );
        assert_eq!(
            check_expression(&format!("{}true", "not ".repeat(100_000)))[0].message,
            "this is nested too deeply"
        );
        let cases = format!(
            "{}1{}",
            "case when true then ".repeat(30_000),
            " end".repeat(30_000)
        );
        assert_eq!(
            check_expression(&cases)[0].message,
            "this is nested too deeply"
        );
    }
}
