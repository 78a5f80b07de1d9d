//! Values that satisfy a column's type and the simple ones of its checks.

use std::ops::Range;

use super::context::Make;
use super::schema::{Relation, Schema};
use super::type_files::variants;
use super::types::{RustType, Shape};
use crate::kinds::Model;
use crate::kinds::domain::Domain;
use crate::kinds::enumeration::Enum;
use crate::kinds::table;
use crate::kinds::table::constraint::ConstraintRule;

/// What the checks say of one value, as far as it is understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Demands {
    least: Option<i64>,
    most: Option<i64>,
    shortest: Option<i64>,
    longest: Option<i64>,
    one_of: Vec<String>,
    patterns: Vec<String>,
    truth: Option<bool>,
}

/// How to make a value of a column; `None` when nothing can.
pub(super) fn make(
    schema: &Schema<'_>,
    relation: &Relation<'_>,
    column: &table::Column,
    unique: bool,
) -> Option<Make> {
    let hints = relation.hints(&column.name);
    if hints.is_some_and(|hints| hints.rust_type.is_some()) {
        return None;
    }
    let example = hints.and_then(|hints| hints.example.as_deref());
    let mut demands = Demands::default();
    for (_, constraint, _) in &relation.constraints {
        if let ConstraintRule::Check(check) = &constraint.rule {
            demands.learn(&check.expression.0, &column.name);
        }
    }
    let place = (relation.id.qname(), column.name.clone());
    if let Some(most) = schema.widths.get(&place) {
        demands.within(Subject::Value, None..Some(*most));
    }
    let ty = schema.types.resolve(&column.data_type);
    made(schema, &column.name, &ty, demands, example, unique)
}

fn made(
    schema: &Schema<'_>,
    column: &str,
    ty: &RustType,
    mut demands: Demands,
    example: Option<&str>,
    unique: bool,
) -> Option<Make> {
    match (&ty.shape, example) {
        (Shape::Domain(id), _) => {
            let domain = Domain::from_body(&schema.spec.catalog.get(id)?.body)?;
            domain
                .checks
                .iter()
                .for_each(|check| demands.learn(&check.expression.0, "value"));
            let inner = schema.types.resolve(&domain.data_type);
            let mut make = made(schema, column, &inner, demands, example, unique)?;
            make.newtypes.insert(0, schema.types.name_of(id).to_owned());
            Some(make)
        }
        (Shape::Text(length), _) => Some(demands.text(column, *length, example, unique)),
        (Shape::Enum(id), _) => {
            let labels = variants(Enum::from_body(&schema.spec.catalog.get(id)?.body)?);
            let chosen = labels.iter().find(|variant| {
                Some(variant.label.as_str()) == example || demands.one_of.contains(&variant.label)
            });
            let name = schema.types.name_of(id);
            let variant = chosen.or(labels.first())?;
            if unique && example.is_none() {
                let allowed = labels
                    .iter()
                    .filter(|variant| demands.allows(&variant.label));
                let paths = allowed.map(|variant| format!("{name}::{}", variant.name));
                return Some(label(name, paths.collect(), labels.len()));
            }
            Some(new("path", format!("{name}::{}", variant.name)))
        }
        (Shape::Array, _) => Some(new("vec", "")),
        (Shape::Opaque(known), _) => Some(new("literal", example.or(*known)?)),
        (Shape::Unknown, _) => None,
        (_, Some(example)) if !unique || example.parse::<f64>().is_err() => {
            Some(new("parse", example))
        }
        (Shape::Bits(length), _) => Some(new("parse", "0".repeat(*length))),
        (Shape::Integer, _) => Some(demands.integer()),
        (Shape::Make, _) if ty.name == "bool" && demands.truth.is_some() => {
            let truth = demands.truth.unwrap_or_default();
            Some(new("path", truth.to_string()))
        }
        (Shape::Numeric(digits), _) => {
            let (whole, scale) = digits.unwrap_or((9, 2));
            Some(Make {
                numbers: vec![i64::from(whole), i64::from(scale)],
                ..new("numeric", column)
            })
        }
        (Shape::Make, _) => Some(new("make", column)),
    }
}

/// A choice among variants of an enum; all of them have a name.
fn label(name: &str, paths: Vec<String>, all: usize) -> Make {
    if paths.len() < all {
        return one_of("label", name, paths);
    }
    Make {
        items: paths,
        ..new("label", format!("{name}::ALL"))
    }
}

/// A choice among as many values as one line has room for.
fn one_of(call: &'static str, text: &str, mut items: Vec<String>) -> Make {
    let mut room = ROOM;
    let mut fits = |item: &String| {
        room = room.saturating_sub(format!("{item:?}, ").chars().count());
        room > 0
    };
    let fitting = items.iter().take_while(|item| fits(item)).count();
    items.truncate(fitting.max(1));
    Make {
        items,
        ..new(call, text)
    }
}

/// The columns that the arguments of a call can have, less what is around them.
const ROOM: usize = 54;

fn new(call: &'static str, text: impl Into<String>) -> Make {
    Make {
        newtypes: Vec::new(),
        call,
        items: Vec::new(),
        numbers: Vec::new(),
        text: text.into(),
    }
}

impl Demands {
    fn allows(&self, label: &String) -> bool {
        self.one_of.is_empty() || self.one_of.contains(label)
    }

    fn integer(&self) -> Make {
        let allowed = self.one_of.first().and_then(|text| text.parse().ok());
        let (least, most) =
            allowed.map_or((self.least, self.most), |only| (Some(only), Some(only)));
        let least = least.unwrap_or_else(|| most.map_or(1, |most| most.min(1)));
        Make {
            numbers: vec![least, most.unwrap_or(i64::MAX)],
            ..new("integer", "")
        }
    }

    /// The first form of text that satisfies all demands; what is unique has a number in it.
    fn text(
        &self,
        column: &str,
        length: Option<usize>,
        example: Option<&str>,
        unique: bool,
    ) -> Make {
        let longest = self.longest.map_or(length, |longest| {
            usize::try_from(longest)
                .ok()
                .map(|l| length.map_or(l, |n| n.min(l)))
        });
        if let Some(only) = self.one_of.first() {
            if unique && example.is_none() {
                return one_of("one_of", column, self.one_of.clone());
            }
            return new("literal", example.unwrap_or(only));
        }
        let fits = |form: &String| self.holds_for_form(form, longest);
        if let Some(example) = example {
            let numbered = numbered(example)
                .into_iter()
                .find(|form| unique && fits(form));
            return numbered.map_or_else(|| new("literal", example), |form| new("pattern", form));
        }
        if self.patterns.is_empty() {
            let shortest = self.shortest.unwrap_or(0);
            let longest = longest
                .and_then(|n| i64::try_from(n).ok())
                .unwrap_or(shortest.max(100));
            return Make {
                numbers: vec![shortest, longest],
                ..new("text", column)
            };
        }
        let form = FORMS.iter().map(|form| (*form).to_owned()).find(fits);
        new("pattern", form.unwrap_or_else(|| "{n}".to_owned()))
    }

    fn holds_for_form(&self, form: &str, longest: Option<usize>) -> bool {
        [1_u32, 1234].iter().all(|n| {
            let text = form
                .replace("{n}", &n.to_string())
                .replace("{hex}", &format!("{n:06x}"));
            let length = text.chars().count();
            let long_enough = self
                .shortest
                .is_none_or(|least| i64::try_from(length).is_ok_and(|length| length >= least));
            longest.is_none_or(|most| length <= most)
                && long_enough
                && self.patterns.iter().all(|pattern| matches(pattern, &text))
        })
    }

    /// Takes in what a check says of the value `name`; what it does not understand it leaves out.
    fn learn(&mut self, check: &str, name: &str) {
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

    fn within(&mut self, subject: Subject, range: Range<Option<i64>>) {
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

/// Forms of text, from the plainest to what only some patterns want.
const FORMS: &[&str] = &[
    "word {n}",
    "word-{n}",
    "word_{n}",
    "word{n}",
    "Word {n}",
    "WORD{n}",
    "user{n}@example.org",
    "https://example.org/{n}",
    "{n}",
    "+{n}",
    "#{hex}",
    "{hex}",
    "+49{hex}",
    "example{n}.org",
    "/{n}",
    "10.0.0.{n}",
    "word",
    "WORD",
    "ab",
    "AB",
    "en-US",
    "abc",
    "ABC",
];

/// An example with a number put in where it does least harm: in an email address before the `@`.
fn numbered(example: &str) -> Vec<String> {
    let word = |c: char| !c.is_alphanumeric();
    let places = [example.find('@'), Some(example.len()), example.find(word)];
    let split = places
        .into_iter()
        .flatten()
        .map(|place| example.split_at(place));
    split
        .flat_map(|(front, back)| {
            [
                format!("{front}-{{n}}{back}"),
                format!("{front}{{n}}{back}"),
            ]
        })
        .collect()
}

/// Whether a text matches; a pattern that is no regular expression for Rust demands nothing.
fn matches(pattern: &str, text: &str) -> bool {
    regex_automata::meta::Regex::new(pattern).map_or(true, |regex| regex.is_match(text))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
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

/// Words, constants and symbols; casts are left out.
fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\'' | '"' => {
                let (value, length) = quoted(rest, first);
                found.push(if first == '"' {
                    Token::Word(value)
                } else {
                    Token::Text(value)
                });
                length
            }
            ':' if rest.starts_with("::") => 2 + cast_length(&rest[2..]),
            _ if first.is_ascii_digit() => {
                let length = rest
                    .find(|c: char| !c.is_ascii_digit())
                    .unwrap_or(rest.len());
                found.push(
                    rest[..length]
                        .parse()
                        .map_or_else(|_| Token::Word(String::new()), Token::Number),
                );
                length
            }
            _ if first.is_alphanumeric() || first == '_' => {
                let length = rest
                    .find(|c: char| !c.is_alphanumeric() && c != '_')
                    .unwrap_or(rest.len());
                found.push(Token::Word(rest[..length].to_lowercase()));
                length
            }
            '(' | ')' | ',' | '[' | ']' => {
                found.push(Token::Symbol(first.to_string()));
                1
            }
            _ => {
                let length = rest
                    .find(|c: char| !"<>=!~*+-/%^&|@#?.".contains(c))
                    .unwrap_or(rest.len())
                    .max(first.len_utf8());
                found.push(Token::Symbol(rest[..length].to_owned()));
                length
            }
        };
        rest = rest[length..].trim_start();
    }
    found
}

/// The value of a quoted text, in which a doubled quote is one, and its length.
fn quoted(text: &str, quote: char) -> (String, usize) {
    let mut value = String::new();
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c != quote {
            value.push(c);
        } else if chars.peek().is_some_and(|(_, next)| *next == quote) {
            value.push(quote);
            chars.next();
        } else {
            return (value, at + 1);
        }
    }
    (value, text.len())
}

/// `character varying(20)[]` after `::`.
fn cast_length(text: &str) -> usize {
    let name = text
        .find(|c: char| !c.is_alphanumeric() && c != '_' && c != '"')
        .unwrap_or(text.len());
    let two = [
        " varying",
        " precision",
        " without time zone",
        " with time zone",
    ];
    let name = name
        + two
            .iter()
            .find(|words| text[name..].starts_with(**words))
            .map_or(0, |words| words.len());
    let modifiers = if text[name..].starts_with('(') {
        text[name..].find(')').map_or(0, |end| end + 1)
    } else {
        0
    };
    let end = name + modifiers;
    end + if text[end..].starts_with("[]") { 2 } else { 0 }
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
    fn text_satisfies_the_patterns() {
        let slug = demands("x ~ '^[a-z0-9]+(-[a-z0-9]+)*$'");
        assert_eq!(slug.text("x", Some(40), None, true).text, "word-{n}");
        assert_eq!(
            slug.text("x", Some(40), Some("acme"), true).text,
            "acme-{n}"
        );
        let email = demands(r"x ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$'");
        assert_eq!(
            email.text("x", None, Some("ada@example.org"), true).text,
            "ada-{n}@example.org"
        );
        assert_eq!(
            demands("x ~ '^#[0-9a-f]{6}$'")
                .text("x", None, None, false)
                .text,
            "#{hex}"
        );
    }
}
