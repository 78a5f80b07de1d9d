//! The mutants of event triggers.

use super::{Mutant, SCHEMA, Words};
use crate::proofs::facts::EventTrigger;
use crate::sql::quote_ident;

/// All mutants of an event trigger.
pub fn of_event_trigger(trigger: &EventTrigger) -> Vec<Mutant> {
    let mut mutants = gone(trigger);
    mutants.extend(without_tags(trigger));
    if trigger.tags.len() > 1 {
        mutants.extend(trigger.tags.iter().map(|tag| without_tag(trigger, tag)));
    }
    mutants.extend(timing(trigger));
    mutants.push(empty(trigger));
    mutants
}

fn gone(trigger: &EventTrigger) -> Vec<Mutant> {
    let name = quote_ident(&trigger.name);
    let changes = [
        ("disabled", format!("alter event trigger {name} disable")),
        ("dropped", format!("drop event trigger {name}")),
    ];
    changes
        .into_iter()
        .map(|(kind, apply)| Mutant {
            kind: kind.to_owned(),
            change: format!("is {kind}"),
            missing:
                "an assertion about what it does: run one of its commands, and look at the result"
                    .to_owned(),
            apply,
            undo: trigger.restore(),
        })
        .collect()
}

fn without_tags(trigger: &EventTrigger) -> Option<Mutant> {
    let changed = EventTrigger {
        tags: Vec::new(),
        ..trigger.clone()
    };
    let words = Words {
        kind: "without tags".to_owned(),
        change: "fires on every command".to_owned(),
        missing: "an assertion that nothing happens on another command".to_owned(),
    };
    (!trigger.tags.is_empty()).then(|| replaced(trigger, &changed, &own(trigger), words))
}

fn without_tag(trigger: &EventTrigger, tag: &str) -> Mutant {
    let mut changed = trigger.clone();
    changed.tags.retain(|other| other != tag);
    let word = tag.to_lowercase();
    let words = Words {
        kind: format!("without {word}"),
        change: format!("no longer fires on {word}"),
        missing: format!("an assertion about what it does on {word}"),
    };
    replaced(trigger, &changed, &own(trigger), words)
}

fn timing(trigger: &EventTrigger) -> Option<Mutant> {
    let other = match trigger.event.as_str() {
        "ddl_command_start" => "ddl_command_end",
        "ddl_command_end" => "ddl_command_start",
        _ => return None,
    };
    let changed = EventTrigger {
        event: other.to_owned(),
        ..trigger.clone()
    };
    let words = Words {
        kind: "timing".to_owned(),
        change: format!("fires on {other}, not on {}", trigger.event),
        missing: "an assertion about what it sees or prevents only at its time".to_owned(),
    };
    Some(replaced(trigger, &changed, &own(trigger), words))
}

fn empty(trigger: &EventTrigger) -> Mutant {
    let words = Words {
        kind: "returns nothing".to_owned(),
        change: "does nothing (its body is empty)".to_owned(),
        missing: "an assertion about what its function writes or refuses".to_owned(),
    };
    replaced(trigger, trigger, &format!("{SCHEMA}.returns"), words)
}

fn own(trigger: &EventTrigger) -> String {
    trigger.function.sql()
}

fn replaced(
    original: &EventTrigger,
    changed: &EventTrigger,
    function: &str,
    words: Words,
) -> Mutant {
    let name = quote_ident(&original.name);
    let enable = match original.enabled {
        'A' => format!("; alter event trigger {name} enable always"),
        _ => String::new(),
    };
    let create = changed.create(&original.name, function);
    Mutant {
        kind: words.kind,
        change: words.change,
        missing: words.missing,
        apply: format!("drop event trigger {name}; {create}{enable}"),
        undo: original.restore(),
    }
}
