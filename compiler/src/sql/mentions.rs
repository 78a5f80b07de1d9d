//! Which names occur in a piece of SQL: what it may depend on, without asking a server.

use std::borrow::Cow;

use super::{
    fold_ident, keywords,
    tokens::{LiteralKind, Token, TokenKind, dollar_body, significant},
};

/// The names that occur in a text, each where a relation, function, type or sequence could be meant.
///
/// More than it depends on (a column may be called like a table), never less, except for names that only exist when a
/// function runs and puts them together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentions<'a> {
    /// Sorted: not preceded by a dot.
    names: Vec<Cow<'a, str>>,
    /// Sorted: `a.b`.
    pairs: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

/// Finds the names in an expression, a query or a function's body, those in strings that hold nothing but a name
/// (`nextval('tasks_id_seq')`) and those in dollar-quoted bodies included.
pub fn mentions(sql: &str) -> Mentions<'_> {
    let mut found = Mentions::default();
    found.read(sql);
    found.names.sort_unstable();
    found.names.dedup();
    found.pairs.sort_unstable();
    found.pairs.dedup();
    found
}

impl<'a> Mentions<'a> {
    /// Whether an object is mentioned: as `schema.name`, or as `name` where its schema is on the search path.
    pub fn object(&self, schema: &str, name: &str, on_search_path: bool) -> bool {
        (on_search_path && self.name(name)) || self.pair(schema, name)
    }

    /// Whether a name occurs that no dot precedes.
    pub fn name(&self, name: &str) -> bool {
        self.names
            .binary_search_by(|found| (**found).cmp(name))
            .is_ok()
    }

    /// Whether `first.second` occurs: a schema and an object, or a relation and a column.
    pub fn pair(&self, first: &str, second: &str) -> bool {
        self.pairs
            .binary_search_by(|(a, b)| (&**a, &**b).cmp(&(first, second)))
            .is_ok()
    }

    /// The names that no dot precedes, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|name| &**name)
    }

    /// The names on both sides of a dot, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs
            .iter()
            .map(|(first, second)| (&**first, &**second))
    }

    fn read(&mut self, sql: &'a str) {
        let mut before: Option<Cow<'a, str>> = None;
        let mut after_dot = false;
        let mut tokens = significant(sql).peekable();
        while let Some(token) = tokens.next() {
            let next = tokens.peek().map(|next| next.text);
            let name = name_of(token, after_dot).filter(|_| after_dot || !is_double(token, next));
            if let Some(name) = &name {
                match before.take() {
                    Some(first) if after_dot => self.pairs.push((first, name.clone())),
                    _ if after_dot => {}
                    _ => self.names.push(name.clone()),
                }
            } else if token.kind != TokenKind::Dot {
                self.read_string(token);
            }
            after_dot = token.kind == TokenKind::Dot;
            before = if after_dot { before } else { name };
        }
    }

    fn read_string(&mut self, token: Token<'a>) {
        let TokenKind::Literal { kind } = token.kind else {
            return;
        };
        if let LiteralKind::DollarQuotedString { .. } = kind {
            return self.read(dollar_body(token.text).unwrap_or_default());
        }
        let Some(text) = token.string() else { return };
        match name_in_string(&text) {
            Some((Some(schema), name)) => self.pairs.push((schema.into(), name.into())),
            Some((None, name)) => self.names.push(name.into()),
            None => {}
        }
    }
}

/// A word that can only be a keyword is no name, except after a dot.
fn name_of(token: Token<'_>, after_dot: bool) -> Option<Cow<'_, str>> {
    let name = token.name()?;
    let keyword = token.kind == TokenKind::Ident && !after_dot && keywords::needs_quotes(&name);
    (!keyword).then_some(name)
}

/// The first word of `double precision`, which is no name of a function.
fn is_double(token: Token<'_>, next: Option<&str>) -> bool {
    token.text.eq_ignore_ascii_case("double")
        && next.is_some_and(|next| next.eq_ignore_ascii_case("precision"))
}

/// `name`, `schema.name`, either perhaps quoted, perhaps with the arguments of a function; as `regclassin` and its like
/// read it (`stringToQualifiedNameList` of `src/backend/utils/adt/regproc.c`).
fn name_in_string(text: &str) -> Option<(Option<String>, String)> {
    if text.len() > 4 * super::MAX_NAME_BYTES {
        return None;
    }
    let mut parts = significant(text);
    let first = part(parts.next()?)?;
    let Some(next) = parts.next() else {
        return Some((None, first));
    };
    match next.kind {
        TokenKind::OpenParen => text.trim_end().ends_with(')').then_some((None, first)),
        TokenKind::Dot => {
            let second = part(parts.next()?)?;
            let ends = parts.next().is_none_or(|t| t.kind == TokenKind::OpenParen);
            ends.then_some((Some(first), second))
        }
        _ => None,
    }
}

fn part(token: Token<'_>) -> Option<String> {
    match token.kind {
        TokenKind::Ident => Some(fold_ident(token.text)),
        _ => token.name().map(Cow::into_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(sql: &str) -> (Vec<String>, Vec<String>) {
        let mentions = mentions(sql);
        let names = mentions.names().map(str::to_owned).collect();
        let pairs = mentions.pairs().map(|(a, b)| format!("{a}|{b}")).collect();
        (names, pairs)
    }

    #[test]
    fn names_and_pairs() {
        let (names, pairs) =
            found("select t.\"Id\", X from Billing.invoices t join \"Weird.Name\" on db.s.f(t)");
        assert_eq!(names, ["Weird.Name", "billing", "db", "t", "x"]);
        assert_eq!(pairs, ["billing|invoices", "db|s", "s|f", "t|Id"]);
    }

    #[test]
    fn names_in_strings_and_bodies() {
        let (names, pairs) =
            found("nextval('tasks_id_seq'::regclass) + nextval('s.\"Q\"') || 'not a name'");
        assert_eq!(names, ["nextval", "regclass", "tasks_id_seq"]);
        assert_eq!(pairs, ["s|Q"]);
        let (names, _) = found("do $x$ begin perform f($$ g $$); end $x$");
        assert_eq!(names, ["begin", "f", "g", "perform"]);
        assert!(mentions("'touch(integer, text)'::regprocedure").object("public", "touch", true));
        assert!(!mentions("'touch me'").name("touch"));
    }

    #[test]
    fn comments_and_keywords_are_no_names() {
        let (names, _) = found("case when /* a */ b then \"select\" end -- c");
        assert_eq!(names, ["b", "select"]);
        let (names, _) = found("double(a::double precision)::Double Precision");
        assert_eq!(names, ["a", "double"]);
    }

    #[test]
    fn an_object_is_found_by_its_path() {
        let mentions = mentions("select 1 from billing.invoices, tasks");
        assert!(mentions.object("billing", "invoices", false));
        assert!(mentions.object("public", "tasks", true));
        assert!(!mentions.object("public", "invoices", true));
        assert!(!mentions.object("other", "tasks", false));
    }
}
