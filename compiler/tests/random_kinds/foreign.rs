use tablec::sql::quote_ident;

use super::gene::{Choices, Part};
use super::world::{Class, Column, ROLES, Relation, World};

/// A foreign-data wrapper that does nothing, a server, a user mapping, a foreign table.
pub fn foreign(world: &mut World, number: usize, mut choices: Choices) {
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
