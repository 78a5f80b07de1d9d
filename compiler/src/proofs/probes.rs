//! Level 2: which triggers fire, on what, and which of their conditions were seen true and false.
//!
//! Each trigger gets a twin that fires just before it, under the same conditions, and moves a sequence of the trigger's own.
//! A sequence keeps its value through rollback, exceptions and deferral. A second twin fires where the trigger's
//! condition is not true. The twins are kept out of sight and out of reach of a suite:
//!
//! - they are internal triggers, in a schema whose name is the system's, so that `triggers_are`, `schemas_are` and
//!   `alter table … disable trigger user` do not see them;
//! - the twin of a constraint trigger shares its constraint, so that `set constraints` moves both;
//! - they use `setval` and not `nextval`, which would change what `lastval()` says;
//! - they fire always, and look whether the trigger itself would: it may be disabled or dropped by the suite.

use std::collections::BTreeMap;

use super::facts::{Event, EventTrigger, Facts, Function, Policy, Trigger};
use crate::database::{QueryError, Session};
use crate::sql::{quote_ident, quote_literal};

/// The schema of all that is added to a test database.
pub const SCHEMA: &str = "pg_tablec";

/// What a sequence counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counted {
    /// A trigger, by its place among the facts, fired on this event.
    Fired(usize, Event),
    /// Its condition was not true on this event.
    Passed(usize, Event),
    /// An event trigger, by its place, fired on one of its occasions, by place.
    Ran(usize, usize),
    /// A policy, by its place, let a row through.
    Allowed(usize),
    /// A policy held a row back.
    Refused(usize),
}

/// The sequences of the probes, by oid; the same in each clone.
#[derive(Clone, Debug, Default)]
pub struct Probes(BTreeMap<u32, Counted>);

impl Probes {
    /// What a moved sequence counted.
    pub fn counted(&self, oid: u32) -> Option<Counted> {
        self.0.get(&oid).copied()
    }

    /// Sets up the probes in a database.
    pub fn install(session: &Session, facts: &Facts) -> Result<Self, QueryError> {
        session.batch_execute(include_str!("probes/setup.sql"))?;
        let counters = counters(facts);
        let oids = create_sequences(session, counters.len())?;
        let by_counter: BTreeMap<Counted, u32> =
            counters.iter().copied().zip(oids.iter().copied()).collect();
        let twins: Vec<String> = facts
            .triggers
            .iter()
            .enumerate()
            .flat_map(|(at, trigger)| twins(at, trigger, &by_counter))
            .collect();
        let event_twins = facts
            .event_triggers
            .iter()
            .enumerate()
            .map(|(at, trigger)| event_twin(at, trigger, &by_counter));
        let policies = facts
            .policies
            .iter()
            .enumerate()
            .map(|(at, policy)| watch(at, policy, &by_counter));
        let functions = facts.functions.iter().filter_map(keep_whole);
        let all: Vec<String> = twins
            .into_iter()
            .chain(policies)
            .chain(functions)
            .chain(event_twins)
            .collect();
        session.batch_execute(&all.join(";\n"))?;
        session.batch_execute(include_str!("probes/hide.sql"))?;
        Ok(Self(oids.into_iter().zip(counters).collect()))
    }
}

fn counters(facts: &Facts) -> Vec<Counted> {
    let mut counters = Vec::new();
    for (at, trigger) in facts.triggers.iter().enumerate() {
        counters.extend(
            trigger
                .events
                .iter()
                .map(|event| Counted::Fired(at, *event)),
        );
        if trigger.when.is_some() {
            counters.extend(
                trigger
                    .events
                    .iter()
                    .map(|event| Counted::Passed(at, *event)),
            );
        }
    }
    for (at, trigger) in facts.event_triggers.iter().enumerate() {
        counters.extend((0..trigger.occasions().len()).map(|occasion| Counted::Ran(at, occasion)));
    }
    for at in 0..facts.policies.len() {
        counters.extend([Counted::Allowed(at), Counted::Refused(at)]);
    }
    counters
}

/// One statement for all; their oids, in order.
fn create_sequences(session: &Session, count: usize) -> Result<Vec<u32>, QueryError> {
    let create: Vec<String> = (0..count)
        .map(|at| format!("create sequence {SCHEMA}.s{at}"))
        .collect();
    session.batch_execute(&create.join(";"))?;
    let rows = session.query(&format!(
        "select c.oid from pg_class as c where c.relnamespace = '{SCHEMA}'::regnamespace and c.relkind = 'S'
         order by substr(c.relname, 2)::int"
    ))?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// The twin that fires with the trigger, and the one that fires where its condition is not true.
fn twins(at: usize, trigger: &Trigger, counters: &BTreeMap<Counted, u32>) -> Vec<String> {
    let mut twins = vec![twin(trigger, 1, |event| {
        counters.get(&Counted::Fired(at, event))
    })];
    if let Some(when) = &trigger.when {
        let negated = Trigger {
            when: Some(format!("({when}) is not true")),
            ..trigger.clone()
        };
        twins.push(twin(&negated, 0, |event| {
            counters.get(&Counted::Passed(at, event))
        }));
    }
    twins
}

fn twin<'a>(trigger: &Trigger, place: u8, counter: impl Fn(Event) -> Option<&'a u32>) -> String {
    let bare = Trigger {
        old_table: None,
        new_table: None,
        ..trigger.clone()
    };
    let counters = Event::ALL
        .map(|event| counter(event).map_or_else(|| "''".to_owned(), |oid| format!("'{oid}'")));
    let call = format!(
        "{SCHEMA}.fired({}, {})",
        quote_literal(&trigger.name),
        counters.join(", ")
    );
    bare.create(&name_before(&trigger.name, place), &call)
}

/// The twin of an event trigger. Its function has no arguments, so that it needs one of its own.
fn event_twin(at: usize, trigger: &EventTrigger, counters: &BTreeMap<Counted, u32>) -> String {
    let counter = |occasion| {
        counters
            .get(&Counted::Ran(at, occasion))
            .copied()
            .unwrap_or_default()
    };
    let by_tag: Vec<String> = trigger
        .tags
        .iter()
        .enumerate()
        .map(|(occasion, tag)| format!("when {} then {}", quote_literal(tag), counter(occasion)))
        .collect();
    let counter = if by_tag.is_empty() {
        counter(0).to_string()
    } else {
        format!("case tg_tag {} end", by_tag.join(" "))
    };
    let function = format!("{SCHEMA}.event_{at}");
    let name = name_before(&trigger.name, 1);
    format!(
        "create function {function}() returns event_trigger language plpgsql security definer as {};
         {};
         alter event trigger {} enable always",
        quote_literal(&format!(
            "begin perform {SCHEMA}.happened({}, {counter}); end",
            quote_literal(&trigger.name)
        )),
        trigger.create(&name, &function),
        quote_ident(&name)
    )
}

/// A name that sorts just before another: triggers fire in the order of their names' bytes. The place tells twins of one trigger apart.
fn name_before(name: &str, place: u8) -> String {
    const LENGTH: usize = 62;
    let lowered = |(at, c): (usize, char)| {
        (c.is_ascii() && c > '!' && at < LENGTH).then(|| (at, c as u8 - 1))
    };
    let mut before = match name.char_indices().rev().find_map(lowered) {
        Some((at, c)) => format!("{}{}", &name[..at], char::from(c)),
        // Every such name is beyond ASCII, which sorts first.
        None => String::new(),
    };
    while before.len() < LENGTH {
        before.push('~');
    }
    before.push(if place == 0 { '}' } else { '~' });
    before
}

/// The same policy, which counts what it says.
fn watch(at: usize, policy: &Policy, counters: &BTreeMap<Counted, u32>) -> String {
    let counter = |counted| counters.get(&counted).copied().unwrap_or_default();
    let (yes, no) = (counter(Counted::Allowed(at)), counter(Counted::Refused(at)));
    let watched = |expression: &String| {
        format!(
            "case when {expression} then {SCHEMA}.said({yes}, true) else {SCHEMA}.said({no}, false) end"
        )
    };
    let clause = |word: &str, expression: &Option<String>| {
        expression
            .as_ref()
            .map(|expression| format!(" {word} ({})", watched(expression)))
            .unwrap_or_default()
    };
    format!(
        "alter policy {} on {}{}{}",
        quote_ident(&policy.name),
        policy.table.sql(),
        clause("using", &policy.using),
        clause("with check", &policy.check)
    )
}

/// A function in SQL is not counted where it is inlined, and it is not inlined when it has a setting.
fn keep_whole(function: &Function) -> Option<String> {
    let kind = if function.is_procedure {
        "procedure"
    } else {
        "function"
    };
    (function.language == "sql").then(|| {
        format!(
            "alter {kind} {}({}) set {SCHEMA}.whole = ''",
            function.name.sql(),
            function.identity_arguments
        )
    })
}

#[cfg(test)]
mod tests {
    use super::name_before;

    #[test]
    fn a_twin_sorts_just_before() {
        for name in [
            "a",
            "tasks_touch",
            "ä",
            "A!",
            &"x".repeat(63),
            &"ä".repeat(31),
            "tabelle_ö",
        ] {
            let (first, second) = (name_before(name, 0), name_before(name, 1));
            assert!(first < second, "{first} {second}");
            assert!(second.as_str() < name, "{second} {name}");
            assert!(second.len() <= 63, "{second}");
        }
    }
}
