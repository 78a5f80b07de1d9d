//! Functions, procedures and aggregates as files of `spec/functions/`.

use super::aggregate::Aggregate;
use super::read::derived_result;
use super::{Argument, ArgumentMode, Function, Parallel, RoutineBody, Volatility};
use crate::catalog::{Id, Object};
use crate::diagnostics::SourceFile;
use crate::kinds::{Body, Kind};
use crate::spec::write::{
    Node, Table, Writer, attributes, constants, document, privileges, scalar,
};

/// The file of the routines that have a name, and of bodies that TOML can't hold as they are.
pub fn file(writer: &Writer<'_>, path: &str, objects: &[(&Id, &Object)]) -> Vec<SourceFile> {
    let mut files = Vec::new();
    let mut all = Vec::new();
    for (number, (id, object)) in objects.iter().enumerate() {
        let (mut table, body) = routine(writer, id, object);
        match body {
            Some(body) if !body.contains('\n') || document::is_literal(body) => {
                table.set("body", body);
            }
            Some(body) => {
                let beside = if objects.len() == 1 {
                    path.to_owned()
                } else {
                    format!("{path}.{}", number + 1)
                };
                if objects.len() > 1 {
                    let name = beside.rsplit('/').next().unwrap_or_default();
                    table.set("body_file", format!("{name}.sql"));
                }
                files.push(SourceFile::new(format!("{beside}.sql"), body.clone()));
            }
            None => {}
        }
        all.push(table);
    }
    let document = match <[Table; 1]>::try_from(all) {
        Ok([only]) => only.document(),
        Err(many) => {
            let mut table = Table::default();
            table.list("overloads", many.into_iter().map(Node::from).collect());
            table.document()
        }
    };
    files.push(SourceFile::new(format!("{path}.toml"), document));
    files
}

/// What is said of a routine, and its body where that is a text.
fn routine<'o>(writer: &Writer<'_>, id: &Id, object: &'o Object) -> (Table, Option<&'o String>) {
    let mut table = Table::default();
    attributes(&mut table, object);
    match &object.body {
        Body::Function(model) => {
            function(writer, &mut table, model);
            writer.equivalents(&mut table, id);
            privileges(writer, &mut table, Kind::Function, &object.privileges, []);
            match &model.body {
                RoutineBody::Source(source) => (table, Some(source)),
                _ => (table, None),
            }
        }
        Body::Aggregate(model) => {
            aggregate(writer, &mut table, model);
            privileges(writer, &mut table, Kind::Aggregate, &object.privileges, []);
            (table, None)
        }
        _ => (table, None),
    }
}

fn function(writer: &Writer<'_>, table: &mut Table, function: &Function) {
    table.flag("procedure", function.procedure);
    table.list("arguments", arguments(writer, &function.arguments));
    table.some("returns", returns(writer, function));
    table.set("language", &function.language);
    match &function.body {
        RoutineBody::Source(_) => {}
        RoutineBody::Atomic(sql) => table.set("atomic", &sql.0),
        RoutineBody::Library { library, symbol } => {
            let mut said = Table::default();
            said.set("file", library);
            said.set("symbol", symbol);
            table.set("library", said);
        }
    }
    table.some(
        "volatility",
        match function.volatility {
            Volatility::Volatile => None,
            Volatility::Stable => Some("stable"),
            Volatility::Immutable => Some("immutable"),
        },
    );
    table.flag("strict", function.strict);
    table.some("security", function.security_definer.then_some("definer"));
    table.flag("leakproof", function.leakproof);
    table.some("parallel", parallel(function.parallel));
    table.some(
        "cost",
        function.cost.map(|cost| Node::Bare(cost.to_string())),
    );
    table.some(
        "rows",
        function.rows.map(|rows| Node::Bare(rows.to_string())),
    );
    table.some(
        "support",
        function.support.as_ref().map(|name| writer.name(name)),
    );
    table.flag("window", function.window);
    table.texts(
        "transforms",
        function
            .transforms
            .iter()
            .map(|name| writer.type_text(name)),
    );
    table.table("set", settings(function));
}

/// Left out where the arguments say it, and spelled short.
fn returns(writer: &Writer<'_>, function: &Function) -> Option<String> {
    let text = function.returns.as_ref()?;
    if *text == derived_result(&function.arguments) && text != "void" {
        return None;
    }
    match text.strip_prefix("SETOF ") {
        Some(name) => Some(format!("setof {}", writer.type_text(name))),
        None => Some(writer.type_text(text)),
    }
}

fn settings(function: &Function) -> Table {
    let mut set = Table::in_order();
    for (name, value) in &function.set {
        match constants(value).unwrap_or_default().as_slice() {
            [one] if name != "search_path" => set.set(name, scalar(one)),
            many => set.set(name, Node::List(many.iter().map(Node::from).collect())),
        }
    }
    set
}

fn aggregate(writer: &Writer<'_>, table: &mut Table, aggregate: &Aggregate) {
    table.list("arguments", arguments(writer, &aggregate.arguments));
    table.some(
        "order_by",
        aggregate
            .order_by
            .as_ref()
            .map(|order_by| arguments(writer, order_by)),
    );
    table.some("parallel", parallel(aggregate.parallel));
    let mut parameters = Table::default();
    for (name, value) in &aggregate.parameters {
        parameters.set(name, scalar(value));
    }
    table.set("aggregate", parameters);
}

fn arguments(writer: &Writer<'_>, arguments: &[Argument]) -> Vec<Node> {
    arguments
        .iter()
        .map(|argument| Node::from(self::argument(writer, argument)))
        .collect()
}

fn argument(writer: &Writer<'_>, argument: &Argument) -> Table {
    let mut table = Table::default();
    table.some(
        "name",
        (!argument.name.is_empty()).then_some(&argument.name),
    );
    table.some(
        "mode",
        match argument.mode {
            ArgumentMode::In => None,
            ArgumentMode::Out => Some("out"),
            ArgumentMode::Inout => Some("inout"),
            ArgumentMode::Variadic => Some("variadic"),
            ArgumentMode::Table => Some("table"),
        },
    );
    table.set("type", writer.type_text(&argument.data_type));
    writer.default(&mut table, argument.default.as_ref(), &argument.data_type);
    table
}

fn parallel(parallel: Parallel) -> Option<&'static str> {
    match parallel {
        Parallel::Unsafe => None,
        Parallel::Restricted => Some("restricted"),
        Parallel::Safe => Some("safe"),
    }
}
