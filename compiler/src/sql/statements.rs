//! Cutting a script into statements, as psql does.

use std::ops::Range;

use squawk_syntax::{
    SyntaxKind,
    ast::{AstNode, Stmt},
};

use super::{
    check::bytes,
    parsing::with_parsed,
    tokens::{Token, TokenKind, significant, tokens},
};

/// One part of a script. Between two parts there is only white space and comments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// Its bytes, without the `;`.
    pub range: Range<usize>,
    /// Where the white space and comments before it start.
    pub leading: usize,
    /// The line of its first byte, from 1.
    pub line: usize,
}

/// What a part of a script is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// A statement that ends in `;` (or with the script).
    Statement,
    /// A backslash and the rest of its line: a command to psql, which a server does not know.
    MetaCommand,
    /// The lines after `COPY … FROM STDIN`, the last one (`\.`) included.
    CopyData,
}

/// A statement, recognized by the grammar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementInfo {
    /// Its bytes, with the `;`.
    pub range: Range<usize>,
    /// Its words in lower case: `create table`, `alter table`, `select`.
    pub kind: String,
}

/// Cuts a script at each `;` that is outside of parentheses, strings, comments and `begin atomic … end`.
///
/// The rules of psql (`src/fe_utils/psqlscan.l`).
pub fn split(script: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut lines = Lines {
        script,
        at: 0,
        line: 1,
    };
    let mut start = 0;
    while let Some((kind, range, end)) = next_piece(script, start) {
        let line = lines.line_of(range.start);
        let copies = kind == PieceKind::Statement && copies_from_stdin(&script[range.clone()]);
        pieces.push(Piece {
            kind,
            range,
            leading: start,
            line,
        });
        start = end;
        if copies && let Some(data) = copy_data(script, end) {
            start = data.end;
            let line = lines.line_of(data.start);
            pieces.push(Piece {
                kind: PieceKind::CopyData,
                leading: end,
                range: data,
                line,
            });
        }
    }
    pieces
}

/// The statements that the grammar sees in a script; empty ones left out.
pub fn statements(sql: &str) -> Vec<StatementInfo> {
    let found = with_parsed(sql, |parse| {
        let root = parse.syntax_node();
        root.children()
            .filter(|node| Stmt::can_cast(node.kind()) && node.kind() != SyntaxKind::EMPTY_STMT)
            .map(|node| StatementInfo {
                range: bytes(&node),
                kind: words(node.kind()),
            })
            .collect()
    });
    found.unwrap_or_default()
}

fn words(kind: SyntaxKind) -> String {
    format!("{kind:?}").to_ascii_lowercase().replace('_', " ")
}

/// The next part, and where to go on after it.
fn next_piece(script: &str, start: usize) -> Option<(PieceKind, Range<usize>, usize)> {
    let mut scan = Scan::default();
    let mut first = None;
    let mut last = start;
    for token in tokens(script.get(start..)?).map(|t| Token {
        start: t.start + start,
        ..t
    }) {
        if token.is_trivia() {
            continue;
        }
        if token.text == "\\" {
            return Some(match first {
                Some(first) => (PieceKind::Statement, first..last, token.start),
                None => meta_command(script, token.start),
            });
        }
        if scan.ends_at(token) {
            match first {
                Some(first) => return Some((PieceKind::Statement, first..last, token.end())),
                None => continue,
            }
        }
        first = first.or(Some(token.start));
        last = token.end();
    }
    first.map(|first| (PieceKind::Statement, first..last, script.len()))
}

fn meta_command(script: &str, start: usize) -> (PieceKind, Range<usize>, usize) {
    let end = line_end(script, start);
    (PieceKind::MetaCommand, start..end, end)
}

fn line_end(script: &str, start: usize) -> usize {
    let rest = &script[start..];
    start + rest.find('\n').unwrap_or(rest.len())
}

/// What decides whether a `;` ends the statement.
#[derive(Default)]
struct Scan {
    parentheses: usize,
    begins: usize,
    /// The initials of the first words, where they are those of `create or replace function` and its like.
    initials: String,
    words: usize,
}

impl Scan {
    fn ends_at(&mut self, token: Token<'_>) -> bool {
        match token.kind {
            TokenKind::OpenParen => self.parentheses += 1,
            TokenKind::CloseParen => self.parentheses = self.parentheses.saturating_sub(1),
            TokenKind::Ident => self.word(token),
            TokenKind::Semi => return self.parentheses == 0 && self.begins == 0,
            _ => {}
        }
        false
    }

    fn word(&mut self, token: Token<'_>) {
        const LEADING: [&str; 5] = ["create", "or", "replace", "function", "procedure"];
        if self.words < 4 {
            let initial = LEADING
                .iter()
                .find(|word| token.is_word(word))
                .and_then(|word| word.chars().next());
            self.initials.push(initial.unwrap_or('-'));
        }
        self.words += 1;
        let routine = ["cf", "cp", "corf", "corp"]
            .iter()
            .any(|start| self.initials.starts_with(start));
        if !routine || self.parentheses > 0 {
            return;
        }
        if token.is_word("begin") || (self.begins > 0 && token.is_word("case")) {
            self.begins += 1;
        } else if token.is_word("end") {
            self.begins = self.begins.saturating_sub(1);
        }
    }
}

fn copies_from_stdin(statement: &str) -> bool {
    let mut words = significant(statement);
    if !words.next().is_some_and(|token| token.is_word("copy")) {
        return false;
    }
    let mut from = false;
    words.any(|token| {
        let stdin = from && token.is_word("stdin");
        from = token.is_word("from");
        stdin
    })
}

/// From the line after the statement to the line `\.`.
fn copy_data(script: &str, end: usize) -> Option<Range<usize>> {
    let start = line_end(script, end) + 1;
    let mut at = start;
    for line in script.get(start..)?.split_inclusive('\n') {
        if line.trim_end_matches(['\n', '\r']) == "\\." {
            return Some(start..at + 2);
        }
        at += line.len();
    }
    Some(start..script.len())
}

/// Counts lines in one pass.
struct Lines<'a> {
    script: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn line_of(&mut self, offset: usize) -> usize {
        self.line += self.script[self.at..offset].matches('\n').count();
        self.at = offset;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::PieceKind::{CopyData, MetaCommand, Statement};
    use super::*;

    fn cut(script: &str) -> Vec<(usize, &str)> {
        split(script)
            .iter()
            .map(|piece| (piece.line, &script[piece.range.clone()]))
            .collect()
    }

    #[test]
    fn a_semicolon_ends_a_statement() {
        let script =
            "-- first\nselect 1; ;\n/* ; */ select ';', \";\", $$;$$, $a$;$a$, (1;2);\n\nselect 3";
        assert_eq!(
            cut(script),
            [
                (2, "select 1"),
                (3, "select ';', \";\", $$;$$, $a$;$a$, (1;2)"),
                (5, "select 3")
            ]
        );
        assert_eq!(split(script)[0].leading, 0);
        assert_eq!(cut(" ; -- nothing\n"), []);
    }

    #[test]
    fn a_routine_body_is_not_cut() {
        let body = "create or replace function f() returns int begin atomic select case when true then 1 end; select 2; end";
        assert_eq!(
            cut(&format!("{body};\nselect 1;")),
            [(1, body), (2, "select 1")]
        );
        assert_eq!(cut("begin; select 1; end;").len(), 3);
        assert_eq!(cut("create table begin (a int); select 1").len(), 2);
    }

    #[test]
    fn commands_to_psql_are_told_apart() {
        let script = "\\restrict x;y\nselect 1 \\gset\ncopy t from stdin;\n1\ta;b'\n\\.\nselect 2;";
        let kinds: Vec<_> = split(script).iter().map(|piece| piece.kind).collect();
        assert_eq!(
            kinds,
            [
                MetaCommand,
                Statement,
                MetaCommand,
                Statement,
                CopyData,
                Statement
            ]
        );
        assert_eq!(cut(script)[4], (4, "1\ta;b'\n\\."));
        assert_eq!(cut(script)[5], (6, "select 2"));
    }

    #[test]
    fn statements_have_kinds() {
        let sql = "create table t (a int);; alter table t add b int; select 1";
        let kinds: Vec<_> = statements(sql)
            .into_iter()
            .map(|s| (s.kind, sql[s.range].to_owned()))
            .collect();
        assert_eq!(
            kinds,
            [
                (
                    "create table".to_owned(),
                    "create table t (a int);".to_owned()
                ),
                (
                    "alter table".to_owned(),
                    "alter table t add b int;".to_owned()
                ),
                ("select".to_owned(), "select 1".to_owned()),
            ]
        );
    }
}
