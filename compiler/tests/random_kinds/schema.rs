use std::collections::{BTreeMap, BTreeSet};

use super::gene::Genome;
use super::world::{Column, Place, Relation, World};
use super::{around, constraints, relations, routines, table, types};

/// A schema's statements, and the tables that they make.
pub struct Built {
    /// The statements.
    pub statements: Vec<String>,
    /// The tables.
    pub tables: Vec<Relation>,
}

/// The statements that build a schema, with rows in some of its tables. They are valid whatever the genome is.
pub fn build(genome: &Genome, number: usize, place: &Place, with_rows: &BTreeSet<String>) -> Built {
    let mut world = World::new(genome, number, place, with_rows);
    for which in 0..2 {
        if number > 0 || which > 0 {
            world.run(format!("create schema {}", world.schema(which)));
        }
    }
    around::schema(&mut world);
    types::build(&mut world);
    table::sequences(&mut world);
    routines::build(&mut world);
    table::build(&mut world);
    constraints::build(&mut world);
    routines::build_over_tables(&mut world);
    relations::build(&mut world);
    around::build(&mut world);
    Built {
        statements: world.statements,
        tables: world.tables,
    }
}

/// The tables whose rows the new schema can hold as they are.
pub fn rows_that_fit(old: &Built, new: &Built) -> BTreeSet<String> {
    let new: BTreeMap<&str, &Relation> = new
        .tables
        .iter()
        .map(|table| (table.name.as_str(), table))
        .collect();
    let there = |table: &&Relation| {
        table.holds_rows
            && new
                .get(table.name.as_str())
                .is_some_and(|new| fits(table, new))
    };
    let mut fitting: BTreeSet<String> = old
        .tables
        .iter()
        .filter(there)
        .map(|table| table.name.clone())
        .collect();
    loop {
        let before = fitting.len();
        let points_to = |name: &str| {
            let tables = old.tables.iter().chain(new.values().copied());
            tables
                .filter(move |table| table.name == name)
                .flat_map(|table| &table.points_to)
                .cloned()
                .collect::<Vec<_>>()
        };
        let all = fitting.clone();
        fitting.retain(|name| points_to(name).iter().all(|target| all.contains(target)));
        if fitting.len() == before {
            return fitting;
        }
    }
}

fn fits(old: &Relation, new: &Relation) -> bool {
    let column = |old: &Column| {
        let new = new.columns.iter().find(|new| new.name == old.name);
        new.is_none_or(|new| {
            keeps_values(old, new) && (new.nullable || !old.nullable || old.filled)
        })
    };
    // PostgreSQL changes no type of a partition key: the table is made anew, and the plan says that it deletes data.
    let key = |table: &Relation| table.columns.first().map(|key| key.data_type.clone());
    let made_anew = old.partitioned && key(old) != key(new);
    !made_anew && new.holds_rows && old.layout == new.layout && old.columns.iter().all(column)
}

/// Whether a column's values are the same, as texts, when it has become the other one.
fn keeps_values(old: &Column, new: &Column) -> bool {
    let widened = [
        ("integer", "bigint"),
        ("smallint", "integer"),
        ("smallint", "bigint"),
        ("integer", "text"),
        ("bigint", "text"),
        ("uuid", "text"),
        ("varchar(20)", "text"),
        ("text", "varchar(20)"),
        ("date", "text"),
    ];
    let same = old.data_type == new.data_type && old.definition == new.definition;
    old.generated == new.generated
        && (same || widened.contains(&(old.data_type.as_str(), new.data_type.as_str())))
}
