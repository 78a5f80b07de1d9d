//! A default is a typed value: from TOML to a constant of the column's type, and whether it fits.

use toml::de::DeValue;

use super::suggest;
use super::value::Value;
use crate::catalog::{Catalog, Id};
use crate::kinds::domain::Domain;
use crate::kinds::enumeration::Enum;
use crate::kinds::{Body, Kind, Sql};
use crate::sql::{TypeCategory, TypeName, quote_literal};

/// Why a value is no constant of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

/// The expression that a default stands for: a constant, or the text of `{ sql = "…" }`.
pub fn expression(
    value: Value<'_>,
    data_type: &TypeName,
    known: &Catalog,
) -> Result<Sql, Mismatch> {
    if let Some(sql) = value.text("sql") {
        return Ok(Sql(sql));
    }
    let base = base_type(data_type, known, 0);
    if base.array {
        return array(value, &base, known);
    }
    scalar(value, &base, known).map(Sql)
}

/// The type below all domains.
pub fn base_type(data_type: &TypeName, known: &Catalog, depth: u32) -> TypeName {
    match body(data_type, known, Kind::Domain) {
        Some(Body::Domain(Domain { data_type: of, .. })) if depth < 32 && !data_type.array => {
            TypeName::parse(of)
                .map_or_else(|_| data_type.clone(), |of| base_type(&of, known, depth + 1))
        }
        _ => data_type.clone(),
    }
}

fn body<'c>(data_type: &TypeName, known: &'c Catalog, kind: Kind) -> Option<&'c Body> {
    if data_type.builtin().is_some() {
        return None;
    }
    let meant = known.qualified(data_type);
    let object = known.get(&Id::new(kind, meant.schema, meant.name))?;
    Some(&object.body)
}

fn array(value: Value<'_>, data_type: &TypeName, known: &Catalog) -> Result<Sql, Mismatch> {
    if let Some(text) = value.as_text() {
        return Ok(Sql(constant(text, data_type)));
    }
    if !matches!(value.get_ref(), DeValue::Array(_)) {
        return Err(mismatch(value, data_type, "a list"));
    }
    let element = base_type(&data_type.element(), known, 0);
    let mut items = Vec::new();
    for item in value.items() {
        scalar(item, &element, known)?;
        items.push(array_item(&item.as_scalar().unwrap_or_default()));
    }
    Ok(Sql(constant(
        &format!("{{{}}}", items.join(",")),
        data_type,
    )))
}

/// An element of an array's text form (manual, "Array Input and Output Syntax").
fn array_item(text: &str) -> String {
    let special = |c: char| c.is_whitespace() || "{},\"\\".contains(c);
    if text.is_empty() || text.eq_ignore_ascii_case("null") || text.contains(special) {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        text.to_owned()
    }
}

fn scalar(value: Value<'_>, data_type: &TypeName, known: &Catalog) -> Result<String, Mismatch> {
    if let Some(Body::Enum(of)) = body(data_type, known, Kind::Enum) {
        return label(value, data_type, of);
    }
    match data_type.builtin().map(|builtin| builtin.category) {
        Some(TypeCategory::Boolean) => boolean(value, data_type),
        Some(TypeCategory::Numeric)
            if data_type.name != "money" && !data_type.name.starts_with("reg") =>
        {
            number(value, data_type)
        }
        _ => text(value, data_type),
    }
}

fn label(value: Value<'_>, data_type: &TypeName, of: &Enum) -> Result<String, Mismatch> {
    let Some(word) = value.as_text() else {
        return Err(mismatch(value, data_type, "a label, in quotes"));
    };
    if of.labels.iter().any(|label| label == word) {
        return Ok(constant(word, data_type));
    }
    let labels = of.labels.iter().map(String::as_str);
    Err(Mismatch {
        message: format!("`{word}` is no label of `{data_type}`"),
        help: Some(match suggest::nearest(word, labels.clone()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("its labels are {}", suggest::list(labels)),
        }),
    })
}

fn boolean(value: Value<'_>, data_type: &TypeName) -> Result<String, Mismatch> {
    match value.get_ref() {
        DeValue::Boolean(flag) => Ok(flag.to_string()),
        _ => Err(mismatch(value, data_type, "true or false")),
    }
}

/// As PostgreSQL prints it (`get_const_expr` of `ruleutils.c`): bare where it is no negative number.
fn number(value: Value<'_>, data_type: &TypeName) -> Result<String, Mismatch> {
    let whole = ["int2", "int4", "int8", "oid"].contains(&data_type.name.as_str());
    match value.get_ref() {
        DeValue::Integer(_) => {
            let n = value.as_integer().unwrap_or_default();
            in_range(n, data_type).map(|()| integer(n))
        }
        DeValue::Float(n) if !whole => Ok(decimal(n.as_str())),
        // More digits than TOML's numbers have, or no number at all: `NaN`, `Infinity`.
        DeValue::String(text) if !whole && is_number(text) => Ok(constant(text, data_type)),
        _ => Err(mismatch(
            value,
            data_type,
            if whole { "a whole number" } else { "a number" },
        )),
    }
}

fn integer(n: i64) -> String {
    match i32::try_from(n) {
        Ok(n) if n >= 0 => n.to_string(),
        Ok(n) => format!("'{n}'::integer"),
        Err(_) => format!("'{n}'::bigint"),
    }
}

fn decimal(text: &str) -> String {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        text.to_owned()
    } else {
        format!("'{}'::numeric", text.trim_start_matches('+'))
    }
}

fn is_number(text: &str) -> bool {
    text.parse::<f64>().is_ok()
}

fn in_range(n: i64, data_type: &TypeName) -> Result<(), Mismatch> {
    let (min, max) = match data_type.name.as_str() {
        "int2" => (i64::from(i16::MIN), i64::from(i16::MAX)),
        "int4" => (i64::from(i32::MIN), i64::from(i32::MAX)),
        "oid" => (0, i64::from(u32::MAX)),
        _ => return Ok(()),
    };
    if (min..=max).contains(&n) {
        return Ok(());
    }
    Err(Mismatch {
        message: format!("{n} does not fit into `{data_type}`, which holds {min} to {max}"),
        help: None,
    })
}

fn text(value: Value<'_>, data_type: &TypeName) -> Result<String, Mismatch> {
    let text = match value.get_ref() {
        DeValue::String(text) => text.clone().into_owned(),
        DeValue::Datetime(time) if is_time(data_type) => time.to_string(),
        _ if data_type.builtin().is_none() && value.as_scalar().is_some() => {
            value.as_scalar().unwrap_or_default()
        }
        _ => return Err(mismatch(value, data_type, "text")),
    };
    check_text(&text, data_type)?;
    Ok(constant(&text, data_type))
}

fn is_time(data_type: &TypeName) -> bool {
    data_type.builtin().map(|builtin| builtin.category) == Some(TypeCategory::DateTime)
}

/// What can be said of a constant's text without a server.
fn check_text(text: &str, data_type: &TypeName) -> Result<(), Mismatch> {
    let limit = data_type.modifiers.first().and_then(|n| n.parse().ok());
    let problem = match (data_type.name.as_str(), limit) {
        ("varchar" | "bpchar", Some(limit)) if text.chars().count() > limit => {
            let length = text.chars().count();
            return Err(Mismatch {
                message: format!("this text has {length} characters; `{data_type}` holds {limit}"),
                help: None,
            });
        }
        ("json" | "jsonb", _) => serde_json::from_str::<serde::de::IgnoredAny>(text)
            .err()
            .map(|error| format!("is not JSON: {error}")),
        ("uuid", _) if !is_uuid(text) => Some("is no UUID".to_owned()),
        _ if is_time(data_type) && !is_time_text(text) => {
            Some("is no date or time that stays the same".to_owned())
        }
        _ => None,
    };
    match problem {
        None => Ok(()),
        Some(problem) => Err(Mismatch {
            message: format!("`{text}` {problem}"),
            help: looks_like_sql(text).then(|| as_sql(text)),
        }),
    }
}

fn is_uuid(text: &str) -> bool {
    let digits: Vec<char> = text
        .trim_matches(['{', '}'])
        .chars()
        .filter(|c| *c != '-')
        .collect();
    digits.len() == 32 && digits.iter().all(char::is_ascii_hexdigit)
}

/// A constant starts with a digit or is a word that means the same at all times; `now` and `today` would be the moment
/// at which the table is made (manual, "Special Values").
fn is_time_text(text: &str) -> bool {
    let trimmed = text.trim();
    let fixed = ["infinity", "-infinity", "epoch", "allballs"];
    fixed.contains(&trimmed)
        || trimmed.contains(|c: char| c.is_ascii_digit()) && !trimmed.contains('(')
}

fn looks_like_sql(text: &str) -> bool {
    text.contains('(') || text.contains("::") || is_now(text)
}

fn is_now(text: &str) -> bool {
    [
        "now",
        "today",
        "tomorrow",
        "yesterday",
        "current_timestamp",
        "current_date",
        "current_time",
        "localtimestamp",
    ]
    .contains(&text.trim().to_lowercase().as_str())
}

fn as_sql(text: &str) -> String {
    let expression = match text.trim() {
        "now" => "now()",
        "today" => "current_date",
        other => other,
    };
    format!(
        "for an expression write default.sql = \"{}\"",
        expression.replace('"', "\\\"")
    )
}

fn mismatch(value: Value<'_>, data_type: &TypeName, wanted: &str) -> Mismatch {
    Mismatch {
        message: format!(
            "{} does not fit type `{data_type}`, which needs {wanted}",
            value.describe()
        ),
        help: meant(value, wanted),
    }
}

/// The expression, number or text that was probably meant.
fn meant(value: Value<'_>, wanted: &str) -> Option<String> {
    match value.as_text() {
        Some(text) if looks_like_sql(text) => Some(as_sql(text)),
        Some(text) if is_number(text) || ["true", "false"].contains(&text) => {
            Some(format!("write `{text}`, without quotes"))
        }
        None if wanted == "text" => value.as_scalar().map(|text| format!("write `\"{text}\"`")),
        _ => None,
    }
}

/// A quoted constant with its type, as PostgreSQL prints it: of modifiers, only those of an interval belong to the constant
/// (`coerce_type` of `parse_coerce.c`).
fn constant(text: &str, data_type: &TypeName) -> String {
    let mut bare = data_type.clone();
    if bare.name != "interval" || bare.array {
        bare.modifiers.clear();
    }
    format!("{}::{bare}", quote_literal(text))
}
