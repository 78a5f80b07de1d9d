//! An enum in TOML: `spec/types/<name>.toml` with `enum`.

use super::Enum;
use crate::catalog::{Id, QName, Rename};
use crate::diagnostics::Diagnostic;
use crate::kinds::Kind;
use crate::spec::common;
use crate::spec::grammar::{Form, Keys, key, required};
use crate::spec::reader::Reader;
use crate::spec::value::Value;
use crate::sql;

/// An enum.
pub static ENUM: Keys = Keys {
    title: "enum",
    doc: "One file in `spec/types/` for each.",
    keys: &[required(
        "enum",
        Form::List(&Form::Either(&Form::Name, &Form::Object(&LABEL))),
        "The labels, in their order.",
        "[\"open\", \"done\"]",
    )],
    shared: &[
        &common::COMMENT,
        &common::OWNER,
        &common::PRIVILEGES,
        &common::RENAMED,
    ],
    instead: &[
        ("labels", "write `enum = [\"open\", \"done\"]`"),
        ("values", "write `enum = [\"open\", \"done\"]`"),
    ],
};

static LABEL: Keys = Keys {
    title: "label",
    doc: "A label of which more is to be said.",
    keys: &[
        required("label", Form::Name, "The label.", "\"done\""),
        key(
            "replaces",
            Form::NAMES,
            "Labels that are gone: rows that have one of them get this one.",
            "[\"archived\"]",
        ),
    ],
    shared: &[&common::RENAMED],
    instead: &[],
};

/// Reads an enum's file.
pub fn read<'t>(reader: &mut Reader<'t>, name: &QName, value: Value<'t>) {
    let id = Id::new(Kind::Enum, &name.schema, &name.name);
    let mut labels: Vec<String> = Vec::new();
    for item in value.items_of("enum") {
        let text = item
            .as_text()
            .map(str::to_owned)
            .or_else(|| item.text("label"));
        let Some(label) = text.filter(|label| fits(reader, item, label, &labels)) else {
            continue;
        };
        renames(reader, &id, &label, item);
        reader.declare_part(&id, &label, item.place());
        labels.push(label);
    }
    for item in value.items_of("enum") {
        still_there(reader, item, &labels);
    }
    let object = common::object(reader, value, Enum { labels });
    reader.renamed(&id, None, value);
    reader.declare(id, value.file().whole(), value, object);
}

fn fits(reader: &mut Reader<'_>, item: Value<'_>, label: &str, labels: &[String]) -> bool {
    if let Some(problem) = sql::name_problem(label) {
        reader.report(Diagnostic::error("bad-name", item.place(), problem));
    }
    if labels.iter().any(|known| known == label) {
        let message = format!("the label `{label}` is there already");
        reader.report(Diagnostic::error("duplicate", item.place(), message));
        return false;
    }
    true
}

/// A label that is there is not replaced.
fn still_there(reader: &mut Reader<'_>, item: Value<'_>, labels: &[String]) {
    for gone in item.items_of("replaces") {
        if let Some(label) = gone
            .as_text()
            .filter(|gone| labels.iter().any(|label| label == gone))
        {
            let message =
                format!("the label `{label}` is in the list, so that nothing replaces it");
            let found = Diagnostic::error("replaced-label", gone.place(), message);
            reader.report(found.help("take it out of `enum`, or out of `replaces`"));
        }
    }
}

fn renames(reader: &mut Reader<'_>, id: &Id, label: &str, item: Value<'_>) {
    reader.renamed(id, Some(label), item);
    for from in item.texts("replaces") {
        let (id, part) = (id.clone(), Some(label.to_owned()));
        reader.spec.catalog.replaced.push(Rename { id, part, from });
    }
}
