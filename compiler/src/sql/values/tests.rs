use super::Value::{Bool, Float, Integer};
use super::*;

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn texts(items: &[&str]) -> Value {
    Value::Array(items.iter().map(|item| text(item)).collect())
}

#[track_caller]
fn type_named(name: &str) -> TypeName {
    TypeName::parse(name).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[track_caller]
fn refused(type_name: &str, value: &Value, message: &str) {
    match literal_fits(&type_named(type_name), value) {
        Ok(()) => panic!("{type_name} took {value:?}"),
        Err(reason) => assert!(reason.contains(message), "{type_name} {value:?}: {reason}"),
    }
}

#[test]
fn what_does_not_fit() {
    refused("boolean", &text("true"), "without quotes");
    refused("boolean", &Integer(1), "without quotes");
    refused("smallint", &Integer(40_000), "out of range for `smallint`");
    refused("int", &Integer(3_000_000_000), "out of range");
    refused("int", &Float(1.5), "a whole number");
    refused("int", &text("1"), "a whole number, not the string");
    refused("int", &Bool(true), "a whole number");
    refused("real", &Float(1e39), "out of range for `real`");
    refused(
        "numeric(5,2)",
        &text("1.234"),
        "keeps 2 digits after the point",
    );
    refused(
        "numeric(5,2)",
        &Integer(1000),
        "out of range for `numeric(5,2)`",
    );
    refused("numeric(5,2)", &text("Infinity"), "not a number");
    refused("numeric(2,-2)", &Integer(1234), "would round");
    refused("numeric(2,-2)", &Integer(10_000), "out of range");
    refused("numeric(2,4)", &text("0.1"), "out of range");
    refused("numeric", &text("1,5"), "not a number");
    refused(
        "varchar(3)",
        &text("four"),
        "has 4 characters; `varchar(3)` takes 3",
    );
    refused("text", &Integer(1), "takes a string");
    refused("text", &text("a\0"), "zero byte");
    refused("bit(3)", &text("01"), "takes 3 bits");
    refused("varbit(3)", &text("012"), "bits 0 and 1");
    refused("uuid", &text("a0eebc99"), "not a UUID");
    refused("date", &text("2023-02-29"), "not a date");
    refused("date", &text("1/2/2020"), "not a date");
    refused("date", &text("today"), "now()");
    refused("time", &text("25:00"), "not a time");
    refused("timestamp", &text("2024-01-01 00:00:00Z"), "`timestamptz`");
    refused("timestamptz", &text("2024-01-01 00:00:00"), "00:00:00Z`");
    refused("timestamptz", &text("2024-01-01"), "2024-01-01 00:00:00Z");
    refused("interval", &text("1 fortnight"), "not an interval");
    refused("interval", &text(""), "not an interval");
    refused("json", &text("{a: 1}"), "not JSON");
    refused("jsonb", &text("\"\\u0000\""), "\\u0000");
    refused(
        "jsonb",
        &Value::Array(vec![Float(f64::NAN)]),
        "JSON has no number",
    );
    refused("bytea", &text("\\x0"), "bytes");
    refused("inet", &text("300.1.1.1"), "not an address");
    refused("cidr", &text("10.0.0.1/8"), "right of the mask");
    refused("macaddr", &text("08:00"), "not a `macaddr`");
    refused("int4range", &text("[1;2)"), "not a `int4range`");
    refused("int[]", &Integer(1), "takes an array");
    refused("int[]", &texts(&["a"]), "a whole number");
    refused(
        "int[]",
        &Value::Array(vec![Value::Array(vec![Integer(1)]), Integer(2)]),
        "the same size",
    );
    refused("int", &Value::Array(vec![]), "no array");
    refused("task_status", &Value::Array(vec![]), "no array");
    refused("void", &text("x"), "no constants");
}

#[test]
fn constants_as_sql() {
    for (name, value, sql) in [
        ("boolean", Bool(true), "true"),
        ("int", Integer(-1), "-1"),
        ("float8", Float(0.5), "0.5"),
        ("float8", Float(f64::NEG_INFINITY), "'-Infinity'"),
        ("numeric(10,2)", text("0.10"), "0.10"),
        ("text", text("0.10"), "'0.10'"),
        ("text", text("it's \\"), "E'it''s \\\\'"),
        (
            "jsonb",
            Value::Array(vec![text("a"), Integer(1)]),
            "'[\"a\",1]'",
        ),
        (
            "text[]",
            texts(&["a", "b c", "", "null", "\"\\"]),
            "E'{a,\"b c\",\"\",\"null\",\"\\\\\"\\\\\\\\\"}'",
        ),
        ("int[]", Value::Array(vec![]), "'{}'"),
        (
            "int[]",
            Value::Array(vec![
                Value::Array(vec![Integer(1)]),
                Value::Array(vec![Integer(2)]),
            ]),
            "'{{1},{2}}'",
        ),
    ] {
        assert_eq!(
            literal_fits(&type_named(name), &value),
            Ok(()),
            "{name} {value:?}"
        );
        assert_eq!(literal_sql(&type_named(name), &value), sql);
    }
}
