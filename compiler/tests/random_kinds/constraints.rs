use tablec::sql::quote_ident;

use super::gene::{Choices, Part};
use super::types::extension_of;
use super::world::World;

/// Checks, keys and exclusion constraints; then foreign keys.
pub fn build(world: &mut World) {
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
    // Where a part has one of the same columns, both are enforced or neither is.
    let in_parts = from.partitioned || from.root.is_some();
    let enforced = if world.place.major >= 18 && not_valid.is_empty() && !in_parts {
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
