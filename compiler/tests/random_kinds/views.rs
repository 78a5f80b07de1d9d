use tablec::sql::quote_ident;

use super::gene::{Choices, Part};
use super::world::{Class, Column, Relation, World};

const VIEWS: [&str; 5] = ["v0", "View 1", "v2", "v3", "table"];

pub fn view(world: &mut World, number: usize, mut choices: Choices) {
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

pub fn materialized(world: &mut World, number: usize, mut choices: Choices) {
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
