//! The filters of SQL templates. Each makes one kind of text safe, and refuses what is not of that kind.

use std::sync::Arc;

use minijinja::value::ValueKind;
use minijinja::{Environment, Error, Value};

use super::guard::invalid;
use crate::sql::{
    RoutineSignature, TypeName, as_key, dollar_quote, is_builtin_routine, is_simple_expression,
    name_problem, quote_ident, quote_literal, quote_qualified,
};

pub(super) fn add(environment: &mut Environment<'static>, default_schema: &str) {
    let default: Arc<str> = default_schema.into();
    let qualify = move |schema: Option<&str>, name: &str| {
        quote_qualified(
            schema.filter(|schema| !schema.is_empty() && **schema != *default),
            name,
        )
    };
    let qname = qualify.clone();
    let own_type = unhidden(default_schema, qualify.clone(), |name| {
        TypeName::parse(name).is_ok_and(|name| name.builtin().is_some())
    });
    let own_routine = unhidden(default_schema, qualify.clone(), is_builtin_routine);
    let relation = qualify.clone();
    environment.add_filter("ident", ident);
    environment.add_filter("idents", idents);
    environment.add_filter("qname", move |value: &Value| {
        qualified(value, "name", &qname)
    });
    environment.add_filter("own_type", move |value: &Value| {
        qualified(value, "name", &own_type)
    });
    environment.add_filter("own_routine", move |value: &Value| {
        qualified(value, "name", &own_routine)
    });
    environment.add_filter("relation", move |value: &Value| {
        qualified(value, "parent", &relation)
    });
    environment.add_filter("routine", move |value: &Value| routine(value, &qualify));
    environment.add_filter("lit", lit);
    environment.add_filter("dollar", dollar);
    environment.add_filter("type", type_name);
    environment.add_filter("sql", sql);
    environment.add_filter("default_expr", default_expr);
    environment.add_filter("key", key);
    environment.add_filter("keyword", keyword);
    environment.add_filter("operator", operator);
    environment.add_filter("option", option);
    environment.add_filter("setting", setting);
    environment.add_filter("collation", quoted_name);
    environment.add_filter("role", role);
    environment.add_filter("sql_comment", sql_comment);
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

fn name<'a>(value: &'a Value, filter: &str) -> Result<&'a str, Error> {
    let name = text(value, filter)?;
    name_problem(name).map_or(Ok(name), |problem| Err(invalid(problem)))
}

/// A name, quoted where it has to be.
fn ident(value: &Value) -> Result<Value, Error> {
    Ok(printed(quote_ident(name(value, "ident")?)))
}

/// Names, quoted and separated by commas.
fn idents(value: &Value) -> Result<Value, Error> {
    let names: Vec<_> = value.try_iter()?.collect();
    let quoted: Result<Vec<_>, _> = names
        .iter()
        .map(|n| name(n, "idents").map(quote_ident))
        .collect();
    Ok(printed(quoted?.join(", ")))
}

/// An expression as a key of an index.
fn key(value: &Value) -> Result<Value, Error> {
    Ok(printed(as_key(text(value, "key")?)))
}

type Qualify = dyn Fn(Option<&str>, &str) -> String + Send + Sync;

/// An object with `schema` and `name`: `name`, or `schema.name` where that is not the default schema.
fn qualified(value: &Value, part: &str, qualify: &Qualify) -> Result<Value, Error> {
    let object = value.get_attr(part)?;
    if value.kind() != ValueKind::Map || object.is_undefined() {
        return Err(invalid(format!(
            "a qualified name needs `schema` and `{part}`"
        )));
    }
    let schema = schema(value)?;
    Ok(printed(qualify(schema.as_deref(), name(&object, "qname")?)))
}

/// The name of a type or routine: with its schema also where one of PostgreSQL's own hides it.
fn unhidden<Q: Fn(Option<&str>, &str) -> String>(
    default_schema: &str,
    qualify: Q,
    is_hidden: fn(&str) -> bool,
) -> impl Fn(Option<&str>, &str) -> String + use<Q> {
    let default = default_schema.to_owned();
    move |schema, name| {
        if is_hidden(name) {
            quote_qualified(
                schema.filter(|name| !name.is_empty()).or(Some(&default)),
                name,
            )
        } else {
            qualify(schema, name)
        }
    }
}

fn schema(value: &Value) -> Result<Option<String>, Error> {
    let schema = value.get_attr("schema")?;
    if schema.is_undefined() || schema.is_none() {
        return Ok(None);
    }
    Ok(Some(text(&schema, "qname")?.to_owned()))
}

/// An object whose name carries its argument types: `touch(integer, text)`.
fn routine(value: &Value, qualify: &Qualify) -> Result<Value, Error> {
    let signature = value.get_attr("name")?;
    let signature: RoutineSignature = text(&signature, "routine")?
        .parse()
        .map_err(|error: crate::sql::SqlError| invalid(error.message))?;
    let schema = schema(value)?;
    let name = qualify(schema.as_deref(), &signature.name);
    Ok(printed(format!("{name}({})", signature.arguments())))
}

/// A constant: a string is quoted; `none` is `null`.
fn lit(value: &Value) -> Result<Value, Error> {
    match value.kind() {
        ValueKind::None => Ok(printed("null")),
        ValueKind::Bool => Ok(printed(value.is_true().to_string())),
        ValueKind::Number => Ok(printed(value.to_string())),
        _ => Ok(printed(quote_literal(text(value, "lit")?))),
    }
}

/// The body of a routine, in dollar quotes that it does not contain.
fn dollar(value: &Value) -> Result<Value, Error> {
    Ok(printed(dollar_quote(text(value, "dollar")?)))
}

/// A type, read and printed again in its short form.
fn type_name(value: &Value) -> Result<Value, Error> {
    let text = text(value, "type")?;
    let (set, of) = match text.get(..6) {
        Some(word) if word.eq_ignore_ascii_case("setof ") => ("setof ", &text[6..]),
        _ => ("", text),
    };
    let parsed =
        TypeName::parse(of).map_err(|error| invalid(format!("`{text}` is no type: {error}")))?;
    Ok(printed(format!("{set}{}", parsed.short())))
}

/// SQL that the model has marked as such; for those who like to say it.
fn sql(value: &Value) -> Result<Value, Error> {
    if value.is_safe() {
        return Ok(value.clone());
    }
    Err(invalid(format!(
        "a {} is not SQL; the model marks what is",
        value.kind()
    )))
}

/// An expression after `default`, in parentheses where the grammar needs them.
fn default_expr(value: &Value) -> Result<Value, Error> {
    let expression = sql(value)?;
    let text = text(&expression, "default_expr")?;
    Ok(if is_simple_expression(text) {
        expression
    } else {
        printed(format!("({text})"))
    })
}

/// One or more words of SQL: `cascade`, `set null`.
fn keyword(value: &Value) -> Result<Value, Error> {
    let words = text(value, "keyword")?;
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == ' ';
    if words.chars().all(plain) {
        return Ok(printed(words));
    }
    Err(invalid(format!("{words:?} is not a keyword")))
}

/// An operator: `&&`, `operator(schema.<->)`.
fn operator(value: &Value) -> Result<Value, Error> {
    let text = text(value, "operator")?;
    let symbols = |text: &str| {
        let known = !text.is_empty() && text.chars().all(|c| "+-*/<>=~!@#%^&|`?".contains(c));
        known && !text.contains("--") && !text.contains("/*")
    };
    let qualified = |text: &str| -> Option<String> {
        let inner = text
            .get(..9)
            .filter(|word| word.eq_ignore_ascii_case("operator("))?;
        let (schema, operator) = text[inner.len()..].strip_suffix(')')?.rsplit_once('.')?;
        let schema = RoutineSignature::name_of(schema.trim())?;
        symbols(operator.trim())
            .then(|| format!("operator({}.{})", quote_ident(&schema), operator.trim()))
    };
    if symbols(text) {
        return Ok(printed(text));
    }
    qualified(text)
        .map(printed)
        .ok_or_else(|| invalid(format!("{text:?} is not an operator")))
}

/// The name of a storage parameter: `fillfactor`, `toast.autovacuum_enabled`.
fn option(value: &Value) -> Result<Value, Error> {
    let parts: Vec<_> = text(value, "option")?.split('.').map(quote_ident).collect();
    Ok(printed(parts.join(".")))
}

/// The value of a storage parameter: numbers and words as they are, the rest as a constant.
fn setting(value: &Value) -> Result<Value, Error> {
    let text = text(value, "setting")?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_');
    if !text.is_empty() && text.chars().all(plain) {
        return Ok(printed(text));
    }
    Ok(printed(quote_literal(text)))
}

/// A name that is written as in SQL: `"C"`, `my.collation`.
fn quoted_name(value: &Value) -> Result<Value, Error> {
    let text = text(value, "collation")?;
    let name = TypeName::parse(text)
        .ok()
        .filter(|name| name.modifiers.is_empty() && !name.array && name.interval_fields.is_none());
    match name {
        Some(name) => Ok(printed(quote_qualified(name.schema.as_deref(), &name.name))),
        None => Err(invalid(format!("{text:?} is not a name"))),
    }
}

/// A role, or one of the words that stand for one.
fn role(value: &Value) -> Result<Value, Error> {
    match text(value, "role")? {
        word @ ("public" | "current_user" | "current_role" | "session_user") => Ok(printed(word)),
        _ => ident(value),
    }
}

/// Lines of a comment.
fn sql_comment(value: &Value) -> Result<Value, Error> {
    let lines: Vec<_> = text(value, "sql_comment")?
        .split(['\n', '\r'])
        .map(|line| format!("-- {line}").trim_end().to_owned())
        .collect();
    Ok(printed(lines.join("\n")))
}
