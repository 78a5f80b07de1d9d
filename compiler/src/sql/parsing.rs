//! The one place where the parser is called.

use std::borrow::Cow;

use squawk_syntax::{Parse, SourceFile, syntax_error::SyntaxError};

use super::{
    SqlError,
    tokens::{LiteralKind, Token, TokenKind, significant, tokens},
};

/// A text with fewer tokens cannot nest deeply enough to exhaust the stack of a thread.
const SMALL: usize = 300;
/// Deeper than what a server with its default `max_stack_depth` reads.
const DEEPEST: usize = 10_000;
const STACK: usize = 256 << 20;

/// Parses and reads the tree, on a stack that is large enough: the parser calls itself for what is nested.
pub(super) fn with_parsed<T: Send>(
    sql: &str,
    read: impl FnOnce(&Parse<SourceFile>) -> T + Send,
) -> Result<T, SqlError> {
    let readable = &*readable(sql);
    if significant(sql).nth(SMALL).is_none() {
        return Ok(read(&SourceFile::parse(readable)));
    }
    if let Some(token) = too_deep(sql) {
        return Err(SqlError::new(token.range(), "this is nested too deeply"));
    }
    let parsed = std::thread::scope(|scope| {
        std::thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, || read(&SourceFile::parse(readable)))
            .map(std::thread::ScopedJoinHandle::join)
    });
    match parsed {
        Ok(Ok(value)) => Ok(value),
        _ => Err(SqlError::new(
            0..sql.len(),
            "this SQL is too large to be checked",
        )),
    }
}

/// The parser takes a column called `exclude` for a constraint: for it, the name is another one of the same length.
fn readable(sql: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(sql);
    let mut before = TokenKind::Semi;
    let mut tokens = significant(sql).peekable();
    while let Some(token) = tokens.next() {
        let starts = matches!(before, TokenKind::OpenParen | TokenKind::Comma);
        if starts && token.is_word("exclude") && tokens.peek().is_some_and(is_type_name) {
            text.to_mut().replace_range(token.range(), "exclud_");
        }
        before = token.kind;
    }
    text
}

fn is_type_name(token: &Token<'_>) -> bool {
    token.name().is_some() && !token.is_word("using")
}

/// The parser's findings, in words, and those of the lexer that it passes over.
pub(super) fn errors(sql: &str, parse: &Parse<SourceFile>) -> Vec<SqlError> {
    let unterminated: Vec<_> = unterminated(sql).collect();
    if !unterminated.is_empty() {
        return unterminated;
    }
    parse.errors().iter().map(in_words).collect()
}

/// Strings, quoted names and comments that never end: the rest of the text is inside of them.
pub(super) fn unterminated(sql: &str) -> impl Iterator<Item = SqlError> {
    tokens(sql).filter_map(|token| {
        let what = match token.kind {
            TokenKind::BlockComment { terminated: false } => "comment",
            TokenKind::QuotedIdent {
                terminated: false, ..
            } => "quoted name",
            TokenKind::Literal { kind } => unterminated_literal(kind)?,
            _ => return None,
        };
        Some(SqlError::new(
            token.range(),
            format!("this {what} has no end"),
        ))
    })
}

fn unterminated_literal(kind: LiteralKind) -> Option<&'static str> {
    match kind {
        LiteralKind::DollarQuotedString { terminated: false } => Some("dollar-quoted string"),
        LiteralKind::Str { terminated: false }
        | LiteralKind::NationalStr { terminated: false }
        | LiteralKind::ByteStr { terminated: false }
        | LiteralKind::BitStr { terminated: false }
        | LiteralKind::UnicodeEscStr { terminated: false }
        | LiteralKind::EscStr { terminated: false } => Some("string"),
        _ => None,
    }
}

fn too_deep(sql: &str) -> Option<Token<'_>> {
    let mut open = 0_usize;
    let mut prefixes = 0_usize;
    significant(sql).find(|token| {
        match token.kind {
            TokenKind::OpenParen | TokenKind::OpenBracket => open += 1,
            TokenKind::CloseParen | TokenKind::CloseBracket => open = open.saturating_sub(1),
            _ if token.is_word("case") || token.is_word("begin") => open += 1,
            _ if token.is_word("end") => open = open.saturating_sub(1),
            _ => {}
        }
        let operand = matches!(
            token.kind,
            TokenKind::Literal { .. } | TokenKind::QuotedIdent { .. }
        );
        let prefix = !operand && (token.kind != TokenKind::Ident || token.is_word("not"));
        prefixes = if prefix { prefixes + 1 } else { 0 };
        open.max(prefixes) > DEEPEST
    })
}

fn in_words(error: &SyntaxError) -> SqlError {
    let range = usize::from(error.range().start())..usize::from(error.range().end());
    let words: Vec<_> = error.message().split(' ').map(word).collect();
    SqlError::new(range, words.join(" "))
}

/// The parser names tokens by their kind: `R_PAREN`, `SELECT_KW`.
fn word(word: &str) -> String {
    let kind = word.trim_end_matches([',', '.', ':', ';']);
    let rest = &word[kind.len()..];
    let shouted = kind.len() > 1 && kind.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    match punctuation(kind) {
        Some(symbol) => format!("{symbol}{rest}"),
        None => match kind.strip_suffix("_KW") {
            Some(keyword) if shouted => format!("`{}`{rest}", keyword.to_ascii_lowercase()),
            None if shouted && kind.contains('_') => {
                format!("{}{rest}", kind.to_ascii_lowercase().replace('_', " "))
            }
            _ => word.to_owned(),
        },
    }
}

fn punctuation(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "L_PAREN" => "`(`",
        "R_PAREN" => "`)`",
        "L_BRACK" => "`[`",
        "R_BRACK" => "`]`",
        "L_CURLY" => "`{`",
        "R_CURLY" => "`}`",
        "L_ANGLE" => "`<`",
        "R_ANGLE" => "`>`",
        "COMMA" => "`,`",
        "SEMICOLON" => "`;`",
        "COLON" => "`:`",
        "COLON_COLON" => "`::`",
        "DOT" => "`.`",
        "EQ" => "`=`",
        "STAR" => "`*`",
        "PLUS" => "`+`",
        "MINUS" => "`-`",
        "SLASH" => "`/`",
        "EOF" => "the end",
        "IDENT" => "a name",
        "STRING" => "a string",
        "INT_NUMBER" | "NUMERIC_NUMBER" | "FLOAT_NUMBER" => "a number",
        _ => return None,
    })
}
