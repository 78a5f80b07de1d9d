//! Triggers: their functions, and the forms that PostgreSQL refuses (`CreateTriggerFiringOn` of `trigger.c`).

use super::facts::Facts;
use super::known_types;
use super::when::{RowReference, row_references};
use crate::catalog::{Id, QName};
use crate::diagnostics::{Diagnostic, Place};
use crate::kinds::Kind;
use crate::kinds::event_trigger::EventTrigger;
use crate::kinds::table::Table;
use crate::kinds::trigger::{Timing, Trigger};
use crate::spec::value::Value;

/// Checks every trigger and event trigger.
pub fn check(facts: &Facts<'_, '_>, found: &mut Vec<Diagnostic>) {
    for (id, trigger, _) in facts.catalog.of::<Trigger>() {
        let Some(relation) = id.relation() else {
            continue;
        };
        let kind = facts
            .relation(&relation)
            .map_or(Kind::Table, |(kind, _)| kind);
        let table = facts.table(&relation);
        let at = At {
            facts,
            id,
            trigger,
            kind,
            table,
            relation,
            found,
        };
        at.check();
    }
    for (id, trigger, _) in facts.catalog.of::<EventTrigger>() {
        let place = || facts.place(id, &["execute"]);
        found.extend(function_problem(
            facts,
            &trigger.function,
            "event_trigger",
            place,
        ));
    }
}

struct At<'a, 'r, 't> {
    facts: &'a Facts<'r, 't>,
    id: &'a Id,
    trigger: &'a Trigger,
    kind: Kind,
    table: Option<&'r Table>,
    relation: QName,
    found: &'a mut Vec<Diagnostic>,
}

impl At<'_, '_, '_> {
    fn check(mut self) {
        let place = || self.facts.place(self.id, &["execute"]);
        let function = function_problem(self.facts, &self.trigger.function, "trigger", place);
        self.found.extend(function);
        self.timing();
        self.level();
        self.constraint();
        self.transition_tables();
        self.update_columns();
        self.condition();
    }

    fn refuse(&mut self, key: &str, message: impl Into<String>, help: &str) {
        let place = self.facts.place(self.id, &[key]);
        self.refuse_at(place, message, help);
    }

    fn refuse_at(&mut self, place: Place, message: impl Into<String>, help: &str) {
        self.found
            .push(Diagnostic::error("trigger-form", place, message).help(help));
    }

    fn timing(&mut self) {
        let instead = self.trigger.timing == Timing::InsteadOf;
        match self.kind {
            Kind::Table if instead => self.refuse(
                "fires",
                "only a view can have a trigger that fires instead of the command",
                "write `before` or `after`",
            ),
            Kind::View if !instead && self.trigger.for_each_row => self.refuse(
                "fires",
                "a row trigger of a view fires instead of the command",
                "write `instead of`, or `for_each = \"statement\"`",
            ),
            Kind::View if self.trigger.events.truncate => {
                self.refuse("fires", "a view can't be truncated", "leave out `truncate`");
            }
            _ => {}
        }
        if instead && self.kind == Kind::View {
            self.instead_of();
        }
    }

    fn instead_of(&mut self) {
        if !self.trigger.for_each_row {
            self.refuse(
                "fires",
                "an `instead of` trigger fires for each row",
                "add `for_each = \"row\"`",
            );
        }
        if self.trigger.when.is_some() {
            self.refuse(
                "when",
                "an `instead of` trigger has no condition",
                "test it in the function",
            );
        }
        if !self.trigger.events.update_of.is_empty() {
            self.refuse(
                "fires",
                "an `instead of` trigger has no list of columns",
                "write `instead of update`",
            );
        }
    }

    fn level(&mut self) {
        if self.trigger.events.truncate && self.trigger.for_each_row {
            self.refuse(
                "fires",
                "a truncate touches no single row",
                "write `for_each = \"statement\"`",
            );
        }
    }

    fn constraint(&mut self) {
        let trigger = self.trigger;
        if trigger.constraint {
            if trigger.timing != Timing::After || !trigger.for_each_row {
                self.refuse(
                    "constraint",
                    "a constraint trigger fires after each row",
                    "write `fires = \"after …\"` and `for_each = \"row\"`",
                );
            }
            if self.kind != Kind::Table {
                self.refuse(
                    "constraint",
                    "only a table can have a constraint trigger",
                    "leave out `constraint`",
                );
            }
            return;
        }
        for (key, said) in [
            ("deferrable", trigger.deferrable),
            ("initially_deferred", trigger.initially_deferred),
            ("from_table", trigger.from_table.is_some()),
        ] {
            if said && self.facts.value(self.id, &[key]).is_some() {
                self.refuse(
                    key,
                    format!("`{key}` is for constraint triggers"),
                    "add `constraint = true`",
                );
            }
        }
    }

    fn transition_tables(&mut self) {
        let trigger = self.trigger;
        let key = if trigger.old_table.is_some() {
            "old_table"
        } else {
            "new_table"
        };
        if trigger.old_table.is_none() && trigger.new_table.is_none() {
            return;
        }
        let events = &trigger.events;
        let count = [events.insert, events.update, events.delete, events.truncate]
            .iter()
            .filter(|e| **e)
            .count();
        if trigger.timing != Timing::After || self.kind != Kind::Table {
            self.refuse(
                key,
                "only an `after` trigger of a table has transition tables",
                "write `fires = \"after …\"`",
            );
        } else if events.truncate {
            self.refuse(key, "a truncate has no transition tables", "leave them out");
        } else if count > 1 {
            self.refuse(
                key,
                "a trigger with transition tables fires on one event",
                "write a trigger for each event",
            );
        } else if !events.update_of.is_empty() {
            self.refuse(
                key,
                "a trigger with transition tables has no list of columns",
                "write `after update`",
            );
        } else if events.insert && trigger.old_table.is_some() {
            self.refuse(
                "old_table",
                "an insert has no old rows",
                "leave out `old_table`",
            );
        } else if events.delete && trigger.new_table.is_some() {
            self.refuse(
                "new_table",
                "a delete has no new rows",
                "leave out `new_table`",
            );
        } else if trigger.constraint {
            self.refuse(
                key,
                "a constraint trigger has no transition tables",
                "leave out `constraint`",
            );
        } else if trigger.old_table.is_some() && trigger.old_table == trigger.new_table {
            self.refuse(
                "new_table",
                "both transition tables have the same name",
                "give them different names",
            );
        } else if trigger.for_each_row && self.table.is_some_and(takes_part_in_a_family) {
            self.refuse(key, "a row trigger of a partitioned table, a partition or a child has no transition tables", "write `for_each = \"statement\"`");
        }
    }

    fn update_columns(&mut self) {
        let Some(table) = self.table else {
            return;
        };
        for column in &self.trigger.events.update_of {
            if table.column(column).is_none() {
                let place = self.facts.place(self.id, &["fires"]);
                self.found.push(
                    self.facts
                        .unknown_column(&self.relation, column, table, place),
                );
            }
        }
    }

    fn condition(&mut self) {
        let Some(when) = &self.trigger.when else {
            return;
        };
        // Leading white space is taken off when it is read.
        let written = self
            .facts
            .value(self.id, &["when"])
            .and_then(Value::as_text)
            .unwrap_or_default();
        let shift = written.len() - written.trim_start().len();
        for reference in row_references(&when.0) {
            let range = reference.range.start + shift..reference.range.end + shift;
            let place = match self.facts.value(self.id, &["when"]) {
                Some(said) => said.place_within(range),
                None => self.facts.place(self.id, &[]),
            };
            self.row_reference(&reference, place);
        }
    }

    fn row_reference(&mut self, reference: &RowReference, place: Place) {
        let (trigger, events) = (self.trigger, &self.trigger.events);
        let row = if reference.new { "new" } else { "old" };
        if !trigger.for_each_row {
            self.refuse_at(
                place,
                format!("a statement trigger has no {row} row"),
                "add `for_each = \"row\"`",
            );
        } else if events.insert && !reference.new {
            self.refuse_at(
                place,
                "an insert has no old row",
                "write a trigger of its own for the insert",
            );
        } else if events.delete && reference.new {
            self.refuse_at(
                place,
                "a delete has no new row",
                "write a trigger of its own for the delete",
            );
        } else if let Some(table) = self.table {
            self.row_column(table, reference, place);
        }
    }

    fn row_column(&mut self, table: &Table, reference: &RowReference, place: Place) {
        let before = self.trigger.timing == Timing::Before && reference.new;
        match &reference.column {
            Some(name) => match table.column(name) {
                None if !is_system(name) => self.found.push(self.facts.unknown_column(&self.relation, name, table, place)),
                Some(column) if before && column.generated.is_some() => {
                    let message = format!("`{name}` is generated after the `before` triggers have run");
                    self.refuse_at(place, message, "compare the columns that it is computed from, or write `after`");
                }
                _ => {}
            },
            None if before && table.columns.iter().any(|column| column.generated.is_some()) => self.refuse_at(
                place,
                "the new row has generated columns, which are computed after the `before` triggers have run",
                "list the columns: `(old.title, old.due_at) is distinct from (new.title, new.due_at)`",
            ),
            None => {}
        }
    }
}

fn takes_part_in_a_family(table: &Table) -> bool {
    table.partition_by.is_some() || table.partition_of.is_some() || !table.inherits.is_empty()
}

/// The columns that every table has (manual, "System Columns").
pub fn is_system(column: &str) -> bool {
    ["tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"].contains(&column)
}

fn function_problem(
    facts: &Facts<'_, '_>,
    name: &QName,
    result: &'static str,
    place: impl Fn() -> Place,
) -> Option<Diagnostic> {
    let Some(overloads) = facts.functions.get(name) else {
        return unknown_function(facts, name, result, place());
    };
    let fitting = overloads
        .iter()
        .find(|(_, function)| function.arguments.is_empty());
    let Some((id, function)) = fitting else {
        let message = format!(
            "`{}` takes arguments; a trigger's function is called without",
            facts.short(name)
        );
        let help = "arguments of the trigger are found in `tg_argv`";
        return Some(Diagnostic::error("trigger-function", place(), message).help(help));
    };
    if function.returns.as_deref() == Some(result) {
        return None;
    }
    let returns = function.returns.as_deref().unwrap_or("nothing");
    let message = format!("`{}` returns {returns}, not {result}", facts.short(name));
    Some(
        Diagnostic::error("trigger-function", place(), message)
            .label(format!("has to return {result}"))
            .related(facts.place(id, &["returns"]), "it is declared here")
            .help(format!(
                "write `returns = \"{result}\"` there, or name another function"
            )),
    )
}

fn unknown_function(
    facts: &Facts<'_, '_>,
    name: &QName,
    result: &str,
    place: Place,
) -> Option<Diagnostic> {
    // Functions of `pg_catalog` that return a trigger.
    let builtin = [
        "suppress_redundant_updates_trigger",
        "tsvector_update_trigger",
        "tsvector_update_trigger_column",
    ];
    let from_extension = facts.has_unknown_extension(known_types::has_no_trigger_function);
    if builtin.contains(&name.name.as_str())
        || from_extension
        || facts.is_foreign_schema(&name.schema)
    {
        return None;
    }
    let fitting: Vec<QName> = facts
        .functions
        .iter()
        .filter(|(_, overloads)| {
            overloads
                .iter()
                .any(|(_, function)| function.returns.as_deref() == Some(result))
        })
        .map(|(name, _)| name.clone())
        .collect();
    Some(facts.unknown("function", name, place, fitting.iter()))
}
