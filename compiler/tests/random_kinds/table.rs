use tablec::sql::quote_literal;

use super::columns::Making;
use super::foreign::foreign;
use super::gene::{Choices, Part};
use super::partitions::{STRATEGIES, partitions};
use super::world::{Class, Column, Relation, World};

/// The tables' names. The fourth is partitioned, the fifth inherits, the sixth is typed or inherits too.
const NAMES: [&str; 6] = [
    "t0",
    "Order",
    "select",
    "a table whose name is as long as a name can be, 63 bytes that is",
    "a\"b; --",
    "t5",
];

/// The columns' names, beside `a` which is the key if there is one.
pub const COLUMNS: [&str; 5] = ["b", "Col umn", "user", "d\"d", "e"];

const PARTITIONED: usize = 3;
const HEIR: usize = 4;
const TYPED: usize = 5;

/// Privileges of a table.
const PRIVILEGES: &[&str] = &[
    "select",
    "insert, update",
    "all",
    "references",
    "update (a)",
    "select (a), truncate",
];

/// All tables, with their rows.
pub fn build(world: &mut World) {
    for (number, choices) in world.parts(Part::Table) {
        table(world, number, choices);
    }
    for (number, choices) in world.parts(Part::Foreign) {
        foreign(world, number, choices);
    }
}

fn table(world: &mut World, number: usize, mut choices: Choices) {
    let name = world.name(&NAMES[number][..NAMES[number].len().min(63)], number);
    let composite = world
        .types
        .iter()
        .find(|(name, ..)| name.contains(".comp"))
        .cloned();
    if let (TYPED, Some((of, ..)), true) = (number, &composite, choices.chance(50)) {
        world.run(format!("create table {name} of {of} (x not null)"));
        return world.note_owned(format!("table {name}"));
    }
    let parent = world
        .tables
        .first()
        .filter(|parent| number >= HEIR && !parent.partitioned && choices.chance(60))
        .cloned();
    let strategy = (number == PARTITIONED).then(|| choices.below(5));
    let mut making = Making::default();
    let identity = if strategy.is_some() {
        ""
    } else {
        identity(&mut choices)
    };
    let has_key = parent.is_none() && strategy != Some(4) && !choices.chance(25);
    key_column(world, &mut choices, &mut making, identity, parent.as_ref());
    for (at, column) in COLUMNS.iter().enumerate() {
        if let Some(choices) = world.part(Part::Column, number * COLUMNS.len() + at) {
            // What inherits has other columns of its own.
            let column = if parent.is_some() {
                format!("own {column}")
            } else {
                (*column).to_owned()
            };
            making.column(world, &column, choices);
        }
    }
    if has_key {
        let named = format!("constraint \"The key {number}\" primary key (a)");
        let key = choices.of(&[
            "primary key (a)",
            &named,
            "primary key (a) with (fillfactor = 80)",
        ]);
        making.lines.push(key.to_owned());
    }
    // 16.2, which the wheel has, gives a column of an unlogged table a logged sequence when it comes to be numbered.
    let unlogged = if strategy.is_none() && world.place.major != 16 {
        choices.maybe(8, "unlogged ")
    } else {
        ""
    };
    let options = if strategy.is_none() {
        options(&mut choices)
    } else {
        String::new()
    };
    let inherits = parent.as_ref().map_or(String::new(), |parent| {
        format!(" inherits ({})", parent.name)
    });
    let by = strategy.map_or(String::new(), |strategy| {
        format!(" partition by {}", STRATEGIES[strategy].0)
    });
    world.run(format!(
        "create {unlogged}table {name} (\n  {}\n){inherits}{by}{options}",
        making.lines.join(",\n  ")
    ));
    let mut relation = Relation {
        name: name.clone(),
        unlogged: !unlogged.is_empty(),
        // What is logged can't point to what is not.
        key: has_key && unlogged.is_empty(),
        layout: inherits + &by,
        partitioned: strategy.is_some(),
        holds_rows: strategy
            .is_none_or(|strategy| strategy != 2 && world.part(Part::Partition, 0).is_some()),
        columns: making.columns,
        ..Relation::default()
    };
    let mut parts = Vec::new();
    if let Some(strategy) = strategy {
        parts = partitions(world, &mut relation, strategy);
    }
    if let Some(parent) = parent {
        relation.columns.extend(parent.columns.into_iter().skip(1));
    }
    rows(world, &relation);
    making
        .later
        .iter()
        .for_each(|change| world.run(format!("alter table {name} {change}")));
    note(world, &relation);
    attributes(world, &relation, &mut choices);
    world.tables.push(relation);
    world.tables.extend(parts);
}

fn key_column(
    world: &World,
    choices: &mut Choices,
    making: &mut Making,
    identity: &str,
    parent: Option<&Relation>,
) {
    let own = if choices.chance(20) {
        "bigint"
    } else {
        "integer"
    };
    let data_type = parent.map_or(own, |parent| parent.columns[0].data_type.as_str());
    let default = match choices.below(4) {
        1 if identity.is_empty() && world.part(Part::Sequence, 1).is_some() => format!(
            " default nextval({})",
            quote_literal(&world.name("Seq 1", 1))
        ),
        2 if identity.is_empty() => " default 1".to_owned(),
        _ => String::new(),
    };
    let line = if parent.is_some() {
        format!("a {data_type}{default}")
    } else {
        format!("a {data_type}{identity}{default} not null")
    };
    let column = Column {
        name: "a".to_owned(),
        data_type: data_type.to_owned(),
        definition: String::new(),
        class: Class::Number,
        nullable: false,
        filled: true,
        generated: false,
    };
    making.push(column, line);
}

fn identity(choices: &mut Choices) -> &'static str {
    choices.of(&[
        "",
        " generated by default as identity",
        " generated always as identity",
        " generated always as identity (start with 100 increment by 10 cache 3)",
        "",
        " generated by default as identity (minvalue -5 maxvalue 90000 start 7 cycle)",
    ])
}

fn options(choices: &mut Choices) -> String {
    let all = [
        "",
        " with (fillfactor = 70)",
        " with (autovacuum_enabled = false, toast.autovacuum_enabled = false)",
        " with (parallel_workers = 2, fillfactor = 60, toast_tuple_target = 300)",
    ];
    if choices.chance(25) {
        choices.of(&all).to_owned()
    } else {
        String::new()
    }
}

/// Rows with what every column has if nobody says otherwise.
fn rows(world: &mut World, table: &Relation) {
    if world.with_rows.contains(&table.name) {
        world.run(format!(
            "insert into {} (a) overriding system value values (2), (3)",
            table.name
        ));
    }
}

fn note(world: &mut World, table: &Relation) {
    world.note_owned(format!("table {}", table.name));
    world
        .granted
        .push((PRIVILEGES, format!("table {}", table.name)));
    for column in &table.columns {
        world.note(format!("column {}.{}", table.name, column.name));
    }
}

fn attributes(world: &mut World, table: &Relation, choices: &mut Choices) {
    let name = &table.name;
    if choices.chance(15) {
        world.run(format!(
            "alter table {name} replica identity {}",
            choices.of(&["full", "nothing"])
        ));
    }
    if choices.chance(20) {
        world.run(format!("alter table {name} enable row level security"));
    }
    if choices.chance(10) {
        world.run(format!("alter table {name} force row level security"));
    }
    if world.part(Part::Sequence, 1).is_some() && name == &world.name(NAMES[0], 0) {
        let sequence = world.name("Seq 1", 1);
        world.run(format!("alter sequence {sequence} owned by {name}.a"));
    }
}

/// Free sequences. One may come to belong to a column.
pub fn sequences(world: &mut World) {
    for (number, mut choices) in world.parts(Part::Sequence) {
        let name = world.name(["seq", "Seq 1"][number], number);
        let data_type = choices.of(&["", " as integer", " as smallint"]);
        let step = choices.of(&[
            "",
            " increment by 5",
            " increment by -1",
            " minvalue 5 maxvalue 5000 start 50",
        ]);
        let more = [choices.maybe(30, " cycle"), choices.maybe(30, " cache 7")].concat();
        let unlogged = choices.maybe(8, "unlogged ");
        world.run(format!(
            "create {unlogged}sequence {name}{data_type}{step}{more}"
        ));
        world
            .granted
            .push((&["usage", "select, update"], format!("sequence {name}")));
        if number == 0 {
            world.note_owned(format!("sequence {name}"));
        } else {
            world.note(format!("sequence {name}"));
        }
    }
}
