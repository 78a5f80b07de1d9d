//! What an expression says about itself.

use squawk_syntax::{
    SyntaxKind, SyntaxNode,
    ast::{self, AstNode},
    column_name::{ColumnName, ColumnNameValue},
};

use super::{
    check::{check_expression, wrapped},
    parsing::with_parsed,
    tokens::significant,
};

/// A column as an expression names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ColumnRef {
    /// `t` of `t.a`.
    pub qualifier: Option<String>,
    /// The column; or, without a qualifier, the relation whose row is meant.
    pub name: String,
}

/// The columns that an expression names, in order, each once; none when it does not parse.
///
/// A check that names exactly one is called after it. Names of functions and types are not among them; a query inside
/// the expression is read too, its tables are not told from columns.
pub fn column_refs(expression: &str) -> Vec<ColumnRef> {
    let sql = wrapped(expression);
    let mut found = Vec::new();
    let refs = with_parsed(&sql, |parse| {
        parse
            .syntax_node()
            .descendants()
            .filter_map(|node| column_ref(&node))
            .collect::<Vec<_>>()
    });
    for column in refs.unwrap_or_default() {
        if !found.contains(&column) {
            found.push(column);
        }
    }
    found
}

/// What `select` would call a column with this expression, when it has a name at all; it becomes part of the name of an
/// unnamed index (`FigureIndexColname` of `src/backend/parser/parse_target.c`).
pub fn expression_name(expression: &str) -> Option<String> {
    // On a tree with errors the parser's walk panics.
    if !check_expression(expression).is_empty() {
        return None;
    }
    let sql = wrapped(expression);
    let name = with_parsed(&sql, |parse| {
        let target = parse
            .syntax_node()
            .descendants()
            .find_map(ast::Target::cast)?;
        match ColumnName::inferred_from_target(target)?.0 {
            ColumnName::Column(name) | ColumnName::UnknownColumn(Some(name)) => {
                Some(as_named(&name))
            }
            ColumnName::UnknownColumn(None) | ColumnName::Star => None,
        }
    });
    name.ok().flatten().filter(|name| name != "?column?")
}

/// The parser calls `xmlforest(…)` `xml_forest`, and its like.
fn as_named(name: &ColumnNameValue) -> String {
    match name {
        ColumnNameValue::Static(name) => name.replacen("xml_", "xml", 1),
        ColumnNameValue::Syntax(_) => name.to_string(),
    }
}

/// Whether an expression can stand where the grammar wants a `b_expr`, as in `DEFAULT …`, without parentheses of its own:
/// there, `not null` after it has to be told from it.
pub fn is_simple_expression(expression: &str) -> bool {
    let mut depth = 0_usize;
    !significant(expression).any(|token| {
        match token.text {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && WORD_OPERATORS.iter().any(|word| token.is_word(word))
    })
}

/// The operators of an `a_expr` that a `b_expr` lacks (`src/backend/parser/gram.y`).
#[rustfmt::skip]
const WORD_OPERATORS: &[&str] = &[
    "all", "and", "any", "at", "between", "collate", "ilike", "in", "is", "isnull", "like", "not",
    "notnull", "or", "overlaps", "similar", "some",
];

fn column_ref(node: &SyntaxNode) -> Option<ColumnRef> {
    if node.kind() != SyntaxKind::NAME_REF || is_normal_form(node) {
        return None;
    }
    let parent = node.parent()?;
    let is_first = parent.first_child().as_ref() == Some(node);
    match parent.kind() {
        SyntaxKind::CALL_EXPR if is_first => None,
        SyntaxKind::FIELD_EXPR => qualified(node, &parent, is_first),
        _ => Some(ColumnRef {
            qualifier: None,
            name: name(node),
        }),
    }
}

/// `normalize(name, nfkc)`: a keyword there, in the form of a name.
fn is_normal_form(node: &SyntaxNode) -> bool {
    let is = |node: &SyntaxNode, words: &[&str]| {
        let text = node.text().to_string();
        words
            .iter()
            .any(|word| text.trim().eq_ignore_ascii_case(word))
    };
    let normalize = |call: SyntaxNode| {
        call.kind() == SyntaxKind::CALL_EXPR
            && call
                .first_child()
                .is_some_and(|called| is(&called, &["normalize"]))
    };
    is(node, &["nfc", "nfd", "nfkc", "nfkd"]) && node.ancestors().any(normalize)
}

/// `t.a`; a field of what is in parentheses, `(c).a`, is no column, and neither is a function with a schema.
fn qualified(node: &SyntaxNode, parent: &SyntaxNode, is_first: bool) -> Option<ColumnRef> {
    let called = parent.parent().is_some_and(|call| {
        call.kind() == SyntaxKind::CALL_EXPR && call.first_child().as_ref() == Some(parent)
    });
    let first = parent.first_child()?;
    if called {
        return None;
    }
    match first.kind() {
        SyntaxKind::NAME_REF if is_first => {
            let star = parent.children().count() == 1;
            star.then(|| ColumnRef {
                qualifier: None,
                name: name(node),
            })
        }
        SyntaxKind::NAME_REF => Some(ColumnRef {
            qualifier: Some(name(&first)),
            name: name(node),
        }),
        _ => None,
    }
}

fn name(node: &SyntaxNode) -> String {
    ast::normalize_name_node(node)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(expression: &str) -> Vec<String> {
        let columns = column_refs(expression).into_iter();
        columns
            .map(|c| {
                c.qualifier
                    .map_or(c.name.clone(), |q| format!("{q}.{}", c.name))
            })
            .collect()
    }

    #[test]
    fn normal_forms_are_no_columns() {
        let names = |sql| {
            column_refs(sql)
                .into_iter()
                .map(|found| found.name)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            names("lower(NORMALIZE(display_name, NFKC))"),
            ["display_name"]
        );
        assert_eq!(names("lower(nfkc)"), ["nfkc"]);
    }

    #[test]
    fn columns_are_told_from_functions_and_types() {
        assert_eq!(
            columns("length(length) > 0 and \"B\" = a::foo"),
            ["length", "B", "a"]
        );
        assert_eq!(
            columns("s.f(x) = t.y and (c).d > 1 and a = a"),
            ["x", "t.y", "c", "a"]
        );
        assert_eq!(columns("old.* is distinct from new.*"), ["old", "new"]);
        assert_eq!(columns("status = any(array['a'])"), ["status"]);
        assert_eq!(columns("not ) sql"), [""; 0]);
    }

    #[test]
    fn names_of_expressions() {
        assert_eq!(expression_name("lower(title)").as_deref(), Some("lower"));
        assert_eq!(expression_name("(data ->> 'a')"), None);
        assert_eq!(expression_name("a::date").as_deref(), Some("a"));
        assert_eq!(
            expression_name("coalesce(a, b)").as_deref(),
            Some("coalesce")
        );
    }

    #[test]
    fn what_needs_parentheses_in_a_default() {
        for simple in [
            "now()",
            "-1",
            "'a'::text",
            "a || b",
            "(not true)",
            "f(a and b)",
            "current_date + 1",
        ] {
            assert!(is_simple_expression(simple), "{simple}");
        }
        for other in [
            "not true",
            "1 = any(array[1])",
            "a and b",
            "now() at time zone 'utc'",
            "'a' collate \"C\"",
            "a is null",
        ] {
            assert!(!is_simple_expression(other), "{other}");
        }
    }
}
