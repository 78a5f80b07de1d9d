//! An event trigger of `[event_triggers]`.

use super::EventTrigger;
use crate::catalog::{Id, Object};
use crate::kinds::trigger::write::enabled;
use crate::spec::write::{Table, Writer, attributes};

/// What is said of an event trigger.
pub fn write(writer: &Writer<'_>, id: &Id, object: &Object, trigger: &EventTrigger) -> Table {
    let mut table = Table::default();
    attributes(&mut table, object);
    table.set("event", &trigger.event);
    table.texts("tags", &trigger.tags);
    table.set("execute", writer.name(&trigger.function));
    table.some("enabled", enabled(trigger.enabled));
    writer.equivalents(&mut table, id);
    table
}
