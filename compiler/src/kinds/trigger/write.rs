//! A trigger of `[triggers]`.

use super::{Enabled, Events, Timing, Trigger};
use crate::catalog::{Id, Object};
use crate::spec::write::{Table, Writer, attributes};
use crate::sql::quote_ident;

/// What is said of a trigger.
pub fn write(writer: &Writer<'_>, id: &Id, object: &Object, trigger: &Trigger) -> Table {
    let mut table = Table::default();
    attributes(&mut table, object);
    table.flag("constraint", trigger.constraint);
    table.set(
        "fires",
        format!("{} {}", timing(trigger.timing), events(&trigger.events)),
    );
    table.some("for_each", trigger.for_each_row.then_some("row"));
    table.some(
        "from_table",
        trigger.from_table.as_ref().map(|name| writer.name(name)),
    );
    table.flag(
        "deferrable",
        trigger.deferrable && !trigger.initially_deferred,
    );
    table.flag("initially_deferred", trigger.initially_deferred);
    table.some("old_table", trigger.old_table.as_ref());
    table.some("new_table", trigger.new_table.as_ref());
    table.some("when", trigger.when.as_ref().map(|sql| &sql.0));
    table.set("execute", writer.name(&trigger.function));
    table.texts("arguments", &trigger.arguments);
    table.some("enabled", enabled(trigger.enabled));
    writer.equivalents(&mut table, id);
    table
}

/// `enabled`, where it is said.
pub fn enabled(enabled: Enabled) -> Option<&'static str> {
    match enabled {
        Enabled::Origin => None,
        Enabled::Replica => Some("replica"),
        Enabled::Always => Some("always"),
        Enabled::Disabled => Some("disabled"),
    }
}

fn timing(timing: Timing) -> &'static str {
    match timing {
        Timing::Before => "before",
        Timing::After => "after",
        Timing::InsteadOf => "instead of",
    }
}

fn events(events: &Events) -> String {
    let columns: Vec<_> = events
        .update_of
        .iter()
        .map(|column| quote_ident(column))
        .collect();
    let update = if columns.is_empty() {
        "update".to_owned()
    } else {
        format!("update of {}", columns.join(", "))
    };
    let all = [
        (events.insert, "insert"),
        (events.update, update.as_str()),
        (events.delete, "delete"),
        (events.truncate, "truncate"),
    ];
    let words: Vec<&str> = all
        .into_iter()
        .filter(|(fires, _)| *fires)
        .map(|(_, word)| word)
        .collect();
    words.join(" or ")
}
