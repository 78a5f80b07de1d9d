use tablec::sql::{quote_ident, quote_literal};

use super::gene::{Choices, Part};
use super::routines::text_expression;
use super::types::collate;
use super::world::{Class, Column, World};

/// A table in the making: its columns with how they are written, and what is said of them afterwards.
#[derive(Default)]
pub struct Making {
    /// The columns.
    pub columns: Vec<Column>,
    /// How they are written.
    pub lines: Vec<String>,
    /// What is changed afterwards.
    pub later: Vec<String>,
}

impl Making {
    /// A column that is written so.
    pub fn push(&mut self, column: Column, line: String) {
        self.columns.push(column);
        self.lines.push(line);
    }
}

impl Making {
    /// A column of any type.
    pub fn column(&mut self, world: &World, name: &str, mut choices: Choices) {
        let name = quote_ident(name).into_owned();
        let (data_type, default, class, definition) = kind(world, &mut choices);
        if choices.chance(15) && class == Class::Number {
            return self.generated(world, name, &mut choices);
        }
        if choices.chance(25) && matches!(data_type.as_str(), "integer" | "bigint") {
            return self.serial(name, data_type, &mut choices);
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

    fn serial(&mut self, name: String, data_type: String, choices: &mut Choices) {
        let word = if data_type == "bigint" {
            "bigserial"
        } else {
            "serial"
        };
        self.settings(&name, Class::Number, choices);
        let line = format!("{name} {word}");
        let column = Column {
            name,
            data_type,
            definition: String::new(),
            class: Class::Number,
            nullable: false,
            filled: true,
            generated: false,
        };
        self.push(column, line);
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
