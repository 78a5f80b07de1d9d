//! The lexer, with positions. `squawk_lexer` knows PostgreSQL's rules for strings, comments and dollar quotes.

use std::{borrow::Cow, ops::Range};

pub(super) use squawk_lexer::LiteralKind;
pub(crate) use squawk_lexer::TokenKind;

use super::fold_ident;

/// One token and where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token<'a> {
    pub kind: TokenKind,
    pub text: &'a str,
    pub start: usize,
}

impl<'a> Token<'a> {
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub fn range(&self) -> Range<usize> {
        self.start..self.end()
    }

    pub fn is_trivia(&self) -> bool {
        matches!(
            self.kind,
            TokenKind::Whitespace | TokenKind::LineComment | TokenKind::BlockComment { .. }
        )
    }

    /// Whether it is this unquoted word; `word` is in lower case.
    pub fn is_word(&self, word: &str) -> bool {
        self.kind == TokenKind::Ident && self.text.eq_ignore_ascii_case(word)
    }

    /// The name an identifier stands for: folded, or without its quotes.
    pub fn name(&self) -> Option<Cow<'a, str>> {
        match self.kind {
            TokenKind::Ident => Some(folded(self.text)),
            TokenKind::QuotedIdent { uescape: true, .. } => Some(Cow::Owned(unescape_unicode(
                &unquote(self.text.get(2..)?, '"'),
            ))),
            TokenKind::QuotedIdent { .. } => Some(unquote(self.text, '"')),
            _ => None,
        }
    }

    /// The value of a plain, escape or dollar-quoted string constant; escapes other than `\\` and `\'` are left as they are.
    pub fn string(&self) -> Option<Cow<'a, str>> {
        let TokenKind::Literal { kind } = self.kind else {
            return None;
        };
        match kind {
            LiteralKind::Str { .. } => Some(unquote(self.text, '\'')),
            LiteralKind::NationalStr { .. } => Some(unquote(self.text.get(1..)?, '\'')),
            LiteralKind::EscStr { .. } => {
                Some(Cow::Owned(unescape(&unquote(self.text.get(1..)?, '\''))))
            }
            LiteralKind::UnicodeEscStr { .. } => Some(Cow::Owned(unescape_unicode(&unquote(
                self.text.get(2..)?,
                '\'',
            )))),
            LiteralKind::DollarQuotedString { .. } => dollar_body(self.text).map(Cow::Borrowed),
            _ => None,
        }
    }
}

/// Every token, white space and comments included; together they are the whole text.
pub(crate) fn tokens(sql: &str) -> impl Iterator<Item = Token<'_>> {
    let mut start = 0;
    squawk_lexer::tokenize(sql).map_while(move |token| {
        let end = start + token.len as usize;
        let text = sql.get(start..end)?;
        let placed = Token {
            kind: token.kind,
            text,
            start,
        };
        start = end;
        Some(placed)
    })
}

/// The tokens that mean something.
pub(crate) fn significant(sql: &str) -> impl Iterator<Item = Token<'_>> {
    tokens(sql).filter(|token| !token.is_trivia())
}

/// What stands between the two delimiters of a dollar-quoted string.
pub(super) fn dollar_body(text: &str) -> Option<&str> {
    let delimiter = text.get(..text.get(1..)?.find('$')? + 2)?;
    text.strip_prefix(delimiter)?.strip_suffix(delimiter)
}

/// The parts of a list between the commas that are in no parentheses.
pub fn split_list(list: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for token in significant(list) {
        match token.text {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            "," if depth == 0 => {
                parts.push(&list[start..token.start]);
                start = token.end();
            }
            _ => {}
        }
    }
    parts.push(&list[start..]);
    parts
        .into_iter()
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .collect()
}

fn folded(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(fold_ident(text))
    } else {
        Cow::Borrowed(text)
    }
}

fn unquote(text: &str, quote: char) -> Cow<'_, str> {
    let inner = text.strip_prefix(quote).unwrap_or(text);
    let inner = inner.strip_suffix(quote).unwrap_or(inner);
    if inner.contains(quote) {
        Cow::Owned(inner.replace(&[quote; 2].iter().collect::<String>(), &quote.to_string()))
    } else {
        Cow::Borrowed(inner)
    }
}

fn unescape(text: &str) -> String {
    text.replace("\\'", "'").replace("\\\\", "\\")
}

/// `\XXXX` and `\+XXXXXX` with the default escape character.
fn unescape_unicode(text: &str) -> String {
    let mut parts = text.split('\\');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (digits, skip) = match part.strip_prefix('+') {
            Some(rest) => (rest.get(..6), 7),
            None => (part.get(..4), 4),
        };
        let decoded = digits
            .and_then(|d| u32::from_str_radix(d, 16).ok())
            .and_then(char::from_u32);
        out.push(decoded.unwrap_or('\\'));
        out.push_str(decoded.map_or(part, |_| part.get(skip..).unwrap_or_default()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded_or_unquoted() {
        let names: Vec<_> = significant("Tasks \"Ta\"\"sks\" U&\"d\\0061t\\+000061\" 1")
            .filter_map(|t| t.name().map(Cow::into_owned))
            .collect();
        assert_eq!(names, ["tasks", "Ta\"sks", "data"]);
    }

    #[test]
    fn strings_have_values() {
        let strings: Vec<_> = significant("'it''s' E'a\\'b' $x$ $$ $x$ N'n'")
            .filter_map(|t| t.string().map(Cow::into_owned))
            .collect();
        assert_eq!(strings, ["it's", "a'b", " $$ ", "n"]);
    }

    #[test]
    fn tokens_cover_the_text() {
        let sql = "\u{feff}select /* a /* b */ */ 'x -- y' -- end\n, $1::int >= :y \0 ;";
        let joined: String = tokens(sql).map(|t| t.text).collect();
        assert_eq!(joined, sql);
    }
}
