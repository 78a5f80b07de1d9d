use super::gene::{Choices, Part};
use super::world::{Relation, World};

/// How a table is partitioned, and the bounds of its three parts.
pub const STRATEGIES: [(&str, [&str; 3]); 5] = [
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
pub fn partitions(world: &mut World, parent: &mut Relation, strategy: usize) -> Vec<Relation> {
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
