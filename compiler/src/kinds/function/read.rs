//! Functions, procedures and aggregates in TOML: `spec/functions/<name>.toml`.

use std::path::Path;

use super::aggregate::Aggregate;
use super::{Argument, ArgumentMode, Function, Parallel, RoutineBody, Volatility};
use crate::catalog::{Id, QName};
use crate::diagnostics::{Diagnostic, Place};
use crate::kinds::{Kind, Sql, trigger};
use crate::spec::common;
use crate::spec::grammar::{Form, Keys, SqlForm, key, required};
use crate::spec::reader::Reader;
use crate::spec::value::Value;
use crate::sql::{self, TypeName};

/// What a file in `spec/functions/` is.
pub static ROUTINES: &[(&str, &Keys)] = &[
    ("overloads", &OVERLOADS),
    ("aggregate", &AGGREGATE),
    ("", &FUNCTION),
];

static ROUTINE: &[(&str, &Keys)] = &[("aggregate", &AGGREGATE), ("", &FUNCTION)];

/// Several routines with one name.
pub static OVERLOADS: Keys = Keys {
    title: "list of overloads",
    doc: "Functions with the same name and different arguments share a file.",
    keys: &[required(
        "overloads",
        Form::List(&Form::Variants(ROUTINE)),
        "The functions, each as in a file of its own.",
        "[{ arguments = [{ type = \"integer\" }], returns = \"text\", language = \"sql\", body = \"select $1::text\" }]",
    )],
    shared: &[],
    instead: &[],
};

/// A function or procedure.
pub static FUNCTION: Keys = Keys {
    title: "function",
    doc: "One file in `spec/functions/` for each name. The body stands in a literal string (`'''…'''`) or in a file \
          with the same name and the extension `.sql` beside it.",
    keys: &[
        key(
            "arguments",
            Form::List(&Form::Object(&ARGUMENT)),
            "The arguments, in order; with `mode = \"table\"` the columns of `RETURNS TABLE`.",
            "[{ name = \"workspace\", type = \"uuid\" }]",
        ),
        key(
            "returns",
            Form::Text,
            "The type of its result; `setof` before it for many. Left out with out arguments.",
            "\"trigger\"",
        ),
        key(
            "procedure",
            Form::Boolean,
            "A procedure: called, and returning nothing.",
            "true",
        ),
        required(
            "language",
            Form::Name,
            "The language of the body.",
            "\"plpgsql\"",
        ),
        key(
            "body",
            Form::Text,
            "The body as its language reads it.",
            "\"select 1\"",
        ),
        key(
            "body_file",
            Form::Text,
            "The file of the body, beside this one, where it is not `<name>.sql`.",
            "\"touch.body.sql\"",
        ),
        key(
            "atomic",
            Form::Sql(SqlForm::Fragment),
            "Or a body in standard SQL: `return …` or `begin atomic … end`.",
            "\"return a + b\"",
        ),
        key(
            "library",
            Form::Object(&LIBRARY),
            "Or a symbol of a shared library.",
            "{ file = \"$libdir/my\", symbol = \"my_function\" }",
        ),
        key(
            "volatility",
            Form::Choice(&["volatile", "stable", "immutable"]),
            "How far the result depends on the arguments alone; `volatile` when it is left out.",
            "\"stable\"",
        ),
        key("strict", Form::Boolean, "Null in, null out.", "true"),
        key(
            "security",
            Form::Choice(&["invoker", "definer"]),
            "With whose rights it runs; `invoker` when it is left out.",
            "\"definer\"",
        ),
        key("leakproof", Form::Boolean, "`LEAKPROOF`.", "true"),
        key(
            "parallel",
            Form::Choice(&["unsafe", "restricted", "safe"]),
            "Whether it can run in a parallel worker; `unsafe` when it is left out.",
            "\"safe\"",
        ),
        key(
            "cost",
            Form::Number,
            "What a call costs the planner.",
            "1000",
        ),
        key(
            "rows",
            Form::Number,
            "How many rows it returns, to the planner's mind.",
            "10",
        ),
        key(
            "support",
            Form::QName,
            "A planner support function.",
            "\"my_support\"",
        ),
        key("window", Form::Boolean, "`WINDOW`.", "true"),
        key(
            "set",
            Form::Map(&Form::Either(&Form::Scalar, &Form::TEXTS)),
            "Settings while it runs.",
            "{ search_path = [\"public\", \"pg_temp\"] }",
        ),
        trigger::read::EQUIVALENT,
        key(
            "transforms",
            Form::List(&Form::Type),
            "`TRANSFORM FOR TYPE`.",
            "[\"hstore\"]",
        ),
    ],
    shared: &[
        &common::COMMENT,
        &common::OWNER,
        &common::PRIVILEGES,
        &common::RENAMED,
    ],
    instead: &[
        ("name", "the file's name is the function's name"),
        (
            "args",
            "write `arguments = [{ name = \"a\", type = \"text\" }]`",
        ),
        (
            "parameters",
            "write `arguments = [{ name = \"a\", type = \"text\" }]`",
        ),
        ("security_definer", "write `security = \"definer\"`"),
        ("return", "write `returns = \"trigger\"`"),
        ("immutable", "write `volatility = \"immutable\"`"),
        ("stable", "write `volatility = \"stable\"`"),
    ],
};

/// An aggregate.
pub static AGGREGATE: Keys = Keys {
    title: "aggregate",
    doc: "An aggregate is a function with `[aggregate]` in the place of a body.",
    keys: &[
        required(
            "aggregate",
            Form::SETTINGS,
            "The parameters of `CREATE AGGREGATE`, by PostgreSQL's names.",
            "{ sfunc = \"int4pl\", stype = \"integer\", initcond = \"0\" }",
        ),
        key(
            "arguments",
            Form::List(&Form::Object(&ARGUMENT)),
            "The arguments, in order; none for `*`.",
            "[{ type = \"integer\" }]",
        ),
        key(
            "order_by",
            Form::List(&Form::Object(&ARGUMENT)),
            "The arguments after `ORDER BY` of an ordered-set aggregate.",
            "[{ type = \"float8\" }]",
        ),
        key(
            "parallel",
            Form::Choice(&["unsafe", "restricted", "safe"]),
            "Whether it can run in a parallel worker; `unsafe` when it is left out.",
            "\"safe\"",
        ),
    ],
    shared: &[
        &common::COMMENT,
        &common::OWNER,
        &common::PRIVILEGES,
        &common::RENAMED,
    ],
    instead: &[],
};

static ARGUMENT: Keys = Keys {
    title: "argument",
    doc: "",
    keys: &[
        required("type", Form::Type, "Its type.", "\"uuid\""),
        key("name", Form::Name, "Its name.", "\"workspace\""),
        key(
            "mode",
            Form::Choice(&["in", "out", "inout", "variadic", "table"]),
            "The direction; `in` when it is left out.",
            "\"out\"",
        ),
        key(
            "default",
            Form::Value,
            "A constant that fits the type, or an expression: `default.sql = \"now()\"`.",
            "0",
        ),
    ],
    shared: &[],
    instead: &[],
};

static LIBRARY: Keys = Keys {
    title: "library function",
    doc: "",
    keys: &[
        required("file", Form::Text, "The shared library.", "\"$libdir/my\""),
        required("symbol", Form::Text, "The symbol in it.", "\"my_function\""),
    ],
    shared: &[],
    instead: &[],
};

/// Reads a file of functions.
pub fn read<'t>(reader: &mut Reader<'t>, name: &QName, value: Value<'t>) {
    if value.get("overloads").is_none() {
        return routine(reader, name, value, value.file().whole());
    }
    for said in value.items_of("overloads") {
        routine(reader, name, said, said.place());
    }
}

fn routine<'t>(reader: &mut Reader<'t>, name: &QName, said: Value<'t>, place: Place) {
    let arguments = arguments(reader, said, "arguments");
    if said.get("aggregate").is_some() {
        return aggregate(reader, name, said, place, arguments);
    }
    let Some(body) = body(reader, name, said) else {
        return;
    };
    let id = Id::new(
        Kind::Function,
        &name.schema,
        signature(&name.name, &arguments),
    );
    let function = function(reader, &name.name, said, arguments, body);
    let object = common::object(reader, said, function);
    trigger::read::equivalents(reader, &id, said);
    reader.renamed(&id, None, said);
    reader.declare(id, place, said, object);
}

fn function(
    reader: &mut Reader<'_>,
    name: &str,
    said: Value<'_>,
    arguments: Vec<Argument>,
    body: RoutineBody,
) -> Function {
    Function {
        name: name.to_owned(),
        procedure: said.flag("procedure"),
        window: said.flag("window"),
        returns: returns(reader, said, &arguments),
        arguments,
        language: said.text("language").unwrap_or_default(),
        body,
        volatility: volatility(said),
        strict: said.flag("strict"),
        security_definer: said.text("security").as_deref() == Some("definer"),
        leakproof: said.flag("leakproof"),
        parallel: parallel(said),
        cost: number(said, "cost"),
        rows: number(said, "rows"),
        support: reader.qname(said, "support"),
        set: said
            .entries_of("set")
            .map(|(name, value)| (name.to_string(), setting(value)))
            .collect(),
        transforms: said
            .texts("transforms")
            .iter()
            .map(|text| reader.type_name(text))
            .collect(),
    }
}

fn aggregate<'t>(
    reader: &mut Reader<'t>,
    name: &QName,
    said: Value<'t>,
    place: Place,
    arguments: Vec<Argument>,
) {
    let order_by = said
        .get("order_by")
        .map(|_| self::arguments(reader, said, "order_by"));
    let mut all = arguments.clone();
    // The variadic argument of a hypothetical-set aggregate is said on both sides and is one argument.
    let last = arguments
        .last()
        .filter(|last| last.mode == ArgumentMode::Variadic);
    let skipped =
        usize::from(last.is_some_and(|last| order_by.iter().flatten().next() == Some(last)));
    all.extend(order_by.iter().flatten().skip(skipped).cloned());
    let aggregate = Aggregate {
        name: name.name.clone(),
        arguments,
        order_by,
        parameters: said.settings("aggregate").into_iter().collect(),
        parallel: parallel(said),
    };
    let object = common::object(reader, said, aggregate);
    let id = Id::new(Kind::Aggregate, &name.schema, signature(&name.name, &all));
    reader.renamed(&id, None, said);
    reader.declare(id, place, said, object);
}

/// The name with the input types, as `regprocedure` prints it.
pub fn signature(name: &str, arguments: &[Argument]) -> String {
    let inputs = arguments.iter().filter(|argument| argument.is_input());
    let types: Vec<&str> = inputs.map(|argument| argument.data_type.as_str()).collect();
    format!("{name}({})", types.join(", "))
}

impl Argument {
    /// Whether a caller gives it a value.
    pub fn is_input(&self) -> bool {
        !matches!(self.mode, ArgumentMode::Out | ArgumentMode::Table)
    }
}

fn arguments(reader: &mut Reader<'_>, said: Value<'_>, key: &str) -> Vec<Argument> {
    let items: Vec<_> = said.items_of(key).collect();
    items
        .into_iter()
        .map(|item| argument(reader, item))
        .collect()
}

fn argument(reader: &mut Reader<'_>, said: Value<'_>) -> Argument {
    let data_type = reader.type_of(said, "type");
    let default = crate::kinds::table::read::column::default(reader, said, data_type.as_ref());
    let without_modifiers = data_type.map(|data_type| TypeName {
        modifiers: Vec::new(),
        interval_fields: None,
        ..data_type
    });
    Argument {
        name: said.text("name").unwrap_or_default(),
        mode: match said.text("mode").as_deref() {
            Some("out") => ArgumentMode::Out,
            Some("inout") => ArgumentMode::Inout,
            Some("variadic") => ArgumentMode::Variadic,
            Some("table") => ArgumentMode::Table,
            _ => ArgumentMode::In,
        },
        data_type: without_modifiers
            .map(|data_type| data_type.to_string())
            .unwrap_or_default(),
        default,
    }
}

/// As the server prints it.
fn returns(reader: &mut Reader<'_>, said: Value<'_>, arguments: &[Argument]) -> Option<String> {
    if said.flag("procedure") {
        return None;
    }
    let Some(value) = said.get("returns") else {
        return Some(derived_result(arguments));
    };
    let text = value.as_text()?.trim();
    let (setof, name) = match text.get(..6) {
        Some(word) if word.eq_ignore_ascii_case("setof ") => ("SETOF ", text.get(6..)?),
        _ => ("", text),
    };
    match TypeName::parse(name) {
        Ok(data_type) => {
            let bare = TypeName {
                modifiers: Vec::new(),
                interval_fields: None,
                ..data_type
            };
            Some(format!(
                "{setof}{}",
                bare.relative_to(reader.default_schema())
            ))
        }
        Err(error) => {
            let start = text.len() - name.len() + error.range.start;
            let place = value.place_within(start..start + error.range.len());
            reader.report(Diagnostic::error("type-syntax", place, error.message));
            None
        }
    }
}

/// What a function returns that only has out arguments or table columns.
pub fn derived_result(arguments: &[Argument]) -> String {
    let table: Vec<String> = arguments
        .iter()
        .filter(|argument| argument.mode == ArgumentMode::Table)
        .map(|argument| {
            format!(
                "{} {}",
                sql::quote_ident(&argument.name),
                argument.data_type
            )
        })
        .collect();
    if !table.is_empty() {
        return format!("TABLE({})", table.join(", "));
    }
    let mut out = arguments
        .iter()
        .filter(|argument| matches!(argument.mode, ArgumentMode::Out | ArgumentMode::Inout));
    match (out.next(), out.next()) {
        (None, _) => "void".to_owned(),
        (Some(only), None) => only.data_type.clone(),
        _ => "record".to_owned(),
    }
}

fn body(reader: &mut Reader<'_>, name: &QName, said: Value<'_>) -> Option<RoutineBody> {
    if let Some(text) = said.text("body") {
        return Some(RoutineBody::Source(text));
    }
    if let Some(text) = said.text("atomic") {
        return Some(RoutineBody::Atomic(Sql(text)));
    }
    if let Some(library) = said.get("library") {
        return Some(RoutineBody::Library {
            library: library.text("file")?,
            symbol: library.text("symbol")?,
        });
    }
    body_beside(reader, name, said)
}

/// The body in a file beside the TOML file.
fn body_beside(reader: &mut Reader<'_>, name: &QName, said: Value<'_>) -> Option<RoutineBody> {
    let own = &said.file().path;
    let path = match said.text("body_file") {
        Some(file) => own.parent().unwrap_or(Path::new("")).join(file),
        None => own.with_extension("sql"),
    };
    if let Some(file) = reader.text_file(&path) {
        return Some(RoutineBody::Source(file.text.clone()));
    }
    let place = said
        .get("body_file")
        .map_or_else(|| said.place(), Value::place);
    let message = format!("function `{}` has no body", name.name);
    reader.report(
        Diagnostic::error("missing-body", place, message).help(format!(
            "add `body = '''…'''`, or the file {}",
            path.display()
        )),
    );
    None
}

fn volatility(said: Value<'_>) -> Volatility {
    match said.text("volatility").as_deref() {
        Some("stable") => Volatility::Stable,
        Some("immutable") => Volatility::Immutable,
        _ => Volatility::Volatile,
    }
}

fn parallel(said: Value<'_>) -> Parallel {
    match said.text("parallel").as_deref() {
        Some("safe") => Parallel::Safe,
        Some("restricted") => Parallel::Restricted,
        _ => Parallel::Unsafe,
    }
}

fn number(said: Value<'_>, key: &str) -> Option<f32> {
    said.get(key)?.as_scalar()?.parse().ok()
}

/// As `pg_get_functiondef` prints the value: each text as a constant.
fn setting(value: Value<'_>) -> String {
    if let Some(text) = value.as_scalar() {
        return sql::quote_literal(&text);
    }
    let items = value.items().filter_map(Value::as_text);
    items.map(sql::quote_literal).collect::<Vec<_>>().join(", ")
}
