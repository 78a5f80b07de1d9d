use tablec::sql::{quote_ident, quote_literal};

use super::gene::{Choices, Part};
use super::world::{ROLES, Relation, World};

/// What speaks of other objects: publications, event triggers, grants, default privileges, owners, comments.
pub fn build(world: &mut World) {
    publication(world);
    event_trigger(world);
    for (_, choices) in world.parts(Part::Grant) {
        grant(world, choices);
    }
    for (_, choices) in world.parts(Part::Owner) {
        owner(world, choices);
    }
    for (_, choices) in world.parts(Part::Comment) {
        comment(world, choices);
    }
    default_privileges(world);
}

fn publication(world: &mut World) {
    let Some(mut choices) = world.part(Part::Publication, 0) else {
        return;
    };
    let name = world.global("publication");
    let tables: Vec<Relation> = world
        .tables
        .iter()
        .filter(|table| !table.foreign && !table.unlogged)
        .cloned()
        .collect();
    let table = tables.get(choices.below(tables.len()));
    let filter = choices.maybe(30, " where (a > 1)");
    // A partitioned table has neither without being published as such.
    let whole = if table.is_some_and(|table| table.partitioned) {
        ""
    } else {
        filter
    };
    let columns = choices.maybe(30, " (a)");
    let partitioned = table.is_some_and(|table| table.partitioned);
    let columns = if partitioned { "" } else { columns };
    let of = match (choices.below(4), table) {
        // A table's heirs are published with it.
        _ if world.tables.iter().any(|table| table.unlogged) => String::new(),
        (1, _) => format!(" for tables in schema {}", world.schema(1)),
        (2, Some(table)) if columns.is_empty() => format!(
            " for table {}{whole}, tables in schema {}",
            table.name,
            world.schema(1)
        ),
        (3, _) | (_, None) => String::new(),
        (_, Some(table)) => format!(" for table {}{columns}{whole}", table.name),
    };
    let options = choices.of(&[
        "",
        " with (publish = 'insert, delete')",
        " with (publish_via_partition_root = true)",
    ]);
    world.run(format!("create publication {name}{of}{options}"));
    world.note_owned(format!("publication {name}"));
}

fn event_trigger(world: &mut World) {
    let Some(mut choices) = world.part(Part::EventTrigger, 0) else {
        return;
    };
    let function = world.name("watch", 0);
    world.run(format!("create function {function}() returns event_trigger language plpgsql as $$ begin perform 1; end $$"));
    let name = world.global("Watcher");
    let event = choices.of(&[
        "ddl_command_end",
        "ddl_command_start",
        "sql_drop",
        "ddl_command_end when tag in ('CREATE TABLE', 'DROP TABLE')",
    ]);
    world.run(format!(
        "create event trigger {name} on {event} execute function {function}()"
    ));
    let enabled = choices.of(&["", "disable", "enable always", ""]);
    if !enabled.is_empty() {
        world.run(format!("alter event trigger {name} {enabled}"));
    }
    world.note_owned(format!("event trigger {name}"));
}

fn grant(world: &mut World, mut choices: Choices) {
    let at = choices.below(world.granted.len());
    let Some((privileges, object)) = world.granted.get(at).cloned() else {
        return;
    };
    let role = choices
        .of(&["public", &quote_ident(ROLES[0]), &quote_ident(ROLES[1])])
        .to_owned();
    let privilege = choices.of(privileges);
    // Procedures and functions are granted alike; what everybody has can be taken. What an index of another owner calls, the
    // server would call for nobody then.
    let called = |name: String| object.starts_with(&format!("function {name}("));
    let called = world.function(0).is_some_and(called) && !world.parts(Part::Owner).is_empty();
    let can_go = object.starts_with("function") || object.starts_with("type");
    if choices.chance(30) && can_go && !called {
        return world.run(format!("revoke all on {object} from public"));
    }
    let option = if role == "public" {
        ""
    } else {
        choices.maybe(25, " with grant option")
    };
    world.run(format!("grant {privilege} on {object} to {role}{option}"));
}

fn owner(world: &mut World, mut choices: Choices) {
    let at = choices.below(world.owned.len());
    let Some(object) = world.owned.get(at).cloned() else {
        return;
    };
    // A superuser's, always.
    if object.starts_with("event trigger") || object.starts_with("foreign data wrapper") {
        return;
    }
    world.run(format!("alter {object} owner to {}", quote_ident(ROLES[1])));
}

fn comment(world: &mut World, mut choices: Choices) {
    let at = choices.below(world.commented.len());
    if let Some(object) = world.commented.get(at).cloned() {
        let text = super::world::comment(&mut choices);
        world.run(format!("comment on {object} is {text}"));
    }
}

fn default_privileges(world: &mut World) {
    let Some(mut choices) = world.part(Part::DefaultPrivileges, 0) else {
        return;
    };
    let schema = world.schema(choices.below(2));
    let what = choices.of(&[
        "grant select on tables",
        "grant all on sequences",
        "grant execute on functions",
        "grant usage on types",
    ]);
    let of = if choices.chance(40) {
        format!(" for role {}", quote_ident(ROLES[1]))
    } else {
        String::new()
    };
    world.run(format!(
        "alter default privileges{of} in schema {schema} {what} to {}",
        quote_ident(ROLES[0])
    ));
}

/// The second schema's own attributes.
pub fn schema(world: &mut World) {
    let Some(mut choices) = world.part(Part::Schema, 0) else {
        return;
    };
    let name = world.schema(1);
    world.note_owned(format!("schema {name}"));
    world
        .granted
        .push((&["usage", "create"], format!("schema {name}")));
    if choices.chance(50) {
        world.run(format!(
            "comment on schema {name} is {}",
            quote_literal("the other one")
        ));
    }
}
