use super::{Node, Table, Writer};
use crate::catalog::{Id, Object};
use crate::kinds::{
    Body, collation, default_privileges, event_trigger, extension, publication, role, schema,
};

/// `spec/database.toml`.
pub(super) fn write(writer: &Writer<'_>) -> Table {
    let mut sections = SECTIONS.map(|name| (name, Table::default()));
    let mut defaults = Vec::new();
    for (id, object) in &writer.catalog.objects {
        if matches!(object.body, Body::DefaultPrivileges(_)) {
            defaults.push(Node::from(default_privileges::write::write(
                writer, id, object,
            )));
        } else if let Some((section, name, said)) = entry(writer, id, object)
            && let Some((_, table)) = sections.iter_mut().find(|(name, _)| *name == section)
        {
            table.set(&name, said);
        }
    }
    let mut table = Table::default();
    for (name, section) in sections {
        table.table(name, section);
    }
    table.list("default_privileges", defaults);
    table
}

const SECTIONS: [&str; 6] = [
    "roles",
    "schemas",
    "extensions",
    "collations",
    "publications",
    "event_triggers",
];

/// The section, the name in it, and what is said there.
fn entry(writer: &Writer<'_>, id: &Id, object: &Object) -> Option<(&'static str, String, Table)> {
    let name = id.name.clone();
    Some(match &object.body {
        Body::Role(role) => ("roles", name, role::write::write(object, role)),
        Body::Schema(_) => ("schemas", name, schema::write::write(writer, object)),
        Body::Extension(extension) => (
            "extensions",
            name,
            extension::write::write(object, extension),
        ),
        Body::Collation(collation) => (
            "collations",
            writer.name(&id.qname()),
            collation::write::write(object, collation),
        ),
        Body::Publication(publication) => (
            "publications",
            name,
            publication::write::write(writer, object, publication),
        ),
        Body::EventTrigger(trigger) => (
            "event_triggers",
            name,
            event_trigger::write::write(writer, id, object, trigger),
        ),
        _ => return None,
    })
}
