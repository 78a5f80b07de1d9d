//! What may be printed where.
//!
//! | in a template of | printed as it is |
//! |---|---|
//! | SQL (`sql/…`, `pgtap/…`, `*.sql`) | what a filter made or [`Sql`](crate::kinds::Sql); numbers, `true`, `false`; commas and white space |
//! | Rust (`rust/…`, `*.rs`) | the same, and words, paths and types: nothing that could end a name, a string or a comment |
//! | HTML (`*.html`) | everything, escaped |
//! | anything else | everything |
//!
//! So a name such as `a"; drop table x; --` can't become SQL, whoever writes the template.

use minijinja::value::ValueKind;
use minijinja::{AutoEscape, Error, ErrorKind, Output, State, Value};

const SQL: &str = "sql";
const RUST: &str = "rust";
const TEXT: &str = "text";
const HTML: &str = "html";

/// What a template's text is, by its name.
pub(super) fn auto_escape(name: &str) -> AutoEscape {
    match language(name) {
        HTML => AutoEscape::Html,
        language => AutoEscape::Custom(language.into()),
    }
}

fn language(name: &str) -> &'static str {
    let name = name.strip_suffix(".j2").unwrap_or(name);
    let name = name.strip_suffix(".jinja").unwrap_or(name);
    let ends = |end: &str| name.ends_with(end);
    let starts = |folder: &str| name.starts_with(folder);
    if ends(".rs") || ends(".toml") {
        RUST
    } else if ends(".html") {
        HTML
    } else if ends(".sql") || starts("sql/") || starts("pgtap/") {
        SQL
    } else if starts("rust/") {
        RUST
    } else {
        TEXT
    }
}

/// Prints a value, or says which filter is missing.
pub(super) fn print(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    let is_its_own = match state.auto_escape() {
        AutoEscape::Custom(said) => **said == *language(state.name()),
        said => *said == auto_escape(state.name()),
    };
    if !is_its_own {
        let message = "`autoescape` is not for templates: each language has its own guard";
        return Err(invalid(message.to_owned()));
    }
    let allowed = match state.auto_escape() {
        _ if value.is_safe() => true,
        AutoEscape::Custom(language) => match language.as_ref() {
            SQL => is_plain(value, is_separator),
            RUST => is_plain(value, |text| is_separator(text) || is_rust_words(text)),
            _ => true,
        },
        _ => return minijinja::escape_formatter(out, state, value),
    };
    if !allowed {
        return Err(refusal(state.auto_escape(), value));
    }
    write(out, value).map_err(Error::from)
}

/// `true` as SQL and Rust spell it; the engine follows Python.
fn write(out: &mut Output, value: &Value) -> std::fmt::Result {
    match value.as_str() {
        Some(text) => out.write_str(text),
        None if value.kind() == ValueKind::Bool => write!(out, "{}", value.is_true()),
        None => write!(out, "{value}"),
    }
}

fn is_plain(value: &Value, harmless: fn(&str) -> bool) -> bool {
    match value.kind() {
        // `{{ x if … }}` without `else`; other undefined values are refused before.
        ValueKind::Undefined | ValueKind::Number | ValueKind::Bool => true,
        ValueKind::String => value.as_str().is_some_and(harmless),
        _ => false,
    }
}

fn is_separator(text: &str) -> bool {
    text.chars().all(|c| matches!(c, ',' | ' ' | '\n'))
}

/// `Option<&'a str>`, `uuid::Uuid`, `task_id`, `r#type`.
fn is_rust_words(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_alphanumeric()
            || matches!(
                c,
                '_' | ':'
                    | '<'
                    | '>'
                    | ','
                    | '.'
                    | ' '
                    | '&'
                    | '('
                    | ')'
                    | '['
                    | ']'
                    | '\''
                    | '#'
                    | '-'
            )
    })
}

fn refusal(language: &AutoEscape, value: &Value) -> Error {
    let shown: String = value.to_string().chars().take(60).collect();
    invalid(match value.kind() {
        ValueKind::String if *language == AutoEscape::Custom(RUST.into()) => format!(
            "the string {shown:?} can't be printed as Rust; say what it is: `|rust_ident`, `|rust_type`, `|rust_str`, `|doc`"
        ),
        ValueKind::String => format!(
            "the string {shown:?} can't be printed as SQL; say what it is: `|ident`, `|qname`, `|lit`, `|type`, `|keyword`, `|dollar`, …"
        ),
        ValueKind::None => {
            "`none` can't be printed; ask with `{% if … %}` whether there is a value".to_owned()
        }
        kind => format!("a {kind} can't be printed"),
    })
}

pub(super) fn invalid(message: String) -> Error {
    Error::new(ErrorKind::InvalidOperation, message)
}
