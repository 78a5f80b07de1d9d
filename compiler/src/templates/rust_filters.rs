//! The filters of Rust templates.

use minijinja::value::Kwargs;
use minijinja::{Environment, Error, Value};

use super::doc_comment::doc_comment;
use super::guard::invalid;
use super::names;

pub(super) fn add(environment: &mut Environment<'static>) {
    environment.add_filter("rust_ident", |name: &Value| {
        named(name, "rust_ident", names::snake)
    });
    environment.add_filter("rust_part", |name: &Value| {
        named(name, "rust_part", names::snake_part)
    });
    environment.add_filter("rust_type", |name: &Value| {
        named(name, "rust_type", names::camel)
    });
    environment.add_filter("rust_const", |name: &Value| {
        named(name, "rust_const", names::shouty)
    });
    environment.add_filter("rust_str", rust_str);
    environment.add_filter("rust_raw_str", rust_raw_str);
    environment.add_filter("doc", doc);
}

fn printed(text: impl Into<String>) -> Value {
    Value::from_safe_string(text.into())
}

fn text<'a>(value: &'a Value, filter: &str) -> Result<&'a str, Error> {
    value.as_str().ok_or_else(|| {
        invalid(format!(
            "`|{filter}` takes a string, not a {}",
            value.kind()
        ))
    })
}

fn named(value: &Value, filter: &str, convert: impl Fn(&str) -> String) -> Result<Value, Error> {
    Ok(printed(convert(text(value, filter)?)))
}

fn rust_str(value: &Value) -> Result<Value, Error> {
    Ok(printed(string_literal(text(value, "rust_str")?)))
}

/// A string literal with escapes.
pub fn string_literal(text: &str) -> String {
    // Most texts need no escape, and looking at each character costs.
    let plain = |byte: u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
    if text.bytes().all(plain) {
        return ["\"", text, "\""].concat();
    }
    format!("{text:?}")
}

/// A raw string literal with as many `#` as it needs; one with escapes where a raw one can't hold the text.
fn rust_raw_str(value: &Value) -> Result<Value, Error> {
    let text = text(value, "rust_raw_str")?;
    let hidden = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if text.contains(hidden) {
        return rust_str(value);
    }
    let hashes = "#".repeat(hashes(text));
    Ok(printed(format!("r{hashes}\"{text}\"{hashes}")))
}

/// The fewest that do not follow a quote in the text.
fn hashes(text: &str) -> usize {
    let runs = text.split('"').skip(1);
    runs.map(|rest| rest.len() - rest.trim_start_matches('#').len() + 1)
        .max()
        .unwrap_or(0)
}

/// A doc comment: `{{ comment|doc }}`, `{{ comment|doc(indent=4) }}`, `{{ comment|doc(marker="//!") }}`.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the engine hands arguments over"
)]
fn doc(value: &Value, arguments: Kwargs) -> Result<Value, Error> {
    let marker: Option<&str> = arguments.get("marker")?;
    let indent: Option<usize> = arguments.get("indent")?;
    arguments.assert_all_used()?;
    let comment = doc_comment(
        text(value, "doc")?,
        marker.unwrap_or("///"),
        indent.unwrap_or(0),
    );
    Ok(printed(comment))
}
