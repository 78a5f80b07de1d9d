use super::{Node, Table, Writer};
use crate::catalog::{Id, Object};
use crate::kinds::{
    Body, collation, default_privileges, event_trigger, extension, publication, role, schema,
};

/// `spec/database.toml`.
pub(super) fn write(writer: &Writer<'_>) -> Table {
    let mut table = Table::default();
    let named =
        |key: &str, table: &mut Table, write: &dyn Fn(&Id, &Object) -> Option<(String, Table)>| {
            let mut all = Table::default();
            for (id, object) in &writer.catalog.objects {
                if let Some((name, said)) = write(id, object) {
                    all.set(&name, said);
                }
            }
            table.table(key, all);
        };
    named("roles", &mut table, &|id, object| match &object.body {
        Body::Role(role) => Some((id.name.clone(), role::write::write(object, role))),
        _ => None,
    });
    named("schemas", &mut table, &|id, object| {
        schema::write::write(writer, id, object)
    });
    named("extensions", &mut table, &|id, object| match &object.body {
        Body::Extension(extension) => {
            Some((id.name.clone(), extension::write::write(object, extension)))
        }
        _ => None,
    });
    named("collations", &mut table, &|id, object| match &object.body {
        Body::Collation(collation) => Some((
            writer.name(&id.qname()),
            collation::write::write(object, collation),
        )),
        _ => None,
    });
    table.list("default_privileges", defaults(writer));
    named(
        "publications",
        &mut table,
        &|id, object| match &object.body {
            Body::Publication(publication) => Some((
                id.name.clone(),
                publication::write::write(writer, object, publication),
            )),
            _ => None,
        },
    );
    named(
        "event_triggers",
        &mut table,
        &|id, object| match &object.body {
            Body::EventTrigger(trigger) => Some((
                id.name.clone(),
                event_trigger::write::write(writer, object, trigger),
            )),
            _ => None,
        },
    );
    table
}

fn defaults(writer: &Writer<'_>) -> Vec<Node> {
    let all = writer.catalog.objects.iter();
    let defaults = all.filter(|(_, object)| matches!(object.body, Body::DefaultPrivileges(_)));
    defaults
        .map(|(id, object)| Node::from(default_privileges::write::write(writer, id, object)))
        .collect()
}
