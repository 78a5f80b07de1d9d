//! Constants as values: does one fit a type, and how is it written?
//!
//! The rules are those of the types' input functions, without what depends on a session's settings (`DateStyle`,
//! `TimeZone`) and without what silently loses something: a fraction digit too many is refused and not rounded away.

mod datetime;
mod interval;
mod network;
mod number;
mod text;

use super::{TypeCategory, TypeName, quote_literal};

/// A constant as a spec gives it.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `true`, `false`.
    Bool(bool),
    /// `0`.
    Integer(i64),
    /// `0.5`, `inf`, `nan`.
    Float(f64),
    /// `"open"`; dates and times too.
    Text(String),
    /// `["a", "b"]`.
    Array(Vec<Value>),
}

/// Whether PostgreSQL takes a constant for a value of this type; if not, why, and what to write instead.
///
/// A type that is not built in takes anything but an array: whoever knows it (the labels of an enum, the type under a
/// domain) has to look.
pub fn literal_fits(type_name: &TypeName, value: &Value) -> Result<(), String> {
    if let Value::Text(text) = value
        && text.contains('\0')
    {
        return Err("a string can't contain a zero byte".to_owned());
    }
    if type_name.array {
        return text::fits_array(type_name, value);
    }
    match (type_name.builtin(), value) {
        (Some(_), Value::Array(items)) if is_json(type_name) => {
            items.iter().try_for_each(text::fits_json_item)
        }
        (_, Value::Array(_)) => Err(format!("`{}` is no array", type_name.short())),
        (None, _) => Ok(()),
        (Some(builtin), _) => fits_builtin(builtin.category, type_name, value),
    }
}

/// A constant as SQL, for a type that it [fits](literal_fits).
pub fn literal_sql(type_name: &TypeName, value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Float(value) if value.is_finite() => value.to_string(),
        Value::Float(value) => quote_literal(number::not_finite(*value)),
        Value::Text(text) if number::is_decimal(text) && is(type_name, "numeric") => text.clone(),
        Value::Text(text) => quote_literal(text),
        Value::Array(items) if is_json(type_name) => quote_literal(&text::json_array(items)),
        Value::Array(items) => quote_literal(&text::array(items)),
    }
}

fn fits_builtin(category: TypeCategory, type_name: &TypeName, value: &Value) -> Result<(), String> {
    match (category, value) {
        (TypeCategory::Boolean, Value::Bool(_)) => Ok(()),
        (TypeCategory::Boolean, _) => {
            Err("a boolean is `true` or `false`, without quotes".to_owned())
        }
        (TypeCategory::Numeric, _) => number::fits(type_name, value),
        (_, Value::Text(text)) => fits_text(category, type_name, text),
        (_, value) => Err(format!(
            "`{}` takes a string, not {}",
            type_name.short(),
            described(value)
        )),
    }
}

fn fits_text(category: TypeCategory, type_name: &TypeName, value: &str) -> Result<(), String> {
    match (category, type_name.name.as_str()) {
        (TypeCategory::DateTime, name) => datetime::fits(name, value),
        (TypeCategory::Timespan, _) => interval::fits(value),
        (TypeCategory::NetworkAddress, name) => network::fits_address(name, value),
        (_, "macaddr" | "macaddr8") => network::fits_mac(&type_name.name, value),
        (TypeCategory::String | TypeCategory::BitString | TypeCategory::Internal, _) => {
            text::fits_length(type_name, value)
        }
        (TypeCategory::Range, name) => text::fits_range(name, value),
        (TypeCategory::Pseudo, name) => Err(format!("`{name}` has no constants")),
        (_, name) => text::fits(name, value),
    }
}

fn is(type_name: &TypeName, name: &str) -> bool {
    type_name
        .builtin()
        .is_some_and(|builtin| builtin.name == name)
        && !type_name.array
}

fn is_json(type_name: &TypeName) -> bool {
    is(type_name, "json") || is(type_name, "jsonb")
}

fn described(value: &Value) -> String {
    match value {
        Value::Bool(value) => format!("the boolean `{value}`"),
        Value::Integer(value) => format!("the number {value}"),
        Value::Float(value) => format!("the number {value}"),
        Value::Text(text) => format!("the string \"{text}\""),
        Value::Array(_) => "an array".to_owned(),
    }
}

#[cfg(test)]
mod tests;
