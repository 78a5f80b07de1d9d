//! `[rules]` of a table or view in TOML.

use super::Rule;
use crate::catalog::{Id, Object, QName};
use crate::kinds::{Kind, Sql, trigger};
use crate::spec::common;
use crate::spec::grammar::{Form, Keys, SqlForm, required};
use crate::spec::reader::Reader;
use crate::spec::value::Value;

/// A rewrite rule.
pub static RULE: Keys = Keys {
    title: "rule",
    doc: "Under its name in `[rules]` of its table or view. A trigger is nearly always the better choice.",
    keys: &[
        required(
            "definition",
            Form::Sql(SqlForm::Statements),
            "The whole statement.",
            "\"create rule no_delete as on delete to tasks do instead nothing\"",
        ),
        trigger::read::ENABLED,
    ],
    shared: &[&common::COMMENT, &common::RENAMED],
    instead: &[],
};

/// The rules of a relation.
pub fn read<'t>(reader: &mut Reader<'t>, relation: &QName, value: Value<'t>) {
    let entries: Vec<_> = value.entries_of("rules").collect();
    for (name, said) in entries {
        let Some(definition) = said.text("definition") else {
            continue;
        };
        let rule = Rule {
            definition: Sql(definition.trim().trim_end_matches(';').to_owned()),
            enabled: trigger::read::enabled(said),
        };
        let mut object = Object::new(rule);
        object.comment = said.text("comment");
        let id = Id::part(Kind::Rule, relation, name.as_str());
        reader.declare_named(id, name, said, object);
    }
}
