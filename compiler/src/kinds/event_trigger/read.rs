//! `[event_triggers]` of `spec/database.toml`.

use super::EventTrigger;
use crate::catalog::Id;
use crate::kinds::{Kind, trigger};
use crate::spec::common;
use crate::spec::grammar::{Form, Keys, key, required};
use crate::spec::reader::Reader;
use crate::spec::value::Value;

/// An event trigger.
pub static EVENT_TRIGGER: Keys = Keys {
    title: "event trigger",
    doc: "",
    keys: &[
        required(
            "event",
            Form::Choice(&[
                "ddl_command_start",
                "ddl_command_end",
                "sql_drop",
                "table_rewrite",
                "login",
            ]),
            "What it fires on.",
            "\"ddl_command_end\"",
        ),
        required("execute", Form::QName, "The function.", "\"log_ddl\""),
        key(
            "tags",
            Form::TEXTS,
            "`WHEN TAG IN`: only for these commands.",
            "[\"CREATE TABLE\"]",
        ),
        trigger::read::ENABLED,
        trigger::read::EQUIVALENT,
    ],
    shared: &[&common::COMMENT, &common::OWNER, &common::RENAMED],
    instead: &[],
};

/// Reads the event triggers.
pub fn read<'t>(reader: &mut Reader<'t>, database: Value<'t>) {
    for (name, said) in database.entries_of("event_triggers") {
        let (Some(event), Some(function)) = (said.text("event"), reader.qname(said, "execute"))
        else {
            continue;
        };
        let event_trigger = EventTrigger {
            event,
            tags: said.texts("tags").into_iter().collect(),
            function,
            enabled: trigger::read::enabled(said),
        };
        let object = common::object(reader, said, event_trigger);
        let id = Id::global(Kind::EventTrigger, name.as_str());
        trigger::read::equivalents(reader, &id, said);
        reader.declare_named(id, name, said, object);
    }
}
