use tablec::sql::quote_literal;

use super::gene::{Choices, Part};
use super::types::collate;
use super::world::World;

/// The functions' names. The first is of integers and immutable: columns, checks, indexes and views call it.
pub const NAMES: [&str; 7] = ["double", "f1", "F 2", "f3", "proc", "of_row", "with_types"];

/// What can be made before tables: functions of plain types, aggregates, operators, casts.
pub fn build(world: &mut World) {
    for (number, choices) in world.parts(Part::Function) {
        match number {
            0 => double(world, choices),
            1 => results(world, choices),
            2 => overloads(world, choices),
            4 => procedure(world, choices),
            6 => with_types(world, choices),
            _ => {}
        }
    }
    for (number, choices) in world.parts(Part::TriggerFunction) {
        trigger_function(world, number, choices);
    }
    aggregate(world);
    operator(world);
    operator_class(world);
    cast(world);
    text_search(world);
}

/// Functions that read tables.
pub fn build_over_tables(world: &mut World) {
    for (number, mut choices) in world.parts(Part::Function) {
        let Some(table) = world
            .table(&mut choices)
            .filter(|_| matches!(number, 3 | 5))
        else {
            continue;
        };
        let name = world.name(NAMES[number], number);
        let column = table.sortable(&mut choices).to_owned();
        let of = &table.name;
        let (signature, definition) = match (number, choices.below(3)) {
            (3, 0) => (
                String::new(),
                format!(
                    "returns setof integer language sql stable begin atomic select a from {of}; end"
                ),
            ),
            (3, 1) => (
                String::new(),
                format!("returns bigint language sql return (select count({column}) from {of})"),
            ),
            (3, _) => (
                String::new(),
                format!("returns bigint language sql as $$ select count({column}) from {of} $$"),
            ),
            (_, 0) => (
                of.clone(),
                "returns integer language sql immutable as $$ select $1.a $$".to_owned(),
            ),
            (_, 1) => (
                String::new(),
                format!(
                    "returns setof {of} language sql stable rows 7 as $$ select * from {of} $$"
                ),
            ),
            _ => (
                String::new(),
                format!(
                    "returns text language plpgsql as $$ declare r {of}%rowtype; begin return r::text; end $$"
                ),
            ),
        };
        world.run(format!("create function {name}({signature}) {definition}"));
        note(world, "function", &name, &signature);
    }
}

fn note(world: &mut World, sort: &str, name: &str, signature: &str) {
    let object = format!("{sort} {name}({signature})");
    if sort != "aggregate" {
        world.granted.push((&["execute"], object.clone()));
    }
    world.note_owned(object);
}

fn double(world: &mut World, mut choices: Choices) {
    let name = world.name(NAMES[0], 0);
    let body = choices.of(&["n * 2", "n + n", "n"]).to_owned();
    let argument = choices.of(&["n integer", "n integer default 1"]);
    let more = attributes(&mut choices);
    let definition = match choices.below(3) {
        1 => format!("language plpgsql immutable{more} as $$ begin return {body}; end $$"),
        2 => format!("language sql immutable{more} return {body}"),
        _ => format!("language sql immutable{more} as $$ select {body} $$"),
    };
    world.run(format!(
        "create function {name}({argument}) returns integer {definition}"
    ));
    note(world, "function", &name, "integer");
}

fn attributes(choices: &mut Choices) -> String {
    [
        choices.maybe(20, " strict"),
        choices.maybe(20, " parallel safe"),
        choices.maybe(15, " cost 7"),
        choices.maybe(10, " leakproof"),
        choices.maybe(15, " security definer"),
        choices.maybe(15, " set search_path to pg_catalog, \"$user\""),
        choices.maybe(10, " set work_mem = '8MB'"),
    ]
    .concat()
}

fn results(world: &mut World, mut choices: Choices) {
    let name = world.name(NAMES[1], 1);
    let results = [
        (
            "x text",
            "returns table(u integer, v text) language sql as $$ select 1, x $$",
        ),
        (
            "x text",
            "returns setof integer rows 10 language sql stable as $$ select 1 $$",
        ),
        (
            "x text, out u integer, out \"V v\" text",
            "language plpgsql as $$ begin u := 1; end $$",
        ),
        (
            "x text, variadic more integer[]",
            "returns integer language sql as $$ select 1 $$",
        ),
        (
            "x text, inout y integer default 7",
            "language sql as $$ select y $$",
        ),
        (
            "x text default 'it''s', y date default current_date",
            "returns text language sql as $_$ select '$$' || x $_$",
        ),
    ];
    let (arguments, definition) = choices.of(&results);
    world.run(format!("create function {name}({arguments}) {definition}"));
    let signature = match arguments {
        text if text.contains("variadic") => "text, variadic integer[]",
        text if text.contains("inout") => "text, integer",
        text if text.contains("date") => "text, date",
        _ => "text",
    };
    note(world, "function", &name, signature);
}

fn overloads(world: &mut World, mut choices: Choices) {
    let name = world.name(NAMES[2], 2);
    for data_type in ["integer", "text", "integer[]"] {
        if choices.chance(75) {
            let more = attributes(&mut choices);
            world.run(format!(
                "create function {name}({data_type}) returns {data_type} language sql{more} as $$ select $1 $$"
            ));
            note(world, "function", &name, data_type);
        }
    }
}

fn procedure(world: &mut World, mut choices: Choices) {
    let name = world.name(NAMES[4], 4);
    let argument = choices.of(&[
        "inout n integer",
        "in n integer default 3",
        "n integer, out m text",
    ]);
    let definer = choices.maybe(25, " security definer");
    let body = choices.of(&["null", "n := n; commit", "raise notice '%', n"]);
    let body = if argument.starts_with("in n") {
        "null"
    } else {
        body
    };
    world.run(format!(
        "create procedure {name}({argument}) language plpgsql{definer} as $$ begin {body}; end $$"
    ));
    note(
        world,
        "procedure",
        &name,
        if argument.contains("out m") {
            "integer, out text"
        } else {
            "integer"
        },
    );
}

fn with_types(world: &mut World, mut choices: Choices) {
    if world.types.is_empty() {
        return;
    }
    let name = world.name(NAMES[6], 6);
    let at = choices.below(world.types.len());
    let data_type = world.types[at].0.clone();
    let returns = choices.of(&["", "setof "]);
    world.run(format!(
        "create function {name}(x {data_type}, y {data_type}[]) returns {returns}{data_type} language sql as $$ select x $$"
    ));
    note(
        world,
        "function",
        &name,
        &format!("{data_type}, {data_type}[]"),
    );
}

/// The name of a trigger function that is there.
pub fn trigger_function_of(world: &World, choices: &mut Choices) -> Option<String> {
    let all = world.parts(Part::TriggerFunction);
    let (number, _) = all.get(choices.below(all.len()))?;
    Some(world.name(TRIGGER_FUNCTIONS[*number], *number))
}

const TRIGGER_FUNCTIONS: [&str; 2] = ["touched", "Log it"];

fn trigger_function(world: &mut World, number: usize, mut choices: Choices) {
    let name = world.name(TRIGGER_FUNCTIONS[number], number);
    let bodies = [
        "begin return new; end",
        "begin\n  -- why\n  return coalesce(new, old);\nend",
        "begin if tg_nargs > 0 then return new; end if; return new; end",
    ];
    let body = choices.of(&bodies);
    let more = attributes(&mut choices).replace(" leakproof", "");
    world.run(format!(
        "create function {name}() returns trigger language plpgsql{more} as $${body}$$"
    ));
    note(world, "function", &name, "");
}

fn aggregate(world: &mut World) {
    let Some(mut choices) = world.part(Part::Aggregate, 0) else {
        return;
    };
    let name = world.name("Sum up", 0);
    let step = world.name("step", 0);
    let body = choices.of(&["s + n", "s * 2 + n"]);
    world.run(format!(
        "create function {step}(s integer, n integer) returns integer language sql immutable as $$ select {body} $$"
    ));
    let more = [
        choices.maybe(50, ", initcond = '0'"),
        choices.maybe(30, ", parallel = safe"),
        choices.maybe(30, ", combinefunc = int4pl"),
        choices.maybe(30, ", msfunc = int4pl, minvfunc = int4mi, mstype = integer"),
        choices.maybe(20, ", sortop = operator(pg_catalog.<)"),
    ]
    .concat();
    world.run(format!(
        "create aggregate {name}(integer) (sfunc = {step}, stype = integer{more})"
    ));
    note(world, "aggregate", &name, "integer");
}

fn operator(world: &mut World) {
    let Some(mut choices) = world.part(Part::Operator, 0) else {
        return;
    };
    let function = world.name("same", 0);
    let schema = world.schema(0);
    world.run(format!(
        "create function {function}(integer, text) returns boolean language sql immutable as $$ select $1::text = $2 $$"
    ));
    let more = [
        choices.maybe(40, ", restrict = eqsel"),
        choices.maybe(30, ", join = eqjoinsel"),
    ]
    .concat();
    world.run(format!(
        "create operator {schema}.=== (function = {function}, leftarg = integer, rightarg = text{more})"
    ));
    world.note_owned(format!("operator {schema}.=== (integer, text)"));
}

/// The name of the operator class, if it is there.
pub fn operator_class_of(world: &World) -> Option<String> {
    world.part(Part::OperatorClass, 0)?;
    Some(world.name("Int ops", 0))
}

fn operator_class(world: &mut World) {
    let (Some(name), Some(mut choices)) =
        (operator_class_of(world), world.part(Part::OperatorClass, 0))
    else {
        return;
    };
    let more = choices.maybe(50, ", operator 5 >");
    world.run(format!(
        "create operator class {name} for type integer using btree as operator 1 <, operator 3 ={more}, function 1 btint4cmp(integer, integer)"
    ));
    world.note_owned(format!("operator class {name} using btree"));
}

/// A cast from the first enum, or from the first composite type.
fn cast(world: &mut World) {
    let Some(mut choices) = world.part(Part::Cast, 0) else {
        return;
    };
    let Some((from, ..)) = world
        .types
        .iter()
        .find(|(name, ..)| name.contains(".e") || name.contains(".comp"))
        .cloned()
    else {
        return;
    };
    let function = world.name("to_int", 0);
    world.run(format!(
        "create function {function}({from}) returns integer language sql immutable as $$ select length($1::text) $$"
    ));
    let how = choices.of(&["", " as assignment", " as implicit"]);
    world.run(format!(
        "create cast ({from} as integer) with function {function}({from}){how}"
    ));
    world.note(format!("cast ({from} as integer)"));
}

fn text_search(world: &mut World) {
    let Some(mut choices) = world.part(Part::TextSearch, 0) else {
        return;
    };
    let (dictionary, configuration) = (world.name("Words", 0), world.name("search it", 0));
    let accept = choices.maybe(50, ", accept = false");
    world.run(format!(
        "create text search dictionary {dictionary} (template = pg_catalog.simple{accept})"
    ));
    world.run(format!(
        "create text search configuration {configuration} (parser = pg_catalog.default)"
    ));
    let tokens = choices.of(&["asciiword", "asciiword, word", "word, email"]);
    let with = choices.of(&["pg_catalog.simple", "pg_catalog.english_stem"]);
    world.run(format!(
        "alter text search configuration {configuration} add mapping for {tokens} with {dictionary}, {with}"
    ));
    world.note_owned(format!("text search dictionary {dictionary}"));
    world.note_owned(format!("text search configuration {configuration}"));
}

/// A default or expression of text, in a collation that is there.
pub fn text_expression(world: &World, choices: &mut Choices) -> String {
    let text = quote_literal(choices.of(&["some", "it's", "a\\b"]));
    let collate = collate(world, choices);
    format!("({text}{collate})")
}
