//! What the simple ones of a table's conditions say of a value.

use std::ops::Range;

use crate::sql::tokens::{Token as Lexed, TokenKind, significant};

/// What the checks say of one value, as far as it is understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Demands {
    pub least: Option<i64>,
    pub most: Option<i64>,
    pub shortest: Option<i64>,
    pub longest: Option<i64>,
    pub one_of: Vec<String>,
    pub patterns: Vec<String>,
    pub truth: Option<bool>,
    null: bool,
}

impl Demands {
    /// Whether a condition lets a column have one value only.
    pub fn fix(condition: &str, column: &str) -> bool {
        let mut demands = Self::default();
        demands.learn(condition, column);
        let one_number = demands.least.is_some() && demands.least == demands.most;
        one_number || demands.one_of.len() == 1 || demands.truth.is_some() || demands.null
    }

    /// Takes in what a check says of the value `name`; what it does not understand it leaves out.
    pub fn learn(&mut self, check: &str, name: &str) {
        let tokens = tokens(check);
        for part in conjuncts(&tokens) {
            self.learn_part(part, name);
        }
    }

    fn learn_part(&mut self, part: &[Token], name: &str) {
        let part = unwrapped(part);
        if let [not, negated @ ..] = part
            && not.is("not")
            && matches!(
                subject(unwrapped(negated), name),
                Some((Subject::Value, []))
            )
        {
            self.truth = Some(false);
        }
        let Some((subject, rest)) = subject(part, name) else {
            return;
        };
        let numbers: Vec<i64> = rest.iter().filter_map(Token::number).collect();
        let strings: Vec<_> = rest.iter().filter_map(Token::text).collect();
        let signed = rest.iter().any(
            |token| matches!(token, Token::Symbol(symbol) if symbol.contains(['-', '+', '*', '/'])),
        );
        let operator: String = rest.first().map(Token::word).unwrap_or_default();
        // Nothing but an operator and a constant.
        let bare = rest.len() == 2;
        match (operator.as_str(), numbers.as_slice(), strings.as_slice()) {
            _ if signed => {}
            _ if rest.is_empty() => self.truth = Some(true),
            ("=" | "is", [], []) if bare && rest[1].is("true") => self.truth = Some(true),
            ("=" | "is", [], []) if bare && rest[1].is("false") => self.truth = Some(false),
            ("is", [], []) if bare && rest[1].is("null") => self.null = true,
            ("between", [least, most], _) if rest.len() == 4 => {
                self.within(subject, Some(*least)..Some(*most));
            }
            (">", [least], []) if bare => self.within(subject, Some(least.saturating_add(1))..None),
            (">=", [least], []) if bare => self.within(subject, Some(*least)..None),
            ("<", [most], []) if bare => self.within(subject, None..Some(most.saturating_sub(1))),
            ("<=", [most], []) if bare => self.within(subject, None..Some(*most)),
            ("=", [only], []) if bare => self.within(subject, Some(*only)..Some(*only)),
            ("<>" | "!=", [], [empty]) if bare && empty.is_empty() => {
                self.shortest = self.shortest.max(Some(1));
            }
            ("~" | "~*", [], [pattern]) if bare => {
                let prefix = if operator == "~*" { "(?i)" } else { "" };
                self.patterns.push(format!("{prefix}{pattern}"));
            }
            ("in" | "=", [], [_, ..]) => self.one_of = strings,
            ("in" | "=", [first, ..], []) => self.one_of = vec![first.to_string()],
            _ => {}
        }
    }

    pub fn within(&mut self, subject: Subject, range: Range<Option<i64>>) {
        let (least, most) = match subject {
            Subject::Value => (&mut self.least, &mut self.most),
            Subject::Length => (&mut self.shortest, &mut self.longest),
        };
        *least = (*least).max(range.start);
        *most = match (*most, range.end) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Value,
    Length,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    Text(String),
    Number(i64),
    Symbol(String),
}

impl Token {
    fn is(&self, text: &str) -> bool {
        matches!(self, Self::Word(word) | Self::Symbol(word) if word == text)
    }

    fn word(&self) -> String {
        match self {
            Self::Word(word) | Self::Symbol(word) => word.clone(),
            _ => String::new(),
        }
    }

    fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            _ => None,
        }
    }

    fn number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }
}

/// What the part is about, and what it says of it.
fn subject<'t>(part: &'t [Token], name: &str) -> Option<(Subject, &'t [Token])> {
    let is_name = |token: &Token| matches!(token, Token::Word(word) if word == name);
    let open = |token: &Token| token.is("(");
    match part {
        [first, rest @ ..] if is_name(first) => Some((Subject::Value, rest)),
        [a, first, b, rest @ ..] if open(a) && is_name(first) && b.is(")") => {
            Some((Subject::Value, rest))
        }
        [function, a, first, b, rest @ ..]
            if is_length(function) && open(a) && is_name(first) && b.is(")") =>
        {
            Some((Subject::Length, rest))
        }
        [function, a, c, first, d, b, rest @ ..]
            if is_length(function)
                && open(a)
                && open(c)
                && is_name(first)
                && d.is(")")
                && b.is(")") =>
        {
            Some((Subject::Length, rest))
        }
        _ => None,
    }
}

fn is_length(token: &Token) -> bool {
    ["length", "char_length", "character_length", "octet_length"]
        .iter()
        .any(|name| token.is(name))
}

/// Without the parentheses around the whole.
fn unwrapped(mut part: &[Token]) -> &[Token] {
    while let [first, inner @ .., last] = part {
        let mut depth = 1;
        let closes_early = inner.iter().any(|token| {
            depth += i32::from(token.is("(")) - i32::from(token.is(")"));
            depth == 0
        });
        if !first.is("(") || !last.is(")") || closes_early {
            break;
        }
        part = inner;
    }
    part
}

/// The parts that must all hold; an `or` leaves nothing that must.
fn conjuncts(tokens: &[Token]) -> Vec<&[Token]> {
    let tokens = unwrapped(tokens);
    let mut parts = Vec::new();
    let (mut depth, mut start, mut between) = (0, 0, false);
    for (at, token) in tokens.iter().enumerate() {
        depth += i32::from(token.is("(")) - i32::from(token.is(")"));
        match token {
            _ if depth > 0 => {}
            Token::Word(word) if word == "or" => return Vec::new(),
            Token::Word(word) if word == "between" => between = true,
            Token::Word(word) if word == "and" && between => between = false,
            Token::Word(word) if word == "and" => {
                parts.push(&tokens[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&tokens[start..]);
    parts
        .into_iter()
        .flat_map(|part| {
            if part.len() < tokens.len() {
                conjuncts(part)
            } else {
                vec![part]
            }
        })
        .collect()
}

/// Words, constants and symbols, an operator as one; casts are left out.
fn tokens(text: &str) -> Vec<Token> {
    let lexed: Vec<_> = significant(text).collect();
    let mut found: Vec<Token> = Vec::new();
    let mut rest = lexed.as_slice();
    let mut end = 0;
    while let [first, after @ ..] = rest {
        rest = after;
        match (found.last_mut(), first.text) {
            (_, ":") if after.first().is_some_and(|next| next.text == ":") => {
                rest = &rest[1 + type_length(&rest[1..])..];
            }
            (Some(Token::Symbol(before)), next)
                if end == first.start && is_operator(before) && is_operator(next) =>
            {
                before.push_str(next);
            }
            _ => found.push(token(first)),
        }
        end = first.end();
    }
    found
}

fn token(lexed: &Lexed<'_>) -> Token {
    if let Some(text) = lexed.string() {
        return Token::Text(text.into_owned());
    }
    if let Some(name) = lexed.name() {
        return Token::Word(name.into_owned());
    }
    if matches!(lexed.kind, TokenKind::Literal { .. }) {
        // What is no whole number is no word either.
        return lexed
            .text
            .parse()
            .map_or_else(|_| Token::Word(String::new()), Token::Number);
    }
    Token::Symbol(lexed.text.to_owned())
}

fn is_operator(text: &str) -> bool {
    text.chars().all(|c| "<>=!~*+-/%^&|@#?".contains(c))
}

/// How many tokens a type's name takes: `character varying(20)[]`.
fn type_length(tokens: &[Lexed<'_>]) -> usize {
    const MORE: [&str; 6] = ["varying", "precision", "with", "without", "time", "zone"];
    let is_more = |token: &Lexed<'_>| {
        MORE.iter().any(|word| token.is_word(word))
            || matches!(token.kind, TokenKind::OpenBracket | TokenKind::CloseBracket)
    };
    let mut depth = 0;
    let goes_on = |token: &&Lexed<'_>| {
        let inside = depth > 0;
        depth += i32::from(token.text == "(") - i32::from(token.text == ")");
        inside && depth >= 0 || depth > 0 || is_more(token)
    };
    1 + tokens.iter().skip(1).take_while(goes_on).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn demands(check: &str) -> Demands {
        let mut demands = Demands::default();
        demands.learn(check, "x");
        demands
    }

    #[test]
    fn checks_are_understood_in_both_spellings() {
        let between = Demands {
            shortest: Some(1),
            longest: Some(20),
            ..Demands::default()
        };
        assert_eq!(demands("length(x) between 1 and 20"), between);
        assert_eq!(demands("((length(x) >= 1) AND (length(x) <= 20))"), between);
        assert_eq!(
            demands("char_length((x)::text) > 0 and length(x) < 21"),
            between
        );
        let one_of = Demands {
            one_of: vec!["a".to_owned(), "b".to_owned()],
            ..Demands::default()
        };
        assert_eq!(demands("x in ('a', 'b')"), one_of);
        assert_eq!(
            demands(
                "((x)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))"
            ),
            one_of
        );
        assert_eq!(demands("x > 0 or y"), Demands::default());
        assert_eq!(demands("y > 0"), Demands::default());
        for (check, truth) in [
            ("x", true),
            ("((x = true))", true),
            ("(x IS FALSE)", false),
            ("not (x)", false),
        ] {
            assert_eq!(demands(check).truth, Some(truth), "{check}");
        }
    }

    #[test]
    fn a_condition_may_leave_one_value() {
        for (condition, fixed) in [
            ("x = 'SCHEDULED'", true),
            ("((x)::text = 'a'::text) AND (y > 1)", true),
            ("((x)::character varying(20) = ANY ('{a}'::text[]))", true),
            ("x is null and y", true),
            ("not x", true),
            ("x = 3", true),
            ("x is not null", false),
            ("x >= 3", false),
            ("x in ('a', 'b')", false),
            ("x = 'a' or y", false),
            ("length(x) = 3", false),
        ] {
            assert_eq!(Demands::fix(condition, "x"), fixed, "{condition}");
        }
    }
}
