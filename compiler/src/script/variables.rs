//! psql's variables.

use std::collections::BTreeMap;

use crate::sql::{quote_ident, quote_literal};

/// What `\set` has set.
#[derive(Clone, Debug, Default)]
pub struct Variables(BTreeMap<String, String>);

impl Variables {
    /// Sets a variable.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.insert(name.to_owned(), value.into());
    }

    /// Removes a variable.
    pub fn unset(&mut self, name: &str) {
        self.0.remove(name);
    }

    /// A variable's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Whether a variable is switched on, as psql reads truth: unset is off, empty is on.
    pub fn is_on(&self, name: &str) -> bool {
        self.get(name)
            .is_some_and(|value| value.is_empty() || is_true(value) == Some(true))
    }

    /// What a reference such as `:name`, `:'name'`, `:"name"` or `:{?name}` at the start of the text stands for, and its length.
    pub(super) fn expand(&self, text: &str) -> Option<(String, usize)> {
        let rest = text.strip_prefix(':')?;
        if let Some(tested) = rest.strip_prefix("{?") {
            let name = name_of(tested);
            let closed = tested[name.len()..].starts_with('}') && !name.is_empty();
            return closed.then(|| (self.get(name).is_some().to_string(), name.len() + 4));
        }
        let quote = rest.chars().next().filter(|c| matches!(c, '\'' | '"'));
        let name = name_of(&rest[quote.map_or(0, char::len_utf8)..]);
        let value = self.get(name)?;
        match quote {
            None => Some((value.to_owned(), name.len() + 1)),
            Some(quote) => {
                let closed = rest[1 + name.len()..].starts_with(quote);
                let print = if quote == '"' {
                    always_quoted
                } else {
                    quote_literal
                };
                closed.then(|| (print(value), name.len() + 3))
            }
        }
    }
}

fn always_quoted(value: &str) -> String {
    let quoted = quote_ident(value);
    if quoted.starts_with('"') {
        quoted.into_owned()
    } else {
        format!("\"{value}\"")
    }
}

fn name_of(text: &str) -> &str {
    let end = text
        .find(|c: char| !(c.is_alphanumeric() || c == '_'))
        .unwrap_or(text.len());
    &text[..end]
}

/// A truth value as psql reads it: a unique beginning of true, false, yes, no, on, off, or 1 and 0.
pub(super) fn is_true(text: &str) -> Option<bool> {
    let text = text.to_ascii_lowercase();
    let begins = |word: &str| !text.is_empty() && word.starts_with(&text);
    match text.as_str() {
        "1" | "on" => Some(true),
        "0" | "of" | "off" => Some(false),
        _ if begins("true") || begins("yes") => Some(true),
        _ if begins("false") || begins("no") => Some(false),
        _ => None,
    }
}
