//! Names of PostgreSQL as names of Rust.
//!
//! Every name becomes a valid identifier; two names can become the same one, which [`collisions`] finds.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use unicode_ident::{is_xid_continue, is_xid_start};

/// A variable, field, function or module: `created_at`, `r#type`, `self_`, `_2nd`.
pub fn snake(name: &str) -> String {
    let snake = identifier(name, ToSnakeCase::to_snake_case);
    match snake.as_str() {
        // These can't be raw identifiers (reference, "Raw identifiers").
        "self" | "super" | "crate" | "_" => format!("{snake}_"),
        word if KEYWORDS.contains(&word) => format!("r#{snake}"),
        _ => snake,
    }
}

/// The same without `r#`, for a part of a longer name or of a file's: `find_by_type`, `type.rs`.
pub fn snake_part(name: &str) -> String {
    identifier(name, ToSnakeCase::to_snake_case)
}

/// A type, trait or enum variant: `TaskStatus`, `Self_`.
pub fn camel(name: &str) -> String {
    let camel = identifier(name, ToUpperCamelCase::to_upper_camel_case);
    if camel == "Self" {
        "Self_".to_owned()
    } else {
        camel
    }
}

/// A constant: `TASK_STATUS`.
pub fn shouty(name: &str) -> String {
    identifier(name, ToShoutySnakeCase::to_shouty_snake_case)
}

/// The names that become the same identifier, by that identifier.
pub fn collisions<'a>(
    names: impl IntoIterator<Item = &'a str>,
    convert: impl Fn(&str) -> String,
) -> BTreeMap<String, Vec<&'a str>> {
    let mut by_identifier: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for name in names {
        by_identifier.entry(convert(name)).or_default().push(name);
    }
    by_identifier.retain(|_, names| names.len() > 1);
    by_identifier
}

/// The strict and reserved keywords of the 2024 edition (reference, "Keywords"), those of [`snake`]'s first case left out.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// In another case, and valid: characters that no identifier has are spelled out where nothing else is left.
fn identifier(name: &str, case: impl Fn(&str) -> String) -> String {
    let usable: String = name
        .chars()
        .map(|c| if is_xid_continue(c) { c } else { ' ' })
        .collect();
    let cased = case(&usable);
    let cased = if cased.is_empty() {
        case(&spelled(name))
    } else {
        cased
    };
    match cased.chars().next() {
        Some(first) if is_xid_start(first) => cased,
        _ => format!("_{cased}"),
    }
}

/// `+` is `plus`; what has no such word is its code point.
fn spelled(name: &str) -> String {
    if name.is_empty() {
        return "empty".to_owned();
    }
    let mut words = String::new();
    for c in name.chars() {
        match SYMBOLS.iter().find(|(symbol, _)| *symbol == c) {
            Some((_, word)) => words.push_str(word),
            // Writing to a string can't fail.
            None => drop(write!(words, "u{:x}", u32::from(c))),
        }
        words.push(' ');
    }
    words
}

const SYMBOLS: &[(char, &str)] = &[
    (' ', "space"),
    ('!', "not"),
    ('"', "quote"),
    ('#', "hash"),
    ('$', "dollar"),
    ('%', "percent"),
    ('&', "and"),
    ('\'', "apostrophe"),
    ('(', "open"),
    (')', "close"),
    ('*', "star"),
    ('+', "plus"),
    (',', "comma"),
    ('-', "minus"),
    ('.', "dot"),
    ('/', "slash"),
    (':', "colon"),
    (';', "semicolon"),
    ('<', "less"),
    ('=', "equal"),
    ('>', "greater"),
    ('?', "question"),
    ('@', "at"),
    ('\\', "backslash"),
    ('^', "caret"),
    ('_', "underscore"),
    ('|', "bar"),
    ('~', "tilde"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_identifiers() {
        for (name, as_snake, as_camel) in [
            ("created_at", "created_at", "CreatedAt"),
            ("createdAt", "created_at", "CreatedAt"),
            ("type", "r#type", "Type"),
            ("gen", "r#gen", "Gen"),
            ("self", "self_", "Self_"),
            ("crate", "crate_", "Crate"),
            ("2nd", "_2nd", "_2nd"),
            ("naïve", "naïve", "Naïve"),
            ("in progress", "in_progress", "InProgress"),
            ("a\"; drop table x; --", "a_drop_table_x", "ADropTableX"),
            ("it's", "it_s", "ItS"),
            ("", "empty", "Empty"),
            (">=", "greater_equal", "GreaterEqual"),
            ("½", "ubd", "Ubd"),
            ("x²", "x", "X"),
            ("_", "underscore", "Underscore"),
            ("日本", "日本", "日本"),
        ] {
            assert_eq!(snake(name), as_snake, "{name}");
            assert_eq!(camel(name), as_camel, "{name}");
        }
        assert_eq!(shouty("createdAt"), "CREATED_AT");
        assert_eq!(snake_part("type"), "type");
    }

    #[test]
    fn collisions_are_found() {
        let found = collisions(["userId", "user_id", "id", "user-id"], snake);
        assert_eq!(
            found,
            BTreeMap::from([("user_id".to_owned(), vec!["userId", "user_id", "user-id"])])
        );
    }
}
