//! When two texts say the same.

use super::{
    fold_ident,
    tokens::{Token, TokenKind, significant},
};

/// Whether two pieces of SQL differ in nothing but white space, comments and the case of unquoted words.
pub fn same_text(a: &str, b: &str) -> bool {
    a == b || {
        let (mut a, mut b) = (Words::new(a), Words::new(b));
        loop {
            match (a.next(), b.next()) {
                (None, None) => return true,
                (Some(a), Some(b)) if a.same_as(&b) => {}
                _ => return false,
            }
        }
    }
}

/// One form for all texts that are the [same](same_text): single spaces, lower case, no comments. For hashing and
/// looking up; it is SQL that means the same.
pub fn normal_text(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    for word in Words::new(sql) {
        if !word.joined && !out.is_empty() {
            out.push(' ');
        }
        match word.token.kind {
            TokenKind::Ident => out.push_str(&fold_ident(word.token.text)),
            _ => out.push_str(word.token.text),
        }
    }
    out
}

/// A token, and whether it continues an operator: `> =` is not `>=`.
struct Word<'a> {
    token: Token<'a>,
    joined: bool,
}

impl Word<'_> {
    fn same_as(&self, other: &Self) -> bool {
        self.joined == other.joined
            && self.token.kind == other.token.kind
            && match self.token.kind {
                TokenKind::Ident => self.token.text.eq_ignore_ascii_case(other.token.text),
                _ => self.token.text == other.token.text,
            }
    }
}

struct Words<'a, I: Iterator<Item = Token<'a>>> {
    tokens: I,
    operator_ended: Option<usize>,
}

impl<'a> Words<'a, std::iter::Empty<Token<'a>>> {
    #[expect(
        clippy::new_ret_no_self,
        reason = "the token iterator's type has no name"
    )]
    fn new(sql: &'a str) -> impl Iterator<Item = Word<'a>> {
        Words {
            tokens: significant(sql),
            operator_ended: None,
        }
    }
}

impl<'a, I: Iterator<Item = Token<'a>>> Iterator for Words<'a, I> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        let token = self.tokens.next()?;
        let operator = is_operator(token.kind);
        let joined = operator && self.operator_ended == Some(token.start);
        self.operator_ended = operator.then_some(token.end());
        Some(Word { token, joined })
    }
}

/// The characters of which operators are made, and `:` for `::` and `:=`.
fn is_operator(kind: TokenKind) -> bool {
    use TokenKind as K;
    matches!(
        kind,
        K::Slash
            | K::Minus
            | K::Colon
            | K::Eq
            | K::Gt
            | K::And
            | K::Lt
            | K::Bang
            | K::Plus
            | K::Tilde
            | K::Pound
            | K::Question
            | K::Or
            | K::Percent
            | K::Caret
            | K::Star
            | K::Backtick
            | K::At
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_and_case_do_not_matter() {
        for (a, b) in [
            ("select a from B", "SELECT a\n  FROM b -- that is all"),
            ("f( x,y )", "f(x, /* why */ y)"),
            ("a >= 1", "A>=1"),
            ("x::text", "x :: text"),
        ] {
            assert!(same_text(a, b), "{a} / {b}");
            assert_eq!(normal_text(a), normal_text(b));
        }
    }

    #[test]
    fn the_rest_matters() {
        for (a, b) in [
            ("'a'", "'A'"),
            ("'a b'", "'a  b'"),
            ("\"A\"", "\"a\""),
            ("$$ a $$", "$$ a  $$"),
            ("a @- b", "a @ -b"),
            ("a", "a b"),
            ("a b", "ab"),
            ("1", "1.0"),
        ] {
            assert!(!same_text(a, b), "{a} / {b}");
            assert_ne!(normal_text(a), normal_text(b));
        }
    }

    #[test]
    fn the_normal_form_is_normal() {
        let sql = "create  index on T(a DESC) where x>=$1::Int4 and y = 'It''s' -- x";
        let normal = normal_text(sql);
        assert_eq!(
            normal,
            "create index on t ( a desc ) where x >= $1 :: int4 and y = 'It''s'"
        );
        assert_eq!(normal_text(&normal), normal);
    }
}
