//! Level 3: small changes of a trigger, a policy or a function that a good suite notices.

mod event_trigger;

use super::facts::{Event, Function, Policy, Timing, Trigger};
use super::probes::SCHEMA;
use crate::sql::quote_ident;
pub use event_trigger::of_event_trigger;

/// A change that a suite should notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// Its name, under which a spec says why no suite can notice it: `disabled`, `without insert`, `timing`.
    pub kind: String,
    /// What is different, as the end of the sentence "no test fails when `x` …".
    pub change: String,
    /// What kind of assertion would notice.
    pub missing: String,
    /// SQL that makes the change.
    pub apply: String,
    /// SQL that takes it back.
    pub undo: String,
}

/// The functions that stand in for a trigger's own.
pub const SETUP: &str = include_str!("mutants/setup.sql");

/// The assertion that is wanted before all others: the one that notices the first mutant.
pub fn wanted(mutants: &[Mutant]) -> String {
    mutants
        .first()
        .map(|mutant| mutant.missing.clone())
        .unwrap_or_default()
}

/// All mutants of a trigger.
pub fn of_trigger(trigger: &Trigger) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    if !trigger.on_view {
        mutants.push(disabled(trigger));
    }
    mutants.push(dropped(trigger));
    if trigger.events.len() > 1 {
        mutants.extend(
            trigger
                .events
                .iter()
                .map(|event| without_event(trigger, *event)),
        );
    }
    mutants.extend(condition(trigger));
    mutants.extend(timing(trigger));
    mutants.extend(body(trigger));
    mutants.extend(immediate(trigger));
    mutants
}

fn disabled(trigger: &Trigger) -> Mutant {
    let (name, table) = (quote_ident(&trigger.name), trigger.table.sql());
    Mutant {
        kind: "disabled".to_owned(),
        change: "is disabled".to_owned(),
        missing: format!(
            "an assertion about what it does: {}, and look at the result",
            doing(trigger)
        ),
        apply: format!("alter table {table} disable trigger {name}"),
        undo: trigger.restore(),
    }
}

fn dropped(trigger: &Trigger) -> Mutant {
    Mutant {
        kind: "dropped".to_owned(),
        change: "is dropped".to_owned(),
        missing: format!(
            "an assertion about what it does: {}, and look at the result",
            doing(trigger)
        ),
        apply: drop_trigger(trigger),
        undo: trigger.restore(),
    }
}

fn without_event(trigger: &Trigger, event: Event) -> Mutant {
    let mut changed = trigger.clone();
    changed.events.remove(&event);
    if event == Event::Update {
        changed.columns.clear();
    }
    let word = event.word();
    replaced(
        trigger,
        &changed,
        &trigger.call,
        Words {
            kind: format!("without {word}"),
            change: format!("no longer fires on {word}"),
            missing: format!("an assertion about what it does on {word}"),
        },
    )
}

fn condition(trigger: &Trigger) -> Vec<Mutant> {
    let Some(when) = &trigger.when else {
        return Vec::new();
    };
    let without = Trigger {
        when: None,
        ..trigger.clone()
    };
    let negated = Trigger {
        when: Some(format!("({when}) is not true")),
        ..trigger.clone()
    };
    vec![
        replaced(
            trigger,
            &without,
            &trigger.call,
            Words {
                kind: "without when".to_owned(),
                change: "no longer has its WHEN".to_owned(),
                missing: format!(
                    "an assertion that nothing happens where its condition is not true: {when}"
                ),
            },
        ),
        replaced(
            trigger,
            &negated,
            &trigger.call,
            Words {
                kind: "when negated".to_owned(),
                change: "has its WHEN negated".to_owned(),
                missing: format!(
                    "an assertion about what it does where its condition is true: {when}"
                ),
            },
        ),
    ]
}

/// Constraint triggers and those with transition tables fire after, those of views instead.
fn timing(trigger: &Trigger) -> Option<Mutant> {
    let movable =
        !trigger.is_constraint && trigger.old_table.is_none() && trigger.new_table.is_none();
    let other = match trigger.timing {
        Timing::Before if movable => Timing::After,
        Timing::After if movable => Timing::Before,
        _ => return None,
    };
    let changed = Trigger {
        timing: other,
        ..trigger.clone()
    };
    Some(replaced(
        trigger,
        &changed,
        &trigger.call,
        Words {
            kind: "timing".to_owned(),
            change: format!(
                "fires {} the event, not {}",
                other.words(),
                trigger.timing.words()
            ),
            missing: if other == Timing::After {
                "an assertion about the row as the trigger left it".to_owned()
            } else {
                "an assertion about something the trigger sees or writes only once the row is there"
                    .to_owned()
            },
        },
    ))
}

/// What a trigger function returns counts before a row and instead of one only.
fn body(trigger: &Trigger) -> Vec<Mutant> {
    let mutant = |function: &str, kind: &str, change: &str, missing: &str| {
        replaced(
            trigger,
            trigger,
            &format!("{SCHEMA}.{function}()"),
            Words {
                kind: kind.to_owned(),
                change: change.to_owned(),
                missing: missing.to_owned(),
            },
        )
    };
    let does_nothing = mutant(
        "returns_new",
        "returns new",
        "does nothing (its body is `return new`)",
        "an assertion about what its function changes or refuses",
    );
    let counts = trigger.for_each_row && trigger.timing != Timing::After;
    let suppresses = counts.then(|| {
        mutant(
            "returns_null",
            "returns null",
            "suppresses the row (its body is `return null`)",
            "an assertion that the row itself is written, or why it is not",
        )
    });
    std::iter::once(does_nothing).chain(suppresses).collect()
}

fn immediate(trigger: &Trigger) -> Option<Mutant> {
    let changed = Trigger {
        deferrable: false,
        initially_deferred: false,
        ..trigger.clone()
    };
    trigger.deferrable.then(|| {
        replaced(
            trigger,
            &changed,
            &trigger.call,
            Words {
                kind: "immediate".to_owned(),
                change: "is checked at once and not at the end of the transaction".to_owned(),
                missing: "a transaction that breaks its rule on the way and is right at the end"
                    .to_owned(),
            },
        )
    })
}

struct Words {
    kind: String,
    change: String,
    missing: String,
}

fn replaced(original: &Trigger, changed: &Trigger, call: &str, words: Words) -> Mutant {
    let enable = match original.enabled {
        'A' => format!(
            "; alter table {} enable always trigger {}",
            original.table.sql(),
            quote_ident(&original.name)
        ),
        _ => String::new(),
    };
    Mutant {
        kind: words.kind,
        change: words.change,
        missing: words.missing,
        apply: format!(
            "{}; {}{enable}",
            drop_trigger(original),
            changed.create(&original.name, call)
        ),
        undo: original.restore(),
    }
}

fn drop_trigger(trigger: &Trigger) -> String {
    format!(
        "drop trigger {} on {}",
        quote_ident(&trigger.name),
        trigger.table.sql()
    )
}

fn doing(trigger: &Trigger) -> String {
    let events: Vec<&str> = trigger.events.iter().map(|event| event.word()).collect();
    format!(
        "{} {}",
        events.join(", "),
        if trigger.for_each_row {
            "a row"
        } else {
            "rows"
        }
    )
}

/// All mutants of a policy.
pub fn of_policy(policy: &Policy) -> Vec<Mutant> {
    let (name, table) = (quote_ident(&policy.name), policy.table.sql());
    let mutant = |kind: &str, change: &str, missing: &str, apply: String| Mutant {
        kind: kind.to_owned(),
        change: change.to_owned(),
        missing: missing.to_owned(),
        apply,
        undo: policy.restore(),
    };
    let mut mutants = vec![mutant(
        "dropped",
        "is dropped",
        if policy.permissive {
            "an assertion that its role gets at the rows it may"
        } else {
            "an assertion that its role does not get at the rows it may not"
        },
        format!("drop policy {name} on {table}"),
    )];
    if policy.using.is_some() {
        mutants.push(mutant(
            "using true",
            "lets every row through (`using (true)`)",
            "an assertion that its role does not get at the rows it may not",
            format!("alter policy {name} on {table} using (true)"),
        ));
    }
    if policy.check.is_some() {
        mutants.push(mutant(
            "check true",
            "lets every row be written (`with check (true)`)",
            "an assertion that its role cannot write the rows it may not",
            format!("alter policy {name} on {table} with check (true)"),
        ));
    }
    mutants
}

/// All mutants of a function: it gives a constant.
pub fn of_function(function: &Function) -> Vec<Mutant> {
    let nothing = function.is_procedure || function.is_void || function.returns_set;
    let answers: &[(&str, &str)] = match () {
        () if nothing => &[("returns nothing", "return")],
        () if function.is_boolean => &[
            ("returns true", "return true"),
            ("returns false", "return false"),
        ],
        () if has_out_arguments(function) => &[("returns null", "return")],
        () => &[("returns null", "return null")],
    };
    answers
        .iter()
        .map(|(kind, body)| constant(function, kind, body))
        .collect()
}

fn has_out_arguments(function: &Function) -> bool {
    ["OUT ", "INOUT "]
        .iter()
        .any(|word| function.arguments.contains(word))
}

fn constant(function: &Function, kind: &str, body: &str) -> Mutant {
    let (name, arguments) = (function.name.sql(), &function.arguments);
    let head = if function.is_procedure {
        format!("procedure {name}({arguments}) language plpgsql")
    } else {
        format!(
            "function {name}({arguments}) returns {} language plpgsql {}",
            function.result, function.volatility
        )
    };
    Mutant {
        kind: kind.to_owned(),
        change: format!("only {kind}"),
        missing: "an assertion about what it returns or does".to_owned(),
        apply: format!("create or replace {head} as $mutant$ begin {body}; end $mutant$"),
        undo: function.definition.clone(),
    }
}
