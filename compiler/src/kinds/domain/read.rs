//! A domain in TOML: `spec/types/<name>.toml` with `domain`.

use super::{Domain, DomainCheck};
use crate::catalog::{Id, QName};
use crate::diagnostics::Diagnostic;
use crate::kinds::{Kind, Model, Sql};
use crate::spec::grammar::{Form, Keys, key, required};
use crate::spec::reader::Reader;
use crate::spec::value::Value;
use crate::spec::{common, literal};

/// A domain.
pub static DOMAIN: Keys = Keys {
    title: "domain",
    doc: "One file in `spec/types/` for each.",
    keys: &[
        required("domain", Form::Type, "The type below it.", "\"text\""),
        key(
            "default",
            Form::Value,
            "A constant that fits the type, or an expression: `default.sql = \"now()\"`.",
            "\"#888888\"",
        ),
        key(
            "not_null",
            Form::Boolean,
            "No value of it is null. On the column is the better place.",
            "true",
        ),
        key(
            "not_null_constraint",
            Form::Object(&NOT_NULL),
            "What is special about the constraint of `not_null`.",
            "{ name = \"color_is_known\" }",
        )
        .since(17),
        key(
            "collation",
            Form::QName,
            "How texts are ordered, where it is not the type's way.",
            "\"C\"",
        ),
        key(
            "checks",
            Form::Map(&Form::Either(&Form::EXPRESSION, &Form::Object(&CHECK))),
            "What holds for every `value`.",
            "{ hex_color_check = \"value ~ '^#[0-9a-f]{6}$'\" }",
        ),
    ],
    shared: &[
        &common::COMMENT,
        &common::OWNER,
        &common::PRIVILEGES,
        &common::RENAMED,
    ],
    instead: &[
        ("type", "write `domain = \"text\"`"),
        (
            "check",
            "write `[checks]` with a name: `color_check = \"…\"`",
        ),
        (
            "nullable",
            "a domain takes null unless `not_null = true` is said",
        ),
    ],
};

static NOT_NULL: Keys = Keys {
    title: "not-null constraint of a domain",
    doc: "",
    keys: &[key(
        "name",
        Form::Name,
        "Its name, where it is not the one PostgreSQL would choose.",
        "\"color_is_known\"",
    )],
    shared: &[&common::COMMENT],
    instead: &[],
};

static CHECK: Keys = Keys {
    title: "check of a domain",
    doc: "",
    keys: &[
        required(
            "expression",
            Form::EXPRESSION,
            "What holds for every `value`.",
            "\"value > 0\"",
        ),
        key(
            "not_valid",
            Form::Boolean,
            "`NOT VALID`: existing values are not checked.",
            "true",
        ),
    ],
    shared: &[&common::COMMENT, &common::RENAMED],
    instead: &[],
};

/// Reads a domain's file.
pub fn read<'t>(reader: &mut Reader<'t>, name: &QName, value: Value<'t>) {
    let id = Id::new(Kind::Domain, &name.schema, &name.name);
    let checks: Vec<_> = value.entries_of("checks").collect();
    for (name, said) in &checks {
        reader.renamed(&id, Some(name.as_str()), *said);
        reader.declare_part(&id, name.as_str(), name.place());
    }
    let not_null = value.get("not_null_constraint");
    let constraint = |key| not_null.and_then(|said| said.text(key));
    let domain = Domain {
        data_type: reader.type_text(value, "domain"),
        collation: reader.collation(value, "collation"),
        default: None,
        not_null: value.flag("not_null"),
        not_null_name: constraint("name"),
        not_null_comment: constraint("comment"),
        checks: checks
            .iter()
            .filter_map(|(name, said)| check(name.as_str(), *said))
            .collect(),
    };
    let object = common::object(reader, value, domain);
    reader.renamed(&id, None, value);
    reader.declare(id, value.file().whole(), value, object);
}

fn check(name: &str, said: Value<'_>) -> Option<DomainCheck> {
    let text = said
        .as_text()
        .map(str::to_owned)
        .or_else(|| said.text("expression"))?;
    Some(DomainCheck {
        name: name.to_owned(),
        expression: Sql(text.trim().to_owned()),
        not_valid: said.flag("not_valid"),
        comment: said.text("comment"),
    })
}

/// The defaults of all domains, once all types are known: a domain can be over a domain or an enum.
pub fn defaults(reader: &mut Reader<'_>) {
    let all: Vec<Id> = reader
        .spec
        .catalog
        .of::<Domain>()
        .map(|(id, _, _)| id.clone())
        .collect();
    for id in all {
        let Some(said) = reader.value_at(&id, &["default"]) else {
            continue;
        };
        let data_type = reader
            .value_at(&id, &[])
            .and_then(|value| reader.type_of(value, "domain"));
        let Some(data_type) = data_type else {
            continue;
        };
        match literal::expression(said, &data_type, &reader.spec.catalog) {
            Ok(sql) => set(reader, &id, sql),
            Err(mismatch) => {
                let mut found = Diagnostic::error("default-type", said.place(), mismatch.message);
                found.help = mismatch.help;
                reader.report(found);
            }
        }
    }
}

fn set(reader: &mut Reader<'_>, id: &Id, default: Sql) {
    let object = reader.spec.catalog.objects.get_mut(id);
    if let Some(domain) = object.and_then(|object| Domain::from_body_mut(&mut object.body)) {
        domain.default = Some(default);
    }
}
