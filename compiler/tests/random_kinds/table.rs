use tablec::sql::{quote_ident, quote_literal};

use super::gene::{Choices, Part};
use super::routines::text_expression;
use super::types::{collate, extension_of};
use super::world::{Class, Column, ROLES, Relation, World};

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

/// A table in the making: its columns with how they are written, and what is said of them afterwards.
#[derive(Default)]
struct Making {
    columns: Vec<Column>,
    lines: Vec<String>,
    later: Vec<String>,
}

impl Making {
    fn push(&mut self, column: Column, line: String) {
        self.columns.push(column);
        self.lines.push(line);
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
    let unlogged = if strategy.is_none() {
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

impl Making {
    fn column(&mut self, world: &World, name: &str, mut choices: Choices) {
        let name = quote_ident(name).into_owned();
        let (data_type, default, class, definition) = kind(world, &mut choices);
        if choices.chance(15) && class == Class::Number {
            return self.generated(world, name, &mut choices);
        }
        let nullable = choices.chance(50) || default == "null";
        let filled = !nullable || choices.chance(50);
        let collated = if matches!(data_type.as_str(), "text" | "varchar(20)") {
            collate(world, &mut choices)
        } else {
            String::new()
        };
        let default = match (filled, choices.below(4), data_type.as_str()) {
            (false, ..) => String::new(),
            (_, 1, "text") => format!(" default {}", text_expression(world, &mut choices)),
            (_, 1, "integer") if world.function(0).is_some() => {
                format!(" default {}(4)", world.function(0).unwrap_or_default())
            }
            (_, 1, "bigint") if world.part(Part::Sequence, 0).is_some() => {
                format!(" default nextval({})", quote_literal(&world.name("seq", 0)))
            }
            _ => format!(" default {default}"),
        };
        let not_null = match (nullable, choices.chance(20) && world.place.major >= 18) {
            (true, _) => String::new(),
            (false, true) => format!(
                " constraint {} not null",
                quote_ident(&format!("{}_filled", name.trim_matches('"')))
            ),
            (false, false) => " not null".to_owned(),
        };
        self.settings(&name, class, &mut choices);
        let column = Column {
            name: name.clone(),
            data_type: data_type.clone(),
            definition,
            class,
            nullable,
            filled,
            generated: false,
        };
        self.push(
            column,
            format!("{name} {data_type}{collated}{default}{not_null}"),
        );
    }

    fn generated(&mut self, world: &World, name: String, choices: &mut Choices) {
        let is_virtual = world.place.major >= 18 && choices.chance(40);
        let expression = match (world.function(0), choices.below(3)) {
            (Some(double), 1) if !is_virtual => format!("{double}(a::integer)"),
            (_, 2) => "coalesce(a, 0) + 1".to_owned(),
            _ => "a * 2".to_owned(),
        };
        let kept = if is_virtual { "virtual" } else { "stored" };
        let line = format!("{name} bigint generated always as ({expression}) {kept}");
        // What is computed when it is read can't be part of an index.
        let class = if is_virtual {
            Class::Unordered
        } else {
            Class::Number
        };
        let column = Column {
            name,
            data_type: "bigint".to_owned(),
            definition: String::new(),
            class,
            nullable: true,
            filled: true,
            generated: true,
        };
        self.push(column, line);
    }

    fn settings(&mut self, name: &str, class: Class, choices: &mut Choices) {
        if choices.chance(10) {
            self.later
                .push(format!("alter column {name} set statistics 50"));
        }
        if choices.chance(10) {
            self.later
                .push(format!("alter column {name} set (n_distinct = 5)"));
        }
        if class == Class::Text && choices.chance(20) {
            self.later.push(format!(
                "alter column {name} set storage {}",
                choices.of(&["external", "main"])
            ));
        }
        if class == Class::Text && choices.chance(15) {
            self.later
                .push(format!("alter column {name} set compression pglz"));
        }
    }
}

/// A type with a value and what it is good for; half of them are the schema's own, if it has any.
fn kind(world: &World, choices: &mut Choices) -> (String, String, Class, String) {
    let plain = [
        ("integer", "7", Class::Number),
        ("bigint", "8", Class::Number),
        ("text", "'some'", Class::Text),
        ("varchar(20)", "'short'", Class::Text),
        ("timestamptz", "now()", Class::Other),
        ("jsonb", "'{}'", Class::Json),
        ("integer[]", "'{}'", Class::Array),
        ("uuid", "gen_random_uuid()", Class::Other),
        ("numeric(8,2)", "1.50", Class::Number),
        ("boolean", "false", Class::Other),
        ("date", "current_date", Class::Other),
        ("int4range", "'[1,5)'", Class::Range),
        ("tsvector", "''", Class::Search),
        ("char(3)", "'abc'", Class::Text),
        ("bytea", "'\\x01'", Class::Other),
        ("interval", "'1 day'", Class::Other),
        ("inet", "'::1'", Class::Other),
        ("text[]", "'{it''s}'", Class::Array),
        ("point", "'(1,2)'", Class::Unordered),
        ("smallint", "3", Class::Number),
    ];
    let (own, at, array) = (choices.chance(40), choices.below(60), choices.chance(15));
    match world
        .types
        .get(at % world.types.len().max(1))
        .filter(|_| own)
    {
        Some((name, _, class)) if array && *class != Class::Unordered => (
            format!("{name}[]"),
            "'{}'".to_owned(),
            Class::Other,
            world.definitions[name].clone(),
        ),
        Some((name, default, class)) => (
            name.clone(),
            default.clone(),
            *class,
            world.definitions[name].clone(),
        ),
        None => {
            let (name, default, class) = plain[at % plain.len()];
            (name.to_owned(), default.to_owned(), class, String::new())
        }
    }
}

/// How a table is partitioned, and the bounds of its three parts.
const STRATEGIES: [(&str, [&str; 3]); 5] = [
    (
        "range (a)",
        [
            "for values from (0) to (10)",
            "for values from (10) to (20)",
            "default",
        ],
    ),
    (
        "list (a)",
        ["for values in (2, 3)", "for values in (12, 13)", "default"],
    ),
    (
        "hash (a)",
        [
            "for values with (modulus 3, remainder 0)",
            "for values with (modulus 3, remainder 1)",
            "for values with (modulus 3, remainder 2)",
        ],
    ),
    (
        "range (a) ",
        [
            "for values from (minvalue) to (10)",
            "for values from (10) to (maxvalue)",
            "",
        ],
    ),
    (
        "range ((a + 1))",
        [
            "for values from (0) to (11)",
            "for values from (11) to (20)",
            "default",
        ],
    ),
];

/// The parts of a partitioned table; the second may be partitioned again.
fn partitions(world: &mut World, parent: &mut Relation, strategy: usize) -> Vec<Relation> {
    let mut parts = Vec::new();
    for (number, mut choices) in world.parts(Part::Partition) {
        let bound = STRATEGIES[strategy].1[number];
        if bound.is_empty() {
            continue;
        }
        let name = world.name(["part 0", "part_1", "Part 2"][number], number);
        let deeper = number == 1 && strategy < 2 && choices.chance(40);
        let by = if deeper { " partition by list (a)" } else { "" };
        part(world, parent, &name, &format!("{bound}{by}"), &mut choices);
        parent.layout += "; ";
        parent.layout += &[&name, " ", bound, by].concat();
        let relation = Relation {
            name,
            key: false,
            root: Some(parent.root.clone().unwrap_or_else(|| parent.name.clone())),
            partitioned: deeper,
            holds_rows: false,
            ..parent.clone()
        };
        if deeper {
            let leaf = world.name("leaf", 1);
            let values = choices.of(&["for values in (12)", "default", "for values in (12, 13)"]);
            part(world, &relation, &leaf, values, &mut choices);
            parts.push(Relation {
                name: leaf,
                partitioned: false,
                ..relation.clone()
            });
        }
        parts.push(relation);
    }
    parts
}

fn part(world: &mut World, parent: &Relation, name: &str, bound: &str, choices: &mut Choices) {
    let of = &parent.name;
    let (bounds, by) = bound
        .split_once(" partition by")
        .map_or((bound, String::new()), |(bounds, by)| {
            (bounds, format!(" partition by{by}"))
        });
    let computed = parent.columns.iter().any(|column| column.generated);
    if choices.chance(25) && !computed {
        world.run(format!("create table {name} (like {of}){by}"));
        world.run(format!("alter table {of} attach partition {name} {bounds}"));
    } else {
        world.run(format!(
            "create table {name} partition of {of} {bounds}{by}"
        ));
    }
    world.note_owned(format!("table {name}"));
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

/// A foreign-data wrapper that does nothing, a server, a user mapping, a foreign table.
fn foreign(world: &mut World, number: usize, mut choices: Choices) {
    let (wrapper, server) = (world.global("wrapper"), world.global("far away"));
    if number == 0 {
        world.run(format!(
            "create foreign data wrapper {wrapper}{}",
            choices.maybe(40, " options (debug 'yes')")
        ));
        let version = choices.maybe(40, " type 'x' version '1'");
        world.run(format!(
            "create server {server}{version} foreign data wrapper {wrapper}{}",
            choices.maybe(40, " options (host 'it''s')")
        ));
        if choices.chance(40) {
            world.run(format!(
                "create user mapping for {} server {server} options (\"user\" 'x')",
                quote_ident(ROLES[0])
            ));
        }
        world.note_owned(format!("foreign data wrapper {wrapper}"));
        world.note_owned(format!("server {server}"));
        world
            .granted
            .push((&["usage"], format!("foreign server {server}")));
        return;
    }
    if world.part(Part::Foreign, 0).is_none() {
        return;
    }
    let name = world.name("Far", 1);
    let second = choices.of(&[
        "",
        ", \"B b\" text options (column_name 'bb')",
        ", b integer default 7 not null",
    ]);
    let options = choices.maybe(40, " options (path '/x')");
    world.run(format!(
        "create foreign table {name} (a integer not null{second}) server {server}{options}"
    ));
    world.note_owned(format!("foreign table {name}"));
    let column = Column {
        name: "a".to_owned(),
        data_type: "integer".to_owned(),
        definition: String::new(),
        class: Class::Number,
        nullable: false,
        filled: true,
        generated: false,
    };
    world.tables.push(Relation {
        name,
        columns: vec![column],
        foreign: true,
        ..Relation::default()
    });
}

/// Checks, keys and exclusion constraints; then foreign keys.
pub fn constraints(world: &mut World) {
    for (number, choices) in world.parts(Part::Check) {
        check(world, number, choices);
    }
    for (number, choices) in world.parts(Part::Unique) {
        unique(world, number, choices);
    }
    if let Some(choices) = world.part(Part::Exclusion, 0) {
        exclusion(world, choices);
    }
    for (number, choices) in world.parts(Part::ForeignKey) {
        foreign_key(world, number, choices);
    }
}

/// The rows satisfy every one of them.
fn check(world: &mut World, number: usize, mut choices: Choices) {
    let Some(table) = world.table(&mut choices) else {
        return;
    };
    let name = ["c0", "it's \"checked\"", "c2"][number];
    let name = quote_ident(name);
    let column = table.sortable(&mut choices).to_owned();
    let double = world.function(0).unwrap_or_else(|| "abs".to_owned());
    let expression = match choices.below(6) {
        1 => "a > 1 or a < 0".to_owned(),
        2 => "a in (1, 2, 3, 4, 12)".to_owned(),
        3 => format!("{double}(a::integer) < 100"),
        4 => format!("a > 0 or {column} is not null"),
        5 => format!("{column} is null or {column}::text <> 'it''s not'"),
        _ => "a > 0".to_owned(),
    };
    let no_inherit = if table.partitioned {
        ""
    } else {
        choices.maybe(15, " no inherit")
    };
    let not_valid = if table.foreign {
        ""
    } else {
        choices.maybe(15, " not valid")
    };
    let enforced = if world.place.major >= 18 && not_valid.is_empty() && !table.foreign {
        choices.maybe(15, " not enforced")
    } else {
        ""
    };
    world.run(format!("alter table {} add constraint {name} check ({expression}){no_inherit}{not_valid}{enforced}", table.name));
    world.note(format!("constraint {name} on {}", table.name));
}

fn unique(world: &mut World, number: usize, mut choices: Choices) {
    let Some(table) = world
        .own_table(&mut choices)
        .filter(|table| !table.layout.contains("(("))
    else {
        return;
    };
    let name = quote_ident(["u0", "Unique 1"][number]).into_owned();
    let other = table.sortable(&mut choices).to_owned();
    // Of two keys alike PostgreSQL chooses which one a partition's becomes part of.
    let whole = table.partitioned || table.root.is_some();
    if whole && (other == "a" || number > 0) {
        return;
    }
    let keys = if other != "a" && choices.chance(40) || whole {
        format!("a, {other}")
    } else {
        "a".to_owned()
    };
    let include = if other != "a" && !keys.contains(',') && choices.chance(20) {
        format!(" include ({other})")
    } else {
        String::new()
    };
    let nulls = choices.maybe(20, " nulls not distinct");
    let more = [
        choices.maybe(20, " with (fillfactor = 60)"),
        choices.of(&["", " deferrable", " deferrable initially deferred", ""]),
    ]
    .concat();
    world.run(format!(
        "alter table {} add constraint {name} unique{nulls} ({keys}){include}{more}",
        table.name
    ));
    world.note(format!("constraint {name} on {}", table.name));
    if more.contains("deferrable") || nulls.is_empty() || table.partitioned {
        return;
    }
    if choices.chance(50) {
        world.run(format!("alter table {} cluster on {name}", table.name));
    }
}

fn exclusion(world: &mut World, mut choices: Choices) {
    let Some(table) = world
        .own_table(&mut choices)
        .filter(|table| !table.partitioned)
    else {
        return;
    };
    let elements = match choices.below(4) {
        1 if extension_of(world) == Some("btree_gist") => "using gist (a with =)",
        2 => "using btree ((a + 1) with =)",
        3 => "using hash (a with =)",
        _ => "using gist (int8range(a, a + 1) with &&)",
    };
    let filter = choices.maybe(30, " where (a > 2)");
    let deferrable = choices.maybe(30, " deferrable");
    world.run(format!(
        "alter table {} add constraint apart exclude {elements}{filter}{deferrable}",
        table.name
    ));
    world.note(format!("constraint apart on {}", table.name));
}

fn foreign_key(world: &mut World, number: usize, mut choices: Choices) {
    let (Some(from), Some(to)) = (world.own_table(&mut choices), world.own_table(&mut choices))
    else {
        return;
    };
    // A part gets its parent's; two of the same columns are a question of names.
    if !to.key || to.root.is_some() {
        return;
    }
    let name = quote_ident(&format!("{}_fk {number}", ["f", "It's"][number % 2])).into_owned();
    let actions = choices.of(&[
        "",
        " on delete cascade",
        " on update cascade on delete set default",
        " match full on delete restrict",
        " on delete set null (a)",
    ]);
    let deferrable = choices.of(&["", " deferrable initially deferred", "", " deferrable"]);
    let not_valid = if from.partitioned || to.partitioned {
        ""
    } else {
        choices.maybe(15, " not valid")
    };
    let enforced = if world.place.major >= 18 && not_valid.is_empty() {
        choices.maybe(15, " not enforced")
    } else {
        ""
    };
    world.run(format!("alter table {} add constraint {name} foreign key (a) references {} (a){actions}{deferrable}{not_valid}{enforced}", from.name, to.name));
    world.note(format!("constraint {name} on {}", from.name));
    let holder = from.root.unwrap_or(from.name);
    if let Some(table) = world.tables.iter_mut().find(|table| table.name == holder) {
        table.points_to.push(to.name);
    }
}
