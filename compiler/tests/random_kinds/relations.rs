use tablec::sql::{quote_ident, quote_literal};

use super::gene::{Choices, Part};
use super::routines::{operator_class_of, trigger_function_of};
use super::types::{collate, extension_of};
use super::world::{Class, Column, ROLES, Relation, World};

/// Views, materialized views, and what belongs to relations: indexes, statistics, triggers, policies, rules.
pub fn build(world: &mut World) {
    for (number, choices) in world.parts(Part::View) {
        view(world, number, choices);
    }
    for (number, choices) in world.parts(Part::Materialized) {
        materialized(world, number, choices);
    }
    for (number, choices) in world.parts(Part::Index) {
        index(world, number, choices);
    }
    if let Some(choices) = world.part(Part::Statistics, 0) {
        statistics(world, choices);
    }
    for (number, choices) in world.parts(Part::Trigger) {
        trigger(world, number, choices);
    }
    for (number, choices) in world.parts(Part::Policy) {
        policy(world, number, choices);
    }
    for (number, choices) in world.parts(Part::Rule) {
        rule(world, number, choices);
    }
}

const VIEWS: [&str; 5] = ["v0", "View 1", "v2", "v3", "table"];

fn view(world: &mut World, number: usize, mut choices: Choices) {
    let name = world.name(VIEWS[number], number);
    let Some((query, columns)) = query(world, &mut choices, &name) else {
        return;
    };
    let plain = !query.contains(" group by ")
        && !query.contains("union")
        && !query.contains(" join ")
        && !query.contains("over (")
        && !query.contains("recursive");
    let options = match choices.below(6) {
        1 => " with (security_barrier)",
        2 => " with (security_invoker = true)",
        3 if plain => " with (check_option = local)",
        _ => "",
    };
    world.run(format!("create view {name}{options} as {query}"));
    if choices.chance(15) {
        world.run(format!("alter view {name} alter column a set default 9"));
    }
    world.note_owned(format!("view {name}"));
    note_columns(world, &name, &columns);
    world
        .granted
        .push((&["select", "all", "insert (a)"], format!("table {name}")));
    // What reads a view that needs a primary key is dumped in one part or in two, by which of them was made first.
    if query.ends_with(" group by a") && !query.contains("count(*)") {
        return;
    }
    world.views.push(Relation {
        name,
        columns,
        ..Relation::default()
    });
}

fn note_columns(world: &mut World, name: &str, columns: &[Column]) {
    for column in columns {
        world.note(format!("column {name}.{}", column.name));
    }
}

fn computed(name: &str) -> Column {
    Column {
        name: name.to_owned(),
        data_type: String::new(),
        definition: String::new(),
        class: Class::Number,
        nullable: true,
        filled: true,
        generated: true,
    }
}

/// A query over a table or view, with its columns. The first is `a`.
fn query(world: &World, choices: &mut Choices, view: &str) -> Option<(String, Vec<Column>)> {
    let of = |name: &str| quote_ident(&format!("{name} of {}", view.replace('"', ""))).into_owned();
    let over = world.relation(choices)?;
    let (from, first) = (&over.name, over.columns[0].clone());
    let other = world.relation(choices)?;
    let mut some: Vec<Column> = over
        .columns
        .iter()
        .filter(|_| choices.chance(60))
        .cloned()
        .collect();
    some.retain(|column| column.name != "a");
    some.insert(0, first.clone());
    let list = |alias: &str| {
        some.iter()
            .map(|column| format!("{alias}{}", column.name))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let more = |name: &str| [some.clone(), vec![computed(name)]].concat();
    let double = world.function(0);
    Some(match choices.below(11) {
        1 => (format!("select {} from {from} where a > 0", list("")), some),
        2 => (
            format!("select a, count(*) as n from {from} group by a"),
            vec![first, computed("n")],
        ),
        3 if double.is_some() => (
            format!(
                "select {}, {}(a::integer) as {} from {from}",
                list(""),
                double?,
                of("doubled up")
            ),
            more(&of("doubled up")),
        ),
        4 => (
            format!(
                "select {}, u.a as {} from {from} o join {} u on o.a = u.a",
                list("o."),
                of("other_a"),
                other.name
            ),
            more(&of("other_a")),
        ),
        5 => (
            format!(
                "with recursive r(a) as (select a from {from} union all select a + 1 from r where a < 3) select a from r"
            ),
            vec![first],
        ),
        6 => (
            format!("select a from {from} union select a from {}", other.name),
            vec![first],
        ),
        7 if over.key => (format!("select {} from {from} group by a", list("")), some),
        8 => (
            format!(
                "select {}, row_number() over (order by a) as {} from {from}",
                list(""),
                of("place")
            ),
            more(&of("place")),
        ),
        9 => (
            format!(
                "select {}, (select max(x.a) from {} x) as {} from {from}",
                list(""),
                other.name,
                of("most")
            ),
            more(&of("most")),
        ),
        10 => (
            format!("select a, o::text as whole from {from} o"),
            vec![first, computed("whole")]
                .into_iter()
                .map(|mut column| {
                    column.class = if column.name == "whole" {
                        Class::Text
                    } else {
                        column.class
                    };
                    column
                })
                .collect(),
        ),
        _ => (format!("select {} from {from}", list("")), some),
    })
}

fn materialized(world: &mut World, number: usize, mut choices: Choices) {
    let name = world.name(["mat", "Mat 1"][number], number);
    let Some((query, columns)) = query(world, &mut choices, &name) else {
        return;
    };
    // A foreign table that nobody can read, or a materialized view without data.
    let far =
        world.tables.iter().any(|table| table.foreign) || world.views.iter().any(|view| view.empty);
    let options = choices.maybe(25, " with (fillfactor = 70)");
    // Another owner may not read what the query reads.
    let owned = !world.parts(Part::Owner).is_empty();
    let data = if far || choices.chance(30) || owned {
        " with no data"
    } else {
        ""
    };
    world.run(format!(
        "create materialized view {name}{options} as {query}{data}"
    ));
    world.note_owned(format!("materialized view {name}"));
    note_columns(world, &name, &columns);
    world
        .granted
        .push((&["select", "all"], format!("table {name}")));
    if choices.chance(60) {
        let index = quote_ident(&format!("Mat index {number}")).into_owned();
        world.run(format!(
            "create index {index} on {name} (a desc){}",
            choices.maybe(30, " where a > 1")
        ));
    }
    if choices.chance(15) {
        world.run(format!(
            "alter materialized view {name} alter column a set statistics 33"
        ));
    }
    world.views.push(Relation {
        name,
        columns,
        foreign: true,
        empty: !data.is_empty(),
        ..Relation::default()
    });
}

fn index(world: &mut World, number: usize, mut choices: Choices) {
    let Some(table) = world.own_table(&mut choices) else {
        return;
    };
    let name = quote_ident(["i0", "Index \"1\"", "i2", "i3", "index", "i5"][number]).into_owned();
    let on = &table.name;
    let text = table.column(&[Class::Text], &mut choices).cloned();
    let array = table
        .column(&[Class::Array, Class::Json, Class::Search], &mut choices)
        .cloned();
    let range = table.column(&[Class::Range], &mut choices).cloned();
    let any = table.sortable(&mut choices).to_owned();
    let double = world.function(0).unwrap_or_else(|| "abs".to_owned());
    let unique = if table.partitioned || table.root.is_some() {
        ""
    } else {
        choices.maybe(10, "unique ")
    };
    let keys = match (choices.below(11), text, array, range) {
        (1, ..) => format!("({any} desc nulls last, a)"),
        (2, ..) => format!("({double}(a::integer), {any})"),
        (3, Some(text), ..) => format!("(lower({}{}))", text.name, collate(world, &mut choices)),
        (4, Some(text), ..) if text.definition.is_empty() && text.data_type == "text" => {
            format!("({} text_pattern_ops)", text.name)
        }
        (5, Some(text), ..)
            if extension_of(world) == Some("pg_trgm") && text.data_type == "text" =>
        {
            let schema = world
                .part(Part::Extension, 0)
                .map(|mut choices| world.schema(choices.below(2)))
                .unwrap_or_default();
            format!(
                "using gist ({} {schema}.gist_trgm_ops (siglen = 32))",
                text.name
            )
        }
        (6, _, Some(array), _) if array.definition.is_empty() => {
            format!("using gin ({}) with (fastupdate = off)", array.name)
        }
        (7, .., Some(range)) => format!("using gist ({})", range.name),
        (8, ..) => "using brin (a) with (pages_per_range = 16)".to_owned(),
        (9, ..)
            if operator_class_of(world).is_some() && table.columns[0].data_type == "integer" =>
        {
            format!("(a {})", operator_class_of(world).unwrap_or_default())
        }
        (10, ..) => "using hash (a)".to_owned(),
        _ => format!("({any})"),
    };
    // Rows differ in `a` alone.
    let unique = if keys.starts_with("using") || !keys.contains(", a)") {
        ""
    } else {
        unique
    };
    let include = if keys.starts_with('(') {
        choices.maybe(15, " include (a)")
    } else {
        ""
    };
    let options = if keys.starts_with('(') {
        choices.maybe(15, " with (fillfactor = 50)")
    } else {
        ""
    };
    let filter = choices.of(&["", "", " where a > 2", " where a is not null"]);
    world.run(format!(
        "create {unique}index {name} on {on} {keys}{include}{options}{filter}"
    ));
    let schema = on.split_once('.').map_or("", |(schema, _)| schema);
    let schema = if on.starts_with('"') {
        world.schema(1)
    } else {
        schema.to_owned()
    };
    let qualified = format!("{schema}.{name}");
    if keys.contains("a::integer") && choices.chance(30) {
        world.run(format!(
            "alter index {qualified} alter column 1 set statistics 77"
        ));
    }
    world.note(format!("index {qualified}"));
}

fn statistics(world: &mut World, mut choices: Choices) {
    let Some(table) = world.own_table(&mut choices) else {
        return;
    };
    let name = world.name("Stat", 0);
    let kinds = choices.of(&["", " (ndistinct)", " (dependencies, mcv)"]);
    let other = table.sortable(&mut choices).to_owned();
    let keys = if other == "a" {
        "a, (a + 1)".to_owned()
    } else {
        format!("a, {other}")
    };
    let keys = choices.of(&[keys.as_str(), "(a * 2), a", "(a % 10)"]);
    let kinds = if keys.contains(", ") { kinds } else { "" };
    world.run(format!(
        "create statistics {name}{kinds} on {keys} from {}",
        table.name
    ));
    if choices.chance(30) {
        world.run(format!("alter statistics {name} set statistics 99"));
    }
    world.note_owned(format!("statistics {name}"));
}

fn trigger(world: &mut World, number: usize, mut choices: Choices) {
    let Some(function) = trigger_function_of(world, &mut choices) else {
        return;
    };
    let name = quote_ident(["touch", "Trigger \"1\"", "trigger", "t3", "zz"][number]).into_owned();
    let on_view = choices.chance(25) && number == 4;
    let target = if on_view {
        world.views.iter().find(|view| !view.foreign).cloned()
    } else {
        world.own_table(&mut choices)
    };
    let Some(target) = target else {
        return;
    };
    let on = &target.name;
    let column = target
        .column(&[Class::Number, Class::Text, Class::Other], &mut choices)
        .filter(|column| !column.generated)
        .map_or("a".to_owned(), |column| column.name.clone());
    let arguments = choices.of(&["", "'one'", "'it''s', 2, 'back\\slash'"]);
    let (event, level, constraint) = match choices.below(10) {
        _ if on_view => ("instead of insert or update".to_owned(), "for each row", ""),
        1 => (format!("before update of {column}"), "for each row", ""),
        2 => (
            "after insert or update".to_owned(),
            "for each row when (new.a > 1)",
            "",
        ),
        3 => (
            "before update".to_owned(),
            "for each row when (old.* is distinct from new.*)",
            "",
        ),
        4 => ("after delete".to_owned(), "for each statement", ""),
        5 => (
            "after update".to_owned(),
            "referencing old table as old_rows new table as \"New rows\" for each statement",
            "",
        ),
        6 => (
            "after insert or update or delete".to_owned(),
            "deferrable initially deferred for each row",
            "constraint ",
        ),
        7 => ("before truncate".to_owned(), "for each statement", ""),
        8 => (
            format!("after update of {column}"),
            "for each row when (old.a <> new.a)",
            "",
        ),
        9 => (
            "after insert".to_owned(),
            "referencing new table as made for each statement",
            "",
        ),
        _ => ("before insert".to_owned(), "for each row", ""),
    };
    // A generated column has no value yet before the row is stored.
    let computed = target.columns.iter().any(|column| column.generated);
    let level = if level.contains("old.*") && computed {
        "for each row"
    } else {
        level
    };
    let constraint = if target.partitioned { "" } else { constraint };
    let level = if constraint.is_empty() {
        level.trim_start_matches("deferrable initially deferred ")
    } else {
        level
    };
    world.run(format!("create {constraint}trigger {name} {event} on {on} {level} execute function {function}({arguments})"));
    let enabled = choices.of(&["", "", "", "", "disable", "enable always", "enable replica"]);
    if !enabled.is_empty() && !on_view {
        world.run(format!("alter table {on} {enabled} trigger {name}"));
    }
    world.note(format!("trigger {name} on {on}"));
}

fn policy(world: &mut World, number: usize, mut choices: Choices) {
    let Some(table) = world.own_table(&mut choices) else {
        return;
    };
    let name = quote_ident(["seen", "Policy 1", "p\"2"][number]).into_owned();
    let command = choices.of(&[
        "",
        " for select",
        " for update",
        " for insert",
        " for delete",
    ]);
    let to = match choices.below(3) {
        1 => format!(" to {}", quote_ident(ROLES[0])),
        2 => format!(" to {}, {}", quote_ident(ROLES[1]), quote_ident(ROLES[0])),
        _ => String::new(),
    };
    let other = world
        .relation(&mut choices)
        .map_or(table.name.clone(), |other| other.name);
    let column = table.sortable(&mut choices).to_owned();
    let double = world.function(0).unwrap_or_else(|| "abs".to_owned());
    let using = match choices.below(5) {
        1 => format!("a in (select x.a from {other} x)"),
        2 => format!("{double}(a::integer) > 0"),
        3 => format!("{column} is not null"),
        4 => "a = current_setting('app.a', true)::integer".to_owned(),
        _ => "true".to_owned(),
    };
    let clause = match command {
        " for insert" => format!("with check ({using})"),
        " for update" | "" if choices.chance(40) => format!("using ({using}) with check (a > 0)"),
        _ => format!("using ({using})"),
    };
    let restrictive = choices.maybe(25, " as restrictive");
    world.run(format!(
        "create policy {name} on {}{restrictive}{command}{to} {clause}",
        table.name
    ));
    world.note(format!("policy {name} on {}", table.name));
}

fn rule(world: &mut World, number: usize, mut choices: Choices) {
    let Some(table) = world.own_table(&mut choices) else {
        return;
    };
    let name = quote_ident(["r0", "Rule \"1\""][number]).into_owned();
    let on = &table.name;
    let other = world
        .own_table(&mut choices)
        .map_or(on.clone(), |other| other.name);
    let definition = match choices.below(4) {
        1 => format!("on delete to {on} do also notify \"It's gone\""),
        2 => format!(
            "on update to {on} where new.a > 1000 do also delete from {other} where a = old.a"
        ),
        3 => format!(
            "on insert to {on} where new.a = 77 do instead insert into {other} (a) values (new.a + 1)"
        ),
        _ => format!("on delete to {on} where old.a = 99 do instead nothing"),
    };
    world.run(format!("create rule {name} as {definition}"));
    let enabled = choices.of(&["", "", "", "disable", "enable replica"]);
    if !enabled.is_empty() {
        world.run(format!("alter table {on} {enabled} rule {name}"));
    }
    world.note(format!("rule {name} on {on}"));
}

/// What speaks of other objects: publications, event triggers, grants, default privileges, owners, comments.
pub fn build_the_rest(world: &mut World) {
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
    // Procedures and functions are granted alike; what everybody has can be taken.
    if choices.chance(30) && (object.starts_with("function") || object.starts_with("type")) {
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
