use tablec::sql::quote_ident;

use super::gene::{Choices, Part};
use super::routines::operator_class_of;
use super::types::{collate, extension_of};
use super::world::{Class, World};

pub fn index(world: &mut World, number: usize, mut choices: Choices) {
    let Some(table) = world.own_table(&mut choices) else {
        return;
    };
    // The names of a partition's indexes, where indexes of several levels meet, hang on the order in which all were made.
    if table.root.is_some() {
        return;
    }
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
    // Of two alike PostgreSQL chooses which one a partition's becomes part of.
    let filter = if table.partitioned {
        format!(" where a > {number}")
    } else {
        filter.to_owned()
    };
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

pub fn statistics(world: &mut World, mut choices: Choices) {
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
