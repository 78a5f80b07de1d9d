use tablec::sql::{quote_ident, quote_literal};

use super::gene::{Choices, Part};
use super::world::{Class, World};

const LABELS: [&str; 6] = [
    "open",
    "it's",
    "in progress",
    "naïve",
    "back\\slash",
    "Open",
];

/// Extensions that bring a type or an operator class, with the type and a value.
pub const EXTENSIONS: [(&str, Option<(&str, &str)>); 6] = [
    ("citext", Some(("citext", "'Some'"))),
    ("hstore", Some(("hstore", "'a=>1'"))),
    ("pg_trgm", None),
    ("btree_gist", None),
    ("ltree", Some(("ltree", "'a.b'"))),
    ("unaccent", None),
];

/// Extensions, collations, and types in the order in which they build on each other.
pub fn build(world: &mut World) {
    extension(world);
    collation(world);
    for (number, choices) in world.parts(Part::Enum) {
        enumeration(world, number, choices);
    }
    for (number, choices) in world.parts(Part::Domain) {
        domain(world, number, choices);
    }
    for (number, choices) in world.parts(Part::Composite) {
        composite(world, number, choices);
    }
    range(world);
}

/// The name of the extension of this pair, where it has one.
pub fn extension_of(world: &World) -> Option<&'static str> {
    world.part(Part::Extension, 0)?;
    let (name, _) = EXTENSIONS.get(world.number.checked_sub(1)?)?;
    world.place.extensions.contains(*name).then_some(name)
}

fn extension(world: &mut World) {
    let (Some(name), Some(mut choices)) = (extension_of(world), world.part(Part::Extension, 0))
    else {
        return;
    };
    let schema = world.schema(choices.below(2));
    world.run(format!("create extension {name} schema {schema}"));
    world.note(format!("extension {name}"));
    let own = EXTENSIONS.iter().find(|(other, _)| *other == name);
    if let Some((_, Some((data_type, value)))) = own {
        add(
            world,
            format!("{schema}.{data_type}"),
            value,
            Class::Other,
            name,
        );
    }
}

/// A type that columns can have.
fn add(world: &mut World, name: String, default: &str, class: Class, definition: &str) {
    world
        .definitions
        .insert(name.clone(), definition.to_owned());
    world.types.push((name, default.to_owned(), class));
}

fn collation(world: &mut World) {
    let Some(mut choices) = world.part(Part::Collation, 0) else {
        return;
    };
    let name = world.name("Coll", 0);
    let locale = choices.of(&["C", "POSIX"]);
    world.run(format!(
        "create collation {name} (provider = libc, locale = {})",
        quote_literal(locale)
    ));
    world.note_owned(format!("collation {name}"));
}

/// `collate`, with a collation that is there.
pub fn collate(world: &World, choices: &mut Choices) -> String {
    match (choices.below(5), world.part(Part::Collation, 0)) {
        (1, _) => " collate \"C\"".to_owned(),
        (2, Some(_)) => format!(" collate {}", world.name("Coll", 0)),
        _ => String::new(),
    }
}

/// The first label is the default.
fn enumeration(world: &mut World, number: usize, mut choices: Choices) {
    // `pg_dump` sorts casts by the bare names of their types.
    let first = format!("e{}", world.number);
    let name = world.name([first.as_str(), "En um"][number], number);
    let first = choices.below(3);
    let mut labels: Vec<&str> = vec![LABELS[first]];
    for (at, label) in LABELS.iter().enumerate() {
        if at != first && choices.chance(50) {
            let place = if choices.chance(30) { 1 } else { labels.len() };
            labels.insert(place, label);
        }
    }
    let all: Vec<String> = labels.iter().map(|label| quote_literal(label)).collect();
    world.run(format!("create type {name} as enum ({})", all.join(", ")));
    world.note_owned(format!("type {name}"));
    world.granted.push((&["usage"], format!("type {name}")));
    let default = format!("{}::{name}", all[0]);
    add(world, name, &default, Class::Other, &all[0]);
}

fn domain(world: &mut World, number: usize, mut choices: Choices) {
    let name = world.name(["dom", "dom over dom", "Dom"][number], number);
    let under = world
        .types
        .iter()
        .find(|(name, ..)| name.rsplit('.').next() == Some("dom"));
    let number_types = ["integer", "bigint", "numeric(6,2)", "real"];
    let (base, value, class, default) = match (number, under) {
        (0, _) => (
            choices.of(&number_types).to_owned(),
            "value",
            Class::Number,
            "5",
        ),
        (1, Some((under, ..))) => (under.clone(), "value", Class::Number, "6"),
        (1, None) => (
            "text[]".to_owned(),
            "cardinality(value)",
            Class::Array,
            "'{a,b,c,d}'",
        ),
        _ => {
            let base = choices.of(&["text", "varchar(30)"]);
            let collate = collate(world, &mut choices);
            (
                base.to_owned() + &collate,
                "length(value)",
                Class::Text,
                "'some words'",
            )
        }
    };
    let not_null = choices.chance(30);
    let defaulted = choices.chance(40) || not_null;
    let least = choices.below(3);
    let mut definition = format!("create domain {name} as {base}");
    if defaulted {
        definition += &[" default ", default].concat();
    }
    definition += if not_null { " not null" } else { "" };
    if choices.chance(60) {
        let check = format!(" constraint \"It's least\" check ({value} > {least})");
        definition += &check;
    }
    if choices.chance(30) {
        definition += &[" check (", value, " < 1000)"].concat();
    }
    world.run(&definition);
    if choices.chance(15) {
        world.run(format!(
            "alter domain {name} add constraint late check ({value} <> 77) not valid"
        ));
        world.note(format!("constraint late on domain {name}"));
    }
    world.note_owned(format!("domain {name}"));
    world.granted.push((&["usage"], format!("domain {name}")));
    let under = world.definitions.get(&base).cloned().unwrap_or_default();
    add(world, name, default, class, &(definition + &under));
}

fn composite(world: &mut World, number: usize, mut choices: Choices) {
    let first = format!("comp{}", world.number);
    let name = world.name([first.as_str(), "Composite type"][number], number);
    let mut attributes = Vec::new();
    let mut columns = Vec::new();
    for (at, attribute) in ["x", "Y y", "z"].into_iter().enumerate() {
        // Tables of a type keep the order of their columns: the first composite gets attributes at its end alone.
        if at > 1 - number && choices.chance(35) {
            continue;
        }
        let attribute = quote_ident(attribute).into_owned();
        let plain = [
            "integer",
            "text",
            "timestamptz",
            "numeric(8,2)",
            "integer[]",
        ];
        let data_type = match (choices.below(7), world.types.is_empty()) {
            (5 | 6, false) => {
                let at = choices.below(world.types.len());
                world.types[at].0.clone()
            }
            (pick, _) => plain[pick % 5].to_owned(),
        };
        let collated = if data_type == "text" {
            collate(world, &mut choices)
        } else {
            String::new()
        };
        columns.push(format!("column {name}.{attribute}"));
        attributes.push(format!("{attribute} {data_type}{collated}"));
    }
    let definition = format!("create type {name} as ({})", attributes.join(", "));
    world.run(&definition);
    world.note_owned(format!("type {name}"));
    for column in columns {
        world.note(column);
    }
    add(world, name, "null", Class::Unordered, &definition);
}

fn range(world: &mut World) {
    let Some(mut choices) = world.part(Part::Range, 0) else {
        return;
    };
    let name = world.name("My range", 0);
    let multirange = world.name("My multirange", 0);
    let subtypes = [
        "subtype = integer",
        "subtype = float8, subtype_diff = float8mi",
        "subtype = text, collation = \"C\"",
        "subtype = text, subtype_opclass = text_pattern_ops",
    ];
    let mut definition = format!("create type {name} as range ({}", choices.of(&subtypes));
    if choices.chance(40) {
        definition += &[", multirange_type_name = ", &multirange].concat();
    }
    definition += ")";
    world.run(&definition);
    world.note_owned(format!("type {name}"));
    add(world, name, "'empty'", Class::Range, &definition);
}
