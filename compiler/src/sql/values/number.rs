//! Numbers: manual, 8.1 "Numeric Types".

use super::{Value, described};
use crate::sql::TypeName;

pub(super) fn fits(type_name: &TypeName, value: &Value) -> Result<(), String> {
    match type_name.name.as_str() {
        "int2" => whole(type_name, value, i16::MIN.into(), i16::MAX.into()),
        "int4" => whole(type_name, value, i32::MIN.into(), i32::MAX.into()),
        "int8" => whole(type_name, value, i64::MIN, i64::MAX),
        "oid" => whole(type_name, value, 0, u32::MAX.into()),
        "float4" | "float8" => float(type_name, value),
        "numeric" => numeric(type_name, value),
        "money" if !matches!(value, Value::Bool(_)) => Ok(()),
        // `regclass` and its like: the name of an object, or its number.
        _ if matches!(value, Value::Text(_) | Value::Integer(0..)) => Ok(()),
        _ => Err(format!(
            "`{}` does not take {}",
            type_name.short(),
            described(value)
        )),
    }
}

/// What `Infinity` and `NaN` are called.
pub(super) fn not_finite(value: f64) -> &'static str {
    match value {
        f64::INFINITY => "Infinity",
        f64::NEG_INFINITY => "-Infinity",
        _ => "NaN",
    }
}

/// `-12.50`: digits, and perhaps a point between them.
pub(super) fn is_decimal(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    [whole, fraction]
        .iter()
        .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

fn whole(type_name: &TypeName, value: &Value, min: i64, max: i64) -> Result<(), String> {
    match value {
        Value::Integer(n) if (min..=max).contains(n) => Ok(()),
        Value::Integer(n) => Err(format!(
            "{n} is out of range for `{}`, which goes from {min} to {max}",
            type_name.short()
        )),
        _ => Err(format!(
            "`{}` takes a whole number, not {}",
            type_name.short(),
            described(value)
        )),
    }
}

fn is_special(text: &str) -> bool {
    ["infinity", "-infinity", "inf", "-inf", "nan"].contains(&text.to_ascii_lowercase().as_str())
}

fn float(type_name: &TypeName, value: &Value) -> Result<(), String> {
    let too_large =
        |n: f64| type_name.name == "float4" && n.is_finite() && n.abs() > f64::from(f32::MAX);
    match value {
        Value::Float(n) if too_large(*n) => Err(format!("{n} is out of range for `real`")),
        Value::Integer(_) | Value::Float(_) => Ok(()),
        Value::Text(text) if is_special(text) => Ok(()),
        _ => Err(format!(
            "`{}` takes a number, not {}",
            type_name.short(),
            described(value)
        )),
    }
}

/// A string keeps the digits that a floating-point number would lose: `"0.10"`.
fn numeric(type_name: &TypeName, value: &Value) -> Result<(), String> {
    let text = match value {
        Value::Integer(n) => n.to_string(),
        Value::Float(n) if n.is_finite() => n.to_string(),
        Value::Float(n) => not_finite(*n).to_owned(),
        Value::Text(text) => text.clone(),
        _ => {
            return Err(format!(
                "`{}` takes a number, not {}",
                type_name.short(),
                described(value)
            ));
        }
    };
    match limits(type_name) {
        None if is_special(&text) => Ok(()),
        Some(_) if text.eq_ignore_ascii_case("nan") => Ok(()),
        _ if !is_decimal(&text) => Err(format!("\"{text}\" is not a number such as `12.50`")),
        None => Ok(()),
        Some((precision, scale)) => digits_fit(&text, precision, scale, type_name),
    }
}

fn limits(type_name: &TypeName) -> Option<(i64, i64)> {
    match type_name.modifiers.as_slice() {
        [precision, scale] => Some((precision.parse().ok()?, scale.parse().ok()?)),
        _ => None,
    }
}

/// `numeric(p, s)` keeps `s` digits after the point and `p - s` before it.
fn digits_fit(text: &str, precision: i64, scale: i64, type_name: &TypeName) -> Result<(), String> {
    let unsigned = text.trim_start_matches(['-', '+']);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let (whole, fraction) = (
        whole.trim_start_matches('0'),
        fraction.trim_end_matches('0'),
    );
    let short = type_name.short();
    if count(fraction) > scale.max(0) {
        return Err(format!(
            "`{short}` keeps {} digits after the point; {text} has {}",
            scale.max(0),
            fraction.len()
        ));
    }
    // With a negative scale, that many digits before the point are zero.
    let zeros = whole.len() - whole.trim_end_matches('0').len();
    if !whole.is_empty() && count(&whole[..zeros]) < -scale {
        return Err(format!("`{short}` would round {text}"));
    }
    // With a scale above the precision, the first digits after the point are zero.
    let leading = fraction.len() - fraction.trim_start_matches('0').len();
    let too_large = count(whole) > (precision - scale).max(0)
        || (!fraction.is_empty() && count(&fraction[..leading]) < scale - precision);
    if too_large {
        return Err(format!("{text} is out of range for `{short}`"));
    }
    Ok(())
}

fn count(digits: &str) -> i64 {
    i64::try_from(digits.len()).unwrap_or(i64::MAX)
}
