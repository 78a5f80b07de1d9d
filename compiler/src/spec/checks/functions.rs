//! Functions: their languages, and bodies in SQL.

use super::facts::Facts;
use crate::catalog::Id;
use crate::diagnostics::Diagnostic;
use crate::kinds::extension::Extension;
use crate::kinds::function::{ArgumentMode, Function, RoutineBody};
use crate::spec::suggest;
use crate::spec::value::Value;
use crate::sql;

/// The languages of every database.
const LANGUAGES: &[&str] = &["sql", "plpgsql", "c", "internal"];

/// Languages and the extensions that bring them.
const EXTENSIONS: &[(&str, &str)] = &[
    ("plperl", "plperl"),
    ("plperlu", "plperlu"),
    ("plpython3u", "plpython3u"),
    ("pltcl", "pltcl"),
    ("pltclu", "pltclu"),
    ("plv8", "plv8"),
    ("pljs", "pljs"),
    ("plrust", "plrust"),
];

/// Checks every function.
pub fn check(facts: &Facts<'_, '_>, found: &mut Vec<Diagnostic>) {
    for (id, function, _) in facts.catalog.of::<Function>() {
        found.extend(language(facts, id, function));
        arguments(facts, id, function, found);
        if function.language == "sql" {
            body(facts, id, function, found);
        }
    }
}

fn language(facts: &Facts<'_, '_>, id: &Id, function: &Function) -> Option<Diagnostic> {
    let name = function.language.as_str();
    if name.is_empty() || LANGUAGES.contains(&name) {
        return None;
    }
    let place = facts.place(id, &["language"]);
    let declared = |extension: &str| {
        facts
            .catalog
            .of::<Extension>()
            .any(|(id, _, _)| id.name == extension)
    };
    match EXTENSIONS.iter().find(|(language, _)| *language == name) {
        Some((_, extension)) if declared(extension) => None,
        Some((_, extension)) => {
            let message = format!(
                "language `{name}` comes with the extension `{extension}`, which is not declared"
            );
            let help = format!("add `[extensions.{extension}]` to spec/database.toml");
            Some(Diagnostic::error("unknown-language", place, message).help(help))
        }
        None => {
            let known = LANGUAGES
                .iter()
                .copied()
                .chain(EXTENSIONS.iter().map(|(language, _)| *language));
            let near = suggest::nearest(name, known)?;
            let message = format!("there is no language `{name}`");
            Some(
                Diagnostic::error("unknown-language", place, message)
                    .help(format!("did you mean `{near}`?")),
            )
        }
    }
}

/// A default is followed by defaults only; names are unique (`interpret_function_parameter_list` of `functioncmds.c`).
fn arguments(facts: &Facts<'_, '_>, id: &Id, function: &Function, found: &mut Vec<Diagnostic>) {
    let place = |at: usize| {
        let item = facts
            .value(id, &["arguments"])
            .and_then(|list| list.items().nth(at));
        item.map_or_else(|| facts.place(id, &["arguments"]), Value::place)
    };
    let mut with_default = false;
    for (at, argument) in function.arguments.iter().enumerate() {
        with_default |= argument.default.is_some();
        let input = argument.is_input() && argument.mode != ArgumentMode::Variadic;
        if input && with_default && argument.default.is_none() {
            let message = "an argument after one with a default has a default too";
            found.push(
                Diagnostic::error("argument-default", place(at), message)
                    .help("add `default`, or move it forward"),
            );
        }
        let twin = function.arguments[..at].iter().any(|other| {
            !argument.name.is_empty()
                && other.name == argument.name
                && other.is_input() == argument.is_input()
        });
        if twin {
            let message = format!("two arguments are called `{}`", argument.name);
            found.push(Diagnostic::error("duplicate", place(at), message));
        }
    }
}

/// The statements of a body in SQL, where it is said in the TOML file or in a file beside it.
fn body(facts: &Facts<'_, '_>, id: &Id, function: &Function, found: &mut Vec<Diagnostic>) {
    let RoutineBody::Source(text) = &function.body else {
        return;
    };
    for error in sql::check_statements(text) {
        let place = match facts.value(id, &["body"]) {
            Some(said) => said.place_within(error.range),
            None => facts.body_place(id, error.range),
        };
        found.push(Diagnostic::error("sql-syntax", place, error.message));
    }
}
