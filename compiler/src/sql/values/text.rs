//! Strings, and what is written as one.

use serde_json::Value as Json;

use super::{Value, datetime, described, literal_fits, number};
use crate::sql::{MAX_NAME_BYTES, TypeName};

/// The types of characters and bits, by their length.
pub(super) fn fits_length(type_name: &TypeName, text: &str) -> Result<(), String> {
    let limit = type_name
        .modifiers
        .first()
        .and_then(|limit| limit.parse::<usize>().ok());
    let (short, length) = (type_name.short(), text.chars().count());
    match (type_name.name.as_str(), limit) {
        ("bit" | "varbit", _) if !text.bytes().all(|b| matches!(b, b'0' | b'1')) => {
            Err(format!("\"{text}\" is not made of the bits 0 and 1"))
        }
        ("bit", Some(limit)) if length != limit => Err(format!(
            "`{short}` takes {limit} bits; \"{text}\" has {length}"
        )),
        (_, Some(limit)) if length > limit => Err(format!(
            "\"{text}\" has {length} characters; `{short}` takes {limit}"
        )),
        ("name", _) if text.len() > MAX_NAME_BYTES => {
            Err(format!("a name has at most {MAX_NAME_BYTES} bytes"))
        }
        ("char", _) if text.len() > 1 => Err("`\"char\"` is one byte".to_owned()),
        _ => Ok(()),
    }
}

/// The other types that have a form.
pub(super) fn fits(type_name: &str, text: &str) -> Result<(), String> {
    match type_name {
        "uuid" if !is_uuid(text) => Err(format!(
            "\"{text}\" is not a UUID such as `a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11`"
        )),
        "bytea" if !is_hex(text) => {
            Err(format!("\"{text}\" is not made of bytes such as `\\x00ff`"))
        }
        "json" | "jsonb" => is_json(type_name, text),
        _ => Ok(()),
    }
}

/// 32 hexadecimal digits, a hyphen perhaps after each group of four, braces perhaps around them: manual, 8.12.
fn is_uuid(text: &str) -> bool {
    let inner = text
        .strip_prefix('{')
        .and_then(|text| text.strip_suffix('}'))
        .unwrap_or(text);
    let mut digits = 0;
    let mut before = '-';
    inner.chars().all(|c| {
        let good = if c == '-' {
            digits % 4 == 0 && before != '-'
        } else {
            c.is_ascii_hexdigit()
        };
        digits += usize::from(c != '-');
        before = c;
        good
    }) && digits == 32
        && before != '-'
}

fn is_hex(text: &str) -> bool {
    text.is_empty()
        || text.strip_prefix("\\x").is_some_and(|hex| {
            hex.len().is_multiple_of(2) && hex.bytes().all(|b| b.is_ascii_hexdigit())
        })
}

fn is_json(type_name: &str, text: &str) -> Result<(), String> {
    match serde_json::from_str::<Json>(text) {
        Err(error) => Err(format!("\"{text}\" is not JSON: {error}")),
        Ok(json) if type_name == "jsonb" && has_zero(&json) => {
            Err("`jsonb` can't hold the character \\u0000".to_owned())
        }
        Ok(_) => Ok(()),
    }
}

fn has_zero(json: &Json) -> bool {
    match json {
        Json::String(text) => text.contains('\0'),
        Json::Array(items) => items.iter().any(has_zero),
        Json::Object(fields) => fields
            .iter()
            .any(|(key, value)| key.contains('\0') || has_zero(value)),
        _ => false,
    }
}

/// `[1,10)`, `empty`; a multirange has such in braces. The bounds are checked where they are numbers or dates.
pub(super) fn fits_range(type_name: &str, text: &str) -> Result<(), String> {
    let wrong = || format!("\"{text}\" is not a `{type_name}`");
    let Some(single) = type_name.strip_suffix("multirange") else {
        let subtype = type_name.strip_suffix("range").unwrap_or_default();
        return is_range(subtype, text.trim())
            .then_some(())
            .ok_or_else(|| wrong() + " such as `[1,10)`");
    };
    let inner = text
        .trim()
        .strip_prefix('{')
        .and_then(|text| text.strip_suffix('}'));
    let good = inner.is_some_and(|inner| {
        inner.trim().is_empty()
            || inner
                .split_inclusive([')', ']'])
                .enumerate()
                .all(|(n, range)| {
                    let range = if n == 0 {
                        Some(range)
                    } else {
                        range.trim_start().strip_prefix(',')
                    };
                    range.is_some_and(|range| is_range(single, range.trim()))
                })
    });
    good.then_some(())
        .ok_or_else(|| wrong() + " such as `{[1,10), [20,30)}`")
}

fn is_range(subtype: &str, text: &str) -> bool {
    if text.eq_ignore_ascii_case("empty") {
        return true;
    }
    let inner = text
        .strip_prefix(['[', '('])
        .and_then(|text| text.strip_suffix([']', ')']));
    let bounds = inner.and_then(|inner| inner.split_once(','));
    bounds.is_some_and(|(lower, upper)| {
        [lower, upper].iter().all(|bound| is_bound(subtype, bound)) && !is_reversed(lower, upper)
    })
}

/// Numbers and dates of the same form can be compared; of the rest the server knows.
fn is_reversed(lower: &str, upper: &str) -> bool {
    let (lower, upper) = (lower.trim(), upper.trim());
    match (lower.parse::<f64>(), upper.parse::<f64>()) {
        (Ok(lower), Ok(upper)) => lower > upper,
        _ => {
            lower.len() == upper.len()
                && lower.ends_with(|c: char| c.is_ascii_digit())
                && lower > upper
        }
    }
}

fn is_bound(subtype: &str, bound: &str) -> bool {
    let bound = bound.trim().trim_matches('"');
    bound.is_empty()
        || match subtype {
            "int4" => bound.parse::<i32>().is_ok(),
            "int8" => bound.parse::<i64>().is_ok(),
            "num" => number::is_decimal(bound),
            "date" => datetime::fits("date", bound).is_ok(),
            "ts" => datetime::fits("timestamp", bound).is_ok(),
            _ => datetime::fits("timestamptz", bound).is_ok(),
        }
}

/// An array of values, or its text: `{a,b}`.
pub(super) fn fits_array(type_name: &TypeName, value: &Value) -> Result<(), String> {
    match value {
        Value::Array(items) => fits_items(type_name, items).map(|_| ()),
        Value::Text(text) if text.starts_with('{') && text.ends_with('}') => Ok(()),
        _ => Err(format!(
            "`{}` takes an array, not {}",
            type_name.short(),
            described(value)
        )),
    }
}

/// The sizes in each dimension, which are the same for each item.
fn fits_items(type_name: &TypeName, items: &[Value]) -> Result<Vec<usize>, String> {
    let mut shapes = items.iter().map(|item| match item {
        Value::Array(inner) if inner.is_empty() => {
            Err("an array inside an array can't be empty".to_owned())
        }
        Value::Array(inner) => fits_items(type_name, inner),
        item => literal_fits(&type_name.element(), item).map(|()| Vec::new()),
    });
    let first = shapes.next().transpose()?.unwrap_or_default();
    for shape in shapes {
        if shape? != first {
            return Err("the arrays inside an array must all have the same size".to_owned());
        }
    }
    Ok([vec![items.len()], first].concat())
}

/// The text form of an array: manual, 8.15.2.
pub(super) fn array(items: &[Value]) -> String {
    let items: Vec<_> = items.iter().map(array_item).collect();
    format!("{{{}}}", items.join(","))
}

fn array_item(item: &Value) -> String {
    match item {
        Value::Array(items) => array(items),
        Value::Text(text) if is_bare_item(text) => text.clone(),
        Value::Text(text) => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
        Value::Bool(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Float(value) if value.is_finite() => value.to_string(),
        Value::Float(value) => number::not_finite(*value).to_owned(),
    }
}

/// Neither empty, nor `null`, nor with a character that means something.
fn is_bare_item(text: &str) -> bool {
    let plain =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '/' | '@' | '+');
    !text.is_empty() && !text.eq_ignore_ascii_case("null") && text.chars().all(plain)
}

/// Whether an item of an array can be one of JSON.
pub(super) fn fits_json_item(item: &Value) -> Result<(), String> {
    match item {
        Value::Float(value) if !value.is_finite() => Err(format!("JSON has no number {value}")),
        Value::Array(items) => items.iter().try_for_each(fits_json_item),
        Value::Text(text) if text.contains('\0') => {
            Err("a string can't contain a zero byte".to_owned())
        }
        _ => Ok(()),
    }
}

/// The array as JSON.
pub(super) fn json_array(items: &[Value]) -> String {
    Json::Array(items.iter().map(json).collect()).to_string()
}

fn json(value: &Value) -> Json {
    match value {
        Value::Bool(value) => Json::from(*value),
        Value::Integer(value) => Json::from(*value),
        Value::Float(value) => Json::from(*value),
        Value::Text(text) => Json::from(text.as_str()),
        Value::Array(items) => Json::Array(items.iter().map(json).collect()),
    }
}
