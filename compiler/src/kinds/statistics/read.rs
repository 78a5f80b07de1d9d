//! `[statistics]` of a table in TOML.

use super::Statistics;
use crate::catalog::{Id, QName};
use crate::kinds::{Kind, Sql};
use crate::spec::common;
use crate::spec::grammar::{Form, Keys, key, required};
use crate::spec::reader::Reader;
use crate::spec::value::Value;

/// Extended statistics.
pub static STATISTICS: Keys = Keys {
    title: "statistics object",
    doc: "Under its name in `[statistics]` of its table or materialized view; a name outside that one's schema is `\"schema.name\"`.",
    keys: &[
        required(
            "keys",
            Form::List(&Form::Text),
            "Columns, and expressions in parentheses.",
            "[\"status\", \"(lower(title))\"]",
        ),
        key(
            "kinds",
            Form::List(&Form::Choice(&["ndistinct", "dependencies", "mcv"])),
            "What is collected; everything when it is left out.",
            "[\"mcv\"]",
        ),
        key(
            "target",
            Form::Integer,
            "`SET STATISTICS`: how much `ANALYZE` collects.",
            "500",
        ),
    ],
    shared: &[&common::COMMENT, &common::OWNER, &common::RENAMED],
    instead: &[("columns", "write `keys = [\"a\", \"b\"]`")],
};

/// The statistics objects of a table or materialized view.
pub fn read<'t>(reader: &mut Reader<'t>, table: &QName, value: Value<'t>) {
    let entries: Vec<_> = value.entries_of("statistics").collect();
    for (name, said) in entries {
        let statistics = Statistics {
            table: table.clone(),
            kinds: said.texts("kinds").into_iter().collect(),
            keys: said.texts("keys").into_iter().map(Sql).collect(),
            target: said.integer("target"),
        };
        let own = reader.resolve_near(name.as_str(), &table.schema);
        let object = common::object(reader, said, statistics);
        let id = Id::new(Kind::Statistics, own.schema, own.name);
        reader.declare_named(id, name, said, object);
    }
}
