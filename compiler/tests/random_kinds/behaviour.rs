use tablec::sql::quote_ident;

use super::gene::Choices;
use super::routines::trigger_function_of;
use super::world::{Class, ROLES, World};

pub fn trigger(world: &mut World, number: usize, mut choices: Choices) {
    let Some(function) = trigger_function_of(world, &mut choices) else {
        return;
    };
    let name = quote_ident(["touch", "Trigger \"1\"", "trigger", "t3", "zz"][number]).into_owned();
    let on_view = choices.chance(25) && number == 4;
    let target = if on_view {
        world.views.iter().find(|view| !view.foreign).cloned()
    } else {
        world.own_table(&mut choices)
    };
    let Some(target) = target else {
        return;
    };
    let on = &target.name;
    let column = target
        .column(&[Class::Number, Class::Text, Class::Other], &mut choices)
        .filter(|column| !column.generated)
        .map_or("a".to_owned(), |column| column.name.clone());
    let arguments = choices.of(&["", "'one'", "'it''s', 2, 'back\\slash'"]);
    let (event, level, constraint) = match choices.below(10) {
        _ if on_view => ("instead of insert or update".to_owned(), "for each row", ""),
        1 => (format!("before update of {column}"), "for each row", ""),
        2 => (
            "after insert or update".to_owned(),
            "for each row when (new.a > 1)",
            "",
        ),
        3 => (
            "before update".to_owned(),
            "for each row when (old.* is distinct from new.*)",
            "",
        ),
        4 => ("after delete".to_owned(), "for each statement", ""),
        5 => (
            "after update".to_owned(),
            "referencing old table as old_rows new table as \"New rows\" for each statement",
            "",
        ),
        6 => (
            "after insert or update or delete".to_owned(),
            "deferrable initially deferred for each row",
            "constraint ",
        ),
        7 => ("before truncate".to_owned(), "for each statement", ""),
        8 => (
            format!("after update of {column}"),
            "for each row when (old.a <> new.a)",
            "",
        ),
        9 => (
            "after insert".to_owned(),
            "referencing new table as made for each statement",
            "",
        ),
        _ => ("before insert".to_owned(), "for each row", ""),
    };
    // A generated column has no value yet before the row is stored.
    let computed = target.columns.iter().any(|column| column.generated);
    let level = if level.contains("old.*") && computed {
        "for each row"
    } else {
        level
    };
    // 16.2, which the wheel has, lets no table with transition tables join a parent, as if they were those of rows.
    let level = if level.starts_with("referencing") && world.place.major == 16 {
        "for each statement"
    } else {
        level
    };
    let constraint = if target.partitioned { "" } else { constraint };
    let level = if constraint.is_empty() {
        level.trim_start_matches("deferrable initially deferred ")
    } else {
        level
    };
    world.run(format!("create {constraint}trigger {name} {event} on {on} {level} execute function {function}({arguments})"));
    let enabled = choices.of(&["", "", "", "", "disable", "enable always", "enable replica"]);
    if !enabled.is_empty() && !on_view {
        world.run(format!("alter table {on} {enabled} trigger {name}"));
    }
    world.note(format!("trigger {name} on {on}"));
}

pub fn policy(world: &mut World, number: usize, mut choices: Choices) {
    let Some(table) = world.own_table(&mut choices) else {
        return;
    };
    let name = quote_ident(["seen", "Policy 1", "p\"2"][number]).into_owned();
    let command = choices.of(&[
        "",
        " for select",
        " for update",
        " for insert",
        " for delete",
    ]);
    let to = match choices.below(3) {
        1 => format!(" to {}", quote_ident(ROLES[0])),
        2 => format!(" to {}, {}", quote_ident(ROLES[1]), quote_ident(ROLES[0])),
        _ => String::new(),
    };
    let other = world
        .relation(&mut choices)
        .map_or(table.name.clone(), |other| other.name);
    let column = table.sortable(&mut choices).to_owned();
    let double = world.function(0).unwrap_or_else(|| "abs".to_owned());
    let using = match choices.below(5) {
        1 => format!("a in (select x.a from {other} x)"),
        2 => format!("{double}(a::integer) > 0"),
        3 => format!("{column} is not null"),
        4 => "a = current_setting('app.a', true)::integer".to_owned(),
        _ => "true".to_owned(),
    };
    let clause = match command {
        " for insert" => format!("with check ({using})"),
        " for update" | "" if choices.chance(40) => format!("using ({using}) with check (a > 0)"),
        _ => format!("using ({using})"),
    };
    let restrictive = choices.maybe(25, " as restrictive");
    world.run(format!(
        "create policy {name} on {}{restrictive}{command}{to} {clause}",
        table.name
    ));
    world.note(format!("policy {name} on {}", table.name));
}

pub fn rule(world: &mut World, number: usize, mut choices: Choices) {
    let Some(table) = world.own_table(&mut choices) else {
        return;
    };
    let name = quote_ident(["r0", "Rule \"1\""][number]).into_owned();
    let on = &table.name;
    let other = world
        .own_table(&mut choices)
        .map_or(on.clone(), |other| other.name);
    let definition = match choices.below(4) {
        1 => format!("on delete to {on} do also notify \"It's gone\""),
        2 => format!(
            "on update to {on} where new.a > 1000 do also delete from {other} where a = old.a"
        ),
        3 => format!(
            "on insert to {on} where new.a = 77 do instead insert into {other} (a) values (new.a + 1)"
        ),
        _ => format!("on delete to {on} where old.a = 99 do instead nothing"),
    };
    world.run(format!("create rule {name} as {definition}"));
    let enabled = choices.of(&["", "", "", "disable", "enable replica"]);
    if !enabled.is_empty() {
        world.run(format!("alter table {on} {enabled} rule {name}"));
    }
    world.note(format!("rule {name} on {on}"));
}
